package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// RoleCards writes a card for each of the roles: what it is, what it asks for,
// its path, how to break in and its credentials.
func RoleCards(w io.Writer, q *quiz.Quiz, roles []*quiz.Role, look Look) error {
	p := &page{look: look}
	for i, r := range roles {
		if i > 0 {
			p.gap()
			p.line(strings.Repeat("─", look.width()))
			p.gap()
		}
		p.card(q, r)
	}
	return p.flush(w)
}

func (p *page) card(q *quiz.Quiz, r *quiz.Role) {
	p.line(p.look.bold(text.Line(r.Name)))
	if r.Tagline != "" {
		p.paragraph(r.Tagline)
	}
	if r.Summary != "" {
		p.gap()
		p.paragraph(r.Summary)
	}
	p.asksFor(q, r)
	p.contrastsOf(q, r)
	if len(r.Path) > 0 {
		p.heading("Career path")
		p.hang(indent, strings.Join(r.Path, " → "))
	}
	p.stepsWhere(q, r, "Ways in and onward", func(s quiz.Step) bool { return s.Kind != "certify" })
	p.stepsWhere(q, r, "Credentials", func(s quiz.Step) bool { return s.Kind == "certify" })
}

// asksFor lists the dimensions a role weighs, the heaviest first.
func (p *page) asksFor(q *quiz.Quiz, r *quiz.Role) {
	p.heading("What it asks for")
	for _, words := range asks(q, r) {
		p.hang(indent+"- ", words)
	}
}

// asks says what a role weighs, the heaviest first.
func asks(q *quiz.Quiz, r *quiz.Role) []string {
	var weighed []quiz.Dimension
	for _, d := range q.Dimensions {
		if r.Weights[d.ID] != 0 {
			weighed = append(weighed, d)
		}
	}
	slices.SortStableFunc(weighed, func(a, b quiz.Dimension) int {
		return cmp.Compare(max(r.Weights[b.ID], -r.Weights[b.ID]), max(r.Weights[a.ID], -r.Weights[a.ID]))
	})
	var all []string
	for _, d := range weighed {
		words := text.Line(d.Name)
		if r.Weights[d.ID] < 0 {
			words = "Little of: " + words
		}
		if d.About != "" {
			words += ": " + d.About
		}
		all = append(all, words)
	}
	return all
}

func (p *page) contrastsOf(q *quiz.Quiz, r *quiz.Role) {
	if len(q.Contrasts) == 0 {
		return
	}
	p.heading("At a glance")
	for _, c := range q.Contrasts {
		if c.Says[r.ID] != "" {
			p.hang(indent+"- ", label(c.Aspect)+" "+c.Says[r.ID])
		}
	}
}

// label ends a text with a colon, unless it ends a sentence itself.
func label(s string) string {
	s = text.Line(s)
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + ":"
}

func (p *page) stepsWhere(q *quiz.Quiz, r *quiz.Role, heading string, keep func(quiz.Step) bool) {
	number := 0
	for _, s := range r.Steps {
		if !keep(s) {
			continue
		}
		if number == 0 {
			p.heading(heading)
		}
		number++
		p.step(fmt.Sprintf("%s%d. ", indent, number), s)
		if words := forWhom(q, s.When); words != "" {
			p.hang(indent+indent+" ", "For: "+words+".")
		}
	}
}

// forWhom says in the quiz's own words whom a condition means; "" for everybody.
func forWhom(q *quiz.Quiz, w quiz.When) string {
	var clauses []string
	for _, c := range w.Any {
		var tests []string
		for _, t := range c {
			tests = append(tests, strings.Join(valueNames(q, t), " or "))
		}
		clauses = append(clauses, strings.Join(tests, ", and "))
	}
	return strings.Join(clauses, "; or ")
}

// valueNames gives the values of a test as people read them.
func valueNames(q *quiz.Quiz, t quiz.Test) []string {
	one := q.Question(t.Key)
	if one == nil {
		return t.Values // an outcome or a strength
	}
	form := one.Form()
	var names []string
	for _, v := range t.Values {
		if i := slices.Index(form.IDs, v); i >= 0 {
			names = append(names, "“"+text.Line(form.Texts[i])+"”")
		}
	}
	return names
}
