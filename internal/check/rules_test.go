package check

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/diag"
)

// expectation is how a definition under testdata/rules says in its first lines
// what must be found in it: # expect LINE:COLUMN RULE. It is written by hand,
// so that no change of the program can move it.
const expectation = "# expect "

func expected(src []byte) []string {
	var all []string
	for line := range strings.Lines(string(src)) {
		if words, is := strings.CutPrefix(line, expectation); is {
			all = append(all, strings.TrimSpace(words))
		}
	}
	return all
}

// TestEveryRule: for every rule there is a definition with that fault, which is
// found at its place and is all that is found, and a near miss, which is silent.
func TestEveryRule(t *testing.T) {
	shown, silent := make(map[string]bool), make(map[string]bool)
	for _, name := range files(t, "../../testdata/rules/*.toml") {
		src := read(t, name)
		base := strings.TrimSuffix(filepath.Base(name), ".toml")
		want := expected(src)
		var got []string
		for _, f := range Check(base+".toml", src, today) {
			got = append(got, fmt.Sprintf("%d:%d %s", f.Place.Line, f.Place.Column, f.Rule))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		rule, near := strings.CutSuffix(base, "-near")
		if near {
			silent[rule] = len(want) == 0
			continue
		}
		for _, one := range want {
			_, fires, _ := strings.Cut(one, " ")
			shown[fires] = shown[fires] || fires == base
		}
	}
	for _, rule := range diag.Rules() {
		if rule.ID == diag.IO { // of paths: testdata/script/validate.txtar
			continue
		}
		if !shown[rule.ID] || !silent[rule.ID] {
			t.Errorf("%s: broken definition %v, near miss %v", rule.ID, shown[rule.ID], silent[rule.ID])
		}
	}
}
