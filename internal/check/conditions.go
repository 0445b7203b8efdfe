package check

import (
	"slices"
	"time"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// unscorable looks at every way for roles that nothing on it measures.
func unscorable(s *subject) {
	if s.ways == nil && s.stuck != nil {
		s.report(spot(s.roleNode(s.stuck), "weights"), "some are asked nothing that the role %s weighs, so their sheet cannot be scored", text.Quoted(s.stuck.ID))
	}
	told := make(map[int]bool)
	for _, w := range s.ways {
		measured := s.measured(w)
		for r, weights := range s.c.Weights {
			if told[r] || slices.ContainsFunc(measured, func(d int) bool { return weights[d] != 0 }) {
				continue
			}
			told[r] = true
			f := s.report(spot(s.File.Root.List("role")[r], "weights"),
				"whoever answers like this is asked nothing that the role %s weighs, so their sheet cannot be scored", text.Quoted(s.quiz.Roles[r].ID))
			f.Witness = s.leading(w)
		}
	}
}

func (s *subject) roleNode(r *quiz.Role) *doc.Node {
	i := slices.IndexFunc(s.quiz.Roles, func(other quiz.Role) bool { return other.ID == r.ID })
	return s.File.Root.List("role")[i]
}

// measured lists the dimensions that a way can move.
func (s *subject) measured(w odds.Way) (dims []int) {
	inPlay := w.InPlay()
	for d := range s.quiz.Dimensions {
		for i, in := range inPlay {
			if in && s.moves(i, d) {
				dims = append(dims, d)
				break
			}
		}
	}
	return dims
}

// deadQuestion looks for questions that no way shows. One that only waits for
// another dead question is no second fault.
func deadQuestion(s *subject) {
	if s.ways == nil {
		return
	}
	for i, q := range s.quiz.Questions {
		if s.seen[i] {
			continue
		}
		if !slices.ContainsFunc(s.c.Questions[i].When.Any, s.asksDead) {
			s.report(spot(s.question(i), "when"), "no answers lead to the question %s: this condition never holds", text.Quoted(q.ID))
		}
		s.dead[i] = true
	}
}

// asksDead reports whether a clause needs an answer to a question that no way shows.
func (s *subject) asksDead(clause []score.Test) bool {
	return slices.ContainsFunc(clause, func(t score.Test) bool { return s.dead[t.Key] })
}

// deadStep looks for steps whose condition no sheet with their outcome satisfies.
func deadStep(s *subject) {
	for i, o := range s.outcomes() {
		if s.unreachable[i] {
			continue
		}
		own := make([]bool, len(s.c.Outcomes()))
		own[i] = true
		for j, step := range o.steps {
			if !s.possible(s.c.Steps[i][j], own) {
				s.report(spot(o.node.List("step")[j], "when"),
					"nobody who gets %s is shown the step %s: this condition never holds", text.Quoted(o.id), text.Quoted(step.Title))
			}
		}
	}
}

// deadNote looks for notes whose condition no sheet satisfies.
func deadNote(s *subject) {
	for i, when := range s.c.Notes {
		if !s.possible(when, slices.Repeat([]bool{true}, len(s.c.Outcomes()))) {
			s.report(spot(s.File.Root.List("note")[i], "when"), "nobody is shown this note: its condition never holds")
		}
	}
}

// possible reports whether some sheet with one of these outcomes satisfies a
// condition; where that cannot be told, it is taken to be so.
func (s *subject) possible(w score.Condition, outcomes []bool) bool {
	if !w.Set {
		return true
	}
	for r := range s.samples() {
		if outcomes[r.Verdict()] && w.Holds(r.Known()) {
			return true
		}
	}
	return slices.ContainsFunc(w.Any, func(clause []score.Test) bool { return s.clausePossible(clause, outcomes) })
}

func (s *subject) clausePossible(clause []score.Test, outcomes []bool) bool {
	need, among, strengths := s.parts(clause, outcomes)
	switch {
	case !slices.Contains(among, true) || !s.strengthPossible(strengths):
		return false
	case s.asksDead(need) || s.allUnreachable(among):
		return true // that is reported already
	}
	if s.waysLeft <= 0 {
		return true
	}
	ways, _, ok := odds.Ways(s.c, odds.Ask{Need: need, Most: maxWays})
	s.waysLeft -= max(1, len(ways))
	switch {
	case !ok:
		s.waysLeft -= maxWays
		return true
	case len(ways) == 0:
		return false
	}
	return !slices.Contains(among, false) || s.partial() || s.reach(ways, among)
}

// parts takes a clause apart: tests of answers, outcomes that are left, and the
// strengths it asks for.
func (s *subject) parts(clause []score.Test, outcomes []bool) (need []score.Test, among, strengths []bool) {
	among, strengths = slices.Clone(outcomes), slices.Repeat([]bool{true}, len(quiz.Strengths()))
	for _, t := range clause {
		switch t.Key {
		case s.c.OutcomeKey():
			keep(among, t.Passes)
		case s.c.StrengthKey():
			keep(strengths, t.Passes)
		default:
			need = append(need, t)
		}
	}
	return need, among, strengths
}

// keep leaves the marks that others have too.
func keep(marks, others []bool) {
	for i, other := range others {
		marks[i] = marks[i] && other
	}
}

func (s *subject) allUnreachable(outcomes []bool) bool {
	for i, one := range outcomes {
		if one && !s.unreachable[i] {
			return false
		}
	}
	return true
}

// strengthPossible tells by the thresholds alone: with strong at or below
// moderate nothing is moderate, and with either at 0 nothing is weak.
func (s *subject) strengthPossible(strengths []bool) bool {
	scoring := s.quiz.Scoring
	return strengths[0] || strengths[1] && scoring.Moderate < scoring.Strong || strengths[2] && min(scoring.Moderate, scoring.Strong) > 0
}

// partial reports whether sheets with scored answers missing are scored too:
// they may get what no complete sheet does.
func (s *subject) partial() bool {
	return s.quiz.Scoring.MinComplete < 100 || slices.ContainsFunc(s.quiz.Questions, func(q *quiz.Question) bool { return q.Optional && q.Scored() })
}

// fewTries is how often a sheet is looked for before all are counted.
const fewTries = 30

// reach reports whether any sheet on these ways gets one of the outcomes.
func (s *subject) reach(ways []odds.Way, among []bool) bool {
	for _, w := range ways {
		if s.find(w, fewTries, func(r *score.Result) bool { return among[r.Verdict()] }) != nil {
			return true
		}
	}
	if s.countsLeft -= len(ways); s.countsLeft < 0 {
		return true
	}
	limits := s.limits()
	limits.Work /= 20
	for _, w := range ways {
		counts, ok, err := w.Count(s.c, limits)
		if !ok || err != nil {
			return true
		}
		for i, n := range counts {
			if n.Sign() > 0 && among[i] {
				return true
			}
		}
	}
	return false
}

// noSteps looks for sheets whose outcome has nothing to do next.
func noSteps(s *subject) {
	if s.odds == nil {
		return
	}
	for i, o := range s.outcomes() {
		if s.unreachable[i] || slices.ContainsFunc(o.steps, func(step quiz.Step) bool { return !step.When.Set }) {
			continue
		}
		at := spot(o.node, "id")
		if len(o.steps) == 0 {
			s.report(at, "whoever gets %s is told nothing to do next", text.Quoted(o.id))
			continue
		}
		if r := s.stepless(i); r != nil {
			f := s.report(at, "some who get %s are told nothing to do next: no step's condition holds", text.Quoted(o.id))
			f.Witness = s.witness(r.Answers, nil)
		}
	}
}

// stepless finds a sheet that gets an outcome and none of its steps; nil when
// there are none, or none were found.
func (s *subject) stepless(outcome int) *score.Result {
	wanted := func(r *score.Result) bool { return r.Verdict() == outcome && len(r.Steps) == 0 }
	for r := range s.samples() {
		if wanted(r) {
			return r
		}
	}
	if s.waysLeft <= 0 {
		return nil
	}
	ways, _, ok := odds.Ways(s.c, odds.Ask{Apart: s.c.Steps[outcome], Most: maxWays})
	if s.waysLeft -= max(1, len(ways)); !ok {
		s.waysLeft -= maxWays
		return nil
	}
	tries := maxTries / max(1, len(ways))
	for _, w := range ways {
		if !s.bare(w, outcome) {
			continue
		}
		if r := s.find(w, tries, wanted); r != nil {
			return r
		}
	}
	return nil
}

// bare reports whether some strength leaves a way without a step.
func (s *subject) bare(w odds.Way, outcome int) bool {
	x := s.sheetOf(w)
	for strength := range quiz.Strengths() {
		s.c.Conclude(x, outcome, strength)
		if !slices.ContainsFunc(s.c.Steps[outcome], func(step score.Condition) bool { return step.Holds(x.Known) }) {
			return true
		}
	}
	return false
}

// staleFact looks for facts that were checked more than two years ago.
func staleFact(s *subject) {
	oldest := s.today.AddDate(-2, 0, 0).Truncate(24 * time.Hour)
	look := func(table *doc.Node, what string) {
		node := table.Fields["as_of"]
		if node != nil && node.Time.Before(oldest) {
			s.report(node.Span, "this %s was last checked on %s, more than two years ago", what, node.Time.Format("2006-01-02"))
		}
	}
	for _, o := range s.outcomes() {
		for _, step := range o.node.List("step") {
			look(step, "step")
		}
	}
	for _, note := range s.File.Root.List("note") {
		look(note, "note")
	}
}
