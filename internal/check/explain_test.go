package check

import (
	"testing"

	"github.com/rolefit/rolefit/internal/diag"
)

// TestExplanations: every rule has one, in the order of the rules; its broken
// example breaks that rule and no other, and its mended one breaks none.
func TestExplanations(t *testing.T) {
	all := Explanations()
	for i, rule := range diag.Rules() {
		if i >= len(all) || all[i].Rule != rule.ID {
			t.Fatalf("no explanation of %s in place %d", rule.ID, i)
		}
		e := all[i]
		t.Run(e.Rule, func(t *testing.T) {
			broken, mended, ok := e.examples()
			if e.Why == "" || !ok && e.Rule != diag.IO {
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
				if f.Rule != e.Rule && !consequence(e.Rule, f.Rule) {
					t.Errorf("the broken example breaks another rule:\n%s", words(t, diag.List{f}))
				}
			}
		})
	}
}
