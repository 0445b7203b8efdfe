package cohort

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// scorer is a quiz made ready for many rows. Workers share it and change nothing.
type scorer struct {
	c           *score.Compiled
	gated       bool             // some question has a condition
	conditional bool             // some scored one has
	shows       []shows          // question → when it is shown
	scales      []int            // the scale questions, in order: what the careless flags look at
	names       []string         // outcomes, as score numbers them
	labels      [][3]string      // outcome, strength → how a row goes on behind the id
	items       [][]int          // dimension → the questions that move it and are asked of everybody
	asked       map[string]asked // question id → it, as sheets answer it
	fixed       []bool           // question → it is scored and asked of everybody
}

// shows is a condition in terms of alternatives. No clauses: never; always
// unless set.
type shows struct {
	set     bool
	clauses [][]pass
}

// pass is one test: the question and which of its alternatives pass.
type pass struct {
	question int
	table    []bool
}

func newScorer(c *score.Compiled) *scorer {
	s := &scorer{c: c, names: c.Outcomes(), items: make([][]int, len(c.Quiz.Dimensions)), fixed: make([]bool, len(c.Questions))}
	for i, q := range c.Quiz.Questions {
		s.shows = append(s.shows, s.condition(q.When))
		s.gated = s.gated || q.When.Set
		s.conditional = s.conditional || q.When.Set && c.Questions[i].Scored
		if q.Form().Steps {
			s.scales = append(s.scales, i)
		}
		s.fixed[i] = c.Questions[i].Scored && !q.When.Set
		for d := range s.items {
			if s.fixed[i] && c.Questions[i].Min[d] != c.Questions[i].Max[d] {
				s.items[d] = append(s.items[d], i)
			}
		}
	}
	for _, name := range s.names {
		var labels [3]string
		for i, strength := range quiz.Strengths() {
			labels[i] = name + "," + strength + ","
		}
		s.labels = append(s.labels, labels)
	}
	s.asked = s.askedIn()
	return s
}

func (s *scorer) condition(w quiz.When) shows {
	out := shows{set: w.Set}
	for _, clause := range w.Any {
		var tests []pass
		for _, t := range clause {
			tests = append(tests, s.test(t))
		}
		out.clauses = append(out.clauses, tests)
	}
	return out
}

func (s *scorer) test(t quiz.Test) pass {
	i := slices.IndexFunc(s.c.Questions, func(q score.Question) bool { return q.ID == t.Key })
	p := pass{question: i}
	form := s.c.Quiz.Questions[i].Form()
	for _, a := range s.c.Questions[i].Alternatives {
		p.table = append(p.table, slices.ContainsFunc(form.Matches(a), func(v string) bool { return slices.Contains(t.Values, v) }))
	}
	return p
}

// sheet is one row's answers and what becomes of them. It is used again for the next row.
type sheet struct {
	chosen   []int  // question → alternative, −1 not answered
	shown    []bool // question
	inPlay   []byte // question → 1 when its answer counts
	missing  []int
	due      int // scored questions shown
	answered int // of those
}

func (s *scorer) newSheet() *sheet {
	n := len(s.c.Questions)
	x := &sheet{chosen: make([]int, n), shown: make([]bool, n), inPlay: make([]byte, n)}
	for i := range x.shown {
		x.shown[i] = true
	}
	return x
}

// survey decides what is shown and what counts, as scoring one sheet does.
func (s *scorer) survey(x *sheet) {
	x.missing, x.due, x.answered = x.missing[:0], 0, 0
	for i, a := range x.chosen {
		if s.gated {
			x.shown[i] = s.shown(x, i)
		}
		x.inPlay[i] = 0
		if !x.shown[i] {
			continue
		}
		if a < 0 && !s.c.Quiz.Questions[i].Optional {
			x.missing = append(x.missing, i)
		}
		if !s.c.Questions[i].Scored {
			continue
		}
		x.due++
		if a >= 0 {
			x.answered++
			x.inPlay[i] = 1
		}
	}
}

func (s *scorer) shown(x *sheet, i int) bool {
	if !s.shows[i].set {
		return true
	}
	for _, clause := range s.shows[i].clauses {
		holds := true
		for _, t := range clause {
			a := x.chosen[t.question]
			holds = holds && x.shown[t.question] && a >= 0 && t.table[a]
		}
		if holds {
			return true
		}
	}
	return false
}

// incomplete says which answers are missing, when too many are.
func (s *scorer) incomplete(x *sheet) error {
	if len(x.missing) == 0 || x.answered*100 >= s.c.Quiz.Scoring.MinComplete*x.due {
		return nil
	}
	ids := make([]string, len(x.missing))
	for i, q := range x.missing {
		ids[i] = s.c.Questions[q].ID
	}
	return fmt.Errorf("no answer to %s", strings.Join(ids, ", "))
}

// answers gives a row's answers as one sheet has them.
func (s *scorer) answers(x *sheet) quiz.Answers {
	all := make(quiz.Answers)
	for i, a := range x.chosen {
		if a >= 0 {
			all[s.c.Questions[i].ID] = s.c.Questions[i].Alternatives[a]
		}
	}
	return all
}
