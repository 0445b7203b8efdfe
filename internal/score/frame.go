package score

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Frame is what stays fixed while answers to the same questions change: the
// range of every dimension, and so every role's fit as a whole-number function
// of the raw sums. Scoring a sheet and counting all sheets both judge by it, so
// they cannot disagree.
type Frame struct {
	c        *Compiled
	Min, Max []int // dimension → the least and the most the questions in play can give

	// fit(role)·scale = base[role] + Σ slope[role][d]·raw[d], all of them whole.
	scale *big.Int
	base  []*big.Int
	slope [][]*big.Int

	small *small // the same in 64 bits; nil when they are not enough
}

// small is a frame whose every sum fits 64 bits.
type small struct {
	scale   int64
	base    []int64
	slope   [][]int64
	margins []int64 // hybrid → its band, times scale
}

// Frame works out the ranges of the questions in play (by question). The error is
// an *Unscorable.
func (c *Compiled) Frame(inPlay []bool) (*Frame, error) {
	f := &Frame{c: c, Min: make([]int, len(c.Quiz.Dimensions)), Max: make([]int, len(c.Quiz.Dimensions))}
	for i, q := range c.Questions {
		if !inPlay[i] || !q.Scored {
			continue
		}
		for d := range f.Min {
			f.Min[d] += q.Min[d]
			f.Max[d] += q.Max[d]
		}
	}
	sizes := make([]int64, len(c.Weights)) // Σ|w| over the measured dimensions
	f.scale = big.NewInt(1)
	for r, weights := range c.Weights {
		for d, w := range weights {
			if f.Measured(d) {
				sizes[r] += int64(max(w, -w))
			}
		}
		if sizes[r] == 0 {
			return nil, &Unscorable{Role: &c.Quiz.Roles[r]}
		}
	}
	f.stretch(sizes)
	f.line(sizes)
	f.shrink()
	return f, nil
}

// Measured reports whether the questions in play can move a dimension.
func (f *Frame) Measured(d int) bool { return f.Max[d] > f.Min[d] }

// Weighed reports whether a dimension has a part in any role's fit.
func (f *Frame) Weighed(d int) bool {
	return f.Measured(d) && slices.ContainsFunc(f.c.Weights, func(w []int) bool { return w[d] != 0 })
}

// part is 100·|w| / (Σ|w|·range), what one point of a dimension is worth to a role's fit.
func (f *Frame) part(r, d int, size int64) *big.Rat {
	w := int64(f.c.Weights[r][d])
	return big.NewRat(100*max(w, -w), size*int64(f.Max[d]-f.Min[d]))
}

// stretch finds the least scale that makes every part whole.
func (f *Frame) stretch(sizes []int64) {
	for r := range f.c.Weights {
		for d, w := range f.c.Weights[r] {
			if w != 0 && f.Measured(d) {
				f.scale = lcm(f.scale, f.part(r, d, sizes[r]).Denom())
			}
		}
	}
}

func lcm(a, b *big.Int) *big.Int {
	gcd := new(big.Int).GCD(nil, nil, a, b)
	return gcd.Mul(new(big.Int).Quo(a, gcd), b)
}

// line writes each fit as base + Σ slope·raw: a positive weight counts points
// up from the least, a negative one down from the most.
func (f *Frame) line(sizes []int64) {
	for r, weights := range f.c.Weights {
		base, slopes := new(big.Int), make([]*big.Int, len(weights))
		for d, w := range weights {
			slopes[d] = new(big.Int)
			if w == 0 || !f.Measured(d) {
				continue
			}
			part := f.part(r, d, sizes[r])
			part.Mul(part, new(big.Rat).SetInt(f.scale))
			origin := int64(f.Min[d])
			slopes[d].Set(part.Num())
			if w < 0 {
				origin = int64(f.Max[d])
				slopes[d].Neg(slopes[d])
			}
			base.Sub(base, new(big.Int).Mul(slopes[d], big.NewInt(origin)))
		}
		f.base = append(f.base, base)
		f.slope = append(f.slope, slopes)
	}
}

// smallBits leaves room for sums and differences of a few such numbers.
const smallBits = 58

// shrink keeps the frame in 64 bits too, where nothing in it can overflow: a
// fit is at most 100·scale, and on the way to it no sum is larger than the
// terms' sizes together.
func (f *Frame) shrink() {
	s := &small{}
	fits := func(n *big.Int) bool { return n.BitLen() <= smallBits }
	if !fits(new(big.Int).Mul(f.scale, big.NewInt(100))) {
		return
	}
	s.scale = f.scale.Int64()
	for r := range f.base {
		total := new(big.Int).Abs(f.base[r])
		slopes := make([]int64, len(f.slope[r]))
		for d, slope := range f.slope[r] {
			reach := int64(max(f.Max[d], -f.Max[d], f.Min[d], -f.Min[d]))
			total.Add(total, new(big.Int).Mul(new(big.Int).Abs(slope), big.NewInt(reach)))
			slopes[d] = slope.Int64()
		}
		if !fits(total) {
			return
		}
		s.base = append(s.base, f.base[r].Int64())
		s.slope = append(s.slope, slopes)
	}
	for _, h := range f.c.Quiz.Hybrids {
		s.margins = append(s.margins, int64(h.Margin)*s.scale)
	}
	f.small = s
}

// FitScaled returns a role's fit times Scale.
func (f *Frame) FitScaled(r int, raw []int) *big.Int {
	sum := new(big.Int).Set(f.base[r])
	term := new(big.Int)
	for d, slope := range f.slope[r] {
		if slope.Sign() != 0 {
			sum.Add(sum, term.Mul(slope, big.NewInt(int64(raw[d]))))
		}
	}
	return sum
}

// Fit returns a role's exact fit, 0 to 100, for these raw sums.
func (f *Frame) Fit(r int, raw []int) *big.Rat {
	return new(big.Rat).SetFrac(f.FitScaled(r, raw), f.scale)
}

// Effect returns how much fit(a) − fit(b) changes when the raw sums change by delta.
func (f *Frame) Effect(a, b int, delta []int) *big.Rat {
	sum, slope := new(big.Int), new(big.Int)
	for d, by := range delta {
		slope.Sub(f.slope[a][d], f.slope[b][d])
		sum.Add(sum, slope.Mul(slope, big.NewInt(int64(by))))
	}
	return new(big.Rat).SetFrac(sum, f.scale)
}

// Outcomes lists the ids of all outcomes, roles first, as Verdict numbers them.
func (c *Compiled) Outcomes() []string {
	var ids []string
	for _, r := range c.Quiz.Roles {
		ids = append(ids, r.ID)
	}
	for _, h := range c.Quiz.Hybrids {
		ids = append(ids, h.ID)
	}
	return ids
}

// memberships gives each hybrid's roles as bits.
func memberships(q *quiz.Quiz) []uint32 {
	all := make([]uint32, len(q.Hybrids))
	for h := range q.Hybrids {
		for r := range q.Roles {
			if slices.Contains(q.Hybrids[h].Roles, q.Roles[r].ID) {
				all[h] |= 1 << r
			}
		}
	}
	return all
}
