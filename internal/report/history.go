package report

import (
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Remembered is a result that was saved.
type Remembered struct {
	ID    string
	Saved time.Time
	*score.Result
}

// HistoryFormats lists the formats of the saved results, the default first.
func HistoryFormats() []Format[[]Remembered] {
	return []Format[[]Remembered]{
		{"text", historyText},
		{"json", historyJSON},
	}
}

// HistoryDiff is two saved results of one quiz.
type HistoryDiff struct{ Old, New Remembered }

// HistoryDiffFormats lists the formats of a comparison of two saved results, the default first.
func HistoryDiffFormats() []Format[HistoryDiff] {
	return []Format[HistoryDiff]{
		{"text", historyDiffText},
		{"json", historyDiffJSON},
	}
}

// minute is how a time is shown: as it was saved, in UTC.
const minute = "2006-01-02 15:04 MST"

func historyText(w io.Writer, all []Remembered, look Look) error {
	p := &page{look: look}
	if len(all) == 0 {
		p.paragraph("Nothing is saved yet. `rolefit quiz` saves a result when it is taken on a terminal to its end.")
	}
	for _, one := range all {
		p.hang(look.bold(one.ID)+"  ", fmt.Sprintf("%s, %s: %s, %s (%s of 100)", one.Saved.UTC().Format(minute),
			text.Line(one.Quiz.ID), text.Line(one.Outcome.Name), one.Outcome.Strength, strengthFigure(one.Result, one.Outcome.Fit)))
	}
	return p.flush(w)
}

type jsonHistory struct {
	Schema  int              `json:"schema"`
	Results []jsonRemembered `json:"results"`
}

type jsonRemembered struct {
	ID      string      `json:"id"`
	Saved   string      `json:"saved"`
	Quiz    jsonQuiz    `json:"quiz"`
	Outcome jsonOutcome `json:"outcome"`
	Margin  decimal     `json:"margin"`
}

func rememberedJSON(one Remembered) jsonRemembered {
	o := one.Outcome
	return jsonRemembered{
		one.ID, one.Saved.UTC().Format(time.RFC3339), quizJSON(one.Quiz), jsonOutcome{o.ID, o.Kind, o.Name, decimal{o.Fit}, o.Strength}, decimal{one.Margin},
	}
}

func historyJSON(w io.Writer, all []Remembered, _ Look) error {
	out := jsonHistory{Schema: jsonout.Schema, Results: []jsonRemembered{}}
	for _, one := range all {
		out.Results = append(out.Results, rememberedJSON(one))
	}
	return jsonout.Write(w, out)
}

// moved is one answer that is another now.
type moved struct {
	question *quiz.Question // as the new result's quiz has it, or the old one's
	from, to []string       // in words; nil: not answered
	effect   *big.Rat       // what the change did to the lead of the new result's first role; nil: not scored in both
}

// answersMoved lists the answers that differ, the largest effect first. A lead is
// that of the new result's first role over its second.
func answersMoved(d HistoryDiff) []moved {
	var all []moved
	first, second := d.New.Roles[0].Index, d.New.Roles[1].Index
	same := d.Old.Quiz.Digest() == d.New.Quiz.Digest()
	for i, q := range d.New.Quiz.Questions {
		before, was := d.Old.Answers[q.ID]
		after, is := d.New.Answers[q.ID]
		old := d.Old.Quiz.Question(q.ID)
		if !was && !is || was && is && fmt.Sprint(old.Form().Value(before)) == fmt.Sprint(q.Form().Value(after)) {
			continue
		}
		m := moved{question: q}
		if was {
			m.from = words(old, before)
		}
		if is {
			m.to = words(q, after)
		}
		if same && was && is && q.Scored() {
			m.effect = d.New.Frame().Effect(first, second, pointsMoved(d.New.Quiz, i, before, after))
		}
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(a, b moved) int { return size(b.effect).Cmp(size(a.effect)) })
	return all
}

func size(effect *big.Rat) *big.Rat {
	if effect == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Abs(effect)
}

func words(q *quiz.Question, a quiz.Answer) []string { return q.Form().Describe(a) }

// pointsMoved is by how much each dimension's sum changes.
func pointsMoved(q *quiz.Quiz, question int, from, to quiz.Answer) []int {
	dims := make([]string, len(q.Dimensions))
	for d := range dims {
		dims[d] = q.Dimensions[d].ID
	}
	before, after := make([]int, len(dims)), make([]int, len(dims))
	q.Questions[question].Points(from, dims, before)
	q.Questions[question].Points(to, dims, after)
	for d := range after {
		after[d] -= before[d]
	}
	return after
}

func historyDiffText(w io.Writer, d HistoryDiff, look Look) error {
	p := &page{look: look}
	p.title(fmt.Sprintf("%s → %s", d.Old.Saved.UTC().Format(minute), d.New.Saved.UTC().Format(minute)))
	a, b := d.Old.Outcome, d.New.Outcome
	if a.ID == b.ID {
		p.paragraph(fmt.Sprintf("The outcome is the same: %s (%s, then %s).", b.Name, a.Strength, b.Strength))
	} else {
		p.paragraph(fmt.Sprintf("%s (%s) became %s (%s).", a.Name, a.Strength, b.Name, b.Strength))
	}
	if d.Old.Quiz.Digest() != d.New.Quiz.Digest() {
		p.paragraph("The quiz itself changed in between, so not all that moved is yours.")
	}
	p.heading("Fits and scores (0 to 100)")
	for _, r := range d.New.Roles {
		if i := slices.IndexFunc(d.Old.Roles, func(o score.RoleFit) bool { return o.Role.ID == r.Role.ID }); i >= 0 {
			p.shift(r.Role.Name, d.Old.Roles[i].Fit, r.Fit)
		}
	}
	for _, s := range d.New.Dimensions {
		i := slices.IndexFunc(d.Old.Dimensions, func(o score.DimensionScore) bool { return o.Dimension.ID == s.Dimension.ID })
		if i >= 0 && s.Score != nil && d.Old.Dimensions[i].Score != nil {
			p.shift(s.Dimension.Name, d.Old.Dimensions[i].Score, s.Score)
		}
	}
	p.answersMoved(d)
	return p.flush(w)
}

func (p *page) shift(name string, from, to *big.Rat) {
	p.hang(indent, fmt.Sprintf("%s: %s → %s", text.Line(name), text.Decimal(from, 1), text.Decimal(to, 1)))
}

func (p *page) answersMoved(d HistoryDiff) {
	all := answersMoved(d)
	if len(all) == 0 {
		p.heading("Every answer is the same")
		return
	}
	p.heading(fmt.Sprintf("Answers that changed (points towards %s, away from %s)", text.Line(d.New.Roles[0].Role.Name), text.Line(d.New.Roles[1].Role.Name)))
	for _, m := range all {
		effect := "      "
		if m.effect != nil {
			effect = fmt.Sprintf("%+6s", signed(m.effect))
		}
		p.hang(indent+effect+" ", fmt.Sprintf("%s %s → %s", text.Line(m.question.Ask), inWords(m.from), inWords(m.to)))
	}
}

// signed writes an effect with its sign.
func signed(r *big.Rat) string {
	s := text.Decimal(r, 1)
	if r.Sign() > 0 && !strings.HasPrefix(s, "-") {
		return "+" + s
	}
	return s
}

// inWords is an answer as the person read it; nil: there is none.
func inWords(all []string) string {
	if all == nil {
		return "(no answer)"
	}
	return listed(all, ", ")
}

type jsonHistoryDiff struct {
	Schema  int               `json:"schema"`
	Old     jsonRemembered    `json:"old"`
	New     jsonRemembered    `json:"new"`
	Answers []jsonAnswerMoved `json:"answers"`
}

type jsonAnswerMoved struct {
	Question string   `json:"question"`
	From     any      `json:"from"`
	To       any      `json:"to"`
	Effect   *decimal `json:"effect"` // null: not scored, or not comparable
}

func historyDiffJSON(w io.Writer, d HistoryDiff, _ Look) error {
	out := jsonHistoryDiff{jsonout.Schema, rememberedJSON(d.Old), rememberedJSON(d.New), []jsonAnswerMoved{}}
	for _, m := range answersMoved(d) {
		one := jsonAnswerMoved{Question: m.question.ID}
		if a, was := d.Old.Answers[m.question.ID]; was {
			one.From = d.Old.Quiz.Question(m.question.ID).Form().Value(a)
		}
		if a, is := d.New.Answers[m.question.ID]; is {
			one.To = m.question.Form().Value(a)
		}
		if m.effect != nil {
			one.Effect = &decimal{m.effect}
		}
		out.Answers = append(out.Answers, one)
	}
	return jsonout.Write(w, out)
}
