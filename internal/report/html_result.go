package report

import (
	"fmt"
	"html/template"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// resultView is what the page of a result shows.
type resultView struct {
	Quiz       template.HTML
	Respondent string
	Answered   string
	Headline   string
	Tagline    template.HTML
	Summary    []template.HTML
	Remarks    []string
	Roles      barTable
	Band       bandView
	Dimensions barTable
	Ledger     *ledgerView
	Near       *nearView
	Contrasts  *contrastsView
	Notes      []noteView
	Steps      []stepView
	Limits     []string
}

type noteView struct {
	Text    template.HTML
	Checked string
	URL     string
}

// resultHTML writes a result as a page to keep.
func resultHTML(w io.Writer, r *Result, _ Look) error {
	voice := voiceOf(r.Quiz)
	v := resultView{
		Quiz: voice.line(r.Quiz.Title), Respondent: text.Line(r.Respondent), Answered: day(r.Answered), Headline: headline(r.Result),
		Tagline: voice.line(r.Outcome.Tagline), Summary: voice.paragraphs(r.Outcome.Summary),
		Roles: roleTable(r.Result), Band: bandOf(r.Result), Dimensions: dimensionTable(r.Result),
		Contrasts: contrastsOf(r.Quiz, r.Result), Steps: stepViews(r.Quiz, r.Steps), Limits: limits(),
	}
	for _, s := range []string{weakness(r.Result), missingSentence(r.Result)} {
		if s != "" {
			v.Remarks = append(v.Remarks, s)
		}
	}
	if r.Ledger != nil {
		v.Ledger = ledgerOf(r)
	}
	if r.Near != nil {
		v.Near = nearOf(r)
	}
	for _, n := range r.Notes {
		v.Notes = append(v.Notes, noteView{voice.line(n.Text), checked(n.AsOf, n.URL), n.URL})
	}
	title := text.Line(r.Outcome.Name) + ": " + text.Line(r.Quiz.Title)
	return writeHTML(w, "result", htmlPage{Title: title, Source: source(r.Quiz), View: v})
}

func roleTable(r *score.Result) barTable {
	t := barTable{Caption: "Fit, from 0 (nothing that the role asks for) to 100 (all of it), rounded", Name: "Role", Unit: "Fit", Chart: "0 to 100"}
	for _, role := range r.Roles {
		t.Rows = append(t.Rows, barRow{
			Name: voiceOf(r.Quiz).line(role.Role.Name), Figure: strengthFigure(r, role.Fit), Bar: full(role.Fit, colourOf(role.Index)),
		})
	}
	return t
}

func dimensionTable(r *score.Result) barTable {
	t := barTable{Caption: "Scores from 0 to 100, rounded", Name: "Dimension", Unit: "Score", Chart: "0 to 100"}
	for _, d := range r.Dimensions {
		t.Rows = append(t.Rows, barRow{
			Name: voiceOf(r.Quiz).line(d.Dimension.Name), Words: voiceOf(r.Quiz).reading(d), Figure: scoreFigure(d), Bar: full(d.Score, "fill"),
		})
	}
	return t
}

// reading is what a score means, the quiz's words apart from the program's.
func (v voice) reading(d score.DimensionScore) template.HTML {
	low, high := v.line(d.Dimension.Low), v.line(d.Dimension.High)
	switch {
	case d.Score == nil:
		return voiceless(reading(d))
	case level(d) == 0 && low != "" && high != "":
		return "Somewhere between “" + low + "” and “" + high + "”"
	}
	return v.line(reading(d))
}

// bandView sets the lead on a line between the two leading roles.
type bandView struct {
	Left, Right string
	Reach       int    // points of lead at either end
	Mark        string // where the lead is
	Hybrid      *rod   // its band; nil: none lies between them
	Words       string
	Shaded      string
}

// leastReach is the least lead that the ends of the line stand for.
const leastReach = 30

// leftFirst reports whether the role that leads stands on the left: sides are as in the quiz.
func leftFirst(r *score.Result) bool { return r.Roles[0].Index < r.Roles[1].Index }

func bandOf(r *score.Result) bandView {
	left, right := r.Roles[0], r.Roles[1]
	if !leftFirst(r) {
		left, right = right, left
	}
	lead, _ := new(big.Rat).Sub(right.Fit, left.Fit).Float64()
	v := bandView{Left: text.Line(left.Role.Name), Right: text.Line(right.Role.Name), Reach: leastReach, Words: marginSentence(r)}
	h := band(r)
	margin, _ := r.Margin.Float64()
	for float64(v.Reach) < margin || h != nil && v.Reach < h.Margin {
		v.Reach += 10
	}
	place := func(points float64) float64 { return 50 + 50*points/float64(v.Reach) }
	v.Mark = units(min(max(place(lead)-0.6, 0), 98.8))
	if h != nil {
		half := float64(h.Margin)
		v.Hybrid = &rod{Class: hybridColour(r.Quiz, h) + " pale", X: units(place(-half)), Width: units(place(half) - place(-half))}
		v.Shaded = fmt.Sprintf("The shaded band is %s.", text.Line(h.Name))
	}
	return v
}

// hybridColour is the class of a hybrid.
func hybridColour(q *quiz.Quiz, h *quiz.Hybrid) string {
	return colourOf(len(q.Roles) + slices.IndexFunc(q.Hybrids, func(one quiz.Hybrid) bool { return one.ID == h.ID }))
}

// ledgerView is the ledger as a chart to both sides.
type ledgerView struct {
	Words   string
	Sum     string
	Rows    []ledgerRow
	Nothing string // of the answers that did nothing
}

type ledgerRow struct {
	Question template.HTML
	Answer   template.HTML
	Figure   string
	Bar      barChart
}

func ledgerOf(r *Result) *ledgerView {
	voice := voiceOf(r.Quiz)
	left, right := text.Line(r.Ledger.First.Name), text.Line(r.Ledger.Second.Name)
	if !leftFirst(r.Result) {
		left, right = right, left
	}
	v := &ledgerView{Sum: ledgerSum(r), Words: fmt.Sprintf("Bars to the left pulled towards %s, bars to the right towards %s. Points are of the lead, "+
		"against the average answer to the same question.", left, right)}
	nothing, most := 0, new(big.Rat)
	for _, e := range r.Ledger.Effects {
		if e.Favours == nil {
			nothing++
			continue
		}
		if most.Sign() == 0 { // the largest comes first
			most.Abs(e.Size)
		}
		role := r.Roles[0]
		if e.Favours != role.Role {
			role = r.Roles[1]
		}
		v.Rows = append(v.Rows, ledgerRow{
			Question: voice.line(e.Question.Ask), Answer: voice.line(answerWords(e.Question, e.Answer)),
			Figure: text.Decimal(new(big.Rat).Abs(e.Size), 1) + " towards " + text.Line(e.Favours.Name),
			Bar:    diverging(e.Size, most, (e.Favours == r.Ledger.First) == leftFirst(r.Result), colourOf(role.Index)),
		})
	}
	switch {
	case v.Rows == nil:
		v.Nothing = "None of your answers changed the lead."
	case nothing > 0:
		v.Nothing = fmt.Sprintf("%d further %s left the lead as it was.", nothing, text.Plural(nothing, "answer", "answers"))
	}
	return v
}

// ledgerSum says how the points come to the lead.
func ledgerSum(r *Result) string {
	first, lead := text.Line(r.Ledger.First.Name), text.Decimal(r.Margin, 1)
	ahead := r.Ledger.First
	switch r.Ledger.Baseline.Sign() {
	case 0:
		return fmt.Sprintf("Those towards %s less the others come to its lead of %s.", first, lead)
	case -1:
		ahead = r.Ledger.Second
	}
	return fmt.Sprintf("Average answers would give %s a lead of %s; with that, the points come to the lead of %s, %s.",
		text.Line(ahead.Name), text.Decimal(new(big.Rat).Abs(r.Ledger.Baseline), 1), first, lead)
}

// nearView says how close other outcomes are.
type nearView struct {
	Flips  []flipView
	Steady string
	Rows   *barTable
}

type flipView struct {
	Words   string
	Changes []string
}

func nearOf(r *Result) *nearView {
	v := &nearView{Steady: steadySentence(r)}
	for _, f := range nearest(r.Near.Flips) {
		one := flipView{Words: flipSentence(r, f)}
		for _, c := range changesOf(f) {
			one.Changes = append(one.Changes, changeWords(c))
		}
		v.Flips = append(v.Flips, one)
	}
	v.Rows = steadyTable(r.Near.Steadiness)
	return v
}

func steadyTable(all []odds.Steadiness) *barTable {
	t := &barTable{Caption: "How often the outcome stays the same when so many answers are changed at random", Name: "Changed", Unit: "Same", Chart: "0 to 100%"}
	for _, s := range all {
		if s.Same == nil {
			continue
		}
		t.Rows = append(t.Rows, barRow{
			Name:   template.HTML(text.Count(s.Changed, "answer")),
			Figure: percent(s.Same), Bar: full(new(big.Rat).Mul(s.Same, big.NewRat(100, 1)), "fill"),
		})
	}
	if t.Rows == nil {
		return nil
	}
	return t
}

// stepView is a next step.
type stepView struct {
	Title, Detail template.HTML
	Kind          string
	For           template.HTML
	Checked       string
	URL           string
}

func stepViews(q *quiz.Quiz, steps []quiz.Step) []stepView {
	var all []stepView
	voice := voiceOf(q)
	for _, s := range steps {
		all = append(all, stepView{voice.line(s.Title), voice.line(s.Detail), s.Kind, "", checked(s.AsOf, s.URL), s.URL})
	}
	return all
}

// contrastsView sets the roles side by side.
type contrastsView struct {
	Caption string
	Key     string // what says where the person leans
	Roles   []template.HTML
	Rows    []contrastRow
}

type contrastRow struct {
	Aspect template.HTML
	Words  template.HTML
	Span   int
	Says   []saidOf
}

type saidOf struct {
	Text template.HTML
	Lean bool
}

// contrastsOf lists the comparison's rows; with a result, it marks where it leans.
func contrastsOf(q *quiz.Quiz, r *score.Result) *contrastsView {
	if len(q.Contrasts) == 0 {
		return nil
	}
	voice := voiceOf(q)
	v := &contrastsView{Caption: "The roles, aspect by aspect"}
	for _, role := range q.Roles {
		v.Roles = append(v.Roles, voice.line(role.Name))
	}
	for _, c := range q.Contrasts {
		row := contrastRow{Aspect: voice.line(c.Aspect), Span: len(q.Roles)}
		lean := -1
		if d := scoreOf(r, c.Dimension); d != nil {
			lean = leanOf(q, d)
			row.Words = "(your score for " + voice.line(d.Dimension.Name) + ": " + template.HTML(scoreFigure(*d)) + ")"
			v.Key = "Where an aspect goes with a dimension, the role that asks most of it is marked from a score of 60 on, and the one that asks least up to 40."
		}
		for i, role := range q.Roles {
			row.Says = append(row.Says, saidOf{voice.line(says(c, role.ID)), i == lean})
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// scoreOf finds a measured dimension's score.
func scoreOf(r *score.Result, dimension string) *score.DimensionScore {
	if r == nil || dimension == "" {
		return nil
	}
	for i := range r.Dimensions {
		if d := &r.Dimensions[i]; d.Dimension.ID == dimension && d.Score != nil {
			return d
		}
	}
	return nil
}

// leanOf is the role that a score is nearer to: the one of whose fit the dimension
// makes up most for a high score, least for a low one. Where it is neither, or where
// it is alike for several roles, −1.
func leanOf(q *quiz.Quiz, d *score.DimensionScore) int {
	sign := level(*d)
	best, level := -1, true
	for i, role := range q.Roles {
		if best < 0 {
			best, level = i, false
			continue
		}
		switch sign * role.Share(d.Dimension.ID).Cmp(q.Roles[best].Share(d.Dimension.ID)) {
		case 1:
			best, level = i, false
		case 0:
			level = true
		}
	}
	if level || sign == 0 {
		return -1
	}
	return best
}

// joined links the stations of a path.
func joined(path []string) string {
	lines := make([]string, len(path))
	for i, s := range path {
		lines[i] = text.Line(s)
	}
	return strings.Join(lines, " → ")
}
