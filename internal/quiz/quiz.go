// Package quiz is the ground of the tool: what a quiz definition says, the
// answers that people give to it, and how both are read from files.
//
// A definition is read by [Decode], which collects every fault with its place.
// It must not know what answers come to (package score does), nor which rules
// need more than reading (package check).
package quiz

import (
	"math/big"
	"time"
)

// Format is the version of the quiz format that this package reads.
const Format = 1

// Quiz is one definition, complete and free of errors.
type Quiz struct {
	Format  int    // always [Format]
	ID      string // names the quiz in sheets and on the command line
	Version string // semantic version of this definition
	Title   string
	Summary string // one line, for lists
	Intro   string // a paragraph, shown before the first question
	Minutes int    // how long it takes, as the author puts it; 0: it is not said
	Lang    string // BCP 47
	License string // of the text
	Retired []string
	Shuffle bool // ask the questions in a seeded random order

	Scoring    Scoring
	Allow      []string // rule ids of warnings the author accepts
	Dimensions []Dimension
	Questions  []*Question
	Roles      []Role
	Hybrids    []Hybrid
	Contrasts  []Contrast
	Notes      []Note

	digest string
}

// Scoring holds the thresholds of a result.
type Scoring struct {
	Strong      int // a fit of at least this is strong, 0 to 100
	Moderate    int // a fit of at least this is moderate, below it weak, 0 to 100
	MinComplete int // percent of the shown scored questions that must be answered, 1 to 100
}

// Dimension is one thing that the questions measure.
type Dimension struct {
	ID    string
	Name  string
	About string
	Low   string // a reading of a low score
	High  string // a reading of a high score
}

// Points maps dimension ids to whole numbers; a dimension left out has 0.
type Points map[string]int

// Role is an outcome that the dimensions lead to.
type Role struct {
	ID      string
	Name    string
	Tagline string
	Summary string
	Weights Points   // what the role asks for; negative: the less the better
	Path    []string // the titles of its career path
	Steps   []Step
}

// Hybrid is an outcome between roles: it takes a sheet whose two leading
// roles are both in Roles and lie within Margin points of fit.
type Hybrid struct {
	ID      string
	Name    string
	Roles   []string
	Margin  int // points of fit, 0 to 100
	Tagline string
	Summary string
	Steps   []Step
}

// Step is something to do next.
type Step struct {
	Title  string
	Kind   string // learn, practise, certify, network or apply
	Detail string
	URL    string    // https only
	AsOf   time.Time // when the fact was checked; zero: it does not age
	When   When
}

// Contrast is one row of the side-by-side comparison of the roles.
type Contrast struct {
	Aspect    string
	Dimension string            // optional
	Says      map[string]string // role id → text
}

// Note is advice shown with a result when its condition holds.
type Note struct {
	Text string
	URL  string
	AsOf time.Time // when the fact was checked; zero: it does not age
	When When
}

// StepKinds lists the kinds a next step may have.
func StepKinds() []string {
	return []string{"learn", "practise", "certify", "network", "apply"}
}

// Strengths lists the strengths of an outcome, strongest first.
func Strengths() []string { return []string{"strong", "moderate", "weak"} }

// Dimension returns the dimension with this id, or nil.
func (q *Quiz) Dimension(id string) *Dimension {
	return find(q.Dimensions, func(d *Dimension) bool { return d.ID == id })
}

// Role returns the role with this id, or nil.
func (q *Quiz) Role(id string) *Role {
	return find(q.Roles, func(r *Role) bool { return r.ID == id })
}

// find is the first of all that is as wanted, or nil.
func find[T any](all []T, wanted func(*T) bool) *T {
	for i := range all {
		if wanted(&all[i]) {
			return &all[i]
		}
	}
	return nil
}

// Share is how much of the role's fit a dimension makes up: its weight by the sizes of
// all of them together, from −1 to 1; below 0 where little of it is asked for.
func (r *Role) Share(dimension string) *big.Rat {
	sum := 0
	for _, w := range r.Weights {
		sum += max(w, -w)
	}
	return big.NewRat(int64(r.Weights[dimension]), int64(max(sum, 1)))
}

// Question returns the question with this id, or nil.
func (q *Quiz) Question(id string) *Question {
	for _, one := range q.Questions {
		if one.ID == id {
			return one
		}
	}
	return nil
}
