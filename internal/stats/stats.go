// Package stats is the statistics of a cohort: from exact whole-number sums to
// figures with intervals. It must not know quizzes or files.
// Sums and ratios stay exact fractions; a figure becomes a float64 once, at its end.
package stats

import (
	"fmt"
	"math"
	"math/big"
)

// Fewest is how many complete respondents it takes before anything is said
// about reliability.
const Fewest = 10

// Figure is a number, or in plain words why the data cannot carry it. Value is
// never NaN or infinite, and is 0 where there is a Why.
type Figure struct {
	Value float64
	Why   string // "" when there is a value
}

// Known reports whether there is a value.
func (f Figure) Known() bool { return f.Why == "" }

// Interval is a 95% interval, or why there is none.
type Interval struct {
	Low, High float64
	Why       string // "" when there is one
}

// Estimate is a figure with its 95% interval. Without a value there is no
// interval either, for the same reason; a value may be without an interval.
type Estimate struct {
	Figure
	Interval Interval
}

func known(v float64) Figure { return Figure{Value: v} }

func unknown(why string) Figure { return Figure{Why: why} }

func noEstimate(why string) Estimate { return Estimate{unknown(why), Interval{Why: why}} }

// The reasons, in plain words.
const (
	whyNobody       = "no respondents"
	whyOne          = "fewer than 2 respondents"
	whyNoRange      = "no answer can move it"
	whyOneItem      = "fewer than 2 questions that everybody is asked"
	whyTwoLeft      = "fewer than 2 questions would be left"
	whySameSum      = "every complete respondent has the same sum"
	whySameRest     = "the other questions' sum is the same for every complete respondent"
	whySameAnswer   = "every complete respondent earned the same on this question"
	whyNegative     = "the reliability is negative"
	whyThree        = "fewer than 3 questions that tell respondents apart"
	whyApart        = "the questions have nothing in common"
	whyHeywood      = "the one-factor model does not fit: a question would share more than all of its variance"
	whyNotConverged = "the one-factor model does not settle"
	whyOneAnswer    = "fewer than 2 answers"
	whyAlike        = "everyone changed by the same"
	whyNoStake      = "the two do not differ by any question"
	whySameGap      = "the difference is the same for every complete respondent"
)

func whyFew(fewest int64) string {
	return fmt.Sprintf("fewer than %d complete respondents", fewest)
}

// float is the nearest float64.
func float(x *big.Rat) float64 {
	f, _ := x.Float64()
	return f
}

// root is √x of an exact x; what is below 0 counts as 0.
func root(x *big.Rat) float64 { return math.Sqrt(max(0, float(x))) }

func frac(num, denom *big.Int) *big.Rat { return new(big.Rat).SetFrac(num, denom) }
