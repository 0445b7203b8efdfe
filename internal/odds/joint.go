package odds

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/score"
)

// joint is the arithmetic of both versions on one way. Every alternative moves
// a list of features, and the differences of the fits in both versions are
// whole-number combinations of those.
type joint struct {
	pair     *pair
	frames   [2]*score.Frame // nil: this way measures too little for any outcome
	question []int           // item → entry
	items    []item          // alternatives are numbered within allowed; points are the features
	points   [2][][][]int    // version, item, alternative → points by dimension; nil where it does not count
	start    [2][]int        // version → raw sums of the reference sheet: every first alternative
	columns  [][]*big.Int    // feature → what one of it adds to each difference
}

// join sets up one way.
func (p *pair) join(w *way) *joint {
	j := &joint{pair: p}
	for v, c := range p.versions {
		j.frames[v], _ = c.Frame(w.inPlay[v])
		j.start[v] = make([]int, len(c.Quiz.Dimensions))
	}
	for i, e := range p.entries {
		if w.plays(e, 0) || w.plays(e, 1) {
			j.enter(w, i)
		}
	}
	j.reduce()
	return j
}

// enter adds an entry's alternatives.
func (j *joint) enter(w *way, i int) {
	e := j.pair.entries[i]
	j.question = append(j.question, i)
	j.items = append(j.items, item{question: i, allowed: whole(len(w.allowed[i])), points: make([][]int, len(w.allowed[i]))})
	for v, c := range j.pair.versions {
		var points [][]int
		if w.plays(e, v) {
			for _, a := range w.allowed[i] {
				points = append(points, c.Questions[e.in[v]].Points[e.both[a][v]])
			}
			move(j.start[v], points[0], 1)
		}
		j.points[v] = append(j.points[v], points)
	}
}

// same reports whether neither version gives the sheets of this way an outcome: then none moves.
func (j *joint) same() bool {
	return j.frames[0] == nil && j.frames[1] == nil
}

// chosen puts a choice among the items' alternatives back to the entries, −1
// for those that do not count.
func (j *joint) chosen(w *way, answers []int) []int {
	chosen := slices.Repeat([]int{-1}, len(j.pair.entries))
	for i, a := range answers {
		chosen[j.question[i]] = w.allowed[j.question[i]][a]
	}
	return chosen
}

// judge decides both outcomes of a sheet, given as a choice among each item's
// alternatives, from its raw sums.
func (j *joint) judge(at []int) (turn [2]int) {
	for v, f := range j.frames {
		if f == nil {
			turn[v] = none
			continue
		}
		raw := make([]int, len(f.Min))
		for i, points := range j.points[v] {
			if points != nil {
				move(raw, points[at[i]], 1)
			}
		}
		turn[v] = j.pair.index[v][f.Judge(raw).Outcome]
	}
	return turn
}

// feature is something that answers add up: a dimension of one version, or what
// two of them have in common.
type feature struct {
	version   int
	dimension string
	values    [][]int    // item, alternative → how much; 0 for the first alternative
	column    []*big.Int // difference → what one of it adds
}

// reduce finds few features that both versions' differences are made of. What
// the versions share is counted once: raw sums that are the same, or the same
// but for a factor. Where they differ a little, the second is put as the change
// against the first, which reaches less far.
func (j *joint) reduce() {
	all := merged(append(j.features(0), j.features(1)...))
	for _, f := range all {
		for _, base := range all {
			if f.version == 1 && base.version == 0 && f.dimension == base.dimension {
				f.against(base)
			}
		}
	}
	all = merged(all)
	for i := range j.items {
		for a := range j.items[i].points {
			j.items[i].points[a] = make([]int, len(all))
			for n, f := range all {
				j.items[i].points[a][n] = f.values[i][a]
			}
		}
	}
	for _, f := range all {
		j.columns = append(j.columns, f.column)
	}
}

// differences is how many differences of fits a version has: of each role
// against its first.
func (j *joint) differences(version int) int {
	if j.frames[version] == nil {
		return 0
	}
	return len(j.pair.versions[version].Weights) - 1
}

// features lists the weighed dimensions of a version.
func (j *joint) features(version int) []*feature {
	f := j.frames[version]
	if f == nil {
		return nil
	}
	first, c := 0, j.pair.versions[version]
	if version == 1 {
		first = j.differences(0)
	}
	var all []*feature
	for d := range f.Min {
		if !f.Weighed(d) {
			continue
		}
		one := &feature{version: version, dimension: c.Quiz.Dimensions[d].ID, column: zeros[big.Int](j.differences(0) + j.differences(1))}
		_, slope0 := f.Line(0)
		for r := range j.differences(version) {
			_, slope := f.Line(r + 1)
			one.column[first+r].Sub(slope[d], slope0[d])
		}
		for i, points := range j.points[version] {
			values := make([]int, len(j.items[i].allowed))
			for a := range points {
				values[a] = points[a][d] - points[0][d]
			}
			one.values = append(one.values, values)
		}
		all = append(all, one)
	}
	return all
}

// against writes f as its change against a base, where that reaches less far.
func (f *feature) against(base *feature) {
	change := make([][]int, len(f.values))
	for i, values := range f.values {
		change[i] = slices.Clone(values)
		for a := range values {
			change[i][a] -= base.values[i][a]
		}
	}
	if breadth(change) >= breadth(f.values) {
		return
	}
	f.values = change
	for d := range f.column {
		base.column[d].Add(base.column[d], f.column[d])
	}
}

// breadth is how far the sums of values can lie apart.
func breadth(values [][]int) (n int) {
	for _, of := range values {
		n += slices.Max(of) - slices.Min(of)
	}
	return n
}

// merged makes one feature of those whose values are in proportion, and leaves
// out those that never move or that nothing depends on.
func merged(all []*feature) (kept []*feature) {
	index := make(map[string]*feature)
	for _, f := range all {
		key, factor := f.simplify()
		if factor == 0 {
			continue
		}
		if same := index[key]; same != nil {
			for d := range f.column {
				same.column[d].Add(same.column[d], f.column[d])
			}
			continue
		}
		index[key] = f
		kept = append(kept, f)
	}
	return slices.DeleteFunc(kept, func(f *feature) bool {
		return !slices.ContainsFunc(f.column, func(n *big.Int) bool { return n.Sign() != 0 })
	})
}

// simplify divides the values by their common factor, with the sign of the
// first that is not 0, and moves it to the column. The factor is 0 when all are.
func (f *feature) simplify() (key string, factor int) {
	sign := 0
	for _, values := range f.values {
		for _, v := range values {
			if sign == 0 {
				sign = cmp.Compare(v, 0)
			}
			factor = gcd(factor, max(v, -v))
		}
	}
	if factor *= sign; factor == 0 {
		return "", 0
	}
	for _, values := range f.values {
		for a := range values {
			values[a] /= factor
		}
	}
	by := big.NewInt(int64(factor))
	for _, n := range f.column {
		n.Mul(n, by)
	}
	return fmt.Sprint(f.values), factor
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
