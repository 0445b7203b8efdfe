package cohort

import (
	"iter"
	"math/big"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/stats"
)

// Summary is what a cohort comes to: who fits what, and how far to trust it.
type Summary struct {
	Quiz                   *quiz.Quiz
	Rows, Scored, Rejected int64
	Complete               int64          // scored rows with an answer to every question that is scored and asked of everybody
	Outcomes               []OutcomeCount // in the order of the quiz
	Dimensions             []DimensionSummary
	Margin                 *MarginCheck // nil: no row was scored
	Flags                  []FlagCount
	Groups                 []Group // by name; nil: no column of groups was named
	GroupsWhy              string  // why there are none
	FirstRejects           []Rejected
}

// OutcomeCount is how many got an outcome, with the 95% interval of their share (Wilson 1927).
type OutcomeCount struct {
	ID, Name  string
	Count     int64
	Share     float64 // of those scored
	Low, High float64
}

// DimensionSummary is a dimension over the cohort. The spread is of everybody
// who was scored and the scale of the complete ones: its items are the questions that
// are asked of everybody.
type DimensionSummary struct {
	Dimension *quiz.Dimension
	Spread    stats.Spread
	Scale     *stats.Scale
	Items     []*quiz.Question // as in Scale.Items
}

// MarginCheck holds the margin of the hybrid between the two roles that led most
// often against the standard error of their difference.
type MarginCheck struct {
	Roles    [2]*quiz.Role
	Contrast stats.Contrast
	Hybrid   *quiz.Hybrid // nil: none lies between them
	Narrower bool         // the margin is narrower than the standard error
}

// FlagCount is how many people a flag marks.
type FlagCount struct {
	Name  string
	Count int64
	Why   string // why nobody could be looked at for it
}

// Group is the part of a cohort with one value of the group column.
type Group struct {
	Name       string
	Rows       int64 // scored
	Outcomes   []OutcomeCount
	Dimensions []GroupDimension
}

// GroupDimension is a dimension's score over a group.
type GroupDimension struct {
	ID       string
	Mean, SD stats.Figure
}

// Rejected is one row that could not be scored.
type Rejected struct {
	Row    int
	Reason string
}

// Summary works out what the tables scored so far come to.
func (s *Scoring) Summary() *Summary {
	t, c := s.total, s.c
	out := &Summary{
		Quiz: c.Quiz, Rows: t.rows, Scored: t.scored, Rejected: t.rejected, Complete: t.complete.n,
		Outcomes: s.outcomeCounts(t.outcomes, t.scored), Margin: s.marginCheck(), Flags: s.flagCounts(),
	}
	for d := range c.Quiz.Dimensions {
		out.Dimensions = append(out.Dimensions, s.dimension(d))
	}
	for _, r := range s.first {
		out.FirstRejects = append(out.FirstRejects, Rejected{r.row, r.reason})
	}
	if s.by {
		out.Groups, out.GroupsWhy = s.groups()
	}
	if s.o.Roster != nil {
		s.o.Roster.spread(s.total)
	}
	return out
}

func (s *Scoring) outcomeCounts(counts []int64, of int64) []OutcomeCount {
	q := s.c.Quiz
	var all []OutcomeCount
	for i, n := range counts {
		one := OutcomeCount{ID: s.names[i], Count: n}
		if i < len(q.Roles) {
			one.Name = q.Roles[i].Name
		} else {
			one.Name = q.Hybrids[i-len(q.Roles)].Name
		}
		if of > 0 {
			one.Share = float64(n) / float64(of)
			one.Low, one.High = stats.Wilson(int(n), int(of))
		}
		all = append(all, one)
	}
	return all
}

func (s *Scoring) flagCounts() []FlagCount {
	var all []FlagCount
	for i, n := range s.total.flags {
		one := FlagCount{Name: flagNames[i], Count: n}
		switch {
		case flag(i) == fast && !s.timed && !s.total.times:
			one.Why = "the table has no times"
		case flag(i) == duplicate && !s.named:
			one.Why = "the table has no column of ids"
		case flag(i) < fast && len(s.scales) < minScales:
			one.Why = "the quiz has too few scales"
		}
		all = append(all, one)
	}
	return all
}

// dimension describes one dimension.
func (s *Scoring) dimension(d int) DimensionSummary {
	c := s.c
	out := DimensionSummary{Dimension: &c.Quiz.Dimensions[d], Spread: stats.Describe(s.scores(d))}
	m := &stats.Moments{N: s.total.complete.n, Sum: s.total.complete.scales[d].sum, Cross: s.total.complete.scales[d].triangle()}
	for _, q := range s.items[d] {
		out.Items = append(out.Items, c.Quiz.Questions[q])
		m.Min = append(m.Min, int64(c.Questions[q].Min[d]))
		m.Max = append(m.Max, int64(c.Questions[q].Max[d]))
	}
	out.Scale = stats.NewScale(m, stats.Fewest)
	return out
}

// scores lists everybody's score of a dimension, alike ones together.
func (s *Scoring) scores(d int) iter.Seq2[stats.Score, int64] {
	return func(yield func(stats.Score, int64) bool) {
		unmeasured := s.total.scored
		for size, counts := range s.total.scores[d] {
			for n, rows := range counts {
				unmeasured -= rows
				if rows > 0 && !yield(stats.Score{Raw: int64(n), Most: int64(size - 1)}, rows) {
					return
				}
			}
		}
		if unmeasured > 0 {
			yield(stats.Score{}, unmeasured)
		}
	}
}

// groups describes the groups by name.
func (s *Scoring) groups() (all []Group, why string) {
	if s.total.manyGroups {
		return nil, "the column has more than 10,000 different values"
	}
	for _, name := range s.total.groupNames() {
		g := s.total.groups[name]
		one := Group{Name: name, Rows: g.rows, Outcomes: s.outcomeCounts(g.outcomes, g.rows)}
		for d := range s.c.Quiz.Dimensions {
			one.Dimensions = append(one.Dimensions, s.groupDimension(g, d))
		}
		all = append(all, one)
	}
	return all, ""
}

func (s *Scoring) groupDimension(g *group, d int) GroupDimension {
	n, sum, squares := int64(0), new(big.Rat), new(big.Rat)
	for width, w := range g.scores[d] {
		unit := big.NewRat(100, int64(width)) // points of the scale
		part := big.NewRat(w.sum, 1)
		sum.Add(sum, part.Mul(part, unit))
		part = big.NewRat(w.squares, 1)
		squares.Add(squares, part.Mul(part, unit).Mul(part, unit))
		n += w.n
	}
	one := GroupDimension{ID: s.c.Quiz.Dimensions[d].ID}
	one.Mean, one.SD = stats.MeanSD(n, sum, squares)
	return one
}

// marginCheck looks at the two roles that led most often.
func (s *Scoring) marginCheck() *MarginCheck {
	if s.total.scored == 0 {
		return nil
	}
	a, b := s.leading()
	q := s.c.Quiz
	m := &MarginCheck{Roles: [2]*quiz.Role{&q.Roles[a], &q.Roles[b]}, Contrast: s.contrast(a, b), Hybrid: between(q, a, b)}
	m.Narrower = m.Hybrid != nil && m.Contrast.SE.Known() && float64(m.Hybrid.Margin) < m.Contrast.SE.Value
	return m
}

// leading finds the two roles that stood first and second most often, in either order.
func (s *Scoring) leading() (a, b int) {
	a, b = 0, 1
	most := int64(-1)
	for i := range s.total.leads {
		for j := i + 1; j < len(s.total.leads); j++ {
			if n := s.total.leads[i][j] + s.total.leads[j][i]; n > most {
				a, b, most = i, j, n
			}
		}
	}
	return a, b
}
