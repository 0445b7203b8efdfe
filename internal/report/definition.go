package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// Definition is a quiz beside the file it was read from.
type Definition struct {
	Quiz *quiz.Quiz
	File *doc.File
}

// DefinitionFormats lists the formats of a definition, the default first.
func DefinitionFormats() []Format[Definition] {
	return []Format[Definition]{
		{"toml", definitionTOML},
		{"json", definitionJSON},
		{"markdown", definitionMarkdown},
	}
}

// definitionTOML is the file itself. Its texts are safe, or decoding had
// refused them; its comments may not be.
func definitionTOML(w io.Writer, d Definition, _ Look) error {
	_, err := io.WriteString(w, text.Clean(string(d.File.Source)))
	return err
}

func definitionJSON(w io.Writer, d Definition, _ Look) error {
	return jsonout.Write(w, struct {
		Schema     int       `json:"schema"`
		Quiz       jsonQuiz  `json:"quiz"`
		Definition *doc.Node `json:"definition"`
	}{jsonout.Schema, quizJSON(d.Quiz), d.File.Root})
}

// definitionMarkdown writes a readable questionnaire for review: what people
// read, and beside it what each answer earns.
func definitionMarkdown(w io.Writer, d Definition, _ Look) error {
	q, p := d.Quiz, &page{}
	p.line("# " + md(q.Title))
	for _, s := range []string{q.Summary, q.Intro, extent(q) + ", digest " + q.ShortDigest()} {
		p.block(s)
	}
	p.section("What is measured")
	p.line("| Dimension | What it is | Low | High |\n| --- | --- | --- | --- |")
	for _, one := range q.Dimensions {
		p.line(fmt.Sprintf("| %s (%s) | %s | %s | %s |", md(one.Name), md(one.ID), md(one.About), md(one.Low), md(one.High)))
	}
	p.gap()
	p.line("## Questions")
	for i, one := range q.Questions {
		p.questionMarkdown(q, i+1, one)
	}
	p.gap()
	p.line("## Roles")
	for i := range q.Roles {
		p.outcomeMarkdown(q, &q.Roles[i])
	}
	for _, h := range q.Hybrids {
		p.subsection(md(h.Name) + " (" + md(h.ID) + ")")
		p.line(fmt.Sprintf("Between %s, up to a lead of %d.", md(strings.Join(h.Roles, " and ")), h.Margin))
		p.advice(q, h.Tagline, h.Summary, h.Steps)
	}
	if len(q.Notes) > 0 {
		p.section("Notes")
		for _, n := range q.Notes {
			p.line("- " + md(n.Text) + whom(q, n.When))
		}
	}
	return p.flush(w)
}

func (p *page) subsection(s string) {
	p.gap()
	p.line("### " + s)
	p.gap()
}

func (p *page) questionMarkdown(q *quiz.Quiz, number int, one *quiz.Question) {
	p.subsection(fmt.Sprintf("%d. %s", number, md(one.Ask)))
	facts := []string{"`" + one.ID + "`", one.Kind}
	if !one.Scored() {
		facts = append(facts, "context")
	}
	if one.Optional {
		facts = append(facts, "may be skipped")
	}
	if one.Kind == "multi" {
		facts = append(facts, fmt.Sprintf("%d to %d picks", one.Pick.Min, one.Pick.Max))
	}
	p.line(strings.Join(facts, ", ") + whom(q, one.When) + ".")
	p.block(one.Help)
	p.gap()
	form := one.Form()
	if form.Steps {
		p.line("From “" + md(form.Texts[0]) + "” to “" + md(form.Texts[len(form.Texts)-1]) + "”, a step: " + md(pointsWords(one.Measures)) + ".")
		return
	}
	p.line("| Option | Points |\n| --- | --- |")
	for _, o := range one.Options {
		p.line(fmt.Sprintf("| %s | %s |", md(o.Text), md(pointsWords(o.Points))))
	}
}

// pointsWords lists points by dimension: backlog 1, team 2.
func pointsWords(points quiz.Points) string {
	var words []string
	for _, id := range slices.Sorted(maps.Keys(points)) {
		if points[id] != 0 {
			words = append(words, fmt.Sprintf("%s %+d", id, points[id]))
		}
	}
	if words == nil {
		return "no points"
	}
	return strings.Join(words, ", ")
}

func (p *page) outcomeMarkdown(q *quiz.Quiz, r *quiz.Role) {
	p.subsection(md(r.Name) + " (" + md(r.ID) + ")")
	p.line("Asks for " + md(pointsWords(r.Weights)) + ".")
	if len(r.Path) > 0 {
		p.block("Path: " + strings.Join(r.Path, " → "))
	}
	p.advice(q, r.Tagline, r.Summary, r.Steps)
}

func (p *page) advice(q *quiz.Quiz, tagline, summary string, steps []quiz.Step) {
	p.block(tagline)
	p.block(summary)
	p.gap()
	for i, s := range steps {
		p.line(fmt.Sprintf("%d. **%s**%s %s%s", i+1, md(s.Title), kindOf(s), md(s.Detail), whom(q, s.When)))
	}
}

// whom says behind a text whom it is for; "" for everybody.
func whom(q *quiz.Quiz, w quiz.When) string {
	if words := forWhom(q, w); words != "" {
		return " *(for: " + md(words) + ")*"
	}
	return ""
}
