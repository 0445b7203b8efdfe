package quiz

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/golden"
)

// files lists the test files of a pattern below testdata; none is a fault.
func files(t testing.TB, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("../../testdata", pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("no test files match %s (%v)", pattern, err)
	}
	return names
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// compare holds the findings of a file against the golden text beside it.
func compare(t *testing.T, name string, found diag.List) {
	t.Helper()
	var got bytes.Buffer
	if err := found.WriteText(&got); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, strings.TrimSuffix(name, filepath.Ext(name))+".out", got.String())
}

func TestBroken(t *testing.T) {
	seen := make(map[string]bool)
	for _, name := range files(t, "quiz/broken/*.toml") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			q, found := Decode(filepath.Base(name), read(t, name))
			if q != nil || len(found) == 0 {
				t.Fatal("a broken quiz was accepted")
			}
			for _, f := range found {
				seen[f.Rule] = true
				if diag.RuleNamed(f.Rule) == nil {
					t.Errorf("%s is not in the list of rules", f.Rule)
				}
			}
			compare(t, name, found)
		})
	}
	needOdds := map[string]bool{
		diag.Unscorable: true, diag.UnreachableOutcome: true,
		diag.DeadQuestion: true, diag.DeadStep: true, diag.DeadNote: true,
		diag.IO: true, // of paths, not of definitions
	}
	for _, rule := range diag.Rules() {
		if rule.Severity == diag.Error && !needOdds[rule.ID] && !seen[rule.ID] {
			t.Errorf("no broken file shows the rule %s", rule.ID)
		}
	}
}

// TestOneFault: but for the files that say otherwise in their name, each
// broken file has one fault, and one fault is one finding.
func TestOneFault(t *testing.T) {
	for _, name := range files(t, "quiz/broken/*.toml") {
		base := filepath.Base(name)
		want := 1
		switch {
		case strings.HasPrefix(base, "two-"):
			want = 2
		case base == "fifty-three.toml":
			want = 53
		}
		if _, found := Decode(base, read(t, name)); len(found) != want {
			t.Errorf("%s: %d findings, want %d", base, len(found), want)
		}
	}
}

func TestGood(t *testing.T) {
	names := append(files(t, "quiz/good/*.toml"), files(t, "../quizzes/*.toml")...)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.toml") {
			continue
		}
		if _, found := Decode(name, read(t, name)); found != nil {
			t.Errorf("a good quiz was refused: %v", found)
		}
	}
}
