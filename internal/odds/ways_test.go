package odds

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// TestWays holds the ways with an answer given against the list of all sheets:
// which questions are shown, and which outcomes come up.
func TestWays(t *testing.T) {
	size := quiztest.Size{Dimensions: 3, Questions: 5, Roles: 3, Entries: 3, Conditions: true}
	rapid.Check(t, func(t *rapid.T) {
		c := score.Compile(quiztest.Quiz(t, size))
		q := rapid.SampledFrom(c.Quiz.Questions).Draw(t, "question")
		test := quiz.Test{Key: q.ID, Values: []string{rapid.SampledFrom(q.Form().IDs).Draw(t, "value")}}
		reached, shown, unscorable := listAll(c, test)
		c.Quiz.Notes = []quiz.Note{{When: quiz.When{Set: true, Any: []quiz.Clause{{test}}}}}
		c = score.Compile(c.Quiz)
		ways, seen, ok := Ways(c, Ask{Need: c.Notes[0].Any[0]})
		if !ok {
			t.Fatal("too many")
		}
		if len(ways) == 0 != (len(reached) == 0 && !unscorable) {
			t.Errorf("%d ways, outcomes %v", len(ways), reached)
		}
		if _, all, _ := Ways(c, Ask{}); !slices.Equal(all, shown) {
			t.Errorf("seen %v, listed %v (asked %v)", all, shown, seen)
		}
		counted := make(map[string]bool)
		for _, w := range ways {
			counts, ok, err := w.Count(c, DefaultLimits())
			if err != nil {
				continue
			}
			if !ok {
				t.Fatal("too much to count")
			}
			for i, id := range c.Outcomes() {
				counted[id] = counted[id] || counts[i].Cmp(new(big.Int)) > 0
			}
		}
		for _, id := range c.Outcomes() {
			if counted[id] != reached[id] {
				t.Errorf("%s: counted %v, listed %v", id, counted[id], reached[id])
			}
		}
	})
}

// listAll answers a quiz in every way.
func listAll(c *score.Compiled, test quiz.Test) (reached map[string]bool, shown []bool, unscorable bool) {
	reached, shown = make(map[string]bool), make([]bool, len(c.Questions))
	var walk func(i int, answers quiz.Answers)
	walk = func(i int, answers quiz.Answers) {
		if i == len(c.Questions) {
			if !quiztest.Holds(quiz.When{Set: true, Any: []quiz.Clause{{test}}}, quiztest.Known(c.Quiz, answers, "", "")) {
				return
			}
			if r, err := c.Score(answers); err == nil {
				reached[r.Outcome.ID] = true
			} else {
				unscorable = true
			}
			return
		}
		if !quiztest.Shown(c.Quiz, answers)[i] {
			walk(i+1, answers)
			return
		}
		shown[i] = true
		for _, a := range c.Questions[i].Alternatives {
			answers[c.Questions[i].ID] = a
			walk(i+1, answers)
		}
		delete(answers, c.Questions[i].ID)
	}
	walk(0, make(quiz.Answers))
	return reached, shown, unscorable
}
