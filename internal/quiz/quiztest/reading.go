package quiztest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Facts are what conditions can see, as the format's page words it: which values
// each key has now.
type Facts map[string][]string

// Known gives the facts that answers establish: those of shown questions, and
// outcome and strength where there are any.
func Known(q *quiz.Quiz, answers quiz.Answers, outcome, strength string) Facts {
	known := Facts{}
	for i, shown := range Shown(q, answers) {
		one := q.Questions[i]
		if a, ok := answers[one.ID]; ok && shown {
			known[one.ID] = values(one, a)
		}
	}
	if outcome != "" {
		known[quiz.KeyOutcome], known[quiz.KeyStrength] = []string{outcome}, []string{strength}
	}
	return known
}

// Shown tells for each question whether these answers lead to it, by ids. It is
// what package score is held against.
func Shown(q *quiz.Quiz, answers quiz.Answers) []bool {
	shown, known := make([]bool, len(q.Questions)), Facts{}
	for i, one := range q.Questions {
		shown[i] = Holds(one.When, known)
		if a, ok := answers[one.ID]; ok && shown[i] {
			known[one.ID] = values(one, a)
		}
	}
	return shown
}

// values are the ids that a condition finds in an answer.
func values(q *quiz.Question, a quiz.Answer) (ids []string) {
	for place, pick := range a {
		if place == 0 || q.Kind != "rank" {
			ids = append(ids, q.Form().IDs[pick])
		}
	}
	return ids
}

// Holds evaluates a condition by facts.
func Holds(w quiz.When, known Facts) bool {
	passes := func(t quiz.Test) bool {
		return slices.ContainsFunc(t.Values, func(v string) bool { return slices.Contains(known[t.Key], v) })
	}
	return !w.Set || slices.ContainsFunc(w.Any, func(c quiz.Clause) bool {
		return !slices.ContainsFunc(c, func(t quiz.Test) bool { return !passes(t) })
	})
}

// Advise gives a quiz steps and notes under conditions on answers and results.
func Advise(t *rapid.T, q *quiz.Quiz) {
	var outcomes []string
	for _, r := range q.Roles {
		outcomes = append(outcomes, r.ID)
	}
	for _, h := range q.Hybrids {
		outcomes = append(outcomes, h.ID)
	}
	condition := func() quiz.When {
		w := when(t, q)
		test := quiz.Test{Key: quiz.KeyOutcome, Values: rapid.SliceOfDistinct(rapid.SampledFrom(outcomes), rapid.ID[string]).Draw(t, "outcomes")}
		if rapid.Bool().Draw(t, "on strength") {
			test = quiz.Test{Key: quiz.KeyStrength, Values: rapid.SliceOfDistinct(rapid.SampledFrom(quiz.Strengths()), rapid.ID[string]).Draw(t, "strengths")}
		}
		if rapid.Bool().Draw(t, "both") {
			w.Any[0] = append(w.Any[0], test)
		} else {
			w.Any = append(w.Any, quiz.Clause{test})
		}
		return w
	}
	for i := range q.Roles {
		q.Roles[i].Steps = []quiz.Step{{Title: "always"}, {Title: "sometimes", When: condition()}}
	}
	for i := range q.Hybrids {
		q.Hybrids[i].Steps = []quiz.Step{{Title: "sometimes", When: condition()}}
	}
	q.Notes = []quiz.Note{{Text: "sometimes", When: condition()}, {Text: "never", When: quiz.When{Set: true}}}
}
