package cohort

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/stats"
)

// Change is how a cohort moved between two scorings, such as the start and the
// end of a course. People are matched by their id.
type Change struct {
	Matched     int
	Moved       []Mover // whose outcome is another, in the order of the new table
	Transitions []Transition
	Dimensions  []DimensionChange
	OnlyOld     []string // ids that the new table lacks, in the order of the old one
	OnlyNew     []string
	Repeated    []string // ids that stand more than once in a table; they are left out
	Digests     bool     // the tables were scored by different states of a quiz
}

// Mover is one person with another outcome than before.
type Mover struct{ ID, From, To string }

// Transition is how many people went from one outcome to one, the same included.
type Transition struct {
	From, To string
	Count    int
}

// DimensionChange is the change of a dimension's score over the matched people, in points.
type DimensionChange struct {
	ID string
	stats.Change
}

// Scored is a table of results, as scoring wrote it.
type Scored struct {
	dimensions []string
	people     []person
	index      map[string]int // id → place in people; −1: it stands there more than once
	repeated   []string
	digest     string
	mixed      bool // its rows have different digests
}

type person struct {
	id, outcome string
	scores      []*big.Rat // dimension → score; nil where it was not measured
}

// maxScoredLine bounds a line of a scored table.
const maxScoredLine = 1 << 20

// ReadScored reads a table of results, CSV or JSONL.
func ReadScored(r io.Reader) (*Scored, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	start, err := in.Peek(1)
	if err != nil {
		return nil, errors.New("it is empty")
	}
	s := &Scored{index: make(map[string]int)}
	if start[0] == '{' {
		return s, s.readJSONL(in)
	}
	return s, s.readCSV(in)
}

// add takes one person in.
func (s *Scored) add(row int, p person, digest string) error {
	if p.id == "" {
		return fmt.Errorf("row %d has no id; people are matched by it", row)
	}
	if s.digest == "" {
		s.digest = digest
	}
	s.mixed = s.mixed || digest != s.digest
	if at, known := s.index[p.id]; known {
		if at >= 0 {
			s.repeated = append(s.repeated, p.id)
			s.index[p.id] = -1
		}
		return nil
	}
	s.index[p.id] = len(s.people)
	s.people = append(s.people, p)
	return nil
}

// errNotScored says of a table that it is no result of scoring.
var errNotScored = errors.New("this is no table that `rolefit cohort score` wrote")

func (s *Scored) readCSV(in io.Reader) error {
	c := rows.NewChunks(in, ',', 1)
	record, err := c.First()
	if err != nil {
		return errNotScored
	}
	t := scoredTable{Scored: s, cut: rows.Cutter{Delim: ','}}
	if !t.header(bytes.TrimPrefix(record, []byte("\uFEFF"))) {
		return errNotScored
	}
	for row := 0; ; {
		chunk, err := c.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for data := chunk.Data; len(data) > 0; {
			end := rows.EndOfRecord(data, ',', true)
			if record := data[:end]; !rows.Blank(record) {
				row++
				if err := t.row(row, record); err != nil {
					return err
				}
			}
			data = data[end:]
		}
	}
}

// scoredTable reads a table of results as CSV.
type scoredTable struct {
	*Scored
	cut                          rows.Cutter
	columns, first, last, digest int // how many there are, the scores, and the digest
}

// header reports whether it is that of results.
func (t *scoredTable) header(record []byte) bool {
	cells, err := t.cut.Cut(record)
	if err != nil {
		return false
	}
	var header []string
	for _, cell := range cells {
		header = append(header, string(cell))
	}
	t.columns, t.digest = len(header), slices.Index(header, "digest")
	if t.first, t.last = scoreColumns(header); t.first < 0 || t.digest < 0 {
		return false
	}
	t.dimensions = header[t.first:t.last]
	return true
}

func (t *scoredTable) row(n int, record []byte) error {
	cells, err := t.cut.Cut(record)
	if err != nil || len(cells) != t.columns {
		return fmt.Errorf("row %d: %w", n, errNotScored)
	}
	p := person{id: string(cells[0]), outcome: string(cells[1])}
	for _, cell := range cells[t.first:t.last] {
		v, ok := readScore(string(cell))
		if !ok {
			return fmt.Errorf("row %d: %w", n, errNotScored)
		}
		p.scores = append(p.scores, v)
	}
	return t.add(n, p, string(cells[t.digest]))
}

// readScore reads a score; nil for none.
func readScore(s string) (v *big.Rat, ok bool) {
	if s == "" {
		return nil, true
	}
	if len(s) > len("100.00") {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// scoreColumns finds the dimensions: they stand between the fits and `missing`.
func scoreColumns(header []string) (first, last int) {
	last = slices.Index(header, "missing")
	if len(header) < 4 || last < 0 || !slices.Equal(header[1:4], []string{"outcome", "strength", "margin"}) {
		return -1, -1
	}
	first = 4
	for first < last && strings.HasPrefix(header[first], "fit_") {
		first++
	}
	return first, last
}

func (s *Scored) readJSONL(in *bufio.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), maxScoredLine)
	for row := 1; lines.Scan(); row++ {
		var one struct {
			ID         string
			Quiz       struct{ Digest string }
			Outcome    struct{ ID string }
			Dimensions []struct {
				ID    string
				Score json.Number
			}
		}
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil || one.Outcome.ID == "" {
			return fmt.Errorf("row %d: %w", row, errNotScored)
		}
		p := person{id: one.ID, outcome: one.Outcome.ID}
		var dimensions []string
		for _, d := range one.Dimensions {
			dimensions = append(dimensions, d.ID)
			v, ok := readScore(d.Score.String())
			if !ok {
				return fmt.Errorf("row %d: %w", row, errNotScored)
			}
			p.scores = append(p.scores, v)
		}
		if s.dimensions == nil {
			s.dimensions = dimensions
		}
		if !slices.Equal(s.dimensions, dimensions) {
			return fmt.Errorf("row %d: %w", row, errNotScored)
		}
		if err := s.add(row, p, one.Quiz.Digest); err != nil {
			return err
		}
	}
	return lines.Err()
}

// Compare matches two scored tables.
func Compare(before, after *Scored) (*Change, error) {
	if !slices.Equal(before.dimensions, after.dimensions) {
		return nil, errors.New("the two tables were scored by quizzes with different dimensions")
	}
	c := &Change{
		Repeated: append(slices.Clone(before.repeated), after.repeated...),
		Digests:  before.digest != after.digest || before.mixed || after.mixed,
	}
	changes := make([]stats.Changes, len(before.dimensions))
	turns := make(map[[2]string]int)
	for _, p := range after.people {
		at, known := before.index[p.id]
		switch {
		case !known:
			c.OnlyNew = append(c.OnlyNew, p.id)
			continue
		case at < 0 || after.index[p.id] < 0:
			continue
		}
		old := before.people[at]
		c.Matched++
		turns[[2]string{old.outcome, p.outcome}]++
		if old.outcome != p.outcome {
			c.Moved = append(c.Moved, Mover{p.id, old.outcome, p.outcome})
		}
		for d := range changes {
			if old.scores[d] != nil && p.scores[d] != nil {
				changes[d].Add(new(big.Rat).Sub(p.scores[d], old.scores[d]))
			}
		}
	}
	for _, p := range before.people {
		if _, known := after.index[p.id]; !known {
			c.OnlyOld = append(c.OnlyOld, p.id)
		}
	}
	for d, id := range before.dimensions {
		c.Dimensions = append(c.Dimensions, DimensionChange{id, changes[d].Change()})
	}
	for turn, n := range turns {
		c.Transitions = append(c.Transitions, Transition{turn[0], turn[1], n})
	}
	slices.SortFunc(c.Transitions, func(a, b Transition) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.From+"\x00"+a.To, b.From+"\x00"+b.To)
	})
	return c, nil
}
