package report

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

const indent = "  "

// resultText writes a result for a terminal, the most important first.
func resultText(w io.Writer, r *Result, look Look) error {
	p := &page{look: look}
	p.title(r.Quiz.Title)
	if r.Respondent != "" {
		p.paragraph("Answers of " + text.Line(r.Respondent))
		p.gap()
	}
	p.paragraph(headline(r.Result))
	for _, s := range []string{r.Outcome.Tagline, r.Outcome.Summary, weakness(r.Result), missingSentence(r.Result)} {
		if s != "" {
			p.gap()
			p.paragraph(s)
		}
	}
	p.roleBars(r.Result)
	p.dimensionBars(r.Result)
	p.explain(r)
	p.notes(r.Notes)
	p.steps(r.Steps)
	p.heading("What this result is not")
	for _, s := range limits() {
		p.hang(indent+"- ", s)
	}
	p.gap()
	p.paragraph(source(r.Quiz))
	p.paragraph("In short: " + short(r.Result))
	return p.flush(w)
}

// source names the quiz and the state of it that a result comes from.
func source(q *quiz.Quiz) string {
	return fmt.Sprintf("%s %s, digest %s", q.ID, q.Version, q.ShortDigest())
}

// short repeats the outcome where a long result ends: the top has scrolled away.
func short(r *score.Result) string {
	return fmt.Sprintf("%s, a %s fit (%s of 100).", r.Outcome.Name, r.Outcome.Strength, strengthFigure(r, r.Outcome.Fit))
}

func (p *page) title(s string) {
	for _, line := range text.Wrap(text.Line(s), p.look.width()) {
		p.line(p.look.bold(line))
	}
	p.gap()
}

func (p *page) heading(s string) {
	p.gap()
	for _, line := range text.Wrap(s, p.look.width()) {
		p.line(p.look.bold(line))
	}
}

func (p *page) paragraph(s string) { p.lines(text.Wrap(s, p.look.width())) }

func (p *page) roleBars(r *score.Result) {
	p.heading("How well the roles fit (0 to 100, rounded)")
	var rows []bar
	for _, role := range r.Roles {
		rows = append(rows, bar{role.Role.Name, role.Fit, strengthFigure(r, role.Fit)})
	}
	p.bars(rows)
	p.hang(indent, marginSentence(r))
}

func (p *page) dimensionBars(r *score.Result) {
	p.heading("What your answers say (0 to 100, rounded)")
	for _, d := range r.Dimensions {
		p.bars([]bar{{d.Dimension.Name, d.Score, scoreFigure(d)}}, dimensionNames(r)...)
		if words := reading(d); words != "" {
			p.hang(indent+indent, words)
		}
	}
}

func dimensionNames(r *score.Result) []string {
	names := make([]string, len(r.Dimensions))
	for i, d := range r.Dimensions {
		names[i] = d.Dimension.Name
	}
	return names
}

// bar is one row of a bar chart; a nil value draws an empty one.
type bar struct {
	name   string
	value  *big.Rat // 0 to 100
	figure string
}

const (
	narrow     = 60 // below this, a bar stands under its name
	mostName   = 30
	leastBar   = 10
	figureSize = 6
)

// bars draws rows one below the other; names are those the column must fit.
func (p *page) bars(rows []bar, names ...string) {
	width := p.look.width()
	column := 0
	for _, row := range rows {
		names = append(names, row.name)
	}
	for _, name := range names {
		column = max(column, text.Width(text.Line(name)))
	}
	column = min(column, mostName)
	for _, row := range rows {
		name := text.Line(row.name)
		if !p.look.Bars {
			p.hang(indent, label(name)+" "+row.figure)
			continue
		}
		if width < narrow || column+leastBar+figureSize > width {
			p.line(indent + text.Pad(name, min(text.Width(name), width-len(indent))))
			p.line(indent + p.drawBar(row.value, width-len(indent)-figureSize) + " " + row.figure)
			continue
		}
		p.line(indent + text.Pad(name, column) + " " + p.drawBar(row.value, width-column-len(indent)-figureSize-1) + " " + row.figure)
	}
}

func (p *page) drawBar(value *big.Rat, cells int) string {
	filled := 0
	if value != nil {
		share := new(big.Rat).Mul(value, big.NewRat(int64(cells), 100))
		fmt.Sscan(text.Decimal(share, 0), &filled)
	}
	filled = min(max(filled, 0), cells)
	return p.look.tint(strings.Repeat("█", filled)) + strings.Repeat("░", cells-filled)
}

func (p *page) notes(notes []quiz.Note) {
	if len(notes) == 0 {
		return
	}
	p.heading("What this means for you")
	for _, n := range notes {
		p.hang(indent+"- ", n.Text)
		if words := checked(n.AsOf, n.URL); words != "" {
			p.hang(indent+indent, words)
		}
		if n.URL != "" {
			p.line(indent + indent + n.URL)
		}
	}
}

func (p *page) steps(steps []quiz.Step) {
	if len(steps) == 0 {
		return
	}
	p.heading("Next steps")
	for i, s := range steps {
		p.step(fmt.Sprintf("%s%d. ", indent, i+1), s)
	}
}

func (p *page) step(lead string, s quiz.Step) {
	under := strings.Repeat(" ", text.Width(lead))
	p.hang(lead, text.Line(s.Title)+kindOf(s))
	for _, words := range []string{s.Detail, checked(s.AsOf, s.URL)} {
		if words != "" {
			p.hang(under, words)
		}
	}
	if s.URL != "" {
		p.line(under + text.Line(s.URL)) // never broken, so that it can be clicked
	}
}

func kindOf(s quiz.Step) string {
	if s.Kind == "" {
		return ""
	}
	return " (" + s.Kind + ")"
}
