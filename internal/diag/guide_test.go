package diag

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the table of rules in the author's guide anew")

const (
	guide      = "../../quizzes/README.md"
	rulesBegin = "<!-- rules: written from the list of rules by go test ./internal/diag -update -->\n"
	rulesEnd   = "<!-- end of rules -->\n"
)

// TestGuideHasTheRules: the author's guide shows the list of rules as it is.
func TestGuideHasTheRules(t *testing.T) {
	src, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(src), rulesBegin)
	table, after, ends := strings.Cut(rest, rulesEnd)
	if !begins || !ends {
		t.Fatalf("%s has no place for the rules", guide)
	}
	want := ruleTable()
	if *update {
		if err := os.WriteFile(guide, []byte(before+rulesBegin+want+rulesEnd+after), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("the table is not the list (-list +table):\n%s", diff)
	}
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString("| rule | severity | what it is |\n| --- | --- | --- |\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.ID, r.Severity, strings.ReplaceAll(r.Fires, "|", "\\|"))
	}
	return b.String()
}
