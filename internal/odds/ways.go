package odds

import (
	"math/big"

	"github.com/rolefit/rolefit/internal/score"
)

// Ask says which ways through a quiz are wanted.
type Ask struct {
	Need  []score.Test      // answers that each of them must have given
	Apart []score.Condition // conditions behind the last question that must hold, or not, all along a way
	Most  int               // ways to follow before giving up; 0: maxPaths
}

// Way is one way through the conditions of a quiz. On it the questions shown are
// fixed, and so are the answers to gates (questions that a condition names), as far as
// conditions tell them apart. Everything else is answered freely.
type Way struct {
	Allowed [][]int // question → the alternatives it may have; nil where it does not count
	Known   []int   // question → one alternative that leads here, as score.Condition knows it
}

// Ways lists the ways that are asked for. Seen tells which questions some way
// shows. ok is false when there are too many.
func Ways(c *score.Compiled, ask Ask) (all []Way, seen []bool, ok bool) {
	w := newWalk(c, ask)
	found, ok := w.paths()
	for _, p := range found {
		all = append(all, p.Way)
	}
	return all, w.seen, ok
}

// InPlay tells for each question whether it counts on this way.
func (w Way) InPlay() []bool {
	in := make([]bool, len(w.Allowed))
	for i, allowed := range w.Allowed {
		in[i] = allowed != nil
	}
	return in
}

// Count counts the sheets of a way by outcome. ok is false where that is
// beyond the limits. The error is a *score.Unscorable.
func (w Way) Count(c *score.Compiled, limits Limits) (outcomes []*big.Int, ok bool, err error) {
	frame, err := c.Frame(w.InPlay())
	if err != nil {
		return nil, false, err
	}
	limits.Lean = true
	t, ok := count(frame, c, items(c, w.Allowed), limits)
	if !ok {
		return nil, false, nil
	}
	return t.outcomes, true, nil
}
