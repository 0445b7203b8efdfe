package stats

import "math/big"

// Stratum is a group of questions that measure the same, in terms of what they
// add to a difference of two scores. Own is the sum of the variances of the
// questions' contributions, All the variance of the sum of them; both with n−1.
type Stratum struct {
	Parts    int // questions; at least 2
	Own, All *big.Rat
}

// ContrastOf works out a difference as Difference does, from the variance of the
// whole difference and of its strata: 1 − Σ σ²ₛ(1−αₛ)/σ² (Cronbach, Schönemann &
// McKie 1965). For k parts σ²(1−α) is (k·own − all)/(k−1).
func ContrastOf(n int64, whole *big.Rat, strata []Stratum, fewest int64) Contrast {
	d := Contrast{N: n}
	why := ""
	switch {
	case n < 2:
		d.SD, why = unknown(whyOne), whyFew(max(fewest, 2))
	case len(strata) == 0:
		d.SD, why = unknown(whyNoStake), whyNoStake
	default:
		d.SD = known(root(whole))
		if n < fewest {
			why = whyFew(fewest)
		} else if whole.Sign() == 0 {
			why = whySameGap
		} else if strata[0].Parts < 2 {
			why = whyOneItem
		}
	}
	if why != "" {
		d.Reliability, d.SE = unknown(why), unknown(why)
		return d
	}
	wrong := new(big.Rat)
	for _, s := range strata {
		part := new(big.Rat).Mul(s.Own, big.NewRat(int64(s.Parts), 1))
		part.Sub(part, s.All)
		wrong.Add(wrong, part.Quo(part, big.NewRat(int64(s.Parts-1), 1)))
	}
	share := new(big.Rat).Quo(wrong, whole)
	d.Reliability = known(float(share.Sub(big.NewRat(1, 1), share)))
	if d.Reliability.Value < 0 {
		d.SE = unknown(whyNegative)
		return d
	}
	d.SE = known(root(wrong))
	return d
}

// MeanSD is the mean and the standard deviation (n−1) of n numbers with these sums.
func MeanSD(n int64, sum, squares *big.Rat) (middle, sd Figure) {
	middle, sd = unknown(whyNobody), unknown(whyOne)
	if n > 0 {
		middle = known(float(mean(sum, n)))
	}
	if n > 1 {
		sd = known(root(variance(sum, squares, n)))
	}
	return middle, sd
}

// Variance is that (n−1) of at least 2 numbers with these sums.
func Variance(n int64, sum, squares *big.Rat) *big.Rat { return variance(sum, squares, n) }
