package quiz

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/rolefit/rolefit/internal/diag"
)

// taplo gives the name of the program that editors check TOML with. The tests
// are left out where there is none, and in short mode; .ci/run says where it put one.
func taplo(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("taplo takes seconds")
	}
	if name := os.Getenv("ROLEFIT_TAPLO"); name != "" {
		return name
	}
	name, err := exec.LookPath("taplo")
	if err != nil {
		t.Skip("no taplo here: name one in ROLEFIT_TAPLO (npm install @taplo/cli)")
	}
	return name
}

// linted writes the definitions to a folder as the guide says, with the schema
// beside them and named in the first line, and gives what taplo says of them.
func linted(t *testing.T, program string, names []string) (said string, ok bool) {
	t.Helper()
	folder := t.TempDir()
	put := func(name string, src []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), src, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("rolefit.schema.json", Schema())
	args := []string{"lint"}
	for _, name := range names {
		src := bytes.TrimPrefix(read(t, name), []byte("\uFEFF")) // taplo takes none; editors hide it
		put(filepath.Base(name), slices.Concat([]byte("#:schema ./rolefit.schema.json\n"), src))
		args = append(args, filepath.Base(name))
	}
	c := exec.Command(program, args...)
	c.Dir = folder
	out, err := c.CombinedOutput()
	return string(out), err == nil
}

// TestTaploTakesGoodDefinitions: an editor has nothing to say of what is right.
func TestTaploTakesGoodDefinitions(t *testing.T) {
	program := taplo(t)
	names := definitions(t, "../../quizzes/*.toml", "../../testdata/quiz/good/*.toml")
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.toml") })
	if said, ok := linted(t, program, names); !ok {
		t.Error(said)
	}
}

// TestTaploRefusesBrokenShapes: an editor marks the broken definitions whose shape is wrong.
func TestTaploRefusesBrokenShapes(t *testing.T) {
	program := taplo(t)
	var names []string
	for _, name := range definitions(t, "../../testdata/quiz/broken/*.toml") {
		src := read(t, name)
		_, found := Decode(name, src)
		shape := slices.ContainsFunc(found, func(f diag.Finding) bool { return slices.Contains(shapeRules, f.Rule) })
		var tree map[string]any
		if shape && toml.Unmarshal(src, &tree) == nil && !slices.Contains(beyondSchema, filepath.Base(name)) {
			names = append(names, name)
		}
	}
	said, _ := linted(t, program, names)
	for _, name := range names {
		if !strings.Contains(said, string(filepath.Separator)+filepath.Base(name)+":") {
			t.Errorf("%s: taplo takes it", name)
		}
	}
	if len(names) < 20 {
		t.Errorf("only %d broken definitions were tried", len(names))
	}
}
