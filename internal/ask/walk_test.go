package ask

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// wanderer goes back and forth, skips, edits and changes its mind for a while,
// then answers what it is asked.
type wanderer struct {
	t     *rapid.T
	moves int
}

func (w *wanderer) Welcome(Welcome) error { return nil }
func (w *wanderer) Close() error          { return nil }

func (w *wanderer) Ask(item Item) (quiz.Answer, error) {
	w.moves--
	move := rapid.IntRange(0, 5).Draw(w.t, "move")
	switch {
	case w.moves > 0 && move == 0 && item.CanBack:
		return nil, ErrBack
	case move == 1 && item.Question.Optional:
		return nil, ErrSkip
	case move == 2 && item.Answered:
		return item.Current, nil
	}
	var all []quiz.Answer
	for a := range item.Form.Alternatives() {
		all = append(all, append(quiz.Answer{}, a...))
	}
	return rapid.SampledFrom(all).Draw(w.t, "answer"), nil
}

func (w *wanderer) Review(rows []ReviewRow) (int, error) {
	w.moves--
	if w.moves <= 0 {
		return -1, nil
	}
	edit := rapid.IntRange(-2, len(rows)-1).Draw(w.t, "edit")
	if edit == -2 {
		return 0, ErrBack
	}
	return edit, nil
}

// straight answers each question once, from a list.
type straight struct{ answers quiz.Answers }

func (straight) Welcome(Welcome) error { return nil }
func (straight) Close() error          { return nil }

func (s straight) Ask(item Item) (quiz.Answer, error) {
	if a, ok := s.answers[item.Question.ID]; ok {
		return a, nil
	}
	return nil, ErrSkip
}
func (straight) Review([]ReviewRow) (int, error) { return -1, nil }

// drawQuiz draws a quiz whose questions depend on each other.
func drawQuiz(t *rapid.T) *quiz.Quiz {
	q := &quiz.Quiz{ID: "drawn", Shuffle: rapid.Bool().Draw(t, "shuffle")}
	for i := range rapid.IntRange(1, 7).Draw(t, "questions") {
		one := &quiz.Question{
			ID: fmt.Sprintf("q%d", i), Ask: "?", Kind: rapid.SampledFrom(quiz.Kinds()).Draw(t, "kind"),
			Options: options(true, "a", "b", "c"), Labels: []string{"x", "y", "z"}, Pick: quiz.Pick{Max: 2},
			Optional: rapid.IntRange(0, 2).Draw(t, "optional") == 0,
		}
		if i > 0 && rapid.Bool().Draw(t, "gated") {
			gate := q.Questions[rapid.IntRange(0, i-1).Draw(t, "gate")]
			one.When = when(gate.ID, gate.Form().IDs[:rapid.IntRange(1, 2).Draw(t, "values")]...)
		}
		q.Questions = append(q.Questions, one)
	}
	return q
}

func TestAnyWalkEndsAsTheStraightOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuiz(t)
		seed := int64(rapid.IntRange(0, 3).Draw(t, "seed"))
		walked := &Session{Compiled: score.Compile(q), Seed: seed}
		if err := walked.Run(&wanderer{t: t, moves: 30}, Welcome{}); err != nil {
			t.Fatal(err)
		}
		for i, shown := range quiztest.Shown(q, walked.Answers) {
			one := q.Questions[i]
			_, answered := walked.Answers[one.ID]
			if answered && !shown || shown && !answered && !one.Optional {
				t.Fatalf("%s: shown %v, answered %v", one.ID, shown, answered)
			}
		}
		again := &Session{Compiled: score.Compile(q), Seed: seed}
		if err := again.Run(straight{walked.Answers}, Welcome{}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(walked.Answers, again.Answers); diff != "" {
			t.Fatal(diff)
		}
	})
}
