package score

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
)

// byThePage computes a role's fit as the format's page words it.
func byThePage(c *Compiled, r *Result, role int) *big.Rat {
	sum, size := new(big.Rat), new(big.Rat)
	for d, w := range c.Weights[role] {
		low, high, raw := 0, 0, 0
		for i, alternative := range r.chosen {
			if alternative >= 0 {
				q := c.Questions[i]
				low, high, raw = low+q.Min[d], high+q.Max[d], raw+q.Points[alternative][d]
			}
		}
		if w == 0 || low == high {
			continue
		}
		g := big.NewRat(int64(100*(raw-low)), int64(high-low))
		if w < 0 {
			g.Sub(big.NewRat(100, 1), g)
		}
		weight := new(big.Rat).Abs(big.NewRat(int64(w), 1))
		sum.Add(sum, g.Mul(g, weight))
		size.Add(size, weight)
	}
	return sum.Quo(sum, size)
}

func TestFrameAgreesWithThePage(t *testing.T) {
	size := quiztest.Size{Dimensions: 4, Questions: 9, Roles: 5, Entries: 6, Conditions: true}
	rapid.Check(t, func(t *rapid.T) {
		c := Compile(quiztest.Quiz(t, size))
		r, err := c.Score(quiztest.Answers(t, c.Quiz, false))
		if err != nil {
			return
		}
		for _, role := range r.Roles {
			if want := byThePage(c, r, role.Index); role.Fit.Cmp(want) != 0 {
				t.Errorf("fit of %s is %s, want %s", role.Role.ID, role.Fit, want)
			}
		}
		small := r.frame.Judge(r.raw)
		r.frame.small = nil
		if large := r.frame.Judge(r.raw); small != large {
			t.Errorf("64 bits judge %v, big numbers %v", small, large)
		}
	})
}

// TestFrameBeyond64Bits: ranges that share no factor make a scale that 64 bits
// cannot hold. That is noticed, and the judgement is made with big numbers.
func TestFrameBeyond64Bits(t *testing.T) {
	primes := []int{53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 47, 43, 41, 37, 31, 29}
	q := &quiz.Quiz{Scoring: quiz.Scoring{MinComplete: 100}}
	up, down := quiz.Points{}, quiz.Points{}
	answers := quiz.Answers{}
	for i, p := range primes {
		id := fmt.Sprintf("d%d", i)
		q.Dimensions = append(q.Dimensions, quiz.Dimension{ID: id})
		q.Questions = append(q.Questions, &quiz.Question{
			ID: id, Kind: "scale", Labels: []string{"no", "yes"}, Measures: quiz.Points{id: p},
		})
		up[id], down[id] = i+1, -(i + 1)
		answers[id] = quiz.Answer{i % 2}
	}
	q.Roles = []quiz.Role{{ID: "up", Weights: up}, {ID: "down", Weights: down}}
	c := Compile(q)
	r, err := c.Score(answers)
	if err != nil {
		t.Fatal(err)
	}
	if r.frame.small != nil {
		t.Error("the frame pretends to fit 64 bits")
	}
	// Every second dimension is at 100: weights 2+4+…+16 = 72 of 136.
	if want := big.NewRat(7200, 136); r.Roles[0].Role.ID != "up" || r.Roles[0].Fit.Cmp(want) != 0 {
		t.Errorf("%s leads with %s, want up with %s", r.Roles[0].Role.ID, r.Roles[0].Fit, want)
	}
}

// TestLedgerSums: baseline and effects sum exactly to the margin, and each
// question's effects have the mean 0 over its alternatives.
func TestLedgerSums(t *testing.T) {
	size := quiztest.Size{Dimensions: 4, Questions: 9, Roles: 5, Entries: 6, Conditions: true}
	rapid.Check(t, func(t *rapid.T) {
		c := Compile(quiztest.Quiz(t, size))
		r, err := c.Score(quiztest.Answers(t, c.Quiz, false))
		if err != nil {
			return
		}
		l := c.Ledger(r)
		sum := new(big.Rat).Set(l.Baseline)
		for _, e := range l.Effects {
			sum.Add(sum, e.Size)
		}
		if sum.Cmp(r.Margin) != 0 {
			t.Errorf("the ledger sums to %s, the margin is %s", sum, r.Margin)
		}
		if !slices.IsSortedFunc(l.Effects, func(a, b Effect) int {
			return new(big.Rat).Abs(b.Size).Cmp(new(big.Rat).Abs(a.Size))
		}) {
			t.Error("effects are not sorted by size")
		}
		for i := range c.Questions {
			if r.chosen[i] < 0 {
				continue
			}
			mean := new(big.Rat)
			for alternative := range c.Questions[i].Points {
				mean.Add(mean, r.frame.aboveMean(r.Roles[0].Index, r.Roles[1].Index, &c.Questions[i], alternative))
			}
			if mean.Sign() != 0 {
				t.Errorf("the effects of %s do not cancel out: %s", c.Questions[i].ID, mean)
			}
		}
	})
}
