package findings

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/junit"
	"github.com/rolefit/rolefit/internal/text"
)

// The escapes of GitHub's workflow commands: of a message, and of a property.
var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes findings as workflow commands, which GitHub shows at their lines.
func writeGitHub(w io.Writer, c *Checked) error {
	var b strings.Builder
	for _, file := range c.Files {
		for _, f := range file.Found {
			fmt.Fprintln(&b, command(file.Repo, f))
		}
	}
	return flush(w, &b)
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

// StepSummary writes findings as a page for GitHub's summary of a step.
func StepSummary(w io.Writer, c *Checked) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### rolefit validate\n\n%s\n", c.Summary())
	if all := c.All(); len(all) > 0 {
		fmt.Fprint(&b, "\n| place | | rule | finding |\n| --- | --- | --- | --- |\n")
		for _, f := range all {
			fmt.Fprintf(&b, "| %s | %s | `%s` | %s |\n", cell(f.Place.String()), f.Severity, f.Rule, cell(f.Message))
		}
	}
	return flush(w, &b)
}

// cell makes a text harmless inside a table of Markdown.
func cell(s string) string {
	return strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[").Replace(text.Line(s))
}

// writeJUnit writes a suite for each file, with a case for each finding and
// one for the file itself, so that a clean file shows too. Warnings are no failures.
func writeJUnit(w io.Writer, c *Checked) error {
	all := junit.Suites{Name: "rolefit validate"}
	for _, file := range c.Files {
		s := file.suite(c.Strict)
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Suites = append(all.Suites, s)
	}
	return all.Write(w)
}

func (file *File) suite(strict bool) junit.Suite {
	path := text.Line(file.Path)
	s := junit.Suite{Name: path, Tests: 1 + len(file.Found), Cases: []junit.Case{{Name: "definition", Class: path, File: path}}}
	seen := make(map[string]int)
	for _, f := range file.Found {
		one := junit.Case{Name: text.Line(numbered(seen, f.Rule+" "+subject(f))), Class: path, File: path, Line: f.Place.Line}
		if f.Severity == diag.Error || strict {
			s.Failures++
			one.Failure = &junit.Failure{Message: text.Line(f.Message), Type: f.Rule, Text: f.Headline() + "\n" + text.Line(advice(f))}
		} else {
			one.Out = f.Headline()
		}
		s.Cases = append(s.Cases, one)
	}
	return s
}
