package stats

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// part is a question: by column, what one point of it adds to a difference.
type part map[int]*big.Rat

// contrastOf is the difference that questions make, by stratum.
func contrastOf(rows [][]int64, strata [][]part, fewest int64) Contrast {
	var all []part
	var sums []Stratum
	for _, parts := range strata {
		own := new(big.Rat)
		for _, p := range parts {
			own.Add(own, varianceOf(rows, p))
		}
		sums = append(sums, Stratum{len(parts), own, varianceOf(rows, parts...)})
		all = append(all, parts...)
	}
	return ContrastOf(int64(len(rows)), varianceOf(rows, all...), sums, fewest)
}

// varianceOf what parts add to the difference, respondent by respondent.
func varianceOf(rows [][]int64, parts ...part) *big.Rat {
	sum, squares := new(big.Rat), new(big.Rat)
	for _, row := range rows {
		one := new(big.Rat)
		for _, p := range parts {
			for column, coeff := range p {
				one.Add(one, new(big.Rat).Mul(coeff, big.NewRat(row[column], 1)))
			}
		}
		sum.Add(sum, one)
		squares.Add(squares, one.Mul(one, one))
	}
	if len(rows) < 2 {
		return new(big.Rat)
	}
	return Variance(int64(len(rows)), sum, squares)
}

// parts of columns, from the first on: a column each, those without a stake left out.
func parts(first int, coeff ...*big.Rat) (all []part) {
	for i, c := range coeff {
		if c != none {
			all = append(all, part{first + i: c})
		}
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
func TestContrast(t *testing.T) {
	four, three := parts(0, half, half, quarter, quarter), parts(4, third, third, third)
	contrastOf(attitude, [][]part{four, three}, Fewest).check(t, "two dimensions", 13.783348332375, .650854608511, 8.144377374758)
	contrastOf(attitude, [][]part{slices.Concat(four, three)}, Fewest).
		check(t, "one dimension", 13.783348332375, .343886166312, 11.164629848933)

	// p <- cbind(z[,1:3], z[,4]+z[,5], z[,6:7]); al(p)
	shared := slices.Concat(four[:3], []part{{3: quarter, 4: third}}, three[1:])
	contrastOf(attitude, [][]part{shared}, Fewest).check(t, "a question in both", 13.783348332375, .435971508666, 10.351546873256)

	rest := [][]part{parts(0, half, half, quarter, none), parts(4, none, third, third)}
	contrastOf(attitude, rest, Fewest).check(t, "without a stake", 13.558656450805, .705153201407, 7.362322968272)
}

func TestContrastWhy(t *testing.T) {
	nine := attitude[:9]
	two := [][]part{parts(0, half, half, quarter, quarter), parts(4, third, third, third)}
	d := contrastOf(nine, two, Fewest)
	unsaid(t, "reliability of 9", d.Reliability, "fewer than 10 complete respondents")
	unsaid(t, "SE of 9", d.SE, "fewer than 10 complete respondents")
	if !d.SD.Known() {
		t.Error("the SD of 9 is unknown")
	}
	d = contrastOf(nine, nil, 2)
	unsaid(t, "no stake", d.SE, whyNoStake)
	unsaid(t, "SD without a stake", d.SD, whyNoStake)
	unsaid(t, "one question", contrastOf(nine, [][]part{parts(0, half)}, 2).SE, whyOneItem)
	d = contrastOf(nil, two, 2)
	unsaid(t, "nobody", d.SD, whyOne)
	unsaid(t, "SE of nobody", d.SE, "fewer than 2 complete respondents")

	gap := [][]part{parts(0, half, big.NewRat(-1, 2))}
	unsaid(t, "always the same", contrastOf([][]int64{{1, 2}, {2, 3}, {4, 5}}, gap, 2).SE, whySameGap)
	d = contrastOf([][]int64{{1, 2}, {2, 3}, {5, 5}}, gap, 2)
	if !(d.Reliability.Known() && d.Reliability.Value < 0) {
		t.Errorf("a negative reliability: %+v", d)
	}
	unsaid(t, "SE of a negative reliability", d.SE, whyNegative)
}

// A sum is a difference too: with coefficients of one in one dimension the
// reliability is α. Any other unit changes nothing but the unit.
func TestContrastOfASum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 6).Draw(t, "items")
		rows := answers(t, k)
		unit := big.NewRat(rapid.Int64Range(1, 1000).Draw(t, "unit"), rapid.Int64Range(1, 1000).Draw(t, "of"))
		var points, scaled []part
		for i := range k {
			points = append(points, part{i: big.NewRat(1, 1)})
			scaled = append(scaled, part{i: unit})
		}
		s := NewScale(added(t, fromOneToFive(k), rows), Fewest)
		one, other := contrastOf(rows, [][]part{points}, Fewest), contrastOf(rows, [][]part{scaled}, Fewest)
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

// TestContrastNeverNaN: whatever the rows, parts and strata.
func TestContrastNeverNaN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, picks := someRows(t, 1, 0)
		coeff := func() *big.Rat {
			return big.NewRat(rapid.Int64Range(-3, 3).Draw(t, "num"), rapid.Int64Range(1, 9).Draw(t, "denom"))
		}
		column := rapid.IntRange(0, len(levels)-1)
		strata := make([][]part, rapid.IntRange(0, 3).Draw(t, "strata"))
		for i := range strata {
			for range rapid.IntRange(min(len(strata), 2), 4).Draw(t, "parts") {
				strata[i] = append(strata[i], part{column.Draw(t, "column"): coeff(), column.Draw(t, "column"): coeff()})
			}
		}
		d := contrastOf(pointsOf(levels, picks), strata, 0)
		finite(t, "contrast", reflect.ValueOf(d))
		if d.Reliability.Known() && d.Reliability.Value > 1+1e-12 {
			t.Fatalf("reliability %v", d.Reliability)
		}
	})
}
