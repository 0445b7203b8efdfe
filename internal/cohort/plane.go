package cohort

import (
	"math/big"

	"github.com/rolefit/rolefit/internal/lane"
	"github.com/rolefit/rolefit/internal/quiz"
)

// Plane counts people by the means of two groups of dimensions.
type Plane struct {
	X, Y     []int                // the dimensions of either axis
	Cells    [Bins][Bins]PlaneBin // by x, then by y
	outcomes int
}

// PlaneBin is one cell of a plane.
type PlaneBin struct {
	People   int64
	Outcomes []int64 // nil where nobody is
}

// newPlane makes an empty one; nil where an axis has no dimension. See NewRoster.
func newPlane(q *quiz.Quiz, outcomes int) *Plane {
	p := &Plane{outcomes: outcomes}
	for d := range q.Dimensions {
		id := q.Dimensions[d].ID
		switch q.Roles[0].Share(id).Cmp(q.Roles[1].Share(id)) {
		case 1:
			p.X = append(p.X, d)
		case -1:
			p.Y = append(p.Y, d)
		}
	}
	if p.X == nil || p.Y == nil {
		return nil
	}
	return p
}

func (p *Plane) add(x, y, outcome int, people int64) {
	cell := &p.Cells[x][y]
	if cell.Outcomes == nil {
		cell.Outcomes = make([]int64, p.outcomes)
	}
	cell.People += people
	cell.Outcomes[outcome] += people
}

func (p *Plane) merge(o *Plane) {
	for x := range o.Cells {
		for y := range o.Cells[x] {
			for outcome, n := range o.Cells[x][y].Outcomes {
				if n > 0 {
					p.add(x, y, outcome, n)
				}
			}
		}
	}
}

// places finds the cells of a plane that rows belong to.
type places struct {
	*Plane
	axes map[*lane.Frame]*[2]axis
	last *lane.Frame
	both *[2]axis // of the last
}

func newPlaces(p *Plane) *places { return &places{Plane: p, axes: make(map[*lane.Frame]*[2]axis)} }

// axis gives the step that the mean of some dimensions' scores is in.
type axis struct {
	dimensions []int   // those that are measured
	widths     []int64 // of each: max − min of its raw sums
	by         []int64 // of each: what a point of its raw sum above the least adds to of·Bins times the mean over 100; nil: 64 bits do not hold it
	of         int64
}

// count counts a row that has a place on both axes.
func (p *places) count(f *lane.Frame, raw []int, outcome int) {
	if p.last != f {
		p.both = p.axes[f]
		if p.both == nil {
			if len(p.axes) >= maxFrames {
				clear(p.axes)
			}
			p.both = &[2]axis{axisOf(f, p.X), axisOf(f, p.Y)}
			p.axes[f] = p.both
		}
		p.last = f
	}
	if len(p.both[0].dimensions) > 0 && len(p.both[1].dimensions) > 0 {
		p.add(p.both[0].step(raw), p.both[1].step(raw), outcome, 1)
	}
}

// maxScaled keeps the sums of an axis in 64 bits.
const maxScaled = 1 << 50

func axisOf(f *lane.Frame, dimensions []int) (a axis) {
	common := big.NewInt(1)
	for _, d := range dimensions {
		if f.Measured(d) {
			width := int64(f.Max[d] - f.Min[d])
			a.dimensions, a.widths = append(a.dimensions, d), append(a.widths, width)
			gcd := new(big.Int).GCD(nil, nil, common, big.NewInt(width))
			common.Mul(common, big.NewInt(width)).Quo(common, gcd)
		}
	}
	of := new(big.Int).Mul(common, big.NewInt(int64(len(a.widths))))
	if len(a.widths) == 0 || !of.IsInt64() || of.Int64() > maxScaled/Bins {
		return a
	}
	a.of = of.Int64()
	for _, width := range a.widths {
		a.by = append(a.by, Bins*(common.Int64()/width))
	}
	return a
}

// step is that of a row's mean; 100 is in the last.
func (a *axis) step(raw []int) int {
	if a.by != nil {
		sum := int64(0)
		for k, d := range a.dimensions {
			sum += a.by[k] * int64(raw[d])
		}
		return min(int(sum/a.of), Bins-1)
	}
	sum := new(big.Rat)
	for k, d := range a.dimensions {
		sum.Add(sum, big.NewRat(Bins*int64(raw[d]), a.widths[k]))
	}
	sum.Quo(sum, big.NewRat(int64(len(a.widths)), 1))
	step := new(big.Int).Quo(sum.Num(), sum.Denom())
	return min(int(step.Int64()), Bins-1)
}
