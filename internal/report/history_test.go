package report

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// TestAnswersMovedAddUp: where the same questions are asked, what the changed
// answers did to the lead adds up to the change of the lead, exactly.
func TestAnswersMovedAddUp(t *testing.T) {
	size := quiztest.Small
	size.Conditions = false
	rapid.Check(t, func(t *rapid.T) {
		c := score.Compile(quiztest.Quiz(t, size))
		var results [2]Remembered
		for i := range results {
			answers := make(quiz.Answers)
			for _, q := range c.Questions {
				answers[q.ID] = rapid.SampledFrom(q.Alternatives).Draw(t, "answer")
			}
			r, err := c.Score(answers)
			if err != nil {
				t.Skip("cannot be scored")
			}
			results[i] = Remembered{Result: r}
		}
		d := HistoryDiff{results[0], results[1]}
		sum := new(big.Rat)
		for _, m := range answersMoved(d) {
			if m.effect != nil {
				sum.Add(sum, m.effect)
			}
		}
		a, b := d.New.Roles[0].Index, d.New.Roles[1].Index
		lead := func(r Remembered) *big.Rat {
			fits := make(map[int]*big.Rat)
			for _, role := range r.Roles {
				fits[role.Index] = role.Fit
			}
			return new(big.Rat).Sub(fits[a], fits[b])
		}
		if want := new(big.Rat).Sub(lead(d.New), lead(d.Old)); sum.Cmp(want) != 0 {
			t.Fatalf("%v, the lead changed by %v", sum, want)
		}
	})
}
