package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/persona"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/starter"
	"github.com/rolefit/rolefit/internal/store"
	"github.com/rolefit/rolefit/internal/text"
)

func newNew(e *env) *cobra.Command {
	folder := "."
	c := &cobra.Command{
		Use:   "new ID",
		Short: "Write a quiz to start from, and its tests",
		Long: "new writes ID.toml, a small quiz with a remark on every part, and ID" + persona.Suffix + ", tests of it. Both\n" +
			"pass as they are. It replaces nothing: where one of the files is there already, it writes neither.",
		Example: "  rolefit new nurse-or-medic\n  rolefit new nurse-or-medic --dir quizzes",
		Args:    cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return e.runNew(args[0], folder) },
	}
	c.Flags().StringVar(&folder, "dir", folder, "the `folder` to write to")
	_ = c.MarkFlagDirname("dir")
	return c
}

func (e *env) runNew(id, folder string) error {
	if !quiz.ValidID(id) {
		err := fmt.Errorf("%q is not an id: it takes lower-case letters, digits and -, at most 64, and does not begin with -", text.Line(id))
		if better := idLike(id); better != "" {
			return hint(err, "rolefit new %s would do", better)
		}
		return hint(err, "for example: rolefit new nurse-or-medic")
	}
	if !isFolder(folder) {
		return hint(fmt.Errorf("there is no folder %s", folder), "make it first, or name another with --dir")
	}
	definition := filepath.Join(folder, id+".toml")
	tests := persona.TestOf(definition)
	quizText, testText := starter.Files(id)
	if err := writeNew(definition, quizText); err != nil {
		return err
	}
	if err := writeNew(tests, testText); err != nil {
		_ = os.Remove(definition) // both or neither
		return err
	}
	path := definition
	if !strings.ContainsAny(path, `/\`) {
		path = "." + string(filepath.Separator) + path
	}
	_, err := fmt.Fprintf(e.out, "wrote %s and %s\n\nNext:\n  rolefit validate --strict %s\n  rolefit test --mutate %s\n  rolefit quiz %s\n",
		definition, tests, path, path, path)
	return err
}

// writeNew words it when a file is there already.
func writeNew(name string, data []byte) error {
	err := store.WriteNew(name, data)
	if errors.Is(err, fs.ErrExist) {
		return hint(fmt.Errorf("%s is there already, and nothing was written", name), "choose another id, or another folder with --dir")
	}
	return plainError(err)
}

// idLike makes an id of what was typed; "" where no letter or digit is left.
func idLike(s string) string {
	s = regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(strings.TrimSuffix(s, ".toml")), "-")
	s = strings.Trim(s, "-")
	s = strings.Trim(s[:min(len(s), 64)], "-")
	if !quiz.ValidID(s) {
		return ""
	}
	return s
}
