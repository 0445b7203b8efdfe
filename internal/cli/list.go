package cli

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/quizzes"
)

func newList(e *env) *cobra.Command {
	var o output
	formats := []string{"text", "json"}
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the built-in quizzes",
		Example: "  rolefit list\n  rolefit list --format json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := o.check(formats); err != nil {
				return err
			}
			var all []*quiz.Quiz
			for _, id := range quizzes.IDs() {
				q, err := e.quiz(id)
				if err != nil {
					return err
				}
				all = append(all, q)
			}
			return e.write(o.file, func(w io.Writer) error {
				if o.format == "json" {
					return report.ListJSON(w, all)
				}
				return report.ListText(w, all, e.look())
			})
		},
	}
	o.flags(c, formats)
	return c
}
