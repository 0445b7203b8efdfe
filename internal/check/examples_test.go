package check

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/diag"
)

// example is a whole quiz without faults, into which every rule's excerpts fit.
//
//go:embed example.toml
var example string

// examples gives the whole files that a rule's two excerpts belong to; ok is
// false for a rule that is not about what a file holds.
func examples(r diag.Rule) (broken, mended string, ok bool) {
	place := r.Instead
	if place == "" {
		place = r.Mended
	}
	broken, ok = put(r.Broken, place)
	if !ok || r.Broken == "" {
		return "", "", false
	}
	mended, ok = put(r.Mended, place)
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

// TestExamples: a rule's broken example breaks that rule and no other, and its
// mended one breaks none.
func TestExamples(t *testing.T) {
	for _, rule := range diag.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			broken, mended, ok := examples(rule)
			if rule.Why == "" || !ok && rule.ID != diag.IO {
				t.Fatal("incomplete, or not in the example exactly once")
			}
			if !ok {
				return
			}
			if found := Check("mended.toml", []byte(mended), today); len(found) > 0 {
				t.Errorf("the mended example has faults:\n%s", words(t, found))
			}
			found := Check("broken.toml", []byte(broken), today)
			if len(found) == 0 {
				t.Error("the broken example breaks nothing")
			}
			for _, f := range found {
				if f.Rule != rule.ID && !consequence(rule.ID, f.Rule) {
					t.Errorf("the broken example breaks another rule:\n%s", words(t, diag.List{f}))
				}
			}
		})
	}
}
