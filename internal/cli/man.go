package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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

// page is a command's manual page, in the language of man(7). It says no date: the
// same program gives the same page on every day.
func page(c *cobra.Command) []byte {
	c.InitDefaultHelpFlag()
	var b bytes.Buffer
	name := manName(c)
	fmt.Fprintf(&b, ".nh\n.TH %q \"1\" \"\" \"rolefit\" \"rolefit\"\n", strings.ToUpper(name))
	fmt.Fprintf(&b, "\n.SH NAME\n%s - %s\n", name, roff(c.Short))
	fmt.Fprintf(&b, "\n.SH SYNOPSIS\n\\fB%s\\fP\n", roff(c.UseLine()))
	b.WriteString("\n.SH DESCRIPTION\n")
	for paragraph := range strings.SplitSeq(strings.TrimSpace(cmp.Or(c.Long, c.Short)), "\n\n") {
		manParagraph(&b, paragraph)
	}
	b.WriteString("\n.SH OPTIONS\n")
	c.NonInheritedFlags().VisitAll(func(f *pflag.Flag) { manFlag(&b, f) })
	if c.Example != "" {
		fmt.Fprintf(&b, "\n.SH EXAMPLE\n.EX\n%s\n.EE\n", roff(c.Example))
	}
	fmt.Fprintf(&b, "\n.SH SEE ALSO\n%s\n", strings.Join(manRelated(c), ", "))
	return b.Bytes()
}

// manName is what a command's page is called.
func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// roff is a text in which nothing is a command of man(7).
func roff(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, `\`, `\e`), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// manParagraph writes a paragraph of a description: cobra's own have some Markdown.
func manParagraph(w io.Writer, s string) {
	if title, is := strings.CutPrefix(s, "#### "); is {
		fmt.Fprintf(w, ".SS %s\n", roff(title))
		return
	}
	if strings.HasPrefix(s, "\t") { // what to type
		fmt.Fprintf(w, ".EX\n%s\n.EE\n", roff(strings.ReplaceAll(s, "\t", "")))
		return
	}
	fmt.Fprintf(w, ".PP\n%s\n", manBold(roff(s)))
}

// manBold shows in bold what stands between backquotes.
func manBold(s string) string {
	parts := strings.Split(s, "`")
	for i := 1; i+1 < len(parts); i += 2 {
		parts[i] = `\fB` + parts[i] + `\fR`
	}
	return strings.Join(parts, "")
}

// manFlag writes what a flag is for, with what it is set to where it is left out.
func manFlag(w io.Writer, f *pflag.Flag) {
	if f.Hidden || f.Deprecated != "" {
		return
	}
	names := `\fB--` + f.Name + `\fP`
	if f.Shorthand != "" {
		names = `\fB-` + f.Shorthand + `\fP, ` + names
	}
	value := "=" + f.DefValue
	if f.Value.Type() == "string" {
		value = fmt.Sprintf("=%q", f.DefValue)
	}
	if f.NoOptDefVal != "" {
		value = "[" + value + "]"
	}
	fmt.Fprintf(w, ".PP\n%s%s\n\t%s\n", names, roff(value), manBold(roff(f.Usage)))
}

// manRelated are the pages of the command that has this one, and of those that it has.
func manRelated(c *cobra.Command) (pages []string) {
	if c.HasParent() {
		pages = append(pages, manLink(c.Parent()))
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			pages = append(pages, manLink(sub))
		}
	}
	return pages
}

func manLink(c *cobra.Command) string { return `\fB` + manName(c) + `(1)\fP` }

func (e *env) manPage(root *cobra.Command, args []string) error {
	c, rest, err := root.Find(args)
	if err != nil || len(rest) > 0 {
		return hint(fmt.Errorf("there is no command %s", strings.Join(args, " ")), "rolefit --help lists the commands")
	}
	return e.write("", func(w io.Writer) error {
		_, err := w.Write(page(c))
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
		if err := store.WriteFile(filepath.Join(folder, manName(c)+".1"), page(c)); err != nil {
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
