package odds

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// path is one way through the conditions of a quiz. On it the questions shown
// are fixed, and so are the answers to gates (questions that a condition names), as far as
// conditions tell them apart. Everything else is answered freely.
type path struct {
	share   *big.Rat      // of random sheets that go this way
	sheets  *big.Int      // complete sheets that go this way
	allowed [][]int       // question → the alternatives it may have here; nil where it does not count
	answers []quiz.Answer // question → one answer that leads here; nil where it is not shown
}

// maxPaths bounds the ways through the conditions that are worked out one by one.
const maxPaths = 20_000

// gate is a question that conditions name: its alternatives, parted by what
// those conditions can see of them.
type gate struct {
	last    int     // the last question whose condition names it
	classes [][]int // alternatives that no condition tells apart
}

// walk goes through the questions in order and keeps, for each different state,
// how many sheets lead to it. Two ways that differ only in answers that neither
// count nor matter any more are one.
type walk struct {
	c     *score.Compiled
	gates map[int]*gate
	needs map[string][]quiz.Test // question id → what its answer must pass, on the ways asked for
	seen  []bool                 // question → shown on some way
	most  int                    // ways to follow
}

// step is a path half way, with the class of each gate that is still looked at.
type step struct {
	path
	class []int // question → class of a gate, −1 unknown
}

func newWalk(c *score.Compiled, ask Ask) *walk {
	w := &walk{c: c, gates: gatesOf(c, ask.Apart), needs: make(map[string][]quiz.Test), seen: make([]bool, len(c.Questions))}
	if w.most = ask.Most; w.most == 0 {
		w.most = maxPaths
	}
	for _, test := range ask.Need {
		w.needs[test.Key] = append(w.needs[test.Key], test)
	}
	return w
}

// paths lists the ways through a quiz. ok is false when there are too many.
func (w *walk) paths() (all []path, ok bool) {
	c, n := w.c, len(w.c.Questions)
	steps := []*step{{
		path:  path{share: big.NewRat(1, 1), sheets: big.NewInt(1), allowed: make([][]int, n), answers: make([]quiz.Answer, n)},
		class: slices.Repeat([]int{-1}, n),
	}}
	for i := range c.Questions {
		if steps = w.advance(steps, i); len(steps) > w.most {
			return nil, false
		}
	}
	for _, s := range steps {
		all = append(all, s.path)
	}
	return all, true
}

// gatesOf finds the gates of a quiz and parts their alternatives. What later
// conditions, those behind all questions, look at is a gate to the end.
func gatesOf(c *score.Compiled, later []quiz.When) map[int]*gate {
	gates := make(map[int]*gate)
	for i, q := range c.Quiz.Questions {
		id := q.ID
		var tests []quiz.Test
		last := -1
		look := func(when quiz.When, at int) {
			for _, clause := range when.Any {
				for _, test := range clause {
					if test.Key == id {
						tests, last = append(tests, test), at
					}
				}
			}
		}
		for j, other := range c.Quiz.Questions {
			look(other.When, j)
		}
		for _, when := range later {
			look(when, len(c.Questions))
		}
		if last >= 0 {
			gates[i] = &gate{last: last, classes: classes(q, &c.Questions[i], tests)}
		}
	}
	return gates
}

// classes parts a gate's alternatives by which of the tests they pass.
func classes(q *quiz.Question, compiled *score.Question, tests []quiz.Test) [][]int {
	form := q.Form()
	return parted(len(compiled.Alternatives), func(a int) string { return passed(form.Matches(compiled.Alternatives[a]), tests) })
}

// passed says which tests an answer passes, in which conditions find these values.
func passed(matches []string, tests []quiz.Test) string {
	var b strings.Builder
	for _, test := range tests {
		if slices.ContainsFunc(matches, func(m string) bool { return slices.Contains(test.Values, m) }) {
			b.WriteByte('+')
		} else {
			b.WriteByte('-')
		}
	}
	return b.String()
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
func (w *walk) advance(steps []*step, i int) []*step {
	var next []*step
	index := make(map[string]*step)
	for _, s := range steps {
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

// put gives the states that question i leads to from s.
func (w *walk) put(s *step, i int) []*step {
	q := &w.c.Questions[i]
	needed := len(w.needs[q.ID]) > 0
	if !w.c.Quiz.Questions[i].When.Holds(w.facts(s)) {
		if needed {
			return nil
		}
		return []*step{s}
	}
	w.seen[i] = true
	g := w.gates[i]
	if g == nil {
		all := w.fit(i, whole(len(q.Alternatives)))
		if len(all) == 0 {
			return nil
		}
		if q.Scored {
			s.allowed[i] = all
		}
		s.answers[i] = q.Alternatives[all[0]]
		s.sheets.Mul(s.sheets, big.NewInt(int64(len(q.Alternatives))))
		return []*step{s}
	}
	var all []*step
	for class, members := range g.classes {
		if members = w.fit(i, members); len(members) == 0 {
			continue
		}
		after := s.clone()
		after.class[i] = class
		if q.Scored {
			after.allowed[i] = members
		}
		after.answers[i] = q.Alternatives[members[0]]
		after.sheets.Mul(after.sheets, big.NewInt(int64(len(members))))
		after.share.Mul(after.share, big.NewRat(int64(len(members)), int64(len(q.Alternatives))))
		all = append(all, after)
	}
	return all
}

// fit keeps the alternatives that are as needed.
func (w *walk) fit(i int, alternatives []int) []int {
	tests := w.needs[w.c.Questions[i].ID]
	if len(tests) == 0 {
		return alternatives
	}
	form := w.c.Quiz.Questions[i].Form()
	return slices.DeleteFunc(slices.Clone(alternatives), func(a int) bool {
		matches := form.Matches(w.c.Questions[i].Alternatives[a])
		return slices.ContainsFunc(tests, func(t quiz.Test) bool {
			return !slices.ContainsFunc(t.Values, func(v string) bool { return slices.Contains(matches, v) })
		})
	})
}

func (s *step) clone() *step {
	return &step{
		path: path{
			share: new(big.Rat).Set(s.share), sheets: new(big.Int).Set(s.sheets),
			allowed: slices.Clone(s.allowed), answers: slices.Clone(s.answers),
		},
		class: slices.Clone(s.class),
	}
}

// facts are what conditions can see: of a gate, any answer of its class will do.
func (w *walk) facts(s *step) quiz.Facts {
	return func(key string) []string {
		for i := range w.gates {
			q := w.c.Quiz.Questions[i]
			if q.ID == key && s.class[i] >= 0 {
				return q.Form().Matches(s.answers[i])
			}
		}
		return nil
	}
}

// key tells states apart behind question i: by what counts, and by the gates
// that later conditions still look at.
func (w *walk) key(s *step, i int) string {
	var b strings.Builder
	for j := range i + 1 {
		g := w.gates[j]
		switch {
		case g != nil && (s.allowed[j] != nil || g.last > i):
			b.WriteString(strconv.Itoa(s.class[j]))
			b.WriteByte(' ')
		case s.allowed[j] != nil:
			b.WriteByte('+')
		default:
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
