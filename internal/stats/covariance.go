package stats

import "math/big"

// covariance is a covariance matrix (n−1) as exact whole numbers: each cell is
// the covariance times unit.
type covariance struct {
	unit *big.Int
	cell [][]*big.Int // symmetric
	row  []*big.Int   // sum of each row
	own  *big.Int     // Σ of the diagonal: the items' variances
	all  *big.Int     // Σ of all cells: the variance of the items' sum
}

// newCovariance works out the matrix of at least 2 respondents' sums.
func newCovariance(m *Moments) *covariance {
	n := big.NewInt(m.N)
	cell := square(m.Items())
	for i := range cell {
		for j := i; j < len(cell); j++ {
			c := new(big.Int).Mul(n, big.NewInt(m.Cross[i][j-i]))
			c.Sub(c, new(big.Int).Mul(big.NewInt(m.Sum[i]), big.NewInt(m.Sum[j])))
			cell[i][j], cell[j][i] = c, c
		}
	}
	return totalled(cell, new(big.Int).Mul(n, big.NewInt(m.N-1)))
}

func square(k int) [][]*big.Int {
	cell := make([][]*big.Int, k)
	for i := range cell {
		cell[i] = make([]*big.Int, k)
	}
	return cell
}

func totalled(cell [][]*big.Int, unit *big.Int) *covariance {
	c := &covariance{unit: unit, cell: cell, own: new(big.Int), all: new(big.Int)}
	for i, cells := range cell {
		sum := new(big.Int)
		for _, x := range cells {
			sum.Add(sum, x)
		}
		c.row = append(c.row, sum)
		c.own.Add(c.own, cells[i])
		c.all.Add(c.all, sum)
	}
	return c
}

// rest is the variance of the sum without item i, times unit.
func (c *covariance) rest(i int) *big.Int {
	rest := new(big.Int).Sub(c.all, c.row[i])
	rest.Sub(rest, c.row[i])
	return rest.Add(rest, c.cell[i][i])
}

// variance of one item, exact.
func (c *covariance) variance(i int) *big.Rat { return frac(c.cell[i][i], c.unit) }

// total is the variance of the items' sum, exact.
func (c *covariance) total() *big.Rat { return frac(c.all, c.unit) }

// alpha is Cronbach's (1951) of k items, k/(k−1)·(1 − own/all), for k ≥ 2 and all ≠ 0.
func alpha(k int, own, all *big.Int) *big.Rat {
	a := frac(new(big.Int).Sub(all, own), all)
	return a.Mul(a, big.NewRat(int64(k), int64(k-1)))
}
