// Package lane is the fast way of a row, for every quiz. A cell is looked up by
// its bytes in a table of its column, which gives the alternative that it means
// and what that adds to everything that is summed up over a row, several sums in
// one word. What questions are in play is looked up by the answers that decide
// it, and with it the arithmetic of such rows.
//
// It reads and adds up. It must not know what becomes of a row: counts, groups,
// reports and formats are the caller's. Whatever it cannot read is left to
// columns, and whatever it cannot add up to score.
package lane

import (
	"math/bits"
	"slices"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/score"
)

// Lane is a table's plan, laid out for reading. Readers share it and change nothing.
type Lane struct {
	c        *score.Compiled
	plan     *columns.Plan
	delim    byte
	segments []segment  // of a row, from left to right
	pairs    [][2]*pair // segment → what its digits add up to; nil where they are not four
	why      string     // no rows can be read by their bytes, and why; "": they can
	worth    [][]Worth  // question, alternative → what it adds
	sums     sums
	steps    steps
	gates    []int // the questions that conditions of questions ask for
}

// Options say how a lane is laid out.
type Options struct {
	Delimiter byte
	// Units is, by question, what an alternative adds to Worth.Tag for each that
	// stands before it. The caller makes of tags what it likes; nil: nothing.
	Units []Tag
	// LongString and LowVariance are the bounds that Even looks at: as many same
	// steps, not necessarily in a row, and a standard deviation (n−1) of the steps
	// below. 0: never.
	LongString  int
	LowVariance float64
}

// Worth is what an alternative, or a whole row, adds up to.
type Worth struct {
	Sums  uint64 // see Reader.Sums
	Steps uint64 // how often each step of the scales was given
	Tag   Tag    // see Options.Units
}

// Tag is what the caller makes of the alternatives.
type Tag [2]uint64

func (w *Worth) add(o *Worth) {
	w.Sums += o.Sums
	w.Steps += o.Steps
	w.Tag[0] += o.Tag[0]
	w.Tag[1] += o.Tag[1]
}

// New lays out a table.
func New(c *score.Compiled, plan *columns.Plan, o Options) *Lane {
	l := &Lane{c: c, plan: plan, delim: o.Delimiter, gates: gatesOf(c)}
	l.sums = layOutSums(c)
	l.steps = layOutSteps(c, o, l.sums.wide)
	for q := range c.Questions {
		l.worth = append(l.worth, l.worthOf(q, o))
	}
	l.segments, l.why = l.cut()
	for i := range l.segments {
		var two [2]*pair
		if four := l.segments[i].four; four != nil {
			two = [2]*pair{l.pairOf(&four[0], &four[1]), l.pairOf(&four[2], &four[3])}
		}
		l.pairs = append(l.pairs, two)
	}
	return l
}

// Why says why no row of the table can be read by its bytes; "" where they can.
func (l *Lane) Why() string { return l.why }

// gatesOf lists the questions that conditions of questions ask for.
func gatesOf(c *score.Compiled) (gates []int) {
	for i := range c.Questions {
		for _, clause := range c.Questions[i].When.Any {
			for _, t := range clause {
				gates = append(gates, t.Key)
			}
		}
	}
	slices.Sort(gates)
	return slices.Compact(gates)
}

// lanes are some bits of a word.
type lanes struct {
	shift uint
	mask  uint64
}

func (l lanes) of(word uint64) int { return int(word >> l.shift & l.mask) }

// room hands out the bits of a word.
type room struct{ used uint }

func (r *room) take(most int) lanes {
	l := lanes{r.used, 1<<bits.Len(uint(most)) - 1}
	r.used += uint(bits.Len(uint(most)))
	return l
}

// full reports whether more bits were handed out than there are, the highest aside; see bad.
func (r *room) full() bool { return r.used > 63 }

// sums says where the sums over a row are in Worth.Sums.
type sums struct {
	wide    bool    // they do not fit: rows are summed up question by question
	raw     []lanes // dimension → its raw sum above the least
	sum     lanes   // of the steps given to the scales
	squares lanes
}

func layOutSums(c *score.Compiled) (s sums) {
	var word room
	for d := range c.Quiz.Dimensions {
		span := 0
		for i := range c.Questions {
			span += c.Questions[i].Max[d] - c.Questions[i].Min[d]
		}
		s.raw = append(s.raw, word.take(span))
	}
	sum, squares := 0, 0
	for i := range c.Questions {
		if n := len(c.Questions[i].Alternatives); c.Questions[i].Steps {
			sum += n
			squares += n * n
		}
	}
	s.sum, s.squares = word.take(sum), word.take(squares)
	s.wide = word.full()
	return s
}

// worthOf gives what each alternative of a question adds.
func (l *Lane) worthOf(q int, o Options) []Worth {
	one := &l.c.Questions[q]
	all := make([]Worth, len(one.Alternatives))
	for a := range all {
		w := &all[a]
		for d, to := range l.sums.raw {
			if one.Scored {
				w.Sums += uint64(one.Points[a][d]-one.Min[d]) << to.shift
			}
		}
		if one.Steps {
			w.Sums += uint64(a+1)<<l.sums.sum.shift + uint64((a+1)*(a+1))<<l.sums.squares.shift
			w.Steps = l.steps.one(a)
		}
		if l.sums.wide {
			w.Sums = 0
		}
		if o.Units != nil {
			w.Tag = Tag{uint64(a) * o.Units[q][0], uint64(a) * o.Units[q][1]}
		}
	}
	return all
}

// Apart makes a slice that shares no line of a cache with what else is written: what
// one goroutine writes for every row would slow another one down that has its own beside it.
func Apart[T any](n int) []T {
	const room = 128 // elements
	return make([]T, n+2*room)[room : room+n : room+n]
}
