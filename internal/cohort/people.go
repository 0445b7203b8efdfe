package cohort

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/lane"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Person is what one respondent comes to, for a report that looks at people one
// by one. Texts are as the table has them: whoever shows them makes them harmless.
type Person struct {
	Row           int64  // among all respondents, from 1
	ID            string // "" where there is none; hashed where ids are; a long one is cut
	Group         string
	Outcome       int // as score.Compiled numbers them: roles, then hybrids
	First, Second int // the two leading roles
	Strength      string
	Margin        *big.Rat   // points that the first role leads by
	Scores        []*big.Rat // dimension → its score, 0 to 100; nil: not measured
	Missing       []string   // questions without an answer
	Flags         []string
}

// people are a chunk's, in as few bytes as say it all: most of them are never shown.
type people struct {
	all []brief
	raw []int  // of each, by dimension: sums above the least
	ids []byte // one after the other, as the table has them or hashed
}

// brief is a person in brief.
type brief struct {
	situation *lane.Situation
	verdict   score.Verdict
	strength  int
	flags     flagSet
	row       int      // within the chunk
	id        [2]int   // where it is in the chunk's ids
	named     int      // its place among those with an id; −1 without
	group     string   // "": it has none
	margin    int64    // times the frame's scale
	exact     *big.Rat // the same in points, where 64 bits do not hold it; else nil
}

func (p *people) reset() { *p = people{p.all[:0], p.raw[:0], p.ids[:0]} }

// add takes in the row at hand.
func (p *people) add(w *worker, x *row) {
	b := brief{
		situation: x.situation, verdict: x.verdict, strength: x.strength, flags: x.flags, row: w.out.rows, named: -1, margin: x.margin,
	}
	if x.result != nil {
		b.exact = x.result.Margin
	}
	from := len(p.ids)
	if len(x.id) > 0 {
		b.named = len(w.out.ids.hashes)
		p.ids = append(p.ids, w.shownID(x.id)...)
	}
	b.id = [2]int{from, len(p.ids)}
	if w.plan.By >= 0 {
		if cell := x.cells[w.plan.By]; w.group != nil && w.group.name == string(cell) {
			b.group = w.group.name
		} else {
			b.group = groupOf(cell)
		}
	}
	p.raw = append(p.raw, x.raw...)
	p.all = append(p.all, b)
}

// person is somebody in full; flags are those of the brief and what has come to them.
func (p *people) person(c *score.Compiled, i int, flags flagSet, before int64) Person {
	b := &p.all[i]
	f := b.situation.Frame
	one := Person{
		Row: before + int64(b.row) + 1, ID: cut(string(p.ids[b.id[0]:b.id[1]])), Group: b.group,
		Outcome: b.verdict.Outcome, First: b.verdict.First, Second: b.verdict.Second,
		Strength: quiz.Strengths()[b.strength], Margin: b.lead(), Flags: flagList(flags),
	}
	dimensions := len(c.Quiz.Dimensions)
	one.Scores = make([]*big.Rat, dimensions)
	for d, above := range p.raw[i*dimensions:][:dimensions] {
		if f.Measured(d) {
			one.Scores[d] = big.NewRat(100*int64(above), int64(f.Max[d]-f.Min[d]))
		}
	}
	for _, q := range b.situation.Missing {
		one.Missing = append(one.Missing, c.Questions[q].ID)
	}
	return one
}

// lead is how many points the first role leads by.
func (b *brief) lead() *big.Rat {
	if b.exact != nil {
		return b.exact
	}
	return big.NewRat(b.margin, b.situation.Frame.Scale)
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
