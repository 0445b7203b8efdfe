package quiz

import (
	"maps"
	"slices"
	"strconv"

	"github.com/rolefit/rolefit/internal/text"
)

// Question is one thing that is asked. Its kind says how; see kinds.go.
type Question struct {
	ID       string
	Kind     string
	Ask      string
	Help     string
	Optional bool // may be skipped
	Shuffle  bool // options in a seeded random order
	When     When // asked only when this holds

	Measures Points   // scale: weight of a step; negative for a reverse-keyed item
	Labels   []string // scale: the step labels, its own or the quiz's
	Options  []Option // every other kind
	Pick     Pick     // multi
}

// Option is one entry of a choice, a multi or a rank.
type Option struct {
	ID     string
	Text   string
	Points Points
	Fixed  bool // keeps its place when the options are shuffled
}

// Pick bounds how many options of a multi may be picked.
type Pick struct{ Min, Max int }

// Answer is what a person gave to one question: the entries picked, as
// indices into the question's [Form]. A rank has them in the order given, every other
// kind ascending. An empty answer (a multi with nothing picked) is an answer;
// an absent one is not.
type Answer []int

// Answers maps question ids to the answers given.
type Answers map[string]Answer

// Form is how a question is answered, whatever its kind: pick at least Min
// and at most Max of the entries, in order or not.
type Form struct {
	IDs      []string // what answers call the entries; "1" to "n" for a scale
	Texts    []string // what people read; as long as IDs
	Fixed    []bool   // entries that keep their place in a shuffle
	Min, Max int
	Ordered  bool // the order of the picks is the answer (rank)
	List     bool // an answer is a list of entries, not a single one
	Steps    bool // the entries are the numbered steps of one scale
}

// Form says how the question is answered.
func (q *Question) Form() Form { return q.kind().form(q) }

// Scored reports whether any answer to the question can carry points; a
// question that is not scored is context.
func (q *Question) Scored() bool {
	some := func(p Points) bool {
		for _, n := range p {
			if n != 0 {
				return true
			}
		}
		return false
	}
	return some(q.Measures) || slices.ContainsFunc(q.Options, func(o Option) bool { return some(o.Points) })
}

// Dimensions returns the ids of the dimensions the question carries points for, sorted.
func (q *Question) Dimensions() []string {
	ids := make(map[string]bool)
	add := func(p Points) {
		for id, n := range p {
			if n != 0 {
				ids[id] = true
			}
		}
	}
	add(q.Measures)
	for _, o := range q.Options {
		add(o.Points)
	}
	return slices.Sorted(maps.Keys(ids))
}

// Allows reports whether the picks are an allowed answer: enough of them, not
// too many, each an entry, none twice.
func (f Form) Allows(a Answer) bool {
	if len(a) < f.Min || len(a) > f.Max {
		return false
	}
	for i, pick := range a {
		if pick < 0 || pick >= len(f.IDs) || slices.Contains(a[:i], pick) {
			return false
		}
	}
	return f.Ordered || slices.IsSorted(a)
}

// Value gives the answer as a sheet holds it: an option id, a step number
// (int), or a list of option ids.
func (f Form) Value(a Answer) any {
	if f.List {
		ids := make([]string, len(a))
		for i, pick := range a {
			ids[i] = f.IDs[pick]
		}
		return ids
	}
	if f.Steps {
		return a[0] + 1
	}
	return f.IDs[a[0]]
}

// Describe gives the answer in the words a person read.
func (f Form) Describe(a Answer) []string {
	words := make([]string, len(a))
	for i, pick := range a {
		words[i] = f.Texts[pick]
	}
	return words
}

// Found is what a condition can find in the answer: every pick, or only the
// first place of a rank.
func (f Form) Found(a Answer) Answer {
	if f.Ordered && len(a) > 1 {
		return a[:1]
	}
	return a
}

// index finds the entry with this id, or -1.
func (f Form) index(id string) int { return slices.Index(f.IDs, id) }

// steps returns the ids "1" to "n".
func steps(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = strconv.Itoa(i + 1)
	}
	return ids
}

// NearQuestion returns the id of the question that was most likely meant, or "".
func (q *Quiz) NearQuestion(id string) string { return text.Near(id, questionIDs(q)) }
