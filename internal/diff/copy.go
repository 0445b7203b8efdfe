package diff

import (
	"maps"
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
)

// clone copies what changes of scoring can touch.
func clone(q *quiz.Quiz) *quiz.Quiz {
	c := *q
	c.Dimensions = slices.Clone(q.Dimensions)
	c.Questions = slices.Clone(q.Questions)
	for i := range c.Questions {
		c.Questions[i] = cloneQuestion(c.Questions[i])
	}
	c.Roles = slices.Clone(q.Roles)
	for i := range c.Roles {
		c.Roles[i].Weights = maps.Clone(c.Roles[i].Weights)
	}
	c.Hybrids = slices.Clone(q.Hybrids)
	return &c
}

func cloneQuestion(q *quiz.Question) *quiz.Question {
	one := *q
	one.Measures = maps.Clone(q.Measures)
	one.Options = slices.Clone(q.Options)
	for i := range one.Options {
		one.Options[i].Points = maps.Clone(one.Options[i].Points)
	}
	return &one
}

// set changes one number, 0 standing for one that is not there.
func set(p *quiz.Points, id string, to int) {
	if *p == nil {
		*p = make(quiz.Points)
	}
	if (*p)[id] = to; to == 0 {
		delete(*p, id)
	}
}
