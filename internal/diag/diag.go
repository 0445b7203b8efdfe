// Package diag holds what is found wrong with a file: findings with a rule and
// an exact place, their order, and how people read them; and the list of the
// rules. It must not know documents: who reads them says where things stand.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a finding stops the file from being used.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Place is a stretch of a file. Lines and columns count from 1; columns count
// characters, and the end column is the one behind the last character.
type Place struct {
	Path      string
	Line      int
	Column    int
	EndLine   int
	EndColumn int
}

// String gives path:line:column, as editors and terminals understand it.
func (p Place) String() string {
	if p.Line == 0 {
		return p.Path
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// Finding is one fault.
type Finding struct {
	Rule       string // id in [Rules]; empty for files that no rule covers
	Severity   Severity
	Place      Place
	Message    string
	Suggestion string // what was probably meant; empty: nothing near
	Help       string // what to do, where the rule's own help is too general
	Related    []Related
	More       int // how many of this rule in this file are not listed, and follow
	// Witness is a set of answers that shows the fault, as a sheet holds them:
	// question id → option id, step or list of option ids. Nil: the rule has none.
	Witness map[string]any
	// Subject names what the fault is in by the ids on the way there, such as
	// question.set-vision.measures: it stays when lines move.
	Subject string
	Source  []string // the lines of the place, for the excerpt; may be empty
	// SourceColumn is where Source begins in its line, when that is too long to
	// be kept whole; 0: at the first column.
	SourceColumn int
}

// Related is another place that belongs to a finding.
type Related struct {
	Place   Place
	Message string
}

// List is every fault of a file. As an error it says how many there are;
// Text writes them out.
type List []Finding

// Error implements error.
func (l List) Error() string {
	if len(l) == 0 {
		return "no findings"
	}
	first := l[0].Headline()
	errors, warnings := l.Count()
	if errors+warnings == 1 {
		return first
	}
	return fmt.Sprintf("%s (and %d more)", first, errors+warnings-1)
}

// Errors reports whether any finding is an error.
func (l List) Errors() bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return f.Severity == Error })
}

// Sort puts the findings in their one order: path, line, column, rule; behind
// that whatever tells two of them apart, so that no run differs from another.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(
			strings.Compare(a.Place.Path, b.Place.Path),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
			strings.Compare(a.Rule, b.Rule),
			strings.Compare(a.Message, b.Message),
			cmp.Compare(a.Place.EndLine, b.Place.EndLine),
			cmp.Compare(a.Place.EndColumn, b.Place.EndColumn),
			strings.Compare(string(a.Severity), string(b.Severity)),
			strings.Compare(a.Suggestion, b.Suggestion),
			strings.Compare(a.Help, b.Help),
			strings.Compare(a.Subject, b.Subject),
		)
	})
}
