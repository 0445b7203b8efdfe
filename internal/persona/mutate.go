package persona

import (
	"path/filepath"
	"sync"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/score"
)

// Mutation is what tests notice of a quiz that is changed one number at a time.
type Mutation struct {
	Mutants    int
	Killed     int // some test fails on them
	Equivalent int // no sheet's outcome or order can change, so that no test could tell
	Survivors  []Survivor
}

// Survivor is a change that no test notices.
type Survivor struct {
	Path   string // of the definition
	Line   int
	Change string // points.strategy 2 → 3
}

// Score is the percentage that is killed of the mutants that could be, rounded down; 100 when there are none.
func (m *Mutation) Score() int {
	able := m.Mutants - m.Equivalent
	if able == 0 {
		return 100
	}
	return m.Killed * 100 / able
}

// group is all tests of one quiz: a mutant is noticed when one of them fails.
type group struct {
	*Test // any of them: for the quiz
	tests []*Test
	gates []Range
	exact bool // the odds can be counted, so that gates can tell mutants
}

// groups sorts tests by their quiz, in the order of the first test of each.
func groups(tests []*Test) []*group {
	var all []*group
	byPath := make(map[string]*group)
	for _, t := range tests {
		path := filepath.Clean(t.QuizPath)
		g := byPath[path]
		if g == nil {
			g = &group{Test: t}
			byPath[path] = g
			all = append(all, g)
		}
		g.tests = append(g.tests, t)
		g.gates = append(g.gates, t.Gates...)
	}
	return all
}

// count finds out whether the odds can be counted, where some test asks for them.
func (g *group) count(limits odds.Limits) {
	if len(g.gates) > 0 {
		o, err := odds.Of(g.Compiled, quick(limits))
		g.exact = err == nil && o.Exact
	}
}

// quick are limits for those who have no use for a sample.
func quick(limits odds.Limits) odds.Limits {
	limits.Samples = 1
	return limits
}

// job is one mutant to try, and what came of it.
type job struct {
	group *group
	mutant
	verdict verdict
}

type verdict int

const (
	survived verdict = iota
	killed
	equivalent
)

// mutate tries every mutant of every quiz. The report has the order of the
// files, however many workers there are.
func mutate(tests []*Test, o Options) *Mutation {
	var jobs []*job
	for _, g := range groups(tests) {
		g.count(o.Limits)
		for _, one := range mutants(g.Compiled.Quiz, g.source) {
			jobs = append(jobs, &job{group: g, mutant: one})
		}
	}
	work(jobs, o)
	m := &Mutation{Mutants: len(jobs)}
	for _, j := range jobs {
		switch j.verdict {
		case killed:
			m.Killed++
		case equivalent:
			m.Equivalent++
		default:
			m.Survivors = append(m.Survivors, Survivor{j.group.QuizPath, j.line, j.change()})
		}
	}
	return m
}

// work tries the jobs, several at a time.
func work(jobs []*job, o Options) {
	queue := make(chan *job)
	var wait sync.WaitGroup
	var count sync.Mutex
	done := 0
	for range max(o.Workers, 1) {
		wait.Go(func() {
			for j := range queue {
				j.verdict = j.try(o.Limits)
				count.Lock()
				if done++; o.Progress != nil {
					o.Progress(done, len(jobs))
				}
				count.Unlock()
			}
		})
	}
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	wait.Wait()
}

func (j *job) try(limits odds.Limits) verdict {
	mutated := score.Compile(j.apply(j.group.Compiled.Quiz))
	switch {
	case j.group.notices(mutated, limits):
		return killed
	case sameResults(j.group.Compiled, mutated, j.mutant, limits):
		return equivalent
	}
	return survived
}

// notices reports whether some test fails on a changed quiz. The odds are
// looked at only where no persona fails: counting costs more.
func (g *group) notices(mutated *score.Compiled, limits odds.Limits) bool {
	for _, t := range g.tests {
		for i := range t.Personas {
			for range failures(mutated, &t.Personas[i]) {
				return true
			}
		}
	}
	if !g.exact {
		return false
	}
	o, err := odds.Of(mutated, quick(limits))
	if err != nil {
		return true // the quiz as it is can be counted
	}
	if !o.Exact {
		return false
	}
	for range oddsFailures(g.gates, o) {
		return true
	}
	return false
}
