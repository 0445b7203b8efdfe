package doc

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/text"
)

// open makes a File of a text that may be read, without its byte order mark.
func open(name string, src []byte) (*File, *SyntaxError) {
	f := &File{Name: name, Source: bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))}
	if len(f.Source) > MaxSize {
		return f, &SyntaxError{Message: fmt.Sprintf("the file is larger than 1 MiB (%d bytes); split it or make it shorter", MaxSize)}
	}
	f.marks = markText(f.Source)
	return f, checkEncoding(f.Source)
}

// checkEncoding refuses what is not UTF-8 text.
func checkEncoding(src []byte) *SyntaxError {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return &SyntaxError{Span{0, 2}, "the file is UTF-16; save it as UTF-8"}
	}
	if i := invalidUTF8(src); i >= 0 {
		return &SyntaxError{Span{i, i + 1}, fmt.Sprintf("the byte 0x%02x is not UTF-8; save the file as UTF-8", src[i])}
	}
	if i := bytes.IndexByte(src, 0); i >= 0 {
		return &SyntaxError{Span{i, i + 1}, "a NUL byte is not text; save the file as UTF-8"}
	}
	return nil
}

// invalidUTF8 gives the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	i := 0
	for {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

// checkControls refuses the characters that TOML allows nowhere.
func checkControls(src []byte) *SyntaxError {
	for i, c := range src {
		switch {
		case c == '\r' && !bytes.HasPrefix(src[i+1:], []byte{'\n'}):
			return &SyntaxError{Span{i, i + 1}, `a carriage return without a line feed ends no line; end lines with one of "\n" and "\r\n"`}
		case c == '\t' || c == '\n' || c == '\r':
		case c < ' ' || c == 0x7f:
			return &SyntaxError{Span{i, i + 1}, fmt.Sprintf(`the control character U+%04X may not stand in TOML; in a string in double quotes write \u%04X`, c, c)}
		}
	}
	return nil
}

// maxQuote and maxMessage bound what a message repeats of a file, in characters.
const (
	maxQuote   = 40
	maxMessage = 240
)

// quote gives text from a file in quotes, on one line, safe to print.
func quote(s string) string { return strconv.Quote(text.Cut(s, maxQuote)) }

// printable spells out what of another package's message would not print.
func printable(message string) string {
	var b strings.Builder
	for _, r := range text.Cut(message, maxMessage) {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "U+%04X", r)
		}
	}
	return b.String()
}
