// Package odds counts answer sheets, all of them, without listing any: what a
// quiz does to random answers, how firm a result is, and what it would take to change it.
//
// A sheet's outcome depends on its answers only through a vector that every
// answer adds to (see space), so sheets are counted by convolution, in whole numbers
// that are wide enough for all of them.
//
// It must not know kinds of question, nor how figures are shown.
package odds

import (
	"math/big"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Odds is how a quiz treats someone who answers every question they are
// shown, optional ones too, uniformly at random over its alternatives.
type Odds struct {
	Quiz       *quiz.Quiz
	Exact      bool
	Why        string   // why it is not exact
	Samples    int      // how many random sheets were drawn; 0 when exact
	Seed       int64    // of those
	Sheets     *big.Int // complete sheets
	Outcomes   []Share  // roles, then hybrids, in the order of the quiz
	Tie        Share    // exactly level for first place
	Uncaught   Share    // exactly level, and no hybrid catches it: the order of the file decides
	Dimensions []Dimension
	Questions  []Question // the scored ones, in the order of the quiz
	Margins    []float64  // share of sheets by margin; see Bins
}

// Share is the probability of something. Low and High bound it: they are the
// share itself when it is exact, else a 95% interval (Wilson 1927).
type Share struct {
	ID        string
	Exact     *big.Rat // nil: the odds are sampled
	Share     float64
	Low, High float64
}

// Dimension is the distribution of a dimension's score over the sheets that measure it.
type Dimension struct {
	Dimension *quiz.Dimension
	Mean, SD  float64
	Measured  float64 // share of sheets that measure it
}

// Question is how much one question can do.
type Question struct {
	Question *quiz.Question
	Swing    *big.Rat // the largest change of a difference between two roles' fits, in points
	Pivotal  float64  // share of sheets in which changing this one answer can change the outcome
	Exact    *big.Rat // the same; nil: the odds are sampled
}

// Limits bound what is worked out exactly, and how the rest is sampled.
type Limits struct {
	Words   int   // 64-bit words a vector of counts may have
	Samples int   // random sheets to draw where that is not enough
	Seed    int64 // to draw them from
	Work    int   // additions the exact count may take, about; 0: any number
	Paths   int   // ways through the conditions that are worked out one by one; 0: maxPaths
	Lean    bool  // leave out what single questions can do, which is most of the work

	small   float64 // lattices up to this many cells are laid out to find flips
	lattice int     // for tests: which lattice to lay, from 1; 0: the smallest
	sparse  bool    // for tests: lay none out
}

// wordBytes is what a word of the bound takes: it stands in two vectors, and a
// cell has a verdict beside them.
const wordBytes = 8*2 + 1

// LimitTo keeps the exact count within about this many MiB.
func LimitTo(mib int) Limits {
	return Limits{Words: mib << 20 / wordBytes, Samples: 100_000, Seed: 1, small: 1 << 16}
}

// DefaultLimits is what commands use unless they are told otherwise.
func DefaultLimits() Limits { return LimitTo(256) }

// MiB is the memory that the exact count is kept within.
func (l Limits) MiB() int { return (l.Words*wordBytes + 1<<20 - 1) >> 20 }

// Of works the odds of a quiz out. The error is a *score.Unscorable, for a
// quiz in which some way through the conditions leaves a role unmeasured.
func Of(c *score.Compiled, limits Limits) (*Odds, error) {
	ways, ok := newWalk(c, Ask{Most: limits.Paths}).paths()
	if !ok {
		return sample(c, limits, nil, "its conditions make too many ways through it")
	}
	o := newOdds(c)
	o.Exact = true
	each := limits
	each.Work = (limits.Work + len(ways) - 1) / len(ways)
	total := newTotals(c)
	for _, p := range ways {
		frame, err := c.Frame(p.InPlay())
		if err != nil {
			return nil, err
		}
		all := items(c, p.Allowed)
		t, ok := count(frame, c, all, each)
		if !ok {
			return sample(c, limits, ways, "its points and weights make too many different sums to count one by one")
		}
		total.add(c, p, frame, all, t)
		o.Sheets.Add(o.Sheets, p.sheets)
	}
	total.fill(o, c)
	return o, nil
}

func newOdds(c *score.Compiled) *Odds { return &Odds{Quiz: c.Quiz, Sheets: new(big.Int)} }

// count tallies one path in the cheapest exact way. ok is false when none is
// within the limits.
func count(f *score.Frame, c *score.Compiled, all []item, limits Limits) (t *tally, ok bool) {
	roles, outcomes := len(c.Weights), len(c.Outcomes())
	s := newSpace(f, roles, all, limits.lattice)
	limbs := limbsFor(totalOf(all))
	moves := 1
	for _, it := range all {
		moves += len(it.allowed)
	}
	if limits.Work > 0 {
		limits.Words = min(limits.Words, limits.Work/moves)
	}
	if !limits.sparse && s.cells*float64(limbs) <= float64(limits.Words) {
		return newDense(s, all, limbs).tally(all, roles, outcomes, limits.Lean), true
	}
	if s.cells >= tooMany {
		return nil, false
	}
	return sparseTally(s, all, roles, outcomes, limits)
}

// sparseEffort is how many cells counting may touch, for each word it may keep.
const sparseEffort = 32

// totals adds paths up, each by its share.
type totals struct {
	outcomes, bins, pivotal []*big.Rat
	tie, uncaught           *big.Rat
	swing                   []*big.Rat
	measured, mean, square  []*big.Rat // by dimension: share of sheets, and its moments times that share
}

func newTotals(c *score.Compiled) *totals {
	dims := len(c.Quiz.Dimensions)
	return &totals{
		outcomes: zeros[big.Rat](len(c.Outcomes())), bins: zeros[big.Rat](bins(len(c.Weights))), pivotal: zeros[big.Rat](len(c.Questions)),
		tie: new(big.Rat), uncaught: new(big.Rat), swing: zeros[big.Rat](len(c.Questions)),
		measured: zeros[big.Rat](dims), mean: zeros[big.Rat](dims), square: zeros[big.Rat](dims),
	}
}

// zeros makes n numbers that are 0.
func zeros[T big.Int | big.Rat](n int) []*T {
	all := make([]*T, n)
	for i := range all {
		all[i] = new(T)
	}
	return all
}

func (t *totals) add(c *score.Compiled, p *path, f *score.Frame, all []item, n *tally) {
	share := func(part *big.Int) *big.Rat {
		r := new(big.Rat).SetFrac(part, n.total)
		return r.Mul(r, p.share)
	}
	for i, part := range n.outcomes {
		t.outcomes[i].Add(t.outcomes[i], share(part))
	}
	for i, part := range n.bins {
		t.bins[i].Add(t.bins[i], share(part))
	}
	t.tie.Add(t.tie, share(n.tie))
	t.uncaught.Add(t.uncaught, share(n.uncaught))
	for i, it := range all {
		t.pivotal[it.question].Add(t.pivotal[it.question], share(n.pivotal[i]))
		if n.lean {
			continue
		}
		if swing := swingOf(f, len(c.Weights), it.points); swing.Cmp(t.swing[it.question]) > 0 {
			t.swing[it.question] = swing
		}
	}
	for d := range c.Quiz.Dimensions {
		if f.Measured(d) {
			t.moments(d, p.share, f, all)
		}
	}
}

// swingOf is the largest change of a difference between two roles' fits that a
// question's alternatives can make.
func swingOf(f *score.Frame, roles int, points [][]int) *big.Rat {
	most := new(big.Rat)
	for a := range roles {
		for b := range a {
			low, high := (*big.Rat)(nil), (*big.Rat)(nil)
			for _, p := range points {
				e := f.Effect(a, b, p)
				if low == nil || e.Cmp(low) < 0 {
					low = e
				}
				if high == nil || e.Cmp(high) > 0 {
					high = e
				}
			}
			if span := new(big.Rat).Sub(high, low); span.Cmp(most) > 0 {
				most = span
			}
		}
	}
	return most
}

// moments adds a dimension's mean and mean square on one path. Questions are
// answered independently there, so means and variances add.
func (t *totals) moments(d int, share *big.Rat, f *score.Frame, all []item) {
	mean, variance := new(big.Rat).SetInt64(int64(-f.Min[d])), new(big.Rat)
	for _, it := range all {
		sum, squares, n := int64(0), int64(0), int64(len(it.allowed))
		for _, a := range it.allowed {
			p := int64(it.points[a][d])
			sum += p
			squares += p * p
		}
		mean.Add(mean, big.NewRat(sum, n))
		variance.Add(variance, big.NewRat(n*squares-sum*sum, n*n))
	}
	unit := big.NewRat(100, int64(f.Max[d]-f.Min[d]))
	mean.Mul(mean, unit)
	variance.Mul(variance, unit).Mul(variance, unit)
	t.measured[d].Add(t.measured[d], share)
	square := new(big.Rat).Mul(mean, mean)
	square.Add(square, variance)
	t.square[d].Add(t.square[d], square.Mul(square, share))
	t.mean[d].Add(t.mean[d], mean.Mul(mean, share))
}

func (t *totals) fill(o *Odds, c *score.Compiled) {
	for i, id := range c.Outcomes() {
		o.Outcomes = append(o.Outcomes, exactly(id, t.outcomes[i]))
	}
	o.Tie, o.Uncaught = exactly("", t.tie), exactly("", t.uncaught)
	for d := range c.Quiz.Dimensions {
		o.Dimensions = append(o.Dimensions, t.dimension(c, d))
	}
	for i := range c.Questions {
		if c.Questions[i].Scored {
			o.Questions = append(o.Questions, Question{c.Quiz.Questions[i], t.swing[i], toFloat(t.pivotal[i]), t.pivotal[i]})
		}
	}
	for _, share := range t.bins {
		o.Margins = append(o.Margins, toFloat(share))
	}
}

func (t *totals) dimension(c *score.Compiled, d int) Dimension {
	out := Dimension{Dimension: &c.Quiz.Dimensions[d], Measured: toFloat(t.measured[d])}
	if t.measured[d].Sign() == 0 {
		return out
	}
	mean := new(big.Rat).Quo(t.mean[d], t.measured[d])
	variance := new(big.Rat).Quo(t.square[d], t.measured[d])
	variance.Sub(variance, new(big.Rat).Mul(mean, mean))
	out.Mean, out.SD = toFloat(mean), root(variance)
	return out
}

func exactly(id string, share *big.Rat) Share {
	f := toFloat(share)
	return Share{ID: id, Exact: share, Share: f, Low: f, High: f}
}

func toFloat(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

// root is the square root, correctly rounded from the exact fraction.
func root(r *big.Rat) float64 {
	f, _ := new(big.Float).SetPrec(200).SetRat(r).Float64()
	if f <= 0 {
		return 0
	}
	s, _ := new(big.Float).Sqrt(new(big.Float).SetPrec(200).SetRat(r)).Float64()
	return s
}
