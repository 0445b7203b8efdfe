// Package quiztest draws random quizzes and answers for property tests, and reads
// conditions as the format's page has them. It is for tests alone, and must not use
// the code that they are about.
package quiztest

import (
	"fmt"
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Read reads a definition that has no fault from a file.
func Read(t testing.TB, file string) *quiz.Quiz {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	q, found := quiz.Decode(file, src)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return q
}

// Size bounds what Quiz draws.
type Size struct {
	Dimensions, Questions, Roles, Entries int
	Conditions                            bool
}

// Small is a size whose every answer sheet can be listed.
var Small = Size{Dimensions: 3, Questions: 5, Roles: 4, Entries: 4, Conditions: true}

// Quiz draws a quiz with all kinds of question. It is well formed, but it may
// measure too little for some sheets, or never reach some outcome.
func Quiz(t *rapid.T, size Size) *quiz.Quiz {
	q := &quiz.Quiz{Format: quiz.Format, ID: "random", Version: "1.0.0", Title: "Random"}
	q.Scoring = quiz.Scoring{
		Strong:      rapid.IntRange(0, 100).Draw(t, "strong"),
		Moderate:    rapid.IntRange(0, 100).Draw(t, "moderate"),
		MinComplete: rapid.SampledFrom([]int{1, 50, 100}).Draw(t, "min complete"),
	}
	for i := range rapid.IntRange(1, size.Dimensions).Draw(t, "dimensions") {
		q.Dimensions = append(q.Dimensions, quiz.Dimension{ID: fmt.Sprintf("d%d", i), Name: fmt.Sprintf("D%d", i)})
	}
	for i := range rapid.IntRange(1, size.Questions).Draw(t, "questions") {
		q.Questions = append(q.Questions, question(t, q, i, size))
	}
	for i := range rapid.IntRange(2, size.Roles).Draw(t, "roles") {
		id := fmt.Sprintf("r%d", i)
		q.Roles = append(q.Roles, quiz.Role{ID: id, Name: id, Weights: weights(t, q)})
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "hybrids") {
		q.Hybrids = append(q.Hybrids, hybrid(t, q, i))
	}
	return q
}

func question(t *rapid.T, q *quiz.Quiz, i int, size Size) *quiz.Question {
	one := &quiz.Question{ID: fmt.Sprintf("q%d", i), Ask: "?", Kind: rapid.SampledFrom(quiz.Kinds()).Draw(t, "kind")}
	one.Optional = rapid.Bool().Draw(t, "optional")
	n := rapid.IntRange(2, size.Entries).Draw(t, "entries")
	if one.Kind == "scale" {
		for j := range n {
			one.Labels = append(one.Labels, fmt.Sprint(j+1))
		}
		one.Measures = points(t, q, 3)
	} else {
		for j := range min(n, 3) {
			one.Options = append(one.Options, quiz.Option{ID: fmt.Sprintf("o%d", j), Text: "!", Points: points(t, q, 3)})
		}
	}
	if one.Kind == "multi" {
		one.Pick.Max = rapid.IntRange(1, len(one.Options)).Draw(t, "max")
		one.Pick.Min = rapid.IntRange(0, min(one.Pick.Max, len(one.Options)-1)).Draw(t, "min")
	}
	if size.Conditions && i > 0 && rapid.IntRange(0, 2).Draw(t, "conditional") == 0 {
		one.When = when(t, q)
	}
	return one
}

func when(t *rapid.T, q *quiz.Quiz) quiz.When {
	w := quiz.When{Set: true}
	for range rapid.IntRange(1, 2).Draw(t, "clauses") {
		var c quiz.Clause
		for range rapid.IntRange(1, 2).Draw(t, "tests") {
			gate := rapid.SampledFrom(q.Questions).Draw(t, "gate")
			values := rapid.SliceOfNDistinct(rapid.SampledFrom(gate.Form().IDs), 1, 2, rapid.ID[string]).Draw(t, "values")
			c = append(c, quiz.Test{Key: gate.ID, Values: values})
		}
		w.Any = append(w.Any, c)
	}
	return w
}

// points draws few of them, so that ties and equal scores are common.
func points(t *rapid.T, q *quiz.Quiz, most int) quiz.Points {
	p := make(quiz.Points)
	for _, d := range q.Dimensions {
		if n := rapid.IntRange(-most, most).Draw(t, "points"); n != 0 && rapid.Bool().Draw(t, "has points") {
			p[d.ID] = n
		}
	}
	return p
}

func weights(t *rapid.T, q *quiz.Quiz) quiz.Points {
	w := points(t, q, 3)
	if len(w) == 0 {
		w[rapid.SampledFrom(q.Dimensions).Draw(t, "weighed").ID] = rapid.SampledFrom([]int{-2, 1, 3}).Draw(t, "weight")
	}
	return w
}

func hybrid(t *rapid.T, q *quiz.Quiz, i int) quiz.Hybrid {
	ids := make([]string, len(q.Roles))
	for j, r := range q.Roles {
		ids[j] = r.ID
	}
	id := fmt.Sprintf("h%d", i)
	return quiz.Hybrid{
		ID: id, Name: id,
		Roles:  rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 2, len(ids), rapid.ID[string]).Draw(t, "hybrid roles"),
		Margin: rapid.SampledFrom([]int{0, 5, 10, 25, 50}).Draw(t, "margin"),
	}
}

// Answers draws a sheet: an answer to every question that is shown, or to most of them.
func Answers(t *rapid.T, q *quiz.Quiz, complete bool) quiz.Answers {
	answers := make(quiz.Answers)
	for i, one := range q.Questions {
		if !Shown(q, answers)[i] || !complete && rapid.IntRange(0, 4).Draw(t, "left out") == 0 {
			continue
		}
		answers[one.ID] = Answer(t, one)
	}
	return answers
}

// Answer draws an allowed answer to one question.
func Answer(t *rapid.T, q *quiz.Question) quiz.Answer {
	form := q.Form()
	var all []quiz.Answer
	for a := range form.Alternatives() {
		all = append(all, append(quiz.Answer{}, a...))
	}
	return rapid.SampledFrom(all).Draw(t, "answer")
}
