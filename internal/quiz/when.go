package quiz

// When is a condition: it holds when any of its clauses does. The zero When
// is no condition and always holds. Package score evaluates conditions.
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

// Gates returns the ids of the questions that some question's condition names.
func (q *Quiz) Gates() map[string]bool {
	gates := make(map[string]bool)
	for _, one := range q.Questions {
		for _, c := range one.When.Any {
			for _, t := range c {
				gates[t.Key] = true
			}
		}
	}
	return gates
}
