package stats

import "testing"

func TestLongString(t *testing.T) {
	for _, c := range []struct {
		raw  []int
		want int
	}{
		{nil, 0}, {[]int{3}, 1}, {[]int{1, 2, 3}, 1}, {[]int{1, 1, 2}, 2},
		{[]int{1, 2, 2, 2, 1, 1}, 3}, {[]int{4, 5, 5, 5, 5}, 4}, {[]int{0, 0, 1, 0, 0}, 2},
	} {
		if got := LongString(c.raw); got != c.want {
			t.Errorf("%v: %d, want %d", c.raw, got, c.want)
		}
	}
}

func TestIRV(t *testing.T) {
	unsaid(t, "one answer", IRV([]int{3}), whyOneAnswer)
	unsaid(t, "no answers", IRV(nil), whyOneAnswer)
	near(t, "the same answers", IRV([]int{3, 3, 3}), 0, 0)
	near(t, "two answers", IRV([]int{-1, 1}), 1.4142135623730951, 1e-15)
	raw := make([]int, 7) // apply(attitude, 1, sd)[1]
	for i, x := range attitude[0] {
		raw[i] = int(x)
	}
	near(t, "attitude", IRV(raw), 20.263737257, 1e-9)
}

func TestPersonAllocatesNothing(t *testing.T) {
	raw := []int{1, 2, 2, 5, 4, 4, 4}
	var irv Figure
	var run int
	if n := testing.AllocsPerRun(100, func() { irv, run = IRV(raw), LongString(raw) }); n != 0 {
		t.Errorf("%v allocations (%v, %d)", n, irv, run)
	}
}
