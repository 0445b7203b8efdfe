package quiz

import "github.com/rolefit/rolefit/internal/chance"

// Order returns the order in which a person is asked: indices into Questions.
// With Shuffle it is drawn from the seed; questions that a condition names, and
// questions that have one, keep their places.
func (q *Quiz) Order(seed int64) []int {
	fixed := make([]bool, len(q.Questions))
	gates := q.Gates()
	for i, one := range q.Questions {
		fixed[i] = !q.Shuffle || one.When.Set || gates[one.ID]
	}
	return shuffled(fixed, seed, q.ID)
}

// Order returns the order in which the entries are shown: indices into the
// form. With Shuffle it is drawn from the seed and the question's id, so that it does
// not depend on the other questions; fixed options keep their places.
func (q *Question) Order(seed int64) []int {
	fixed := q.Form().Fixed
	if !q.Shuffle {
		fixed = make([]bool, len(fixed))
		for i := range fixed {
			fixed[i] = true
		}
	}
	return shuffled(fixed, seed, q.ID)
}

// shuffled permutes the places that are not fixed (Fisher & Yates 1938, in
// Durstenfeld's form).
func shuffled(fixed []bool, seed int64, name string) []int {
	order := make([]int, len(fixed))
	var free []int
	for i := range order {
		order[i] = i
		if !fixed[i] {
			free = append(free, i)
		}
	}
	source := chance.New(seed, name)
	for i := len(free) - 1; i > 0; i-- {
		j := source.Below(i + 1)
		order[free[i]], order[free[j]] = order[free[j]], order[free[i]]
	}
	return order
}
