package odds

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// pair is two versions of a quiz that are answered together.
type pair struct {
	versions [2]*score.Compiled
	sheets   [2]*score.Sheet // version → the one surveyed last
	entries  []*entry
	at       [2][]int // version, question → entry
	outcomes []string // ids of both versions; "" is no outcome
	index    [2][]int // version, outcome as Frame.Judge numbers it → place in outcomes
}

// entry is a question of either version with the alternatives that can be
// given in both. One that only one version has, or that is put so differently that no
// answer fits both, is an entry for that version alone.
type entry struct {
	in      [2]int   // version → index of the question, −1 where it is not this version's
	both    [][2]int // alternative → version → index there
	classes [][]int  // of a gate: alternatives that no condition tells apart
}

// none is the place in outcomes of sheets that measure too little.
const none = 0

func newPair(before, after *score.Compiled) *pair {
	p := &pair{versions: [2]*score.Compiled{before, after}, sheets: [2]*score.Sheet{before.NewSheet(), after.NewSheet()}, outcomes: []string{""}}
	p.at = [2][]int{make([]int, len(before.Questions)), make([]int, len(after.Questions))}
	for i := range after.Questions {
		p.at[1][i] = -1
	}
	for i := range before.Questions {
		p.at[0][i] = len(p.entries)
		e := &entry{in: [2]int{i, p.partner(i)}}
		if e.in[1] >= 0 {
			e.both = p.common(i, e.in[1])
		}
		if len(e.both) == 0 {
			e.in[1] = -1
			e.both = alone(before, i, 0)
		} else {
			p.at[1][e.in[1]] = len(p.entries)
		}
		p.entries = append(p.entries, e)
	}
	for i := range after.Questions {
		if p.at[1][i] < 0 {
			p.at[1][i] = len(p.entries)
			p.entries = append(p.entries, &entry{in: [2]int{-1, i}, both: alone(after, i, 1)})
		}
	}
	p.nameOutcomes()
	p.findGates()
	return p
}

func (p *pair) partner(i int) int {
	id := p.versions[0].Questions[i].ID
	return slices.IndexFunc(p.versions[1].Questions, func(q score.Question) bool { return q.ID == id })
}

// common lists the alternatives that a question has in both versions.
func (p *pair) common(before, after int) [][2]int {
	a, b := p.versions[0].Quiz.Questions[before], p.versions[1].Quiz.Questions[after]
	if a.Kind != b.Kind {
		return nil
	}
	index := make(map[string]int)
	form := b.Form()
	for i, answer := range p.versions[1].Questions[after].Alternatives {
		index[answerKey(form, answer)] = i
	}
	var both [][2]int
	form = a.Form()
	for i, answer := range p.versions[0].Questions[before].Alternatives {
		if other, ok := index[answerKey(form, answer)]; ok {
			both = append(both, [2]int{i, other})
		}
	}
	return both
}

// answerKey names an answer by its entries, whichever order the version lists them in.
func answerKey(form quiz.Form, answer quiz.Answer) string {
	ids := make([]string, len(answer))
	for i, pick := range answer {
		ids[i] = form.IDs[pick]
	}
	if !form.Ordered {
		slices.Sort(ids)
	}
	return strings.Join(ids, " ")
}

// alone lists the alternatives of a question that one version has.
func alone(c *score.Compiled, question, version int) [][2]int {
	all := make([][2]int, len(c.Questions[question].Alternatives))
	for a := range all {
		all[a] = [2]int{-1, -1}
		all[a][version] = a
	}
	return all
}

func (p *pair) nameOutcomes() {
	for v, c := range p.versions {
		for _, id := range c.Outcomes() {
			at := slices.Index(p.outcomes[1:], id) + 1
			if at == 0 {
				at = len(p.outcomes)
				p.outcomes = append(p.outcomes, id)
			}
			p.index[v] = append(p.index[v], at)
		}
	}
}

func (p *pair) name(outcome int) string { return p.outcomes[outcome] }

// findGates parts the alternatives of the entries that decide, in either
// version, whether some scored question is shown.
func (p *pair) findGates() {
	tests := [2][][]score.Test{deciding(p.versions[0]), deciding(p.versions[1])}
	for _, e := range p.entries {
		var of [2][]score.Test
		for v, i := range e.in {
			if i >= 0 {
				of[v] = tests[v][i]
			}
		}
		if len(of[0])+len(of[1]) > 0 {
			e.classes = parted(len(e.both), func(a int) string { return passed(e.both[a][0], of[0]) + passed(e.both[a][1], of[1]) })
		}
	}
}

// deciding collects what conditions ask of each question, as far as it bears on
// which scored questions are shown.
func deciding(c *score.Compiled) [][]score.Test {
	tests := make([][]score.Test, len(c.Questions))
	for i := len(c.Questions) - 1; i >= 0; i-- {
		if !c.Questions[i].Scored && tests[i] == nil {
			continue
		}
		for _, clause := range c.Questions[i].When.Any {
			for _, test := range clause {
				tests[test.Key] = append(tests[test.Key], test)
			}
		}
	}
	return tests
}

// survey puts these alternatives (by entry; −1: it makes no difference) on the
// sheet of a version.
func (p *pair) survey(version int, chosen []int) *score.Sheet {
	x := p.sheets[version]
	for i, at := range p.at[version] {
		if x.Chosen[i] = score.Unknown; chosen[at] >= 0 {
			x.Chosen[i] = p.entries[at].both[chosen[at]][version]
		}
	}
	p.versions[version].Survey(x)
	return x
}

// way is one way through the conditions of both versions.
type way struct {
	share   *big.Rat // of random sheets that go this way
	inPlay  [2][]bool
	allowed [][]int // entry → the alternatives it may have
}

// ways lists the ways through both versions. ok is false when there are too many.
func (p *pair) ways(limits Limits) (all []*way, ok bool) {
	most := limits.Paths
	if most == 0 {
		most = maxPaths
	}
	index := make(map[string]*way)
	class := slices.Repeat([]int{-1}, len(p.entries))
	chosen := slices.Clone(class)
	left := most
	var walk func(i int, share *big.Rat)
	walk = func(i int, share *big.Rat) {
		for i < len(p.entries) && !p.splits(i, chosen) {
			i++
		}
		if i == len(p.entries) {
			left--
			w, key := p.way(class, chosen, share)
			if same := index[key]; same != nil {
				same.share.Add(same.share, w.share)
				return
			}
			index[key] = w
			all = append(all, w)
			return
		}
		e := p.entries[i]
		for n, members := range e.classes {
			if left < 0 {
				return
			}
			class[i], chosen[i] = n, members[0]
			part := big.NewRat(int64(len(members)), int64(len(e.both)))
			walk(i+1, part.Mul(part, share))
			class[i], chosen[i] = -1, -1
		}
	}
	walk(0, big.NewRat(1, 1))
	return all, left >= 0
}

// splits reports whether the ways part at an entry: not where neither version
// shows it, by the answers before it.
func (p *pair) splits(i int, chosen []int) bool {
	e := p.entries[i]
	if e.classes == nil {
		return false
	}
	for v := range p.versions {
		if e.in[v] < 0 {
			continue
		}
		later := func(t score.Test) bool { return p.at[v][t.Key] >= i }
		for _, clause := range p.versions[v].Questions[e.in[v]].When.Any {
			if slices.ContainsFunc(clause, later) {
				return true // the versions have their questions in another order: it is not known yet
			}
		}
		if p.survey(v, chosen).Shown[e.in[v]] {
			return true
		}
	}
	return false
}

// way describes the way that these classes make, and what tells it from others.
func (p *pair) way(class, chosen []int, share *big.Rat) (w *way, key string) {
	w = &way{share: new(big.Rat).Set(share), allowed: make([][]int, len(p.entries))}
	for v, c := range p.versions {
		for i, shown := range p.survey(v, chosen).Shown {
			w.inPlay[v] = append(w.inPlay[v], shown && c.Questions[i].Scored)
		}
	}
	var b strings.Builder
	for i, e := range p.entries {
		w.allowed[i] = whole(len(e.both))
		if class[i] >= 0 {
			w.allowed[i] = e.classes[class[i]]
		}
		before, after := w.plays(e, 0), w.plays(e, 1)
		fmt.Fprint(&b, before, after)
		if before || after {
			fmt.Fprint(&b, class[i])
		}
	}
	return w, b.String()
}

// plays reports whether an entry counts in a version on this way.
func (w *way) plays(e *entry, version int) bool {
	return e.in[version] >= 0 && w.inPlay[version][e.in[version]]
}

// sheet writes the chosen alternatives (by entry) as answers to both versions,
// of the questions that each shows.
func (p *pair) sheet(w *way, chosen []int) *MovedSheet {
	full := make([]int, len(p.entries))
	for i := range p.entries {
		if full[i] = chosen[i]; full[i] < 0 {
			full[i] = w.allowed[i][0]
		}
	}
	var sheets [2]quiz.Answers
	for v, c := range p.versions {
		sheets[v] = c.Answers(p.survey(v, full))
	}
	return &MovedSheet{Old: sheets[0], New: sheets[1]}
}
