package cohort

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/table"
	"github.com/rolefit/rolefit/internal/text"
)

// Words for what is wrong with an id.
var (
	errNotUTF8 = errors.New("the id is not UTF-8; save the table as CSV UTF-8")
	errLongID  = fmt.Errorf("the id is longer than %d bytes", maxID)
	errNUL     = errors.New("the id holds a NUL byte")
)

// maxID bounds an id, in bytes.
const maxID = 4096

// begin writes the headers of the outputs, once.
func (s *Scoring) begin(id string, header []string) error {
	if s.begun {
		return nil
	}
	s.begun = true
	if s.o.Encode == nil {
		if err := writeRow(s.o.Results, Header(s.scorer.c.Quiz, id)); err != nil {
			return err
		}
	}
	if s.o.Rejects != nil && !s.json {
		return writeRow(s.o.Rejects, append([]string{"row", "reason"}, header...))
	}
	return nil
}

// writeRow writes cells as CSV that no spreadsheet runs.
func writeRow(w io.Writer, cells []string) error {
	size := len(cells)
	for _, cell := range cells {
		size += len(cell) + len(cell)/8 + 4
	}
	b := make([]byte, 0, size)
	for i, cell := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = table.AppendCell(b, []byte(table.Safe(clean(cell))), ',')
	}
	_, err := w.Write(append(b, '\n'))
	return err
}

// clean keeps line ends and tabs of a cell, and makes what could harm a terminal visible.
func clean(cell string) string {
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

// maxSample is how many rejected rows the summary shows.
const maxSample = 5

// reject writes a row that could not be scored, as it came.
func (s *Scoring) reject(j *job, r reject) error {
	row := s.rows + int64(r.row) + 1
	if len(s.first) < maxSample {
		s.first = append(s.first, reject{row: int(row), reason: r.reason})
	}
	switch {
	case s.o.Rejects == nil:
		return nil
	case s.json:
		return s.rejectLine(j, row, r)
	}
	all := []string{strconv.FormatInt(row, 10), r.reason}
	return writeRow(s.o.Rejects, append(all, j.asItCame(r.record)...))
}

// rejectLine writes a line of JSONL that could not be scored. Where ids are
// replaced it stays out: nobody knows where in it an id stands.
func (s *Scoring) rejectLine(j *job, row int64, r reject) error {
	out := struct {
		Row    int64   `json:"row"`
		Reason string  `json:"reason"`
		Line   *string `json:"line"`
	}{Row: row, Reason: r.reason}
	if j.hash == nil {
		line := text.Clean(string(trimLine(r.record)))
		out.Line = &line
	}
	line, err := json.Marshal(out)
	if err != nil {
		return err
	}
	_, err = s.o.Rejects.Write(append(line, '\n'))
	return err
}

// asItCame gives the cells of a row, and a row that cannot be cut as one cell.
// Where ids are replaced, only the columns that are read stay: a name beside the
// id would tell as much, and in a row that has shifted anything may be the id.
func (j *job) asItCame(record []byte) []string {
	c := j.newCutter()
	cells, err := c.cut(record)
	if err != nil {
		cells = [][]byte{trimLine(record)}
	}
	if j.hash != nil && (err != nil || len(cells) != j.plan.Columns) {
		return nil
	}
	all := make([]string, len(cells))
	for i, cell := range cells {
		switch {
		case j.hash == nil, i != j.plan.ID && j.plan.reads(i):
			all[i] = string(cell)
		case i == j.plan.ID:
			all[i] = j.hash(cell)
		}
	}
	return all
}

// reads reports whether anything is taken from a column.
func (p *Plan) reads(column int) bool {
	_, time := p.Seconds[column]
	return time || column == p.ID || column == p.By || column == p.Total ||
		slices.ContainsFunc(p.Fields, func(f Field) bool { return slices.Contains(f.Columns, column) })
}

// unusedNotice names the columns that belong to nothing.
func unusedNotice(headers []string) string {
	const most = 10
	named := make([]string, 0, most)
	for _, h := range headers[:min(len(headers), most)] {
		named = append(named, fmt.Sprintf("%q", h))
	}
	s := "these columns belong to no question and are left out: " + strings.Join(named, ", ")
	if len(headers) > most {
		s += fmt.Sprintf(" and %d more", len(headers)-most)
	}
	return s
}
