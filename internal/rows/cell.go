// Package rows is how tables come in and go out as text: opened whatever program
// wrote them, cut into chunks, records and cells, and written so that neither a
// spreadsheet nor a terminal makes more of a cell. It knows nothing of quizzes.
package rows

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/text"
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

// WriteRow writes cells as CSV that no spreadsheet runs.
func WriteRow(w io.Writer, cells []string) error {
	size := len(cells)
	for _, cell := range cells {
		size += len(cell) + len(cell)/8 + 4
	}
	b := make([]byte, 0, size)
	for i, cell := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendCell(b, []byte(Safe(Visible(cell))), ',')
	}
	_, err := w.Write(append(b, '\n'))
	return err
}

// Visible keeps line ends and tabs of a cell, and makes what could harm a terminal visible.
func Visible(cell string) string {
	if utf8.ValidString(cell) && strings.IndexByte(cell, '\r') < 0 {
		if !strings.ContainsFunc(cell, text.Unsafe) {
			return cell
		}
		if _, found := text.FindUnsafe(strings.Map(inLine, cell)); !found {
			return cell
		}
	}
	return text.Clean(cell)
}

// inLine leaves out what may stand in a cell of several lines.
func inLine(r rune) rune {
	if r == '\n' || r == '\t' {
		return -1
	}
	return r
}
