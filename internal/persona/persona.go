// Package persona tests a quiz: made-up people whose answers and expected
// results stand in a file beside the definition, gates on the quiz's odds, and how much
// of the quiz such a file notices, by mutation and by coverage. It must not know
// how a run of tests is shown.
package persona

import (
	"math/big"
	"path/filepath"
	"strings"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Suffix is how the names of test files end.
const Suffix = "_test.toml"

// Test is one test file and the quiz it is for.
type Test struct {
	Path     string // of the test file
	QuizPath string // of the definition
	Compiled *score.Compiled
	Personas []Persona
	Gates    []Range // of the odds, from 0 to 1; the id is an outcome's, or tie
	OddsLine int     // where [odds] stands

	source *doc.File // the definition's
}

// Persona is a made-up person and what the quiz should say to them.
type Persona struct {
	Name    string
	Line    int          // where it stands in its file
	Answers quiz.Answers // the given ones and those that fill adds
	Expect  Expect
}

// Expect is what a persona's result must be. What is not set is not asked.
type Expect struct {
	Outcomes []string // any of these
	Strength string
	Fits     []Range // by role, from 0 to 100
	Scores   []Range // by dimension, from 0 to 100
	Steps    []string
	NotSteps []string
	Flips    int // no other outcome takes fewer changed answers; 0: any number will do
}

// Range bounds a number, exactly; a bound that is nil is none.
type Range struct {
	ID       string
	Min, Max *big.Rat
}

func (r Range) holds(x *big.Rat) bool {
	return (r.Min == nil || x.Cmp(r.Min) >= 0) && (r.Max == nil || x.Cmp(r.Max) <= 0)
}

// String words the range, as behind "expected".
func (r Range) String() string {
	switch {
	case r.Max == nil:
		return "at least " + decimal(r.Min)
	case r.Min == nil:
		return "at most " + decimal(r.Max)
	case r.Min.Cmp(r.Max) == 0:
		return "exactly " + decimal(r.Min)
	}
	return decimal(r.Min) + " to " + decimal(r.Max)
}

// decimal writes a bound as it could stand in a file: with all its decimals.
func decimal(r *big.Rat) string {
	digits, exact := r.FloatPrec()
	if !exact {
		return r.RatString()
	}
	return r.FloatString(digits)
}

// show writes a number with as many decimals, from the given number on, as it
// takes to see on which side of the bounds it lies, and as a fraction where no decimals can say.
func (r Range) show(x *big.Rat, digits int) string {
	const most = 8
	for ; digits <= most; digits++ {
		s := text.Decimal(x, digits)
		rounded, _ := new(big.Rat).SetString(s)
		if sameSide(x, rounded, r.Min) && sameSide(x, rounded, r.Max) {
			return strings.TrimSuffix(trimZeros(s), ".")
		}
	}
	return x.RatString()
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(s, "0")
}

func sameSide(a, b, bound *big.Rat) bool {
	return bound == nil || a.Cmp(bound) == b.Cmp(bound)
}

// IsTest reports whether a file of this name holds tests.
func IsTest(path string) bool { return strings.HasSuffix(path, Suffix) }

// TestOf is the name of the test file beside a definition.
func TestOf(definition string) string { return strings.TrimSuffix(definition, ".toml") + Suffix }

// quizOf is where a test file's quiz is: beside it, by the same name unless another one is given.
func quizOf(path, named string) string {
	switch {
	case named == "":
		return strings.TrimSuffix(path, Suffix) + ".toml"
	case filepath.IsAbs(named):
		return named
	}
	return filepath.Join(filepath.Dir(path), filepath.FromSlash(named))
}
