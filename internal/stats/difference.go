package stats

import (
	"math/big"
	"slices"
)

// Term says what a column of the moments does in a difference of two scores.
type Term struct {
	Coeff   *big.Rat // what one point of it adds to the difference
	Part    int      // which question earned it: the columns of one question are one part
	Stratum int      // which dimension it belongs to
}

// Contrast is the difference of two scores of the same respondents, in its own units.
type Contrast struct {
	N           int64
	SD          Figure // n−1
	Reliability Figure // of the difference itself; may be below 0
	SE          Figure // SD·√(1−reliability); none when that is negative
}

// Difference works out how reliable the difference Σ coeff·x is, x being the
// columns of m, a term each. A question's whole contribution to it counts as one item, so
// that points it earns in two dimensions are not taken for two answers.
//
// The reliability is stratified α (Cronbach, Schönemann & McKie 1965), 1 − Σ
// σ²ₛ(1−αₛ)/σ², the strata being the dimensions: for two scores that share no
// dimension, that is the textbook reliability of a difference. α of all parts at
// once would take for error that the dimensions differ. Dimensions that share a
// question are one stratum, for their errors are not independent; and where a
// stratum has a single question, which has no α, all are one stratum: plain α of
// the weighted items, at most too low, so that the standard error is at most too
// large. Below fewest respondents (see Fewest), Reliability and SE say so.
func Difference(m *Moments, terms []Term, fewest int64) Contrast {
	d := Contrast{N: m.N}
	fewest = max(fewest, 2)
	if m.N < 2 {
		d.SD, d.Reliability, d.SE = unknown(whyOne), unknown(whyFew(fewest)), unknown(whyFew(fewest))
		return d
	}
	strata := stratify(terms)
	c := contributions(newCovariance(m), terms, slices.Concat(strata...))
	d.SD = known(root(c.total()))
	if why := whyNoContrast(c, m.N, fewest); why != "" {
		d.Reliability, d.SE = unknown(why), unknown(why)
		return d
	}
	wrong := errorOf(c, strata)
	wrong.Quo(wrong, new(big.Rat).SetInt(c.all))
	d.Reliability = known(float(new(big.Rat).Sub(big.NewRat(1, 1), wrong)))
	if wrong.Cmp(big.NewRat(1, 1)) > 0 {
		d.SE = unknown(whyNegative)
		return d
	}
	d.SE = known(root(wrong.Mul(wrong, c.total())))
	return d
}

func whyNoContrast(c *covariance, n, fewest int64) string {
	switch {
	case len(c.cell) == 0:
		return whyNoStake
	case len(c.cell) < 2:
		return whyOneItem
	case n < fewest:
		return whyFew(fewest)
	case c.all.Sign() == 0:
		return whySameGap
	}
	return ""
}

// stratify lists the parts that have a stake in the difference, by stratum.
func stratify(terms []Term) [][]int {
	var strata [][]int
	dims := make(map[int][]int) // dimension → its parts
	var order []int
	for _, t := range terms {
		if t.Coeff.Sign() == 0 || slices.Contains(dims[t.Stratum], t.Part) {
			continue
		}
		if dims[t.Stratum] == nil {
			order = append(order, t.Stratum)
		}
		dims[t.Stratum] = append(dims[t.Stratum], t.Part)
	}
	for _, dim := range order {
		strata = joined(strata, dims[dim])
	}
	if slices.ContainsFunc(strata, func(s []int) bool { return len(s) < 2 }) {
		return [][]int{slices.Concat(strata...)}
	}
	return strata
}

// joined adds the parts of a dimension, in one stratum with those that share one.
func joined(strata [][]int, parts []int) [][]int {
	var apart [][]int
	for _, s := range strata {
		if !slices.ContainsFunc(s, func(p int) bool { return slices.Contains(parts, p) }) {
			apart = append(apart, s)
			continue
		}
		for _, p := range s {
			if !slices.Contains(parts, p) {
				parts = append(parts, p)
			}
		}
	}
	return append(apart, parts)
}

// contributions is the covariance of what the parts add to the difference.
func contributions(c *covariance, terms []Term, parts []int) *covariance {
	whole, scale := wholes(terms)
	cell := square(len(parts))
	for _, cells := range cell {
		for j := range cells {
			cells[j] = new(big.Int)
		}
	}
	for i, t := range terms {
		for j, u := range terms {
			if whole[i].Sign() == 0 || whole[j].Sign() == 0 {
				continue
			}
			x := new(big.Int).Mul(whole[i], whole[j])
			sum := cell[slices.Index(parts, t.Part)][slices.Index(parts, u.Part)]
			sum.Add(sum, x.Mul(x, c.cell[i][j]))
		}
	}
	unit := new(big.Int).Mul(scale, scale)
	return totalled(cell, unit.Mul(unit, c.unit))
}

// wholes are the coefficients times the least number that makes them all whole.
func wholes(terms []Term) (whole []*big.Int, scale *big.Int) {
	scale = big.NewInt(1)
	for _, t := range terms {
		gcd := new(big.Int).GCD(nil, nil, scale, t.Coeff.Denom())
		scale.Mul(scale, new(big.Int).Quo(t.Coeff.Denom(), gcd))
	}
	for _, t := range terms {
		x := new(big.Int).Mul(t.Coeff.Num(), scale)
		whole = append(whole, x.Quo(x, t.Coeff.Denom()))
	}
	return whole, scale
}

// errorOf is Σ σ²ₛ(1−αₛ) times unit, the parts of one stratum after the other's.
// For k parts σ²(1−α) is (k·own − all)/(k−1), which needs no variance.
func errorOf(c *covariance, strata [][]int) *big.Rat {
	sum, from := new(big.Rat), 0
	for _, s := range strata {
		k := len(s)
		own, all := new(big.Int), new(big.Int)
		for i := from; i < from+k; i++ {
			own.Add(own, c.cell[i][i])
			for j := from; j < from+k; j++ {
				all.Add(all, c.cell[i][j])
			}
		}
		own.Mul(own, big.NewInt(int64(k)))
		sum.Add(sum, frac(own.Sub(own, all), big.NewInt(int64(k-1))))
		from += k
	}
	return sum
}
