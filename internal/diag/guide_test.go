package diag

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/golden"
)

const (
	guide      = "../../quizzes/README.md"
	rulesBegin = "<!-- rules: written from the list of rules by " + golden.Switch + " -->\n"
	rulesEnd   = "<!-- end of rules -->\n"
)

// TestGuideHasTheRules: the author's guide shows the list of rules as it is.
func TestGuideHasTheRules(t *testing.T) {
	src, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(src), rulesBegin)
	_, after, ends := strings.Cut(rest, rulesEnd)
	if !begins || !ends {
		t.Fatalf("%s has no place for the rules", guide)
	}
	golden.Check(t, guide, before+rulesBegin+ruleTable()+rulesEnd+after)
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString("| rule | severity | what it is |\n| --- | --- | --- |\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.ID, r.Severity, strings.ReplaceAll(r.Fires, "|", "\\|"))
	}
	return b.String()
}
