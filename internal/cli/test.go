package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/persona"
	"github.com/rolefit/rolefit/internal/report"
)

// testOptions is what the command line of `rolefit test` says.
type testOptions struct {
	output
	run         string
	verbose     bool
	mutate      bool
	coverage    bool
	minCoverage int
}

func newTest(e *env) *cobra.Command {
	var o testOptions
	c := &cobra.Command{
		Use:   "test PATH...",
		Short: "Run the persona tests of quizzes",
		Long: "test scores made-up people and holds their results against what is expected of them.\n" +
			"The tests of my.toml stand in my_test.toml beside it. PATH is either of the two, or a\n" +
			"folder, which is searched for test files with all the folders in it.",
		Example: "  rolefit test ./my.toml\n" +
			"  rolefit test quizzes --run strategist -v\n" +
			"  rolefit test quizzes --coverage --min-coverage 80\n" +
			"  rolefit test quizzes --mutate             which changes of a number go unnoticed?\n" +
			"  rolefit test quizzes --format junit -o report.xml",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.coverage = o.coverage || c.Flags().Changed("min-coverage")
			return e.runTest(args, &o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.run, "run", "", "run only tests whose name matches this `regexp`; the odds are called \"odds\"")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "name what passed, too")
	f.BoolVar(&o.mutate, "mutate", false, "change the quiz one number at a time and list the changes that no test notices")
	f.BoolVar(&o.coverage, "coverage", false, "list what no persona reaches")
	f.IntVar(&o.minCoverage, "min-coverage", 0, "fail when personas reach less than this `percent`")
	o.flags(c, formatNames(report.TestFormats()))
	return c
}

func (e *env) runTest(paths []string, o *testOptions) error {
	if o.minCoverage < 0 || o.minCoverage > 100 {
		return errors.New("--min-coverage must lie between 0 and 100")
	}
	run, err := regexp.Compile(o.run)
	if err != nil {
		return hint(fmt.Errorf("--run %q is no regular expression", o.run), "%v", err)
	}
	tests, err := readTests(paths)
	if err != nil {
		return err
	}
	options := persona.Options{
		Coverage: o.coverage, Mutate: o.mutate, Workers: min(2, runtime.NumCPU()),
		Limits: odds.DefaultLimits(), Progress: e.progress("mutants"),
	}
	if o.run != "" {
		options.Run = run
	}
	found := &report.Tests{Report: persona.Run(tests, options), Verbose: o.verbose}
	if found.Results() == 0 {
		return hint(errors.New("no test has a name that matches --run "+o.run), "leave --run out, and add -v, to see all names")
	}
	if err := writeAs(e, &o.output, report.TestFormats(), found); err != nil {
		return err
	}
	return e.judgeTests(found, o)
}

// judgeTests says what the formats have no place for, and whether all is well.
func (e *env) judgeTests(found *report.Tests, o *testOptions) error {
	for _, w := range report.TestWarnings(found) {
		e.warn("%s", w)
	}
	bad := found.Failed() > 0
	if bad && o.mutate {
		e.warn("mutants were not tried: first everything must pass")
	}
	if c := found.Coverage; c != nil && c.Reached*100 < o.minCoverage*c.Items {
		bad = true
		e.say("rolefit: the personas reach %d%%, and --min-coverage asks for %d%%", c.Percent(), o.minCoverage)
	}
	if bad {
		return errFound
	}
	return nil
}

// readTests reads every test file that the paths name, each once. All faults
// of all files are told at once.
func readTests(paths []string) ([]*persona.Test, error) {
	var tests []*persona.Test
	var found diag.List
	seen := make(map[string]bool)
	for _, path := range paths {
		files, err := testFiles(path)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if seen[filepath.Clean(file)] {
				continue
			}
			seen[filepath.Clean(file)] = true
			src, err := readFile(file)
			if err != nil {
				return nil, err
			}
			t, faults := persona.Read(file, src, openQuiz)
			tests, found = append(tests, t), append(found, faults...)
		}
	}
	if len(found) > 0 {
		found.Sort()
		return nil, slices.CompactFunc(found, sameFinding) // two tests of one broken quiz
	}
	return tests, nil
}

func sameFinding(a, b diag.Finding) bool {
	return a.Place == b.Place && a.Rule == b.Rule && a.Message == b.Message
}

// testFiles lists the test files that a path names.
func testFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil && !isPath(path):
		return nil, hint(plainError(err), "test takes files and folders, such as ./%s.toml", path)
	case err != nil:
		return nil, plainError(err)
	case info.IsDir():
		return testsBelow(path)
	case persona.IsTest(path):
		return []string{path}, nil
	case !strings.HasSuffix(path, ".toml"):
		return nil, fmt.Errorf("%s is no test file: its name does not end in %s", path, persona.Suffix)
	}
	beside := persona.TestOf(path)
	if _, err := os.Stat(beside); err != nil {
		return nil, hint(fmt.Errorf("%s has no tests", path), "write them in %s", beside)
	}
	return []string{beside}, nil
}

// testsBelow lists the test files of a folder and all folders in it, in the
// order of their names. One that cannot be read is an error.
func testsBelow(folder string) ([]string, error) {
	var files []string
	var faults []error
	walkFiles(folder, func(path string, err error) {
		switch {
		case err != nil:
			faults = append(faults, err)
		case persona.IsTest(path):
			files = append(files, path)
		}
	})
	if len(faults) > 0 {
		return nil, plainError(faults[0])
	}
	if len(files) == 0 {
		return nil, hint(fmt.Errorf("%s holds no test files", folder), "the name of a test file ends in %s", persona.Suffix)
	}
	return files, nil
}

// progress shows on a terminal how far a long piece of work is; nil: standard error is none.
func (e *env) progress(what string) func(done, total int) {
	if !isTerminal(e.terminal.err) {
		return nil
	}
	last := -1
	return func(done, total int) {
		percent := done * 100 / total
		switch {
		case done == total:
			fmt.Fprint(e.err, "\r\x1b[K")
		case percent != last:
			fmt.Fprintf(e.err, "\r%d of %d %s", done, total, what)
		}
		last = percent
	}
}
