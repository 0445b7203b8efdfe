// Package findings writes what was found wrong with files, for people and for
// the tools that take findings. It must not know how anything is found, nor
// about quizzes: a format is one row of a list here.
package findings

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/text"
)

// Checked is what checking definitions came to.
type Checked struct {
	Files   []File // in the order in which they were named
	Strict  bool   // warnings count as errors
	Version string // of this program
}

// File is a file that was checked, or a path at which there is none, with what was found.
type File struct {
	Path   string // as findings call it
	Repo   string // the same from the root of the repository, with slashes: as other tools know it
	Source []byte // nil: it could not be read
	Found  diag.List

	marks []utf16Mark
}

// Format is one way of writing findings.
type Format struct {
	Name  string
	Write func(io.Writer, *Checked) error
}

// Formats lists the formats, the default first.
func Formats() []Format {
	return []Format{
		{"text", writeText},
		{"oneline", writeOneLine},
		{"json", writeJSON},
		{"sarif", writeSARIF},
		{"github", writeGitHub},
		{"junit", writeJUnit},
	}
}

// Names lists the names of the formats, the default first.
func Names() []string {
	var all []string
	for _, f := range Formats() {
		all = append(all, f.Name)
	}
	return all
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
	line := "checked " + text.Count(read, "file") + ": "
	if errors+warnings == 0 {
		return line + "nothing found"
	}
	return line + text.Count(errors, "error") + ", " + text.Count(warnings, "warning")
}

func writeText(w io.Writer, c *Checked) error { return c.All().WriteText(w) }

func writeOneLine(w io.Writer, c *Checked) error {
	var b strings.Builder
	for _, f := range c.All() {
		fmt.Fprintln(&b, f.Headline())
	}
	return flush(w, &b)
}

// flush writes what was collected at once, so that a failed write leaves nothing half said.
func flush(w io.Writer, b *strings.Builder) error {
	_, err := io.WriteString(w, b.String())
	return err
}

// uri is the path as other tools take it.
func (f *File) uri() string {
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
