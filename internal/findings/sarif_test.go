package findings

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/rolefit/rolefit/internal/check"
	"github.com/rolefit/rolefit/internal/diag"
)

// sarifStandard compiles the schema that the standard publishes.
func sarifStandard(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile("../../testdata/sarif/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func holdsAgainst(t *testing.T, s *jsonschema.Schema, name string, c *Checked) {
	t.Helper()
	log, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, "sarif", c)))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(log); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// TestSARIFStandard holds what is written against the schema of the standard:
// for nothing found, for hard characters, and for every broken definition there is.
func TestSARIFStandard(t *testing.T) {
	s := sarifStandard(t)
	holdsAgainst(t, s, "nothing", &Checked{})
	holdsAgainst(t, s, "hard", hard())
	all := &Checked{Version: "v1.2.3"}
	for _, pattern := range []string{"../../testdata/quiz/broken/*.toml", "../../testdata/check/*.toml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no files match %s (%v)", pattern, err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found := check.Check(name, src, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
			all.Files = append(all.Files, File{Path: name, Repo: strings.TrimPrefix(filepath.ToSlash(name), "../../"), Source: src, Found: found})
		}
	}
	holdsAgainst(t, s, "all", all)
	had := make(map[string]bool)
	for _, f := range all.All() {
		had[string(f.Severity)] = true
		had["related"] = had["related"] || f.Related != nil
		had["witness"] = had["witness"] || f.Witness != nil
		had["hostile"] = had["hostile"] || f.Rule == diag.UnsafeText
	}
	if len(had) != 5 || !had["related"] || !had["witness"] || !had["hostile"] {
		t.Errorf("the findings are too few kinds: %v", had)
	}
}

// TestSARIFStandardRefuses: the schema that is used does refuse something.
func TestSARIFStandardRefuses(t *testing.T) {
	s := sarifStandard(t)
	c := hard()
	c.Files[0].Found[0].Severity = "fatal"
	log, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, "sarif", c)))
	if err != nil {
		t.Fatal(err)
	}
	if s.Validate(log) == nil {
		t.Error("a level that the standard does not know was taken")
	}
}

// TestWitnessesAndCounts: programs get the witness, and how many findings are not listed.
func TestWitnessesAndCounts(t *testing.T) {
	c := hard()
	if s := string(written(t, "sarif", c)); !strings.Contains(s, `"properties":{"witness":{"m":["a","b"],"q":2}}`) {
		t.Errorf("no witness in %s", s)
	}
	c.Files[0].Found[0].More = 41
	if s := string(written(t, "json", c)); !strings.Contains(s, `"errors":43,`) || strings.Count(s, `"more":41,`) != 1 || strings.Count(s, `"more"`) != 1 {
		t.Errorf("not counted in %s", s)
	}
}
