package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/persona"
	"github.com/rolefit/rolefit/internal/text"
)

// Tests is what a run of persona tests found.
type Tests struct {
	*persona.Report
	Verbose bool // name what passed, too
}

// TestFormats lists the formats of a run of persona tests, the default first.
func TestFormats() []Format[*Tests] {
	return []Format[*Tests]{
		{"text", testText},
		{"json", testJSON},
		{"junit", testJUnit},
	}
}

// testText writes what differs, line by line as `go test` does: such lines are
// made to be searched, so they are not wrapped.
func testText(w io.Writer, t *Tests, look Look) error {
	p := &page{look: look}
	for i := range t.Files {
		p.testFile(t, &t.Files[i])
	}
	if t.Mutation != nil {
		p.mutation(t.Mutation)
	}
	if t.Coverage != nil {
		p.coverage(t.Coverage)
	}
	return p.flush(w)
}

func (p *page) testFile(t *Tests, f *persona.File) {
	failed := 0
	for _, r := range f.Results {
		if !r.Passed() {
			failed++
		}
		if t.Verbose || !r.Passed() {
			p.testResult(f, r)
		}
	}
	path := text.Line(f.Test.Path)
	if failed > 0 {
		p.line(fmt.Sprintf("%s  %s  %d of %d failed", p.look.bold("FAIL"), path, failed, len(f.Results)))
		return
	}
	p.line(fmt.Sprintf("ok    %s  %s", path, contents(f)))
}

// contents says how much a file that passed holds.
func contents(f *persona.File) string {
	n, odds := len(f.Results), ""
	if n > 0 && f.Results[n-1].IsOdds {
		n, odds = n-1, " and the odds"
		if f.Results[n].Sampled {
			odds = " and the odds (sampled)"
		}
	}
	return text.Count(n, "persona") + odds
}

func (p *page) testResult(f *persona.File, r persona.Result) {
	verdict := "--- PASS"
	if !r.Passed() {
		verdict = p.look.bold("--- FAIL")
	}
	p.line(fmt.Sprintf("%s: %s (%s:%d)", verdict, text.Line(r.Name), text.Line(f.Test.Path), r.Line))
	p.lines(failureLines(r, "    "))
}

// failureLines are a result's failures, each with the effects that led to it.
func failureLines(r persona.Result, lead string) []string {
	var all []string
	for _, one := range r.Failures {
		all = append(all, lead+text.Line(one.Text))
		for _, e := range one.Effects {
			all = append(all, lead+"  "+text.Line(e))
		}
	}
	return all
}

func (p *page) mutation(m *persona.Mutation) {
	p.gap()
	p.line(fmt.Sprintf("mutants: %d of %d killed, %d%%; %d equivalent, %d survived",
		m.Killed, m.Mutants-m.Equivalent, m.Score(), m.Equivalent, len(m.Survivors)))
	for _, s := range m.Survivors {
		p.line(fmt.Sprintf("%s:%d: survived: %s", text.Line(s.Path), s.Line, text.Line(s.Change)))
	}
}

func (p *page) coverage(c *persona.Coverage) {
	p.gap()
	p.line(fmt.Sprintf("coverage: %d of %d parts reached, %d%%", c.Reached, c.Items, c.Percent()))
	for _, one := range c.Unreached {
		p.line(fmt.Sprintf("%s:%d: not reached: %s", text.Line(one.Path), one.Line, text.Line(one.What)))
	}
}

// TestWarnings says what does not fail a test and is hardly meant.
func TestWarnings(t *Tests) []string {
	var all []string
	for _, f := range t.Files {
		for _, r := range f.Results {
			if len(r.Ignored) > 0 {
				all = append(all, text.Line(fmt.Sprintf("%s:%d: %s is not asked, so the answers are ignored: %s",
					f.Test.Path, r.Line, r.Name, strings.Join(r.Ignored, ", "))))
			}
			if r.Sampled && t.Mutation != nil {
				all = append(all, text.Line(fmt.Sprintf("%s:%d: the odds are sampled, so they were not used to notice mutants",
					f.Test.Path, r.Line)))
			}
		}
	}
	return all
}
