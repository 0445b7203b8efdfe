package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/odds"
)

// counting is how far answer sheets are counted, and how the rest is sampled.
type counting struct {
	memory  int
	samples int
	seed    int64
}

// flags has memory MiB unless told otherwise.
func (o *counting) flags(c *cobra.Command, memory int) {
	limits, f := odds.DefaultLimits(), c.Flags()
	f.IntVar(&o.memory, "memory", memory, "how many `MiB` counting may take; beyond that it samples")
	f.IntVar(&o.samples, "samples", limits.Samples, "how many random sheets to draw where it samples")
	f.Int64Var(&o.seed, "seed", limits.Seed, "the `number` that they are drawn from")
}

func (o *counting) check() error {
	if o.memory < 1 || o.samples < 1 {
		return errors.New("--memory and --samples must be at least 1")
	}
	return nil
}

func (o *counting) limits() odds.Limits {
	limits := odds.LimitTo(o.memory)
	limits.Samples, limits.Seed = o.samples, o.seed
	return limits
}
