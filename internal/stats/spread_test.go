package stats

import (
	"maps"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestDescribeAttitude(t *testing.T) {
	scores := make(map[Score]int64)
	for _, row := range attitude {
		score := Score{Most: 700}
		for _, x := range row {
			score.Raw += x
		}
		scores[score]++
	}
	s := Describe(maps.All(scores))
	for q, want := range []float64{387, 425, 473.5} { // quantile(rowSums(attitude), c(.25, .5, .75))
		near(t, "quartile", s.Quartiles[q], want/7, 1e-9)
	}
	near(t, "mean", s.Mean, 60.438095238095, 1e-9)
	near(t, "SD", s.SD, 8.249789056082, 1e-9)
}

// TestDescribeByDefinition: scores over ranges of their own, against sorted floats.
func TestDescribeByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, flat := make(map[Score]int64), []float64(nil)
		for range rapid.IntRange(1, 30).Draw(t, "scores") {
			least := rapid.Int64Range(-50, 50).Draw(t, "least")
			width := rapid.Int64Range(0, 60).Draw(t, "width")
			s := Score{least + rapid.Int64Range(0, width).Draw(t, "raw"), least, least + width}
			scores[s]++
			if width > 0 {
				flat = append(flat, 100*float64(s.Raw-least)/float64(width))
			}
		}
		got := Describe(maps.All(scores))
		if got.N != int64(len(flat)) {
			t.Fatalf("%d counted of %d", got.N, len(flat))
		}
		if len(flat) == 0 {
			unsaid(t, "mean", got.Mean, whyNoRange)
			unsaid(t, "median", got.Quartiles[1], whyNoRange)
			return
		}
		slices.Sort(flat)
		near(t, "mean", got.Mean, naiveMean(flat), 1e-9)
		if len(flat) > 1 {
			near(t, "SD", got.SD, math.Sqrt(naiveCov(flat, flat)), 1e-6)
		} else {
			unsaid(t, "SD", got.SD, whyOne)
		}
		for q := range got.Quartiles {
			h := float64(len(flat)-1) * float64(q+1) / 4
			low := flat[int(h)]
			high := flat[min(int(h)+1, len(flat)-1)]
			near(t, "quartile", got.Quartiles[q], low+(h-math.Floor(h))*(high-low), 1e-9)
		}
	})
}

func TestDescribeMany(t *testing.T) {
	s := Describe(maps.All(map[Score]int64{{0, 0, 4}: math.MaxInt64 / 4, {4, 0, 4}: math.MaxInt64 / 4}))
	near(t, "mean", s.Mean, 50, 0)
	near(t, "SD", s.SD, 50, 1e-9)
	near(t, "first quartile", s.Quartiles[0], 0, 0)
	near(t, "third quartile", s.Quartiles[2], 100, 0)
	unsaid(t, "the mean of nobody", Describe(maps.All(map[Score]int64{})).Mean, whyNobody)
}

// Student's own data (1908), R's sleep: t.test(extra2 - extra1).
func TestSleep(t *testing.T) {
	tenths := []int64{12, 24, 13, 13, 0, 10, 18, 8, 46, 14}
	var one, other Changes
	for i := range tenths {
		one.Add(big.NewRat(tenths[i], 10))
		other.Add(big.NewRat(tenths[len(tenths)-1-i], 10))
	}
	for _, got := range []Change{one.Change(), other.Change()} {
		near(t, "mean", got.Mean.Figure, 1.58, 1e-12)
		near(t, "SD", got.SD, 1.229995483280, 1e-11)
		between(t, "mean", got.Mean.Interval, .700114236723, 2.459885763277, 1e-9)
		if got.N != 10 {
			t.Errorf("n %d", got.N)
		}
	}
}

func TestChangeWhy(t *testing.T) {
	var c Changes
	unsaid(t, "nobody", c.Change().Mean.Figure, whyNobody)
	c.Add(big.NewRat(-5, 2))
	near(t, "one", c.Change().Mean.Figure, -2.5, 0)
	unsaid(t, "SD of one", c.Change().SD, whyOne)
	if why := c.Change().Mean.Interval.Why; why != whyOne {
		t.Errorf("the interval of one: %q", why)
	}
	for range 3 {
		c.Add(big.NewRat(-5, 2))
	}
	near(t, "SD of the same", c.Change().SD, 0, 0)
	if why := c.Change().Mean.Interval.Why; why != whyAlike {
		t.Errorf("the interval of the same: %q", why)
	}
}
