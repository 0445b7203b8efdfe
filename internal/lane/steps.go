package lane

import (
	"math"

	"github.com/rolefit/rolefit/internal/score"
)

// steps tells rows that may have to be flagged from those that cannot. Most rows
// are settled by two comparisons of sums that are there anyway.
type steps struct {
	blind bool // the counts do not fit into a word, or the sums do not: any row may have to be flagged
	count int  // of the scales
	low   int  // a variance of the steps below this, times count·(count−1), may be low
	// A step that was given often enough sets one of the marks, once enough is
	// added to the counts of the steps.
	at            []lanes
	enough, marks uint64
}

// closeCalls makes the bound of the variance a little wider: who is near it is left
// to the caller's own arithmetic.
const closeCalls = 1 + 1e-9

func layOutSteps(c *score.Compiled, o Options, wide bool) (s steps) {
	most := 0
	for i := range c.Questions {
		if q := &c.Questions[i]; q.Steps {
			s.count++
			most = max(most, len(q.Alternatives))
		}
	}
	n := float64(s.count)
	s.low = int(min(math.Ceil(o.LowVariance*o.LowVariance*n*(n-1)*closeCalls), 1<<32))
	var word room
	often := min(o.LongString, s.count)
	for range most {
		to := word.take(2*s.count + 1) // a bit more than the counts take
		s.at = append(s.at, to)
		if often > 0 {
			top := (to.mask + 1) >> 1
			s.marks |= top << to.shift
			s.enough |= (top - uint64(often)) << to.shift
		}
	}
	if s.blind = word.full() || wide; s.blind {
		s.at, s.marks, s.enough = nil, 0, 0
	}
	return s
}

// one is what a step adds to the counts; the first is 0.
func (s *steps) one(step int) uint64 {
	if s.blind {
		return 0
	}
	return 1 << s.at[step].shift
}

// Even reports whether a row that answers every scale may have given one step as
// often as Options.LongString, or steps of as little variance as Options.LowVariance.
func (r *Reader) Even() bool {
	s := &r.l.steps
	if s.blind || (r.Worth.Steps+s.enough)&s.marks != 0 {
		return true
	}
	sum, squares := r.l.sums.sum.of(r.Worth.Sums), r.l.sums.squares.of(r.Worth.Sums)
	return s.count*squares-sum*sum < s.low
}
