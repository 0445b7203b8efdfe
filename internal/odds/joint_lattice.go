package odds

import (
	"fmt"
	"math/big"
)

// jointLattice is a lattice whose cells decide the outcomes of both versions:
// every difference is start + Σ step·coordinate.
type jointLattice struct {
	*space
	j     *joint
	start []*big.Int
	step  [][]*big.Int // difference, coordinate
	fast  bool         // all of it holds in 64 bits

	start64 []int64
	step64  [][]int64
}

// lay lays the smaller of two lattices, or the one a test asks for (from 1): one
// coordinate for all features that move the differences in the same proportion,
// or one for each difference.
func (j *joint) lay(asked int) *jointLattice {
	var best *jointLattice
	for i, lay := range [jointLattices]func() *jointLattice{j.groups, j.direct} {
		if asked > 0 && asked != i+1 {
			continue
		}
		if l := lay(); best == nil || l.cells < best.cells {
			best = l
		}
	}
	best.finish()
	return best
}

// jointLattices is how many there are to choose from.
const jointLattices = 2

// direct has the differences themselves for coordinates.
func (j *joint) direct() *jointLattice {
	n := j.differences(0) + j.differences(1)
	directions := make([][]*big.Int, n)
	for d := range directions {
		directions[d] = zeros[big.Int](n)
		directions[d][d].SetInt64(1)
	}
	return j.along(directions, func(f, d int) *big.Int { return j.columns[f][d] })
}

// groups has a coordinate for each direction in which features move.
func (j *joint) groups() *jointLattice {
	var directions [][]*big.Int
	index := make(map[string]int)
	group, factor := make([]int, len(j.columns)), make([]*big.Int, len(j.columns))
	for f, column := range j.columns {
		var direction []*big.Int
		direction, factor[f] = primitive(column)
		key := fmt.Sprint(direction)
		at, known := index[key]
		if !known {
			at = len(directions)
			index[key] = at
			directions = append(directions, direction)
		}
		group[f] = at
	}
	zero := new(big.Int)
	return j.along(directions, func(f, d int) *big.Int {
		if group[f] == d {
			return factor[f]
		}
		return zero
	})
}

// primitive divides a vector by its common factor, with the sign of the first
// number that is not 0.
func primitive(column []*big.Int) (direction []*big.Int, factor *big.Int) {
	factor = new(big.Int)
	sign := 0
	for _, n := range column {
		if sign == 0 {
			sign = n.Sign()
		}
		factor.GCD(nil, nil, factor, new(big.Int).Abs(n))
	}
	if sign < 0 {
		factor.Neg(factor)
	}
	for _, n := range column {
		direction = append(direction, new(big.Int).Quo(n, factor))
	}
	return direction, factor
}

// along lays a lattice along directions; part is what one of a feature moves a coordinate by.
func (j *joint) along(directions [][]*big.Int, part func(feature, coordinate int) *big.Int) *jointLattice {
	l := &jointLattice{space: &space{}, j: j}
	l.space.lay(j.items, len(directions), func(points []int, d int) *big.Int {
		sum, term := new(big.Int), new(big.Int)
		for f, p := range points {
			if p != 0 {
				sum.Add(sum, term.Mul(part(f, d), big.NewInt(int64(p))))
			}
		}
		return sum
	})
	l.start = j.reference()
	for n := range l.start {
		steps := make([]*big.Int, len(directions))
		for d, direction := range directions {
			l.start[n].Add(l.start[n], new(big.Int).Mul(direction[n], l.origin[d]))
			steps[d] = new(big.Int).Mul(direction[n], l.unit[d])
		}
		l.step = append(l.step, steps)
	}
	return l
}

// reference gives the differences of the sheet with every first alternative.
func (j *joint) reference() []*big.Int {
	var all []*big.Int
	for v, f := range j.frames {
		for r := range j.differences(v) {
			n := f.FitScaled(r+1, j.start[v])
			all = append(all, n.Sub(n, f.FitScaled(0, j.start[v])))
		}
	}
	return all
}

// finish keeps the numbers in 64 bits too, where that is enough. Sums on the way
// may wrap around: what they come to does not.
func (l *jointLattice) finish() {
	for _, f := range l.j.frames {
		if f != nil && !f.Fits64() {
			return
		}
	}
	for n := range l.start {
		if !l.start[n].IsInt64() {
			return
		}
		l.start64 = append(l.start64, l.start[n].Int64())
		steps := make([]int64, len(l.step[n]))
		for d, step := range l.step[n] {
			if !step.IsInt64() {
				return
			}
			steps[d] = step.Int64()
		}
		l.step64 = append(l.step64, steps)
	}
	l.fast = true
}

func (l *jointLattice) scratch() *scratch {
	roles := max(l.j.differences(0), l.j.differences(1)) + 1
	return &scratch{at: make([]int, len(l.extent)), fits: make([]int64, roles)}
}

// rule gives the outcomes of both versions at a cell.
func (l *jointLattice) rule(cell int, x *scratch) (turn [2]int) {
	for d, extent := range l.extent {
		x.at[d] = cell % (extent + 1)
		cell /= extent + 1
	}
	first := 0
	for v, f := range l.j.frames {
		n := l.j.differences(v)
		switch {
		case f == nil:
			turn[v] = none
		case l.fast:
			turn[v] = l.judge64(v, first, n, x)
		default:
			turn[v] = l.judgeBig(v, first, n, x)
		}
		first += n
	}
	return turn
}

func (l *jointLattice) judge64(version, first, n int, x *scratch) int {
	fits := x.fits[:n+1]
	for r := range n {
		sum := l.start64[first+r]
		for d, step := range l.step64[first+r] {
			sum += step * int64(x.at[d])
		}
		fits[r+1] = sum
	}
	v, _ := l.j.frames[version].JudgeFits64(fits)
	return l.j.pair.index[version][v.Outcome]
}

func (l *jointLattice) judgeBig(version, first, n int, x *scratch) int {
	fits := zeros[big.Int](n + 1)
	for r := range n {
		fits[r+1].Set(l.start[first+r])
		for d, step := range l.step[first+r] {
			fits[r+1].Add(fits[r+1], new(big.Int).Mul(step, big.NewInt(int64(x.at[d]))))
		}
	}
	v, _ := l.j.frames[version].JudgeFits(fits)
	return l.j.pair.index[version][v.Outcome]
}
