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
// spread, who they are, and who is worth a second look. See Options.Roster; Spread
// and Plane are there when the scoring has been summarised.
type Roster struct {
	Total   int64
	Spread  [][Bins]int64 // dimension → people by score
	Plane   *Plane        // nil: the quiz has no two sides; see NewRoster
	People  []Person      // the first MaxPeople, in the order of the input
	Flagged []Person      // the first MaxFlagged that any flag marks
	Marked  int64         // how many a flag marks
	Closest []Call        // the closest first; of quizzes with two roles

	quiz  *quiz.Quiz
	most  limits
	bands []int   // role, role → the margin of the hybrid between them; 0: none lies there, and being level is the line
	far   float64 // the distance of the last of Closest when it is full, and a little more
}

// limits are how many people are kept.
type limits struct{ people, flagged, closest int }

// Call is how near somebody is to the line between two outcomes.
type Call struct {
	Person   Person
	Distance *big.Rat // points of lead
}

// NewRoster makes an empty roster. The axes of its plane are the dimensions that
// make up more of the fit of the quiz's first role than of its second, and those
// that make up more of the second's; where one has none, there is no plane.
func NewRoster(c *score.Compiled) *Roster {
	q := c.Quiz
	r := &Roster{Spread: make([][Bins]int64, len(q.Dimensions)), Plane: newPlane(q, len(c.Outcomes())), quiz: q, most: limits{MaxPeople, MaxFlagged, MaxClosest}}
	for a := range q.Roles {
		for b := range q.Roles {
			band := 0
			if h := between(q, a, b); h != nil {
				band = h.Margin
			}
			r.bands = append(r.bands, band)
		}
	}
	return r
}

// take takes in a chunk's people, before whom there were so many rows; again has
// the places of ids that were there before.
func (r *Roster) take(c *score.Compiled, p *people, before int64, again []int) {
	for i := range p.all {
		b := &p.all[i]
		flags := b.flags
		for len(again) > 0 && b.named >= 0 && again[0] < b.named {
			again = again[1:]
		}
		if len(again) > 0 && again[0] == b.named {
			flags |= 1 << duplicate
		}
		r.Total++
		if flags != 0 {
			r.Marked++
		}
		listed, flagged, close := len(r.People) < r.most.people, flags != 0 && len(r.Flagged) < r.most.flagged, r.near(b)
		if !listed && !flagged && !close {
			continue
		}
		one := p.person(c, i, flags, before)
		if listed {
			r.People = append(r.People, one)
		}
		if flagged {
			r.Flagged = append(r.Flagged, one)
		}
		if close {
			r.call(one)
		}
	}
}

// spread takes how everybody's scores are spread from what was counted.
func (r *Roster) spread(t *tally) {
	for d := range r.Spread {
		r.Spread[d] = [Bins]int64{}
		for size, counts := range t.scores[d] {
			for above, n := range counts {
				r.Spread[d][min(Bins*above/(size-1), Bins-1)] += n
			}
		}
	}
}

// near reports whether somebody may be among the closest. With more roles than
// two the third can matter, too, and how near an outcome is cannot be told by one lead.
func (r *Roster) near(b *brief) bool {
	if len(r.quiz.Roles) > 2 {
		return false
	}
	if len(r.Closest) < r.most.closest || b.exact != nil {
		return true
	}
	lead := float64(b.margin)/float64(b.situation.Frame.Scale) - float64(r.band(b.verdict.First, b.verdict.Second))
	return max(lead, -lead) <= r.far
}

func (r *Roster) band(a, b int) int { return r.bands[a*len(r.quiz.Roles)+b] }

// call keeps those who are nearest to another outcome: to the margin of the hybrid
// between the two roles, or to being level where there is none.
func (r *Roster) call(p Person) {
	distance := new(big.Rat).SetInt64(int64(r.band(p.First, p.Second)))
	distance.Abs(distance.Sub(p.Margin, distance))
	at, _ := slices.BinarySearchFunc(r.Closest, distance, func(c Call, d *big.Rat) int {
		if c.Distance.Cmp(d) <= 0 { // who came first stays first
			return -1
		}
		return 1
	})
	if at >= r.most.closest {
		return
	}
	r.Closest = slices.Insert(r.Closest, at, Call{p, distance})
	r.Closest = r.Closest[:min(len(r.Closest), r.most.closest)]
	last, _ := r.Closest[len(r.Closest)-1].Distance.Float64()
	r.far = last + 1e-6 // floating point decides nothing: it lets a few too many be looked at
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
