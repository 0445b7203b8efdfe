package score_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// put writes answers on a sheet, those to hidden questions too.
func put(c *score.Compiled, x *score.Sheet, answers quiz.Answers) {
	for i := range c.Questions {
		x.Chosen[i] = score.Unknown
		if a, ok := answers[c.Questions[i].ID]; ok {
			x.Chosen[i] = c.Questions[i].Index(a)
		}
	}
	c.Survey(x)
}

// someAnswers answers some questions, whether they are shown or not.
func someAnswers(t *rapid.T, q *quiz.Quiz) quiz.Answers {
	answers := make(quiz.Answers)
	for _, one := range q.Questions {
		if rapid.IntRange(0, 4).Draw(t, "answered") > 0 {
			answers[one.ID] = quiztest.Answer(t, one)
		}
	}
	return answers
}

// TestSurveyAgreesWithThePage holds the compiled conditions against those on ids,
// on sheets that are used again and again.
func TestSurveyAgreesWithThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, large)
		quiztest.Advise(t, q)
		c := score.Compile(q)
		x := c.NewSheet()
		for range 4 {
			answers := someAnswers(t, q)
			put(c, x, answers)
			if shown := quiztest.Shown(q, answers); !slices.Equal(shown, x.Shown) {
				t.Fatalf("shown %v, want %v", x.Shown, shown)
			}
			outcome := rapid.IntRange(0, len(c.Outcomes())-1).Draw(t, "outcome")
			strength := rapid.IntRange(0, len(quiz.Strengths())-1).Draw(t, "strength")
			c.Conclude(x, outcome, strength)
			adviceAgrees(t, c, x, quiztest.Known(q, answers, c.Outcomes()[outcome], quiz.Strengths()[strength]))
			c.Survey(x)
			adviceAgrees(t, c, x, quiztest.Known(q, answers, "", ""))
		}
	})
}

func adviceAgrees(t *rapid.T, c *score.Compiled, x *score.Sheet, known quiztest.Facts) {
	agree := func(w quiz.When, compiled score.Condition) {
		if got, want := compiled.Holds(x.Known), quiztest.Holds(w, known); got != want {
			t.Errorf("%v holds: %v, want %v (known: %v, %v)", w, got, want, known, x.Known)
		}
	}
	for i, r := range c.Quiz.Roles {
		for j, step := range r.Steps {
			agree(step.When, c.Steps[i][j])
		}
	}
	for i, h := range c.Quiz.Hybrids {
		for j, step := range h.Steps {
			agree(step.When, c.Steps[len(c.Quiz.Roles)+i][j])
		}
	}
	for i, n := range c.Quiz.Notes {
		agree(n.When, c.Notes[i])
	}
}

// TestSurveyCounts works everything but conditions out anew.
func TestSurveyCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, large)
		c, answers := score.Compile(q), someAnswers(t, q)
		x := c.NewSheet()
		put(c, x, answers)
		var missing []int
		due, answered := 0, 0
		for i, one := range q.Questions {
			_, given := answers[one.ID]
			if x.Shown[i] && !given && !one.Optional {
				missing = append(missing, i)
			}
			if x.Shown[i] && one.Scored() {
				due++
			}
			counts := x.Shown[i] && one.Scored() && given
			if counts {
				answered++
			}
			if x.InPlay[i] != counts {
				t.Errorf("%s counts: %v", one.ID, x.InPlay[i])
			}
		}
		if !slices.Equal(missing, x.Missing) || x.Due != due || x.Answered != answered {
			t.Errorf("missing %v, %d of %d; want %v, %d of %d", x.Missing, x.Answered, x.Due, missing, answered, due)
		}
		complete := len(missing) == 0 || answered*100 >= q.Scoring.MinComplete*due
		if _, err := c.Score(answers); c.Complete(x) != complete || !complete && err == nil {
			t.Errorf("complete: %v, scored: %v", c.Complete(x), err)
		}
	})
}

// TestSurveyTakesNoMemory: a sheet is made for many rows.
func TestSurveyTakesNoMemory(t *testing.T) {
	c := decode(t, band)
	x := c.NewSheet()
	put(c, x, answers(t, c, "a=1 gate=open more=3"))
	if n := testing.AllocsPerRun(100, func() { c.Survey(x); c.Complete(x); c.Conclude(x, 0, 0) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestConditionsOnWhatIsNotThere: a clause that asks for a question behind, for
// the question itself or for one that an edit took away never holds.
func TestConditionsOnWhatIsNotThere(t *testing.T) {
	for key, want := range map[string]bool{"first": true, "second": false, "third": false, "gone": false, quiz.KeyOutcome: false} {
		options := []quiz.Option{{ID: "yes"}, {ID: "no"}}
		q := &quiz.Quiz{}
		for _, id := range []string{"first", "second", "third"} {
			q.Questions = append(q.Questions, &quiz.Question{ID: id, Kind: "choice", Options: options})
		}
		q.Questions[1].When = quiz.When{Set: true, Any: []quiz.Clause{{{Key: key, Values: []string{"yes"}}}}}
		c := score.Compile(q)
		x := c.NewSheet()
		for range 2 { // the second time, the sheet remembers later answers
			copy(x.Chosen, []int{0, 0, 0})
			c.Survey(x)
			if x.Shown[1] != want {
				t.Errorf("a condition on %s: %v, want %v", key, x.Shown[1], want)
			}
		}
	}
}

// TestStrength: what 64 bits say of an outcome is what fractions say.
func TestStrength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, large)
		c := score.Compile(q)
		r, err := c.Score(quiztest.Answers(t, q, false))
		if err != nil || !r.Frame().Fits64() {
			return
		}
		fits := make([]int64, len(q.Roles))
		raw := make([]int, len(r.Dimensions))
		for d := range raw {
			raw[d] = r.Dimensions[d].Raw
		}
		r.Frame().FillFits64(raw, fits)
		v, _ := r.Frame().JudgeFits64(fits)
		if s := quiz.Strengths()[r.Frame().Strength64(v, fits)]; s != r.Outcome.Strength || s != quiz.Strengths()[c.StrengthOf(r.Outcome.Fit)] {
			t.Errorf("%s, want %s", s, r.Outcome.Strength)
		}
		mean := new(big.Rat).Set(r.Roles[0].Fit)
		if v.Outcome >= len(q.Roles) {
			mean.Add(mean, r.Roles[1].Fit).Quo(mean, big.NewRat(2, 1))
		}
		if fit := r.Frame().OutcomeFit(v, raw); fit.Cmp(mean) != 0 || fit.Cmp(r.Outcome.Fit) != 0 {
			t.Errorf("fit %s, want %s", fit, mean)
		}
	})
}
