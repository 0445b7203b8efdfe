package stats

import (
	"math"
	"math/big"
)

// Scale is what a scale's complete respondents say of it. Mean, SD and SEM are in
// POMP units, percent of the maximum possible (Cohen, Cohen, Aiken & West 1999):
// 0 to 100 over the declared range of the sum.
type Scale struct {
	N        int64
	Mean, SD Figure   // SD with n−1
	Alpha    Estimate // Cronbach 1951; interval: Feldt, Woodruff & Salih 1987. May be below 0
	Omega    Figure   // ω total of one factor, McDonald 1999
	SEM      Figure   // SD·√(1−α), the standard error of measurement; none when α is negative
	Items    []Item   // as in the moments
}

// Item is what they say of one item. Mean and SD are in its own points.
type Item struct {
	Mean, SD     Figure   // SD with n−1
	ItemRest     Estimate // correlation with the sum of the other items; interval: Fisher 1921
	AlphaDropped Figure   // α of the other items
	Suspect      bool     // the keying contradicts the rest: the whole interval of ItemRest is below 0
}

// NewScale works out a scale. With fewer complete respondents than fewest (see
// Fewest) or fewer than 2 items nothing is said about reliability: α, ω, SEM,
// ItemRest and AlphaDropped say why.
//
// An item on which all earned the same counts into k of α, as the formula says.
func NewScale(m *Moments, fewest int64) *Scale {
	s := &Scale{N: m.N, Items: make([]Item, m.Items())}
	if m.N < 2 {
		s.describe(m, nil)
		s.silent(why(m, nil, fewest))
		return s
	}
	c := newCovariance(m)
	s.describe(m, c)
	if why := why(m, c, fewest); why != "" {
		s.silent(why)
		return s
	}
	a := alpha(m.Items(), c.own, c.all)
	s.Alpha = Estimate{known(float(a)), feldt(float(a), m.N, m.Items())}
	s.Omega = omega(c)
	s.SEM = sem(s.width(m), c.total(), a)
	for i := range s.Items {
		s.Items[i].relate(c, i, m.N)
	}
	return s
}

// why nothing can be said about reliability, or "".
func why(m *Moments, c *covariance, fewest int64) string {
	fewest = max(fewest, 2)
	switch {
	case m.Items() < 2:
		return whyOneItem
	case m.N < fewest:
		return whyFew(fewest)
	case c.all.Sign() == 0:
		return whySameSum
	}
	return ""
}

func (s *Scale) silent(why string) {
	s.Alpha, s.Omega, s.SEM = noEstimate(why), unknown(why), unknown(why)
	for i := range s.Items {
		s.Items[i].ItemRest, s.Items[i].AlphaDropped = noEstimate(why), unknown(why)
	}
}

// width is the declared range of the sum.
func (s *Scale) width(m *Moments) int64 {
	var width int64
	for i := range m.Min {
		width += m.Max[i] - m.Min[i]
	}
	return width
}

// describe fills the means and standard deviations; c is nil below 2 respondents.
func (s *Scale) describe(m *Moments, c *covariance) {
	points := new(big.Int) // Σ over all of what they have above the least sum
	for i := range s.Items {
		s.Items[i].Mean, s.Items[i].SD = unknown(whyNobody), unknown(whyOne)
		if m.N > 0 {
			s.Items[i].Mean = known(float(big.NewRat(m.Sum[i], m.N)))
		}
		if c != nil {
			s.Items[i].SD = known(root(c.variance(i)))
		}
		points.Add(points, big.NewInt(m.Sum[i]))
		points.Sub(points, new(big.Int).Mul(big.NewInt(m.N), big.NewInt(m.Min[i])))
	}
	width := s.width(m)
	s.Mean, s.SD = unknown(whyNobody), unknown(whyOne)
	switch {
	case width == 0:
		s.Mean, s.SD = unknown(whyNoRange), unknown(whyNoRange)
		return
	case m.N > 0:
		mean := frac(points, big.NewInt(m.N))
		s.Mean = known(float(mean.Mul(mean, big.NewRat(100, width))))
	}
	if c != nil {
		s.SD = known(100 / float64(width) * root(c.total()))
	}
}

// sem is SD·√(1−α) in POMP units.
func sem(width int64, variance, alpha *big.Rat) Figure {
	if alpha.Sign() < 0 {
		return unknown(whyNegative)
	}
	wrong := new(big.Rat).Sub(big.NewRat(1, 1), alpha)
	return known(100 / float64(width) * root(wrong.Mul(wrong, variance)))
}

// relate fills in what an item has to do with the others.
func (item *Item) relate(c *covariance, i int, n int64) {
	rest, own := c.rest(i), c.cell[i][i]
	item.AlphaDropped = dropped(c, i, rest)
	switch {
	case own.Sign() == 0:
		item.ItemRest = noEstimate(whySameAnswer)
	case rest.Sign() == 0:
		item.ItemRest = noEstimate(whySameRest)
	default:
		r := correlation(new(big.Int).Sub(c.row[i], own), own, rest)
		item.ItemRest = Estimate{known(r), fisher(r, n)}
		item.Suspect = item.ItemRest.Interval.Why == "" && item.ItemRest.Interval.High < 0
	}
}

func dropped(c *covariance, i int, rest *big.Int) Figure {
	switch {
	case len(c.cell) < 3:
		return unknown(whyTwoLeft)
	case rest.Sign() == 0:
		return unknown(whySameRest)
	}
	return known(float(alpha(len(c.cell)-1, new(big.Int).Sub(c.own, c.cell[i][i]), rest)))
}

// correlation is both/√(a·b), its square exact up to the root.
func correlation(both, a, b *big.Int) float64 {
	r := root(frac(new(big.Int).Mul(both, both), new(big.Int).Mul(a, b)))
	return math.Copysign(r, float64(both.Sign()))
}
