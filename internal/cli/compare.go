package cli

import (
	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/report"
)

func newCompare(e *env) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:               "compare [QUIZ]",
		Short:             "Show the roles side by side",
		Example:           "  rolefit compare\n  rolefit compare --format markdown -o roles.md",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE: func(_ *cobra.Command, args []string) error {
			q, err := e.quiz(quizArg(args))
			if err != nil {
				return err
			}
			return writeAs(e, &o, report.CompareFormats(), q)
		},
	}
	o.flags(c, formatNames(report.CompareFormats()))
	return c
}
