package odds

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
)

// tally is what the sheets of one path come to. All numbers count sheets.
type tally struct {
	total    *big.Int
	outcomes []*big.Int // outcome → sheets that have it
	tie      *big.Int   // exactly level for first place
	uncaught *big.Int   // the same, and no hybrid catches it
	bins     []*big.Int // histogram of margins
	pivotal  []*big.Int // item → sheets in which changing that one answer can change the outcome
	lean     bool       // pivotal is left out
}

// totalOf is how many sheets the items make.
func totalOf(all []item) *big.Int {
	total := big.NewInt(1)
	for _, it := range all {
		total.Mul(total, big.NewInt(int64(len(it.allowed))))
	}
	return total
}

// sums collects a tally from cells.
type sums struct {
	outcomes, bins []sum
	tie, uncaught  sum
}

func newSums(outcomes, bins, limbs int) *sums {
	s := &sums{tie: newSum(limbs), uncaught: newSum(limbs)}
	for range outcomes {
		s.outcomes = append(s.outcomes, newSum(limbs))
	}
	for range bins {
		s.bins = append(s.bins, newSum(limbs))
	}
	return s
}

func (s *sums) add(r ruling, n []uint64) {
	s.outcomes[r.outcome].add(n)
	s.bins[r.bin].add(n)
	if r.tie {
		s.tie.add(n)
	}
	if r.uncaught {
		s.uncaught.add(n)
	}
}

func (s *sums) tally(total *big.Int) *tally {
	return &tally{total: total, outcomes: ints(s.outcomes), tie: s.tie.int(), uncaught: s.uncaught.int(), bins: ints(s.bins)}
}

func ints(all []sum) []*big.Int {
	out := make([]*big.Int, len(all))
	for i, s := range all {
		out[i] = s.int()
	}
	return out
}

// dense counts the sheets in every cell of the lattice.
type dense struct {
	s      *space
	shifts [][]shift // item → moves, the least being 0
	least  []int     // item → its least move, taken out of shifts
	base   int       // the cell that index 0 of the counts stands for
	size   int       // how many cells there are
	full   counts
	spare  counts
}

func newDense(s *space, all []item, limbs int) *dense {
	d := &dense{s: s, size: 1}
	for i, it := range all {
		shifts := s.shifts(i, it)
		least := shifts[0].by
		for j := range shifts {
			shifts[j].by -= least
		}
		d.base += least
		d.least = append(d.least, least)
		d.size += span(shifts)
		d.shifts = append(d.shifts, shifts)
	}
	d.full, d.spare = newCounts(d.size, limbs), newCounts(d.size, limbs)
	d.full.words[0] = 1
	return d
}

func span(shifts []shift) int { return shifts[len(shifts)-1].by }

// fill convolves all questions, those that reach least far first: that keeps
// the early vectors short.
func (d *dense) fill() {
	order := whole(len(d.shifts))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(span(d.shifts[a]), span(d.shifts[b])) })
	n := 1
	for _, i := range order {
		next := n + span(d.shifts[i])
		convolve(counts{d.full.limbs, d.spare.words[:next*d.full.limbs]}, d.full, n, d.shifts[i])
		d.full, d.spare = d.spare, d.full
		n = next
	}
}

// tally reads everything off the full vector; a lean one has no use for pivotal.
func (d *dense) tally(all []item, roles, outcomes int, lean bool) *tally {
	d.fill()
	sums := newSums(outcomes, bins(roles), d.full.limbs)
	table := make([]uint8, d.size)
	x := d.s.scratch(roles)
	for i := range d.size {
		if d.full.zero(i) {
			continue
		}
		r := d.s.rule(d.base+i, x)
		table[i] = r.outcome
		sums.add(r, d.full.at(i))
	}
	t := sums.tally(totalOf(all))
	if lean {
		t.pivotal, t.lean = zeros[big.Int](len(all)), true
		return t
	}
	t.pivotal = eachOnce(all, d.s, func(i int) *big.Int { return d.pivotal(table, i, all[i], x) })
	return t
}

// eachOnce computes a figure for every item, once for those that move alike.
func eachOnce(all []item, s *space, compute func(i int) *big.Int) []*big.Int {
	known := make(map[string]*big.Int)
	out := make([]*big.Int, len(all))
	for i, it := range all {
		key := fmt.Sprint(s.moves[i], it.allowed)
		if known[key] == nil {
			known[key] = compute(i)
		}
		out[i] = known[key]
	}
	return out
}

// pivotal takes a question out and counts what is left where another
// alternative comes to another outcome.
func (d *dense) pivotal(table []uint8, i int, it item, x *scratch) *big.Int {
	shifts := d.shifts[i]
	if len(shifts) == 1 && !it.gated() {
		return new(big.Int)
	}
	size := d.size - span(shifts)
	limbs := d.full.limbs
	rest := counts{limbs, d.spare.words[:size*limbs]}
	deconvolve(rest, counts{limbs, d.full.words[:size*limbs]}, shifts)
	if it.gated() {
		origin := d.base - d.least[i]
		return pivotalGate(d.s, i, it, x, size, func(j int) (int, []uint64) { return origin + j, rest.at(j) })
	}
	total := newSum(limbs)
	for j := range size {
		first := table[j]
		for _, s := range shifts[1:] {
			if table[j+s.by] != first {
				if !rest.zero(j) {
					total.add(rest.at(j))
				}
				break
			}
		}
	}
	return times(total, len(it.allowed))
}

func times(total sum, n int) *big.Int {
	all := total.int()
	return all.Mul(all, big.NewInt(int64(n)))
}

// pivotalGate does the same for a gate: the answer given is an allowed one, the
// other may be any. What is shown stays as it was.
func pivotalGate(s *space, i int, it item, x *scratch, cells int, at func(j int) (cell int, n []uint64)) *big.Int {
	var total sum
	for j := range cells {
		cell, n := at(j)
		if total == nil {
			total = newSum(len(n))
		}
		for _, a := range it.allowed {
			own := s.rule(cell+s.moves[i][a], x).outcome
			if slices.ContainsFunc(s.moves[i], func(by int) bool { return s.rule(cell+by, x).outcome != own }) {
				total.add(n)
			}
		}
	}
	return total.int()
}
