package cli

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

func newShow(e *env) *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:               "show [QUIZ]",
		Short:             "Print a quiz's definition",
		Long:              "show prints the definition of a quiz as TOML: a start for a quiz of your own.",
		Example:           "  rolefit show pm-po-quick > my-quiz.toml",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE: func(_ *cobra.Command, args []string) error {
			src, shown, err := e.source(quizArg(args))
			if err != nil {
				return err
			}
			if _, found := quiz.Decode(shown, src); found != nil {
				return found
			}
			return e.write(file, func(w io.Writer) error {
				// Texts are safe, or decoding had refused them; comments may not be.
				_, err := io.WriteString(w, text.Clean(string(src)))
				return err
			})
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "write to this `file`, whole or not at all, instead of standard output")
	return c
}
