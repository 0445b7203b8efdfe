// Package score turns a quiz into its compiled form and scores answer sheets by
// it, in whole numbers and fractions: no floating point decides anything. It must
// not know files, nor what is said of a result.
package score

import (
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Compiled is a quiz as arithmetic sees it: every question a finite list of
// alternatives with points, every role a list of weights. Vectors are indexed
// by dimension, in the order of the quiz.
type Compiled struct {
	Quiz      *quiz.Quiz
	Questions []Question // as in the quiz
	Weights   [][]int    // role, dimension → what the role asks for

	Steps [][]Condition // outcome, step → when it is shown
	Notes []Condition   // note → when it is shown

	members []uint32 // hybrid → its roles, as bits
}

// Question is one question's list of alternatives.
type Question struct {
	ID           string
	Scored       bool          // some alternative can earn points; context otherwise
	Optional     bool          // may be skipped
	Steps        bool          // its alternatives are the steps of a scale
	When         Condition     // asked only when this holds
	Alternatives []quiz.Answer // every allowed answer, in order
	Points       [][]int       // alternative, dimension → points
	Min, Max     []int         // dimension → the least and the most an alternative earns

	form quiz.Form
}

// Compile prepares a quiz for scoring.
func Compile(q *quiz.Quiz) *Compiled {
	c := &Compiled{Quiz: q, members: memberships(q)}
	dims := make([]string, len(q.Dimensions))
	for i, d := range q.Dimensions {
		dims[i] = d.ID
	}
	for _, one := range q.Questions {
		c.Questions = append(c.Questions, compileQuestion(one, dims))
	}
	for _, r := range q.Roles {
		weights := make([]int, len(dims))
		for d, id := range dims {
			weights[d] = r.Weights[id]
		}
		c.Weights = append(c.Weights, weights)
	}
	c.compileConditions()
	return c
}

func compileQuestion(q *quiz.Question, dims []string) Question {
	form := q.Form()
	c := Question{ID: q.ID, Scored: q.Scored(), Optional: q.Optional, Steps: form.Steps, form: form}
	n := form.Count()
	points, picks := make([]int, n*len(dims)), make(quiz.Answer, 0, n*form.Max) // two blocks: a multi has up to 1,024 alternatives
	c.Alternatives, c.Points = make([]quiz.Answer, 0, n), make([][]int, 0, n)
	for a := range form.Alternatives() {
		earned := points[:len(dims):len(dims)]
		points = points[len(dims):]
		q.Points(a, dims, earned)
		picks = append(picks, a...)
		c.Alternatives = append(c.Alternatives, picks[len(picks)-len(a):len(picks):len(picks)])
		c.Points = append(c.Points, earned)
	}
	c.Min, c.Max = slices.Clone(c.Points[0]), slices.Clone(c.Points[0])
	for _, earned := range c.Points {
		for d, p := range earned {
			c.Min[d] = min(c.Min[d], p)
			c.Max[d] = max(c.Max[d], p)
		}
	}
	return c
}

// Index finds the alternative that an answer is, or −1 if it is not allowed.
func (q *Question) Index(a quiz.Answer) int {
	return slices.IndexFunc(q.Alternatives, func(b quiz.Answer) bool { return slices.Equal(a, b) })
}

// Always reports whether a question is scored and asked of everybody.
func (q *Question) Always() bool { return q.Scored && !q.When.Set }
