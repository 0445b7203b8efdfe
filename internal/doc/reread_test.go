package doc

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestKeysTheDecoderLoses: valid files of which the decoder drops a key
// without saying so.
func TestKeysTheDecoderLoses(t *testing.T) {
	for _, src := range []string{
		"[[q]]\nwhen = [ { a = \"x\" }, { b = \"x\" } ]\n[[q]]\nwhen.a = \"y\"\nwhen.b = \"z\"\n",
		"[[r]]\n[[r.s]]\nwhen = [ { a = 1 } ]\n[[r.s]]\nwhen.a = \"y\"\nwhen.b = \"z\"\n",
	} {
		f, err := TOML("x.toml", []byte(src))
		if err != nil {
			t.Errorf("%q: %v", src, err)
			continue
		}
		list := f.Root.Fields[f.Root.Keys[0]]
		if inner := list.Items[0].Fields["s"]; inner != nil {
			list = inner
		}
		when := list.Items[1].Fields["when"]
		if len(when.Keys) != 2 || when.Fields["a"].Str != "y" || when.Fields["b"].Str != "z" {
			t.Errorf("%q: read %v", src, when.Fields)
		}
	}
}

// TestTrusted: every valid document is read the same with and without the decoder.
func TestTrusted(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../../quizzes/*.toml", "../../testdata/quiz/good/*.toml", "../../testdata/sheet/good/*.toml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 && strings.Contains(pattern, "quizzes") {
			t.Fatalf("%s: %v", pattern, err)
		}
		names = append(names, found...)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, bad := TOML(name, src)
		if bad != nil {
			continue
		}
		got, bad := Trusted(name, src)
		if bad != nil || !reflect.DeepEqual(got.Root, want.Root) {
			t.Errorf("%s: %v, or another tree", name, bad)
		}
	}
	for _, src := range validTOML {
		want, bad := TOML("x", []byte(src))
		if bad != nil {
			continue
		}
		got, bad := Trusted("x", []byte(src))
		if bad != nil || !reflect.DeepEqual(got.Root, want.Root) && !strings.Contains(src, "nan") {
			t.Errorf("%q: %v, or another tree", src, bad)
		}
	}
}
