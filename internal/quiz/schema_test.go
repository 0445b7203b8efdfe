package quiz

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/rolefit/rolefit/internal/diag"
)

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plainJSON turns decoded TOML into what a JSON Schema sees of it: dates are texts.
func plainJSON(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any)
		for key, value := range v {
			out[key] = plainJSON(value)
		}
		return out
	case []map[string]any:
		out := make([]any, len(v))
		for i, value := range v {
			out[i] = plainJSON(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, value := range v {
			out[i] = plainJSON(value)
		}
		return out
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return v
}

// TestSchemaAcceptsGoodDefinitions: every definition that decodes fits the schema.
func TestSchemaAcceptsGoodDefinitions(t *testing.T) {
	s := compileSchema(t)
	names := definitions(t, "../../quizzes/*.toml", "../../testdata/quiz/good/*.toml")
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, found := Decode(name, src); found != nil {
			continue // a file of tests
		}
		var tree map[string]any
		if err := toml.Unmarshal(src, &tree); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(plainJSON(tree)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// shapeRules are about the shape of a definition, which a schema can tell.
var shapeRules = []string{diag.UnknownKey, diag.MissingKey, diag.WrongType, diag.MisplacedKey, diag.UnsupportedFormat, diag.BadVersion, diag.EmptyText}

// beyondSchema is out of a schema's reach: JSON has no dates and one kind of
// number, and which values fit a condition depends on the question it names.
var beyondSchema = []string{
	"wrong-type-moderate-fraction.toml", "wrong-type-step-title.toml", "empty-text-step-title.toml",
	"wrong-type-when-option.toml", "wrong-type-when-step.toml",
}

// TestSchemaRefusesBrokenShapes: what is wrong with the shape of a definition,
// the schema finds too.
func TestSchemaRefusesBrokenShapes(t *testing.T) {
	s := compileSchema(t)
	refused := 0
	for _, name := range definitions(t, "../../testdata/quiz/broken/*.toml") {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, found := Decode(name, src)
		if !slices.ContainsFunc(found, func(f diag.Finding) bool { return slices.Contains(shapeRules, f.Rule) }) {
			continue
		}
		var tree map[string]any
		if toml.Unmarshal(src, &tree) != nil {
			continue
		}
		if slices.Contains(beyondSchema, filepath.Base(name)) {
			continue
		}
		if s.Validate(plainJSON(tree)) == nil {
			t.Errorf("%s: %s, and the schema takes it", name, found[0].Headline())
		}
		refused++
	}
	if refused < 20 {
		t.Errorf("only %d broken definitions were tried", refused)
	}
}

func definitions(t *testing.T, patterns ...string) []string {
	t.Helper()
	var names []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: nothing there (%v)", pattern, err)
		}
		names = append(names, found...)
	}
	return names
}
