package cli

import (
	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/report"
)

func newShow(e *env) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "show [QUIZ]",
		Short: "Print a quiz's definition",
		Long: "show prints the definition of a quiz: as TOML, a start for a quiz of your own; as JSON,\n" +
			"for programs; as Markdown, a readable questionnaire for review.",
		Example:           "  rolefit show pm-po-quick > my-quiz.toml\n  rolefit show --format markdown -o review.md",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE: func(_ *cobra.Command, args []string) error {
			src, shown, err := e.source(quizArg(args))
			if err != nil {
				return err
			}
			q, file, found := quiz.DecodeFile(shown, src)
			if found != nil {
				return found
			}
			return writeAs(e, &o, report.DefinitionFormats(), report.Definition{Quiz: q, File: file})
		},
	}
	o.flags(c, formatNames(report.DefinitionFormats()))
	return c
}
