package table

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AppendCell writes a cell of CSV, in quotes where it takes them (RFC 4180).
func AppendCell(dst, cell []byte, delim byte) []byte {
	if len(cell) > 0 && bytes.IndexByte(cell, delim) < 0 && !bytes.ContainsAny(cell, "\"\r\n") && cell[0] != ' ' && cell[0] != '\t' {
		return append(dst, cell...)
	}
	if len(cell) == 0 {
		return dst
	}
	dst = append(dst, '"')
	for _, c := range cell {
		if c == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, c)
	}
	return append(dst, '"')
}

// Safe makes a cell harmless that a spreadsheet would run as a formula, by an
// apostrophe before it. A plain negative number is none.
func Safe(cell string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(cell, overlooked))
	switch first {
	case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		if _, err := strconv.ParseFloat(cell, 64); err == nil && strings.Trim(cell, "0123456789.-") == "" {
			return cell
		}
		return "'" + cell
	}
	return cell
}

// overlooked are characters that a spreadsheet may not see before a formula: any
// space, and what has no width. Those that begin one by themselves are none.
func overlooked(r rune) bool {
	return r != '\t' && r != '\r' && r != '\n' && (unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
}
