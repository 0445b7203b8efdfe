package check

import (
	"iter"
	"math/rand/v2"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/score"
)

// How many random sheets are drawn: once for all rules, and where one rule goes on looking.
const (
	maxSamples = 300
	maxTries   = 3_000
)

// samples are random sheets, the same on each run and drawn when they are first
// looked at: most rules need few. What they show is true; what they do not show
// must be proved otherwise.
func (s *subject) samples() iter.Seq[*score.Result] {
	return func(yield func(*score.Result) bool) {
		if s.odds == nil {
			return
		}
		for i := range maxSamples {
			if i == len(s.drawn) && !s.draw() {
				return
			}
			if !yield(s.drawn[i]) {
				return
			}
		}
	}
}

// draw adds a random sheet; false: it cannot be scored.
func (s *subject) draw() bool {
	r, err := s.c.ScoreSheet(s.walk(func(i int) int { return s.source.IntN(len(s.c.Questions[i].Alternatives)) }))
	if err != nil {
		return false
	}
	s.drawn = append(s.drawn, r)
	return true
}

// walk answers every question that is shown.
func (s *subject) walk(choose func(question int) int) *score.Sheet {
	x := s.c.NewSheet()
	s.c.Walk(x, choose)
	return x
}

// sheetOf is a sheet that goes a way.
func (s *subject) sheetOf(w odds.Way) *score.Sheet {
	x := s.c.NewSheet()
	copy(x.Chosen, w.Known)
	s.c.Survey(x)
	return x
}

// find looks for a sheet on a way that is as wanted: at random,
// drawn more and more towards what each role asks for.
func (s *subject) find(w odds.Way, tries int, wanted func(*score.Result) bool) *score.Result {
	source := rand.New(rand.NewPCG(2, 2))
	x := s.sheetOf(w)
	for try := range max(tries, 2*len(s.c.Weights)) {
		role, keen := try%len(s.c.Weights), source.Float64()
		for i, allowed := range w.Allowed {
			if allowed == nil {
				continue
			}
			pick := allowed[source.IntN(len(allowed))]
			if source.Float64() < keen {
				pick = s.best(i, allowed, role)
			}
			x.Chosen[i] = pick
		}
		s.c.Survey(x)
		r, err := s.c.ScoreSheet(x)
		if err == nil && wanted(r) {
			return r
		}
	}
	return nil
}

// best is the allowed alternative that earns most of what a role weighs.
func (s *subject) best(question int, allowed []int, role int) int {
	best, most := allowed[0], 0
	for n, a := range allowed {
		sum := 0
		for d, p := range s.c.Questions[question].Points[a] {
			sum += p * s.c.Weights[role][d]
		}
		if n == 0 || sum > most {
			best, most = a, sum
		}
	}
	return best
}
