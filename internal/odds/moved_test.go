package odds

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// movedByListing goes through all ways of answering both versions together.
type movedByListing struct {
	versions [2]*score.Compiled
	turns    map[[2]string]*big.Rat
	sheets   int
}

// asked is one thing to answer: a question, by version (nil: not in it), and its answers.
type asked struct {
	questions [2]*quiz.Question
	answers   [][2]quiz.Answer
}

func (m *movedByListing) all() []asked {
	var all []asked
	for _, before := range m.versions[0].Questions {
		one := asked{questions: [2]*quiz.Question{m.versions[0].Quiz.Question(before.ID), m.versions[1].Quiz.Question(before.ID)}}
		if after := one.questions[1]; after != nil && after.Kind == one.questions[0].Kind {
			for a := range one.questions[0].Form().Alternatives() {
				for b := range after.Form().Alternatives() {
					if sameAnswer(one.questions, a, b) {
						one.answers = append(one.answers, [2]quiz.Answer{slices.Clone(a), slices.Clone(b)})
					}
				}
			}
		}
		if one.answers == nil {
			one.questions[1] = nil
			for _, a := range before.Alternatives {
				one.answers = append(one.answers, [2]quiz.Answer{a, nil})
			}
		}
		all = append(all, one)
	}
	for _, after := range m.versions[1].Questions {
		shared := slices.ContainsFunc(all, func(one asked) bool { return one.questions[1] != nil && one.questions[1].ID == after.ID })
		if shared {
			continue
		}
		one := asked{questions: [2]*quiz.Question{nil, m.versions[1].Quiz.Question(after.ID)}}
		for _, a := range after.Alternatives {
			one.answers = append(one.answers, [2]quiz.Answer{nil, a})
		}
		all = append(all, one)
	}
	return all
}

func sameAnswer(q [2]*quiz.Question, a, b quiz.Answer) bool {
	x, y := ids(q[0], a), ids(q[1], b)
	if !q[0].Form().Ordered {
		slices.Sort(x)
		slices.Sort(y)
	}
	return slices.Equal(x, y)
}

func ids(q *quiz.Question, a quiz.Answer) []string {
	all := []string{}
	for _, pick := range a {
		all = append(all, q.Form().IDs[pick])
	}
	return all
}

func (m *movedByListing) list(t *rapid.T) {
	m.turns = make(map[[2]string]*big.Rat)
	all := m.all()
	var walk func(i int, answers [2]quiz.Answers, share *big.Rat)
	walk = func(i int, answers [2]quiz.Answers, share *big.Rat) {
		if i == len(all) {
			if m.sheets++; m.sheets > 4000 {
				t.Skip("too many sheets")
			}
			turn := [2]string{outcomeOrNone(m.versions[0], answers[0]), outcomeOrNone(m.versions[1], answers[1])}
			if turn[0] != turn[1] {
				if m.turns[turn] == nil {
					m.turns[turn] = new(big.Rat)
				}
				m.turns[turn].Add(m.turns[turn], share)
			}
			return
		}
		for _, both := range all[i].answers {
			for v, q := range all[i].questions {
				if q != nil {
					answers[v][q.ID] = both[v]
				}
			}
			walk(i+1, answers, new(big.Rat).Mul(share, big.NewRat(1, int64(len(all[i].answers)))))
		}
	}
	walk(0, [2]quiz.Answers{{}, {}}, big.NewRat(1, 1))
}

func outcomeOrNone(c *score.Compiled, answers quiz.Answers) string {
	r, err := c.Score(answers)
	if err != nil {
		return ""
	}
	return r.Outcome.ID
}

// edited draws a version of a quiz with a few changes.
func edited(t *rapid.T, q *quiz.Quiz) *quiz.Quiz {
	other := *q
	other.Questions = slices.Clone(q.Questions)
	other.Roles = slices.Clone(q.Roles)
	other.Hybrids = slices.Clone(q.Hybrids)
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		i := rapid.IntRange(0, len(other.Questions)-1).Draw(t, "question")
		one := *other.Questions[i]
		dim := rapid.SampledFrom(q.Dimensions).Draw(t, "dimension").ID
		by := rapid.IntRange(-3, 3).Draw(t, "by")
		switch rapid.IntRange(0, 6).Draw(t, "edit") {
		case 0:
			if one.Kind == "scale" {
				one.Measures = quiz.Points{dim: by}
			} else {
				one.Options = slices.Clone(one.Options)
				one.Options[0].Points = quiz.Points{dim: by}
			}
			other.Questions[i] = &one
		case 1:
			r := rapid.IntRange(0, len(other.Roles)-1).Draw(t, "role")
			other.Roles[r].Weights = quiz.Points{dim: by}
		case 2:
			if len(other.Hybrids) > 0 {
				other.Hybrids[0].Margin = 5 * (by + 3)
			}
		case 3:
			if len(other.Questions) > 1 && one.Kind != "scale" {
				other.Questions = slices.Delete(slices.Clone(other.Questions), i, i+1)
			}
		case 4:
			one.ID = "fresh"
			if other.Question("fresh") == nil {
				other.Questions = append(slices.Clone(other.Questions), &one)
			}
		case 5:
			one.When = quiz.When{}
			other.Questions[i] = &one
		case 6:
			if one.Kind == "choice" && len(one.Options) > 2 {
				one.Options = slices.Delete(slices.Clone(one.Options), 1, 2)
				other.Questions[i] = &one
			}
		}
	}
	return &other
}

// TestMovedAgainstListing compares the counted shares with those of a listing,
// as exact fractions, on every lattice.
func TestMovedAgainstListing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := quiztest.Quiz(t, quiztest.Small)
		after := edited(t, before)
		if rapid.IntRange(0, 4).Draw(t, "unlike") == 0 {
			after = quiztest.Quiz(t, quiztest.Small)
		}
		m := movedByListing{versions: [2]*score.Compiled{score.Compile(before), score.Compile(after)}}
		m.list(t)
		limits := DefaultLimits()
		limits.sparse = rapid.Bool().Draw(t, "sparse")
		limits.lattice = rapid.IntRange(0, jointLattices).Draw(t, "lattice")
		got := Compare(m.versions[0], m.versions[1], limits)
		if !got.Exact {
			t.Fatal("sampled:", got.Why)
		}
		m.compare(t, got)
	})
}

func (m *movedByListing) compare(t *rapid.T, got *Moved) {
	total := new(big.Rat)
	for _, share := range m.turns {
		total.Add(total, share)
	}
	if got.Share.Exact.Cmp(total) != 0 {
		t.Fatalf("moved %v, listed %v", got.Share.Exact, total)
	}
	if len(got.Turns) != len(m.turns) {
		t.Fatalf("turns %v, listed %v", got.Turns, m.turns)
	}
	for i, turn := range got.Turns {
		if want := m.turns[[2]string{turn.From, turn.To}]; want == nil || want.Cmp(turn.Share.Exact) != 0 {
			t.Fatalf("%s to %s: %v, listed %v", turn.From, turn.To, turn.Share.Exact, want)
		}
		if i > 0 && turn.Share.Exact.Cmp(got.Turns[i-1].Share.Exact) > 0 {
			t.Fatal("not the largest first")
		}
	}
	m.witness(t, got.Witness)
}

// witness holds the witness to its word, and to be complete in both versions.
func (m *movedByListing) witness(t *rapid.T, w *MovedSheet) {
	if w == nil {
		if len(m.turns) > 0 {
			t.Fatal("no witness")
		}
		return
	}
	if w.From == w.To || outcomeOrNone(m.versions[0], w.Old) != w.From || outcomeOrNone(m.versions[1], w.New) != w.To {
		t.Fatalf("the witness does not go from %q to %q", w.From, w.To)
	}
	for v, answers := range []quiz.Answers{w.Old, w.New} {
		for i, shown := range quiztest.Shown(m.versions[v].Quiz, answers) {
			if _, answered := answers[m.versions[v].Questions[i].ID]; answered != shown {
				t.Fatalf("version %d: %s shown %v, answered %v", v, m.versions[v].Questions[i].ID, shown, answered)
			}
		}
	}
	for id, before := range w.Old {
		after, both := w.New[id]
		if q := [2]*quiz.Question{m.versions[0].Quiz.Question(id), m.versions[1].Quiz.Question(id)}; both && q[0].Kind == q[1].Kind && !sameAnswer(q, before, after) {
			for a := range q[1].Form().Alternatives() {
				if sameAnswer(q, before, a) {
					t.Fatalf("%s is answered in two ways", id)
				}
			}
		}
	}
}

// TestMovedSampled: with no room to count, the sample's interval holds the exact share.
func TestMovedSampled(t *testing.T) {
	if testing.Short() {
		t.Skip("counts the longest quiz twice")
	}
	before, after := edition(t, func(*quiz.Quiz) {}), edition(t, func(q *quiz.Quiz) { q.Hybrids[0].Margin += 4 })
	exact := Compare(before, after, DefaultLimits())
	limits := DefaultLimits()
	limits.Words, limits.Samples, limits.Seed = 10, 20_000, 2
	got := Compare(before, after, limits)
	if !exact.Exact || got.Exact || got.Why == "" {
		t.Fatal("expected one exact and one sampled")
	}
	if s := exact.Share.Share; s < got.Share.Low || s > got.Share.High || s == 0 {
		t.Fatalf("%v is not within %v to %v", s, got.Share.Low, got.Share.High)
	}
	if got.Witness == nil {
		t.Fatal("no witness")
	}
}

func edition(t testing.TB, change func(*quiz.Quiz)) *score.Compiled {
	t.Helper()
	q := quiztest.Read(t, "../../quizzes/pm-po.toml")
	change(q)
	return score.Compile(q)
}

// TestMovedBand: what a wider band takes is what the odds say it gains.
func TestMovedBand(t *testing.T) {
	before, after := edition(t, func(*quiz.Quiz) {}), edition(t, func(q *quiz.Quiz) { q.Hybrids[0].Margin++ })
	m := Compare(before, after, DefaultLimits())
	a, _ := Of(before, DefaultLimits())
	b, _ := Of(after, DefaultLimits())
	gain := new(big.Rat).Sub(b.Outcomes[2].Exact, a.Outcomes[2].Exact)
	if gain.Sign() == 0 || m.Share.Exact.Cmp(gain) != 0 {
		t.Fatalf("moved %v, gained %v", m.Share.Exact, gain)
	}
}

func BenchmarkMoved(b *testing.B) {
	before := edition(b, func(*quiz.Quiz) {})
	for i, change := range []func(*quiz.Quiz){
		func(q *quiz.Quiz) { q.Hybrids[0].Margin++ },
		func(q *quiz.Quiz) { q.Roles[0].Weights[q.Dimensions[0].ID]++ },
		func(q *quiz.Quiz) {
			for _, one := range q.Questions {
				if one.Kind == "scale" && one.Scored() {
					for d := range one.Measures {
						one.Measures[d]++
					}
					return
				}
			}
		},
		func(q *quiz.Quiz) { q.Questions = q.Questions[:len(q.Questions)-1] },
	} {
		after := edition(b, change)
		b.Run(fmt.Sprint(i), func(b *testing.B) {
			for b.Loop() {
				if !Compare(before, after, LimitTo(512)).Exact {
					b.Fatal("sampled")
				}
			}
		})
	}
}
