package cohort

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strconv"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

// Options say how tables are scored.
type Options struct {
	Columns    columns.Options // which column is what
	Workers    int             // how many rows are scored at once; 0: as many as there are cores
	Thresholds Thresholds
	Rescore    bool                   // take sheets that were answered on another state of the quiz (JSONL)
	Hash       func(id []byte) string // replaces ids; nil: they stay
	// Encode writes a result in full, as JSON with the key row right behind id and
	// flags, its value 0, and a line end; nil: results are CSV.
	Encode   func(r *score.Result, id string, flags []string) ([]byte, error)
	Results  io.Writer
	Rejects  io.Writer // nil: rows that cannot be scored are only counted
	Notice   func(string)
	Progress func(rows, bytes int64) // nil: nobody looks
	Person   func(*Person)           // told of everybody who is scored, in the order of the input; nil: nobody asks

	chunkSize int  // what is read at a time; 0: the usual
	slow      bool // never the fast way, to hold it to the general one
	each      bool // every row is judged by itself, to hold that to the table of verdicts
}

// Scoring scores tables, one after the other, into one output.
type Scoring struct {
	scorer *scorer
	o      Options
	total  *tally
	seen   seen
	rows   int64
	header []string // of the first table
	begun  bool
	json   bool // the first table was JSONL
	timed  bool
	named  bool     // some table has ids
	by     bool     // some table has a column of groups
	first  []reject // the first rows that were rejected, for the summary
}

// maxWorkers bounds the memory that chunks take which are under way.
const maxWorkers = 64

// New prepares to score tables by a quiz.
func New(c *score.Compiled, o Options) *Scoring {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	o.Workers = min(o.Workers, maxWorkers)
	s := newScorer(c)
	return &Scoring{scorer: s, o: o, total: s.newTally()}
}

// job is one table.
type job struct {
	*scorer
	delim      byte
	lines      bool // JSONL
	plan       *columns.Plan
	thresholds Thresholds
	timed      bool
	seconds    []int // columns of times, in order: their sum depends on it
	rescore    bool
	hash       func([]byte) string
	encode     func(*score.Result, string, []string) ([]byte, error)
	tail       []byte // how every row ends, behind its flags
	plainTail  []byte // the same behind the scores of a row that misses nothing and has no flag
	keep       bool   // rejects are written somewhere
	people     bool   // they are asked for one by one
	each       bool   // no table of verdicts
	quick      *quick // nil: the table is not of the usual kind
	name       string
}

// Table scores one table. An error stops everything; rows that cannot be
// scored do not.
func (s *Scoring) Table(ctx context.Context, name string, src *rows.Source) error {
	in := rows.NewChunks(src.Reader, src.Delimiter, 4*s.o.Workers)
	in.Lines = src.JSONL
	if s.o.chunkSize > 0 {
		in.Size = s.o.chunkSize
	}
	j := &job{
		scorer: s.scorer, delim: src.Delimiter, lines: src.JSONL, thresholds: s.o.Thresholds, rescore: s.o.Rescore, hash: s.o.Hash,
		encode: s.o.Encode, keep: s.o.Rejects != nil, people: s.o.Person != nil, each: s.o.each, name: name,
	}
	q := s.scorer.c.Quiz
	j.tail = []byte("," + q.ID + "," + q.Version + "," + q.Digest() + "\n")
	j.plainTail = append([]byte(","), j.tail...)
	if err := s.open(j, in, src.JSONL); err != nil {
		return err
	}
	if !s.o.slow {
		j.quick = j.newQuick()
	}
	return s.run(ctx, j, in)
}

// open reads the header and begins the outputs.
func (s *Scoring) open(j *job, in *rows.Chunks, json bool) error {
	if s.begun && s.json != json {
		return errors.New("CSV and JSONL cannot be scored in one run")
	}
	s.json = json
	if json {
		if s.o.Columns != (columns.Options{}) {
			return errors.New("answer sheets have no columns: --id, --by and --map are for tables")
		}
		j.plan = planOfSheets(s.scorer)
		s.named = true
		return s.begin("respondent", nil)
	}
	header, err := readHeader(in, j.delim)
	if err != nil {
		return err
	}
	if s.begun && !slices.Equal(header, s.header) {
		return fmt.Errorf("its header is not that of the first file; score them in runs of their own")
	}
	if j.plan, err = columns.New(s.scorer.c, header, s.o.Columns); err != nil {
		return err
	}
	if j.hash != nil && j.plan.By >= 0 && j.plan.By == j.plan.ID {
		return errors.New("the groups would show the ids that --anonymize replaces: compare by another column")
	}
	j.seconds = slices.Sorted(maps.Keys(j.plan.Seconds))
	j.timed = len(j.plan.Seconds) > 0 || j.plan.Total >= 0 || j.plan.Start >= 0
	s.timed = s.timed || j.timed
	s.named = s.named || j.plan.ID >= 0
	s.by = s.by || j.plan.By >= 0
	if !s.begun && len(j.plan.Unused) > 0 && s.o.Notice != nil {
		s.o.Notice(unusedNotice(j.plan.Unused))
	}
	s.header = header
	id := "id"
	if j.plan.ID >= 0 {
		id = header[j.plan.ID]
	}
	return s.begin(id, header)
}

// maxColumns bounds the header.
const maxColumns = 10_000

func readHeader(in *rows.Chunks, delim byte) ([]string, error) {
	record, err := in.First()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("it is empty: not even a header row")
	}
	if err != nil {
		return nil, err
	}
	if rows.OldMac(record) {
		return nil, rows.ErrOldMac
	}
	c := rows.Cutter{Delim: delim, Most: maxColumns}
	cells, err := c.Cut(record)
	switch {
	case errors.Is(err, rows.ErrMany):
		return nil, fmt.Errorf("the header has more than %d columns, which is the most that are read", maxColumns)
	case err != nil:
		return nil, fmt.Errorf("the header cannot be read: %w", err)
	}
	header := make([]string, len(cells))
	for i, cell := range cells {
		header[i] = string(cell)
	}
	return header, nil
}

func (o *scored) reset() {
	o.ids.reset()
	*o = scored{text: o.text[:0], ends: o.ends[:0], ids: o.ids, gaps: o.gaps[:0], which: o.which[:0], people: o.people[:0]}
}

// insert is a piece of text that goes into the results.
type insert struct {
	at   int
	text string
}

// emit writes a chunk's results and rejects.
func (s *Scoring) emit(j *job, out *scored) error {
	var more []insert
	var again []int
	s.seen.add(&out.ids, func(n int) {
		again = append(again, n)
		more = append(more, insert{out.ends[n], s.again(out.text[out.ends[n]-1])})
	})
	for i, at := range out.gaps {
		more = append(more, insert{at, strconv.FormatInt(s.rows+int64(out.which[i])+1, 10)})
	}
	slices.SortFunc(more, func(a, b insert) int { return a.at - b.at })
	at := 0
	for _, piece := range more {
		if _, err := s.o.Results.Write(out.text[at:piece.at]); err != nil {
			return err
		}
		at = piece.at
		if s.o.Encode != nil && piece.text[0] >= '0' && piece.text[0] <= '9' {
			at++ // the number takes the place of the mark
		}
		if _, err := io.WriteString(s.o.Results, piece.text); err != nil {
			return err
		}
	}
	if _, err := s.o.Results.Write(out.text[at:]); err != nil {
		return err
	}
	for _, r := range out.rejects {
		if err := s.reject(j, r); err != nil {
			return err
		}
	}
	if s.o.Person != nil {
		s.introduce(out.people, again)
	}
	s.rows += int64(out.rows)
	return nil
}

// again is what marks an id that has been there before, behind other flags or none.
func (s *Scoring) again(before byte) string {
	s.total.flags[duplicate]++
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
