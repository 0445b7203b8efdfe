// Package bind reads the nodes of a document as what its format says they are,
// and finds everything that is wrong with them, each thing once and at its
// place. Definitions, sheets, tests and map files are read by it.
//
// It knows tables, keys and kinds of values. It must not know any format: what
// keys there are is told by shapes, and what values mean by those who read on.
package bind

import (
	"fmt"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// Reader reads one file and collects what is wrong with it.
type Reader struct {
	File   *doc.File
	Found  diag.List // so far; of very many, those that are kept
	Shapes Shapes    // of the tables that the file may hold

	// Plain findings carry no rule: no rule covers this sort of file.
	Plain bool
	// KeyName shows an unknown key in messages; nil: as it would be written.
	KeyName func(key string) string
	// Sound says of a key whose value is neither a table nor a list whether a
	// value under a misspelling of it can be taken for it; without one it cannot.
	Sound map[string]func(*doc.Node) bool
	// Elsewhere says what to do about an unknown key that is known in another
	// place; "": it is known nowhere. Nil: there are no such keys.
	Elsewhere func(t *Table, key string) string

	reported int
	compared int // words with others, for suggestions
	excerpt  excerpt
}

// NewReader begins with a file. It is of use for a file that does not parse, too.
func NewReader(file *doc.File, shapes Shapes) *Reader {
	return &Reader{File: file, Shapes: shapes, excerpt: excerpt{file: file}}
}

// Reported is how many findings there were so far, with those that are not kept.
func (r *Reader) Reported() int { return r.reported }

// Find makes a finding of a rule at a place of the file, and keeps it out of
// the list; the zero span stands for the whole file.
func (r *Reader) Find(rule string, at doc.Span, format string, args ...any) diag.Finding {
	f := diag.Finding{Rule: rule, Severity: diag.Error, Place: place(r.File, at), Message: fmt.Sprintf(format, args...)}
	if known := diag.RuleNamed(rule); known != nil {
		f.Severity = known.Severity
	}
	if r.Plain {
		f.Rule = ""
	}
	f.Source, f.SourceColumn = r.excerpt.of(at)
	return f
}

// Report adds a finding to the list.
func (r *Reader) Report(rule string, at doc.Span, format string, args ...any) Finding {
	r.reported++
	return Finding{r.Found.Add(r.Find(rule, at, format, args...)), r}
}

// Finding is one that was just reported: more can be said of it until the next one.
type Finding struct {
	*diag.Finding
	r *Reader
}

// Suggest names the candidate that was most likely meant, if any is near.
func (f Finding) Suggest(word string, candidates []string) Finding {
	f.Suggestion = f.r.Near(word, candidates)
	return f
}

// Advise says what to do, where the rule's own help is too general.
func (f Finding) Advise(words string) Finding { f.Help = words; return f }

// Relate names another place of the file that belongs to the finding.
func (f Finding) Relate(at doc.Span, message string) Finding {
	f.Related = append(f.Related, diag.Related{Place: place(f.r.File, at), Message: message})
	return f
}

// nearBudget bounds the comparisons spent on suggestions: a hostile file can
// ask for billions of them.
const nearBudget = 200_000

// Near is the candidate that was most likely meant by a word; "" when none is
// near, or when too many were compared already.
func (r *Reader) Near(word string, candidates []string) string {
	if r.compared += len(candidates); r.compared > nearBudget {
		return ""
	}
	return text.Near(word, candidates)
}

// Acceptable reports an id that names no rule which a file can accept: only
// warnings can be.
func (r *Reader) Acceptable(id string, at doc.Span) bool {
	rule := diag.RuleNamed(id)
	switch {
	case rule == nil:
		r.Report(diag.UnknownRule, at, "there is no rule %s", text.Quoted(id)).Suggest(id, diag.Warnings())
	case rule.Severity != diag.Warning:
		r.Report(diag.UnknownRule, at, "%s is an error, and only warnings can be accepted", text.Quoted(id))
	}
	return rule != nil && rule.Severity == diag.Warning
}
