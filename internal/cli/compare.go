package cli

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/report"
)

func newCompare(e *env) *cobra.Command {
	var o output
	table := report.CompareFormats()
	formats := names(table, func(f report.QuizFormat) string { return f.Name })
	c := &cobra.Command{
		Use:               "compare [QUIZ]",
		Short:             "Show the roles side by side",
		Example:           "  rolefit compare\n  rolefit compare --format markdown -o roles.md",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.check(formats); err != nil {
				return err
			}
			q, err := e.quiz(quizArg(args))
			if err != nil {
				return err
			}
			return e.write(o.file, func(w io.Writer) error {
				for _, f := range table {
					if f.Name == o.format {
						return f.Write(w, q, e.look())
					}
				}
				return nil
			})
		},
	}
	o.flags(c, formats)
	return c
}
