package columns

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// Map says what cannot be guessed about a table: which column is what, and what
// its cells mean.
type Map struct {
	id, by  string
	columns []mappedColumn
	cells   map[string]map[string]int // question id → cell → entry
}

// mappedColumn is a column that the map names: a question's, or that of one of its options.
type mappedColumn struct {
	name     string // as the map has it
	header   string // set to what is compared
	question int
	option   int // −1: the whole question
}

// ReadMap reads a map file. Every fault is returned, with its place.
func ReadMap(q *quiz.Quiz, name string, src []byte) (*Map, diag.List) {
	file, syntax := doc.TOML(name, src)
	r := &mapReader{quiz: q, file: file, m: &Map{cells: make(map[string]map[string]int)}}
	if syntax != nil {
		r.report(syntax.Span, "%s", syntax.Message)
		return nil, r.found
	}
	for _, key := range file.Root.Keys {
		r.key(key, file.Root.Fields[key])
	}
	r.found.Sort()
	if len(r.found) > 0 {
		return nil, r.found
	}
	return r.m, nil
}

type mapReader struct {
	quiz  *quiz.Quiz
	file  *doc.File
	m     *Map
	found diag.List
}

func (r *mapReader) report(at doc.Span, format string, args ...any) *diag.Finding {
	line, column := r.file.Position(at.Start)
	endLine, endColumn := r.file.Position(at.End)
	r.found = append(r.found, diag.Finding{
		Severity: diag.Error, Message: fmt.Sprintf(format, args...), Source: []string{r.file.Line(line)},
		Place: diag.Place{Path: r.file.Name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn},
	})
	return &r.found[len(r.found)-1]
}

// is reports a value of another kind.
func (r *mapReader) is(key string, node *doc.Node, kind doc.Kind) bool {
	if node.Kind != kind {
		r.report(node.Span, "`%s` must be %s, not %s", text.Line(key), kind, node.Kind)
		return false
	}
	return true
}

func (r *mapReader) key(key string, node *doc.Node) {
	switch key {
	case "id", "by":
		if !r.is(key, node, doc.String) {
			return
		}
		if key == "id" {
			r.m.id = node.Str
		} else {
			r.m.by = node.Str
		}
	case "columns":
		if r.is(key, node, doc.Table) {
			for _, header := range node.Keys {
				r.column(header, node.Fields[header])
			}
		}
	case "cells":
		if r.is(key, node, doc.Table) {
			for _, id := range node.Keys {
				r.cells(id, node.Fields[id])
			}
		}
	default:
		r.report(node.Key, "unknown key `%s`", text.Line(key)).Suggestion = text.Near(key, []string{"id", "by", "columns", "cells"})
	}
}

// column reads: "a header" = "question", or "question.option".
func (r *mapReader) column(header string, node *doc.Node) {
	if !r.is(header, node, doc.String) {
		return
	}
	id, option, parted := strings.Cut(node.Str, ".")
	q := r.question(id, node.Span)
	if q < 0 {
		return
	}
	c := mappedColumn{name: header, header: plain(header), question: q, option: -1}
	if parted {
		form := r.quiz.Questions[q].Form()
		if c.option = slices.Index(form.IDs, option); c.option < 0 || !form.List {
			r.report(node.Span, "question %q has no option %q that has a column of its own", id, text.Line(option)).Suggestion = text.Near(option, form.IDs)
			return
		}
	}
	r.m.columns = append(r.m.columns, c)
}

func (r *mapReader) question(id string, at doc.Span) int {
	i := slices.IndexFunc(r.quiz.Questions, func(q *quiz.Question) bool { return q.ID == id })
	if i < 0 {
		r.report(at, "there is no question %q", text.Line(id)).Suggestion = r.quiz.NearQuestion(id)
	}
	return i
}

// cells reads: [cells.question] "a cell" = "option", or a step.
func (r *mapReader) cells(id string, node *doc.Node) {
	q := r.question(id, node.Key)
	if q < 0 || !r.is(id, node, doc.Table) {
		return
	}
	form := r.quiz.Questions[q].Form()
	words := make(map[string]int)
	for _, cell := range node.Keys {
		value := node.Fields[cell]
		want := value.Str
		if value.Kind == doc.Integer {
			want = strconv.FormatInt(value.Int, 10)
		}
		entry := slices.Index(form.IDs, want)
		if entry < 0 || (value.Kind == doc.Integer) != form.Steps {
			r.report(value.Span, "question %q has no such answer", id).Suggestion = text.Near(want, form.IDs)
			continue
		}
		words[fold(cell)] = entry
	}
	r.m.cells[id] = words
}
