package odds

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Near is what lies around one answer sheet: how firm its outcome is, and what
// would have made it another.
type Near struct {
	Steadiness []Steadiness // for 1, 2 and 3 changed answers
	Flips      []Flip       // for every other outcome, in the order of the quiz
}

// Steadiness is the share of the sheets that differ in exactly Changed answers
// and have the same outcome.
type Steadiness struct {
	Changed int
	Same    *big.Rat // nil: there are no such sheets, or Why they were not counted
	Why     string
}

// Flip is the smallest set of answers to change to get another outcome: fewest
// answers, then least movement, then the order of the file.
type Flip struct {
	Outcome string
	Changes []Change // nil: these questions cannot lead there, or Why it is not known
	Why     string
}

// Change is one answer to change.
type Change struct {
	Question *quiz.Question
	From, To quiz.Answer
}

// maxChanged is how many changed answers steadiness looks at.
const maxChanged = 3

// tooLarge is why a figure is not worked out.
const tooLarge = "this quiz's points and weights make too many different sums"

// neighbourhood is a sheet in a lattice of the answers that may be changed:
// those to scored questions that no question's condition names. The others
// stay as they are.
type neighbourhood struct {
	c     *score.Compiled
	r     *score.Result
	s     *space
	items []item
	at    int   // the sheet's cell
	own   []int // item → the alternative chosen
	rooms *scratch
	most  int     // bound on the cells that are kept
	small float64 // up to so many cells a lattice is laid out
	spent effort  // what a figure may still touch

	// What cells come to, where it is known: laid out from base on as the outcome
	// plus 1 on a small lattice, else by cell.
	base   int
	table  []uint8
	judged map[int]uint8
}

// Around works out what lies around a result, on two cores where there are two.
func Around(c *score.Compiled, r *score.Result, limits Limits) Near {
	n := newNeighbourhood(c, r, limits)
	twin := *n // in the same lattice
	twin.prepare()
	steadiness := make(chan []Steadiness)
	go func() { steadiness <- twin.steadiness() }()
	flips := n.flips()
	return Near{<-steadiness, flips}
}

func newNeighbourhood(c *score.Compiled, r *score.Result, limits Limits) *neighbourhood {
	n := &neighbourhood{c: c, r: r, most: limits.Words / nearShare, small: limits.small}
	gates := c.Quiz.Gates()
	for i, alternative := range r.Chosen() {
		if alternative < 0 {
			continue
		}
		it := item{question: i, points: c.Questions[i].Points}
		own := alternative
		if gates[c.Questions[i].ID] {
			it.points, own = it.points[alternative:alternative+1], 0
		}
		it.allowed = whole(len(it.points))
		n.items = append(n.items, it)
		n.own = append(n.own, own)
	}
	n.s = newSpace(r.Frame(), len(c.Weights), n.items, limits.lattice)
	if n.s.cells >= tooMany {
		return n
	}
	for i, own := range n.own {
		n.at += n.s.moves[i][own]
	}
	n.prepare()
	return n
}

// prepare makes the room that figures are worked out in.
func (n *neighbourhood) prepare() {
	n.rooms, n.judged = n.s.scratch(len(n.c.Weights)), make(map[int]uint8)
	if n.s.cells <= n.small {
		var size int
		n.base, size = n.s.bounds()
		n.table = make([]uint8, size)
	}
}

// A figure of one sheet may keep a part of the cells that the odds may, and
// touch so many times that: it is worked out for every result, which must come at once.
const (
	nearShare  = 16
	nearEffort = 48
)

// fresh gives a figure its effort.
func (n *neighbourhood) fresh() { n.spent = effort{n.most * nearEffort} }

// outcome judges a cell, once.
func (n *neighbourhood) outcome(cell int) int {
	if n.table != nil {
		known := &n.table[cell-n.base]
		if *known == 0 {
			*known = 1 + n.s.rule(cell, n.rooms).outcome
		}
		return int(*known - 1)
	}
	o, known := n.judged[cell]
	if !known {
		o = n.s.rule(cell, n.rooms).outcome
		n.judged[cell] = o
	}
	return int(o)
}

// changes lists how far each other alternative of an item moves the sheet; alike ones together.
func (n *neighbourhood) changes(i int) []shift {
	times := make(map[int]uint64)
	for a, move := range n.s.moves[i] {
		if a != n.own[i] {
			times[move-n.s.moves[i][n.own[i]]]++
		}
	}
	var all []shift
	for by, count := range times {
		all = append(all, shift{by, count})
	}
	slices.SortFunc(all, func(a, b shift) int { return a.by - b.by })
	return all
}

// steadiness counts the sheets at 1, 2 and 3 changes by convolution in (number
// changed, movement in the lattice).
func (n *neighbourhood) steadiness() []Steadiness {
	totals := n.sheetsAt()
	out := make([]Steadiness, maxChanged)
	for k := range out {
		out[k].Changed = k + 1
	}
	levels, counted := n.mostLevels(limbsFor(totals[maxChanged]))
	for k := range out {
		switch total := totals[k+1]; {
		case total.Sign() == 0:
		case k+1 > counted:
			out[k].Why = tooLarge
		default:
			same := newSum(levels[k+1].n.limbs)
			for j, cell := range levels[k+1].cells {
				if !levels[k+1].n.zero(j) && n.outcome(cell) == n.r.Verdict() {
					same.add(levels[k+1].n.at(j))
				}
			}
			out[k].Same = new(big.Rat).SetFrac(same.int(), total)
		}
	}
	return out
}

// mostLevels counts as many changes as it can: three, else two, else one.
func (n *neighbourhood) mostLevels(limbs int) (levels []sparse, counted int) {
	for counted = maxChanged; counted > 0; counted-- {
		if levels, ok := n.levels(limbs, counted); ok {
			return levels, counted
		}
	}
	return nil, 0
}

// sheetsAt is how many sheets differ in exactly k answers, k from 0.
func (n *neighbourhood) sheetsAt() []*big.Int {
	at := zeros[big.Int](maxChanged + 1)
	at[0].SetInt64(1)
	for _, it := range n.items {
		others := big.NewInt(int64(len(it.points) - 1))
		for k := maxChanged; k > 0; k-- {
			at[k].Add(at[k], new(big.Int).Mul(at[k-1], others))
		}
	}
	return at
}

// levels counts, for each number of changes up to the last, the sheets in each cell.
func (n *neighbourhood) levels(limbs, last int) (levels []sparse, ok bool) {
	switch {
	case n.s.cells >= tooMany:
		return nil, false
	case n.table != nil && limbs == 1:
		return n.levelsSmall(), true
	}
	n.fresh()
	levels = make([]sparse, last+1)
	for k := range levels {
		levels[k] = sparse{n: counts{limbs: limbs}}
	}
	levels[0] = sparseOne(limbs)
	levels[0].cells[0] = n.at
	for i := range n.items {
		changes := n.changes(i)
		for k := last; k > 0; k-- {
			added, ok := levels[k-1].with(changes, n.most, &n.spent)
			if !ok || !n.spent.spend(len(levels[k].cells)) {
				return nil, false
			}
			if levels[k] = levels[k].merge(added, shift{0, 1}); len(levels[k].cells) > n.most {
				return nil, false
			}
		}
	}
	return levels, true
}

// levelsSmall does the same on a lattice that is laid out. k changes stay
// within a window around the sheet that grows with k, and only that is looked at.
func (n *neighbourhood) levelsSmall() []sparse {
	levels := make([]sparse, maxChanged+1)
	base, size := n.base, len(n.table)
	var all [maxChanged + 1][]uint64
	var low, high [maxChanged + 1]int
	for k := range all {
		all[k] = make([]uint64, size)
		low[k], high[k] = n.at-base, n.at-base
	}
	all[0][n.at-base] = 1
	for i := range n.items {
		changes := n.changes(i)
		if len(changes) == 0 {
			continue
		}
		first, last := min(0, changes[0].by), max(0, changes[len(changes)-1].by)
		for k := maxChanged; k > 0; k-- {
			from := all[k-1][low[k-1] : high[k-1]+1]
			for _, by := range changes {
				addShifted(all[k], from, low[k-1]+by.by, by.times)
			}
			low[k] = max(0, min(low[k], low[k-1]+first))
			high[k] = min(size-1, max(high[k], high[k-1]+last))
		}
	}
	cells := make([]int, size)
	for j := low[maxChanged]; j <= high[maxChanged]; j++ { // it is the widest
		cells[j] = base + j
	}
	for k := range all {
		levels[k] = sparse{cells[low[k] : high[k]+1], counts{1, all[k][low[k] : high[k]+1]}}
	}
	return levels
}

// addShifted adds times·from to to, from to[at] on; what would fall outside is zero.
func addShifted(to, from []uint64, at int, times uint64) {
	if at < 0 {
		from, at = from[min(-at, len(from)):], 0
	}
	from = from[:max(0, min(len(from), len(to)-at))]
	if len(from) > 0 {
		addOne(to[at:at+len(from)], from, times)
	}
}
