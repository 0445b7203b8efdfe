// Package check judges quiz definitions by all rules: those that reading a file
// shows, and those that only the quiz as a whole does, such as an outcome that no
// answers lead to. What a rule is stands in the list of package diag; how one of
// the second sort is looked for is a row of the list here. It must not know how
// findings are shown, nor what day it is.
package check

import (
	"errors"
	"math/rand/v2"
	"time"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// check is one rule: what it is called and how it looks for faults.
type check struct {
	rule string
	run  func(*subject)
}

// checks lists the rules that need a whole quiz. Those that others build upon,
// so that one fault is one finding, come first.
var checks = []check{
	{diag.Unscorable, unscorable},
	{diag.UnreachableOutcome, unreachableOutcome},
	{diag.DeadQuestion, deadQuestion},
	{diag.DeadStep, deadStep},
	{diag.DeadNote, deadNote},
	{diag.LopsidedOdds, lopsidedOdds},
	{diag.FrequentTie, frequentTie},
	{diag.StraightLine, straightLine},
	{diag.DominantQuestion, dominantQuestion},
	{diag.ThinDimension, thinDimension},
	{diag.OneWayKey, oneWayKey},
	{diag.FreePoints, freePoints},
	{diag.TwinRoles, twinRoles},
	{diag.UnusedDimension, unusedDimension},
	{diag.DuplicateText, duplicateText},
	{diag.LongText, longText},
	{diag.NoSteps, noSteps},
	{diag.StaleFact, staleFact},
	{diag.MissingText, missingText},
}

// Check finds every fault of a definition, in order. The name is what findings
// call the file; today tells which facts are old. A file that cannot be read as
// a quiz has the findings of reading it and no others.
func Check(name string, src []byte, today time.Time) diag.List {
	q, file, found := quiz.DecodeFile(name, src)
	if q != nil {
		s := newSubject(q, file, today)
		for _, c := range checks {
			s.rule = c.rule
			c.run(s)
		}
		found = suppress(q, s.Reader).Bound()
	}
	bind.SetSubjects(file, found)
	return found
}

// subject is the quiz under judgement, with what several rules need of it.
type subject struct {
	*bind.Reader
	quiz  *quiz.Quiz
	c     *score.Compiled
	today time.Time

	ways  []odds.Way // nil: there are more than maxWays
	seen  []bool     // question → some way shows it
	odds  *odds.Odds // nil: a way is unscorable
	stuck *quiz.Role // the role that is not measured on that way

	rule        string          // that is looked at
	dead        map[int]bool    // questions that no way shows
	unreachable map[int]bool    // outcomes that no sheet gets
	drawn       []*score.Result // of random sheets; see samples
	source      *rand.Rand      // that they are drawn from
	waysLeft    int             // ways through conditions that may still be looked at
	countsLeft  int             // ways that may still be counted
}

// The bounds of one file's check: a hostile file must not take minutes.
const (
	maxWays    = 2_000
	maxWork    = 400_000_000 // steps of counting
	maxJudging = 100_000_000 // steps of sampling, where counting is too much
	countMiB   = 64
	maxCounts  = 100 // of ways, for conditions
)

func newSubject(q *quiz.Quiz, file *doc.File, today time.Time) *subject {
	s := &subject{
		Reader: bind.NewReader(file, nil), quiz: q, c: score.Compile(q), today: today,
		dead: make(map[int]bool), unreachable: make(map[int]bool),
		source: rand.New(rand.NewPCG(1, 1)), waysLeft: 20 * maxWays, countsLeft: maxCounts,
	}
	ways, seen, ok := odds.Ways(s.c, odds.Ask{Most: maxWays})
	if ok {
		s.ways, s.seen = ways, seen
	}
	o, err := odds.Of(s.c, s.limits())
	if s.odds = o; err != nil {
		s.odds = nil
	}
	var unscorable *score.Unscorable
	if errors.As(err, &unscorable) {
		s.stuck = unscorable.Role
	}
	return s
}

// limits keeps counting, and sampling where it comes to that, within bounds.
func (s *subject) limits() odds.Limits {
	l := odds.LimitTo(countMiB)
	sheet := (len(s.quiz.Questions) + len(s.quiz.Roles)) * (len(s.quiz.Dimensions) + 1) // steps to judge one
	l.Samples = min(20_000, max(200, maxJudging/(100*sheet)))
	l.Work, l.Paths, l.Lean = maxWork, maxWays, true
	return l
}

// report adds a finding of the rule that is looked at.
func (s *subject) report(at doc.Span, format string, args ...any) bind.Finding {
	return s.Report(s.rule, at, format, args...)
}

func (s *subject) question(i int) *doc.Node  { return s.File.Root.List("question")[i] }
func (s *subject) dimension(i int) *doc.Node { return s.File.Root.List("dimension")[i] }

// outcome is a role or a hybrid, as rules see both.
type outcome struct {
	id, tagline string
	steps       []quiz.Step
	node        *doc.Node
}

// outcomes lists roles, then hybrids, as the odds number them.
func (s *subject) outcomes() []outcome {
	var all []outcome
	for i, r := range s.quiz.Roles {
		all = append(all, outcome{r.ID, r.Tagline, r.Steps, s.File.Root.List("role")[i]})
	}
	for i, h := range s.quiz.Hybrids {
		all = append(all, outcome{h.ID, h.Tagline, h.Steps, s.File.Root.List("hybrid")[i]})
	}
	return all
}

// spot is where a table's key has its value; the table itself, if it has no such key.
func spot(table *doc.Node, key string) doc.Span {
	if value := table.Fields[key]; value != nil {
		return value.Span
	}
	return table.Span
}

// witness gives answers as a sheet holds them. With only, the others are left out.
func (s *subject) witness(answers quiz.Answers, only map[string]bool) map[string]any {
	all := make(map[string]any)
	for id, a := range answers {
		if only == nil || only[id] {
			all[id] = s.quiz.Question(id).Form().Value(a)
		}
	}
	return all
}

// leading gives the answers that lead a way, those that conditions look at; all
// of them where no condition looks at any.
func (s *subject) leading(w odds.Way) map[string]any {
	only := s.quiz.Gates()
	if len(only) == 0 {
		only = nil
	}
	return s.witness(s.c.Answers(s.sheetOf(w)), only)
}
