// Package cohort scores tables of respondents as they stream through, and says
// what they come to together. A row's way is a straight line: it is read (by the
// lane, or cell by cell as columns do), scored (by the lane's figures, or as score
// does), tallied and written; what depends on the order of the rows follows when
// they are put in it.
//
// It must not know where tables come from, which formats a report has, or the
// command line.
package cohort

import (
	"io"
	"runtime"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Options say how tables are scored.
type Options struct {
	Columns    columns.Options // which column is what
	Workers    int             // how many rows are scored at once; 0: as many as there are cores
	Thresholds Thresholds
	Rescore    bool                   // take sheets that were answered on another state of the quiz (JSONL)
	Hash       func(id []byte) string // replaces ids; nil: they stay
	// Encode writes a result in full as JSON: what stands before the number of its
	// row, and what stands behind its flags, to the line end. nil: results are CSV.
	Encode   func(r *score.Result, id string) (head, rest []byte, err error)
	Results  io.Writer
	Rejects  io.Writer               // nil: rows that cannot be scored are counted, and not written
	Notice   func(string)            // is told what the user should know before rows are read; nil: it is not said
	Progress func(rows, bytes int64) // is told how far it is; nil: no progress is shown
	Roster   *Roster                 // takes people in, for a report; nil: no report was asked for

	chunkSize int  // what is read at a time, in bytes; 0: rows.ChunkSize
	plain     bool // no row takes the lane, to hold it to the plain way
}

// Scoring scores tables, one after the other, into one output.
type Scoring struct {
	quizInfo
	o      Options
	total  *tally
	lane   Lane
	seen   seen
	rows   int64
	header []string // of the first table
	begun  bool
	json   bool     // the first table was JSONL
	timed  bool     // some table has times
	named  bool     // some table has ids
	by     bool     // some table has a column of groups
	first  []reject // the first rows that were rejected, for the summary
}

// Lane counts the rows that took the fast way, and says of the others why not.
type Lane struct {
	Rows  int64  // that were scored by it
	Apart int64  // that were scored as a single sheet is
	Met   int64  // that were read cell by cell, as they held what had not been met; it depends on which worker has met what
	Why   string // why a table, or a format, is not for the lane; "": it is
}

// Lane says how the rows so far were read and scored. Rejected rows are not counted.
func (s *Scoring) Lane() Lane { return s.lane }

// maxWorkers bounds the memory that chunks take which are under way.
const maxWorkers = 64

// New prepares to score tables by a quiz.
func New(c *score.Compiled, o Options) *Scoring {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	o.Workers = min(o.Workers, maxWorkers)
	s := &Scoring{quizInfo: newQuizInfo(c), o: o}
	s.total = s.newTally()
	if o.Roster != nil && o.Roster.Plane != nil {
		s.total.places = newPlaces(o.Roster.Plane)
	}
	return s
}

// quizInfo is what is known of a quiz before any row is read. Workers share it
// and change nothing.
type quizInfo struct {
	c        *score.Compiled
	names    []string    // outcomes, as score numbers them
	labels   [][3]string // outcome, strength → how a row goes on behind the id
	scales   []int       // the questions that are scales, in order
	fixed    []bool      // question → it is scored and asked of everybody
	items    [][]int     // dimension → the questions that move it and are asked of everybody
	patterns patterns
	least    []int  // dimension → the least that the fixed questions can give
	tail     []byte // how every row ends, behind its flags
}

func newQuizInfo(c *score.Compiled) quizInfo {
	q := c.Quiz
	s := quizInfo{c: c, names: c.Outcomes(), items: make([][]int, len(q.Dimensions)), fixed: make([]bool, len(c.Questions)), least: make([]int, len(q.Dimensions))}
	for i := range c.Questions {
		one := &c.Questions[i]
		if one.Steps {
			s.scales = append(s.scales, i)
		}
		s.fixed[i] = one.Always()
		for d := range s.items {
			if s.fixed[i] {
				s.least[d] += one.Min[d]
			}
			if s.fixed[i] && one.Min[d] != one.Max[d] {
				s.items[d] = append(s.items[d], i)
			}
		}
	}
	for _, name := range s.names {
		var labels [3]string
		for i, strength := range quiz.Strengths() {
			labels[i] = name + "," + strength + ","
		}
		s.labels = append(s.labels, labels)
	}
	s.patterns = newPatterns(c, s.items)
	s.tail = []byte("," + q.ID + "," + q.Version + "," + q.ShortDigest() + "\n")
	return s
}
