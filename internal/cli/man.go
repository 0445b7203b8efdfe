package cli

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/rolefit/rolefit/internal/store"
)

func newMan(e *env) *cobra.Command {
	var folder string
	c := &cobra.Command{
		Use:     "man [COMMAND...]",
		Short:   "Print a manual page",
		Args:    cobra.ArbitraryArgs,
		Long:    "man prints the manual page of rolefit, or of one of its commands. With --dir it writes all of\nthem, a file each, for a folder that man looks in.",
		Example: "  rolefit man | man -l -\n  rolefit man cohort score\n  rolefit man --dir ~/.local/share/man/man1",
		RunE: func(c *cobra.Command, args []string) error {
			if folder != "" {
				return e.manPages(c.Root(), folder)
			}
			return e.manPage(c.Root(), args)
		},
	}
	c.Flags().StringVar(&folder, "dir", "", "write a page for every command to this `folder`")
	_ = c.MarkFlagDirname("dir")
	return c
}

// page writes a command's manual page. It says no date: the same program gives
// the same page on every day.
func page(c *cobra.Command) ([]byte, error) {
	c.InitDefaultHelpFlag()
	var b bytes.Buffer
	never := time.Time{}
	err := doc.GenMan(c, &doc.GenManHeader{Section: "1", Source: "rolefit", Manual: "rolefit", Date: &never}, &b)
	return bytes.ReplaceAll(b.Bytes(), []byte(never.Format(`"Jan 2006"`)), []byte(`""`)), err
}

func (e *env) manPage(root *cobra.Command, args []string) error {
	c, rest, err := root.Find(args)
	if err != nil || len(rest) > 0 {
		return hint(fmt.Errorf("there is no command %s", strings.Join(args, " ")), "rolefit --help lists the commands")
	}
	text, err := page(c)
	if err != nil {
		return err
	}
	return e.write("", func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

func (e *env) manPages(root *cobra.Command, folder string) error {
	if !isFolder(folder) {
		return hint(fmt.Errorf("there is no folder %s", folder), "make it first")
	}
	n := 0
	var each func(c *cobra.Command) error
	each = func(c *cobra.Command) error {
		if !c.IsAvailableCommand() && c.HasParent() || c.IsAdditionalHelpTopicCommand() {
			return nil
		}
		text, err := page(c)
		if err != nil {
			return err
		}
		name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
		if err := store.WriteFile(filepath.Join(folder, name), text); err != nil {
			return plainError(err)
		}
		n++
		for _, sub := range c.Commands() {
			if err := each(sub); err != nil {
				return err
			}
		}
		return nil
	}
	if err := each(root); err != nil {
		return err
	}
	e.say("wrote %d pages to %s", n, folder)
	return nil
}
