package cohort

import "github.com/rolefit/rolefit/internal/lane"

// tally is what the rows come to, in exact sums: its size does not depend on
// how many rows there are. Each worker has its own; they are merged at the end.
type tally struct {
	rows, scored, rejected int64
	outcomes               []int64
	flags                  [flagKinds]int64
	scores                 []map[int][]int64 // dimension, number of scores it can have → raw − min → rows
	complete               *complete
	patterns               *patternCounts // of the complete rows; nil: each is added to the sums by itself
	leads                  [][]int64      // first role, second role → rows
	groups                 map[string]*group
	places                 *places // on the plane of a report; nil: there is none
	times                  bool    // some sheet says how long it took
	manyGroups             bool    // more than maxGroups: they are not told apart
}

// complete sums up the rows that have an answer to every question that is scored
// and asked of everybody: what reliability is worked out from.
type complete struct {
	n       int64
	answers [][]int64 // question, alternative → rows
	scales  []moments // dimension
	raw     moments   // of the sums of all dimensions
}

// moments are exact sums of values and of their products, of values so small that
// 64 bits hold them (see stats.Moments).
type moments struct {
	sum   []int64
	cross []int64 // of i and j ≥ i, row by row: see at
}

func newMoments(n int) moments {
	return moments{sum: lane.Apart[int64](n), cross: lane.Apart[int64](n * (n + 1) / 2)}
}

// at is where the products of two values are summed up, either way round.
func (m *moments) at(i, j int) *int64 {
	i, j = min(i, j), max(i, j)
	return &m.cross[i*(2*len(m.sum)-i+1)/2+j-i]
}

// add takes the values of a row in.
func (m *moments) add(values []int) {
	cross := m.cross
	for i, v := range values {
		m.sum[i] += int64(v)
		rest := values[i:]
		some := cross[:len(rest)]
		for j, other := range rest {
			some[j] += int64(v) * int64(other)
		}
		cross = cross[len(rest):]
	}
}

func (m *moments) merge(other *moments) {
	addAll(m.sum, other.sum)
	addAll(m.cross, other.cross)
}

// triangle gives the products row by row.
func (m *moments) triangle() (rows [][]int64) {
	cross := m.cross
	for n := len(m.sum); n > 0; n-- {
		rows = append(rows, cross[:n])
		cross = cross[n:]
	}
	return rows
}

func (s *quizInfo) newTally() *tally {
	roles := len(s.c.Weights)
	t := &tally{
		outcomes: lane.Apart[int64](len(s.names)), scores: make([]map[int][]int64, len(s.items)), groups: make(map[string]*group),
		leads: make([][]int64, roles), complete: s.newComplete(),
	}
	for d := range t.scores {
		t.scores[d] = make(map[int][]int64)
	}
	for r := range t.leads {
		t.leads[r] = lane.Apart[int64](roles)
	}
	if s.patterns.units != nil {
		t.patterns = newPatternCounts(&s.patterns)
	}
	return t
}

func (s *quizInfo) newComplete() *complete {
	c := &complete{answers: make([][]int64, len(s.c.Questions)), raw: newMoments(len(s.items))}
	for i, q := range s.c.Questions {
		if s.fixed[i] {
			c.answers[i] = make([]int64, len(q.Alternatives))
		}
	}
	for _, items := range s.items {
		c.scales = append(c.scales, newMoments(len(items)))
	}
	return c
}

// counted is where the scores of a dimension are counted that has so many.
func (t *tally) counted(d, size int) []int64 {
	if t.scores[d][size] == nil {
		t.scores[d][size] = lane.Apart[int64](size)
	}
	return t.scores[d][size]
}

// count adds a row.
func (w *worker) count(x *row) {
	w.scored++
	w.outcomes[x.verdict.Outcome]++
	w.leads[x.verdict.First][x.verdict.Second]++
	if x.flags != 0 {
		for i := range w.tally.flags {
			if x.flags.has(flag(i)) {
				w.tally.flags[i]++
			}
		}
	}
	for d, counts := range x.situation.Frame.Counts {
		if counts != nil {
			counts[x.raw[d]]++
		}
	}
	if w.plan.By >= 0 {
		w.countGroup(x)
	}
	if x.situation.Fixed {
		w.countComplete(x)
	}
	if w.places != nil {
		w.places.count(x.situation.Frame, x.raw, x.verdict.Outcome)
	}
}

// countComplete adds a row that answers everything that is asked of everybody.
func (w *worker) countComplete(x *row) {
	c := w.complete
	copy(w.whole, x.raw)
	w.reader.FixedSums(x.situation, w.whole)
	for d, least := range w.least {
		w.whole[d] += least
	}
	c.raw.add(w.whole)
	if w.tally.patterns != nil {
		if w.tally.patterns.add(&w.reader.Worth.Tag); w.tally.patterns.rows == maxRows {
			w.settle()
		}
		return
	}
	c.n++
	for i, counts := range c.answers {
		if counts != nil {
			counts[w.reader.Chosen(i)]++
		}
	}
	for d, items := range w.items {
		w.item = w.item[:0]
		for _, q := range items {
			w.item = append(w.item, w.c.Questions[q].Points[w.reader.Chosen(q)][d])
		}
		c.scales[d].add(w.item)
	}
}

// settle adds what was counted by pattern to the sums.
func (w *worker) settle() {
	if w.tally.patterns != nil {
		w.tally.patterns.settle(w.c, w.items, w.complete)
	}
}

// merge adds another worker's tally, which is settled.
func (t *tally) merge(o *tally) {
	t.rows += o.rows
	t.scored += o.scored
	t.times = t.times || o.times
	t.rejected += o.rejected
	addAll(t.outcomes, o.outcomes)
	addAll(t.flags[:], o.flags[:])
	for d, sizes := range o.scores {
		for size, counts := range sizes {
			addAll(t.counted(d, size), counts)
		}
	}
	for r := range t.leads {
		addAll(t.leads[r], o.leads[r])
	}
	t.complete.merge(o.complete)
	t.mergeGroups(o)
	if o.places != nil {
		t.places.merge(o.places.Plane)
	}
}

func addAll(to, from []int64) {
	for i, n := range from {
		to[i] += n
	}
}

func (c *complete) merge(o *complete) {
	c.n += o.n
	for i := range c.answers {
		addAll(c.answers[i], o.answers[i])
	}
	for d := range c.scales {
		c.scales[d].merge(&o.scales[d])
	}
	c.raw.merge(&o.raw)
}
