package persona

import (
	"errors"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Failure is one expectation that does not hold.
type Failure struct {
	Text    string
	Effects []string // of the answers on the margin, the largest first; for a wrong outcome
}

// failures checks one persona against a state of the quiz. What costs most
// comes last, so that a caller whom one failure is enough for can stop.
func failures(c *score.Compiled, p *Persona) iter.Seq[Failure] {
	return func(yield func(Failure) bool) {
		r, err := c.Score(p.Answers)
		if err != nil {
			yield(Failure{Text: "no result: " + err.Error()})
			return
		}
		x := &exam{c, r, &p.Expect}
		for _, check := range []func(func(Failure) bool) bool{x.outcome, x.strength, x.fits, x.scores, x.steps, x.flips} {
			if !check(yield) {
				return
			}
		}
	}
}

// exam is one result and what it should be. Each of its checks passes failures
// on, and says whether more are wanted.
type exam struct {
	c    *score.Compiled
	r    *score.Result
	want *Expect
}

func (x *exam) outcome(yield func(Failure) bool) bool {
	if x.want.Outcomes == nil || slices.Contains(x.want.Outcomes, x.r.Outcome.ID) {
		return true
	}
	return yield(Failure{
		Text:    fmt.Sprintf("outcome: expected %s, got %s (%s)", strings.Join(x.want.Outcomes, " or "), x.r.Outcome.ID, x.margin()),
		Effects: x.effects(),
	})
}

// margin words the margin, and the band of the hybrid between the two leading roles.
func (x *exam) margin() string {
	first, second := x.r.Roles[0].Role.ID, x.r.Roles[1].Role.ID
	for _, h := range x.r.Quiz.Hybrids {
		if slices.Contains(h.Roles, first) && slices.Contains(h.Roles, second) {
			band := Range{Max: new(big.Rat).SetInt64(int64(h.Margin))}
			return fmt.Sprintf("margin %s, %s up to %d", band.show(x.r.Margin, 2), h.ID, h.Margin)
		}
	}
	return fmt.Sprintf("margin %s", Range{Min: new(big.Rat)}.show(x.r.Margin, 2))
}

// mostEffects is how many of the ledger's effects are shown.
const mostEffects = 3

func (x *exam) effects() []string {
	var all []string
	for _, e := range x.c.Ledger(x.r).Effects {
		if e.Favours == nil || len(all) == mostEffects {
			break // the largest come first
		}
		size := text.Data(new(big.Rat).Abs(e.Size))
		all = append(all, fmt.Sprintf("%s = %s: %s towards %s", e.Question.ID, given(e.Question, e.Answer), size, e.Favours.ID))
	}
	return all
}

// given writes an answer as a test file has it.
func given(q *quiz.Question, a quiz.Answer) string {
	switch v := q.Form().Value(a).(type) {
	case []string:
		return "[" + strings.Join(v, ", ") + "]"
	default:
		return fmt.Sprint(v)
	}
}

func (x *exam) strength(yield func(Failure) bool) bool {
	got := x.r.Outcome.Strength
	if x.want.Strength == "" || x.want.Strength == got {
		return true
	}
	s := x.r.Quiz.Scoring
	lines := Range{Min: big.NewRat(int64(s.Moderate), 1), Max: big.NewRat(int64(s.Strong), 1)}
	return yield(Failure{Text: fmt.Sprintf("strength: expected %s, got %s (fit %s; moderate from %d, strong from %d)",
		x.want.Strength, got, lines.show(x.r.Outcome.Fit, 2), s.Moderate, s.Strong)})
}

func (x *exam) fits(yield func(Failure) bool) bool {
	for _, want := range x.want.Fits {
		i := slices.IndexFunc(x.r.Roles, func(f score.RoleFit) bool { return f.Role.ID == want.ID })
		if fit := x.r.Roles[i].Fit; !want.holds(fit) && !yield(outside("fit", want, fit)) {
			return false
		}
	}
	return true
}

func outside(what string, want Range, got *big.Rat) Failure {
	return Failure{Text: fmt.Sprintf("%s %s: expected %s, got %s", what, want.ID, want, want.show(got, 2))}
}

func (x *exam) scores(yield func(Failure) bool) bool {
	for _, want := range x.want.Scores {
		i := slices.IndexFunc(x.r.Dimensions, func(s score.DimensionScore) bool { return s.Dimension.ID == want.ID })
		got := x.r.Dimensions[i].Score
		switch {
		case got == nil:
			if !yield(Failure{Text: fmt.Sprintf("score %s: expected %s, but nothing measures it here", want.ID, want)}) {
				return false
			}
		case !want.holds(got) && !yield(outside("score", want, got)):
			return false
		}
	}
	return true
}

func (x *exam) steps(yield func(Failure) bool) bool {
	shown := func(title string) bool {
		return slices.ContainsFunc(x.r.Steps, func(s quiz.Step) bool { return s.Title == title })
	}
	for _, title := range x.want.Steps {
		if !shown(title) && !yield(Failure{Text: fmt.Sprintf("steps: %s is not shown", text.Quoted(title))}) {
			return false
		}
	}
	for _, title := range x.want.NotSteps {
		if shown(title) && !yield(Failure{Text: fmt.Sprintf("not_steps: %s is shown", text.Quoted(title))}) {
			return false
		}
	}
	return true
}

func (x *exam) flips(yield func(Failure) bool) bool {
	if x.want.Flips == 0 {
		return true
	}
	for _, f := range odds.Around(x.c, x.r, odds.DefaultLimits()).Flips {
		n := len(f.Changes)
		switch {
		case f.Why != "":
			if !yield(Failure{Text: fmt.Sprintf("flips: how far it is to %s was not worked out: %s", f.Outcome, f.Why)}) {
				return false
			}
		case n > 0 && n < x.want.Flips:
			if !yield(Failure{Text: fmt.Sprintf("flips: expected at least %d, but %s takes %d (%s)", x.want.Flips, f.Outcome, n, changes(f))}) {
				return false
			}
		}
	}
	return true
}

func changes(f odds.Flip) string {
	all := make([]string, len(f.Changes))
	for i, c := range f.Changes {
		all[i] = fmt.Sprintf("%s %s → %s", c.Question.ID, given(c.Question, c.From), given(c.Question, c.To))
	}
	return strings.Join(all, ", ")
}

// oddsFailures holds the gates against odds that were worked out. Sampled odds
// are known within an interval only: a gate holds where the whole interval does.
func oddsFailures(gates []Range, o *odds.Odds) iter.Seq[Failure] {
	return func(yield func(Failure) bool) {
		for _, gate := range gates {
			if share := shareOf(o, gate.ID); !gateHolds(gate, share) && !yield(gateFailure(gate, share)) {
				return
			}
		}
	}
}

func shareOf(o *odds.Odds, id string) odds.Share {
	for _, s := range o.Outcomes {
		if s.ID == id {
			return s
		}
	}
	return o.Tie // no outcome has its id
}

func gateHolds(gate Range, s odds.Share) bool {
	if s.Exact != nil {
		return gate.holds(s.Exact)
	}
	return gate.holds(rat(s.Low)) && gate.holds(rat(s.High))
}

func rat(f float64) *big.Rat { return new(big.Rat).SetFloat64(f) }

func gateFailure(gate Range, s odds.Share) Failure {
	if s.Exact != nil {
		return Failure{Text: fmt.Sprintf("odds %s: expected %s, got %s", gate.ID, gate, gate.show(s.Exact, 4))}
	}
	return Failure{Text: fmt.Sprintf("odds %s: expected %s, got %.4f, sampled: between %.4f and %.4f with 95%% confidence",
		gate.ID, gate, s.Share, s.Low, s.High)}
}

// oddsError words why there are no odds.
func oddsError(err error) string {
	var unscorable *score.Unscorable
	if errors.As(err, &unscorable) {
		return fmt.Sprintf("odds: some ways through the quiz measure nothing that the role %q asks for", unscorable.Role.ID)
	}
	return "odds: " + err.Error()
}
