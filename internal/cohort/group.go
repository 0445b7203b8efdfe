package cohort

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/score"
)

// group is what the rows with one value of the group column come to.
type group struct {
	rows     int64
	outcomes []int64
	scores   [][]widthSums // dimension → by width
}

// widthSums sums up the raw scores, above the least, of a group's rows in which
// a dimension has the same width, max − min.
type widthSums struct{ width, n, sum, squares int64 }

// add puts sums of a dimension to those of the same width.
func (g *group) add(d int, more widthSums) {
	for i := range g.scores[d] {
		if one := &g.scores[d][i]; one.width == more.width {
			one.n += more.n
			one.sum += more.sum
			one.squares += more.squares
			return
		}
	}
	g.scores[d] = append(g.scores[d], more)
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

func (w *worker) inGroup(cell []byte, f *frame, v score.Verdict) {
	name := groupOf(cell)
	g := w.groups[name]
	if g == nil {
		if len(w.groups) >= maxGroups {
			w.manyGroups = true
			return
		}
		g = &group{outcomes: make([]int64, len(w.names)), scores: make([][]widthSums, len(w.raw))}
		w.groups[name] = g
	}
	g.rows++
	g.outcomes[v.Outcome]++
	for d, raw := range w.raw {
		if f.Measured(d) {
			above := int64(raw - f.Min[d])
			g.add(d, widthSums{int64(f.Max[d] - f.Min[d]), 1, above, above * above})
		}
	}
}

func (t *tally) mergeGroups(o *tally) {
	if t.manyGroups = t.manyGroups || o.manyGroups; t.manyGroups {
		t.groups = nil // they are not told apart any more
		return
	}
	for name, g := range o.groups {
		mine := t.groups[name]
		if mine == nil {
			t.groups[name] = g
			continue
		}
		mine.rows += g.rows
		addAll(mine.outcomes, g.outcomes)
		for d, sums := range g.scores {
			for _, one := range sums {
				mine.add(d, one)
			}
		}
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
