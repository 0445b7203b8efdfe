package report

import (
	"cmp"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// oddsText draws the odds for a terminal.
func oddsText(w io.Writer, o *odds.Odds, look Look) error {
	p := &page{look: look}
	p.title(o.Quiz.Title)
	p.paragraph(oddsSentence(o))
	p.heading("Outcomes of random answers (percent)")
	var rows []bar
	for _, s := range o.Outcomes {
		rows = append(rows, bar{outcomeName(o.Quiz, s.ID), hundredth(s.Share), shareFigure(s.Share)})
	}
	p.bars(rows)
	for _, s := range o.Outcomes {
		if !o.Exact {
			p.hang(indent, fmt.Sprintf("%s: between %s%% and %s%%, with 95%% confidence.",
				outcomeName(o.Quiz, s.ID), shareFigure(s.Low), shareFigure(s.High)))
		}
	}
	p.hang(indent, fmt.Sprintf("Exactly level for first place: %s%%.", shareFigure(o.Tie.Share)))
	p.margins(o)
	p.oddsDimensions(o)
	p.oddsQuestions(o)
	p.gap()
	p.paragraph(source(o.Quiz))
	return p.flush(w)
}

func oddsSentence(o *odds.Odds) string {
	sheets := "More answer sheets than can be counted"
	if o.Sheets != nil {
		sheets = grouped(o.Sheets) + " answer sheets are possible"
	}
	if o.Exact {
		return sheets + ". Everything below is exact: each of them is counted, by how likely somebody who answers at random is to give it."
	}
	return fmt.Sprintf("%s. They were not all counted: %s. What follows is measured on %s random sheets (seed %d).",
		sheets, o.Why, grouped(big.NewInt(int64(o.Samples))), o.Seed)
}

// grouped writes a large number with its thousands apart.
func grouped(n *big.Int) string {
	s := n.String()
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, parts...), " ")
}

func hundredth(share float64) *big.Rat {
	r := new(big.Rat)
	r.SetFloat64(share * 100)
	return r
}

// shareFigure writes a share as a percentage with one decimal, or with as many
// as it takes not to call something nothing.
func shareFigure(share float64) string {
	switch {
	case share > 0 && share < 0.0005:
		return "<0.05"
	case share < 1 && share > 0.9995:
		return ">99.95"
	}
	return fmt.Sprintf("%.1f", share*100)
}

// margins draws the histogram of the margin, with the hybrid band marked.
func (p *page) margins(o *odds.Odds) {
	band := widestBand(o.Quiz)
	p.heading("By how much one role leads (points; percent of random sheets)")
	if len(o.Quiz.Roles) == 2 {
		half := len(o.Margins) / 2
		p.hang(indent, text.Line(o.Quiz.Roles[1].Name)+" leads:")
		for i := range half {
			p.marginBar(o, i, half-1-i, band)
		}
		p.hang(indent, text.Line(o.Quiz.Roles[0].Name)+" leads, or both are level:")
		for i := half; i < len(o.Margins); i++ {
			p.marginBar(o, i, i-half, band)
		}
	} else {
		for i := range o.Margins {
			p.marginBar(o, i, i, band)
		}
	}
	if band > 0 {
		p.hang(indent, fmt.Sprintf("~ a hybrid may catch it: its band reaches up to %d.", band))
	}
	p.hang(indent, "Rows below 0.05% are left out.")
}

// widestBand is the largest margin of a hybrid; 0 when there is none.
func widestBand(q *quiz.Quiz) int {
	band := 0
	for _, h := range q.Hybrids {
		band = max(band, h.Margin)
	}
	return band
}

// leastShown is the least share of sheets that a histogram has figures for.
const leastShown = 0.0005

// marginBar draws bin i of the histogram: leads from 5·step points up.
func (p *page) marginBar(o *odds.Odds, i, step, band int) {
	share := o.Margins[i]
	if share < leastShown {
		return
	}
	mark := ' '
	if step*odds.BinWidth < band {
		mark = '~'
	}
	if !p.look.Bars {
		p.line(fmt.Sprintf("%s%c %2d to %-3d  %s", indent, mark, step*odds.BinWidth, (step+1)*odds.BinWidth, shareFigure(share)))
		return
	}
	name := fmt.Sprintf("%s%c %2d to %-3d ", indent, mark, step*odds.BinWidth, (step+1)*odds.BinWidth)
	relative := new(big.Rat).SetFloat64(100 * share / slices.Max(o.Margins))
	p.line(name + p.drawBar(relative, p.look.width()-text.Width(name)-figureSize) + " " + shareFigure(share))
}

func (p *page) oddsDimensions(o *odds.Odds) {
	p.heading("Scores of random answers (0 to 100)")
	for _, d := range o.Dimensions {
		words := "never measured"
		if d.Measured > 0 {
			words = fmt.Sprintf("mean %.1f, standard deviation %.1f", d.Mean, d.SD)
			if d.Measured < 1 {
				words += fmt.Sprintf("; measured on %s%% of sheets", shareFigure(d.Measured))
			}
		}
		p.hang(indent, label(d.Dimension.Name)+" "+words)
	}
}

// namedQuestions is how many questions the text names.
const namedQuestions = 10

// movers lists the questions, those that can move most first.
func movers(o *odds.Odds) []odds.Question {
	all := slices.Clone(o.Questions)
	slices.SortStableFunc(all, func(a, b odds.Question) int {
		return cmp.Or(b.Swing.Cmp(a.Swing), cmp.Compare(b.Pivotal, a.Pivotal))
	})
	return all
}

const questionWords = "Points: the most its answers can change one role's lead over another. " +
	"Decides: how often changing this one answer could change the outcome."

func (p *page) oddsQuestions(o *odds.Odds) {
	all := movers(o)
	p.heading("The questions that can move most")
	rest := max(0, len(all)-namedQuestions)
	column := 0
	for _, q := range all {
		column = max(column, len(q.Question.ID))
	}
	column = min(column, p.look.width()-len(indent)-len("  points  decides"))
	p.line(indent + text.Pad("", column) + "  points  decides")
	for _, q := range all[:len(all)-rest] {
		p.line(fmt.Sprintf("%s%s  %6s  %6s%%", indent, text.Pad(q.Question.ID, column), text.Decimal(q.Swing, 1), shareFigure(q.Pivotal)))
	}
	if rest > 0 {
		p.hang(indent, fmt.Sprintf("and %d more (--format json has them all).", rest))
	}
	p.hang(indent, questionWords)
}

type jsonOdds struct {
	Schema     int                `json:"schema"`
	Quiz       jsonQuiz           `json:"quiz"`
	Exact      bool               `json:"exact"`
	Why        string             `json:"why,omitempty"`
	Samples    int                `json:"samples,omitempty"`
	Seed       int64              `json:"seed,omitempty"`
	Sheets     *string            `json:"sheets"`
	Outcomes   []jsonShare        `json:"outcomes"`
	Tie        float64            `json:"tie"`
	Dimensions []jsonDistribution `json:"dimensions"`
	Questions  []jsonSwing        `json:"questions"`
}

type jsonShare struct {
	ID       string     `json:"id"`
	Share    float64    `json:"share"`
	Interval [2]float64 `json:"interval"`
}

type jsonDistribution struct {
	ID   string   `json:"id"`
	Mean *float64 `json:"mean"`
	SD   *float64 `json:"sd"`
}

type jsonSwing struct {
	ID      string  `json:"id"`
	Swing   decimal `json:"swing"`
	Pivotal float64 `json:"pivotal"`
}

func oddsJSON(w io.Writer, o *odds.Odds, _ Look) error {
	out := jsonOdds{
		Schema: jsonout.Schema, Quiz: quizJSON(o.Quiz), Exact: o.Exact, Why: o.Why, Samples: o.Samples, Seed: o.Seed,
		Tie: o.Tie.Share, Outcomes: []jsonShare{}, Dimensions: []jsonDistribution{}, Questions: []jsonSwing{},
	}
	if o.Sheets != nil {
		out.Sheets = jsonout.Maybe(o.Sheets.String())
	}
	for _, s := range o.Outcomes {
		out.Outcomes = append(out.Outcomes, jsonShare{s.ID, s.Share, [2]float64{s.Low, s.High}})
	}
	for _, d := range o.Dimensions {
		one := jsonDistribution{ID: d.Dimension.ID}
		if d.Measured > 0 {
			one.Mean, one.SD = &d.Mean, &d.SD
		}
		out.Dimensions = append(out.Dimensions, one)
	}
	for _, q := range o.Questions {
		out.Questions = append(out.Questions, jsonSwing{q.Question.ID, decimal{q.Swing}, q.Pivotal})
	}
	return jsonout.Write(w, out)
}
