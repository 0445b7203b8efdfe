package cohort

import (
	"math/big"
	"slices"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Bins is how many equal steps a score from 0 to 100 is counted by.
const Bins = 20

// What a roster keeps of people at most, so that its size does not depend on how
// many there are.
const (
	MaxPeople  = 2000 // listed
	MaxFlagged = 500
	MaxClosest = 20
	maxShownID = 80 // characters
)

// Roster is what a report shows of the people of a cohort: how their scores are
// spread, who they are, and who is worth a second look.
type Roster struct {
	Total    int64
	Spread   [][Bins]int64 // dimension → people by score
	Plane    *Plane        // nil: the quiz has no two sides; see NewRoster
	People   []Person      // the first MaxPeople, in the order of the input
	Flagged  []Person      // the first MaxFlagged that any flag marks
	Marked   int64         // how many a flag marks
	Closest  []Call        // the closest first; of quizzes with two roles
	quiz     *quiz.Quiz
	outcomes int
}

// Call is how near somebody is to the line between two outcomes.
type Call struct {
	Person   Person
	Distance *big.Rat // points of lead
}

// Plane counts people by the means of two groups of dimensions.
type Plane struct {
	X, Y  []int                // the dimensions of either axis
	Cells [Bins][Bins]PlaneBin // by x, then by y
}

// PlaneBin is one cell of a plane.
type PlaneBin struct {
	People   int64
	Outcomes []int64 // nil where nobody is
}

// NewRoster makes an empty roster. The axes of its plane are the dimensions that
// make up more of the fit of the quiz's first role than of its second, and those
// that make up more of the second's; where one has none, there is no plane.
func NewRoster(c *score.Compiled) *Roster {
	q := c.Quiz
	r := &Roster{Spread: make([][Bins]int64, len(q.Dimensions)), quiz: q, outcomes: len(c.Outcomes())}
	p := &Plane{}
	for d := range q.Dimensions {
		id := q.Dimensions[d].ID
		switch q.Roles[0].Share(id).Cmp(q.Roles[1].Share(id)) {
		case 1:
			p.X = append(p.X, d)
		case -1:
			p.Y = append(p.Y, d)
		}
	}
	if p.X != nil && p.Y != nil {
		r.Plane = p
	}
	return r
}

// Add takes one person in. It fits Options.Person.
func (r *Roster) Add(p *Person) {
	r.Total++
	for d, score := range p.Scores {
		if score != nil {
			r.Spread[d][bin(score)]++
		}
	}
	if r.Plane != nil {
		r.Plane.add(p, r.outcomes)
	}
	kept := *p
	kept.ID = cut(p.ID)
	if len(r.People) < MaxPeople {
		r.People = append(r.People, kept)
	}
	if len(p.Flags) > 0 {
		r.Marked++
		if len(r.Flagged) < MaxFlagged {
			r.Flagged = append(r.Flagged, kept)
		}
	}
	r.call(kept)
}

// bin finds the step of a score; 100 is in the last.
func bin(score *big.Rat) int {
	n := new(big.Int).Mul(score.Num(), big.NewInt(Bins))
	n.Quo(n, new(big.Int).Mul(score.Denom(), big.NewInt(100)))
	return min(int(n.Int64()), Bins-1)
}

// cut keeps an id from filling the memory and the page.
func cut(id string) string {
	at, n := 0, 0
	for at < len(id) && n < maxShownID {
		_, size := utf8.DecodeRuneInString(id[at:])
		at += size
		n++
	}
	if at == len(id) {
		return id
	}
	return id[:at] + "…"
}

// add counts somebody whose scores are known on both sides.
func (p *Plane) add(who *Person, outcomes int) {
	x, y := mean(who.Scores, p.X), mean(who.Scores, p.Y)
	if x == nil || y == nil {
		return
	}
	cell := &p.Cells[bin(x)][bin(y)]
	if cell.Outcomes == nil {
		cell.Outcomes = make([]int64, outcomes)
	}
	cell.People++
	cell.Outcomes[who.Outcome]++
}

// mean is that of the measured scores among these dimensions; nil when there is none.
func mean(scores []*big.Rat, dimensions []int) *big.Rat {
	sum, n := new(big.Rat), int64(0)
	for _, d := range dimensions {
		if scores[d] != nil {
			sum.Add(sum, scores[d])
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return sum.Quo(sum, big.NewRat(n, 1))
}

// call keeps those who are nearest to another outcome: to the margin of the hybrid
// between the two roles, or to being level where there is none. With more roles
// the third can matter, too, and how near an outcome is cannot be told by one lead.
func (r *Roster) call(p Person) {
	if len(r.quiz.Roles) > 2 {
		return
	}
	distance := new(big.Rat).Set(p.Margin)
	if h := between(r.quiz, p.First, p.Second); h != nil {
		distance.Sub(distance, big.NewRat(int64(h.Margin), 1))
		distance.Abs(distance)
	}
	at, _ := slices.BinarySearchFunc(r.Closest, distance, func(c Call, d *big.Rat) int {
		if c.Distance.Cmp(d) <= 0 { // who came first stays first
			return -1
		}
		return 1
	})
	if at >= MaxClosest {
		return
	}
	r.Closest = slices.Insert(r.Closest, at, Call{p, distance})
	r.Closest = r.Closest[:min(len(r.Closest), MaxClosest)]
}

// Listed gives the people kept as an instructor reads them: by outcome in the
// quiz's order, the clearest first, equal ones by row. A role is clear when its lead
// is large, a hybrid when it is small.
func (r *Roster) Listed() []Person {
	all := slices.Clone(r.People)
	slices.SortStableFunc(all, func(a, b Person) int {
		switch {
		case a.Outcome != b.Outcome:
			return a.Outcome - b.Outcome
		case a.Outcome >= len(r.quiz.Roles):
			return a.Margin.Cmp(b.Margin)
		}
		return b.Margin.Cmp(a.Margin)
	})
	return all
}
