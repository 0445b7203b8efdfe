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
	memory  int
	samples int
	seed    int64
}

func newOdds(e *env) *cobra.Command {
	var o oddsOptions
	formats := formatNames(report.OddsFormats())
	limits := odds.DefaultLimits()
	c := &cobra.Command{
		Use:   "odds [QUIZ]",
		Short: "Show what a quiz does to random answers",
		Long: "odds counts every possible answer sheet and says how often each outcome comes up for\n" +
			"somebody who answers at random, how large the lead is, and how much each question can do.\n" +
			"Where there are too many different sums to count, it samples, and says so.",
		Example:           "  rolefit odds\n  rolefit odds ./my-quiz.toml --format json",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.check(formats); err != nil {
				return err
			}
			return e.runOdds(quizArg(args), &o)
		},
	}
	f := c.Flags()
	f.IntVar(&o.memory, "memory", limits.MiB(), "how many `MiB` counting may take; beyond that it samples")
	f.IntVar(&o.samples, "samples", limits.Samples, "how many random sheets to draw where it samples")
	f.Int64Var(&o.seed, "seed", limits.Seed, "the `number` that they are drawn from")
	o.flags(c, formats)
	return c
}

func (e *env) runOdds(name string, o *oddsOptions) error {
	if o.memory < 1 || o.samples < 1 {
		return errors.New("--memory and --samples must be at least 1")
	}
	q, err := e.quiz(name)
	if err != nil {
		return err
	}
	limits := odds.LimitTo(o.memory)
	limits.Samples, limits.Seed = o.samples, o.seed
	result, err := odds.Of(score.Compile(q), limits)
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
