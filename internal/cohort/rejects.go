package cohort

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/rows"
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
		if err := rows.WriteRow(s.o.Results, Header(s.scorer.c.Quiz, id)); err != nil {
			return err
		}
	}
	if s.o.Rejects != nil && !s.json {
		return rows.WriteRow(s.o.Rejects, append([]string{"row", "reason"}, header...))
	}
	return nil
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
	return rows.WriteRow(s.o.Rejects, append(all, j.asItCame(r.record)...))
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
		line := text.Clean(string(rows.TrimLine(r.record)))
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
	cells, err := c.Cut(record)
	if err != nil {
		cells = [][]byte{rows.TrimLine(record)}
	}
	if j.hash != nil && (err != nil || len(cells) != j.plan.Columns) {
		return nil
	}
	all := make([]string, len(cells))
	for i, cell := range cells {
		switch {
		case j.hash == nil, i != j.plan.ID && j.plan.Reads(i):
			all[i] = string(cell)
		case i == j.plan.ID:
			all[i] = j.hash(cell)
		}
	}
	return all
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
