package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// z95 is the 97.5th percentile of the standard normal distribution.
const z95 = 1.959963984540054

// Wilson returns the 95% interval of a proportion of k in n (Wilson 1927); of
// none it is all from 0 to 1.
func Wilson(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	p, size := float64(k)/float64(n), float64(n)
	z2 := z95 * z95
	middle := (p + z2/(2*size)) / (1 + z2/size)
	half := z95 / (1 + z2/size) * math.Sqrt(p*(1-p)/size+z2/(4*size*size))
	return max(0, middle-half), min(1, middle+half)
}

// feldt is the interval of α of n respondents and k items, both at least 2:
// 1 − (1−α)·F(.975 and .025; n−1, (n−1)(k−1)) (Feldt, Woodruff & Salih 1987).
func feldt(alpha float64, n int64, k int) Interval {
	one := float64(n - 1)
	two := one * float64(k-1)
	return Interval{Low: 1 - (1-alpha)*quantileF(0.975, one, two), High: 1 - (1-alpha)*quantileF(0.025, one, two)}
}

// fisher is the interval of a correlation of n pairs: atanh r ± z/√(n−3)
// (Fisher 1921), turned back. A perfect correlation's is that one point.
func fisher(r float64, n int64) Interval {
	if n < 4 {
		return Interval{Why: whyFew(4)}
	}
	middle, half := math.Atanh(r), z95/math.Sqrt(float64(n-3))
	return Interval{Low: math.Tanh(middle - half), High: math.Tanh(middle + half)}
}

// quantileF is where the F distribution has p below it.
//
// It and quantileT are the two lines of gonum's stat/distuv; importing that would
// start a linear-algebra library with every command.
func quantileF(p, d1, d2 float64) float64 {
	y := mathext.InvRegIncBeta(d1/2, d2/2, p)
	return d2 * y / (d1 * (1 - y))
}

// quantileT is where Student's t distribution has p ≥ ½ below it.
func quantileT(p, nu float64) float64 {
	t := mathext.InvRegIncBeta(nu/2, 0.5, 2*(1-p))
	return math.Sqrt(nu * (1 - t) / t)
}
