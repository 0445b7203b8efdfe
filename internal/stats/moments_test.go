package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// someRows draws answers to k items, some of which may have only one level.
func someRows(t *rapid.T, leastItems, leastRows int) (levels [][]int64, picks [][]int) {
	level := rapid.SliceOfN(rapid.Int64Range(-2500, 2500), 1, 5)
	levels = rapid.SliceOfN(level, leastItems, 6).Draw(t, "levels")
	for range rapid.IntRange(leastRows, 40).Draw(t, "rows") {
		var pick []int
		for i := range levels {
			pick = append(pick, rapid.IntRange(0, len(levels[i])-1).Draw(t, "answer"))
		}
		picks = append(picks, pick)
	}
	return levels, picks
}

func pointsOf(levels [][]int64, picks [][]int) (rows [][]int64) {
	for _, pick := range picks {
		var row []int64
		for i, p := range pick {
			row = append(row, levels[i][p])
		}
		rows = append(rows, row)
	}
	return rows
}

// A hundred million respondents with large items come to the same as one
// respondent of each kind does, apart from n−1.
func TestManyRespondents(t *testing.T) {
	kinds := [][]int64{{2500, 2400, 2500}, {-2500, -2500, -2300}, {2500, 2499, -2500}, {-2498, 2500, 2500}, {2500, -900, 2400}, {-2500, -2500, -2500}}
	few := momentsOf(t, kinds, -2500, 2500)
	many := momentsOf(t, kinds, -2500, 2500)
	for _, row := range kinds {
		many.add(t, row, 20_000_000-1)
	}
	a, b := NewScale(few, 2), NewScale(many, 2)
	near(t, "α", b.Alpha.Figure, a.Alpha.Value, 1e-14)
	near(t, "ω", b.Omega, a.Omega.Value, 1e-9)
	near(t, "mean", b.Mean, a.Mean.Value, 1e-12)
	near(t, "SD", b.SD, a.SD.Value*math.Sqrt((5.0/6)/(1-1/1.2e8)), 1e-10)
	for i := range a.Items {
		near(t, "item-rest r", b.Items[i].ItemRest.Figure, a.Items[i].ItemRest.Value, 1e-14)
		near(t, "α if dropped", b.Items[i].AlphaDropped, a.Items[i].AlphaDropped.Value, 1e-14)
	}
	if i := b.Alpha.Interval; !(i.Low < b.Alpha.Value && b.Alpha.Value < i.High && i.High-i.Low < 1e-3) {
		t.Errorf("α %v between %v", b.Alpha.Value, i)
	}
}
