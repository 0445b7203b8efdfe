package persona

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
)

// mutant is a quiz with one number changed.
type mutant struct {
	site
	to int
}

func (m mutant) change() string { return fmt.Sprintf("%s %d → %d", m.name, m.value, m.to) }

// apply makes the changed quiz; the given one stays as it is. Its digest is
// that of the original: nothing here looks at it.
func (m mutant) apply(q *quiz.Quiz) *quiz.Quiz {
	mutated := *q
	m.set(&mutated, m.to)
	return &mutated
}

// site is a number that stands in a definition.
type site struct {
	part
	name  string // points.strategy
	line  int
	value int
	set   func(q *quiz.Quiz, to int) // on a copy whose parts are shared: it copies what it changes
}

// part says what the number belongs to.
type part struct {
	kind  partKind
	index int // of the question, role or hybrid
}

type partKind int

const (
	ofQuestion partKind = iota
	ofRole
	ofHybrid
)

// mostPoints is the limit of points and weights, and of a margin; the first two may be as far below 0.
const mostPoints = 100

// mutants lists all single changes: each point, weight and margin that is
// written in the file down and up by one, within the limits of the format, and
// each reverse key turned.
func mutants(q *quiz.Quiz, source *doc.File) []mutant {
	var all []mutant
	for _, s := range sites(source) {
		low := -mostPoints
		if s.kind == ofHybrid {
			low = 0
		}
		for _, to := range []int{s.value - 1, s.value + 1} {
			if to >= low && to <= mostPoints {
				all = append(all, mutant{s, to})
			}
		}
		if s.kind == ofQuestion && q.Questions[s.index].Measures != nil && s.value < 0 {
			all = append(all, mutant{s, -s.value})
		}
	}
	return all
}

// sites lists the numbers in the order of the file. Tables stand in the file in
// the order in which the quiz has them.
func sites(source *doc.File) []site {
	c := &census{source: source}
	for i, table := range source.Root.List("question") {
		c.question(i, table)
	}
	for i, table := range source.Root.List("role") {
		c.points(part{ofRole, i}, table, "weights", func(q *quiz.Quiz, id string, to int) {
			q.Roles = slices.Clone(q.Roles)
			q.Roles[i].Weights = with(q.Roles[i].Weights, id, to)
		})
	}
	for i, table := range source.Root.List("hybrid") {
		c.add(part{ofHybrid, i}, "margin", table.Fields["margin"], func(q *quiz.Quiz, to int) {
			q.Hybrids = slices.Clone(q.Hybrids)
			q.Hybrids[i].Margin = to
		})
	}
	slices.SortStableFunc(c.all, func(a, b site) int { return cmp.Compare(a.line, b.line) })
	return c.all
}

// census collects the numbers of a definition.
type census struct {
	source *doc.File
	all    []site
}

func (c *census) add(p part, name string, value *doc.Node, set func(*quiz.Quiz, int)) {
	line, _ := c.source.Position(value.Span.Start)
	c.all = append(c.all, site{p, name, line, int(value.Int), set})
}

func (c *census) question(i int, table *doc.Node) {
	p := part{ofQuestion, i}
	c.points(p, table, "measures", func(q *quiz.Quiz, id string, to int) {
		one := ownQuestion(q, i)
		one.Measures = with(one.Measures, id, to)
	})
	for j, option := range table.List("option") {
		c.points(p, option, "points", func(q *quiz.Quiz, id string, to int) {
			one := ownQuestion(q, i)
			one.Options = slices.Clone(one.Options)
			one.Options[j].Points = with(one.Options[j].Points, id, to)
		})
	}
}

// points collects a table of numbers by dimension.
func (c *census) points(p part, table *doc.Node, key string, set func(q *quiz.Quiz, id string, to int)) {
	points := table.Fields[key]
	if points == nil {
		return
	}
	for _, id := range points.Keys {
		c.add(p, key+"."+id, points.Fields[id], func(q *quiz.Quiz, to int) { set(q, id, to) })
	}
}

// ownQuestion gives a copied quiz its own copy of a question.
func ownQuestion(q *quiz.Quiz, i int) *quiz.Question {
	one := *q.Questions[i]
	q.Questions = slices.Clone(q.Questions)
	q.Questions[i] = &one
	return &one
}

func with(p quiz.Points, id string, to int) quiz.Points {
	changed := maps.Clone(p)
	changed[id] = to
	return changed
}
