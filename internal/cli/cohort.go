package cli

import (
	"github.com/spf13/cobra"
)

func newCohort(e *env) *cobra.Command {
	c := &cobra.Command{
		Use:   "cohort",
		Short: "Score a table of people, and say what can be trusted",
		Long: "cohort works on many answer sheets at once: a table with a row for each respondent, as a\n" +
			"form exports it.",
		Example: "  rolefit cohort template > answers.csv         a table to fill in\n" +
			"  rolefit cohort score answers.csv -o scored.csv   everybody's outcome, a row each\n" +
			"  rolefit cohort diff start.csv end.csv            who changed outcome",
		Args: noSuchCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, build := range []func(*env) *cobra.Command{newCohortScore, newCohortTemplate, newCohortDiff} {
		sub := build(e)
		sub.Args = explained(sub.Args)
		c.AddCommand(sub)
	}
	return c
}
