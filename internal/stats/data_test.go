package stats

import (
	"math"
	"slices"

	"pgregory.net/rapid"
)

// The eight respondents of the fixture with known figures: q1–q4 on 1 to 5, q4 reversed.
var eight = []string{"5451", "4442", "3343", "2324", "1215", "4352", "2233", "5542"}

// attitude is R's data of that name (Chatterjee & Price 1977): 30 departments by
// rating, complaints, privileges, learning, raises, critical, advance.
var attitude = [][]int64{
	{43, 51, 30, 39, 61, 92, 45}, {63, 64, 51, 54, 63, 73, 47}, {71, 70, 68, 69, 76, 86, 48},
	{61, 63, 45, 47, 54, 84, 35}, {81, 78, 56, 66, 71, 83, 47}, {43, 55, 49, 44, 54, 49, 34},
	{58, 67, 42, 56, 66, 68, 35}, {71, 75, 50, 55, 70, 66, 41}, {72, 82, 72, 67, 71, 83, 31},
	{67, 61, 45, 47, 62, 80, 41}, {64, 53, 53, 58, 58, 67, 34}, {67, 60, 47, 39, 59, 74, 41},
	{69, 62, 57, 42, 55, 63, 25}, {68, 83, 83, 45, 59, 77, 35}, {77, 77, 54, 72, 79, 77, 46},
	{81, 90, 50, 72, 60, 54, 36}, {74, 85, 64, 69, 79, 79, 63}, {65, 60, 65, 75, 55, 80, 60},
	{65, 70, 46, 57, 75, 85, 46}, {50, 58, 68, 54, 64, 78, 52}, {50, 40, 33, 34, 43, 64, 33},
	{64, 61, 52, 62, 66, 80, 41}, {53, 66, 52, 50, 63, 80, 37}, {40, 37, 42, 58, 50, 57, 49},
	{63, 54, 42, 48, 66, 75, 33}, {66, 77, 66, 63, 88, 76, 72}, {78, 75, 58, 74, 80, 78, 49},
	{48, 57, 44, 45, 51, 83, 38}, {85, 85, 71, 71, 77, 74, 55}, {82, 82, 39, 59, 64, 78, 39},
}

// miskeyed are 60 respondents' answers on 1 to 5 to six items of one factor, the
// last of them keyed the wrong way round. Made in R:
//
//	set.seed(20240601); f <- rnorm(60)
//	x <- sapply(c(.8,.7,.75,.6,.5,-.65), function(a)
//	  pmin(5, pmax(1, round(3 + 1.1*(a*f + sqrt(1-a^2)*rnorm(60))))))
var miskeyed = []string{
	"233322", "544551", "333444", "323334", "343223", "321424", "544542", "445342", "444343", "424333",
	"433443", "442352", "443333", "333234", "243533", "554433", "433334", "442234", "454542", "333553",
	"231223", "442342", "454321", "443442", "221334", "222233", "412352", "554531", "334341", "222315",
	"334234", "342134", "212224", "112115", "233223", "535432", "122124", "454441", "212234", "333254",
	"112134", "343343", "222224", "232213", "111223", "133522", "131225", "123134", "441342", "534331",
	"313343", "353341", "221433", "244332", "534353", "543333", "333232", "344343", "544551", "223344",
}

// digitRows are rows of one-digit answers, those of the reversed items turned round on 1 to 5.
func digitRows(lines []string, reversed ...int) [][]int64 {
	var rows [][]int64
	for _, line := range lines {
		var row []int64
		for _, c := range line {
			row = append(row, int64(c-'0'))
		}
		for _, i := range reversed {
			row[i] = 6 - row[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// momentsOf rows whose items all go from least to most.
func momentsOf(t rapid.TB, rows [][]int64, least, most int64) *Moments {
	t.Helper()
	return added(t, slices.Repeat([][]int64{{least, most}}, len(rows[0])), rows)
}

// added are the sums over rows of items that can give these points.
func added(t rapid.TB, levels, rows [][]int64) *Moments {
	t.Helper()
	m := &Moments{Sum: make([]int64, len(levels)), Cross: make([][]int64, len(levels))}
	for i, points := range levels {
		m.Min, m.Max = append(m.Min, slices.Min(points)), append(m.Max, slices.Max(points))
		m.Cross[i] = make([]int64, len(levels)-i)
	}
	for _, row := range rows {
		m.add(t, row, 1)
	}
	return m
}

// add counts a complete row for so many respondents.
func (m *Moments) add(t rapid.TB, row []int64, times int64) {
	t.Helper()
	m.N += times
	for i, x := range row {
		if x < m.Min[i] || x > m.Max[i] {
			t.Fatalf("item %d: %d is outside %d to %d", i+1, x, m.Min[i], m.Max[i])
		}
		m.Sum[i] += times * x
		for d, y := range row[i:] {
			m.Cross[i][d] += times * x * y
		}
	}
}

// near holds a figure against a number.
func near(t rapid.TB, what string, got Figure, want, within float64) {
	t.Helper()
	if !got.Known() || !(math.Abs(got.Value-want) <= within) {
		t.Errorf("%s: got %.12g (%s), want %.12g", what, got.Value, got.Why, want)
	}
}

// between holds an interval against its ends.
func between(t rapid.TB, what string, got Interval, low, high, within float64) {
	t.Helper()
	near(t, what+", low", Figure{got.Low, got.Why}, low, within)
	near(t, what+", high", Figure{got.High, got.Why}, high, within)
}

// unsaid holds a figure against a reason.
func unsaid(t rapid.TB, what string, got Figure, why string) {
	t.Helper()
	if got.Why != why || got.Value != 0 {
		t.Errorf("%s: got %v %q, want %q", what, got.Value, got.Why, why)
	}
}
