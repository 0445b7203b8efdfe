// Package store keeps things on disk: files written whole or not at all, and
// the runs that a person has not finished.
package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile puts data under a name, whole or not at all: it writes a temporary
// file beside it, private to the user, syncs it and renames it. What stands there
// already is replaced only then. A link is followed; a device or a pipe is written to as it is.
func WriteFile(name string, data []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("is a folder")}
	case err == nil && !info.Mode().IsRegular():
		return writeThrough(name, data)
	}
	return replace(name, data)
}

func writeThrough(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func replace(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".rolefit-*")
	if err != nil {
		return renamed(err, name)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
			err = renamed(err, name)
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// renamed words an error by the name the user gave, not by the temporary one.
func renamed(err error, name string) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return &fs.PathError{Op: "write", Path: name, Err: path.Err}
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return &fs.PathError{Op: "write", Path: name, Err: link.Err}
	}
	return err
}
