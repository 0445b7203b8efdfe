package odds

import (
	"math"
	"math/big"

	"github.com/rolefit/rolefit/internal/chance"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/stats"
)

// sampler draws random sheets, for quizzes whose exact state is too large.
type sampler struct {
	c      *score.Compiled
	source *chance.Source
	frames map[string]*score.Frame
	sheet  *score.Sheet // the one drawn last
	raw    []int        // room for the sums of one sheet
	turns  int          // how many sheets have their answers turned over one by one
	lean   bool
}

// tallied counts what the sample came to.
type tallied struct {
	outcomes, bins, pivotal []int
	tie, uncaught           int
	measured                []int
	mean, square            []float64
	swing                   []*big.Rat
}

// sample estimates the odds from seeded random sheets. The ways through the
// quiz may be unknown.
func sample(c *score.Compiled, limits Limits, ways []*path, why string) (*Odds, error) {
	s := newSampler(c, limits.Seed)
	s.lean = limits.Lean
	dims := len(c.Quiz.Dimensions)
	t := &tallied{
		outcomes: make([]int, len(c.Outcomes())), bins: make([]int, bins(len(c.Weights))), pivotal: make([]int, len(c.Questions)),
		measured: make([]int, dims), mean: make([]float64, dims), square: make([]float64, dims),
		swing: zeros[big.Rat](len(c.Questions)),
	}
	o := newOdds(c)
	o.Why, o.Samples, o.Seed = why, limits.Samples, limits.Seed
	s.turns = min(limits.Samples, max(100, pivotalWork/s.alternatives()))
	for drawn := range limits.Samples {
		s.draw()
		f, err := s.frame(t)
		if err != nil {
			return nil, err
		}
		s.count(f, t, drawn < s.turns)
	}
	s.fill(o, t)
	if ways == nil {
		o.Sheets = nil // there are too many ways to count them
	}
	for _, p := range ways {
		o.Sheets.Add(o.Sheets, p.sheets)
	}
	return o, nil
}

func newSampler(c *score.Compiled, seed int64) *sampler {
	return &sampler{
		c: c, source: chance.New(seed, "odds"), frames: make(map[string]*score.Frame),
		sheet: c.NewSheet(), raw: make([]int, len(c.Quiz.Dimensions)),
	}
}

// pivotalWork is how many sheets with one answer changed are judged at most,
// unless that left fewer than 100 sheets to change.
const pivotalWork = 20_000_000

// alternatives is how many changed sheets one sheet has.
func (s *sampler) alternatives() int {
	n := 1
	for _, q := range s.c.Questions {
		if q.Scored {
			n += len(q.Alternatives)
		}
	}
	return n
}

// draw answers every question that is shown.
func (s *sampler) draw() {
	s.c.Walk(s.sheet, func(i int) int { return s.source.Below(len(s.c.Questions[i].Alternatives)) })
}

// frame is that of the questions in play; sheets that play the same ones share it.
func (s *sampler) frame(t *tallied) (*score.Frame, error) {
	inPlay := s.sheet.InPlay
	key := keyOf(inPlay)
	if f := s.frames[key]; f != nil {
		return f, nil
	}
	f, err := s.c.Frame(inPlay)
	if err != nil {
		return nil, err
	}
	for i, in := range inPlay {
		if !in || s.lean {
			continue
		}
		if swing := swingOf(f, len(s.c.Weights), s.c.Questions[i].Points); swing.Cmp(t.swing[i]) > 0 {
			t.swing[i] = swing
		}
	}
	if len(s.frames) < maxFrames {
		s.frames[key] = f
	}
	return f, nil
}

// maxFrames bounds how many are kept.
const maxFrames = 10_000

// keyOf tells apart which questions are in play.
func keyOf(inPlay []bool) string {
	key := make([]byte, len(inPlay))
	for i, in := range inPlay {
		if in {
			key[i] = 1
		}
	}
	return string(key)
}

func (s *sampler) count(f *score.Frame, t *tallied, turn bool) {
	raw := s.raw
	clear(raw)
	for i, in := range s.sheet.InPlay {
		if in {
			move(raw, s.c.Questions[i].Points[s.sheet.Chosen[i]], 1)
		}
	}
	v := f.Judge(raw)
	t.outcomes[v.Outcome]++
	if v.Tie {
		t.tie++
		if v.Outcome < len(s.c.Weights) {
			t.uncaught++
		}
	}
	t.bins[bin(len(s.c.Weights), v, wholeBins(f, v, raw))]++
	for d := range raw {
		if f.Measured(d) {
			score := 100 * float64(raw[d]-f.Min[d]) / float64(f.Max[d]-f.Min[d])
			t.measured[d]++
			t.mean[d] += score
			t.square[d] += score * score
		}
	}
	if !turn || s.lean {
		return
	}
	for i, in := range s.sheet.InPlay {
		if in && s.decides(f, raw, i, v.Outcome) {
			t.pivotal[i]++
		}
	}
}

// wholeBins is how many whole bins a margin holds.
func wholeBins(f *score.Frame, v score.Verdict, raw []int) int64 {
	margin := new(big.Int).Sub(f.FitScaled(v.First, raw), f.FitScaled(v.Second, raw))
	width := new(big.Int).Mul(f.Scale(), big.NewInt(BinWidth))
	return margin.Quo(margin, width).Int64()
}

// decides reports whether changing the answer to question i can change the outcome.
func (s *sampler) decides(f *score.Frame, raw []int, i, outcome int) bool {
	q := &s.c.Questions[i]
	own := q.Points[s.sheet.Chosen[i]]
	move(raw, own, -1)
	defer move(raw, own, 1)
	for _, points := range q.Points {
		move(raw, points, 1)
		other := f.Judge(raw).Outcome
		move(raw, points, -1)
		if other != outcome {
			return true
		}
	}
	return false
}

func move(raw, points []int, times int) {
	for d, p := range points {
		raw[d] += times * p
	}
}

func (s *sampler) fill(o *Odds, t *tallied) {
	for i, id := range s.c.Outcomes() {
		o.Outcomes = append(o.Outcomes, sampled(id, t.outcomes[i], o.Samples))
	}
	o.Tie, o.Uncaught = sampled("", t.tie, o.Samples), sampled("", t.uncaught, o.Samples)
	for d := range t.mean {
		out := Dimension{Dimension: &s.c.Quiz.Dimensions[d], Measured: float64(t.measured[d]) / float64(o.Samples)}
		if n := float64(t.measured[d]); n > 0 {
			out.Mean = t.mean[d] / n
			out.SD = math.Sqrt(max(0, t.square[d]/n-out.Mean*out.Mean))
		}
		o.Dimensions = append(o.Dimensions, out)
	}
	for i := range s.c.Questions {
		if s.c.Questions[i].Scored {
			pivotal := float64(t.pivotal[i]) / float64(s.turns)
			o.Questions = append(o.Questions, Question{Question: s.c.Quiz.Questions[i], Swing: t.swing[i], Pivotal: pivotal})
		}
	}
	for _, n := range t.bins {
		o.Margins = append(o.Margins, float64(n)/float64(o.Samples))
	}
}

// sampled is a share with its 95% interval (Wilson 1927).
func sampled(id string, k, n int) Share {
	low, high := stats.Wilson(k, n)
	return Share{ID: id, Share: float64(k) / float64(n), Low: low, High: high}
}
