package bind

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
)

// place is where a stretch of a file stands, in lines and columns.
func place(file *doc.File, span doc.Span) diag.Place {
	line, column := file.Position(span.Start)
	endLine, endColumn := file.Position(span.End)
	return diag.Place{Path: file.Name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

// longLine is about how many bytes of a line a finding keeps on either side of
// its place: a hostile file is one line with a fault in every word.
const longLine = 1 << 9

// excerpt finds the pieces of the source that findings show. What it found last
// is kept, so that a long line is looked up once for all that is found in it.
type excerpt struct {
	file               *doc.File
	lineStart, lineEnd int      // the line that was looked at last
	start              int      // where in the source the piece below begins
	piece              []string // that was shown last
}

// of gives the piece for a place, and the column where it begins when that is not the first.
func (e *excerpt) of(span doc.Span) (piece []string, column int) {
	if span == (doc.Span{}) {
		return nil, 0 // the file as a whole: there is nothing to point at
	}
	src := e.file.Source
	start, end := e.line(min(span.Start, len(src)))
	if end-start > 2*longLine {
		start, end = e.part(start, end, span.Start)
		_, column = e.file.Position(start)
	}
	if e.start != start || e.piece == nil {
		e.start, e.piece = start, []string{strings.TrimSuffix(string(src[start:end]), "\r")}
	}
	return e.piece, column
}

// part gives the bounds of the piece of a long line that is shown for an
// offset. Places near each other get the same piece, and so share its text.
func (e *excerpt) part(start, end, offset int) (from, to int) {
	from = max(start, offset-offset%longLine-longLine)
	to = min(end, from+3*longLine)
	for from < offset && !utf8.RuneStart(e.file.Source[from]) {
		from++
	}
	for to < end && !utf8.RuneStart(e.file.Source[to]) {
		to--
	}
	return from, to
}

// line gives the bounds of the line around an offset.
func (e *excerpt) line(offset int) (start, end int) {
	if e.lineStart <= offset && offset <= e.lineEnd && e.lineEnd > 0 {
		return e.lineStart, e.lineEnd
	}
	src := e.file.Source
	e.lineStart = bytes.LastIndexByte(src[:offset], '\n') + 1
	e.lineEnd = len(src)
	if n := bytes.IndexByte(src[offset:], '\n'); n >= 0 {
		e.lineEnd = offset + n
	}
	return e.lineStart, e.lineEnd
}
