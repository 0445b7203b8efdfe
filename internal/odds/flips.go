package odds

import "slices"

// reach holds, for cells that some changes lead to, the least movement they
// take: a scale's steps count as one each, any other changed answer as one.
type reach struct {
	cells []int // sorted
	cost  []int32
}

// merge adds what other reaches after one more change, keeping the lesser cost.
func (r reach) merge(other reach, by int, cost int32) reach {
	if len(other.cells) == 0 {
		return r
	}
	room := len(r.cells) + len(other.cells)
	out := reach{make([]int, 0, room), make([]int32, 0, room)}
	i, j := 0, 0
	for i < len(r.cells) || j < len(other.cells) {
		switch {
		case j == len(other.cells) || i < len(r.cells) && r.cells[i] < other.cells[j]+by:
			out.cells, out.cost = append(out.cells, r.cells[i]), append(out.cost, r.cost[i])
			i++
		case i == len(r.cells) || other.cells[j]+by < r.cells[i]:
			out.cells, out.cost = append(out.cells, other.cells[j]+by), append(out.cost, other.cost[j]+cost)
			j++
		default:
			out.cells, out.cost = append(out.cells, r.cells[i]), append(out.cost, min(r.cost[i], other.cost[j]+cost))
			i, j = i+1, j+1
		}
	}
	return out
}

// at gives the cost of a cell; ok is false when it is not reached.
func (r reach) at(cell int) (cost int32, ok bool) {
	i, ok := slices.BinarySearch(r.cells, cell)
	if !ok {
		return 0, false
	}
	return r.cost[i], true
}

// option is one way of changing an answer.
type option struct {
	alternative int
	by          int
	cost        int32
}

// options lists the ways of changing an item's answer that matter: of several
// that move the sheet alike the one of least cost, the first of those.
func (n *neighbourhood) options(i int) []option {
	var all []option
	own := n.own[i]
	for a, move := range n.s.moves[i] {
		if a == own {
			continue
		}
		o := option{a, move - n.s.moves[i][own], n.cost(i, a)}
		same := slices.IndexFunc(all, func(p option) bool { return p.by == o.by })
		switch {
		case same < 0:
			all = append(all, o)
		case o.cost < all[same].cost:
			all = append(slices.Delete(all, same, same+1), o)
		}
	}
	return all
}

// cost is how far the answer moves.
func (n *neighbourhood) cost(i, alternative int) int32 {
	q := n.c.Quiz.Questions[n.items[i].question]
	if !q.Form().Steps {
		return 1
	}
	distance := alternative - n.own[i]
	return int32(max(distance, -distance))
}

// search finds flips by dynamic programming over the items from the last to the
// first: from[k][i] is what exactly k changes among the items from i on reach.
type search struct {
	*neighbourhood
	choices [][]option
	from    [][]reach
	kept    int // cells in all of from
}

// flips finds the smallest change for every other outcome.
func (n *neighbourhood) flips() []Flip {
	var out []Flip
	own := n.r.Verdict()
	for o, id := range n.c.Outcomes() {
		if o != own {
			out = append(out, Flip{Outcome: id})
		}
	}
	if n.s.cells > tooMany {
		for i := range out {
			out[i].Why = tooLarge
		}
		return out
	}
	s := &search{neighbourhood: n}
	for i := range n.items {
		s.choices = append(s.choices, n.options(i))
	}
	s.run(out)
	return out
}

// run adds one change at a time until every outcome that can be reached is.
func (s *search) run(out []Flip) {
	ids := s.c.Outcomes()
	wanted := make(map[int]*Flip)
	for i := range out {
		wanted[slices.Index(ids, out[i].Outcome)] = &out[i]
	}
	possible, ok := s.possible()
	if ok {
		for o := range wanted {
			if !possible[o] {
				delete(wanted, o)
			}
		}
	}
	start := reach{[]int{s.at}, []int32{0}}
	s.from = [][]reach{slices.Repeat([]reach{start}, len(s.items)+1)}
	for k := 1; k <= len(s.items) && len(wanted) > 0; k++ {
		if !s.level(k) {
			break
		}
		for o, flip := range wanted {
			if cells := s.best(k, o); cells != nil {
				flip.Changes = s.witness(k, cells)
				delete(wanted, o)
			}
		}
		if k == len(s.items) {
			return
		}
	}
	for _, flip := range wanted {
		flip.Why = tooLarge
	}
}

// possible finds the outcomes that any number of changes can lead to.
func (s *search) possible() (outcomes map[int]bool, ok bool) {
	all := reach{[]int{s.at}, []int32{0}}
	for _, choices := range s.choices {
		start := all
		for _, o := range choices {
			if all = all.merge(start, o.by, 0); len(all.cells) > s.most {
				return nil, false
			}
		}
	}
	outcomes = make(map[int]bool)
	for _, cell := range all.cells {
		outcomes[s.outcome(cell)] = true
	}
	return outcomes, true
}

// level computes from[k]. It reports whether that stayed within bounds.
func (s *search) level(k int) bool {
	n := len(s.items)
	level := make([]reach, n+1)
	for i := n - 1; i >= 0; i-- {
		level[i] = level[i+1]
		var changed reach
		for _, o := range s.choices[i] {
			changed = changed.merge(s.from[k-1][i+1], o.by, o.cost)
		}
		level[i] = level[i].merge(changed, 0, 0)
		if s.kept += len(level[i].cells); s.kept > s.most {
			return false
		}
	}
	s.from = append(s.from, level)
	return true
}

// best lists the cells with this outcome that k changes reach with least
// movement; nil when there is none.
func (s *search) best(k, outcome int) []int {
	var cells []int
	least := int32(0)
	all := s.from[k][0]
	for i, cell := range all.cells {
		if cells != nil && all.cost[i] > least || s.outcome(cell) != outcome {
			continue
		}
		if cells == nil || all.cost[i] < least {
			cells, least = nil, all.cost[i]
		}
		cells = append(cells, cell)
	}
	return cells
}

// witness follows the costs back to the changes: of those that do, the first
// in the order of the file, question by question.
func (s *search) witness(k int, targets []int) []Change {
	left, _ := s.from[k][0].at(targets[0])
	var changes []Change
	moved := 0 // by the changes chosen so far
	for i := 0; k > 0; i++ {
		for _, o := range s.choices[i] {
			rest := slices.DeleteFunc(slices.Clone(targets), func(cell int) bool {
				cost, ok := s.from[k-1][i+1].at(cell - moved - o.by)
				return !ok || cost+o.cost != left
			})
			if len(rest) > 0 {
				targets, moved, left, k = rest, moved+o.by, left-o.cost, k-1
				changes = append(changes, s.change(i, o.alternative))
				break
			}
		}
	}
	return changes
}

func (s *search) change(i, alternative int) Change {
	index := s.items[i].question
	alternatives := s.c.Questions[index].Alternatives
	return Change{s.c.Quiz.Questions[index], alternatives[s.own[i]], alternatives[alternative]}
}
