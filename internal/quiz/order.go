package quiz

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

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
	source := newSource(seed, name)
	for i := len(free) - 1; i > 0; i-- {
		j := below(source, uint64(i+1))
		order[free[i]], order[free[j]] = order[free[j]], order[free[i]]
	}
	return order
}

// newSource seeds a generator of its own for each name. PCG's output is fixed
// by its definition (O'Neill 2014), so an order can be shown again years later.
func newSource(seed int64, name string) *rand.PCG {
	text := binary.BigEndian.AppendUint64(nil, uint64(seed))
	sum := sha256.Sum256(append(text, name...))
	return rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16]))
}

// below draws a whole number from 0 to n−1 without bias (Lemire 2019). It is
// written out because the library does not promise to keep its own way.
func below(source *rand.PCG, n uint64) uint64 {
	for {
		high, low := bits.Mul64(source.Uint64(), n)
		if low >= -n%n {
			return high
		}
	}
}
