// Package store keeps things on disk: files written whole or not at all, the runs
// that a person has not finished, and their results. It must not know what is in
// them, nor which folder they are kept in.
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
	f, err := Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Abort()
		return err
	}
	return f.Commit()
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

// File is being written and has its name only when it is whole.
type File struct {
	*os.File
	name           string // the name it will have; "" when it is written to as it is
	written, begun int64  // bytes; those that are on their way to the disk
}

// ahead is how much is written before it is sent on to the disk.
const ahead = 8 << 20

// Create begins to write a file as WriteFile does. It has to be ended by Commit or Abort.
func Create(name string) (*File, error) {
	name = follow(name)
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return nil, &fs.PathError{Op: "write", Path: name, Err: errors.New("is a folder")}
	case err == nil && !info.Mode().IsRegular():
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		return &File{File: f}, err
	}
	mode := os.FileMode(0o600)
	if err == nil {
		mode = info.Mode().Perm() // whoever could read it still can
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".rolefit-*")
	if err != nil {
		return nil, renamed(err, name)
	}
	file := &File{File: f, name: name}
	if mode != 0o600 {
		if err := f.Chmod(mode); err != nil {
			file.Abort()
			return nil, renamed(err, name)
		}
	}
	return file, nil
}

// Write implements io.Writer.
func (f *File) Write(data []byte) (int, error) {
	n, err := f.File.Write(data)
	if err != nil && f.name != "" {
		err = renamed(err, f.name)
	}
	if f.written += int64(n); f.name != "" && f.written-f.begun >= ahead {
		beginSync(f.File, f.begun, f.written-f.begun)
		f.begun = f.written
	}
	return n, err
}

// Sync puts on disk what was written so far.
func (f *File) Sync() error {
	if f.name == "" {
		return nil // a device or a pipe has no disk
	}
	if err := f.File.Sync(); err != nil {
		return renamed(err, f.name)
	}
	return nil
}

// Abort forgets what was written.
func (f *File) Abort() {
	_ = f.Close()
	if f.name != "" {
		_ = os.Remove(f.File.Name())
	}
}

// Commit puts the file under its name, whole.
func (f *File) Commit() error {
	if f.name == "" {
		return f.Close()
	}
	err := f.Sync()
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.File.Name(), f.name)
	}
	if err != nil {
		_ = os.Remove(f.File.Name())
		return renamed(err, f.name)
	}
	return nil
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
	there := &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	if _, err := os.Lstat(name); err == nil {
		return there
	}
	f, err := Create(name)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	switch err := os.Link(f.Name(), name); {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return there
	}
	return writeNew(name, data)
}

// writeNew is for file systems without links.
func writeNew(name string, data []byte) error {
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
