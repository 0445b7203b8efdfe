package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
	"github.com/rolefit/rolefit/quizzes"
)

// stdin is how the command line calls standard input.
const stdin = "-"

// quizArg is the QUIZ among the arguments; the default quiz when it is left out.
func quizArg(args []string) string {
	if len(args) == 0 {
		return quizzes.IDs()[0]
	}
	return args[0]
}

// isPath tells a file from a built-in id.
func isPath(name string) bool {
	return strings.ContainsAny(name, `/\`) || strings.HasSuffix(name, ".toml")
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// source reads the definition that QUIZ names.
func (e *env) source(name string) (src []byte, shown string, err error) {
	switch {
	case name == stdin:
		src, err = bounded(e.in)
		return src, "<stdin>", err
	case isPath(name):
		src, err = readFile(name)
		return src, name, err
	}
	if src := quizzes.Source(name); src != nil {
		return src, name + ".toml", nil
	}
	return nil, "", noSuchQuiz(name)
}

func noSuchQuiz(name string) error {
	err := fmt.Errorf("there is no built-in quiz %q", name)
	if near := text.Near(name, quizzes.IDs()); near != "" {
		return hint(err, "did you mean %s? A path holds a / or ends in .toml", near)
	}
	return hint(err, "the built-in quizzes are %s; a path holds a / or ends in .toml", strings.Join(quizzes.IDs(), " and "))
}

// quiz reads and decodes the definition that QUIZ names.
func (e *env) quiz(name string) (*quiz.Quiz, error) {
	q, _, err := e.definition(name)
	return q, err
}

// definition does so and gives the text, too.
func (e *env) definition(name string) (*quiz.Quiz, []byte, error) {
	src, shown, err := e.source(name)
	if err != nil {
		return nil, nil, err
	}
	decode := quiz.Decode
	if name != stdin && !isPath(name) {
		decode = quiz.DecodeBuiltIn
	}
	q, found := decode(shown, src)
	if found != nil {
		return nil, nil, found
	}
	return q, src, nil
}

// table opens a table, or standard input, and gives the name it is shown by.
func (e *env) table(name string) (in io.Reader, shown string, done func(), err error) {
	if name == stdin {
		return e.in, "<stdin>", func() {}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, "", nil, plainError(err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		_ = f.Close()
		return nil, "", nil, hint(fmt.Errorf("%s is a folder", name), "name the tables in it")
	}
	return f, name, func() { _ = f.Close() }, nil
}

// readFile reads a definition or a sheet: one byte more than any may have at
// most, so that the reader of the format can say that it is too large.
func readFile(name string) ([]byte, error) { return readUpTo(name, doc.MaxSize+4) }

// readUpTo reads the first bytes of a file.
func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, plainError(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, not a file", name)
	}
	src, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, plainError(err)
	}
	return src, nil
}

// openQuiz reads the definition that a test names. Whoever runs a test that
// others wrote did not choose that path: a pipe or a terminal behind it would never end.
func openQuiz(name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no plain file", name)
	}
	return readFile(name)
}

// walkFiles visits the files below a folder in the order of their names, and
// what cannot be read with its error. A folder that begins with a dot belongs to other tools.
func walkFiles(root string, visit func(path string, err error)) {
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			visit(path, err)
		case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir():
			visit(path, nil)
		}
		return nil
	})
}

// bounded reads one byte more than any file may have, so that the reader of
// the format can say that it is too large.
func bounded(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, doc.MaxSize+4)) // 3 for a byte order mark
}

// plainError words the errors of the file system for people.
func plainError(err error) error {
	var path *fs.PathError
	if !errors.As(err, &path) {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s does not exist", path.Path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: permission denied", path.Path)
	}
	return fmt.Errorf("%s: %w", path.Path, path.Err)
}

// completeQuiz offers the built-in quizzes and files to the shell.
func completeQuiz(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return quizzes.IDs(), cobra.ShellCompDirectiveDefault
}

// completeFiles offers files to the shell.
func completeFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}
