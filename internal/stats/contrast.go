package stats

import "math/big"

// Contrast is the difference of two scores of the same respondents, in its own units.
type Contrast struct {
	N           int64
	SD          Figure // n−1
	Reliability Figure // of the difference itself; may be below 0
	SE          Figure // SD·√(1−reliability); none when that is negative
}

// Stratum is a group of questions that measure the same, in terms of what they
// add to a difference of two scores. Own is the sum of the variances of the
// questions' contributions, All the variance of the sum of them; both with n−1.
type Stratum struct {
	Parts    int // questions; at least 2
	Own, All *big.Rat
}

// ContrastOf works out how reliable a difference is, from the variance (n−1) of
// the whole difference and of its strata. A question's whole contribution to it
// counts as one item, so that points it earns in two dimensions are not taken for
// two answers.
//
// The reliability is stratified α (Cronbach, Schönemann & McKie 1965), 1 − Σ
// σ²ₛ(1−αₛ)/σ², the strata being the dimensions: for two scores that share no
// dimension, that is the textbook reliability of a difference. α of all questions
// at once would take for error that the dimensions differ. Dimensions that share a
// question are one stratum, for their errors are not independent; and where a
// stratum has a single question, which has no α, all are one stratum: α of
// the weighted items, at most too low, so that the standard error is at most too
// large. Below fewest respondents (see Fewest), Reliability and SE say so.
func ContrastOf(n int64, whole *big.Rat, strata []Stratum, fewest int64) Contrast {
	d := Contrast{N: n, SD: unknown(whyOne)}
	switch {
	case n < 2:
	case len(strata) == 0:
		d.SD = unknown(whyNoStake)
	default:
		d.SD = known(root(whole))
	}
	if why := whyNoContrast(n, whole, strata, max(fewest, 2)); why != "" {
		d.Reliability, d.SE = unknown(why), unknown(why)
		return d
	}
	wrong := new(big.Rat)
	for _, s := range strata {
		wrong.Add(wrong, s.wrong())
	}
	reliability := new(big.Rat).Quo(wrong, whole)
	reliability.Sub(big.NewRat(1, 1), reliability)
	d.Reliability, d.SE = known(float(reliability)), known(root(wrong))
	if reliability.Sign() < 0 {
		d.SE = unknown(whyNegative)
	}
	return d
}

// whyNoContrast says why there is nothing to say of reliability, or "".
func whyNoContrast(n int64, whole *big.Rat, strata []Stratum, fewest int64) string {
	switch {
	case n >= 2 && len(strata) == 0:
		return whyNoStake
	case n < fewest:
		return whyFew(fewest)
	case whole.Sign() == 0:
		return whySameGap
	case strata[0].Parts < 2:
		return whyOneItem
	}
	return ""
}

// wrong is σ²(1−α) of the stratum, which for k parts is (k·own − all)/(k−1).
func (s Stratum) wrong() *big.Rat {
	part := new(big.Rat).Mul(s.Own, big.NewRat(int64(s.Parts), 1))
	part.Sub(part, s.All)
	return part.Quo(part, big.NewRat(int64(s.Parts-1), 1))
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
