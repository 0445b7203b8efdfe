package doc

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A File is a text and what was read from it.
type File struct {
	Name     string // as given: for messages
	Source   []byte // without a byte order mark
	Root     *Node  // a Table; nil when there is a SyntaxError
	Comments []Span // TOML comments, from '#' to before the line end, in order

	marks []mark
}

// A mark is a known place in a text.
type mark struct{ offset, line, column int }

// markGap is how far apart marks are at most, give or take a character: a
// text that is one long line must not be counted from its start each time.
const markGap = 1 << 10

// markText gives the start of each line and places within long lines.
func markText(src []byte) []mark {
	marks := []mark{{0, 1, 1}}
	for at := marks[0]; at.offset < len(src); marks = append(marks, at) {
		end := gapEnd(src, at.offset)
		if i := bytes.IndexByte(src[at.offset:end], '\n'); i >= 0 {
			at = mark{at.offset + i + 1, at.line + 1, 1}
			continue
		}
		at = mark{end, at.line, at.column + utf8.RuneCount(src[at.offset:end])}
	}
	return marks
}

// gapEnd is the offset about markGap further on that splits no character.
func gapEnd(src []byte, from int) int {
	end := from + markGap
	if end >= len(src) {
		return len(src)
	}
	for i := end; i > end-utf8.UTFMax; i-- {
		if utf8.RuneStart(src[i]) {
			return i
		}
	}
	return end
}

// index gives the marks, also of a File that was not made by this package.
func (f *File) index() []mark {
	if f.marks != nil {
		return f.marks
	}
	return markText(f.Source)
}

// Position gives the line and column of an offset, both from 1 on. A column
// is one Unicode code point; an offset within one has the column of its start.
func (f *File) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(f.Source))
	marks := f.index()
	at := marks[sort.Search(len(marks), func(i int) bool { return marks[i].offset > offset })-1]
	for {
		_, size := utf8.DecodeRune(f.Source[at.offset:])
		if size == 0 || at.offset+size > offset {
			return at.line, at.column
		}
		at.offset += size
		at.column++
	}
}

// Line gives the text of line n without its ending, "" if there is none.
func (f *File) Line(n int) string {
	marks := f.index()
	i := sort.Search(len(marks), func(i int) bool { return marks[i].line >= n })
	if i == len(marks) || marks[i].line != n {
		return ""
	}
	text := f.Source[marks[i].offset:]
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		text = bytes.TrimSuffix(text[:end], []byte{'\r'})
	}
	return string(text)
}
