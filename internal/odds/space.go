package odds

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/score"
)

// space is a lattice on which every answer moves a sheet by a fixed vector,
// and whose cell alone decides the outcome. Three lattices qualify: the raw sums
// of the dimensions that roles weigh, the differences of the roles' fits, and
// the answers themselves, a coordinate each. The smallest one is used. Coordinates are shifted and divided so that each runs
// from 0 without gaps that a common factor would leave, and a cell is one
// number in mixed radix, so that a vector is added by adding numbers.
type space struct {
	frame   *score.Frame
	raw     bool
	dims    []int      // of a raw lattice: which dimensions
	answers []item     // of a lattice of answers: the questions
	origin  []*big.Int // coordinate → what its 0 stands for
	unit    []*big.Int // coordinate → what one step of it stands for
	extent  []int      // coordinate → its largest value
	moves   [][]int    // item → alternative → cell offset, the least of each coordinate being 0
	cells   float64    // how many cells there are; may be far too many
	fast    bool       // origin and unit hold in 64 bits

	origin64, unit64 []int64
	width            int64 // of a bin of margins, times the frame's scale
}

// item is one question of a lattice. On a path only some of a gate's
// alternatives are allowed: the others lead elsewhere.
type item struct {
	question int     // index in the quiz
	allowed  []int   // the alternatives it may have
	points   [][]int // alternative → points, by dimension; all of them
}

// gated reports whether only some alternatives are allowed.
func (it *item) gated() bool { return len(it.allowed) < len(it.points) }

// items lists the questions that count on a path.
func items(c *score.Compiled, allowed [][]int) []item {
	var all []item
	for i, alternatives := range allowed {
		if alternatives != nil {
			all = append(all, item{i, alternatives, c.Questions[i].Points})
		}
	}
	return all
}

// lattices lists the ways to lay a lattice.
func lattices() []func(f *score.Frame, roles int, all []item) *space {
	return []func(f *score.Frame, roles int, all []item) *space{differenceSpace, rawSpace, answerSpace}
}

// newSpace lays the smallest lattice, or the one a test asks for (from 1).
func newSpace(f *score.Frame, roles int, all []item, asked int) *space {
	var best *space
	for i, lay := range lattices() {
		if asked > 0 && asked != i+1 {
			continue
		}
		if other := lay(f, roles, all); best == nil || other.cells < best.cells {
			best = other
		}
	}
	if best.cells < tooMany {
		best.finish()
	}
	return best
}

// answerSpace numbers the sheets themselves: exact whatever the points are,
// and small where there are few sheets.
func answerSpace(f *score.Frame, _ int, all []item) *space {
	s := &space{frame: f, answers: all, cells: 1, moves: make([][]int, len(all))}
	stride := 1
	for i, it := range all {
		for a := range it.points {
			s.moves[i] = append(s.moves[i], a*stride)
		}
		s.extent = append(s.extent, len(it.points)-1)
		s.cells *= float64(len(it.points))
		if s.cells < tooMany {
			stride *= len(it.points)
		}
	}
	return s
}

func rawSpace(f *score.Frame, _ int, all []item) *space {
	s := &space{frame: f, raw: true}
	for d := range f.Min {
		if f.Weighed(d) {
			s.dims = append(s.dims, d)
		}
	}
	s.lay(all, len(s.dims), func(points []int, j int) *big.Int { return big.NewInt(int64(points[s.dims[j]])) })
	return s
}

// differenceSpace has a coordinate for each role but the first: what its fit is above the first's.
func differenceSpace(f *score.Frame, roles int, all []item) *space {
	s := &space{frame: f}
	base0, slope0 := f.Line(0)
	s.lay(all, roles-1, func(points []int, j int) *big.Int {
		_, slope := f.Line(j + 1)
		sum, part := new(big.Int), new(big.Int)
		for d, p := range points {
			part.Sub(slope[d], slope0[d])
			sum.Add(sum, part.Mul(part, big.NewInt(int64(p))))
		}
		return sum
	})
	for j := range s.origin {
		base, _ := f.Line(j + 1)
		s.origin[j].Add(s.origin[j], base)
		s.origin[j].Sub(s.origin[j], base0)
	}
	return s
}

// lay computes each coordinate of each alternative, shifts and divides them, and numbers the cells.
func (s *space) lay(all []item, coordinates int, value func(points []int, j int) *big.Int) {
	s.moves = make([][]int, len(all))
	for i, it := range all {
		s.moves[i] = make([]int, len(it.points))
	}
	s.cells = 1
	stride := 1
	for j := range coordinates {
		values := make([][]*big.Int, len(all))
		origin, unit := new(big.Int), new(big.Int)
		for i, it := range all {
			var least *big.Int
			for _, points := range it.points {
				v := value(points, j)
				values[i] = append(values[i], v)
				if least == nil || v.Cmp(least) < 0 {
					least = v
				}
			}
			least = new(big.Int).Set(least)
			origin.Add(origin, least)
			for _, v := range values[i] {
				v.Sub(v, least)
				unit.GCD(nil, nil, unit, v)
			}
		}
		extent := s.number(values, unit, stride)
		s.origin, s.unit = append(s.origin, origin), append(s.unit, unit)
		s.extent = append(s.extent, extent)
		s.cells *= float64(extent) + 1
		if s.cells < tooMany { // beyond it the cells are not used, and their numbers mean nothing
			stride *= extent + 1
		}
	}
}

// tooMany is beyond every bound, and small enough for cell numbers not to overflow.
const tooMany = 1 << 61

// number adds one coordinate to the cell offsets and returns its extent.
func (s *space) number(values [][]*big.Int, unit *big.Int, stride int) (extent int) {
	if unit.Sign() == 0 {
		return 0
	}
	steps := new(big.Int)
	for i, of := range values {
		most := 0
		for a, v := range of {
			if steps.Quo(v, unit); steps.BitLen() > 60 {
				return tooMany
			}
			n := int(steps.Int64())
			most = max(most, n)
			s.moves[i][a] += n * stride
		}
		if extent += most; extent >= tooMany {
			return tooMany
		}
	}
	return extent
}

// finish keeps origin and unit in 64 bits where verdicts can be had in 64 bits.
func (s *space) finish() {
	s.fast = s.frame.Fits64()
	for j := range s.origin {
		s.fast = s.fast && s.origin[j].IsInt64() && s.unit[j].IsInt64()
	}
	if !s.fast {
		return
	}
	s.width = BinWidth * s.frame.Scale().Int64()
	for j := range s.origin {
		s.origin64 = append(s.origin64, s.origin[j].Int64())
		s.unit64 = append(s.unit64, s.unit[j].Int64())
	}
}

// shifts merges the allowed alternatives of an item that move by the same, sorted.
func (s *space) shifts(i int, it item) []shift {
	moves := make([]int, len(it.allowed))
	for j, a := range it.allowed {
		moves[j] = s.moves[i][a]
	}
	slices.Sort(moves)
	var all []shift
	for _, by := range moves {
		if n := len(all); n > 0 && all[n-1].by == by {
			all[n-1].times++
			continue
		}
		all = append(all, shift{by, 1})
	}
	return all
}

// bounds gives the first cell that any sheet lies in, and how many there are to the last.
func (s *space) bounds() (base, size int) {
	size = 1
	for _, moves := range s.moves {
		low, high := slices.Min(moves), slices.Max(moves)
		base += low
		size += high - low
	}
	return base, size
}

// ruling is what a cell comes to.
type ruling struct {
	outcome  uint8
	tie      bool
	uncaught bool  // a tie that no hybrid catches
	bin      uint8 // of the histogram of margins
}

func rulingOf(v score.Verdict, roles int, wholeBins int64) ruling {
	return ruling{uint8(v.Outcome), v.Tie, v.Tie && v.Outcome < roles, bin(roles, v, wholeBins)}
}

// rule judges a cell.
func (s *space) rule(cell int, scratch *scratch) ruling {
	for j, extent := range s.extent {
		scratch.at[j] = cell % (extent + 1)
		cell /= extent + 1
	}
	if s.fast {
		return s.ruleFast(scratch)
	}
	return s.ruleBig(scratch)
}

// scratch is the room that rule works in; one for each goroutine.
type scratch struct {
	at   []int
	fits []int64
	raw  []int
}

func (s *space) scratch(roles int) *scratch {
	return &scratch{at: make([]int, len(s.extent)), fits: make([]int64, roles), raw: make([]int, len(s.frame.Min))}
}

// sumUp gives the raw sums of the answers at a cell.
func (s *space) sumUp(x *scratch) {
	clear(x.raw)
	for i, it := range s.answers {
		move(x.raw, it.points[x.at[i]], 1)
	}
}

func (s *space) ruleFast(x *scratch) ruling {
	switch {
	case s.answers != nil:
		s.sumUp(x)
		s.frame.FillFits64(x.raw, x.fits)
	case s.raw:
		for j, d := range s.dims {
			x.raw[d] = int(s.origin64[j] + s.unit64[j]*int64(x.at[j]))
		}
		s.frame.FillFits64(x.raw, x.fits)
	default:
		x.fits[0] = 0
		for j, at := range x.at {
			x.fits[j+1] = s.origin64[j] + s.unit64[j]*int64(at)
		}
	}
	v, margin := s.frame.JudgeFits64(x.fits)
	return rulingOf(v, len(x.fits), margin/s.width)
}

func (s *space) ruleBig(x *scratch) ruling {
	fits := make([]*big.Int, len(x.fits))
	at := func(j int) *big.Int {
		n := big.NewInt(int64(x.at[j]))
		return n.Add(n.Mul(n, s.unit[j]), s.origin[j])
	}
	if s.answers != nil {
		s.sumUp(x)
	}
	for j, d := range s.dims {
		x.raw[d] = int(at(j).Int64())
	}
	if s.answers != nil || s.raw {
		for r := range fits {
			fits[r] = s.frame.FitScaled(r, x.raw)
		}
	} else {
		fits[0] = new(big.Int)
		for j := range x.at {
			fits[j+1] = at(j)
		}
	}
	v, margin := s.frame.JudgeFits(fits)
	width := new(big.Int).Mul(s.frame.Scale(), big.NewInt(BinWidth))
	return rulingOf(v, len(fits), margin.Quo(margin, width).Int64())
}

// BinWidth is how many points a bin of the histogram of margins spans. Between two roles it has two
// sides, the second role's lead from 100 down to 0, then the first's from 0 up to 100;
// among more roles it has one.
const (
	BinWidth = 5
	sideBins = 100 / BinWidth
)

func bins(roles int) int {
	if roles == 2 {
		return 2 * sideBins
	}
	return sideBins
}

// bin finds the place of a margin of that many whole bins.
func bin(roles int, v score.Verdict, whole int64) uint8 {
	n := min(int(whole), sideBins-1)
	switch {
	case roles > 2:
		return uint8(n)
	case v.First == 0:
		return uint8(sideBins + n)
	}
	return uint8(sideBins - 1 - n)
}
