package persona

import (
	"fmt"
	"slices"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// report adds an error at a place of the file. Findings of a test carry no
// rule: it is no definition.
func (d *decoder) report(span doc.Span, format string, args ...any) *diag.Finding {
	f := diag.Finding{Severity: diag.Error, Place: place(d.file, span), Message: fmt.Sprintf(format, args...)}
	if span != (doc.Span{}) {
		f.Source = d.lines.of(d.file, f.Place.Line)
	}
	d.found = append(d.found, f)
	return &d.found[len(d.found)-1]
}

func place(file *doc.File, span doc.Span) diag.Place {
	line, column := file.Position(span.Start)
	endLine, endColumn := file.Position(span.End)
	return diag.Place{Path: file.Name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

// lineCache keeps the last line that was shown, for all findings of one line.
type lineCache struct {
	number int
	shown  []string
}

// longestShown is how long a line may be that a finding shows: a hostile file
// is one line with a fault in every word.
const longestShown = 1 << 10

func (c *lineCache) of(file *doc.File, number int) []string {
	if c.number != number {
		c.number, c.shown = number, nil
		if line := file.Line(number); len(line) <= longestShown {
			c.shown = []string{line}
		}
	}
	return c.shown
}

// known reports the keys of a table that this sort does not have. It returns
// the keys that they were probably meant to be: those are not missing as well.
func (d *decoder) known(node *doc.Node, sort string) map[string]bool {
	guessed := make(map[string]bool)
	free := slices.DeleteFunc(slices.Clone(shapes[sort]), func(key string) bool { return node.Fields[key] != nil })
	for _, key := range node.Keys {
		if slices.Contains(shapes[sort], key) {
			continue
		}
		f := d.report(node.Fields[key].Key, "unknown key %s", quoted(key))
		d.suggest(f, key, free)
		guessed[f.Suggestion] = true
		if sort == "persona" && slices.Contains(shapes["expect"], key) {
			f.Suggestion, f.Help = "", "it belongs to [persona.expect]"
			guessed["expect"] = true
		}
	}
	return guessed
}

// get returns the value of a key if it has the wanted kind; another kind is reported.
func (d *decoder) get(node *doc.Node, key string, kind doc.Kind) *doc.Node {
	value := node.Fields[key]
	if value != nil && value.Kind != kind {
		d.wrongType(value, "`"+key+"`", kind)
		return nil
	}
	return value
}

func (d *decoder) wrongType(node *doc.Node, what string, kind doc.Kind) {
	d.report(node.Span, "%s must be %s, not %s", what, kind, node.Kind)
}

// nearBudget bounds the comparisons spent on suggestions: a hostile file can
// ask for billions of them.
const nearBudget = 200_000

func (d *decoder) suggest(f *diag.Finding, word string, candidates []string) {
	if d.spent += len(candidates); d.spent <= nearBudget {
		f.Suggestion = text.Near(word, candidates)
	}
}

// quoted shows a piece of the file's text inside a message.
func quoted(s string) string { return `"` + short(s) + `"` }

// short cuts a piece of the file's text when it is long.
func short(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return text.Line(s)
}
