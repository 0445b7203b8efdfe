package stats

import (
	"math"
	"math/big"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// terms of columns in two dimensions: the first four, and the rest.
func terms(coeff ...*big.Rat) []Term {
	var all []Term
	for i, c := range coeff {
		all = append(all, Term{Coeff: c, Part: i, Stratum: min(i/4, 1)})
	}
	return all
}

var half, quarter, third, none = big.NewRat(1, 2), big.NewRat(1, 4), big.NewRat(-1, 3), new(big.Rat)

func (d Contrast) check(t *testing.T, what string, sd, reliability, se float64) {
	t.Helper()
	near(t, what+": SD", d.SD, sd, 1e-9)
	near(t, what+": reliability", d.Reliability, reliability, 1e-9)
	near(t, what+": SE", d.SE, se, 1e-9)
}

// The figures are R's:
//
//	z <- sweep(as.matrix(attitude), 2, c(1/2,1/2,1/4,1/4,-1/3,-1/3,-1/3), "*"); d <- rowSums(z)
//	al <- function(m) { k <- ncol(m); k/(k-1)*(1 - sum(apply(m,2,var))/var(rowSums(m))) }
//	err <- var(rowSums(z[,1:4]))*(1-al(z[,1:4])) + var(rowSums(z[,5:7]))*(1-al(z[,5:7]))
//	c(sd(d), 1-err/var(d), sqrt(err))
func TestDifference(t *testing.T) {
	m := momentsOf(t, attitude, 0, 100)
	two := terms(half, half, quarter, quarter, third, third, third)
	Difference(m, two, Fewest).check(t, "two dimensions", 13.783348332375, .650854608511, 8.144377374758)

	one := terms(half, half, quarter, quarter, third, third, third)
	for i := range one {
		one[i].Stratum = 0
	}
	Difference(m, one, Fewest).check(t, "one dimension", 13.783348332375, .343886166312, 11.164629848933)

	// p <- cbind(z[,1:3], z[,4]+z[,5], z[,6:7]); al(p)
	shared := terms(half, half, quarter, quarter, third, third, third)
	shared[4].Part = 3
	Difference(m, shared, Fewest).check(t, "a question in both", 13.783348332375, .435971508666, 10.351546873256)

	rest := terms(half, half, quarter, none, none, third, third)
	Difference(m, rest, Fewest).check(t, "without a stake", 13.558656450805, .705153201407, 7.362322968272)

	lone := terms(half, half, quarter, quarter, none, none, third)
	all := terms(half, half, quarter, quarter, none, none, third)
	all[6].Stratum = 0
	if got, want := Difference(m, lone, Fewest), Difference(m, all, Fewest); got != want || !got.SE.Known() {
		t.Errorf("a dimension of one question: %+v, want %+v", got, want)
	}
}

func TestDifferenceWhy(t *testing.T) {
	m := momentsOf(t, attitude[:9], 0, 100)
	two := terms(half, half, quarter, quarter, third, third, third)
	d := Difference(m, two, Fewest)
	unsaid(t, "reliability of 9", d.Reliability, "fewer than 10 complete respondents")
	unsaid(t, "SE of 9", d.SE, "fewer than 10 complete respondents")
	if !d.SD.Known() {
		t.Error("the SD of 9 is unknown")
	}
	d = Difference(m, terms(none, none, none, none, none, none, none), 2)
	unsaid(t, "no stake", d.SE, whyNoStake)
	near(t, "SD without a stake", d.SD, 0, 0)
	unsaid(t, "one question", Difference(m, terms(half, none, none, none, none, none, none), 2).SE, whyOneItem)
	unsaid(t, "nobody", Difference(NewMoments(m.Min, m.Max), two, 2).SD, whyOne)

	same := momentsOf(t, [][]int64{{1, 2}, {2, 3}, {4, 5}}, 1, 5)
	unsaid(t, "always the same", Difference(same, terms(half, big.NewRat(-1, 2)), 2).SE, whySameGap)
	d = Difference(momentsOf(t, [][]int64{{1, 2}, {2, 3}, {5, 5}}, 1, 5), terms(half, big.NewRat(-1, 2)), 2)
	if !(d.Reliability.Known() && d.Reliability.Value < 0) {
		t.Errorf("a negative reliability: %+v", d)
	}
	unsaid(t, "SE of a negative reliability", d.SE, whyNegative)
}

// A sum is a difference too: with coefficients of one in one dimension the
// reliability is α. Any other unit changes nothing but the unit.
func TestDifferenceOfASum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 6).Draw(t, "items")
		m := added(t, plainRange(k), answers(t, k))
		unit := big.NewRat(rapid.Int64Range(1, 1000).Draw(t, "unit"), rapid.Int64Range(1, 1000).Draw(t, "of"))
		var plain, scaled []Term
		for i := range k {
			plain = append(plain, Term{big.NewRat(1, 1), i, 7})
			scaled = append(scaled, Term{unit, i, 7})
		}
		s, one, other := NewScale(m, Fewest), Difference(m, plain, Fewest), Difference(m, scaled, Fewest)
		if !s.Alpha.Known() {
			t.Skip()
		}
		if one.Reliability != s.Alpha.Figure || other.Reliability != one.Reliability {
			t.Fatalf("α %v, reliability %v and %v", s.Alpha, one.Reliability, other.Reliability)
		}
		if one.SE.Known() != s.SEM.Known() || math.Abs(one.SE.Value*100/float64(4*k)-s.SEM.Value) > 1e-9 {
			t.Fatalf("SEM %v, SE %v", s.SEM, one.SE)
		}
		if math.Abs(one.SE.Value*float(unit)-other.SE.Value) > 1e-9*float(unit) {
			t.Fatalf("SE %v, in another unit %v", one.SE, other.SE)
		}
	})
}

// TestDifferenceNeverNaN: whatever the rows, parts and strata.
func TestDifferenceNeverNaN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, picks := someRows(t, 1, 0)
		var terms []Term
		for range levels {
			terms = append(terms, Term{
				big.NewRat(rapid.Int64Range(-3, 3).Draw(t, "num"), rapid.Int64Range(1, 9).Draw(t, "denom")),
				rapid.IntRange(0, 3).Draw(t, "part"), rapid.IntRange(0, 2).Draw(t, "stratum"),
			})
		}
		d := Difference(added(t, levels, pointsOf(levels, picks)), terms, 0)
		finite(t, "difference", reflect.ValueOf(d))
		if d.Reliability.Known() && d.Reliability.Value > 1+1e-12 {
			t.Fatalf("reliability %v", d.Reliability)
		}
	})
}
