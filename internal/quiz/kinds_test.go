package quiz

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The schema and the author's guide are held to kindList here: a kind, or a key of
// one, that is new there and not told of fails these tests.

// someOptions are n options as a schema sees them.
func someOptions(n int) []any {
	options := make([]any, n)
	for i := range options {
		options[i] = map[string]any{"id": fmt.Sprintf("o%d", i), "text": "x"}
	}
	return options
}

// keySamples have a value for each key that only some kinds have.
var keySamples = map[string]any{
	"option":   someOptions(2),
	"shuffle":  true,
	"measures": map[string]any{"d": 1},
	"labels":   []any{"no", "yes"},
	"pick":     map[string]any{"max": 1},
}

// TestSchemaKnowsTheKinds: of each kind the schema takes its own keys and no others,
// and as many options as it may have.
func TestSchemaKnowsTheKinds(t *testing.T) {
	s := compileSchema(t)
	takes := func(k kind, change func(question map[string]any)) error {
		question := map[string]any{"id": "q", "ask": "x", "kind": k.name}
		for _, key := range k.keys {
			if question[key] = keySamples[key]; keySamples[key] == nil {
				t.Fatalf("%s: keySamples has no value for the key %s", k.name, key)
			}
		}
		change(question)
		dimension := map[string]any{"id": "d"}
		roles := []any{map[string]any{"id": "a", "weights": map[string]any{"d": 1}}, map[string]any{"id": "b", "weights": map[string]any{"d": -1}}}
		return s.Validate(map[string]any{
			"format": 1, "id": "x", "version": "1.0.0", "title": "X",
			"scale": map[string]any{"labels": []any{"no", "yes"}}, "dimension": []any{dimension}, "question": []any{question}, "role": roles,
		})
	}
	for _, k := range kindList {
		if err := takes(k, func(map[string]any) {}); err != nil {
			t.Errorf("%s with its own keys: %v", k.name, err)
		}
		for _, key := range kindKeys() {
			if !slices.Contains(k.keys, key) && takes(k, func(q map[string]any) { q[key] = keySamples[key] }) == nil {
				t.Errorf("%s: the schema takes the key %s", k.name, key)
			}
		}
		if k.options == 0 {
			continue
		}
		if err := takes(k, func(q map[string]any) { q["option"] = someOptions(k.options) }); err != nil {
			t.Errorf("%s with %d options: %v", k.name, k.options, err)
		}
		if takes(k, func(q map[string]any) { q["option"] = someOptions(k.options + 1) }) == nil {
			t.Errorf("%s: the schema takes %d options", k.name, k.options+1)
		}
	}
}

// TestSchemaNamesTheKinds: it has no kind that is none, and the same default.
func TestSchemaNamesTheKinds(t *testing.T) {
	var schema struct {
		Defs struct {
			Question struct {
				Properties struct {
					Kind struct {
						Enum    []string
						Default string
					}
				}
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	kind := schema.Defs.Question.Properties.Kind
	if d := cmp.Diff(Kinds(), kind.Enum); d != "" || kind.Default != DefaultKind {
		t.Errorf("the default is %q; kinds (-list +schema):\n%s", kind.Default, d)
	}
}

// TestGuideKnowsTheKinds: the guide explains each kind, shows one, and says which
// kinds a key is for.
func TestGuideKnowsTheKinds(t *testing.T) {
	src, err := os.ReadFile("../../quizzes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(src)
	_, section, _ := strings.Cut(guide, "\n## Kinds of questions\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var explained []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\|").FindAllStringSubmatch(section, -1) {
		explained = append(explained, row[1])
	}
	if d := cmp.Diff(Kinds(), explained); d != "" {
		t.Errorf("kinds (-list +the guide's table of them):\n%s", d)
	}
	_, reference, _ := strings.Cut(guide, "\n**`[[question]]`**")
	row := func(key string) string { return regexp.MustCompile("(?m)^\\| `" + key + "`.*$").FindString(reference) }
	wants := map[string][]string{"kind": {"`\"" + DefaultKind + "\"`", "`" + strings.Join(Kinds(), "`, `") + "`"}}
	for _, key := range kindKeys() {
		wants[key] = append(wants[key], ofKinds(key))
	}
	for _, k := range kindList {
		switch {
		case k.name == DefaultKind:
			wants["option"] = append(wants["option"], fmt.Sprintf("2–%d", k.options))
		case k.options > 0:
			wants["option"] = append(wants["option"], fmt.Sprintf("%s 2–%d", k.name, k.options))
		}
	}
	for key, phrases := range wants {
		for _, phrase := range phrases {
			if !strings.Contains(row(key), phrase) {
				t.Errorf("the guide's row of the key %s does not say %q: %s", key, phrase, row(key))
			}
		}
	}
	checkShown(t, src, section)
}

// ofKinds says for which kinds a key is, as the guide does.
func ofKinds(key string) string {
	var has, not []string
	for _, k := range kindList {
		if slices.Contains(k.keys, key) {
			has = append(has, k.name)
		} else {
			not = append(not, k.name)
		}
	}
	if len(not) < len(has) {
		return "not for a " + strings.Join(not, " or a ")
	}
	return strings.Join(has, " and ") + " only"
}

// checkShown adds the section's questions to the guide's first quiz, as the section
// says, and wants one of each kind.
func checkShown(t *testing.T, guide []byte, section string) {
	t.Helper()
	block := regexp.MustCompile("(?s)```toml\n(.*?)```")
	more := block.FindStringSubmatch(section)
	if more == nil {
		t.Fatal("the section on kinds has no questions")
	}
	first := block.FindSubmatch(guide)[1]
	q, found := Decode("guide.toml", bytes.Replace(first, []byte("[[role]]"), []byte(more[1]+"[[role]]"), 1))
	if found != nil {
		t.Fatal(found)
	}
	for _, name := range Kinds() {
		if !slices.ContainsFunc(q.Questions, func(one *Question) bool { return one.Kind == name }) {
			t.Errorf("the guide shows no %s", name)
		}
	}
}
