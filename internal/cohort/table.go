package cohort

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/lane"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

// job is one table, as the workers know it.
type job struct {
	*quizInfo
	delim      byte
	lines      bool // JSONL
	plan       *columns.Plan
	lane       *lane.Lane
	plain      bool // no row takes the lane
	thresholds Thresholds
	timed      bool
	seconds    []int // columns of times, in order: their sum depends on it
	rescore    bool
	hash       func([]byte) string
	encode     func(*score.Result, string) (head, rest []byte, err error)
	keep       bool   // rejects are written somewhere
	people     bool   // a report shows people one by one
	plane      *Plane // the axes of its plane; nil: it has none
}

// Table scores one table. An error stops everything; rows that cannot be
// scored do not.
func (s *Scoring) Table(ctx context.Context, src *rows.Source) error {
	in := rows.NewChunks(src.Reader, src.Delimiter, 4*s.o.Workers)
	in.Lines = src.JSONL
	if s.o.chunkSize > 0 {
		in.Size = s.o.chunkSize
	}
	j := &job{
		quizInfo: &s.quizInfo, delim: src.Delimiter, lines: src.JSONL, thresholds: s.o.Thresholds, rescore: s.o.Rescore, hash: s.o.Hash,
		encode: s.o.Encode, keep: s.o.Rejects != nil, people: s.o.Roster != nil, plain: s.o.plain,
	}
	if j.people {
		j.plane = s.o.Roster.Plane
	}
	if err := s.open(j, in, src.JSONL); err != nil {
		return err
	}
	j.lane = lane.New(s.c, j.plan, lane.Options{
		Delimiter: j.delim, Units: s.patterns.units, LongString: s.o.Thresholds.LongString, LowVariance: s.o.Thresholds.LowVariance,
	})
	s.note(j)
	return s.run(ctx, j, in)
}

// note says why a table's rows are not for the lane.
func (s *Scoring) note(j *job) {
	switch why := j.lane.Why(); {
	case why != "":
		s.lane.Why = why
	}
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
		j.plan = planOfSheets(s.c)
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
	if j.plan, err = columns.New(s.c, header, s.o.Columns); err != nil {
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
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("it is empty: not even a header row")
	case err != nil:
		return nil, err
	case rows.OldMac(record):
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
