// Package text makes text safe and fits it for people: what characters must
// not reach a terminal, how wide a word is, where a line breaks, and how an
// exact number is rounded. It must not know whose text it is.
package text

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Unsafe reports whether the character can harm where it is shown: terminal
// controls (C0 but for newline, tab and carriage return, DEL, C1), bidirectional
// embeddings, overrides and isolates, and line separators.
func Unsafe(r rune) bool {
	switch {
	case r == '\n', r == '\t', r == '\r':
		return false
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r == 0x2028 || r == 0x2029
}

// FindUnsafe returns the first unsafe character of s. A carriage return is one
// unless it belongs to a line end: alone it lets a text overwrite what stands before it.
func FindUnsafe(s string) (r rune, found bool) {
	for i, r := range s {
		if Unsafe(r) || r == '\r' && !strings.HasPrefix(s[i+1:], "\n") {
			return r, true
		}
	}
	return 0, false
}

// Clean spells every unsafe character and every invalid byte out (\u001B), so that
// the text can be shown anywhere. A carriage return goes with its newline.
func Clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if _, found := FindUnsafe(s); !found && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				fmt.Fprintf(&b, "\\x%02X", s[i])
				continue
			}
		}
		if Unsafe(r) || r == '\r' {
			fmt.Fprintf(&b, "\\u%04X", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Line is Clean for a place that holds one line: white space of any kind is
// folded to single spaces.
func Line(s string) string { return Clean(strings.Join(strings.Fields(s), " ")) }

// Cut keeps the first n characters of s; an ellipsis stands for the others.
func Cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

// Short makes a piece of a file fit for a message: one line of about
// sixty characters at most.
func Short(s string) string { return Line(Cut(s, 60)) }

// Quoted is Short between straight quotes, as messages repeat what a file says.
func Quoted(s string) string { return `"` + Short(s) + `"` }

// Curly is s between the quotes of prose.
func Curly(s string) string { return "“" + s + "”" }
