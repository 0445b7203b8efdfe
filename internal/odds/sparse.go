package odds

import "math/big"

// sparse counts sheets in the cells that some sheet reaches, for lattices too
// large to lay out.
type sparse struct {
	cells []int // sorted
	n     counts
}

func sparseOne(limbs int) sparse {
	s := sparse{cells: []int{0}, n: newCounts(1, limbs)}
	s.n.words[0] = 1
	return s
}

// effort bounds how much may be done: cells that may still be touched. It counts
// work and not time, so that the same input ends the same way everywhere.
type effort struct{ left int }

func (e *effort) spend(cells int) bool {
	e.left -= cells
	return e.left >= 0
}

// with adds a question. ok is false when more than most cells are reached, or
// the effort is spent.
func (s sparse) with(shifts []shift, most int, e *effort) (next sparse, ok bool) {
	if len(shifts) == 0 {
		return sparse{n: counts{limbs: s.n.limbs}}, true
	}
	if !e.spend(len(s.cells)) {
		return s, false
	}
	if len(shifts) == 1 {
		return sparse{n: counts{limbs: s.n.limbs}}.merge(s, shifts[0]), true
	}
	// Halves are merged, not one shift after the other: a rank has hundreds of them.
	middle := len(shifts) / 2
	left, ok := s.with(shifts[:middle], most, e)
	if !ok {
		return left, false
	}
	right, ok := s.with(shifts[middle:], most, e)
	if !ok || !e.spend(len(left.cells)+len(right.cells)) {
		return right, false
	}
	next = left.merge(right, shift{0, 1})
	return next, len(next.cells) <= most
}

// merge adds other, moved by a shift, cell by cell.
func (s sparse) merge(other sparse, by shift) sparse {
	limbs := other.n.limbs
	room := len(s.cells) + len(other.cells)
	out := sparse{make([]int, 0, room), counts{limbs, make([]uint64, 0, room*limbs)}}
	i, j := 0, 0
	for i < len(s.cells) || j < len(other.cells) {
		mine := i < len(s.cells) && (j == len(other.cells) || s.cells[i] <= other.cells[j]+by.by)
		theirs := j < len(other.cells) && (i == len(s.cells) || other.cells[j]+by.by <= s.cells[i])
		if mine {
			out.cells = append(out.cells, s.cells[i])
			out.n.words = append(out.n.words, s.n.at(i)...)
			i++
		} else {
			out.cells = append(out.cells, other.cells[j]+by.by)
			for range limbs {
				out.n.words = append(out.n.words, 0)
			}
		}
		if theirs {
			addTimes(out.n.at(len(out.cells)-1), other.n.at(j), by.times)
			j++
		}
	}
	return out
}

// sparseTally does what dense.tally does. ok is false when the reached cells are too many.
func sparseTally(s *space, all []item, roles, outcomes int, limits Limits) (t *tally, ok bool) {
	limbs := limbsFor(totalOf(all))
	most, e := limits.Words/(16*limbs), &effort{limits.Words * sparseEffort}
	shifts := make([][]shift, len(all))
	full := sparseOne(limbs)
	for i, it := range all {
		shifts[i] = s.shifts(i, it)
		if full, ok = full.with(shifts[i], most, e); !ok {
			return nil, false
		}
	}
	sums := newSums(outcomes, bins(roles), limbs)
	x := s.scratch(roles)
	for i, cell := range full.cells {
		sums.add(s.rule(cell, x), full.n.at(i))
	}
	t = sums.tally(totalOf(all))
	t.pivotal, t.lean = zeros[big.Int](len(all)), limits.Lean
	if t.lean {
		return t, true
	}
	ok = leaveOneOut(sparseOne(limbs), shifts, 0, len(all), most, e, func(i int, rest sparse) {
		t.pivotal[i] = sparsePivotal(s, i, all[i], rest, shifts[i], x)
	})
	return t, ok
}

// leaveOneOut calls visit with the counts of all questions but one, for each
// of lo to hi: it halves the range and adds the other half to what is outside.
func leaveOneOut(outside sparse, shifts [][]shift, lo, hi, most int, e *effort, visit func(i int, rest sparse)) bool {
	if hi-lo <= 1 {
		if hi > lo {
			visit(lo, outside)
		}
		return true
	}
	middle := (lo + hi) / 2
	for _, half := range [][4]int{{lo, middle, middle, hi}, {middle, hi, lo, middle}} {
		with, ok := outside, true
		for i := half[2]; i < half[3]; i++ {
			if with, ok = with.with(shifts[i], most, e); !ok {
				return false
			}
		}
		if !leaveOneOut(with, shifts, half[0], half[1], most, e, visit) {
			return false
		}
	}
	return true
}

func sparsePivotal(s *space, i int, it item, rest sparse, shifts []shift, x *scratch) *big.Int {
	if it.gated() {
		return pivotalGate(s, i, it, x, len(rest.cells), func(j int) (int, []uint64) { return rest.cells[j], rest.n.at(j) })
	}
	total := newSum(rest.n.limbs)
	for j, cell := range rest.cells {
		first := s.rule(cell+shifts[0].by, x).outcome
		for _, by := range shifts[1:] {
			if s.rule(cell+by.by, x).outcome != first {
				total.add(rest.n.at(j))
				break
			}
		}
	}
	return times(total, len(it.allowed))
}
