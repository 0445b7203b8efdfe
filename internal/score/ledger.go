package score

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Ledger explains a margin: the effect of every answer on fit(first) −
// fit(second), measured against the mean over that question's alternatives.
// Baseline and effects sum exactly to the margin.
type Ledger struct {
	First, Second *quiz.Role
	Baseline      *big.Rat // the margin if every question sat at its mean
	Effects       []Effect // the largest first; equal ones in the order of the quiz
}

// Effect is what one answer did to the margin, in points of fit.
type Effect struct {
	Question *quiz.Question
	Answer   quiz.Answer
	Size     *big.Rat   // positive: it favours the first role
	Favours  *quiz.Role // nil when the size is 0
}

// Ledger works the ledger of a result out.
func (c *Compiled) Ledger(r *Result) Ledger {
	first, second := r.Roles[0], r.Roles[1]
	l := Ledger{First: first.Role, Second: second.Role, Baseline: new(big.Rat).Set(r.Margin)}
	for i, alternative := range r.chosen {
		if alternative < 0 {
			continue
		}
		q := &c.Questions[i]
		e := Effect{
			Question: c.Quiz.Questions[i], Answer: q.Alternatives[alternative],
			Size: r.frame.aboveMean(first.Index, second.Index, q, alternative),
		}
		switch e.Size.Sign() {
		case 1:
			e.Favours = first.Role
		case -1:
			e.Favours = second.Role
		}
		l.Baseline.Sub(l.Baseline, e.Size)
		l.Effects = append(l.Effects, e)
	}
	slices.SortStableFunc(l.Effects, func(a, b Effect) int {
		return new(big.Rat).Abs(b.Size).Cmp(new(big.Rat).Abs(a.Size))
	})
	return l
}

// aboveMean is how far an alternative moves fit(a) − fit(b) from the mean of
// its question. Fits are linear in the raw sums, so the mean of the effects is the
// effect of the mean: n times the points less the sum over all alternatives, over n.
func (f *Frame) aboveMean(a, b int, q *Question, alternative int) *big.Rat {
	n := len(q.Points)
	delta := make([]int, len(f.Min))
	for d := range delta {
		delta[d] = n * q.Points[alternative][d]
		for _, points := range q.Points {
			delta[d] -= points[d]
		}
	}
	effect := f.Effect(a, b, delta)
	return effect.Quo(effect, big.NewRat(int64(n), 1))
}
