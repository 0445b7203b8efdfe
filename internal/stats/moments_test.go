package stats

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func added(t *rapid.T, levels, rows [][]int64) *Moments {
	least, most, err := ranges(levels)
	if err != nil {
		t.Fatal(err)
	}
	m := NewMoments(least, most)
	for _, row := range rows {
		if err := m.Add(row); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func TestPatternsAreRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, picks := someRows(t, 1, 0)
		want := added(t, levels, pointsOf(levels, picks))
		all := 1
		for _, l := range levels {
			all *= len(l)
		}
		dense, sparse := make([]int64, all), make(map[uint64]int64)
		for _, pick := range picks {
			pattern := 0
			for i, p := range slices.Backward(pick) {
				pattern = pattern*len(levels[i]) + p
			}
			dense[pattern]++
			sparse[uint64(pattern)]++
		}
		for _, build := range []func() (*Moments, error){
			func() (*Moments, error) { return FromPatterns(levels, slices.All(dense)) },
			func() (*Moments, error) { return FromPatterns(levels, maps.All(sparse)) },
		} {
			got, err := build()
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatal(d)
			}
		}
	})
}

func TestMergeInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, picks := someRows(t, 1, 0)
		rows := pointsOf(levels, picks)
		want := added(t, levels, rows)
		var parts []*Moments
		for len(rows) > 0 {
			n := rapid.IntRange(1, len(rows)).Draw(t, "part")
			parts, rows = append(parts, added(t, levels, rows[:n])), rows[n:]
		}
		got := added(t, levels, nil)
		for _, p := range rapid.Permutation(parts).Draw(t, "order") {
			if err := got.Merge(p); err != nil {
				t.Fatal(err)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

func TestRefusals(t *testing.T) {
	m := NewMoments([]int64{1, -3}, []int64{5, 3})
	narrow, low := NewMoments([]int64{1, -3}, []int64{5, 2}), NewMoments([]int64{1, -4}, []int64{5, 3})
	patterns := func(levels [][]int64, p, n int64) error {
		_, err := FromPatterns(levels, maps.All(map[int64]int64{p: n}))
		return err
	}
	pair := [][]int64{{0, 1}, {0, 1, 2}}
	for what, err := range map[string]error{
		"a short row":          m.Add([]int64{1}),
		"a value below":        m.Add([]int64{0, 0}),
		"a value above":        m.Add([]int64{1, 4}),
		"fewer than none":      m.AddTimes([]int64{1, 1}, -1),
		"too many":             m.AddTimes([]int64{1, 1}, math.MaxInt64/25+1),
		"a lesser most":        m.Merge(narrow),
		"a lesser least":       m.Merge(low),
		"too far below 0":      NewMoments([]int64{-5}, []int64{0}).AddTimes([]int64{0}, math.MaxInt64/25+1),
		"other items":          m.Merge(NewMoments(nil, nil)),
		"no such pattern":      patterns(pair, 6, 1),
		"no pattern below 0":   patterns(pair, -1, 1),
		"an item of no levels": patterns([][]int64{{}}, 0, 1),
		"items too large":      patterns([][]int64{{math.MinInt64}}, 0, 1),
		"too many of a kind":   patterns([][]int64{{1 << 31}}, 0, 3),
	} {
		if err == nil {
			t.Errorf("%s was taken", what)
		}
	}
	if d := cmp.Diff(NewMoments([]int64{1, -3}, []int64{5, 3}), m); d != "" {
		t.Errorf("a refusal left its mark: %s", d)
	}
	if err := m.AddTimes([]int64{5, 3}, math.MaxInt64/25); err != nil || m.Cross[0][0] != math.MaxInt64/25*25 {
		t.Errorf("what just fits: %v, %d", err, m.Cross[0][0])
	}
	if err := m.Merge(&Moments{N: 1, Sum: m.Sum, Cross: m.Cross, Min: m.Min, Max: m.Max}); err == nil {
		t.Error("a merge that could overflow was taken")
	}
}

// A hundred million respondents with large items come to the same as one
// respondent of each kind does, apart from n−1.
func TestManyRespondents(t *testing.T) {
	kinds := [][]int64{{2500, 2400, 2500}, {-2500, -2500, -2300}, {2500, 2499, -2500}, {-2498, 2500, 2500}, {2500, -900, 2400}, {-2500, -2500, -2500}}
	few := momentsOf(t, kinds, -2500, 2500)
	many := NewMoments(few.Min, few.Max)
	for _, row := range kinds {
		if err := many.AddTimes(row, 20_000_000); err != nil {
			t.Fatal(err)
		}
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
