package odds

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// neighbours lists every sheet that differs from a result in answers that may
// be changed, and calls visit with how many changed, how far, and what it comes to.
func neighbours(t *rapid.T, c *score.Compiled, r *score.Result, visit func(changed int, movement int32, outcome string)) {
	gates := c.Quiz.Gates()
	var open []int
	sheets := 1
	for i, a := range r.Chosen() {
		if a >= 0 && !gates[c.Questions[i].ID] {
			open = append(open, i)
			if sheets *= len(c.Questions[i].Alternatives); sheets > 4000 {
				t.Skip("too many neighbours")
			}
		}
	}
	answers := make(quiz.Answers)
	for id, a := range r.Answers {
		answers[id] = a
	}
	var walk func(j, changed int, movement int32)
	walk = func(j, changed int, movement int32) {
		if j == len(open) {
			other, err := c.Score(answers)
			if err != nil {
				t.Fatal(err)
			}
			visit(changed, movement, other.Outcome.ID)
			return
		}
		q, own := c.Questions[open[j]], r.Chosen()[open[j]]
		for a, answer := range q.Alternatives {
			answers[q.ID] = answer
			far, by := int32(1), 1
			if c.Quiz.Questions[open[j]].Kind == "scale" {
				far = int32(max(a-own, own-a))
			}
			if a == own {
				far, by = 0, 0
			}
			walk(j+1, changed+by, movement+far)
		}
		answers[q.ID] = q.Alternatives[own]
	}
	walk(0, 0, 0)
}

type nearest struct {
	changed  int
	movement int32
}

// TestNearAgainstListing compares steadiness and flips with the listing of all
// neighbours, and scores every witness.
func TestNearAgainstListing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := score.Compile(quiztest.Quiz(t, quiztest.Size{Dimensions: 3, Questions: 6, Roles: 4, Entries: 5, Conditions: true}))
		r, err := c.Score(quiztest.Answers(t, c.Quiz, false))
		if err != nil {
			t.Skip("not scored")
		}
		same, all := map[int]int64{}, map[int]int64{}
		least := make(map[string]nearest)
		neighbours(t, c, r, func(changed int, movement int32, outcome string) {
			all[changed]++
			if outcome == r.Outcome.ID {
				same[changed]++
			}
			old, known := least[outcome]
			if !known || changed < old.changed || changed == old.changed && movement < old.movement {
				least[outcome] = nearest{changed, movement}
			}
		})
		limits := DefaultLimits()
		if rapid.Bool().Draw(t, "as on a large lattice") {
			limits.small = 0
		}
		limits.lattice = rapid.IntRange(0, len(lattices())).Draw(t, "lattice")
		near := Around(c, r, limits)
		for _, s := range near.Steadiness {
			switch {
			case all[s.Changed] == 0:
				if s.Same != nil {
					t.Errorf("%d changed: %s, and there are no such sheets", s.Changed, s.Same)
				}
			case s.Same == nil || s.Same.Cmp(big.NewRat(same[s.Changed], all[s.Changed])) != 0:
				t.Errorf("%d changed: %s, listed %d of %d", s.Changed, s.Same, same[s.Changed], all[s.Changed])
			}
		}
		if len(near.Flips) != len(c.Outcomes())-1 {
			t.Errorf("%d flips for %d outcomes", len(near.Flips), len(c.Outcomes()))
		}
		for _, f := range near.Flips {
			checkFlip(t, c, r, f, least)
		}
	})
}

func checkFlip(t *rapid.T, c *score.Compiled, r *score.Result, f Flip, least map[string]nearest) {
	want, exists := least[f.Outcome]
	if !exists {
		if f.Changes != nil || f.Why != "" {
			t.Errorf("%s: %v (%s), and it cannot be reached", f.Outcome, f.Changes, f.Why)
		}
		return
	}
	answers := make(quiz.Answers)
	for id, a := range r.Answers {
		answers[id] = a
	}
	got := nearest{changed: len(f.Changes)}
	for _, change := range f.Changes {
		if !slices.Equal(answers[change.Question.ID], change.From) || slices.Equal(change.From, change.To) {
			t.Errorf("%s: %s from %v to %v, and it is %v", f.Outcome, change.Question.ID, change.From, change.To, answers[change.Question.ID])
		}
		answers[change.Question.ID] = change.To
		got.movement++
		if change.Question.Kind == "scale" {
			got.movement += int32(max(change.To[0]-change.From[0], change.From[0]-change.To[0])) - 1
		}
	}
	if got != want {
		t.Errorf("%s: %+v, listed %+v", f.Outcome, got, want)
	}
	other, err := c.Score(answers)
	if err != nil || other.Outcome.ID != f.Outcome {
		t.Errorf("the witness for %s comes to %v (%v)", f.Outcome, other, err)
	}
}

// TestFlipOrder: of equally small changes the first in the file is named.
func TestFlipOrder(t *testing.T) {
	q := synthetic(2, 6, "own")
	q.Hybrids = nil
	c := score.Compile(q)
	answers := make(quiz.Answers)
	for i, one := range q.Questions {
		answers[one.ID] = quiz.Answer{2 + (i+1)%2}
	}
	r, err := c.Score(answers) // d0 at step 4, d1 at step 3
	if err != nil {
		t.Fatal(err)
	}
	near := Around(c, r, DefaultLimits())
	got := ""
	for _, change := range near.Flips[0].Changes {
		got += fmt.Sprint(change.Question.ID, change.From, change.To, " ")
	}
	// Role r1 must get ahead by 4 steps at least: q0 down by 3 and another by 1.
	if want := "q0[3] [0] q1[2] [3] "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func BenchmarkAround(b *testing.B) {
	c := builtIn(b, "pm-po")
	for _, name := range []string{"pm-po.strategist", "pm-po.likes-both"} {
		r := scored(b, c, "../../testdata/answers/"+name+".json")
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Ledger(r)
				Around(c, r, DefaultLimits())
			}
		})
	}
}
