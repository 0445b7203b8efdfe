package odds

import (
	"math/big"

	"github.com/rolefit/rolefit/internal/chance"
	"github.com/rolefit/rolefit/internal/score"
)

// sample estimates what moves from seeded random sheets.
func (p *pair) sample(limits Limits, why string) *Moved {
	source := chance.New(limits.Seed, "diff")
	frames := [2]map[string]*score.Frame{make(map[string]*score.Frame), make(map[string]*score.Frame)}
	t := newTurns(p)
	m := &Moved{Why: why, Samples: limits.Samples, Seed: limits.Seed}
	chosen := make([]int, len(p.entries))
	for range limits.Samples {
		for i, e := range p.entries {
			chosen[i] = source.Below(len(e.both))
		}
		var turn [2]int
		for v := range p.versions {
			turn[v] = p.judge(v, chosen, frames[v])
		}
		if turn[0] == turn[1] {
			continue
		}
		t.count(turn, big.NewRat(1, int64(limits.Samples)))
		if m.Witness == nil {
			m.Witness = p.sheet(&way{}, chosen)
			m.Witness.From, m.Witness.To = p.name(turn[0]), p.name(turn[1])
		}
	}
	t.fill(m, func(id string, part *big.Rat) Share {
		n := new(big.Rat).Mul(part, big.NewRat(int64(limits.Samples), 1))
		return sampled(id, int(n.Num().Int64()), limits.Samples)
	})
	return m
}

// judge scores the chosen alternatives (by entry) by one version. Sheets that show
// the same questions share a frame.
func (p *pair) judge(version int, chosen []int, frames map[string]*score.Frame) int {
	c := p.versions[version]
	x := p.survey(version, chosen)
	raw := make([]int, len(c.Quiz.Dimensions))
	for i, in := range x.InPlay {
		if in {
			move(raw, c.Questions[i].Points[x.Chosen[i]], 1)
		}
	}
	key := keyOf(x.InPlay)
	f, known := frames[key]
	if !known {
		f, _ = c.Frame(x.InPlay)
		if len(frames) < maxFrames {
			frames[key] = f
		}
	}
	if f == nil {
		return none
	}
	return p.index[version][f.Judge(raw).Outcome]
}
