package report

import (
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/junit"
	"github.com/rolefit/rolefit/internal/persona"
	"github.com/rolefit/rolefit/internal/text"
)

type jsonTests struct {
	Schema   int           `json:"schema"`
	Personas int           `json:"personas"`
	Failed   int           `json:"failed"` // personas and gates on the odds
	Results  []jsonTest    `json:"results"`
	Mutation *jsonMutation `json:"mutation,omitempty"`
	Coverage *jsonCoverage `json:"coverage,omitempty"`
}

type jsonTest struct {
	Path     string   `json:"path"`
	Line     int      `json:"line"`
	Name     string   `json:"name"`
	Passed   bool     `json:"passed"`
	Failures []string `json:"failures"`
}

type jsonMutation struct {
	Mutants    int            `json:"mutants"`
	Killed     int            `json:"killed"`
	Equivalent int            `json:"equivalent"`
	Survived   int            `json:"survived"`
	Survivors  []jsonSurvivor `json:"survivors"`
}

type jsonSurvivor struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Change string `json:"change"`
}

type jsonCoverage struct {
	Items     int             `json:"items"`
	Reached   int             `json:"reached"`
	Unreached []jsonUnreached `json:"unreached"`
}

type jsonUnreached struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Item string `json:"item"`
}

func testJSON(w io.Writer, t *Tests, _ Look) error {
	out := jsonTests{Schema: jsonout.Schema, Personas: t.Personas(), Failed: t.Failed(), Results: []jsonTest{}}
	for _, f := range t.Files {
		for _, r := range f.Results {
			one := jsonTest{f.Test.Path, r.Line, r.Name, r.Passed(), []string{}}
			for _, failure := range r.Failures {
				one.Failures = append(one.Failures, failure.Text)
			}
			out.Results = append(out.Results, one)
		}
	}
	out.Mutation, out.Coverage = mutationData(t.Mutation), coverageData(t.Coverage)
	return jsonout.Write(w, out)
}

func mutationData(m *persona.Mutation) *jsonMutation {
	if m == nil {
		return nil
	}
	out := &jsonMutation{m.Mutants, m.Killed, m.Equivalent, len(m.Survivors), []jsonSurvivor{}}
	for _, s := range m.Survivors {
		out.Survivors = append(out.Survivors, jsonSurvivor(s))
	}
	return out
}

func coverageData(c *persona.Coverage) *jsonCoverage {
	if c == nil {
		return nil
	}
	out := &jsonCoverage{c.Items, c.Reached, []jsonUnreached{}}
	for _, one := range c.Unreached {
		out.Unreached = append(out.Unreached, jsonUnreached{one.Path, one.Line, one.What})
	}
	return out
}

// testJUnit writes a suite a file. Names hold no times and no line numbers, so that
// whoever follows a test over time finds it again.
func testJUnit(w io.Writer, t *Tests, _ Look) error {
	all := junit.Suites{Tests: t.Report.Results(), Failures: t.Failed()}
	for i := range t.Files {
		all.Suites = append(all.Suites, suiteOf(&t.Files[i]))
	}
	return all.Write(w)
}

func suiteOf(f *persona.File) junit.Suite {
	suite := junit.Suite{Name: text.Line(f.Test.Path), Tests: len(f.Results)}
	for _, r := range f.Results {
		one := junit.Case{
			Name: text.Line(r.Name), Class: f.Test.Compiled.Quiz.ID, File: text.Line(f.Test.Path), Line: r.Line,
		}
		if !r.Passed() {
			suite.Failures++
			one.Failure = &junit.Failure{Message: text.Line(r.Failures[0].Text), Text: strings.Join(failureLines(r, ""), "\n")}
		}
		suite.Cases = append(suite.Cases, one)
	}
	return suite
}
