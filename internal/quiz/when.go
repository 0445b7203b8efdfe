package quiz

import "slices"

// When is a condition: it holds when any of its clauses does. The zero When
// is no condition and always holds.
type When struct {
	Set bool // there is a condition; one without clauses never holds
	Any []Clause
}

// Clause holds when all of its tests do.
type Clause []Test

// Test holds when the key has one of the values. The key is a question's id
// or, on a step or a note, one of [KeyOutcome] and [KeyStrength]; the values are
// entry ids (a scale's steps in digits).
type Test struct {
	Key    string
	Values []string
}

// The keys that a condition on a step or a note may use beside question ids.
const (
	KeyOutcome  = "outcome"
	KeyStrength = "strength"
)

// Facts says which values a key has now; none for what is not known.
type Facts func(key string) []string

// Holds evaluates the condition.
func (w When) Holds(facts Facts) bool {
	return !w.Set || slices.ContainsFunc(w.Any, func(c Clause) bool { return c.holds(facts) })
}

func (c Clause) holds(facts Facts) bool {
	for _, t := range c {
		has := facts(t.Key)
		if !slices.ContainsFunc(t.Values, func(v string) bool { return slices.Contains(has, v) }) {
			return false
		}
	}
	return true
}

// Keys lists the keys the condition names, each once, in order.
func (w When) Keys() []string {
	var keys []string
	for _, c := range w.Any {
		for _, t := range c {
			if !slices.Contains(keys, t.Key) {
				keys = append(keys, t.Key)
			}
		}
	}
	return keys
}

// Shown tells for each question, in file order, whether these answers lead to
// it. A condition on a question that is not shown or not answered is false.
func (q *Quiz) Shown(answers Answers) []bool {
	shown := make([]bool, len(q.Questions))
	known := make(map[string][]string)
	facts := func(key string) []string { return known[key] }
	for i, one := range q.Questions {
		if shown[i] = one.When.Holds(facts); !shown[i] {
			continue
		}
		if a, ok := answers[one.ID]; ok {
			known[one.ID] = one.Form().Matches(a)
		}
	}
	return shown
}

// FactsOf gives the facts that these answers establish, for conditions on
// steps and notes; outcome and strength may be empty.
func (q *Quiz) FactsOf(answers Answers, outcome, strength string) Facts {
	known := map[string][]string{KeyOutcome: {outcome}, KeyStrength: {strength}}
	for i, shown := range q.Shown(answers) {
		one := q.Questions[i]
		if a, ok := answers[one.ID]; ok && shown {
			known[one.ID] = one.Form().Matches(a)
		}
	}
	return func(key string) []string { return known[key] }
}

// Gates returns the ids of the questions that some question's condition names.
func (q *Quiz) Gates() map[string]bool {
	gates := make(map[string]bool)
	for _, one := range q.Questions {
		for _, key := range one.When.Keys() {
			gates[key] = true
		}
	}
	return gates
}
