package ask

import (
	"bytes"
	"unicode/utf8"
)

const (
	esc      = 0x1b
	ctrlC    = 0x03
	pasteEnd = "\x1b[201~"
	// stringLimit bounds control strings (a title, a colour report): one that
	// is longer is no such string.
	stringLimit = 4096
)

// keySequences are the sequences that mean a key here, as survey's reader
// understands them. Every other sequence is dropped whole.
var keySequences = map[string]string{
	"\x1b[A": "\x1b[A", "\x1bOA": "\x1b[A", // up
	"\x1b[B": "\x1b[B", "\x1bOB": "\x1b[B", // down
	"\x1b[C": "\x1b[C", "\x1bOC": "\x1b[C", // right
	"\x1b[D": "\x1b[D", "\x1bOD": "\x1b[D", // left
	"\x1b[H": "\x1b[H", "\x1bOH": "\x1b[H", "\x1b[1~": "\x1b[H", "\x1b[7~": "\x1b[H", // home
	"\x1b[F": "\x1b[F", "\x1bOF": "\x1b[F", "\x1b[4~": "\x1b[F", "\x1b[8~": "\x1b[F", // end
	"\x1bOM": "\r", // keypad enter
}

// decode takes one key off the front of b: key is what it means (nil: nothing)
// and n how many bytes it takes. n is 0 when b is the start of something.
func decode(b []byte) (key []byte, n int) {
	if len(b) == 0 {
		return nil, 0
	}
	if b[0] != esc {
		return decodeRune(b)
	}
	n = sequenceLen(b)
	if known, ok := keySequences[string(b[:n])]; ok {
		return []byte(known), n
	}
	if i := bytes.IndexByte(b[:n], ctrlC); i >= 0 {
		return []byte{ctrlC}, i + 1 // whatever is broken, Ctrl-C works
	}
	return nil, n
}

func decodeRune(b []byte) (key []byte, n int) {
	if !utf8.FullRune(b) {
		return nil, 0
	}
	r, n := utf8.DecodeRune(b)
	if r == utf8.RuneError && n == 1 {
		return nil, 1
	}
	return b[:n], n
}

// sequenceLen returns the length of the escape sequence that b starts with; 0
// if it is not complete.
func sequenceLen(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '[':
		return csiLen(b)
	case 'O':
		return finalLen(b, 2)
	case ']', 'P', 'X', '^', '_':
		return stringLen(b)
	case esc: // Alt with a special key
		if len(b) > 2 && (b[2] == '[' || b[2] == 'O') {
			if n := sequenceLen(b[1:]); n > 0 {
				return n + 1
			}
			return 0
		}
		return 1 // Esc twice: the first one is nothing
	}
	if _, n := decodeRune(b[1:]); n > 0 {
		return n + 1 // Alt with a character
	}
	return 0
}

// csiLen measures a control sequence (ECMA-48, 5.4), with two that break the
// rule: ESC [ [ A, a function key of the Linux console, and ESC [ M with three
// bytes, a mouse report.
func csiLen(b []byte) int {
	if len(b) < 3 {
		return 0
	}
	switch b[2] {
	case '[':
		return whole(b, 4)
	case 'M':
		return whole(b, 6)
	}
	return finalLen(b, 2)
}

// finalLen finds the final byte of a sequence; a byte that cannot be part of
// one breaks it off.
func finalLen(b []byte, from int) int {
	for i := from; i < len(b); i++ {
		if b[i] < 0x20 || b[i] > 0x7e {
			return i
		}
		if b[i] >= 0x40 {
			return i + 1
		}
	}
	return 0
}

// stringLen measures a control string, which BEL, ST or Ctrl-C ends.
func stringLen(b []byte) int {
	for i := 2; i < len(b); i++ {
		switch {
		case b[i] == '\a' || b[i] == ctrlC:
			return i + 1
		case b[i] == esc && i+1 < len(b):
			if b[i+1] == '\\' {
				return i + 2
			}
			return i
		}
	}
	if len(b) > stringLimit {
		return 2
	}
	return 0
}

func whole(b []byte, n int) int {
	if len(b) < n {
		return 0
	}
	return n
}
