package diag

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/text"
)

func TestRules(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := make(map[string]bool)
	warnings := false
	for _, r := range Rules() {
		if !kebab.MatchString(r.ID) || seen[r.ID] || r.Fires == "" || r.Help == "" {
			t.Errorf("%+v is incomplete, malformed or twice", r)
		}
		if warnings = warnings || r.Severity == Warning; warnings && r.Severity != Warning {
			t.Errorf("%s: an error among the warnings", r.ID)
		}
		if got := RuleNamed(r.ID); got == nil || *got != r {
			t.Errorf("RuleNamed(%s) = %v", r.ID, got)
		}
		seen[r.ID] = true
	}
	if RuleNamed("") != nil || RuleNamed("Syntax") != nil {
		t.Error("a rule that is none")
	}
}

func finding(source string, column, end int) Finding {
	return Finding{
		Rule: Syntax, Severity: Error, Message: "m", Source: []string{source},
		Place: Place{Path: "f", Line: 3, Column: column, EndLine: 3, EndColumn: end},
	}
}

// excerpt gives the two lines of the excerpt that matter.
func excerpt(t *testing.T, f Finding) (line, caret string) {
	t.Helper()
	var b bytes.Buffer
	if err := (List{f}).WriteText(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if len(lines) < 4 {
		t.Fatalf("no excerpt in %q", b.String())
	}
	return strings.TrimPrefix(lines[2], "3 | "), strings.TrimPrefix(lines[3], "  | ")
}

func TestExcerpt(t *testing.T) {
	for _, c := range []struct {
		f           Finding
		line, caret string
	}{
		{finding("abc def", 5, 8), "abc def", "    ^~~"},
		{finding("\ta\tbc", 4, 6), " a bc", "   ^~"},
		{finding("世界 x", 4, 5), "世界 x", "     ^"},
		{finding("世界 x", 1, 3), "世界 x", "^~~~"},
		{finding("e\u0301x", 3, 4), "e\u0301x", " ^"},
		{finding("a\x1b[0mb", 6, 7), `a\u001B[0mb`, "          ^"},
		{finding("abc", 4, 4), "abc", "   ^"},
		{finding("abc", 99, 120), "abc", "   ^"},
		{finding("abc  ", 1, 2), "abc", "^"},
		{Finding{Place: Place{Line: 3, Column: 2, EndLine: 5, EndColumn: 1}, Source: []string{"abcd"}}, "abcd", " ^~~"},
		{Finding{Place: Place{Line: 3, Column: 103, EndLine: 3, EndColumn: 105}, Source: []string{"abcd"}, SourceColumn: 101}, "abcd", "  ^~"},
	} {
		line, caret := excerpt(t, c.f)
		if line != c.line || caret != c.caret {
			t.Errorf("%q at %d:\n%s\n%s\nwant\n%s\n%s", c.f.Source[0], c.f.Place.Column, line, caret, c.line, c.caret)
		}
	}
}

func TestExcerptOfLongLine(t *testing.T) {
	for _, column := range []int{1, 50, 500, 5000, 9999} {
		source := strings.Repeat("x", column-1) + "FAULT" + strings.Repeat("y", 10_000-column)
		line, caret := excerpt(t, finding(source, column, column+5))
		at := strings.Index(caret, "^")
		if text.Width(line) > excerptWidth || line[at:at+len("FAULT")] != "FAULT" || strings.TrimSpace(caret) != "^~~~~" {
			t.Errorf("column %d:\n%s\n%s", column, line, caret)
		}
	}
}

func TestWriteText(t *testing.T) {
	f := finding("abc", 2, 3)
	f.Message, f.Suggestion = "line\nbreak \x1b", "ab\u202ec"
	f.Related = []Related{{Place{Path: "f", Line: 1, Column: 2}, "first\there"}}
	g := Finding{Severity: Warning, Message: "n", Place: Place{Path: "g"}, Help: "do it"}
	var b bytes.Buffer
	if err := (List{f, g}).WriteText(&b); err != nil {
		t.Fatal(err)
	}
	want := `f:3:2: error: line break \u001B [syntax]
  |
3 | abc
  |  ^
f:1:2: note: first here
help: did you mean ` + "`ab\\u202Ec`" + `?

g: warning: n
help: do it
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	if l := (List{f, g}); !l.Errors() || !strings.Contains(l.Error(), "(and 1 more)") || (List{g}).Errors() {
		t.Error("Errors or Error")
	}
}

// TestSortIsTotal: whatever order findings come in, they go out in one.
func TestSortIsTotal(t *testing.T) {
	small := rapid.IntRange(1, 2)
	word := rapid.SampledFrom([]string{"a", "b"})
	one := rapid.Custom(func(t *rapid.T) Finding {
		return Finding{
			Rule: word.Draw(t, "rule"), Message: word.Draw(t, "message"), Suggestion: word.Draw(t, "suggestion"),
			Severity: rapid.SampledFrom([]Severity{Error, Warning}).Draw(t, "severity"), Help: word.Draw(t, "help"),
			Place: Place{word.Draw(t, "path"), small.Draw(t, "line"), small.Draw(t, "column"), small.Draw(t, "end"), small.Draw(t, "end column")},
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		a := List(rapid.SliceOfN(one, 30, 60).Draw(t, "findings"))
		b := List(rapid.Permutation(a).Draw(t, "order"))
		a, b = slices.Clone(a), slices.Clone(b)
		a.Sort()
		b.Sort()
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("%v\n%v", a, b)
		}
		for i := 1; i < len(a); i++ {
			p, q := a[i-1].Place, a[i].Place
			if p.Path > q.Path || p.Path == q.Path && (p.Line > q.Line || p.Line == q.Line && p.Column > q.Column) {
				t.Fatalf("%v before %v", p, q)
			}
		}
	})
}

// TestSortLooksAtEverything: two findings that differ in one thing have an order.
func TestSortLooksAtEverything(t *testing.T) {
	for i, change := range []func(*Finding){
		func(f *Finding) { f.Place.Path = "b" },
		func(f *Finding) { f.Place.Line = 9 },
		func(f *Finding) { f.Place.Column = 9 },
		func(f *Finding) { f.Place.EndLine = 9 },
		func(f *Finding) { f.Place.EndColumn = 9 },
		func(f *Finding) { f.Rule = "b" },
		func(f *Finding) { f.Message = "b" },
		func(f *Finding) { f.Severity = Warning },
		func(f *Finding) { f.Suggestion = "b" },
		func(f *Finding) { f.Help = "b" },
		func(f *Finding) { f.Subject = "b" },
	} {
		a := Finding{Severity: Error, Place: Place{"a", 1, 1, 1, 1}}
		b := a
		change(&b)
		one, other := List{a, b}, List{b, a}
		one.Sort()
		other.Sort()
		if diff := cmp.Diff(one, other); diff != "" {
			t.Errorf("change %d has no order: %s", i, diff)
		}
	}
}
