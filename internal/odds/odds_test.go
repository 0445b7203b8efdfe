package odds

import (
	"errors"
	"math/big"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// listed is one complete sheet, and how likely a random person is to give it.
type listed struct {
	answers quiz.Answers
	share   *big.Rat
	result  *score.Result
}

// list lists every complete sheet of a small quiz.
func list(t *rapid.T, c *score.Compiled, most int) []listed {
	var all []listed
	var walk func(i int, answers quiz.Answers, share *big.Rat)
	walk = func(i int, answers quiz.Answers, share *big.Rat) {
		if len(all) > most {
			return
		}
		if i == len(c.Questions) {
			r, err := c.Score(answers)
			if err != nil {
				t.Skip("some sheet cannot be scored")
			}
			all = append(all, listed{answers, share, r})
			return
		}
		if !quiztest.Shown(c.Quiz, answers)[i] {
			walk(i+1, answers, share)
			return
		}
		q := c.Questions[i]
		for _, a := range q.Alternatives {
			next := make(quiz.Answers)
			for id, given := range answers {
				next[id] = given
			}
			next[q.ID] = a
			walk(i+1, next, new(big.Rat).Mul(share, big.NewRat(1, int64(len(q.Alternatives)))))
		}
	}
	walk(0, quiz.Answers{}, big.NewRat(1, 1))
	if len(all) > most {
		t.Skip("too many sheets")
	}
	return all
}

// outcomeWith scores a sheet with one answer changed, what is shown staying as it was.
func outcomeWith(c *score.Compiled, r *score.Result, i, alternative int) int {
	raw := make([]int, len(r.Dimensions))
	for d := range raw {
		raw[d] = r.Dimensions[d].Raw
	}
	move(raw, c.Questions[i].Points[r.Chosen()[i]], -1)
	move(raw, c.Questions[i].Points[alternative], 1)
	return r.Frame().Judge(raw).Outcome
}

// TestAgainstListing compares every figure with the listing of all sheets, as
// exact fractions, with the lattice laid out and with it sparse.
func TestAgainstListing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := score.Compile(quiztest.Quiz(t, quiztest.Small))
		all := list(t, c, 3000)
		limits := DefaultLimits()
		limits.sparse = rapid.Bool().Draw(t, "sparse")
		limits.lattice = rapid.IntRange(0, len(lattices())).Draw(t, "lattice")
		o, err := Of(c, limits)
		if err != nil {
			t.Fatal(err)
		}
		if !o.Exact {
			t.Fatal("sampled")
		}
		compare(t, c, o, all)
	})
}

func compare(t *rapid.T, c *score.Compiled, o *Odds, all []listed) {
	outcomes := make(map[string]*big.Rat)
	for _, id := range c.Outcomes() {
		outcomes[id] = new(big.Rat)
	}
	tie, uncaught, one := new(big.Rat), new(big.Rat), new(big.Rat)
	pivotal := make([]*big.Rat, len(c.Questions))
	for i := range pivotal {
		pivotal[i] = new(big.Rat)
	}
	for _, l := range all {
		outcomes[l.result.Outcome.ID].Add(outcomes[l.result.Outcome.ID], l.share)
		if l.result.Margin.Sign() == 0 {
			tie.Add(tie, l.share)
			if l.result.Outcome.Kind == score.KindRole {
				uncaught.Add(uncaught, l.share)
			}
		}
		for i, a := range l.result.Chosen() {
			if a < 0 {
				continue
			}
			own := outcomeWith(c, l.result, i, a)
			for b := range c.Questions[i].Alternatives {
				if outcomeWith(c, l.result, i, b) != own {
					pivotal[i].Add(pivotal[i], l.share)
					break
				}
			}
		}
	}
	if o.Sheets.Cmp(big.NewInt(int64(len(all)))) != 0 {
		t.Errorf("%s sheets, listed %d", o.Sheets, len(all))
	}
	for _, s := range o.Outcomes {
		if s.Exact.Cmp(outcomes[s.ID]) != 0 {
			t.Errorf("%s: %s, listed %s", s.ID, s.Exact, outcomes[s.ID])
		}
		one.Add(one, s.Exact)
	}
	if one.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("the outcomes sum to %s", one)
	}
	if o.Uncaught.Exact.Cmp(uncaught) != 0 {
		t.Errorf("uncaught tie %s, listed %s", o.Uncaught.Exact, uncaught)
	}
	if o.Tie.Exact.Cmp(tie) != 0 {
		t.Errorf("tie %s, listed %s", o.Tie.Exact, tie)
	}
	for _, q := range o.Questions {
		i := slices.Index(c.Quiz.Questions, q.Question)
		if q.Exact.Cmp(pivotal[i]) != 0 {
			t.Errorf("%s: pivotal %s, listed %s", q.Question.ID, q.Exact, pivotal[i])
		}
	}
	compareScores(t, o, all)
}

func compareScores(t *rapid.T, o *Odds, all []listed) {
	for d, dim := range o.Dimensions {
		measured, mean, square := new(big.Rat), new(big.Rat), new(big.Rat)
		for _, l := range all {
			if s := l.result.Dimensions[d].Score; s != nil {
				measured.Add(measured, l.share)
				weighted := new(big.Rat).Mul(s, l.share)
				mean.Add(mean, weighted)
				square.Add(square, weighted.Mul(weighted, s))
			}
		}
		if toFloat(measured) != dim.Measured {
			t.Errorf("%s: measured on %v of the sheets, listed %s", dim.Dimension.ID, dim.Measured, measured)
		}
		if measured.Sign() == 0 {
			continue
		}
		mean.Quo(mean, measured)
		square.Quo(square, measured)
		square.Sub(square, new(big.Rat).Mul(mean, mean))
		if toFloat(mean) != dim.Mean || root(square) != dim.SD {
			t.Errorf("%s: mean %v sd %v, listed %s and the root of %s", dim.Dimension.ID, dim.Mean, dim.SD, mean, square)
		}
	}
}

// TestBuiltInQuizzesAreExact: the odds of both built-in quizzes are exact.
func TestBuiltInQuizzesAreExact(t *testing.T) {
	for _, name := range []string{"pm-po", "pm-po-quick"} {
		c := builtIn(t, name)
		o, err := Of(c, DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		one := new(big.Rat)
		for _, s := range o.Outcomes {
			one.Add(one, s.Exact)
			t.Logf("%s: %s %.4f", name, s.ID, s.Share)
		}
		if !o.Exact || one.Cmp(big.NewRat(1, 1)) != 0 {
			t.Errorf("%s: exact %v, outcomes sum to %s", name, o.Exact, one)
		}
		t.Log(o.Sheets)
	}
}

func builtIn(t testing.TB, name string) *score.Compiled {
	t.Helper()
	return score.Compile(quiztest.Read(t, "../../quizzes/"+name+".toml"))
}

// TestSampling: what is too large is sampled, says so, is the same each time, and is near the truth.
func TestSampling(t *testing.T) {
	c := builtIn(t, "pm-po-quick")
	truth, err := Of(c, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	limits := Limits{Words: 1, Samples: 20_000, Seed: 5}
	first, err := Of(c, limits)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Of(c, limits)
	if err != nil {
		t.Fatal(err)
	}
	if first.Exact || first.Why == "" {
		t.Fatalf("exact %v, why %q", first.Exact, first.Why)
	}
	for i, s := range first.Outcomes {
		if s != second.Outcomes[i] {
			t.Errorf("%s: %v, then %v", s.ID, s, second.Outcomes[i])
		}
		if exact := truth.Outcomes[i].Share; exact < s.Low-0.01 || exact > s.High+0.01 || s.Low >= s.Share || s.High <= s.Share {
			t.Errorf("%s: %v to %v around %v, the truth is %v", s.ID, s.Low, s.High, s.Share, exact)
		}
	}
	for i, q := range first.Questions {
		if d := q.Pivotal - truth.Questions[i].Pivotal; d < -0.02 || d > 0.02 || q.Swing.Cmp(truth.Questions[i].Swing) != 0 {
			t.Errorf("%s: pivotal %v, swing %s; the truth is %v, %s", q.Question.ID, q.Pivotal, q.Swing, truth.Questions[i].Pivotal, truth.Questions[i].Swing)
		}
	}
}

func TestUnscorableQuiz(t *testing.T) {
	q := &quiz.Quiz{
		Scoring:    quiz.Scoring{MinComplete: 100},
		Dimensions: []quiz.Dimension{{ID: "x"}, {ID: "y"}},
		Questions:  []*quiz.Question{{ID: "q", Kind: "scale", Labels: []string{"1", "2"}, Measures: quiz.Points{"x": 1}}},
		Roles:      []quiz.Role{{ID: "a", Weights: quiz.Points{"x": 1}}, {ID: "b", Weights: quiz.Points{"y": 1}}},
	}
	_, err := Of(score.Compile(q), DefaultLimits())
	var unscorable *score.Unscorable
	if !errors.As(err, &unscorable) || unscorable.Role.ID != "b" {
		t.Errorf("got %v", err)
	}
}

func scored(t testing.TB, c *score.Compiled, name string) *score.Result {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	sheet, found := quiz.ReadSheet(c.Quiz, name, src, false)
	if found != nil {
		t.Fatal(found)
	}
	r, err := c.Score(sheet.Answers)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
