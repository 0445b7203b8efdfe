package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Results is the folder that holds the results a person has kept, a file each,
// private to the user. A result's id is when it was saved.
type Results struct{ Dir string }

// maxResult bounds a saved result: a definition, a sheet and a little more.
const maxResult = 8 << 20

// ending is that of a saved result's file.
const ending = ".json"

// apart tells results of the same second apart, in the order of their names.
const apart = "bcdefghijklmnopqrstuvwxyz"

// Saved is one saved result.
type Saved struct {
	ID   string
	Data []byte
	Err  error // why it could not be read
}

// Save keeps a result and returns its id. It never replaces another one.
func (r Results) Save(at time.Time, data []byte) (id string, err error) {
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return "", err
	}
	stamp := at.UTC().Format("20060102-150405")
	for n := range len(apart) + 1 {
		id = stamp
		if n > 0 {
			id += apart[n-1 : n]
		}
		if err = WriteNew(r.path(id), data); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return id, err
}

// All reads every saved result, the oldest first; none when there is no folder.
// One that cannot be read is among them, with its error.
func (r Results) All() ([]Saved, error) {
	entries, err := os.ReadDir(r.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Saved
	for _, entry := range entries { // sorted by name, and so by time
		id, is := strings.CutSuffix(entry.Name(), ending)
		if !is || strings.HasPrefix(id, ".") || !entry.Type().IsRegular() {
			continue
		}
		data, err := readBounded(r.path(id), maxResult)
		all = append(all, Saved{id, data, err})
	}
	return all, nil
}

// Remove forgets a result.
func (r Results) Remove(id string) error { return os.Remove(r.path(id)) }

func (r Results) path(id string) string { return filepath.Join(r.Dir, id+ending) }
