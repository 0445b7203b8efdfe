package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// oneFactor is the correlation matrix that loadings make.
func oneFactor(loading []float64) [][]float64 {
	var r [][]float64
	for i := range loading {
		row := make([]float64, len(loading))
		for j := range row {
			row[j] = loading[i] * loading[j]
		}
		row[i] = 1
		r = append(r, row)
	}
	return r
}

func TestMinresFindsTheLoadings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Float64Range(0.2, 0.95)
		want := rapid.SliceOfN(size, 3, 12).Draw(t, "loadings")
		for i := range want {
			if rapid.Bool().Draw(t, "contrary") {
				want[i] = -want[i]
			}
		}
		got, why := minres(oneFactor(want))
		if why != "" {
			t.Fatal(why)
		}
		turn := math.Copysign(1, got[0]*want[0]) // the factor has no direction of its own
		for i := range want {
			if !(math.Abs(got[i]-turn*want[i]) < 1e-7) {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
	})
}

// left is what minres brings to its least.
func left(r [][]float64, loading []float64) (sum float64) {
	for i := range r {
		for j := range i {
			d := r[i][j] - loading[i]*loading[j]
			sum += d * d
		}
	}
	return sum
}

// TestMinresIsLeast: on data that one factor does not fit, no step to the side leaves less.
func TestMinresIsLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 6).Draw(t, "items")
		r, sd := correlations(newCovariance(added(t, fromOneToFive(k), answers(t, k))))
		if len(sd) < 3 {
			t.Skip()
		}
		loading, why := minres(r)
		if why != "" {
			t.Skip(why)
		}
		least := left(r, loading)
		for i := range loading {
			for _, step := range []float64{-1e-4, 1e-4} {
				loading[i] += step
				if left(r, loading) < least {
					t.Fatalf("a step on loading %d leaves less", i+1)
				}
				loading[i] -= step
			}
		}
	})
}

func TestOmegaWhy(t *testing.T) {
	for _, c := range []struct {
		r   [][]float64
		why string
	}{
		{[][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, whyApart},
		{[][]float64{{1, .9, .9}, {.9, 1, .2}, {.9, .2, 1}}, whyHeywood},   // λ₁² = .9·.9/.2
		{[][]float64{{1, .3, .3}, {.3, 1, -.3}, {.3, -.3, 1}}, whyHeywood}, // no three loadings make that
	} {
		if _, why := minres(c.r); why != c.why {
			t.Errorf("%v: %q, want %q", c.r, why, c.why)
		}
	}
	loading, why := minres([][]float64{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}})
	if why != "" || math.Abs(loading[0]-1) > 1e-9 {
		t.Errorf("perfect agreement: %v %q", loading, why)
	}
}

// An item that does not vary changes nothing about ω.
func TestOmegaLeavesConstantsOut(t *testing.T) {
	var rows [][]int64
	for _, row := range digitRows(miskeyed, 5) {
		rows = append(rows, append(row, 3))
	}
	want := NewScale(momentsOf(t, digitRows(miskeyed, 5), 1, 5), Fewest).Omega
	near(t, "ω", NewScale(momentsOf(t, rows, 1, 5), Fewest).Omega, want.Value, 1e-12)
}
