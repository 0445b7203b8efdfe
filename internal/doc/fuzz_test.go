package doc

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// seedFiles adds the project's own files that end so; every tenth in short mode.
func seedFiles(f *testing.F, ending string) {
	files, every := 0, 1
	if testing.Short() {
		every = 10
	}
	err := filepath.WalkDir(filepath.Join("..", "..", "testdata"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ending) {
			return nil
		}
		if files++; files%every != 0 {
			return nil
		}
		text, err := os.ReadFile(path)
		if err == nil {
			f.Add(text)
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
}

func unmarked(text string) []byte {
	return []byte(strings.NewReplacer("‹", "", "›", "").Replace(text))
}

func FuzzTOML(f *testing.F) {
	for _, c := range spanCases {
		f.Add([]byte(c.text))
	}
	for _, text := range append(validTOML, invalidTOML...) {
		f.Add(unmarked(text))
	}
	seedFiles(f, ".toml")
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 {
			return
		}
		file, err := TOML("x", src)
		if err == nil {
			checkShape(t, file)
			checkAgain(t, file)
			return
		}
		checkMessage(t, string(src), err.Message)
		if err.Span.Start < 0 || err.Span.Start > err.Span.End || err.Span.End > len(file.Source) {
			t.Errorf("span %v of %d bytes", err.Span, len(file.Source))
		}
		if checkEncoding(file.Source) == nil && checkControls(file.Source) == nil {
			checkRefusal(t, file.Source, err)
		}
	})
}

// checkAgain decodes the text of each value alone and wants the same value.
func checkAgain(t *testing.T, f *File) {
	t.Helper()
	var whole map[string]any
	if _, err := toml.Decode(string(f.Source), &whole); err != nil {
		t.Fatal(err)
	}
	if got := value(f.Root); !reflect.DeepEqual(got, normal(whole)) && len(whole) > 0 {
		t.Errorf("got %v, want %v", got, whole)
	}
	walk("", f.Root, func(path string, n *Node) {
		if n == f.Root || n.Header || n.Span == n.Key {
			return
		}
		var alone map[string]any
		text := string(f.Source[n.Span.Start:n.Span.End])
		if _, err := toml.Decode("v = "+text, &alone); err != nil {
			t.Errorf("%s: %q: %v", path, text, err)
		} else if got := value(n); !reflect.DeepEqual(got, normal(alone["v"])) {
			t.Errorf("%s: %q is %v, want %v", path, text, got, alone["v"])
		}
	})
}

// checkRefusal says that scan and decoder refuse the same, but for what the
// scan forbids beyond the decoder, and for numbers and dates, which are the
// decoder's to judge.
func checkRefusal(t *testing.T, src []byte, err *SyntaxError) {
	t.Helper()
	root, _, bad := scan(src)
	switch {
	case bad != nil && bad.strict:
	case bytes.HasPrefix(src, []byte("\ufeff")): // the decoder strips a second one
	case bad != nil:
		if _, refusal := decode(src); refusal == nil {
			t.Errorf("only the scan refuses this: %s at %v", err, err.Span)
		}
	default:
		n := scalarAt(root, err.Span.Start)
		if n == nil || n.Kind != Integer && n.Kind != Float && n.Kind != Datetime {
			t.Errorf("only the decoder refuses this: %s at %v", err, err.Span)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, c := range jsonCases {
		f.Add(unmarked(c))
	}
	seedFiles(f, ".json")
	f.Fuzz(func(t *testing.T, src []byte) {
		file, err := JSON("x", src)
		if err == nil {
			checkShape(t, file)
			checkJSONAgain(t, file)
			return
		}
		checkMessage(t, string(src), err.Message)
		if err.Span.Start < 0 || err.Span.Start > err.Span.End || err.Span.End > len(file.Source) {
			t.Errorf("span %v of %d bytes", err.Span, len(file.Source))
		}
		stricter := checkEncoding(file.Source) != nil || len(file.Source) > MaxSize || tooDeep(file.Source) >= 0
		for _, reason := range []string{"twice", "too large", "an object in { } belongs here"} {
			stricter = stricter || strings.Contains(err.Message, reason)
		}
		if !stricter && json.Valid(file.Source) {
			t.Errorf("only we refuse this: %s at %v", err, err.Span)
		}
	})
}

func checkJSONAgain(t *testing.T, f *File) {
	t.Helper()
	walk("", f.Root, func(path string, n *Node) {
		text := f.Source[n.Span.Start:n.Span.End]
		var want any
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatalf("%s: %q: %v", path, text, err)
		}
		if got := floats(value(n)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	})
}

// floats turns integers into what encoding/json makes of all numbers.
func floats(v any) any {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case []any:
		for i := range v {
			v[i] = floats(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = floats(v[key])
		}
	}
	return v
}
