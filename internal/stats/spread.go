package stats

import (
	"iter"
	"math/big"
	"slices"
)

// Score is a raw sum with the least and the most that the questions in play
// could give. As a POMP score it is 100·(Raw−Least)/(Most−Least).
type Score struct{ Raw, Least, Most int64 }

// pomp is exact; nil when no answer could move the score.
func (s Score) pomp() *big.Rat {
	width := big.NewInt(s.Most - s.Least)
	if width.Sign() == 0 {
		return nil
	}
	points := big.NewInt(s.Raw - s.Least)
	return frac(points.Mul(points, big.NewInt(100)), width)
}

// Spread is how the scores of N respondents lie, in POMP units (0 to 100).
type Spread struct {
	N         int64
	Mean, SD  Figure    // SD with n−1
	Quartiles [3]Figure // the first, the median and the third
}

// Describe works out the spread of a histogram of scores, in any order; scores
// that no answer could move are not counted. Quartiles are of type 7 (Hyndman &
// Fan 1996), as R and spreadsheets have them: between the two sorted scores
// around place (n−1)·p, in proportion.
func Describe(scores iter.Seq2[Score, int64]) Spread {
	bars, n, stuck := sorted(scores)
	s := Spread{N: n, Mean: unknown(whyNobody), SD: unknown(whyOne)}
	if n == 0 {
		if stuck {
			s.Mean, s.SD = unknown(whyNoRange), unknown(whyNoRange)
		}
		s.Quartiles = [3]Figure{s.Mean, s.Mean, s.Mean}
		return s
	}
	sum, squares := new(big.Rat), new(big.Rat)
	for _, b := range bars {
		part := new(big.Rat).SetInt64(b.n)
		sum.Add(sum, part.Mul(part, b.at))
		squares.Add(squares, new(big.Rat).Mul(part, b.at))
	}
	s.Mean = known(float(mean(sum, n)))
	if n > 1 {
		s.SD = known(root(variance(sum, squares, n)))
	}
	for q := range s.Quartiles {
		s.Quartiles[q] = known(quartile(bars, n, int64(q+1)))
	}
	return s
}

// bar is how many have a score.
type bar struct {
	at *big.Rat
	n  int64
}

// sorted lists the bars by score, and says if any score was stuck.
func sorted(scores iter.Seq2[Score, int64]) (bars []bar, n int64, stuck bool) {
	for score, times := range scores {
		at := score.pomp()
		if at == nil {
			stuck = stuck || times > 0
			continue
		}
		bars = append(bars, bar{at, times})
		n += times
	}
	slices.SortFunc(bars, func(a, b bar) int { return a.at.Cmp(b.at) })
	return bars, n, stuck
}

// quartile q of 4.
func quartile(bars []bar, n, q int64) float64 {
	place, quarters := (n-1)/4*q+(n-1)%4*q/4, (n-1)%4*q%4
	low, high := nth(bars, place), nth(bars, min(place+1, n-1))
	step := new(big.Rat).Sub(high, low)
	return float(step.Add(step.Mul(step, big.NewRat(quarters, 4)), low))
}

// nth is the score at a place, counted from 0.
func nth(bars []bar, place int64) *big.Rat {
	for _, b := range bars {
		if place < b.n {
			return b.at
		}
		place -= b.n
	}
	return nil
}

func mean(sum *big.Rat, n int64) *big.Rat {
	return new(big.Rat).Quo(sum, new(big.Rat).SetInt64(n))
}

// variance (n−1) of at least 2 values with that sum and sum of squares.
func variance(sum, squares *big.Rat, n int64) *big.Rat {
	v := mean(sum, n)
	v.Sub(squares, v.Mul(v, sum))
	return v.Quo(v, new(big.Rat).SetInt64(n-1))
}
