// Package cli is the command line: the commands, and the only place that knows
// streams, the environment, the clock, chance and exit codes. It must not know how
// anything is worked out or laid out: a command reads, calls and hands on.
package cli

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/ask"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/text"
)

// The exit codes; cobra's own errors are usage errors.
const (
	exitDone    = 0
	exitFound   = 1 // done, and something was found
	exitFailed  = 2 // it could not be done
	exitLeft    = 3 // left before the end, progress saved
	exitSignals = 128
)

// env is the world as a command sees it.
type env struct {
	in       io.Reader
	out, err io.Writer
	terminal terminal
	getenv   func(string) string
	now      func() time.Time
	seed     func() int64 // a fresh seed, for runs that name none
	plain    bool         // nothing is drawn: for screen readers and dumb terminals
}

// Main runs the command line of this process and returns its exit code.
func Main() int {
	e := &env{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		terminal: terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr},
		getenv:   os.Getenv, now: time.Now, seed: randomSeed,
	}
	e.plain = truthy(e.getenv("ROLEFIT_ACCESSIBLE")) || truthy(e.getenv("ACCESSIBLE")) || e.getenv("TERM") == "dumb"
	return e.run(context.Background(), os.Args[1:])
}

// randomSeed stays below 2^32, so that every JSON reader keeps it exact.
func randomSeed() int64 {
	var b [4]byte
	if _, err := rand.Read(b[:]); err != nil {
		return 1
	}
	return int64(binary.BigEndian.Uint32(b[:]))
}

func (e *env) run(ctx context.Context, args []string) int {
	root := newRoot(e, args)
	root.SetArgs(args)
	root.SetIn(e.in)
	root.SetOut(e.out)
	root.SetErr(e.err)
	return e.exit(root.ExecuteContext(ctx))
}

// exit maps an error to its exit code, the only place that does, and says what
// went wrong on standard error.
func (e *env) exit(err error) int {
	var interrupted ask.Interrupted
	var findings diag.List
	var hinted *hintError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFound):
		return exitFound
	case errors.Is(err, errUnread): // the findings have said it
		return exitFailed
	case errors.Is(err, ask.ErrQuit):
		return exitLeft
	case errors.As(err, &interrupted):
		return exitSignals + int(interrupted.Signal)
	case errors.As(err, &findings):
		e.sayFindings(findings)
	case errors.As(err, &hinted):
		e.say("rolefit: %s", text.Line(hinted.Error()))
		e.say("help: %s", text.Line(hinted.hint))
	default:
		e.say("rolefit: %s", text.Line(err.Error()))
	}
	return exitFailed
}

// errFound ends a command that was done and found something.
var errFound = errors.New("something was found")

func (e *env) say(format string, args ...any) {
	fmt.Fprintf(e.err, format+"\n", args...)
}

// warn says something that does not stop the command.
func (e *env) warn(format string, args ...any) { e.say("warning: "+format, args...) }

func (e *env) sayFindings(found diag.List) {
	if err := found.WriteText(e.err); err != nil {
		return
	}
	if errors, warnings := found.Count(); errors+warnings > 1 {
		e.say("\n%d problems found", errors+warnings)
	}
}

// hintError is an error with a way out.
type hintError struct {
	error
	hint string
}

func (h *hintError) Unwrap() error { return h.error }

// hint adds what to do about an error.
func hint(err error, format string, args ...any) error {
	return &hintError{err, fmt.Sprintf(format, args...)}
}

// commands are the commands of rolefit, a row each.
var commands = []struct {
	name  string
	build func(*env) *cobra.Command
}{
	{"quiz", newQuiz}, {"history", newHistory}, {"validate", newValidate}, {"test", newTest}, {"explain", newExplain}, {"cohort", newCohort},
	{"odds", newOdds}, {"diff", newDiff}, {"new", newNew}, {"compare", newCompare}, {"roles", newRoles}, {"show", newShow}, {"list", newList},
	{"schema", newSchema}, {"man", newMan}, {"version", newVersion},
}

// newRoot builds the command line for these arguments. Where they begin with a
// command, it is built alone: the others would be a tenth of a start.
func newRoot(e *env, args []string) *cobra.Command {
	root := bareRoot()
	alone := false
	for _, one := range commands {
		alone = alone || len(args) > 0 && args[0] == one.name && one.name != "man" // which has a page for each
	}
	for _, one := range commands {
		if !alone || args[0] == one.name {
			c := one.build(e)
			c.Args = explained(c.Args)
			root.AddCommand(c)
		}
	}
	if root.CompletionOptions.DisableDefaultCmd = alone; !alone {
		root.Version = versionLine()
		strictDefaults(root)
	}
	return root
}

// bareRoot is the command line without its commands.
func bareRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "rolefit",
		Short: "A career-fit quiz for the command line",
		Long: "rolefit asks what kind of work you like and compares it with what roles ask for:\n" +
			"Product Manager, Product Owner, or a hybrid of the two. It works offline and\nsends nothing anywhere.",
		Example: "  rolefit quiz                      take the quiz\n" +
			"  rolefit quiz pm-po-quick          take the two-minute one\n" +
			"  rolefit compare                   see the roles side by side\n" +
			"  rolefit quiz --answers me.json    score an answer sheet",
		SilenceUsage:      true,
		SilenceErrors:     true,
		DisableAutoGenTag: true,
		Args:              noSuchCommand,
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return hint(err, "%s --help shows how it is used", c.CommandPath())
	})
	return root
}

// explained says of wrong arguments how the command is used.
func explained(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		var hinted *hintError
		if err := check(c, args); errors.As(err, &hinted) {
			return err
		} else if err != nil {
			what := errors.New("what to work on is missing")
			if len(args) > 0 {
				what = fmt.Errorf("these are too many arguments: %s", strings.Join(args, " "))
			}
			return hint(what, "%s --help shows how it is used", c.CommandPath())
		}
		return nil
	}
}

// strictDefaults makes the commands that cobra adds refuse what they do not
// know: of themselves they print a page and end as if all were well.
func strictDefaults(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.RunE = func(_ *cobra.Command, args []string) error { return helpOn(root, args) }
		case "completion":
			c.Args = noSuchCommand
			c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
}

// helpOn prints the page of the command that the arguments lead to.
func helpOn(root *cobra.Command, args []string) error {
	about, _, err := root.Find(args)
	if err != nil || about == root {
		about, err = root, noSuchCommand(root, args)
	}
	if err != nil {
		return err
	}
	about.InitDefaultHelpFlag()
	return about.Help()
}

// noSuchCommand names the command that was probably meant.
func noSuchCommand(parent *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var commands []string
	for _, c := range parent.Commands() {
		commands = append(commands, c.Name())
	}
	_, below, _ := strings.Cut(parent.CommandPath()+" "+args[0], " ")
	err := fmt.Errorf("unknown command %q", below)
	if near := text.Near(args[0], commands); near != "" {
		return hint(err, "did you mean %s %s?", parent.CommandPath(), near)
	}
	return hint(err, "%s --help lists the commands", parent.CommandPath())
}
