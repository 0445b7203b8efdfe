package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.txt")
	if err := WriteFile(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(name); runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("a new file has mode %o, want 600", info.Mode().Perm())
	}
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(name, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(name); runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("the file had mode 640 and has %o", info.Mode().Perm())
	}
	if got := read(t, name); got != "two" {
		t.Errorf("holds %q", got)
	}
	if all := names(t, dir); len(all) != 1 {
		t.Errorf("left behind: %v", all)
	}
}

// TestWriteFileFollowsLinks, to what is there and to what is not there yet.
func TestWriteFileFollowsLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege there")
	}
	dir := t.TempDir()
	link, target := filepath.Join(dir, "link"), filepath.Join(dir, "target")
	if err := os.Symlink("target", link); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two"} {
		if err := WriteFile(link, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Fatal("the link is gone")
		}
		if got := read(t, target); got != text {
			t.Errorf("the target holds %q, want %q", got, text)
		}
	}
}

func TestWriteFileThatCannot(t *testing.T) {
	dir := t.TempDir()
	var path *fs.PathError
	if err := WriteFile(dir, nil); !errors.As(err, &path) || path.Path != dir {
		t.Errorf("a folder: %v", err)
	}
	missing := filepath.Join(dir, "no", "file")
	if err := WriteFile(missing, nil); !errors.As(err, &path) || path.Path != missing || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	if all := names(t, dir); len(all) != 0 {
		t.Errorf("left behind: %v", all)
	}
}

func TestRuns(t *testing.T) {
	r := Runs{Dir: filepath.Join(t.TempDir(), "state", "runs")}
	if all, err := r.Of("quiz"); all != nil || err != nil {
		t.Errorf("an empty store: %v, %v", all, err)
	}
	at := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	older, newer, other := r.New("quiz", at, 1), r.New("quiz", at.Add(time.Hour), 2), r.New("quiz-two", at.Add(2*time.Hour), 3)
	for _, run := range []*Run{newer, other, older} {
		if err := run.Save([]byte(run.Path())); err != nil {
			t.Fatal(err)
		}
	}
	for i, run := range []*Run{newer, other, older} { // the older one was saved last
		at := at.Add(time.Duration(i) * time.Minute)
		if err := os.Chtimes(run.path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	listed := func(quiz string) string {
		all, err := r.Of(quiz)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, run := range all {
			data, err := run.Read()
			if err != nil || string(data) != run.Path() {
				t.Errorf("%s holds %q (%v)", run.Path(), data, err)
			}
			names = append(names, filepath.Base(run.Path()))
		}
		return strings.Join(names, " ")
	}
	name := func(run *Run) string { return filepath.Base(run.path) }
	if got, want := listed("quiz"), name(older)+" "+name(newer); got != want {
		t.Errorf("runs of quiz: %s, want %s", got, want)
	}
	if got, want := listed(""), name(older)+" "+name(other)+" "+name(newer); got != want {
		t.Errorf("all runs: %s, want %s", got, want)
	}
	for range 2 { // the second time there is nothing to remove
		if kept, err := newer.Remove(); kept || err != nil {
			t.Error(kept, err)
		}
	}
	if got, want := listed("quiz"), name(older); got != want {
		t.Errorf("runs of quiz: %s, want %s", got, want)
	}
	if info, err := os.Stat(r.Dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the folder's mode: %v (%v)", info.Mode(), err)
	}
}

// TestTwoGoOnWithOneRun: neither takes the other's answers away, nor the run that
// the other has not finished.
func TestTwoGoOnWithOneRun(t *testing.T) {
	r := Runs{Dir: t.TempDir()}
	begun := r.New("quiz", time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC), 1)
	if err := begun.Save([]byte("1")); err != nil {
		t.Fatal(err)
	}
	latest := func() *Run {
		all, err := r.Of("quiz")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := all[0].Read(); err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	a, b, c := latest(), latest(), latest()
	for _, step := range []struct {
		run  *Run
		data string
	}{{a, "1a"}, {b, "1b"}, {a, "1aa"}, {b, "1bb"}, {c, "1c"}} {
		if err := step.run.Save([]byte(step.data)); err != nil {
			t.Fatal(err)
		}
	}
	for run, want := range map[*Run]string{a: "1aa", b: "1bb", c: "1c"} {
		if got, err := run.read(); string(got) != want {
			t.Errorf("%s holds %q (%v), want %q", run.Path(), got, err, want)
		}
	}
	late := latest()
	if err := b.Save([]byte("1bbb")); err != nil {
		t.Fatal(err)
	}
	if late.path != c.path {
		t.Errorf("the run saved last is %s, want %s", late.path, c.path)
	}
	if kept, err := begun.Remove(); !kept || err != nil { // a goes on with it
		t.Error(kept, err)
	}
	for _, run := range []*Run{c, a} {
		if kept, err := run.Remove(); kept || err != nil {
			t.Error(kept, err)
		}
	}
	if all := names(t, r.Dir); len(all) != 1 {
		t.Errorf("left are %v, want the run that is still going on", all)
	}
}

// TestWriteNewNeverReplaces: neither a file nor what a link leads to.
func TestWriteNewNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "new")
	if err := WriteNew(name, []byte("1")); err != nil {
		t.Fatal(err)
	}
	for _, write := range []func(string, []byte) error{WriteNew, writeNew} {
		if err := write(name, []byte("2")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("written twice: %v", err)
		}
	}
	if err := writeNew(filepath.Join(dir, "other"), []byte("3")); err != nil {
		t.Error(err)
	}
	if data, err := os.ReadFile(name); string(data) != "1" {
		t.Errorf("it holds %q (%v)", data, err)
	}
	if all := names(t, dir); len(all) != 2 {
		t.Errorf("left are %v", all)
	}
}
