package odds

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Moved is how many answer sheets get another outcome from another version of a
// quiz. It speaks of a person who answers every question of either version
// uniformly at random over the alternatives that both have, as far as both have
// the question; each version reads the answers to the questions it shows.
type Moved struct {
	Exact   bool
	Why     string // why it is not exact
	Samples int    // how many random sheets were drawn; 0 when exact
	Seed    int64  // of those
	Share   Share
	Turns   []Turn      // the most frequent first, then in the order of the quiz
	Witness *MovedSheet // one sheet that moves; nil when none does, or none was met
}

// Turn is the share of sheets that go from one outcome to another. An empty id
// stands for sheets that measure too little for any outcome.
type Turn struct {
	From, To string
	Share    Share
}

// MovedSheet is a sheet with two outcomes: its answers to the questions of each version.
type MovedSheet struct {
	Old, New quiz.Answers
	From, To string
}

// Compare counts the sheets whose outcome moves from one version of a quiz to
// another.
func Compare(before, after *score.Compiled, limits Limits) *Moved {
	p := newPair(before, after)
	ways, ok := p.ways(limits)
	if !ok {
		return p.sample(limits, "the conditions of both versions together make too many ways through them")
	}
	each := limits
	each.Work = (limits.Work + len(ways) - 1) / len(ways)
	t := newTurns(p)
	for _, w := range ways {
		if !t.add(w, each) {
			return p.sample(limits, "the points and weights of both versions together make too many different sums to count one by one")
		}
	}
	m := &Moved{Exact: true, Witness: t.witness}
	t.fill(m, exactly)
	return m
}

// turns adds up the sheets that move, by the outcomes they move between.
type turns struct {
	p       *pair
	shares  map[[2]int]*big.Rat
	witness *MovedSheet
}

func newTurns(p *pair) *turns { return &turns{p: p, shares: make(map[[2]int]*big.Rat)} }

// add counts one way through both versions, in the cheapest exact manner. It
// reports false when none is within the limits.
func (t *turns) add(w *way, limits Limits) bool {
	j := t.p.join(w)
	if j.same() {
		return true
	}
	moved, ok := j.count(limits)
	if !ok {
		return false
	}
	total := totalOf(j.items)
	for turn, n := range moved.turns {
		share := new(big.Rat).SetFrac(n, total)
		share.Mul(share, w.share)
		t.count(turn, share)
	}
	if t.witness == nil && moved.answers != nil {
		t.witness = t.p.sheet(w, j.chosen(w, moved.answers))
		t.witness.From, t.witness.To = t.p.name(moved.turn[0]), t.p.name(moved.turn[1])
	}
	return true
}

func (t *turns) count(turn [2]int, share *big.Rat) {
	if t.shares[turn] == nil {
		t.shares[turn] = new(big.Rat)
	}
	t.shares[turn].Add(t.shares[turn], share)
}

// fill writes the shares down, the largest first.
func (t *turns) fill(m *Moved, share func(id string, exact *big.Rat) Share) {
	var order [][2]int
	all := new(big.Rat)
	for turn, n := range t.shares {
		order = append(order, turn)
		all.Add(all, n)
	}
	slices.SortFunc(order, func(a, b [2]int) int {
		if c := t.shares[b].Cmp(t.shares[a]); c != 0 {
			return c
		}
		return slices.Compare(a[:], b[:])
	})
	for _, turn := range order {
		m.Turns = append(m.Turns, Turn{t.p.name(turn[0]), t.p.name(turn[1]), share("", t.shares[turn])})
	}
	m.Share = share("", all)
}

// movedCount is what one way comes to: how many of its sheets turn from which
// outcome to which, and the answers (by item) of one that does.
type movedCount struct {
	turns   map[[2]int]*big.Int
	turn    [2]int // of the answers
	answers []int  // item → place among its allowed alternatives; nil: none moves
}

// listed is up to how many sheets a way is listed rather than counted: at once,
// and where the lattice is too large.
const (
	listedFirst = 1 << 10
	listedLast  = 1 << 21
)

// count tallies the sheets of one way.
func (j *joint) count(limits Limits) (m *movedCount, ok bool) {
	sheets := totalOf(j.items)
	listable := func(most int64) bool {
		return sheets.IsInt64() && sheets.Int64() <= most && (limits.Work == 0 || sheets.Int64() <= int64(limits.Work))
	}
	if limits.lattice == 0 && !limits.sparse && listable(listedFirst) {
		return j.list(), true
	}
	l := j.lay(limits.lattice)
	limbs := limbsFor(sheets)
	if limits.Work > 0 {
		limits.Words = min(limits.Words, limits.Work/(1+len(j.items)))
	}
	if !limits.sparse && l.cells*float64(limbs) <= float64(limits.Words) {
		return j.countDense(l, limbs), true
	}
	if l.cells < tooMany {
		if m, ok = j.countSparse(l, limbs, limits); ok {
			return m, true
		}
	}
	if listable(listedLast) {
		return j.list(), true
	}
	return nil, false
}

func (j *joint) countDense(l *jointLattice, limbs int) *movedCount {
	d := newDense(l.space, j.items, limbs)
	d.fill()
	moved := newMovedSums(limbs)
	x := l.scratch()
	for i := range d.size {
		if !d.full.zero(i) {
			moved.add(l.rule(d.base+i, x), d.base+i, d.full.at(i))
		}
	}
	m := moved.count()
	if moved.some {
		m.answers = d.trace(moved.cell)
	}
	return m
}

func (j *joint) countSparse(l *jointLattice, limbs int, limits Limits) (m *movedCount, ok bool) {
	most, e := limits.Words/(16*limbs), &effort{limits.Words * sparseEffort}
	stages := []sparse{sparseOne(limbs)}
	kept := 0
	for i, it := range j.items {
		next, ok := stages[i].with(l.shifts(i, it), most, e)
		if kept += len(next.cells); !ok || kept > most {
			return nil, false
		}
		stages = append(stages, next)
	}
	moved := newMovedSums(limbs)
	x := l.scratch()
	last := stages[len(j.items)]
	for i, cell := range last.cells {
		moved.add(l.rule(cell, x), cell, last.n.at(i))
	}
	m = moved.count()
	if moved.some {
		m.answers = traceSparse(stages, l.moves, moved.cell)
	}
	return m, true
}

// list goes through the sheets one by one.
func (j *joint) list() *movedCount {
	m := &movedCount{turns: make(map[[2]int]*big.Int)}
	one := big.NewInt(1)
	at := make([]int, len(j.items))
	for {
		if turn := j.judge(at); turn[0] != turn[1] {
			if m.turns[turn] == nil {
				m.turns[turn] = new(big.Int)
			}
			m.turns[turn].Add(m.turns[turn], one)
			if m.answers == nil {
				m.turn, m.answers = turn, slices.Clone(at)
			}
		}
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < len(j.items[i].allowed) {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			return m
		}
	}
}

// movedSums adds up the cells whose sheets move, and remembers the one with the
// most sheets: what happens there is no rare case.
type movedSums struct {
	limbs int
	sums  map[[2]int]sum
	most  []uint64
	cell  int
	turn  [2]int
	some  bool
}

func newMovedSums(limbs int) *movedSums {
	return &movedSums{limbs: limbs, sums: make(map[[2]int]sum), most: make([]uint64, limbs)}
}

func (s *movedSums) add(turn [2]int, cell int, n []uint64) {
	if turn[0] == turn[1] {
		return
	}
	if s.sums[turn] == nil {
		s.sums[turn] = newSum(s.limbs)
	}
	s.sums[turn].add(n)
	if !s.some || greater(n, s.most) {
		copy(s.most, n)
		s.cell, s.turn, s.some = cell, turn, true
	}
}

func greater(a, b []uint64) bool {
	for j := len(a) - 1; j >= 0; j-- {
		if a[j] != b[j] {
			return a[j] > b[j]
		}
	}
	return false
}

func (s *movedSums) count() *movedCount {
	m := &movedCount{turns: make(map[[2]int]*big.Int), turn: s.turn}
	for turn, n := range s.sums {
		m.turns[turn] = n.int()
	}
	return m
}

// trace finds answers that lead to a cell, by taking the questions out again one
// by one; the counts are used up.
func (d *dense) trace(cell int) []int {
	at, size := cell-d.base, d.size
	answers := make([]int, len(d.shifts))
	for i, shifts := range d.shifts {
		size -= span(shifts)
		words := d.full.words[:size*d.full.limbs]
		rest := counts{d.full.limbs, words}
		deconvolve(rest, rest, shifts)
		answers[i] = slices.IndexFunc(d.s.moves[i], func(by int) bool {
			from := at - (by - d.least[i])
			return from >= 0 && from < size && !rest.zero(from)
		})
		at -= d.s.moves[i][answers[i]] - d.least[i]
	}
	return answers
}

// traceSparse does the same with what was reached before each question.
func traceSparse(stages []sparse, moves [][]int, cell int) []int {
	answers := make([]int, len(moves))
	for i := len(moves) - 1; i >= 0; i-- {
		answers[i] = slices.IndexFunc(moves[i], func(by int) bool {
			_, found := slices.BinarySearch(stages[i].cells, cell-by)
			return found
		})
		cell -= moves[i][answers[i]]
	}
	return answers
}
