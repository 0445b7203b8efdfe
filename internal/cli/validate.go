package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/findings"
)

// validateOptions is what the command line of `rolefit validate` says.
type validateOptions struct {
	formats   []string // name or name=file
	strict    bool
	listFiles bool
	stdinName string
}

// autoFormat is github inside GitHub Actions, else text.
const autoFormat = "auto"

func newValidate(e *env) *cobra.Command {
	var o validateOptions
	formats := append([]string{autoFormat}, findings.Names()...)
	c := &cobra.Command{
		Use:   "validate PATH…",
		Short: "Check quiz definitions and their tests",
		Long: "validate checks definitions by all rules (rolefit explain): files, folders with all *.toml\n" +
			"below them, or - for standard input. A file that ends in _test.toml holds tests of a quiz and\n" +
			"is read for mistakes as rolefit test reads it, without running the tests. Findings go to\n" +
			"standard output, the summary to standard error. Of each rule, a file lists the first thousand\n" +
			"findings and says how many more there are; the totals count them all.\n\n" +
			"It ends with 1 when there are errors (with --strict, warnings count too), and with 2 when\n" +
			"a path does not exist, cannot be read or holds no definition.",
		Example: "  rolefit validate my-quiz.toml my-quiz_test.toml\n  rolefit validate quizzes --strict\n" +
			"  rolefit validate quizzes --format text --format sarif=findings.sarif\n" +
			"  cat my-quiz.toml | rolefit validate - --stdin-filename my-quiz.toml",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return e.runValidate(args, &o) },
	}
	f := c.Flags()
	f.StringArrayVar(&o.formats, "format", []string{autoFormat},
		"how to write it, or `format=file` to write it there (repeatable): "+strings.Join(formats, ", "))
	f.BoolVar(&o.strict, "strict", false, "warnings count as errors")
	f.BoolVar(&o.listFiles, "list-files", false, "only show what would be checked")
	f.StringVar(&o.stdinName, "stdin-filename", "<stdin>", "what to call standard input in findings")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// sink is one format and where it goes; an empty file is standard output.
type sink struct {
	format findings.Format
	file   string
}

// sinks reads the --format flags, before any work is done.
func (e *env) sinks(flags []string) ([]sink, error) {
	var all []sink
	taken := make(map[string]bool)
	for _, flag := range flags {
		name, file, to := strings.Cut(flag, "=")
		if to && file == "" {
			return nil, fmt.Errorf("--format %s names no file", flag)
		}
		if file == stdin {
			file = ""
		}
		if taken[file] {
			return nil, hint(errors.New("two formats go to the same place"), "give the second one a file: --format %s=FILE", name)
		}
		taken[file] = true
		o := output{format: e.realFormat(name)}
		if err := o.check(findings.Names()); err != nil {
			return nil, err
		}
		format := findings.Formats()[slices.Index(findings.Names(), o.format)]
		all = append(all, sink{format, file})
	}
	return all, nil
}

func (e *env) realFormat(name string) string {
	switch {
	case name != autoFormat:
		return name
	case truthy(e.getenv("GITHUB_ACTIONS")):
		return "github"
	}
	return "text"
}

func (e *env) runValidate(paths []string, o *validateOptions) error {
	sinks, err := e.sinks(o.formats)
	if err != nil {
		return err
	}
	all := e.findDefinitions(paths)
	if o.listFiles {
		return e.listTargets(all, o)
	}
	checked := &findings.Checked{Files: e.checkAll(all, o), Strict: o.strict, Version: moduleVersion()}
	for _, s := range sinks {
		if err := e.write(s.file, func(w io.Writer) error { return s.format.Write(w, checked) }); err != nil {
			return err
		}
		if s.format.Name == "github" {
			e.stepSummary(checked)
		}
	}
	e.say("%s", checked.Summary())
	if checked.All() != nil {
		e.say("rolefit explain RULE says why a rule matters and how to mend what breaks it")
	}
	return verdict(checked)
}

// errUnread ends a check of paths that could not all be read; the findings say which.
var errUnread = errors.New("not every path could be checked")

// verdict is how a check ends.
func verdict(c *findings.Checked) error {
	for _, f := range c.All() {
		if f.Rule == diag.IO {
			return errUnread
		}
	}
	errors, warnings := c.Count()
	if errors > 0 || c.Strict && warnings > 0 {
		return errFound
	}
	return nil
}

// listTargets shows what would be checked.
func (e *env) listTargets(all []target, o *validateOptions) error {
	var b bytes.Buffer
	var failed error
	for _, t := range all {
		switch {
		case t.fault != "":
			e.say("%s: error: %s", t.path, t.fault)
			failed = errUnread
		default:
			fmt.Fprintln(&b, t.shown(o))
		}
	}
	if _, err := e.out.Write(b.Bytes()); err != nil {
		return err
	}
	return failed
}

// stepSummary adds to the page that GitHub shows for a step. The findings are
// out already: a page that cannot be written takes nothing from them.
func (e *env) stepSummary(c *findings.Checked) {
	name := e.getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		err = errors.Join(findings.StepSummary(f, c), f.Close())
	}
	if err != nil {
		e.warn("the summary of this step was not written: %v", plainError(err))
	}
}
