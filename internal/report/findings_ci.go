package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/text"
)

// The escapes of GitHub's workflow commands: of a message, and of a property.
var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// findingsGitHub writes findings as workflow commands, which GitHub shows at their lines.
func findingsGitHub(w io.Writer, c *Checked, look Look) error {
	p := &page{look: look}
	for _, file := range c.Files {
		for _, f := range file.Found {
			p.line(command(file.Repo, f))
		}
	}
	return p.flush(w)
}

func command(path string, f diag.Finding) string {
	properties := []string{"file=" + commandProperty.Replace(path)}
	if at := f.Place; at.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d", at.Line), fmt.Sprintf("endLine=%d", at.EndLine))
		if at.Line == at.EndLine { // GitHub refuses columns otherwise
			properties = append(properties, fmt.Sprintf("col=%d", at.Column), fmt.Sprintf("endColumn=%d", at.EndColumn))
		}
	}
	properties = append(properties, "title="+commandProperty.Replace("rolefit "+f.Rule))
	message := text.Line(f.Message) + "\n" + text.Line(advice(f))
	return fmt.Sprintf("::%s %s::%s", f.Severity, strings.Join(properties, ","), commandData.Replace(message))
}

// FindingsSummary writes findings as a page for GitHub's summary of a step.
func FindingsSummary(w io.Writer, c *Checked) error {
	p := &page{}
	p.line("### rolefit validate")
	p.gap()
	p.line(c.Summary())
	if all := c.All(); len(all) > 0 {
		p.gap()
		p.line("| place | | rule | finding |")
		p.line("| --- | --- | --- | --- |")
		for _, f := range all {
			p.line(fmt.Sprintf("| %s | %s | `%s` | %s |", cell(f.Place.String()), f.Severity, f.Rule, cell(f.Message)))
		}
	}
	return p.flush(w)
}

// cell makes a text harmless inside a table of Markdown.
func cell(s string) string {
	return strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[").Replace(text.Line(s))
}

// findingsJUnit writes a suite for each file, with a case for each finding and
// one for the file itself, so that a clean file shows too. Warnings are no failures.
func findingsJUnit(w io.Writer, c *Checked, _ Look) error {
	all := junitSuites{Name: "rolefit validate"}
	for _, file := range c.Files {
		s := file.junit(c.Strict)
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Suites = append(all.Suites, s)
	}
	return all.write(w)
}

func (file *CheckedFile) junit(strict bool) junitSuite {
	path := text.Line(file.Path)
	s := junitSuite{Name: path, Tests: 1 + len(file.Found), Cases: []junitCase{{Name: "definition", Class: path, File: path}}}
	seen := make(map[string]int)
	for _, f := range file.Found {
		one := junitCase{Name: text.Line(numbered(seen, f.Rule+" "+subject(f))), Class: path, File: path, Line: f.Place.Line}
		if f.Severity == diag.Error || strict {
			s.Failures++
			one.Failure = &junitFailure{text.Line(f.Message), f.Rule, f.Headline() + "\n" + text.Line(advice(f))}
		} else {
			one.Out = f.Headline()
		}
		s.Cases = append(s.Cases, one)
	}
	return s
}
