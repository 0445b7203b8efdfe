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
// file beside it, syncs it and renames it. A new file is private to the user; one
// that stands there already is replaced only then, and keeps its mode. A link is followed; a device or a pipe is written to as it is.
func WriteFile(name string, data []byte) error {
	name = follow(name)
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("is a folder")}
	case err == nil && !info.Mode().IsRegular():
		return writeThrough(name, data)
	}
	mode := os.FileMode(0o600)
	if err == nil {
		mode = info.Mode().Perm() // whoever could read it still can
	}
	return replace(name, data, mode)
}

// follow finds what a link stands for, whether it is there already or not.
func follow(name string) string {
	for range 16 { // links may go round in circles
		target, err := os.Readlink(name)
		if err != nil {
			break
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(name), target)
		}
		name = target
	}
	return name
}

func writeThrough(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func replace(name string, data []byte, mode os.FileMode) (err error) {
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
	if err == nil && mode != 0o600 {
		err = f.Chmod(mode)
	}
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

// WriteNew puts data under a name that nothing has yet, whole or not at all. It
// never replaces anything: the error is fs.ErrExist where something is there.
func WriteNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(name)
	}
	return err
}
