package report

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
)

// Checked is what checking definitions came to.
type Checked struct {
	Files   []CheckedFile // in the order in which they were named
	Strict  bool          // warnings count as errors
	Version string        // of this program
}

// CheckedFile is one file, or a path that is none, with what was found.
type CheckedFile struct {
	Path   string // as findings call it
	Repo   string // the same from the root of the repository, with slashes: as other tools know it
	Source []byte // nil: it could not be read
	Found  diag.List

	marks []utf16Mark
}

// FindingsFormats lists the formats of findings, the default first.
func FindingsFormats() []Format[*Checked] {
	return []Format[*Checked]{
		{"text", findingsText},
		{"oneline", findingsOneLine},
		{"json", findingsJSON},
		{"sarif", findingsSARIF},
		{"github", findingsGitHub},
		{"junit", findingsJUnit},
	}
}

// All gives the findings of all files.
func (c *Checked) All() diag.List {
	var all diag.List
	for _, f := range c.Files {
		all = append(all, f.Found...)
	}
	return all
}

// Count counts the findings by severity.
func (c *Checked) Count() (errors, warnings int) {
	return c.All().Count()
}

// Summary says in a line what was checked and found.
func (c *Checked) Summary() string {
	read := 0
	for _, f := range c.Files {
		if f.Source != nil {
			read++
		}
	}
	errors, warnings := c.Count()
	line := fmt.Sprintf("checked %d %s: ", read, plural(read, "file", "files"))
	if errors+warnings == 0 {
		return line + "nothing found"
	}
	return line + fmt.Sprintf("%d %s, %d %s", errors, plural(errors, "error", "errors"), warnings, plural(warnings, "warning", "warnings"))
}

func findingsText(w io.Writer, c *Checked, _ Look) error { return c.All().WriteText(w) }

func findingsOneLine(w io.Writer, c *Checked, look Look) error {
	p := &page{look: look}
	for _, f := range c.All() {
		p.line(f.Headline())
	}
	return p.flush(w)
}

// uri is the path as other tools take it.
func (f *CheckedFile) uri() string {
	u := url.URL{Path: f.Repo}
	if strings.HasPrefix(f.Repo, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

// subject names what a finding is in; the file, where nothing else does.
func subject(f diag.Finding) string {
	if f.Subject == "" {
		return "file"
	}
	return f.Subject
}

// numbered tells apart names that come up again.
func numbered(seen map[string]int, name string) string {
	if seen[name]++; seen[name] > 1 {
		return fmt.Sprintf("%s #%d", name, seen[name])
	}
	return name
}

// advice is the help of a finding with where to read more.
func advice(f diag.Finding) string {
	parts := []string{f.Advice()}
	if diag.RuleNamed(f.Rule) != nil {
		parts = append(parts, "rolefit explain "+f.Rule)
	}
	return strings.TrimPrefix(strings.Join(parts, "; "), "; ")
}
