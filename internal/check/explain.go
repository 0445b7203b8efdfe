package check

import (
	_ "embed"
	"slices"
	"strings"
)

// Explanation is what a person reads who does not know a rule yet.
type Explanation struct {
	Rule   string
	Why    string // it matters
	Broken string // an excerpt that breaks it
	Mended string // the same as it should be
	// Instead is what both stand for in the example that tests put them into;
	// empty: Mended is there as it is.
	Instead string
}

// Explanations lists one for every rule, in the order of [diag.Rules].
func Explanations() []Explanation { return slices.Concat(explainErrors, explainWarnings) }

// ExplanationOf finds the one for a rule, or nil.
func ExplanationOf(rule string) *Explanation {
	all := Explanations()
	i := slices.IndexFunc(all, func(e Explanation) bool { return e.Rule == rule })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// example is a whole quiz without faults, into which every excerpt fits.
//
//go:embed example.toml
var example string

// examples gives the whole files that the two excerpts belong to; ok is false
// for a rule that is not about what a file holds.
func (e *Explanation) examples() (broken, mended string, ok bool) {
	place := e.Instead
	if place == "" {
		place = e.Mended
	}
	broken, ok = put(e.Broken, place)
	if !ok || e.Broken == "" {
		return "", "", false
	}
	mended, ok = put(e.Mended, place)
	return broken, mended, ok
}

// gap stands between parts of an excerpt that are apart in the file.
const gap = "\n…\n"

// put puts the parts of an excerpt into the example. Each place must be there once.
func put(excerpt, instead string) (whole string, ok bool) {
	whole = example
	parts, places := strings.Split(excerpt, gap), strings.Split(instead, gap)
	if len(parts) != len(places) {
		return "", false
	}
	for i, place := range places {
		if strings.Count(example, place) != 1 {
			return "", false
		}
		whole = strings.Replace(whole, place, parts[i], 1)
	}
	return whole, true
}
