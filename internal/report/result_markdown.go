package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// resultMarkdown writes a result fit for a pull request or a wiki.
func resultMarkdown(w io.Writer, result *Result, _ Look) error {
	r := result.Result
	p := &page{}
	p.line("# " + md(r.Quiz.Title))
	if r.Respondent != "" {
		p.block("Answers of " + r.Respondent)
	}
	p.gap()
	p.line("**" + md(headline(r)) + "**")
	for _, s := range []string{r.Outcome.Tagline, r.Outcome.Summary, weakness(r), missingSentence(r)} {
		p.block(s)
	}
	p.section("How well the roles fit")
	p.line("| Role | Fit (0 to 100) |\n| --- | ---: |")
	for _, role := range r.Roles {
		p.line(fmt.Sprintf("| %s | %s |", md(role.Role.Name), strengthFigure(r, role.Fit)))
	}
	p.block(marginSentence(r))
	p.section("What your answers say")
	p.line("| Dimension | Score (0 to 100) | In words |\n| --- | ---: | --- |")
	for _, d := range r.Dimensions {
		p.line(fmt.Sprintf("| %s | %s | %s |", md(d.Dimension.Name), scoreFigure(d), md(reading(d))))
	}
	p.markdownExplain(result)
	p.markdownNotes(r.Notes)
	p.markdownSteps(r.Steps)
	p.section("What this result is not")
	for _, s := range limits() {
		p.line("- " + md(s))
	}
	p.block(source(r.Quiz))
	return p.flush(w)
}

// block adds a paragraph, if there is one.
func (p *page) block(s string) {
	for part := range strings.SplitSeq(text.Clean(s), "\n\n") {
		if strings.TrimSpace(part) != "" {
			p.gap()
			p.line(unlisted(md(part)))
		}
	}
}

func (p *page) section(s string) {
	p.gap()
	p.line("## " + md(s))
	p.gap()
}

func (p *page) markdownNotes(notes []quiz.Note) {
	if len(notes) == 0 {
		return
	}
	p.section("What this means for you")
	for _, n := range notes {
		line := "- " + md(n.Text)
		if words := checked(n.AsOf, n.URL); words != "" {
			line += " " + md(words)
		}
		if n.URL != "" {
			line += " <" + n.URL + ">"
		}
		p.line(line)
	}
}

func (p *page) markdownSteps(steps []quiz.Step) {
	if len(steps) == 0 {
		return
	}
	p.section("Next steps")
	for i, s := range steps {
		words := []string{"**" + md(s.Title) + "**" + kindOf(s) + "."}
		for _, part := range []string{s.Detail, checked(s.AsOf, s.URL)} {
			if part != "" {
				words = append(words, md(part))
			}
		}
		if s.URL != "" {
			words = append(words, "<"+s.URL+">")
		}
		p.line(fmt.Sprintf("%d. %s", i+1, strings.Join(words, " ")))
	}
}

// md makes text safe for Markdown: one line, and no character that would be
// read as markup or as HTML.
func md(s string) string {
	return markdownEscapes.Replace(text.Line(s))
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`, "~", `\~`, "$", `\$`,
)

// unlisted keeps a paragraph that begins like a list from being read as one.
func unlisted(s string) string {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	rest := s[digits:]
	if digits > 0 && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ")")) {
		return s[:digits] + `\` + rest
	}
	if digits == 0 && s != "" && strings.ContainsRune("-+=~", rune(s[0])) {
		return `\` + s
	}
	return s
}
