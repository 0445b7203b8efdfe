package cohort

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"

	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/text"
)

// What depends on the order of the rows: their numbers, and ids that come again.

// begin writes the headers of the outputs, once.
func (s *Scoring) begin(id string, header []string) error {
	if s.begun {
		return nil
	}
	s.begun = true
	if s.o.Encode == nil {
		if err := rows.WriteRow(s.o.Results, Header(s.c.Quiz, id)); err != nil {
			return err
		}
	}
	if s.o.Rejects != nil && !s.json {
		return rows.WriteRow(s.o.Rejects, append([]string{"row", "reason"}, header...))
	}
	return nil
}

// emit writes the next chunk's results and rejects.
func (s *Scoring) emit(j *job, out *chunk) error {
	var again []int // the places of ids that were there before
	s.seen.add(&out.ids, func(n int) { again = append(again, n) })
	s.total.flags[duplicate] += int64(len(again))
	if err := s.results(out, again); err != nil {
		return err
	}
	for _, r := range out.rejects {
		if err := s.reject(j, r); err != nil {
			return err
		}
	}
	if s.o.Roster != nil {
		s.o.Roster.take(s.c, &out.people, s.rows, again)
	}
	s.lane.Rows += out.lane.Rows
	s.lane.Apart += out.lane.Apart
	s.lane.Met += out.lane.Met
	s.rows += int64(out.rows)
	return nil
}

// results writes the text of a chunk with what is put in at its seams.
func (s *Scoring) results(out *chunk, again []int) error {
	from, id := int32(0), 0
	for _, seam := range out.seams {
		var more string
		if seam.row >= 0 {
			more = strconv.FormatInt(s.rows+int64(seam.row)+1, 10)
		} else {
			if len(again) > 0 && again[0] == id {
				again = again[1:]
				more = s.again(out.text[seam.at-1])
			}
			id++
		}
		if more == "" {
			continue
		}
		if _, err := s.o.Results.Write(out.text[from:seam.at]); err != nil {
			return err
		}
		if _, err := io.WriteString(s.o.Results, more); err != nil {
			return err
		}
		from = seam.at
	}
	_, err := s.o.Results.Write(out.text[from:])
	return err
}

// again is what marks an id that has been there before, behind other flags or none.
func (s *Scoring) again(before byte) string {
	name := flagNames[duplicate]
	switch {
	case s.o.Encode != nil && before == '[':
		return `"` + name + `"`
	case s.o.Encode != nil:
		return `,"` + name + `"`
	case before == ',':
		return name
	}
	return ";" + name
}

// reject is a row that could not be scored.
type reject struct {
	row    int    // within the chunk, from 0
	record []byte // nil: rejects are counted, and not written
	reason string
}

// rejection keeps a row only where it is written somewhere.
func (w *worker) rejection(record []byte, why error) reject {
	r := reject{row: w.out.rows, reason: why.Error()}
	if w.keep {
		r.record = bytes.Clone(record)
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
	return rows.WriteRow(s.o.Rejects, append(all, j.asItCame(r.record)...))
}

// rejectLine writes a line of JSONL that could not be scored. Where ids are
// replaced it stays out: where in it an id stands is not known.
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
