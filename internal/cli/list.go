package cli

import (
	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/quizzes"
)

func newList(e *env) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the built-in quizzes",
		Example: "  rolefit list\n  rolefit list --format json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			var all []*quiz.Quiz
			for _, id := range quizzes.IDs() {
				q, err := e.quiz(id)
				if err != nil {
					return err
				}
				all = append(all, q)
			}
			return writeAs(e, &o, report.ListFormats(), all)
		},
	}
	o.flags(c, formatNames(report.ListFormats()))
	return c
}
