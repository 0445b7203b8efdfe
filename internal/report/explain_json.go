package report

import (
	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

type jsonLedger struct {
	Baseline decimal      `json:"baseline"`
	Effects  []jsonEffect `json:"effects"`
}

type jsonEffect struct {
	Question string  `json:"question"`
	Answer   any     `json:"answer"` // as in a sheet
	Effect   decimal `json:"effect"`
	Favours  *string `json:"favours"` // null for an effect of 0
}

type jsonFlip struct {
	Outcome string       `json:"outcome"`
	Changes []jsonChange `json:"changes"` // null: there is no such set
	Why     string       `json:"why,omitempty"`
}

type jsonChange struct {
	Question string `json:"question"`
	From     any    `json:"from"`
	To       any    `json:"to"`
}

type jsonSteady struct {
	Changed int      `json:"changed"`
	Same    *float64 `json:"same"` // null: there are no such sheets
	Why     string   `json:"why,omitempty"`
}

// explainJSON adds what explains a result, where that was worked out.
func explainJSON(out *jsonFigures, r *Result) {
	if r.Ledger != nil {
		out.Why = ledgerJSON(r.Ledger)
	}
	if r.Near != nil {
		out.Flips, out.Steadiness = flipsJSON(r.Near.Flips), steadyJSON(r.Near.Steadiness)
	}
}

func ledgerJSON(l *score.Ledger) *jsonLedger {
	out := &jsonLedger{Baseline: decimal{l.Baseline}, Effects: []jsonEffect{}}
	for _, e := range l.Effects {
		one := jsonEffect{Question: e.Question.ID, Answer: e.Question.Form().Value(e.Answer), Effect: decimal{e.Size}}
		if e.Favours != nil {
			one.Favours = &e.Favours.ID
		}
		out.Effects = append(out.Effects, one)
	}
	return out
}

func flipsJSON(flips []odds.Flip) *[]jsonFlip {
	out := []jsonFlip{}
	for _, f := range flips {
		one := jsonFlip{Outcome: f.Outcome, Why: f.Why}
		for _, c := range f.Changes {
			one.Changes = append(one.Changes, changeJSON(c.Question, c.From, c.To))
		}
		out = append(out, one)
	}
	return &out
}

func changeJSON(q *quiz.Question, from, to quiz.Answer) jsonChange {
	form := q.Form()
	return jsonChange{q.ID, form.Value(from), form.Value(to)}
}

func steadyJSON(all []odds.Steadiness) *[]jsonSteady {
	out := []jsonSteady{}
	for _, s := range all {
		one := jsonSteady{Changed: s.Changed, Why: s.Why}
		if s.Same != nil {
			share, _ := s.Same.Float64()
			one.Same = &share
		}
		out = append(out, one)
	}
	return &out
}
