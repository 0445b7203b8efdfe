package persona

import (
	"regexp"
	"slices"

	"github.com/rolefit/rolefit/internal/odds"
)

// Options say what to run.
type Options struct {
	Run      *regexp.Regexp // only tests whose name matches; nil: all
	Coverage bool
	Mutate   bool
	Workers  int
	Limits   odds.Limits
	Progress func(done, total int) // called as mutants are tried, from several goroutines, one at a time; nil: it is not shown
}

// Report is what running tests found.
type Report struct {
	Files    []File
	Mutation *Mutation // nil: it was not asked for, or a test failed
	Coverage *Coverage // nil: it was not asked for
}

// File is what one test file found.
type File struct {
	Test    *Test
	Results []Result // personas in the order of the file, then the odds
}

// Result is one persona's, or that of a file's odds.
type Result struct {
	Name     string
	Line     int
	IsOdds   bool
	Failures []Failure
	Ignored  []string // questions answered that this persona is not shown
	Sampled  bool     // the odds were not counted but sampled
}

// Passed reports whether everything was as expected.
func (r Result) Passed() bool { return len(r.Failures) == 0 }

// oddsName is what the odds of a file are called among its results.
const oddsName = "odds"

// Personas counts the personas that were run.
func (r *Report) Personas() int {
	return r.count(func(one Result) bool { return !one.IsOdds })
}

// Results counts personas and odds together.
func (r *Report) Results() int { return r.count(func(Result) bool { return true }) }

// Failed counts the personas and the odds that are not as expected.
func (r *Report) Failed() int { return r.count(func(one Result) bool { return !one.Passed() }) }

func (r *Report) count(those func(Result) bool) int {
	n := 0
	for _, f := range r.Files {
		for _, one := range f.Results {
			if those(one) {
				n++
			}
		}
	}
	return n
}

// Run runs tests. Mutants are tried only when everything passes: a test that
// fails already would take every one of them for noticed.
func Run(tests []*Test, o Options) *Report {
	r := &Report{}
	for i, t := range tests {
		tests[i] = t.only(o.Run)
		r.Files = append(r.Files, File{Test: tests[i], Results: tests[i].results(o.Limits)})
	}
	if o.Coverage {
		r.Coverage = cover(tests)
	}
	if o.Mutate && r.Failed() == 0 {
		r.Mutation = mutate(tests, o)
	}
	return r
}

// only leaves the tests whose name matches.
func (t *Test) only(run *regexp.Regexp) *Test {
	if run == nil {
		return t
	}
	some := *t
	some.Personas = slices.DeleteFunc(slices.Clone(t.Personas), func(p Persona) bool { return !run.MatchString(p.Name) })
	if !run.MatchString(oddsName) {
		some.Gates = nil
	}
	return &some
}

func (t *Test) results(limits odds.Limits) []Result {
	var all []Result
	for i := range t.Personas {
		p := &t.Personas[i]
		all = append(all, Result{
			Name: p.Name, Line: p.Line, Failures: slices.Collect(failures(t.Compiled, p)), Ignored: t.Compiled.Ignored(t.Compiled.Sheet(p.Answers)),
		})
	}
	if len(t.Gates) > 0 {
		all = append(all, t.oddsResult(limits))
	}
	return all
}

func (t *Test) oddsResult(limits odds.Limits) Result {
	one := Result{Name: oddsName, Line: t.OddsLine, IsOdds: true}
	o, err := odds.Of(t.Compiled, limits)
	if err != nil {
		one.Failures = []Failure{{Text: oddsError(err)}}
		return one
	}
	one.Sampled = !o.Exact
	one.Failures = slices.Collect(oddsFailures(t.Gates, o))
	return one
}
