package findings

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/diag"
)

// utf16Mark is a known place in a text: where a line begins, or somewhere in a
// long one, so that no line is counted from its start for each finding in it.
type utf16Mark struct{ offset, line, column, units int }

// utf16Gap is how many characters of a line are counted at most.
const utf16Gap = 1 << 10

// markUTF16 goes through a text once.
func markUTF16(src []byte) []utf16Mark {
	at := utf16Mark{0, 1, 1, 1}
	marks := []utf16Mark{at}
	for at.offset < len(src) {
		r, size := utf8.DecodeRune(src[at.offset:])
		at.offset, at.column, at.units = at.offset+size, at.column+1, at.units+utf16Units(r)
		if r == '\n' {
			at.line, at.column, at.units = at.line+1, 1, 1
		}
		if r == '\n' || at.column%utf16Gap == 0 {
			marks = append(marks, at)
		}
	}
	return marks
}

func utf16Units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// utf16Columns gives the columns of a place as UTF-16 units, as many tools count.
func (f *File) utf16Columns(p diag.Place) (column, end int) {
	return f.utf16Column(p.Line, p.Column), f.utf16Column(p.EndLine, p.EndColumn)
}

func (f *File) utf16Column(line, column int) int {
	src := bytes.TrimPrefix(f.Source, []byte("\uFEFF"))
	if f.marks == nil {
		f.marks = markUTF16(src)
	}
	behind := sort.Search(len(f.marks), func(i int) bool {
		m := f.marks[i]
		return m.line > line || m.line == line && m.column > column
	})
	if behind == 0 || f.marks[behind-1].line != line {
		return column
	}
	at := f.marks[behind-1]
	for at.column < column {
		r, size := utf8.DecodeRune(src[at.offset:])
		if size == 0 || r == '\n' {
			break
		}
		at.offset, at.column, at.units = at.offset+size, at.column+1, at.units+utf16Units(r)
	}
	return at.units
}
