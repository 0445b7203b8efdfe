package odds

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// fine is a quiz whose ranges share no factor, so that fits over their least
// common denominator do not fit 64 bits.
func fine(questions int) *quiz.Quiz {
	primes := []int{53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 47, 43, 41, 37, 31, 29}
	q := &quiz.Quiz{Scoring: quiz.Scoring{Strong: 65, Moderate: 45, MinComplete: 100}}
	up, down := quiz.Points{}, quiz.Points{}
	for i := range primes {
		id := fmt.Sprintf("d%d", i)
		q.Dimensions = append(q.Dimensions, quiz.Dimension{ID: id})
		up[id], down[id] = i+1, -(i*i)%7-1
	}
	for i := range questions {
		id, other := fmt.Sprintf("d%d", i%16), fmt.Sprintf("d%d", (i+5)%16)
		q.Questions = append(q.Questions, &quiz.Question{
			ID: fmt.Sprint("q", i), Kind: "scale", Labels: []string{"no", "yes"},
			Measures: quiz.Points{id: primes[i%16] - 1, other: 1}, // a dimension ranges over its prime
		})
	}
	q.Roles = []quiz.Role{{ID: "up", Weights: up}, {ID: "down", Weights: down}}
	q.Hybrids = []quiz.Hybrid{{ID: "h", Roles: []string{"up", "down"}, Margin: 10}}
	return q
}

// TestNumbersTooFineFor64Bits: what does not fit is noticed and counted with
// big numbers, and what big numbers count is what listing all sheets gives.
func TestNumbersTooFineFor64Bits(t *testing.T) {
	if testing.Short() {
		t.Skip("lists 65 536 sheets with big numbers")
	}
	c := score.Compile(fine(16))
	answers := make(quiz.Answers)
	r, err := c.Score(every(c, answers, 0))
	if err != nil {
		t.Fatal(err)
	}
	if r.Frame().Fits64() {
		t.Fatal("these numbers fit 64 bits: the test tests nothing")
	}
	o, err := Of(c, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if !o.Exact || o.Sheets.Int64() != 1<<16 {
		t.Fatalf("exact %v, %s sheets", o.Exact, o.Sheets)
	}
	listed := make(map[string]int64)
	for sheet := range 1 << 16 {
		raw := make([]int, len(c.Quiz.Dimensions))
		for i := range c.Questions {
			move(raw, c.Questions[i].Points[sheet>>i&1], 1)
		}
		listed[c.Outcomes()[r.Frame().Judge(raw).Outcome]]++
	}
	for _, s := range o.Outcomes {
		if want := big.NewRat(listed[s.ID], 1<<16); s.Exact.Cmp(want) != 0 {
			t.Errorf("%s: %s, listed %s", s.ID, s.Exact, want)
		}
	}
	for _, f := range Around(c, r, DefaultLimits()).Flips {
		if listed[f.Outcome] > 0 && f.Changes == nil {
			t.Errorf("%s: no flip (%s), and %d sheets have it", f.Outcome, f.Why, listed[f.Outcome])
		}
	}
}

// every answers each question with one alternative.
func every(c *score.Compiled, answers quiz.Answers, alternative int) quiz.Answers {
	for _, q := range c.Questions {
		answers[q.ID] = q.Alternatives[alternative]
	}
	return answers
}

// TestCountsBeyond64Bits: 100 five-step scales make 5^100 sheets, and their
// shares still sum to exactly 1, symmetrically.
func TestCountsBeyond64Bits(t *testing.T) {
	q := synthetic(2, 100, "own")
	o, err := Of(score.Compile(q), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := new(big.Int).Exp(big.NewInt(5), big.NewInt(100), nil)
	if !o.Exact || o.Sheets.Cmp(want) != 0 {
		t.Fatalf("exact %v, %s sheets", o.Exact, o.Sheets)
	}
	one := new(big.Rat)
	for _, s := range o.Outcomes {
		one.Add(one, s.Exact)
	}
	if one.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("the shares sum to %s", one)
	}
	if o.Outcomes[0].Exact.Cmp(o.Outcomes[1].Exact) != 0 {
		t.Errorf("the two roles are alike, and get %s and %s", o.Outcomes[0].Exact, o.Outcomes[1].Exact)
	}
}
