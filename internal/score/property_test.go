package score_test

import (
	"maps"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

var large = quiztest.Size{Dimensions: 5, Questions: 12, Roles: 5, Entries: 6, Conditions: true}

// figures is a result as text, for comparison.
func figures(r *score.Result) []string {
	all := []string{r.Outcome.ID, r.Outcome.Strength, r.Outcome.Fit.RatString(), r.Margin.RatString()}
	for _, role := range r.Roles {
		all = append(all, role.Role.ID, role.Fit.RatString())
	}
	for _, d := range r.Dimensions {
		if d.Score == nil {
			all = append(all, d.Dimension.ID, "unmeasured")
		} else {
			all = append(all, d.Dimension.ID, d.Score.RatString())
		}
	}
	return all
}

func inRange(r *big.Rat) bool { return r.Sign() >= 0 && r.Cmp(big.NewRat(100, 1)) <= 0 }

func TestFiguresLieWithinZeroAndHundred(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, large)
		r, err := score.Compile(q).Score(quiztest.Answers(t, q, false))
		if err != nil {
			return
		}
		all := []*big.Rat{r.Outcome.Fit, r.Margin}
		for _, role := range r.Roles {
			all = append(all, role.Fit)
		}
		for _, d := range r.Dimensions {
			if d.Score != nil {
				all = append(all, d.Score)
			}
		}
		if slices.ContainsFunc(all, func(f *big.Rat) bool { return !inRange(f) }) {
			t.Errorf("a figure outside 0 to 100: %v", figures(r))
		}
	})
}

// TestReversedKey: turning a scale's key and its answer round changes nothing.
func TestReversedKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, quiztest.Size{Dimensions: 3, Questions: 8, Roles: 3, Entries: 6})
		answers := quiztest.Answers(t, q, true)
		before, err := score.Compile(q).Score(answers)
		if err != nil {
			return
		}
		turned := maps.Clone(answers)
		for _, one := range q.Questions {
			if one.Kind != "scale" || !rapid.Bool().Draw(t, "turn") {
				continue
			}
			turned[one.ID] = quiz.Answer{len(one.Labels) - 1 - answers[one.ID][0]}
			for id := range one.Measures {
				one.Measures[id] = -one.Measures[id]
			}
		}
		after, err := score.Compile(q).Score(turned)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(figures(before), figures(after)); d != "" {
			t.Error(d)
		}
	})
}

// TestOrderOfQuestions: a sheet's result does not depend on the order in which
// the file has its questions, nor on the order of their options.
func TestOrderOfQuestions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, quiztest.Size{Dimensions: 3, Questions: 8, Roles: 4, Entries: 5})
		answers := quiztest.Answers(t, q, true)
		before, err := score.Compile(q).Score(answers)
		if err != nil {
			return
		}
		q.Questions = rapid.Permutation(q.Questions).Draw(t, "order")
		for _, one := range q.Questions {
			if one.Kind == "scale" {
				continue
			}
			slices.Reverse(one.Options)
			a := slices.Clone(answers[one.ID])
			for i := range a {
				a[i] = len(one.Options) - 1 - a[i]
			}
			if one.Kind != "rank" {
				slices.Sort(a)
			}
			answers[one.ID] = a
		}
		after, err := score.Compile(q).Score(answers)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(figures(before), figures(after)); d != "" {
			t.Error(d)
		}
	})
}

// TestHiddenAnswersCountForNothing: adding answers to questions that are not shown changes only what is ignored.
func TestHiddenAnswersCountForNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, large)
		answers := quiztest.Answers(t, q, true)
		c := score.Compile(q)
		before, err := c.Score(answers)
		if err != nil {
			return
		}
		hidden := 0
		for i, shown := range quiztest.Shown(q, answers) {
			if !shown {
				answers[q.Questions[i].ID] = quiztest.Answer(t, q.Questions[i])
				hidden++
			}
		}
		after, err := c.Score(answers)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(figures(before), figures(after)); d != "" || len(after.Ignored) != hidden {
			t.Errorf("%d hidden, %d ignored %s", hidden, len(after.Ignored), d)
		}
	})
}
