package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/score"
)

// oddsOptions is what the command line of `rolefit odds` says.
type oddsOptions struct {
	output
	counting counting
}

func newOdds(e *env) *cobra.Command {
	var o oddsOptions
	c := &cobra.Command{
		Use:   "odds [QUIZ]",
		Short: "Show what a quiz does to random answers",
		Long: "odds counts every possible answer sheet and says how often each outcome comes up for\n" +
			"somebody who answers at random, how large the lead is, and how much each question can do.\n" +
			"Where there are too many different sums to count, it samples, and says so.",
		Example:           "  rolefit odds\n  rolefit odds ./my-quiz.toml --format json",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE:              func(_ *cobra.Command, args []string) error { return e.runOdds(quizArg(args), &o) },
	}
	o.counting.flags(c, odds.DefaultLimits().MiB())
	o.output.flags(c, formatNames(report.OddsFormats()))
	return c
}

func (e *env) runOdds(name string, o *oddsOptions) error {
	if err := o.counting.check(); err != nil {
		return err
	}
	q, err := e.quiz(name)
	if err != nil {
		return err
	}
	result, err := odds.Of(score.Compile(q), o.counting.limits())
	var unscorable *score.Unscorable
	if errors.As(err, &unscorable) {
		return hint(fmt.Errorf("some ways through this quiz measure nothing that the role %q asks for", unscorable.Role.ID),
			"ask everybody at least one question for each role")
	}
	if err != nil {
		return err
	}
	return writeAs(e, &o.output, report.OddsFormats(), result)
}
