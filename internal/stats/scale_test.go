package stats

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The textbook's two passes over floats.

func naiveMean(x []float64) (mean float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	return mean
}

func naiveCov(x, y []float64) (sum float64) {
	mx, my := naiveMean(x), naiveMean(y)
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my)
	}
	return sum / float64(len(x)-1)
}

// naiveAlpha of columns.
func naiveAlpha(columns [][]float64) float64 {
	k, own := float64(len(columns)), 0.0
	for _, c := range columns {
		own += naiveCov(c, c)
	}
	sum := naiveSum(columns)
	return k / (k - 1) * (1 - own/naiveCov(sum, sum))
}

func naiveSum(columns [][]float64) []float64 {
	sum := make([]float64, len(columns[0]))
	for _, c := range columns {
		for n, v := range c {
			sum[n] += v
		}
	}
	return sum
}

func columnsOf(rows [][]int64) [][]float64 {
	columns := make([][]float64, len(rows[0]))
	for _, row := range rows {
		for i, x := range row {
			columns[i] = append(columns[i], float64(x))
		}
	}
	return columns
}

// answers draws complete rows on 1 to 5 that share something.
func answers(t *rapid.T, items int) [][]int64 {
	var rows [][]int64
	for range rapid.IntRange(10, 40).Draw(t, "rows") {
		var row []int64
		level := rapid.Int64Range(1, 3).Draw(t, "level")
		for range items {
			row = append(row, level+rapid.Int64Range(0, 2).Draw(t, "step"))
		}
		rows = append(rows, row)
	}
	return rows
}

func fromOneToFive(k int) [][]int64 { return slices.Repeat([][]int64{{1, 5}}, k) }

func TestScaleByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 6).Draw(t, "items")
		rows := answers(t, k)
		columns := columnsOf(rows)
		s := NewScale(added(t, fromOneToFive(k), rows), Fewest)
		if s.Alpha.Why == whySameSum {
			t.Skip()
		}
		sum := naiveSum(columns)
		pomp := 100 / float64(4*k)
		near(t, "α", s.Alpha.Figure, naiveAlpha(columns), 1e-9)
		near(t, "mean", s.Mean, (naiveMean(sum)-float64(k))*pomp, 1e-9)
		near(t, "SD", s.SD, math.Sqrt(naiveCov(sum, sum))*pomp, 1e-9)
		if s.Alpha.Value >= 0 {
			near(t, "SEM", s.SEM, s.SD.Value*math.Sqrt(1-naiveAlpha(columns)), 1e-6)
		} else {
			unsaid(t, "SEM", s.SEM, whyNegative)
		}
		for i, item := range s.Items {
			others := slices.Delete(slices.Clone(columns), i, i+1)
			rest := naiveSum(others)
			near(t, "item's mean", item.Mean, naiveMean(columns[i]), 1e-9)
			near(t, "item's SD", item.SD, math.Sqrt(naiveCov(columns[i], columns[i])), 1e-9)
			if item.ItemRest.Known() {
				r := naiveCov(columns[i], rest) / math.Sqrt(naiveCov(columns[i], columns[i])*naiveCov(rest, rest))
				near(t, "item-rest r", item.ItemRest.Figure, r, 1e-9)
			}
		}
	})
}

func TestAlphaIfDroppedIsAlphaOfTheOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 6).Draw(t, "items")
		rows := answers(t, k)
		s := NewScale(added(t, fromOneToFive(k), rows), Fewest)
		i := rapid.IntRange(0, k-1).Draw(t, "dropped")
		var others [][]int64
		for _, row := range rows {
			others = append(others, slices.Delete(slices.Clone(row), i, i+1))
		}
		rest := NewScale(added(t, fromOneToFive(k-1), others), Fewest)
		got := s.Items[i].AlphaDropped
		if got.Known() != rest.Alpha.Known() && s.Alpha.Known() || got.Value != rest.Alpha.Value {
			t.Fatalf("α if dropped %v, α of the others %v", got, rest.Alpha)
		}
	})
}

// TestNeverNaN: whatever the rows, each figure is a finite number or says why not.
func TestNeverNaN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, picks := someRows(t, 1, 0)
		finite(t, "scale", reflect.ValueOf(*NewScale(added(t, levels, pointsOf(levels, picks)), 0)))
	})
}

// finite looks into every figure of a structure.
func finite(t *rapid.T, at string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if why := v.FieldByName("Why"); why.IsValid() && why.String() != "" {
			for i := range v.NumField() {
				if f := v.Field(i); f.Kind() == reflect.Float64 && f.Float() != 0 {
					t.Fatalf("%s: %v beside a reason", at, f)
				}
			}
		}
		for i := range v.NumField() {
			finite(t, at+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			finite(t, at, v.Index(i))
		}
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			t.Fatalf("%s is %v", at, f)
		}
	}
}

func TestWhatTheDataCannotCarry(t *testing.T) {
	one := func(rows [][]int64) *Scale { return NewScale(momentsOf(t, rows, 1, 5), 2) }
	s := one([][]int64{{1}, {5}, {3}})
	unsaid(t, "α of one item", s.Alpha.Figure, whyOneItem)
	near(t, "the mean of one item", s.Mean, 50, 1e-12)
	s = one([][]int64{{1, 5}, {5, 1}, {3, 3}})
	unsaid(t, "α of equal sums", s.Alpha.Figure, whySameSum)
	near(t, "the SD of equal sums", s.SD, 0, 0)
	s = one([][]int64{{1, 5}, {5, 2}, {3, 3}, {2, 4}})
	if !(s.Alpha.Known() && s.Alpha.Value < 0 && s.Alpha.Interval.Low < s.Alpha.Value) {
		t.Errorf("a negative α: %+v", s.Alpha)
	}
	unsaid(t, "SEM of a negative α", s.SEM, whyNegative)
	unsaid(t, "ω of two items", s.Omega, whyThree)
	unsaid(t, "α if one of two is dropped", s.Items[0].AlphaDropped, whyTwoLeft)
	s = one([][]int64{{1, 4, 2}, {5, 4, 4}, {3, 4, 3}})
	unsaid(t, "item-rest r of a constant", s.Items[1].ItemRest.Figure, whySameAnswer)
	near(t, "a perfect r", s.Items[0].ItemRest.Figure, 1, 0)
	if got := s.Items[0].ItemRest.Interval; got != (Interval{Why: "fewer than 4 complete respondents"}) {
		t.Errorf("the interval of r of three: %+v", got)
	}
	s = one([][]int64{{1, 4}, {5, 4}, {3, 4}})
	unsaid(t, "item-rest r beside a constant", s.Items[0].ItemRest.Figure, whySameRest)
	s = one([][]int64{{1, 2}})
	unsaid(t, "SD of one respondent", s.SD, whyOne)
	unsaid(t, "α of one respondent", s.Alpha.Figure, "fewer than 2 complete respondents")
	near(t, "the mean of one respondent", s.Mean, 12.5, 1e-12)
	s = NewScale(added(t, fromOneToFive(2), nil), 2)
	unsaid(t, "the mean of nobody", s.Mean, whyNobody)
	unsaid(t, "an item's mean of nobody", s.Items[0].Mean, whyNobody)
	s = NewScale(added(t, [][]int64{{5}}, nil), 2)
	unsaid(t, "the mean without a range", s.Mean, whyNoRange)
}

// A perfectly contrary item has no room for an interval, and is suspect.
func TestPerfectlyContrary(t *testing.T) {
	var rows [][]int64
	for i := range int64(12) {
		rows = append(rows, []int64{i%5 + 1, i%5 + 1, 5 - i%5})
	}
	item := NewScale(momentsOf(t, rows, 1, 5), Fewest).Items[2]
	if d := cmp.Diff(Estimate{known(-1), Interval{Low: -1, High: -1}}, item.ItemRest); d != "" || !item.Suspect {
		t.Errorf("suspect %v: %s", item.Suspect, d)
	}
}
