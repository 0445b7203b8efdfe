package cohort

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/stats"
)

// contrast says how reliable the difference of two roles' fits is, for those
// who answered all that everybody is asked.
func (s *Scoring) contrast(a, b int) stats.Contrast {
	f, err := s.c.Frame(s.fixed)
	if err != nil {
		none := stats.Figure{Why: "the questions that everybody is asked do not measure every role"}
		return stats.Contrast{N: s.total.complete.n, SD: none, Reliability: none, SE: none}
	}
	_, slopeA := f.Line(a)
	_, slopeB := f.Line(b)
	weight := make([]*big.Rat, len(slopeA)) // dimension → what one of its points adds to the difference
	for d := range weight {
		weight[d] = new(big.Rat).SetFrac(new(big.Int).Sub(slopeA[d], slopeB[d]), f.Scale())
	}
	n := s.total.complete.n
	if n < 2 {
		return stats.ContrastOf(n, new(big.Rat), nil, stats.Fewest)
	}
	var strata []stats.Stratum
	var all []int
	for _, dims := range s.strata(weight) {
		strata = append(strata, s.stratum(dims, weight))
		all = append(all, dims...)
	}
	if slices.ContainsFunc(strata, func(one stats.Stratum) bool { return one.Parts < 2 }) {
		strata = []stats.Stratum{s.stratum(all, weight)} // a single question has no α of its own
	}
	return stats.ContrastOf(n, s.variance(all, weight), strata, stats.Fewest)
}

// strata groups the dimensions that weigh: those that share a question are together.
func (s *Scoring) strata(weight []*big.Rat) [][]int {
	var groups [][]int
	for d, w := range weight {
		if w.Sign() == 0 || len(s.items[d]) == 0 {
			continue
		}
		mine := []int{d}
		groups = slices.DeleteFunc(groups, func(group []int) bool {
			shares := slices.ContainsFunc(group, func(e int) bool {
				return slices.ContainsFunc(s.items[e], func(q int) bool { return slices.Contains(s.items[d], q) })
			})
			if shares {
				mine = append(mine, group...)
			}
			return shares
		})
		groups = append(groups, mine)
	}
	return groups
}

// stratum sums up what the questions of some dimensions add to the difference.
func (s *Scoring) stratum(dims []int, weight []*big.Rat) stats.Stratum {
	one := stats.Stratum{Own: new(big.Rat), All: s.variance(dims, weight)}
	seen := make(map[int]bool)
	for _, d := range dims {
		for _, q := range s.items[d] {
			if !seen[q] {
				seen[q] = true
				one.Parts++
				one.Own.Add(one.Own, s.ownVariance(q, dims, weight))
			}
		}
	}
	return one
}

// ownVariance is that of one question's contribution, from how often each answer was given.
func (s *Scoring) ownVariance(q int, dims []int, weight []*big.Rat) *big.Rat {
	sum, squares := new(big.Rat), new(big.Rat)
	for a, count := range s.total.complete.answers[q] {
		value := new(big.Rat)
		for _, d := range dims {
			value.Add(value, new(big.Rat).Mul(weight[d], big.NewRat(int64(s.c.Questions[q].Points[a][d]), 1)))
		}
		part := new(big.Rat).Mul(value, big.NewRat(count, 1))
		sum.Add(sum, part)
		squares.Add(squares, part.Mul(part, value))
	}
	return stats.Variance(s.total.complete.n, sum, squares)
}

// variance is that of the sum of the dimensions' contributions.
func (s *Scoring) variance(dims []int, weight []*big.Rat) *big.Rat {
	m := s.total.complete.raw
	sum, squares := new(big.Rat), new(big.Rat)
	for _, d := range dims {
		sum.Add(sum, new(big.Rat).Mul(weight[d], big.NewRat(m.sum[d], 1)))
		for _, e := range dims {
			both := big.NewRat(*m.at(d, e), 1)
			squares.Add(squares, both.Mul(both, weight[d]).Mul(both, weight[e]))
		}
	}
	return stats.Variance(s.total.complete.n, sum, squares)
}
