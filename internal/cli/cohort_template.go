package cli

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/columns"
)

func newCohortTemplate(e *env) *cobra.Command {
	var file string
	var rows int
	seed := int64(1)
	c := &cobra.Command{
		Use:   "template [QUIZ]",
		Short: "Write the header row of a table of answers",
		Long: "template writes a header row to fill in below: a column for the respondent and one for each\n" +
			"question. With --example it adds random rows that are valid answers, to try things out with.",
		Example:           "  rolefit cohort template > answers.csv\n  rolefit cohort template pm-po-quick --example 20 -o try.csv",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE: func(_ *cobra.Command, args []string) error {
			if rows < 0 {
				return errors.New("--example must not be negative")
			}
			if err := writable(file); err != nil {
				return err
			}
			q, err := e.quiz(quizArg(args))
			if err != nil {
				return err
			}
			return e.stream(file, func(w io.Writer) error { return columns.Template(w, q, rows, seed) })
		},
	}
	f := c.Flags()
	f.IntVar(&rows, "example", 0, "add so many random rows")
	f.Int64Var(&seed, "seed", seed, "the `number` that they are drawn from")
	fileFlag(c, &file)
	return c
}
