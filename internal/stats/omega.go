package stats

import "math"

// omega is ω total of a one-factor model (McDonald 1999, eq. 6.20a):
// (Σλ)² / ((Σλ)² + Σψ), in the items' own units, so that it is about their
// sum as α is. The loadings are the minimum-residual ones of the correlation
// matrix (Harman & Jones 1966), each times its item's SD; ψ is what of an item's
// variance its loading does not explain. R's psych::fa(x, 1, fm="minres") finds
// the same loadings.
//
// An item without variance adds nothing to the sum's and is left out.
func omega(c *covariance) Figure {
	r, sd := correlations(c)
	if len(sd) < 3 {
		return unknown(whyThree)
	}
	loading, why := minres(r)
	if why != "" {
		return unknown(why)
	}
	var shared, unique float64
	for i, l := range loading {
		shared += l * sd[i]
		unique += sd[i] * sd[i] * max(0, 1-l*l)
	}
	shared *= shared
	if shared+unique == 0 {
		return unknown(whyHeywood)
	}
	return known(shared / (shared + unique))
}

// correlations of the items that vary, and their standard deviations.
func correlations(c *covariance) (r [][]float64, sd []float64) {
	var vary []int
	for i := range c.cell {
		if c.cell[i][i].Sign() != 0 {
			vary = append(vary, i)
			sd = append(sd, root(c.variance(i)))
		}
	}
	for _, i := range vary {
		row := make([]float64, len(vary))
		for at, j := range vary {
			row[at] = correlation(c.cell[i][j], c.cell[i][i], c.cell[j][j])
		}
		r = append(r, row)
	}
	return r, sd
}

// How far a loading may still move in the last sweep, and how many sweeps there may be.
const (
	tolerance = 1e-12
	maxSweeps = 20_000
	heywood   = 1 + 1e-9 // a loading above 1 by more than rounding
)

// minres finds the loadings λ, none above 1 in size (Harman & Fukuda 1966), that
// bring Σ over i≠j of (rᵢⱼ − λᵢλⱼ)² to its least: one loading after the other is
// put where the rest want it, until none moves. Where one is held back at 1, the
// model does not fit. It starts from the column that has most in common with the
// others and draws nothing at random, so the same sums give the same figure.
func minres(r [][]float64) (loading []float64, why string) {
	loading, most := start(r)
	if most == 0 {
		return nil, whyApart
	}
	for range maxSweeps {
		moved, held := 0.0, false
		for i := range loading {
			next := best(r[i], loading, i)
			held = held || math.Abs(next) > heywood
			next = max(-1, min(1, next))
			moved = max(moved, math.Abs(next-loading[i]))
			loading[i] = next
		}
		switch {
		case moved > tolerance:
		case held:
			return nil, whyHeywood
		default:
			return loading, ""
		}
	}
	return nil, whyNotConverged
}

// start is the column of r with the largest squares off the diagonal, and their sum.
func start(r [][]float64) (loading []float64, most float64) {
	for i, row := range r {
		sum := -row[i] * row[i]
		for _, x := range row {
			sum += x * x
		}
		if loading == nil || sum > most {
			loading, most = append([]float64(nil), row...), sum
		}
	}
	return loading, most
}

// best is the loading of item i that leaves the least, given the others': λᵢ =
// Σ rᵢⱼλⱼ / Σ λⱼ² over j≠i.
func best(row, loading []float64, i int) float64 {
	var both, squares float64
	for j, l := range loading {
		if j != i {
			both += row[j] * l
			squares += l * l
		}
	}
	if squares == 0 {
		return 0
	}
	return both / squares
}
