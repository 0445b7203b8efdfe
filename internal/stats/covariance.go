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
	n, k := big.NewInt(m.N), m.Items()
	c := &covariance{
		unit: new(big.Int).Mul(n, big.NewInt(m.N-1)),
		cell: make([][]*big.Int, k), own: new(big.Int), all: new(big.Int),
	}
	for i := range c.cell {
		c.cell[i] = make([]*big.Int, k)
		for j := range i {
			c.cell[i][j] = c.cell[j][i]
		}
		for j := i; j < k; j++ {
			both := new(big.Int).Mul(n, big.NewInt(m.Cross[i][j-i]))
			c.cell[i][j] = both.Sub(both, new(big.Int).Mul(big.NewInt(m.Sum[i]), big.NewInt(m.Sum[j])))
		}
		sum := new(big.Int)
		for _, x := range c.cell[i] {
			sum.Add(sum, x)
		}
		c.row = append(c.row, sum)
		c.own.Add(c.own, c.cell[i][i])
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
