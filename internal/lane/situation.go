package lane

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/score"
)

// Situation is what rows have in common that leave out the same questions and
// answer alike where other questions depend on it: what is asked, what counts,
// and the arithmetic that follows.
type Situation struct {
	Frame   *Frame // nil: such rows cannot be scored
	Err     error  // why not
	Missing []int  // required questions that are shown and not answered, in order
	Shown   []bool // question
	InPlay  []bool // question → its answer counts

	Fixed     bool  // every question that is scored and asked of everybody is answered
	Steps     bool  // every scale is shown and answered
	ignored   []int // questions that are answered and hidden
	sometimes []int // questions whose answers count and that are not asked of everybody
}

// Counts gives where rows are counted by a dimension's raw sum above the least, of
// so many that are possible.
type Counts func(dimension, size int) []int64

// situations are those that a reader has met. The answers that decide one are its
// key; as many keys may come to the same, they lead to it by what they come to.
type situations struct {
	c      *score.Compiled
	counts Counts
	sheet  *score.Sheet
	known  map[string]*Situation // by the answers that decide it
	state  map[string]*Situation // by what is shown and answered
	frames map[string]*Frame     // by what counts
	texts  map[int][]Figure      // see Frame.Scores
	key    []byte
	states []byte
	last   *Situation
	lasts  []byte // its key
}

// Bounds of what is kept: where answers may be missing there can be a situation
// for almost every row.
const (
	maxKnown      = 1 << 12
	maxSituations = 1 << 11
	maxFrames     = 1 << 9
)

func newSituations(c *score.Compiled, counts Counts) situations {
	return situations{
		c: c, counts: counts, sheet: c.NewSheet(), known: make(map[string]*Situation), state: make(map[string]*Situation),
		frames: make(map[string]*Frame), texts: make(map[int][]Figure), key: Apart[byte](64)[:0], lasts: Apart[byte](64)[:0],
	}
}

// Situation is that of the row. It stays as it is.
func (r *Reader) Situation() *Situation {
	r.key = r.key[:0]
	for _, q := range r.l.gates {
		r.key = binary.LittleEndian.AppendUint16(r.key, r.chosen[q])
	}
	for _, q := range r.empty {
		r.key = binary.LittleEndian.AppendUint16(r.key, q)
	}
	if r.last != nil && string(r.key) == string(r.lasts) {
		return r.last
	}
	s := r.known[string(r.key)]
	if s == nil {
		for q := range r.chosen {
			r.sheet.Chosen[q] = r.Chosen(q)
		}
		s = r.surveyed()
		if len(r.known) < maxKnown {
			r.known[string(r.key)] = s
		}
	}
	r.last, r.lasts = s, append(r.lasts[:0], r.key...)
	return s
}

// surveyed is the situation of the sheet.
func (r *situations) surveyed() *Situation {
	x := r.sheet
	r.c.Survey(x)
	state := append(r.states[:0], make([]byte, len(x.Chosen))...)
	r.states = state
	for q, a := range x.Chosen {
		if a >= 0 {
			state[q] |= 1
		}
		if x.Shown[q] {
			state[q] |= 2
		}
	}
	s := r.state[string(state)]
	if s == nil {
		if len(r.state) >= maxSituations {
			clear(r.state)
			clear(r.known)
		}
		s = r.situation()
		r.state[string(state)] = s
	}
	return s
}

// situation works out that of a surveyed sheet.
func (r *situations) situation() *Situation {
	x := r.sheet
	s := &Situation{Missing: slices.Clone(x.Missing), Shown: slices.Clone(x.Shown), InPlay: slices.Clone(x.InPlay), Fixed: true, Steps: true}
	for i := range r.c.Questions {
		q := &r.c.Questions[i]
		answered := x.Chosen[i] >= 0
		if q.Always() && !x.InPlay[i] {
			s.Fixed = false
		}
		if q.Steps && !(x.Shown[i] && answered) {
			s.Steps = false
		}
		if answered && !x.Shown[i] {
			s.ignored = append(s.ignored, i)
		}
		if x.InPlay[i] && !q.Always() {
			s.sometimes = append(s.sometimes, i)
		}
	}
	if !r.c.Complete(x) {
		s.Err = r.unanswered(x.Missing)
		return s
	}
	s.Frame, s.Err = r.frame(x.InPlay)
	return s
}

// frame is the arithmetic of the questions in play.
func (r *situations) frame(inPlay []bool) (*Frame, error) {
	key := make([]byte, len(inPlay))
	for i, in := range inPlay {
		if in {
			key[i] = 1
		}
	}
	if f := r.frames[string(key)]; f != nil {
		return f, nil
	}
	if len(r.frames) >= maxFrames {
		clear(r.frames)
	}
	f, err := r.newFrame(inPlay)
	if err != nil {
		return nil, err
	}
	r.frames[string(key)] = f
	return f, nil
}

// Sums puts the row's raw sums above the least into raw, by dimension.
func (r *Reader) Sums(s *Situation, raw []int) {
	if r.l.sums.wide {
		r.sumUp(s, raw)
		return
	}
	word := r.Worth.Sums
	for _, q := range s.ignored {
		word -= r.l.worth[q][r.chosen[q]].Sums
	}
	for d, l := range r.l.sums.raw {
		raw[d] = l.of(word)
	}
}

// sumUp sums up question by question.
func (r *Reader) sumUp(s *Situation, raw []int) {
	clear(raw)
	for q, in := range s.InPlay {
		if in {
			one := &r.c.Questions[q]
			for d, p := range one.Points[r.chosen[q]] {
				raw[d] += p - one.Min[d]
			}
		}
	}
}

// FixedSums leaves of raw what the questions give that everybody is asked.
func (r *Reader) FixedSums(s *Situation, raw []int) {
	for _, q := range s.sometimes {
		one := &r.c.Questions[q]
		for d, p := range one.Points[r.chosen[q]] {
			raw[d] -= p - one.Min[d]
		}
	}
}

// unanswered says which answers are missing, where too many are.
func (r *situations) unanswered(missing []int) error {
	ids := make([]string, len(missing))
	for i, q := range missing {
		ids[i] = r.c.Questions[q].ID
	}
	return fmt.Errorf("no answer to %s", strings.Join(ids, ", "))
}
