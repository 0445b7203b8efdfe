package stats

import (
	"math"
	"math/big"
)

// Changes are the exact sums over the differences, after − before, of
// respondents who were measured twice. The zero value is ready for use.
type Changes struct {
	n            int64
	sum, squares big.Rat
}

// Add counts one respondent's change.
func (c *Changes) Add(change *big.Rat) {
	c.n++
	c.sum.Add(&c.sum, change)
	c.squares.Add(&c.squares, new(big.Rat).Mul(change, change))
}

// Change is a paired mean change, in the unit of the differences.
type Change struct {
	N    int64
	Mean Estimate // interval: mean ± t·SD/√n, Student's t with n−1 (Student 1908); none when all changed alike
	SD   Figure   // of the changes, n−1
}

// Change works out the mean change.
func (c *Changes) Change() Change {
	out := Change{N: c.n, Mean: noEstimate(whyNobody), SD: unknown(whyOne)}
	if c.n == 0 {
		return out
	}
	middle := float(mean(&c.sum, c.n))
	out.Mean = Estimate{known(middle), Interval{Why: whyOne}}
	if c.n == 1 {
		return out
	}
	spread := variance(&c.sum, &c.squares, c.n)
	out.SD = known(root(spread))
	if spread.Sign() == 0 {
		out.Mean.Interval.Why = whyAlike
		return out
	}
	half := quantileT(0.975, float64(c.n-1)) * out.SD.Value / math.Sqrt(float64(c.n))
	out.Mean.Interval = Interval{Low: middle - half, High: middle + half}
	return out
}
