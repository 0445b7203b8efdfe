// Package columns finds out what the columns of a table hold: which of them
// answers which question, who a respondent is, and what its cells mean. It reads
// headers, map files and cells, and knows nothing of how rows are cut, scored or
// written.
package columns

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Plan says what each column of a table holds.
type Plan struct {
	ID, By  int         // columns of the respondent's id and of the group; −1: none
	Fields  []Field     // the questions that the table answers, in the order of the quiz
	Seconds map[int]int // column → the question whose time in seconds it holds
	Total   int         // column of the time that all of it took, in seconds; −1: none
	Start   int         // column of when it was begun; −1: none, or there is no End. See [Plan.Elapsed].
	End     int         // column of when it was handed in; −1: none, or there is no Start
	Unused  []string    // headers of the columns that belong to nothing
	Columns int         // how many columns the header has
}

// Field reads the answer to one question from a row's cells.
type Field struct {
	Question int   // in the quiz
	Columns  []int // the columns it reads
	// Known gives the alternative for the plain cells of a field of one column,
	// −1 for those that mean no answer. It need not have every cell.
	Known map[string]int
	// Read reads any cells, one for each of Columns. −1: not answered. The error
	// names the question and says what is wrong with the answer.
	Read func(cells [][]byte) (alternative int, err error)
}

// Options say what cannot be guessed about columns.
type Options struct {
	ID, By string // headers of the columns; "": the first that looks like an id; none
	Map    *Map
}

// headers finds what the columns of a table hold.
type headers struct {
	c      *score.Compiled
	o      Options
	header []string
	plain  []string         // the headers, set to what is compared
	taken  []bool           // column → it is somebody's
	byText map[string][]int // a question's text → the questions that have it
	whole  map[int]int
	parts  map[int]map[int]int // question → option or place → column
	manner map[int]manner      // question → how its cells are written
	faults []string
}

// manner is how the cells of a question's columns are to be read. What wrote
// its headers wrote its cells as well.
type manner struct {
	codes  bool // the header was an id: where a cell is one entry's id and another's text, the id counts
	bare   bool // a column for each option, headed by nothing but its text: picked where the text stands
	places bool // a column for each place of a rank
	coded  bool // a column for each option, told by its number alone
}

// New finds out what a table's columns hold. The error lists everything that
// is wrong with its header.
func New(c *score.Compiled, header []string, o Options) (*Plan, error) {
	h := &headers{
		c: c, o: o, header: header, taken: make([]bool, len(header)), byText: make(map[string][]int),
		whole: make(map[int]int), parts: make(map[int]map[int]int), manner: make(map[int]manner),
	}
	for _, one := range header {
		h.plain = append(h.plain, plain(one))
	}
	for q, one := range c.Quiz.Questions {
		h.byText[plain(one.Ask)] = append(h.byText[plain(one.Ask)], q)
	}
	p := &Plan{ID: -1, By: -1, Total: -1, Start: -1, End: -1, Columns: len(header), Seconds: make(map[int]int)}
	h.mapped()
	h.find()
	h.people(p)
	h.times(p)
	h.fields(p)
	for i, taken := range h.taken {
		if !taken {
			p.Unused = append(p.Unused, shown(header[i]))
		}
	}
	if len(h.faults) > 0 {
		return nil, errors.New(strings.Join(h.faults, "; "))
	}
	return p, nil
}

// Reads reports whether anything is taken from a column.
func (p *Plan) Reads(column int) bool {
	_, time := p.Seconds[column]
	return time || column == p.ID || column == p.By || column == p.Total ||
		slices.ContainsFunc(p.Fields, func(f Field) bool { return slices.Contains(f.Columns, column) })
}

// shown makes a text of the table fit for a message.
func shown(s string) string {
	return text.Cut(text.Line(strings.ToValidUTF8(s, "\uFFFD")), 60)
}

func (h *headers) fault(format string, args ...any) {
	h.faults = append(h.faults, fmt.Sprintf(format, args...))
}

// column names a column as a spreadsheet does, and by its header.
func (h *headers) column(i int) string {
	return fmt.Sprintf("column %s (%q)", letters(i), shown(h.header[i]))
}

// letters counts columns as spreadsheets do: A to Z, AA and so on.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + string(rune('A'+i%26))
}

// take gives a whole column to a question.
func (h *headers) take(column, question int) {
	if first, twice := h.whole[question]; twice {
		h.fault("%s and %s both answer %s: rename or remove one of them", h.column(first), h.column(column), h.c.Questions[question].ID)
		h.taken[column] = true
		return
	}
	h.whole[question], h.taken[column] = column, true
}

// takePart gives a column to one option, or one place, of a question.
func (h *headers) takePart(column, question, part int, how manner) {
	if h.parts[question] == nil {
		h.parts[question] = make(map[int]int)
		h.manner[question] = how
	}
	first, twice := h.parts[question][part]
	id := h.c.Questions[question].ID
	switch was := h.manner[question]; {
	case was.places != how.places || was.coded != how.coded:
		h.fault("%s and others of %s are headed in different ways: rename them alike", h.column(column), id)
	case twice:
		h.fault("%s and %s are both for the same part of %s: rename or remove one of them", h.column(first), h.column(column), id)
	}
	h.parts[question][part], h.taken[column] = column, true
}

// MaxAnswer bounds a cell with an answer, in bytes: what is longer is none, and
// comparing it with the options would take several times its room.
const MaxAnswer = 64 << 10
