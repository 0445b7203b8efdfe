package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// thinDimension looks for dimensions that few questions measure. One that no
// role weighs is another rule's.
func thinDimension(s *subject) {
	const enough = 3
	counts := make([]int, len(s.quiz.Dimensions))
	for d := range counts {
		for i := range s.quiz.Questions {
			if s.moves(i, d) && !s.dead[i] {
				counts[d]++
			}
		}
	}
	widest := slices.Max(counts)
	for d, n := range counts {
		id := s.quiz.Dimensions[d].ID
		switch at := spot(s.dimension(d), "id"); {
		case n == 0 || !s.weighed(d):
		case n < enough:
			s.report(at, "only %s the dimension %s: at least %d make a score that one slip does not turn", measure(n), text.Quoted(id), enough)
		case 2*n < widest:
			s.report(at, "only %s the dimension %s, fewer than half of the %d of the widest", measure(n), text.Quoted(id), widest)
		}
	}
}

func measure(n int) string {
	if n == 1 {
		return "1 question measures"
	}
	return fmt.Sprintf("%d questions measure", n)
}

// moves reports whether two answers to a question earn different points for a dimension.
func (s *subject) moves(question, d int) bool {
	return s.c.Questions[question].Max[d] > s.c.Questions[question].Min[d]
}

func (s *subject) weighed(d int) bool {
	return slices.ContainsFunc(s.c.Weights, func(w []int) bool { return w[d] != 0 })
}

// oneWayKey looks for dimensions whose scales all point the same way, so that
// agreeing with everything looks like a high score.
func oneWayKey(s *subject) {
	const some = 4
	for d, dim := range s.quiz.Dimensions {
		up, down := 0, 0
		for _, q := range s.quiz.Questions {
			switch w := q.Measures[dim.ID]; {
			case w > 0:
				up++
			case w < 0:
				down++
			}
		}
		if up+down >= some && (up == 0 || down == 0) && s.weighed(d) {
			s.report(spot(s.dimension(d), "id"), "all %d scales of the dimension %s are keyed the same way", up+down, text.Quoted(dim.ID))
		}
	}
}

// freePoints looks for options that cost nothing in any dimension.
func freePoints(s *subject) {
	wanted := make([]bool, len(s.quiz.Dimensions))
	for _, weights := range s.c.Weights {
		for d, w := range weights {
			wanted[d] = wanted[d] || w > 0
		}
	}
	for i, q := range s.quiz.Questions {
		for o := range q.Options {
			if s.free(q, o, wanted) {
				s.report(spot(s.question(i).List("option")[o], "id"),
					"the option %s earns at least as much as every other in every dimension: nobody gives anything up by it", text.Quoted(q.Options[o].ID))
				break
			}
		}
	}
}

// free reports whether an option is nowhere behind a sibling, and ahead of one somewhere.
func (s *subject) free(q *quiz.Question, o int, wanted []bool) bool {
	ahead := false
	for d, dim := range s.quiz.Dimensions {
		for _, other := range q.Options {
			if by := q.Options[o].Points[dim.ID] - other.Points[dim.ID]; wanted[d] && by < 0 {
				return false
			} else if wanted[d] && by > 0 {
				ahead = true
			}
		}
	}
	return ahead
}

// twinRoles looks for roles that ask for the same things in the same proportions.
func twinRoles(s *subject) {
	roles := s.File.Root.List("role")
	for b := range s.c.Weights {
		for a := range b {
			if !proportional(s.c.Weights[a], s.c.Weights[b]) {
				continue
			}
			f := s.report(spot(roles[b], "weights"), "the roles %s and %s weigh everything alike: they always fit equally well",
				text.Quoted(s.quiz.Roles[a].ID), text.Quoted(s.quiz.Roles[b].ID))
			f.Relate(spot(roles[a], "weights"), "the same proportions are here")
			break
		}
	}
}

// twins reports whether some two roles weigh everything alike.
func (s *subject) twins() bool {
	for b := range s.c.Weights {
		if slices.ContainsFunc(s.c.Weights[:b], func(a []int) bool { return proportional(a, s.c.Weights[b]) }) {
			return true
		}
	}
	return false
}

// proportional reports whether one list of weights is a positive multiple of the other.
func proportional(a, b []int) bool {
	for i := range a {
		if a[i] > 0 != (b[i] > 0) || a[i] < 0 != (b[i] < 0) {
			return false
		}
		for j := range i {
			if a[i]*b[j] != a[j]*b[i] {
				return false
			}
		}
	}
	return true
}

// unusedDimension looks for what is measured in vain.
func unusedDimension(s *subject) {
	for d, dim := range s.quiz.Dimensions {
		measured := slices.ContainsFunc(s.c.Questions, func(q score.Question) bool { return q.Max[d] > q.Min[d] })
		if measured && !s.weighed(d) {
			s.report(spot(s.dimension(d), "id"), "questions measure %s, but no role weighs it", text.Quoted(dim.ID))
		}
	}
}

// alike brings texts that read the same to one form.
func alike(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// duplicateText looks for two questions, or two options of one, that read the same.
func duplicateText(s *subject) {
	asked := make(map[string]doc.Span)
	for i, q := range s.quiz.Questions {
		s.twice(asked, q.Ask, spot(s.question(i), "ask"), "two questions read the same")
		offered := make(map[string]doc.Span)
		for o, option := range q.Options {
			s.twice(offered, option.Text, spot(s.question(i).List("option")[o], "text"), "two options of "+text.Quoted(q.ID)+" read the same")
		}
		s.twiceLabelled(s.question(i), text.Quoted(q.ID))
	}
	if common := s.File.Root.Fields["scale"]; common != nil {
		s.twiceLabelled(common, "[scale]")
	}
}

// twiceLabelled looks at the labels of a scale, which are its options.
func (s *subject) twiceLabelled(table *doc.Node, of string) {
	seen := make(map[string]doc.Span)
	for _, label := range table.List("labels") {
		s.twice(seen, label.Str, label.Span, "two labels of "+of+" read the same")
	}
}

func (s *subject) twice(seen map[string]doc.Span, words string, at doc.Span, message string) {
	first, known := seen[alike(words)]
	if !known {
		seen[alike(words)] = at
		return
	}
	s.report(at, "%s", message).Relate(first, "the first is here")
}

// The longest texts that do not wrap too often in a terminal, in characters.
const (
	longAsk    = 200
	longOption = 100
)

// longText looks for texts that fill more than a few lines.
func longText(s *subject) {
	look := func(words string, at doc.Span, what string, most int) {
		if n := utf8.RuneCountInString(words); n > most {
			s.report(at, "this %s has %d characters: more than %d wrap in a terminal", what, n, most)
		}
	}
	for i, q := range s.quiz.Questions {
		look(q.Ask, spot(s.question(i), "ask"), "question", longAsk)
		for o, option := range q.Options {
			look(option.Text, spot(s.question(i).List("option")[o], "text"), "option", longOption)
		}
	}
}

// missingText looks for what people will look for and not find: what a
// dimension is, an outcome in a line, help with a question.
func missingText(s *subject) {
	look := func(words string, table *doc.Node, key, what string) {
		if strings.TrimSpace(words) == "" {
			s.report(spot(table, "id"), "the %s has no `%s`", what, key)
		}
	}
	for d, dim := range s.quiz.Dimensions {
		look(dim.About, s.dimension(d), "about", "dimension "+text.Quoted(dim.ID))
	}
	s.missingHelp(look)
	for _, o := range s.outcomes() {
		look(o.tagline, o.node, "tagline", "outcome "+text.Quoted(o.id))
	}
}

// missingHelp names the questions without help. Where most have none, their
// author does not write any, and to say so once is enough.
func (s *subject) missingHelp(look func(words string, table *doc.Node, key, what string)) {
	var bare []int
	for i, q := range s.quiz.Questions {
		if strings.TrimSpace(q.Help) == "" {
			bare = append(bare, i)
		}
	}
	if n := len(bare); n > 2 && 2*n > len(s.quiz.Questions) {
		s.report(spot(s.question(bare[0]), "id"), "%d of %d questions have no `help`, from %s on",
			n, len(s.quiz.Questions), text.Quoted(s.quiz.Questions[bare[0]].ID))
		return
	}
	for _, i := range bare {
		look("", s.question(i), "help", "question "+text.Quoted(s.quiz.Questions[i].ID))
	}
}
