package persona

import (
	"cmp"
	"slices"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/score"
)

// sameResults reports whether it is proved that a mutant gives every answer
// sheet, also one with answers missing, the same outcome and order of roles. It
// says no whenever there is doubt: a mutant that is set aside wrongly would
// hide what tests miss.
func sameResults(base, mutated *score.Compiled, m mutant, limits odds.Limits) bool {
	switch m.kind {
	case ofQuestion:
		return samePoints(base, mutated, m.index)
	case ofRole:
		return sameWeights(base, mutated, m.index)
	}
	return sameBand(base, mutated, m.index, limits)
}

// samePoints: scores are percentages of what the questions can give, so some
// changes of a question's points leave every score that a role weighs as it was.
func samePoints(base, mutated *score.Compiled, question int) bool {
	before, after := base.Questions[question], mutated.Questions[question]
	if before.Scored != after.Scored {
		return false // other answers would be needed for a result
	}
	for d := range base.Quiz.Dimensions {
		p, changed := column(before.Points, d), column(after.Points, d)
		switch {
		case !weighed(base, d), shifted(p, changed):
		case alone(base, question, d) && stretched(p, changed):
		default:
			return false
		}
	}
	return true
}

func column(points [][]int, d int) []int {
	all := make([]int, len(points))
	for a := range points {
		all[a] = points[a][d]
	}
	return all
}

// weighed reports whether any role looks at the dimension.
func weighed(c *score.Compiled, d int) bool {
	return slices.ContainsFunc(c.Weights, func(w []int) bool { return w[d] != 0 })
}

// shifted: each alternative earns the same more. That moves the least and the
// most alike, and so no score.
func shifted(p, changed []int) bool {
	for a := range p {
		if changed[a]-p[a] != changed[0]-p[0] {
			return false
		}
	}
	return true
}

// alone reports whether no other question can move the dimension.
func alone(c *score.Compiled, question, d int) bool {
	for i, q := range c.Questions {
		if i != question && q.Min[d] != q.Max[d] {
			return false
		}
	}
	return true
}

// stretched: changed = factor·p + constant, with a factor above 0. Where no
// other question moves the dimension, that leaves each alternative where it was
// between the least and the most.
func stretched(p, changed []int) bool {
	j := slices.IndexFunc(p, func(n int) bool { return n != p[0] })
	if j < 0 {
		return false
	}
	by, changedBy := p[j]-p[0], changed[j]-changed[0]
	if cmp.Compare(by, 0) != cmp.Compare(changedBy, 0) {
		return false
	}
	for a := range p {
		if (changed[a]-changed[0])*by != (p[a]-p[0])*changedBy {
			return false
		}
	}
	return true
}

// sameWeights: a fit is a mean, so weights in the same proportion are the same
// weights, whichever dimensions a sheet measures. Those that no question can move have no part in it.
func sameWeights(base, mutated *score.Compiled, role int) bool {
	var w, changed []int
	for d := range base.Quiz.Dimensions {
		if slices.ContainsFunc(base.Questions, func(q score.Question) bool { return q.Min[d] != q.Max[d] }) {
			w, changed = append(w, base.Weights[role][d]), append(changed, mutated.Weights[role][d])
		}
	}
	for i := range w {
		if cmp.Compare(w[i], 0) != cmp.Compare(changed[i], 0) {
			return false
		}
		for j := range i {
			if w[i]*changed[j] != w[j]*changed[i] {
				return false
			}
		}
	}
	return true
}

// sameBand: with a wider margin a hybrid takes sheets from other outcomes and
// gives none away, so it takes none when its share stays exactly what it was.
// Odds are of complete sheets; so this proves something only where every sheet
// that has a result answers all the same questions.
func sameBand(base, mutated *score.Compiled, hybrid int, limits odds.Limits) bool {
	if !oneFrame(base) {
		return false
	}
	before, err := odds.Of(base, quick(limits))
	if err != nil || !before.Exact {
		return false
	}
	after, err := odds.Of(mutated, quick(limits))
	if err != nil || !after.Exact {
		return false
	}
	i := len(base.Weights) + hybrid
	return before.Outcomes[i].Exact.Cmp(after.Outcomes[i].Exact) == 0
}

// oneFrame reports whether every sheet with a result answers the same scored questions.
func oneFrame(c *score.Compiled) bool {
	for i, q := range c.Quiz.Questions {
		if c.Questions[i].Scored && (q.Optional || q.When.Set) {
			return false
		}
	}
	return c.Quiz.Scoring.MinComplete == 100
}
