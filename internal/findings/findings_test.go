package findings

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/junit"
)

// hard has what is hard to write: characters beyond 16 bits before the
// place, separators of the formats, a file that was not read.
func hard() *Checked {
	place := diag.Place{Path: "a b,c.toml", Line: 2, Column: 6, EndLine: 2, EndColumn: 8}
	return &Checked{Version: "v1.2.3", Files: []File{
		{
			Path: "a b,c.toml", Repo: "quizzes/a b,c.toml", Source: []byte("x = 1\nk = 😀😀\n"),
			Found: diag.List{
				{Rule: diag.DuplicateID, Severity: diag.Error, Place: place, Message: "100% \"so\"\nhere", Subject: "question.q.id",
					Related: []diag.Related{{Place: diag.Place{Path: "a b,c.toml", Line: 1, Column: 1, EndLine: 1, EndColumn: 2}, Message: "first"}}},
				{Rule: diag.StraightLine, Severity: diag.Warning, Place: place, Message: "w | <b>", Subject: "role.r.id",
					Witness: map[string]any{"q": 2, "m": []string{"a", "b"}}},
				{Rule: diag.StraightLine, Severity: diag.Warning, Place: place, Message: "w", Subject: "role.r.id"},
			},
		},
		{Path: "clean.toml", Repo: "clean.toml", Source: []byte{}},
		{Path: "gone", Repo: "/elsewhere/gone", Found: diag.List{{Rule: diag.IO, Severity: diag.Error, Place: diag.Place{Path: "gone"}, Message: "m"}}},
	}}
}

func written(t *testing.T, format string, c *Checked) []byte {
	t.Helper()
	for _, f := range Formats() {
		if f.Name == format {
			var b bytes.Buffer
			if err := f.Write(&b, c); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatalf("no format %s", format)
	return nil
}

func TestSARIF(t *testing.T) {
	var log sarifLog
	if err := json.Unmarshal(written(t, "sarif", hard()), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || run.ColumnKind != "utf16CodeUnits" || len(run.Tool.Driver.Rules) != len(diag.Rules()) || len(run.Results) != 4 {
		t.Errorf("version %s, columns %s, %d rules, %d results", log.Version, run.ColumnKind, len(run.Tool.Driver.Rules), len(run.Results))
	}
	seen := make(map[string]bool)
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s has the index of %s", r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		}
		if print := r.Fingerprints["rolefit/v1"]; print == "" || seen[print] {
			t.Errorf("%s: fingerprint %q is missing or another's", r.RuleID, print)
		} else {
			seen[print] = true
		}
	}
	// k = 😀😀: character 6 is the second emoji, unit 7; it ends before unit 9.
	at := run.Results[0].Locations[0].Physical
	if at.Artifact.URI != "quizzes/a%20b,c.toml" || *at.Region != (sarifRegion{2, 7, 2, 9}) {
		t.Errorf("%s %+v", at.Artifact.URI, *at.Region)
	}
	if gone := run.Results[3].Locations[0].Physical; gone.Region != nil || gone.Artifact.URI != "file:///elsewhere/gone" {
		t.Errorf("a path that was not read: %+v", gone)
	}
}

// TestFingerprintsStay: lines may move, names may not.
func TestFingerprintsStay(t *testing.T) {
	prints := func(c *Checked) (all []string) {
		var log sarifLog
		if err := json.Unmarshal(written(t, "sarif", c), &log); err != nil {
			t.Fatal(err)
		}
		for _, r := range log.Runs[0].Results {
			all = append(all, r.Fingerprints["rolefit/v1"])
		}
		return all
	}
	moved := hard()
	for i := range moved.Files[0].Found {
		moved.Files[0].Found[i].Place.Line++
	}
	if diff := cmp.Diff(prints(hard()), prints(moved)); diff != "" {
		t.Error(diff)
	}
}

func TestJUnit(t *testing.T) {
	for _, strict := range []bool{false, true} {
		c := hard()
		c.Strict = strict
		var all junit.Suites
		if err := xml.Unmarshal(written(t, "junit", c), &all); err != nil {
			t.Fatal(err)
		}
		failures := 2
		if strict {
			failures = 4
		}
		if len(all.Suites) != 3 || all.Tests != 7 || all.Failures != failures {
			t.Errorf("%d suites, %d tests, %d failures", len(all.Suites), all.Tests, all.Failures)
		}
		var names []string
		for _, one := range all.Suites[0].Cases {
			names = append(names, one.Name)
		}
		want := []string{"definition", "duplicate-id question.q.id", "straight-line role.r.id", "straight-line role.r.id #2"}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Error(diff)
		}
	}
}

func TestGitHub(t *testing.T) {
	lines := strings.Split(string(written(t, "github", hard())), "\n")
	want := `::error file=quizzes/a b%2Cc.toml,line=2,endLine=2,col=6,endColumn=8,title=rolefit duplicate-id::` +
		`100%25 "so" here%0Arename one of them; rolefit explain duplicate-id`
	if lines[0] != want || len(lines) != 5 {
		t.Errorf("%d lines, the first\n%s\nwant\n%s", len(lines), lines[0], want)
	}
	var page bytes.Buffer
	if err := StepSummary(&page, hard()); err != nil || !strings.Contains(page.String(), `w \| &lt;b>`) {
		t.Errorf("%v\n%s", err, page.String())
	}
}

func TestFindingsJSON(t *testing.T) {
	var out map[string]any
	if err := json.Unmarshal(written(t, "json", hard()), &out); err != nil {
		t.Fatal(err)
	}
	all := out["findings"].([]any)
	first, second := all[0].(map[string]any), all[1].(map[string]any)
	if out["files"] != 2.0 || out["errors"] != 2.0 || out["warnings"] != 2.0 || first["witness"] != nil || first["end_column"] != 8.0 {
		t.Errorf("%v", out)
	}
	if diff := cmp.Diff(map[string]any{"q": 2.0, "m": []any{"a", "b"}}, second["witness"]); diff != "" {
		t.Error(diff)
	}
}
