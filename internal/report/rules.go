package report

import (
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
)

// RuleList writes all rules, a line or two each.
func RuleList(w io.Writer, rules []diag.Rule, look Look) error {
	p := &page{look: look}
	widest := 0
	for _, r := range rules {
		widest = max(widest, len(r.ID))
	}
	for i, r := range rules {
		if i == 0 || r.Severity != rules[i-1].Severity {
			if i > 0 {
				p.gap()
			}
			p.line(look.bold(severityTitle(r.Severity)))
		}
		p.hang(indent+look.tint(r.ID)+strings.Repeat(" ", widest-len(r.ID)+2), withoutTicks(r.Fires))
	}
	return p.flush(w)
}

func severityTitle(s diag.Severity) string {
	if s == diag.Error {
		return "Errors: the quiz is not run"
	}
	return "Warnings"
}

// withoutTicks takes the marks of code out of a text for people.
func withoutTicks(s string) string { return strings.ReplaceAll(s, "`", "") }

// RulePage writes what a rule is, why it matters, and how it is mended.
func RulePage(w io.Writer, r *diag.Rule, look Look) error {
	p := &page{look: look}
	p.hang(look.bold(r.ID)+" ("+string(r.Severity)+"): ", withoutTicks(r.Fires)+".")
	p.gap()
	p.paragraph(r.Why)
	for _, part := range []struct{ title, code string }{{"Broken", r.Broken}, {"Mended", r.Mended}} {
		if part.code == "" {
			continue
		}
		p.gap()
		p.line(look.bold(part.title))
		for line := range strings.SplitSeq(part.code, "\n") {
			p.line(indent + indent + line)
		}
	}
	p.gap()
	p.hang("What to do: ", withoutTicks(r.Help)+".")
	if r.Severity == diag.Warning {
		p.gap()
		p.line("To accept it, with a reason, above or behind the line:")
		p.line(indent + indent + "# rolefit: ignore[" + r.ID + "]: why it is meant so")
	}
	return p.flush(w)
}
