package persona

import (
	"fmt"
	"slices"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// report adds an error at a place of the file.
func (d *decoder) report(rule string, span doc.Span, format string, args ...any) *diag.Finding {
	return d.found.Add(d.finder.Find(rule, span, fmt.Sprintf(format, args...)))
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
		f := d.report(diag.UnknownKey, node.Fields[key].Key, "unknown key %s", text.Quoted(key))
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
	d.report(diag.WrongType, node.Span, "%s must be %s, not %s", what, kind, node.Kind)
}

// nearBudget bounds the comparisons spent on suggestions: a hostile file can
// ask for billions of them.
const nearBudget = 200_000

func (d *decoder) suggest(f *diag.Finding, word string, candidates []string) {
	if d.spent += len(candidates); d.spent <= nearBudget {
		f.Suggestion = text.Near(word, candidates)
	}
}

// addPersona is what to do about a file that tests nothing.
const addPersona = "add a [[persona]] with a name, answers and an `expect`"
