package score

import (
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Condition is a [quiz.When] in numbers: it holds when all tests of one of its
// clauses do. The zero Condition is none and always holds.
//
// A clause that asks for what cannot be known where the condition stands never
// holds and is left out: of a question, the answer to one that is not before
// it. No decoded quiz has such a clause; one edited in memory may.
type Condition struct {
	Set bool // there is a condition; without clauses it never holds
	Any [][]Test
}

// Test holds when what is known of Key is a value that passes. Keys are the
// questions, in order, and behind them, for steps and notes, what a result says:
// its outcome and its strength. A question's values are its alternatives, the
// others' are outcomes as Frame.Judge numbers them and strengths as
// [quiz.Strengths] lists them.
type Test struct {
	Key    int
	Passes []bool // by value
}

// Unknown stands in place of a value that is not known: the question is not
// shown or not answered, or there is no result.
const Unknown = -1

// Holds evaluates the condition by what is known: key → value or Unknown.
func (w *Condition) Holds(known []int) bool {
	if !w.Set {
		return true
	}
	for _, clause := range w.Any {
		if holds(clause, known) {
			return true
		}
	}
	return false
}

func holds(clause []Test, known []int) bool {
	for i := range clause {
		t := &clause[i]
		if value := known[t.Key]; value < 0 || !t.Passes[value] {
			return false
		}
	}
	return true
}

// The keys of results, counted from the last question on.
var resultKeys = []string{quiz.KeyOutcome, quiz.KeyStrength}

// Keys is how many keys conditions can ask for.
func (c *Compiled) Keys() int { return len(c.Questions) + len(resultKeys) }

// OutcomeKey is the key of a result's outcome.
func (c *Compiled) OutcomeKey() int { return len(c.Questions) }

// StrengthKey is the key of a result's strength.
func (c *Compiled) StrengthKey() int { return len(c.Questions) + 1 }

// compileConditions compiles every condition of the quiz.
func (c *Compiled) compileConditions() {
	keys := make(map[string]int, c.Keys())
	for i := range c.Questions {
		keys[c.Questions[i].ID] = i
	}
	for i, name := range resultKeys {
		keys[name] = len(c.Questions) + i
	}
	for i, q := range c.Quiz.Questions {
		c.Questions[i].When = c.condition(q.When, keys, i)
	}
	c.Steps = make([][]Condition, len(c.Outcomes()))
	for o := range c.Steps {
		for _, step := range c.StepsOf(o) {
			c.Steps[o] = append(c.Steps[o], c.condition(step.When, keys, len(keys)))
		}
	}
	for i := range c.Quiz.Notes {
		c.Notes = append(c.Notes, c.condition(c.Quiz.Notes[i].When, keys, len(keys)))
	}
}

// condition compiles one that stands where the keys below an end are known.
func (c *Compiled) condition(w quiz.When, keys map[string]int, end int) Condition {
	out := Condition{Set: w.Set, Any: make([][]Test, 0, len(w.Any))}
	for _, clause := range w.Any {
		if tests, ok := c.clause(clause, keys, end); ok {
			out.Any = append(out.Any, tests)
		}
	}
	return out
}

// clause compiles one; ok is false when it asks for what is not known.
func (c *Compiled) clause(clause quiz.Clause, keys map[string]int, end int) (tests []Test, ok bool) {
	for _, t := range clause {
		key, named := keys[t.Key]
		if !named || key >= end {
			return nil, false
		}
		tests = append(tests, Test{key, c.passes(key, t.Values)})
	}
	return tests, true
}

// passes marks the values of a key that are among the named ones.
func (c *Compiled) passes(key int, named []string) []bool {
	switch key {
	case c.OutcomeKey():
		return marked(c.Outcomes(), named)
	case c.StrengthKey():
		return marked(quiz.Strengths(), named)
	}
	q := &c.Questions[key]
	entries := marked(q.form.IDs, named)
	passes := make([]bool, len(q.Alternatives))
	for a, picks := range q.Alternatives {
		passes[a] = slices.ContainsFunc(q.form.Found(picks), func(pick int) bool { return entries[pick] })
	}
	return passes
}

func marked(all, named []string) []bool {
	marks := make([]bool, len(all))
	for i, id := range all {
		marks[i] = slices.Contains(named, id)
	}
	return marks
}
