package cohort

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/lane"
)

// group is what the rows with one value of the group column come to.
type group struct {
	name     string
	rows     int64
	outcomes []int64
	scores   []map[int]*sums         // dimension, width (max − min) → the raw sums above the least of the rows that have it
	frames   map[*lane.Frame][]*sums // the same by dimension, of rows with such questions in play; nil where it is not measured
	last     *lane.Frame
	lasts    []*sums
}

// sums of values and of their squares.
type sums struct{ n, sum, squares int64 }

func (s *sums) merge(o *sums) {
	s.n += o.n
	s.sum += o.sum
	s.squares += o.squares
}

// maxGroups bounds how many groups are told apart.
const maxGroups = 10_000

// maxGroup bounds the name of a group, in bytes.
const maxGroup = 200

// groupOf is the name of the group that a cell says. A longer one is cut, and told from
// others that begin alike by its hash.
func groupOf(cell []byte) string {
	if len(cell) > maxGroup {
		return fmt.Sprintf("%s… (%016x)", strings.ToValidUTF8(string(cell[:maxGroup]), ""), hashID(cell))
	}
	return string(cell)
}

// groupNamed finds the group that a cell says; nil: there are too many.
func (w *worker) groupNamed(cell []byte) *group {
	if w.group != nil && w.group.name == string(cell) {
		return w.group
	}
	g := w.groups[string(cell)]
	if g == nil {
		name := groupOf(cell)
		if g = w.groups[name]; g == nil {
			if len(w.groups) >= maxGroups {
				w.manyGroups = true
				return nil
			}
			g = w.newGroup(name)
			w.groups[name] = g
		}
	}
	w.group = g
	return g
}

func (s *quizInfo) newGroup(name string) *group {
	g := &group{name: name, outcomes: make([]int64, len(s.names)), scores: make([]map[int]*sums, len(s.items)), frames: make(map[*lane.Frame][]*sums)}
	for d := range g.scores {
		g.scores[d] = make(map[int]*sums)
	}
	return g
}

func (w *worker) countGroup(x *row) {
	g := w.groupNamed(x.cells[w.plan.By])
	if g == nil {
		return
	}
	g.rows++
	g.outcomes[x.verdict.Outcome]++
	for d, to := range g.of(x.situation.Frame) {
		if to != nil {
			above := int64(x.raw[d])
			to.n++
			to.sum += above
			to.squares += above * above
		}
	}
}

// of gives where rows with such questions in play are summed up.
func (g *group) of(f *lane.Frame) []*sums {
	if g.last == f {
		return g.lasts
	}
	all, known := g.frames[f]
	if !known {
		all = make([]*sums, len(g.scores))
		for d := range all {
			if f.Measured(d) {
				all[d] = g.sums(d, f.Max[d]-f.Min[d])
			}
		}
		if len(g.frames) >= maxFrames {
			clear(g.frames)
		}
		g.frames[f] = all
	}
	g.last, g.lasts = f, all
	return all
}

// maxFrames bounds how many arithmetics a group remembers its sums by.
const maxFrames = 64

func (g *group) sums(d, width int) *sums {
	s := g.scores[d][width]
	if s == nil {
		s = new(sums)
		g.scores[d][width] = s
	}
	return s
}

func (g *group) merge(o *group) {
	g.rows += o.rows
	addAll(g.outcomes, o.outcomes)
	for d := range o.scores {
		for width, more := range o.scores[d] {
			g.sums(d, width).merge(more)
		}
	}
}

func (t *tally) mergeGroups(o *tally) {
	if t.manyGroups = t.manyGroups || o.manyGroups; t.manyGroups {
		t.groups = nil // they are not told apart any more
		return
	}
	for name, g := range o.groups {
		if mine := t.groups[name]; mine != nil {
			mine.merge(g)
			continue
		}
		t.groups[name] = g
	}
	if t.manyGroups = len(t.groups) > maxGroups; t.manyGroups {
		t.groups = nil
	}
}

// groupNames lists the groups in order.
func (t *tally) groupNames() []string {
	names := make([]string, 0, len(t.groups))
	for name := range t.groups {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
