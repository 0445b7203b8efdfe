package persona

import (
	"fmt"
	"slices"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Coverage is how much of the quizzes some persona reaches: questions that are
// answered, options that are picked, outcomes that come up, steps and notes that are shown.
type Coverage struct {
	Items     int
	Reached   int
	Unreached []Item
}

// Item is a part of a quiz that no persona reaches.
type Item struct {
	Path string // of the definition
	Line int
	What string // option free-morning.scan-market
}

// Percent is the share that is reached, rounded down; 100 when there is nothing to reach.
func (c *Coverage) Percent() int {
	if c.Items == 0 {
		return 100
	}
	return c.Reached * 100 / c.Items
}

// cover looks at what the personas reach, quiz by quiz.
func cover(tests []*Test) *Coverage {
	all := &Coverage{}
	for _, g := range groups(tests) {
		reached := make(map[*doc.Node]bool)
		for _, t := range g.tests {
			for i := range t.Personas {
				reach(g.Compiled, g.source.Root, &t.Personas[i], reached)
			}
		}
		for _, p := range parts(g.Compiled.Quiz, g.source.Root) {
			if all.Items++; reached[p.node] {
				all.Reached++
				continue
			}
			line, _ := g.source.Position(p.node.Span.Start)
			all.Unreached = append(all.Unreached, Item{g.QuizPath, line, p.what})
		}
	}
	return all
}

// reach notes what one persona reaches. One without a result reaches nothing.
// Tables stand in the file in the order in which the quiz has them.
func reach(c *score.Compiled, root *doc.Node, p *Persona, reached map[*doc.Node]bool) {
	r, err := c.Score(p.Answers)
	if err != nil {
		return
	}
	for i, node := range root.List("question") {
		a, answered := r.Answers[c.Quiz.Questions[i].ID]
		reached[node] = reached[node] || answered
		options := node.List("option")
		for _, pick := range a {
			if pick < len(options) { // a scale has none
				reached[options[pick]] = true
			}
		}
	}
	node := slices.Concat(root.List("role"), root.List("hybrid"))[r.Verdict()]
	reached[node] = true
	for i, one := range node.List("step") {
		reached[one] = reached[one] || c.Steps[r.Verdict()][i].Holds(r.Known())
	}
	for i, one := range root.List("note") {
		reached[one] = reached[one] || c.Notes[i].Holds(r.Known())
	}
}

// reachable is a part of a quiz that a persona may reach.
type reachable struct {
	node *doc.Node
	what string
}

// parts lists what can be reached, in the order of the quiz.
func parts(q *quiz.Quiz, root *doc.Node) []reachable {
	var all []reachable
	add := func(node *doc.Node, format string, args ...any) {
		all = append(all, reachable{node, fmt.Sprintf(format, args...)})
	}
	outcome := func(node *doc.Node, id string, steps []quiz.Step) {
		add(node, "outcome %s", id)
		for i, one := range node.List("step") {
			add(one, "step of %s: %s", id, text.Short(steps[i].Title))
		}
	}
	for i, node := range root.List("question") {
		one := q.Questions[i]
		add(node, "question %s", one.ID)
		for j, option := range node.List("option") {
			add(option, "option %s.%s", one.ID, one.Options[j].ID)
		}
	}
	for i, node := range root.List("role") {
		outcome(node, q.Roles[i].ID, q.Roles[i].Steps)
	}
	for i, node := range root.List("hybrid") {
		outcome(node, q.Hybrids[i].ID, q.Hybrids[i].Steps)
	}
	for i, node := range root.List("note") {
		add(node, "note: %s", text.Short(q.Notes[i].Text))
	}
	return all
}
