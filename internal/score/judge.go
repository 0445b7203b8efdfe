package score

import "math/big"

// Verdict is what a vector of raw sums comes to.
type Verdict struct {
	First, Second int  // the two leading roles
	Outcome       int  // a role's index, or the number of roles plus a hybrid's
	Tie           bool // the two are exactly level
}

// Judge decides the outcome for these raw sums.
func (f *Frame) Judge(raw []int) Verdict {
	if f.small == nil {
		fits := make([]*big.Int, len(f.base))
		for r := range fits {
			fits[r] = f.FitScaled(r, raw)
		}
		v, _ := f.JudgeFits(fits)
		return v
	}
	var fits [16]int64
	f.FillFits64(raw, fits[:len(f.base)])
	v, _ := f.JudgeFits64(fits[:len(f.base)])
	return v
}

// FillFits64 computes every role's fit times Scale. It may be called only where Fits64 holds.
func (f *Frame) FillFits64(raw []int, fits []int64) {
	for r, fit := range f.small.base {
		for d, slope := range f.small.slope[r] {
			fit += slope * int64(raw[d])
		}
		fits[r] = fit
	}
}

// Fits64 reports whether fits times Scale, and their differences, hold in 64 bits.
func (f *Frame) Fits64() bool { return f.small != nil }

// Scale is what fits are multiplied by to be whole numbers.
func (f *Frame) Scale() *big.Int { return f.scale }

// Line returns a role's fit times Scale as a line: base + Σ slope·raw. The
// numbers are the frame's own and must not be changed.
func (f *Frame) Line(role int) (base *big.Int, slope []*big.Int) { return f.base[role], f.slope[role] }

// JudgeFits64 decides by fits times Scale, or by what is left of them when the
// same number is taken from all; the margin comes in the same unit. It may be
// called only where Fits64 holds.
func (f *Frame) JudgeFits64(fits []int64) (v Verdict, margin int64) {
	first, second := lead(len(fits), func(a, b int) bool { return fits[a] > fits[b] })
	margin = fits[first] - fits[second]
	outcome := f.c.outcomeOf(first, second, func(h int) bool { return margin <= f.small.margins[h] })
	return Verdict{first, second, outcome, margin == 0}, margin
}

// JudgeFits is JudgeFits64 for numbers of any size.
func (f *Frame) JudgeFits(fits []*big.Int) (v Verdict, margin *big.Int) {
	first, second := lead(len(fits), func(a, b int) bool { return fits[a].Cmp(fits[b]) > 0 })
	margin = new(big.Int).Sub(fits[first], fits[second])
	outcome := f.c.outcomeOf(first, second, func(h int) bool {
		band := big.NewInt(int64(f.c.Quiz.Hybrids[h].Margin))
		return margin.Cmp(band.Mul(band, f.scale)) <= 0
	})
	return Verdict{first, second, outcome, margin.Sign() == 0}, margin
}

// Strength64 is the strength of a verdict's outcome, a place in quiz.Strengths,
// by fits times Scale. It may be called only where Fits64 holds.
func (f *Frame) Strength64(v Verdict, fits []int64) int {
	a, b := f.c.halves(v)
	twice := fits[a] + fits[b]
	return f.c.strength(func(points int) bool { return twice >= 2*int64(points)*f.small.scale })
}

// OutcomeFit is the fit of a verdict's outcome for these raw sums, 0 to 100.
func (f *Frame) OutcomeFit(v Verdict, raw []int) *big.Rat {
	a, b := f.c.halves(v)
	twice := f.FitScaled(a, raw)
	twice.Add(twice, f.FitScaled(b, raw))
	return new(big.Rat).SetFrac(twice, new(big.Int).Lsh(f.scale, 1))
}

// halves are the roles whose mean an outcome's fit is: a hybrid's is that of the
// two leading ones, a role's its own.
func (c *Compiled) halves(v Verdict) (a, b int) {
	if v.Outcome < len(c.Weights) {
		return v.First, v.First
	}
	return v.First, v.Second
}

// StrengthOf is the strength of a fit, a place in quiz.Strengths.
func (c *Compiled) StrengthOf(fit *big.Rat) int {
	return c.strength(func(points int) bool { return fit.Cmp(big.NewRat(int64(points), 1)) >= 0 })
}

// strength is the place in quiz.Strengths of a fit that reaches so many points or not.
func (c *Compiled) strength(reaches func(points int) bool) int {
	switch s := c.Quiz.Scoring; {
	case reaches(s.Strong):
		return 0
	case reaches(s.Moderate):
		return 1
	}
	return 2
}

// lead finds the two leading of n roles; equal fits go by their order in the file.
func lead(n int, above func(a, b int) bool) (first, second int) {
	first, second = 0, 1
	if above(1, 0) {
		first, second = 1, 0
	}
	for r := 2; r < n; r++ {
		switch {
		case above(r, first):
			first, second = r, first
		case above(r, second):
			second = r
		}
	}
	return first, second
}

// outcomeOf is the first hybrid that both leading roles belong to and whose
// margin is not exceeded, otherwise the first role.
func (c *Compiled) outcomeOf(first, second int, within func(h int) bool) int {
	for h := range c.members {
		if c.joins(h, first) && c.joins(h, second) && within(h) {
			return len(c.Weights) + h
		}
	}
	return first
}

func (c *Compiled) joins(h, role int) bool { return c.members[h]&(1<<role) != 0 }
