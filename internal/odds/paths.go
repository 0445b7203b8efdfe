package odds

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/score"
)

// path is a way with how many sheets go it.
type path struct {
	Way
	share  *big.Rat // of random sheets
	sheets *big.Int // complete sheets
}

// maxPaths bounds the ways through the conditions that are worked out one by one.
const maxPaths = 20_000

// walk goes through the questions in order and keeps, for each different state,
// how many sheets lead to it. Two ways that differ only in answers that neither
// count nor matter any more are one.
type walk struct {
	c       *score.Compiled
	last    []int          // question → the last one whose condition names it, −1 where none does
	classes [][][]int      // question → its alternatives, parted by what conditions tell apart
	needs   [][]score.Test // question → what its answer must pass, on the ways asked for
	seen    []bool         // question → shown on some way
	most    int            // ways to follow
}

func newWalk(c *score.Compiled, ask Ask) *walk {
	n := len(c.Questions)
	w := &walk{c: c, needs: make([][]score.Test, n), seen: make([]bool, n), most: ask.Most}
	if w.most == 0 {
		w.most = maxPaths
	}
	for _, test := range ask.Need {
		w.needs[test.Key] = append(w.needs[test.Key], test)
	}
	w.findGates(ask.Apart)
	return w
}

// findGates parts the alternatives of all questions. What later conditions,
// those behind all questions, look at is a gate to the end.
func (w *walk) findGates(later []score.Condition) {
	n := len(w.c.Questions)
	w.last = slices.Repeat([]int{-1}, n)
	tests := make([][]score.Test, n)
	look := func(when score.Condition, at int) {
		for _, clause := range when.Any {
			for _, test := range clause {
				if test.Key < n {
					tests[test.Key], w.last[test.Key] = append(tests[test.Key], test), at
				}
			}
		}
	}
	for i := range w.c.Questions {
		look(w.c.Questions[i].When, i)
	}
	for _, when := range later {
		look(when, n)
	}
	for i := range w.c.Questions {
		of := tests[i]
		w.classes = append(w.classes, parted(len(w.c.Questions[i].Alternatives), func(a int) string { return passed(a, of) }))
	}
}

// paths lists the ways through a quiz. ok is false when there are too many.
func (w *walk) paths() (all []*path, ok bool) {
	start := Way{make([][]int, len(w.c.Questions)), slices.Repeat([]int{score.Unknown}, w.c.Keys())}
	all = []*path{{start, big.NewRat(1, 1), big.NewInt(1)}}
	for i := range w.c.Questions {
		if all = w.advance(all, i); len(all) > w.most {
			return nil, false
		}
	}
	return all, true
}

// passed says which tests of a question an alternative passes.
func passed(alternative int, tests []score.Test) string {
	marks := make([]byte, len(tests))
	for i, test := range tests {
		marks[i] = '-'
		if test.Passes[alternative] {
			marks[i] = '+'
		}
	}
	return string(marks)
}

// parted groups alternatives of which the same is said, in the order of the first of each.
func parted(alternatives int, say func(a int) string) [][]int {
	index := make(map[string]int)
	var all [][]int
	for a := range alternatives {
		said := say(a)
		class, known := index[said]
		if !known {
			class = len(all)
			index[said] = class
			all = append(all, nil)
		}
		all[class] = append(all[class], a)
	}
	return all
}

// advance puts question i to every state.
func (w *walk) advance(states []*path, i int) []*path {
	var next []*path
	index := make(map[string]*path)
	for _, s := range states {
		for _, after := range w.put(s, i) {
			key := w.key(after, i)
			if same := index[key]; same != nil {
				same.share.Add(same.share, after.share)
				same.sheets.Add(same.sheets, after.sheets)
				continue
			}
			index[key] = after
			next = append(next, after)
		}
	}
	return next
}

// put gives the states that question i leads to from s, which it may change.
func (w *walk) put(s *path, i int) (all []*path) {
	q := &w.c.Questions[i]
	if !q.When.Holds(s.Known) {
		if len(w.needs[i]) > 0 {
			return nil
		}
		return []*path{s}
	}
	w.seen[i] = true
	for _, members := range w.classes[i] {
		if members = w.fit(i, members); len(members) == 0 {
			continue
		}
		after := s
		if len(w.classes[i]) > 1 {
			after = s.clone()
			after.share.Mul(after.share, big.NewRat(int64(len(members)), int64(len(q.Alternatives))))
		}
		after.sheets.Mul(after.sheets, big.NewInt(int64(len(members))))
		after.Known[i] = members[0]
		if q.Scored {
			after.Allowed[i] = members
		}
		all = append(all, after)
	}
	return all
}

// fit keeps the alternatives that are as needed.
func (w *walk) fit(i int, alternatives []int) []int {
	if len(w.needs[i]) == 0 {
		return alternatives
	}
	return slices.DeleteFunc(slices.Clone(alternatives), func(a int) bool {
		return slices.ContainsFunc(w.needs[i], func(t score.Test) bool { return !t.Passes[a] })
	})
}

func (p *path) clone() *path {
	return &path{Way{slices.Clone(p.Allowed), slices.Clone(p.Known)}, new(big.Rat).Set(p.share), new(big.Int).Set(p.sheets)}
}

// key tells states apart behind question i: by what counts, and by the gates
// that later conditions still look at.
func (w *walk) key(s *path, i int) string {
	var b strings.Builder
	for j := range i + 1 {
		if s.Allowed[j] != nil || w.last[j] > i {
			b.WriteString(strconv.Itoa(s.Known[j]))
			b.WriteByte(' ')
		} else {
			b.WriteByte('-')
		}
	}
	return b.String()
}

func whole(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
