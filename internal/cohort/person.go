package cohort

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Person is what one respondent comes to, for a report that looks at people one
// by one. Texts are as the table has them: whoever shows them makes them harmless.
type Person struct {
	Row           int64  // among all respondents, from 1
	ID            string // "" where there is none; hashed where ids are
	Group         string
	Outcome       int // as score.Compiled numbers them: roles, then hybrids
	First, Second int // the two leading roles
	Strength      string
	Margin        *big.Rat   // points that the first role leads by
	Scores        []*big.Rat // dimension → its score, 0 to 100; nil: not measured
	Missing       []string   // questions without an answer
	Flags         []string

	row   int // within the chunk
	named int // its place among those with an id; −1 without
	flags flagSet
}

// person describes the row that has just been counted.
func (w *worker) person(f *frame, v score.Verdict, flags flagSet, cells [][]byte) Person {
	p := Person{Outcome: v.Outcome, First: v.First, Second: v.Second, row: w.out.rows, named: -1, flags: flags}
	if len(w.id) > 0 {
		p.ID, p.named = w.shownID(), len(w.out.ends)
	}
	if w.plan.By >= 0 {
		p.Group = groupOf(cells[w.plan.By])
	}
	first, second := f.Fit(v.First, w.raw), f.Fit(v.Second, w.raw)
	p.Margin = new(big.Rat).Sub(first, second)
	fit := first
	if v.Outcome >= len(w.c.Weights) {
		fit = new(big.Rat).Add(first, second)
		fit.Quo(fit, big.NewRat(2, 1))
	}
	p.Strength = w.c.Strength(fit)
	p.Scores = make([]*big.Rat, len(w.raw))
	for d, raw := range w.raw {
		if f.Measured(d) {
			p.Scores[d] = big.NewRat(100*int64(raw-f.Min[d]), int64(f.Max[d]-f.Min[d]))
		}
	}
	for _, q := range w.sheet.missing {
		p.Missing = append(p.Missing, w.c.Questions[q].ID)
	}
	return p
}

// shownID is the id as the results have it, before a format makes it harmless.
func (w *worker) shownID() string {
	if w.hash != nil {
		return w.hash(w.id)
	}
	return string(w.id)
}

// introduce hands a chunk's people on; again has the places of ids that were there before.
func (s *Scoring) introduce(people []Person, again []int) {
	for i := range people {
		p := &people[i]
		p.Row = s.rows + int64(p.row) + 1
		for len(again) > 0 && p.named >= 0 && again[0] < p.named {
			again = again[1:]
		}
		if len(again) > 0 && again[0] == p.named {
			p.flags |= 1 << duplicate
		}
		p.Flags = flagList(p.flags)
		s.o.Person(p)
	}
}

// between finds the hybrid that lies between two roles, or nil.
func between(q *quiz.Quiz, a, b int) *quiz.Hybrid {
	for i := range q.Hybrids {
		if h := &q.Hybrids[i]; slices.Contains(h.Roles, q.Roles[a].ID) && slices.Contains(h.Roles, q.Roles[b].ID) {
			return h
		}
	}
	return nil
}
