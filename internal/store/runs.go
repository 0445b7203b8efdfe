package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Runs is the folder that holds the runs a person has not finished, an answer
// sheet each. Files are private to the user.
type Runs struct{ Dir string }

// Run is one unfinished run on disk. Two terminals may go on with the same one:
// the one that finds it saved by the other since takes a file of its own.
type Run struct {
	path string
	own  []byte // what this program read or saved there last; nil: it has done neither
}

// maxRun bounds a saved run; a quiz's largest sheet is far smaller.
const maxRun = 1 << 20

// New names a new run of a quiz; nothing is written before Save.
func (r Runs) New(quizID string, started time.Time, seed int64) *Run {
	name := fmt.Sprintf("%s.%s.%d.json", quizID, started.UTC().Format("20060102T150405Z"), seed)
	return &Run{path: filepath.Join(r.Dir, name)}
}

// Of finds the unfinished runs of a quiz, "" of every quiz, the one that was saved
// last first; none when there is no folder.
func (r Runs) Of(quizID string) ([]*Run, error) {
	entries, err := os.ReadDir(r.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []*Run
	for _, entry := range entries {
		name := entry.Name()
		of, _, _ := strings.Cut(name, ".")
		if entry.Type().IsRegular() && of != "" && (quizID == "" || of == quizID) && strings.HasSuffix(name, ending) {
			all = append(all, &Run{path: filepath.Join(r.Dir, name)})
		}
	}
	slices.SortStableFunc(all, func(a, b *Run) int {
		return cmp.Or(b.Saved().Compare(a.Saved()), strings.Compare(b.path, a.path))
	})
	return all, nil
}

// Read gives what is kept of the run.
func (run *Run) Read() (data []byte, err error) {
	run.own, err = run.read()
	return run.own, err
}

func (run *Run) read() ([]byte, error) { return readBounded(run.path, maxRun) }

// readBounded reads a file up to one byte more than it may have.
func readBounded(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most+1))
}

// Saved is when the run was saved last; zero: its file cannot be looked at.
func (run *Run) Saved() time.Time {
	info, err := os.Stat(run.path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// Path is the file's name, for messages.
func (run *Run) Path() string { return run.path }

// Save replaces what is kept of the run.
func (run *Run) Save(data []byte) error {
	if err := os.MkdirAll(filepath.Dir(run.path), 0o700); err != nil {
		return err
	}
	free := strings.TrimSuffix(run.path, ending)
	for n := 2; run.taken(); n++ {
		run.path, run.own = fmt.Sprintf("%s-%d%s", free, n, ending), nil
	}
	if err := WriteFile(run.path, data); err != nil {
		return err
	}
	run.own = bytes.Clone(data)
	return nil
}

// taken reports whether the file holds what another process has saved.
func (run *Run) taken() bool {
	there, err := run.read()
	return err == nil && !bytes.Equal(there, run.own)
}

// Remove forgets the run; kept: another process goes on with it, so it stays. It is no
// error if nothing was saved.
func (run *Run) Remove() (kept bool, err error) {
	if run.taken() {
		return true, nil
	}
	if err := os.Remove(run.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return false, nil
}
