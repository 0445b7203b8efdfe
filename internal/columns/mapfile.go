package columns

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/bind"
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
	r := &mapReader{Reader: bind.NewReader(file, mapShapes), quiz: q, m: &Map{cells: make(map[string]map[string]int)}}
	r.Plain = true
	if syntax != nil {
		r.Report(diag.Syntax, syntax.Span, "%s", syntax.Message)
		return nil, r.Found
	}
	r.read(r.Table(file.Root, "map"))
	if len(r.Found) > 0 {
		return nil, r.Found.Bound()
	}
	return r.m, nil
}

var mapShapes = bind.Shapes{
	"map": {{"id", doc.String}, {"by", doc.String}, {"columns", doc.Table}, {"cells", doc.Table}},
}

type mapReader struct {
	*bind.Reader
	quiz *quiz.Quiz
	m    *Map
}

func (r *mapReader) read(t *bind.Table) {
	t.Done()
	for key, column := range map[string]*string{"id": &r.m.id, "by": &r.m.by} {
		if node := t.Typed(key, doc.String, 0); node != nil {
			*column = node.Str
		}
	}
	if columns := t.Typed("columns", doc.Table, 0); columns != nil {
		for _, header := range columns.Keys {
			r.column(header, columns.Fields[header])
		}
	}
	if cells := t.Typed("cells", doc.Table, 0); cells != nil {
		for _, id := range cells.Keys {
			r.cells(id, cells.Fields[id])
		}
	}
}

// is reports the value of a header, or of an id, that is of another kind.
func (r *mapReader) is(key string, node *doc.Node, kind doc.Kind) bool {
	return r.Is(node, "`"+text.Line(key)+"`", kind)
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
			r.Report("", node.Span, "question %q has no option %q that has a column of its own", id, text.Line(option)).Suggest(option, form.IDs)
			return
		}
	}
	r.m.columns = append(r.m.columns, c)
}

func (r *mapReader) question(id string, at doc.Span) int {
	i := slices.IndexFunc(r.quiz.Questions, func(q *quiz.Question) bool { return q.ID == id })
	if i < 0 {
		r.Report("", at, "there is no question %q", text.Line(id)).Suggestion = r.quiz.NearQuestion(id)
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
			r.Report("", value.Span, "question %q has no such answer", id).Suggest(want, form.IDs)
			continue
		}
		words[fold(cell)] = entry
	}
	r.m.cells[id] = words
}
