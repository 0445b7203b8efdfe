package odds

import "slices"

// cost is what changes take: how many there are first, then how far they move.
// Costs add, so that the smallest set of changes is a shortest path.
type cost int32

// oneChange is the cost of a change without its movement. 500 questions of 11
// steps move by at most 5,000, which stays below it, and their changes stay below never.
const oneChange cost = 1 << 16

// reach holds, for cells that some changes lead to, what that takes at least.
type reach struct {
	cells []int  // sorted; nil when costs are laid out from base on
	cost  []cost // of each cell; never for one that is not reached
	base  int
}

// merge adds what other reaches after one more change, keeping the lesser
// cost, and leaves out what costs more than most.
func (r reach) merge(other reach, by int, change, most cost) reach {
	room := len(r.cells) + len(other.cells)
	out := reach{cells: make([]int, 0, room), cost: make([]cost, 0, room)}
	i, j := 0, 0
	for i < len(r.cells) || j < len(other.cells) {
		switch {
		case j < len(other.cells) && other.cost[j]+change > most:
			j++
		case j == len(other.cells) || i < len(r.cells) && r.cells[i] < other.cells[j]+by:
			out.cells, out.cost = append(out.cells, r.cells[i]), append(out.cost, r.cost[i])
			i++
		case i == len(r.cells) || other.cells[j]+by < r.cells[i]:
			out.cells, out.cost = append(out.cells, other.cells[j]+by), append(out.cost, other.cost[j]+change)
			j++
		default:
			out.cells, out.cost = append(out.cells, r.cells[i]), append(out.cost, min(r.cost[i], other.cost[j]+change))
			i, j = i+1, j+1
		}
	}
	return out
}

// at gives the cost of a cell, never when it is not reached.
func (r reach) at(cell int) cost {
	if r.cells == nil {
		if i := cell - r.base; i >= 0 && i < len(r.cost) {
			return r.cost[i]
		}
		return never
	}
	if i, ok := slices.BinarySearch(r.cells, cell); ok {
		return r.cost[i]
	}
	return never
}

// cell is the one whose cost stands at i.
func (r reach) cell(i int) int {
	if r.cells == nil {
		return r.base + i
	}
	return r.cells[i]
}

// option is one way of changing an answer.
type option struct {
	alternative int
	by          int
	cost        cost
}

// options lists the ways of changing an item's answer that matter: of several
// that move the sheet alike the one of least cost, the first of those.
func (n *neighbourhood) options(i int) []option {
	var all []option
	at := make(map[int]int) // move → where in all
	own, steps := n.own[i], n.c.Questions[n.items[i].question].Steps
	for a, move := range n.s.moves[i] {
		if a == own {
			continue
		}
		o := option{a, move - n.s.moves[i][own], oneChange + movement(own, a, steps)}
		same, known := at[o.by]
		switch {
		case !known:
			at[o.by] = len(all)
			all = append(all, o)
		case o.cost < all[same].cost:
			all[same] = o
		}
	}
	slices.SortFunc(all, func(a, b option) int { return a.alternative - b.alternative })
	return all
}

// movement is how far an answer moves: a scale's steps count as one each, any
// other changed answer as one.
func movement(from, to int, steps bool) cost {
	if !steps {
		return 1
	}
	return cost(max(to-from, from-to))
}

// search finds flips by dynamic programming over the items from the last to
// the first: from[i] is what changes among the items from i on reach.
type search struct {
	*neighbourhood
	choices [][]option
	from    []reach
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
	if n.s.cells >= tooMany {
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

// run looks at few changes first where the lattice is large.
func (s *search) run(out []Flip) {
	ids := s.c.Outcomes()
	wanted := make(map[int]*Flip)
	for i := range out {
		wanted[slices.Index(ids, out[i].Outcome)] = &out[i]
	}
	changes, small := len(s.items), s.table != nil
	if !small {
		changes = min(1, changes)
	}
	for len(wanted) > 0 {
		if small {
			s.fillSmall()
		} else if !s.fill(changes) {
			break
		}
		for o, flip := range wanted {
			if cells := s.best(o); cells != nil {
				flip.Changes = s.witness(cells)
				delete(wanted, o)
			}
		}
		if changes == len(s.items) {
			return // what is left cannot be reached
		}
		changes = min(2*changes, len(s.items))
	}
	for _, flip := range wanted {
		flip.Why = tooLarge
	}
}

// keptShare: flips keep a vector for each item, and may keep more in all than one vector may hold.
const keptShare = 4

// fill computes from for at most this many changes. It reports whether that
// stayed within bounds.
func (s *search) fill(changes int) bool {
	s.fresh()
	most := oneChange*cost(changes+1) - 1
	n := len(s.items)
	s.from = make([]reach, n+1)
	s.from[n] = reach{cells: []int{s.at}, cost: []cost{0}}
	kept := 0
	for i := n - 1; i >= 0; i-- {
		changed, ok := s.change(s.from[i+1], s.choices[i], most)
		if !ok {
			return false
		}
		s.from[i] = s.from[i+1].merge(changed, 0, 0, most)
		if kept += len(s.from[i].cells); kept > keptShare*s.most {
			return false
		}
	}
	return true
}

// change is what one of these changes more reaches. Halves are merged, not one
// change after the other. ok is false when that is too much.
func (s *search) change(from reach, choices []option, most cost) (next reach, ok bool) {
	if len(choices) == 0 {
		return reach{cells: []int{}}, true
	}
	if !s.spent.spend(len(from.cells)) {
		return from, false
	}
	if len(choices) == 1 {
		return reach{cells: []int{}}.merge(from, choices[0].by, choices[0].cost, most), true
	}
	middle := len(choices) / 2
	left, ok := s.change(from, choices[:middle], most)
	if !ok {
		return left, false
	}
	right, ok := s.change(from, choices[middle:], most)
	if !ok || !s.spent.spend(len(left.cells)+len(right.cells)) {
		return right, false
	}
	return left.merge(right, 0, 0, most), true
}

// fillSmall does the same for any number of changes on a lattice that is laid out.
// What is reached stays within a window that grows with each item, and only that is kept.
func (s *search) fillSmall() {
	n := len(s.items)
	s.from = make([]reach, n+1)
	s.from[n] = reach{cost: []cost{0}, base: s.at}
	for i := n - 1; i >= 0; i-- {
		here := s.from[i+1]
		low, high := here.base, here.base+len(here.cost)
		for _, o := range s.choices[i] {
			low, high = min(low, here.base+o.by), max(high, here.base+len(here.cost)+o.by)
		}
		low, high = max(low, s.base), min(high, s.base+len(s.table))
		next := reach{cost: make([]cost, high-low), base: low}
		for j := range next.cost {
			next.cost[j] = never
		}
		next.lower(here, option{})
		for _, o := range s.choices[i] {
			next.lower(here, o)
		}
		s.from[i] = next
	}
}

// lower takes what other reaches with one more change where that costs less. Both are laid out.
func (r reach) lower(other reach, by option) {
	at := other.base + by.by - r.base // of other's first cell
	from := other.cost[min(max(0, -at), len(other.cost)):]
	to := r.cost[min(max(0, at), len(r.cost)):]
	for j, least := range from[:min(len(from), len(to))] {
		to[j] = min(to[j], least+by.cost)
	}
}

// never is the cost of what is not reached, far above any other.
const never cost = 1 << 30

// best lists the cells with this outcome that are reached at least cost; nil when there is none.
func (s *search) best(outcome int) []int {
	var cells []int
	least := never - 1
	all := s.from[0]
	for i, c := range all.cost {
		if c > least || s.outcome(all.cell(i)) != outcome {
			continue
		}
		if c < least {
			cells, least = nil, c
		}
		cells = append(cells, all.cell(i))
	}
	return cells
}

// witness follows the costs back to the changes: of those that do, the first
// in the order of the file, question by question.
func (s *search) witness(targets []int) []Change {
	left := s.from[0].at(targets[0])
	var changes []Change
	moved := 0 // by the changes chosen so far
	for i := 0; left > 0; i++ {
		for _, o := range s.choices[i] {
			rest := slices.DeleteFunc(slices.Clone(targets), func(cell int) bool {
				return s.from[i+1].at(cell-moved-o.by)+o.cost != left
			})
			if len(rest) > 0 {
				targets, moved, left = rest, moved+o.by, left-o.cost
				changes = append(changes, s.changed(i, o.alternative))
				break
			}
		}
	}
	return changes
}

func (s *search) changed(i, alternative int) Change {
	index := s.items[i].question
	alternatives := s.c.Questions[index].Alternatives
	return Change{s.c.Quiz.Questions[index], alternatives[s.own[i]], alternatives[alternative]}
}
