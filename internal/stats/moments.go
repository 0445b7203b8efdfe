package stats

import (
	"fmt"
	"iter"
	"math"
)

// Moments are the exact sums over N complete respondents of k items: the points
// each question earned them, already keyed (a reversed item is turned round
// first, from its declared range).
//
// Every sum fits 64 bits as long as N·M² does, M being the largest size of a Min
// or Max: with items of up to 2,500 points that is 10¹² respondents. The methods
// here refuse more; who fills the sums otherwise must keep to it.
type Moments struct {
	N        int64
	Sum      []int64   // item → Σ x
	Cross    [][]int64 // Cross[i][j−i] = Σ xᵢ·xⱼ for i ≤ j: the upper triangle, row by row
	Min, Max []int64   // item → the least and the most it can give (its declared range)
}

// NewMoments are the sums over nobody, of items that give from least[i] to
// most[i] points.
func NewMoments(least, most []int64) *Moments {
	m := &Moments{Sum: make([]int64, len(least)), Cross: make([][]int64, len(least)), Min: least, Max: most}
	for i := range m.Cross {
		m.Cross[i] = make([]int64, len(least)-i)
	}
	return m
}

// Items is k.
func (m *Moments) Items() int { return len(m.Sum) }

// Add counts one complete respondent. The error says that the row is not k long,
// that a value is outside its item's range, or that the sums could overflow.
func (m *Moments) Add(row []int64) error { return m.AddTimes(row, 1) }

// AddTimes counts the same row for several respondents; errors as with Add.
func (m *Moments) AddTimes(row []int64, times int64) error {
	if len(row) != len(m.Sum) {
		return fmt.Errorf("a row of %d values for %d items", len(row), len(m.Sum))
	}
	for i, x := range row {
		if x < m.Min[i] || x > m.Max[i] {
			return fmt.Errorf("item %d: %d is outside %d to %d", i+1, x, m.Min[i], m.Max[i])
		}
	}
	if err := m.grow(times); err != nil {
		return err
	}
	for i, x := range row {
		m.Sum[i] += times * x
		for d, y := range row[i:] {
			m.Cross[i][d] += times * x * y
		}
	}
	return nil
}

// Merge adds another part's sums over the same items. The error says that the
// items differ or that the sums could overflow; then m is as it was.
func (m *Moments) Merge(other *Moments) error {
	if len(other.Sum) != len(m.Sum) {
		return fmt.Errorf("sums of %d items cannot join sums of %d", len(other.Sum), len(m.Sum))
	}
	for i := range m.Sum {
		if other.Min[i] != m.Min[i] || other.Max[i] != m.Max[i] {
			return fmt.Errorf("item %d: the ranges differ", i+1)
		}
	}
	if err := m.grow(other.N); err != nil {
		return err
	}
	for i, s := range other.Sum {
		m.Sum[i] += s
		for d, x := range other.Cross[i] {
			m.Cross[i][d] += x
		}
	}
	return nil
}

// grow counts more respondents, unless their sums could overflow.
func (m *Moments) grow(more int64) error {
	if more < 0 {
		return fmt.Errorf("%d respondents", more)
	}
	if room := m.room(); more > room-m.N {
		return fmt.Errorf("more than %d respondents: the sums could overflow 64 bits", room)
	}
	m.N += more
	return nil
}

// room is the largest N for which every sum surely fits 64 bits.
func (m *Moments) room() int64 {
	size := uint64(1)
	for i := range m.Min {
		size = max(size, magnitude(m.Min[i]), magnitude(m.Max[i]))
	}
	return int64(math.MaxInt64 / size / size)
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// FromPatterns are the sums of a histogram of answer patterns. levels[i] are the
// points that item i's levels give; a pattern is the levels' mixed-radix number
// with the first item as the lowest digit: l₀ + n₀·(l₁ + n₁·(l₂ + …)) for nᵢ
// levels. slices.All of a dense histogram and maps.All of a sparse one both fit.
// Each item's range is that of its levels. The error says that an item has no
// levels, that a pattern does not exist, or that the sums could overflow.
func FromPatterns[I int | int64 | uint64](levels [][]int64, counts iter.Seq2[I, int64]) (*Moments, error) {
	least, most, err := ranges(levels)
	if err != nil {
		return nil, err
	}
	m, row := NewMoments(least, most), make([]int64, len(levels))
	for pattern, times := range counts {
		if times == 0 {
			continue
		}
		if pattern < 0 || !digits(uint64(pattern), levels, row) {
			return nil, fmt.Errorf("there is no pattern %d", pattern)
		}
		if err := m.AddTimes(row, times); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func ranges(levels [][]int64) (least, most []int64, err error) {
	for i, points := range levels {
		if len(points) == 0 {
			return nil, nil, fmt.Errorf("item %d has no levels", i+1)
		}
		low, high := points[0], points[0]
		for _, p := range points {
			low, high = min(low, p), max(high, p)
		}
		least, most = append(least, low), append(most, high)
	}
	return least, most, nil
}

// digits writes the points of a pattern into row, or finds that it is none.
func digits(pattern uint64, levels [][]int64, row []int64) bool {
	for i, points := range levels {
		n := uint64(len(points))
		row[i] = points[pattern%n]
		pattern /= n
	}
	return pattern == 0
}
