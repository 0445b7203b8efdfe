package check

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/golden"
)

// today is the day of all tests.
var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func files(t testing.TB, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no files match %s (%v)", pattern, err)
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

func words(t testing.TB, found diag.List) string {
	t.Helper()
	var b bytes.Buffer
	if err := found.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestCases holds every file of testdata/check against the text beside it. A
// file is named by the rule it breaks, or NAME-near.toml, and is then clean.
func TestCases(t *testing.T) {
	broken, near := make(map[string]bool), make(map[string]bool)
	for _, name := range files(t, "../../testdata/check/*.toml") {
		base := strings.TrimSuffix(filepath.Base(name), ".toml")
		t.Run(base, func(t *testing.T) {
			found := Check(base+".toml", read(t, name), today)
			golden.Check(t, strings.TrimSuffix(name, ".toml")+".out", words(t, found))
			rule, silent := strings.CutSuffix(base, "-near")
			if silent {
				near[rule] = true
				if len(found) > 0 {
					t.Error("a near miss is no fault")
				}
				return
			}
			broken[base] = true
			for _, f := range found {
				if !strings.HasPrefix(base, f.Rule) && !consequence(base, f.Rule) {
					t.Errorf("%s: %s fires", base, f.Rule)
				}
			}
		})
	}
	for _, c := range checks {
		if !broken[c.rule] || !near[c.rule] {
			t.Errorf("%s: broken file %v, near miss %v", c.rule, broken[c.rule], near[c.rule])
		}
	}
}

// TestBuiltIn: the quizzes that ship are clean.
func TestBuiltIn(t *testing.T) {
	for _, name := range files(t, "../../quizzes/*.toml") {
		if strings.HasSuffix(name, "_test.toml") {
			continue
		}
		if found := Check(filepath.Base(name), read(t, name), today); len(found) > 0 {
			t.Error(words(t, found))
		}
	}
}

func BenchmarkBuiltIn(b *testing.B) {
	for _, name := range files(b, "../../quizzes/*.toml") {
		src := read(b, name)
		b.Run(filepath.Base(name), func(b *testing.B) {
			for b.Loop() {
				Check(name, src, today)
			}
		})
	}
}

// consequence: of twins the second can never come first. It is an error that
// stays one even where the twins are accepted.
func consequence(rule, other string) bool {
	return strings.HasPrefix(rule, diag.TwinRoles) && other == diag.UnreachableOutcome
}

// TestWhole: every definition that can be read is judged without a panic, every
// finding has its place, and every run finds the same.
func TestWhole(t *testing.T) {
	for i, name := range append(files(t, "../../testdata/quiz/*/*.toml"), files(t, "../../testdata/check/*.toml")...) {
		if testing.Short() && i%8 != 0 {
			continue
		}
		src := read(t, name)
		found := Check("x.toml", src, today)
		for _, f := range found {
			if diag.RuleNamed(f.Rule) == nil || f.Place.Line == 0 && f.Rule != diag.UnsupportedFormat {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if diff := cmp.Diff(words(t, found), words(t, Check("x.toml", src, today))); diff != "" {
			t.Errorf("%s: two runs differ: %s", name, diff)
		}
	}
}

func BenchmarkExample(b *testing.B) {
	for b.Loop() {
		Check("example.toml", []byte(example), today)
	}
}
