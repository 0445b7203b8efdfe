package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

// R: prop.test(k, n, correct=FALSE)$conf.int
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		{7, 20, .181191824101, .567145723315},
		{0, 10, 0, .277532799863},
		{10, 10, 1 - .277532799863, 1},
		{0, 0, 0, 1},
	} {
		low, high := Wilson(c.k, c.n)
		between(t, "Wilson", Interval{Low: low, High: high}, c.low, c.high, 1e-10)
	}
}

// R: qf(c(.025, .975), d1, d2) and qt(.975, d1). Beyond 400,000 degrees R takes
// the second for infinitely many, so those are held against the definition.
func TestQuantiles(t *testing.T) {
	for _, c := range []struct{ d1, d2, low, high, t float64 }{
		{1, 1, .00154371250867, 647.789011478, 12.7062047362},
		{7, 42, .232495770328, 2.60675265471, 2.36462425159},
		{29, 174, .536965542527, 1.66153841703, 2.04522964213},
		{999, 38961, .913240215663, 1.09084892664, 1.96234146113},
		{9999, 9999, .961555036771, 1.03998207254, 1.96020126362},
	} {
		near(t, "F .025", known(quantileF(0.025, c.d1, c.d2)), c.low, c.low*1e-10)
		near(t, "F .975", known(quantileF(0.975, c.d1, c.d2)), c.high, c.high*1e-10)
		near(t, "t .975", known(quantileT(0.975, c.d1)), c.t, 1e-9)
	}
	for _, n := range []float64{1e6, 1e7, 1e8} {
		for _, p := range []float64{0.025, 0.975} {
			f := quantileF(p, n, 6*n)
			near(t, "F of many", known(mathext.RegIncBeta(n/2, 3*n, n*f/(n*f+6*n))), p, 1e-6)
		}
		near(t, "t of many", known(quantileT(0.975, n)), z95+(z95*z95*z95+z95)/(4*n), 1e-6)
	}
	if got := fisher(0, 28); math.Abs(got.High-math.Tanh(z95/5)) > 1e-15 || got.Low != -got.High {
		t.Errorf("Fisher's interval of 0: %+v", got)
	}
}
