package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

const (
	leastColumn = 20 // a narrower column breaks too many words
	columnGap   = 2
)

// compareText sets the roles side by side, or one below the other where the
// terminal is too narrow.
func compareText(w io.Writer, q *quiz.Quiz, look Look) error {
	p := &page{look: look}
	p.title(q.Title)
	if len(q.Contrasts) == 0 {
		p.paragraph("This quiz has no comparison of its roles.")
		return p.flush(w)
	}
	column := (look.width() - aspectWidth(q) - columnGap*len(q.Roles)) / len(q.Roles)
	if column < leastColumn {
		p.stacked(q)
	} else {
		p.sideBySide(q, aspectWidth(q), column)
	}
	return p.flush(w)
}

const mostAspect = 18

func aspectWidth(q *quiz.Quiz) int {
	width := 0
	for _, c := range q.Contrasts {
		width = max(width, text.Width(text.Line(c.Aspect)))
	}
	return min(width, mostAspect)
}

func (p *page) sideBySide(q *quiz.Quiz, aspect, column int) {
	head := [][]string{{""}}
	for _, r := range q.Roles {
		head = append(head, text.Wrap(text.Line(r.Name), column))
	}
	p.row(head, aspect, column, p.look.bold)
	p.line(strings.Repeat("─", aspect+len(q.Roles)*(column+columnGap)))
	for i, c := range q.Contrasts {
		if i > 0 {
			p.gap()
		}
		cells := [][]string{text.Wrap(text.Line(c.Aspect), aspect)}
		for _, r := range q.Roles {
			cells = append(cells, text.Wrap(says(c, r.ID), column))
		}
		p.row(cells, aspect, column, func(s string) string { return s })
	}
}

// row prints cells of several lines next to each other.
func (p *page) row(cells [][]string, first, column int, style func(string) string) {
	height := 0
	for _, c := range cells {
		height = max(height, len(c))
	}
	for i := range height {
		var b strings.Builder
		for j, c := range cells {
			width, words := column, ""
			if j == 0 {
				width = first
			} else {
				b.WriteString(strings.Repeat(" ", columnGap))
			}
			if i < len(c) {
				words = c[i]
			}
			b.WriteString(style(text.Pad(words, width)))
		}
		p.line(b.String())
	}
}

func (p *page) stacked(q *quiz.Quiz) {
	for i, c := range q.Contrasts {
		if i > 0 {
			p.gap()
		}
		for _, line := range text.Wrap(text.Line(c.Aspect), p.look.width()) {
			p.line(p.look.bold(line))
		}
		for _, r := range q.Roles {
			p.paragraph(text.Line(r.Name) + ":")
			p.hang(indent, says(c, r.ID))
		}
	}
}

// says is what the row says of a role; a dash when it says nothing.
func says(c quiz.Contrast, role string) string {
	if s := c.Says[role]; s != "" {
		return s
	}
	return "–"
}

func compareMarkdown(w io.Writer, q *quiz.Quiz, _ Look) error {
	p := &page{}
	p.line("# " + md(q.Title))
	p.gap()
	head, rule := "| |", "| --- |"
	for _, r := range q.Roles {
		head += " " + md(r.Name) + " |"
		rule += " --- |"
	}
	p.line(head)
	p.line(rule)
	for _, c := range q.Contrasts {
		row := fmt.Sprintf("| %s |", md(c.Aspect))
		for _, r := range q.Roles {
			row += " " + md(says(c, r.ID)) + " |"
		}
		p.line(row)
	}
	return p.flush(w)
}

type jsonCompare struct {
	Schema    int            `json:"schema"`
	Quiz      jsonQuiz       `json:"quiz"`
	Roles     []jsonName     `json:"roles"`
	Contrasts []jsonContrast `json:"contrasts"`
}

type jsonName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type jsonContrast struct {
	Aspect    string            `json:"aspect"`
	Dimension *string           `json:"dimension"`
	Says      map[string]string `json:"says"`
}

func compareJSON(w io.Writer, q *quiz.Quiz, _ Look) error {
	out := jsonCompare{Schema: jsonout.Schema, Quiz: quizJSON(q), Roles: []jsonName{}, Contrasts: []jsonContrast{}}
	for _, r := range q.Roles {
		out.Roles = append(out.Roles, jsonName{r.ID, r.Name})
	}
	for _, c := range q.Contrasts {
		out.Contrasts = append(out.Contrasts, jsonContrast{c.Aspect, jsonout.Maybe(c.Dimension), c.Says})
	}
	return jsonout.Write(w, out)
}
