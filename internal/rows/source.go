package rows

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// Source is a table that can be read once. It has to be closed.
type Source struct {
	Reader    io.Reader // UTF-8, without a byte order mark
	Delimiter byte      // , ; or a tab
	JSONL     bool      // it is not CSV: an object a line
	close     func()
}

// Close ends reading.
func (s *Source) Close() {
	if s.close != nil {
		s.close()
	}
}

// Options say how a table is opened.
type Options struct {
	Workbook func(r io.Reader, name string) (Sheet, error) // opens a worksheet of an XLSX file; nil: such files are refused
	Sheet    string                                        // the name of that worksheet; "" is the first that has rows
}

// sniffed is how much of the input is looked at to tell what it is.
const sniffed = 64 << 10

// Open tells what kind of table an input is: XLSX, UTF-16 or UTF-8 text, JSONL
// or CSV with one of three delimiters. The errors say what to do instead.
func Open(r io.Reader, o Options) (*Source, error) {
	head := make([]byte, sniffed)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	head = head[:n]
	whole := io.MultiReader(bytes.NewReader(head), r)
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openSheet(whole, o)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, errors.New("this is an old Excel file (.xls), or one with a password; save it as XLSX or CSV UTF-8")
	case o.Sheet != "":
		return nil, errors.New("it has no worksheets: it is no XLSX file")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return openUTF16(whole)
	case looksLikeUTF16(head):
		return nil, errors.New("it looks like UTF-16 without a byte order mark; save it as CSV UTF-8")
	}
	return plainText(head, r), nil
}

// openUTF16 reads the rest as UTF-8, and looks again.
func openUTF16(whole io.Reader) (*Source, error) {
	decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	text := bufio.NewReaderSize(decoder.Reader(whole), sniffed)
	head, err := text.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the UTF-16 text cannot be read: %w", err)
	}
	return &Source{Reader: text, Delimiter: delimiter(head), JSONL: isJSONL(head)}, nil
}

// plainText leaves the input as it is but for a byte order mark.
func plainText(head []byte, rest io.Reader) *Source {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	return &Source{
		Reader: io.MultiReader(bytes.NewReader(head), rest), Delimiter: delimiter(head), JSONL: isJSONL(head),
	}
}

func isJSONL(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("{"))
}

// looksLikeUTF16: text in most languages has a NUL in every other byte then.
func looksLikeUTF16(head []byte) bool {
	first := head[:min(len(head), 256)]
	return len(first) >= 8 && bytes.Count(first, []byte{0}) > len(first)/3
}

// delimiter is what stands most often between the cells of the first line.
func delimiter(head []byte) byte {
	var commas, semicolons, tabs int
	quoted := false
	for _, c := range bytes.TrimLeft(head, "\r\n") {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ',':
			commas++
		case c == ';':
			semicolons++
		case c == '\t':
			tabs++
		}
		if c == '\n' && !quoted {
			break
		}
	}
	switch {
	case tabs > commas && tabs > semicolons:
		return '\t'
	case semicolons > commas:
		return ';'
	}
	return ','
}
