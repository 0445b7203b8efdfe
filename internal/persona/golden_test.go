package persona

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/golden"
)

const testdata = "../../testdata/persona"

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// below opens files of a folder, and says of the others only that they are not there.
func below(folder string) Open {
	return func(path string) ([]byte, error) {
		src, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, fmt.Errorf("%s does not exist", filepath.ToSlash(path))
		}
		return src, nil
	}
}

func TestBroken(t *testing.T) {
	names, err := filepath.Glob(testdata + "/broken/*" + Suffix)
	if err != nil || len(names) == 0 {
		t.Fatalf("no broken files (%v)", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			test, found := Read(filepath.Base(name), readFile(t, name), below(filepath.Dir(name)))
			if test != nil || len(found) == 0 {
				t.Fatal("a broken file was accepted")
			}
			compare(t, strings.TrimSuffix(name, ".toml")+".out", found)
		})
	}
}

func compare(t *testing.T, file string, found diag.List) {
	t.Helper()
	var got bytes.Buffer
	if err := found.WriteText(&got); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, file, got.String())
}

// read reads a test of the workshop quiz that is well formed.
func read(t testing.TB, src string) *Test {
	t.Helper()
	test, found := Read("quiz"+Suffix, []byte(src), below(testdata))
	if found != nil {
		var b bytes.Buffer
		_ = found.WriteText(&b)
		t.Fatalf("refused:\n%s", b.String())
	}
	return test
}
