package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/report"
)

func newCohortDiff(e *env) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say who changed outcome between two scored tables",
		Long: "diff compares two tables that `cohort score` wrote, such as the start and the end of a course.\n" +
			"People are matched by their id; whoever is in one table only is listed. It ends with 1 when\n" +
			"somebody's outcome changed.",
		Example:           "  rolefit cohort diff start.csv end.csv\n  rolefit cohort diff start.csv end.csv --format json",
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: completeFiles,
		RunE:              func(_ *cobra.Command, args []string) error { return e.runCohortDiff(args[0], args[1], &o) },
	}
	o.flags(c, formatNames(report.ChangeFormats()))
	return c
}

func (e *env) runCohortDiff(before, after string, o *output) error {
	if before == stdin && after == stdin {
		return hint(fmt.Errorf("OLD and NEW cannot both come from standard input"), "name a file for one of them")
	}
	a, err := e.readScored(before)
	if err != nil {
		return err
	}
	b, err := e.readScored(after)
	if err != nil {
		return err
	}
	change, err := cohort.Compare(a, b)
	if err != nil {
		return err
	}
	if change.Digests {
		e.warn("the tables were scored by different states of the quiz: some of what moved may be the quiz")
	}
	if err := writeAs(e, o, report.ChangeFormats(), change); err != nil {
		return err
	}
	if len(change.Moved) > 0 {
		return errFound
	}
	return nil
}

// readScored reads a table of results.
func (e *env) readScored(name string) (*cohort.Scored, error) {
	in, shown, done, err := e.table(name)
	if err != nil {
		return nil, err
	}
	defer done()
	scored, err := cohort.ReadScored(in)
	if err != nil {
		return nil, hint(fmt.Errorf("%s: %w", shown, plainError(err)), "rolefit cohort score ANSWERS -o FILE writes such a table")
	}
	return scored, nil
}
