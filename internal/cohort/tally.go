package cohort

// tally is what the rows come to, in exact sums: its size does not depend on
// how many rows there are. Each worker has its own; they are merged at the end.
type tally struct {
	rows, scored, rejected int64
	outcomes               []int64
	flags                  [flagKinds]int64
	scores                 []map[int][]int64 // dimension, number of scores it can have → raw − min → rows
	complete               *complete
	leads                  [][]int64 // first role, second role → rows
	groups                 map[string]*group
	times                  bool // some sheet says how long it took
	manyGroups             bool // more than maxGroups: they are not told apart
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
	cross [][]int64 // i, j−i: the upper triangle, row by row
}

func newMoments(n int) moments {
	m := moments{sum: make([]int64, n), cross: make([][]int64, n)}
	for i := range n {
		m.cross[i] = make([]int64, n-i)
	}
	return m
}

// add takes the values of a number of rows in that are all alike.
func (m *moments) add(values []int, times int64) {
	for i, v := range values {
		part := int64(v) * times
		m.sum[i] += part
		cross := m.cross[i]
		for j, other := range values[i:] {
			cross[j] += part * int64(other)
		}
	}
}

// shift adds a constant to every value of n rows.
func (m *moments) shift(by []int, n int64) {
	for i := range m.sum {
		for k := range m.cross[i] {
			a, b := int64(by[i]), int64(by[i+k])
			m.cross[i][k] += a*m.sum[i+k] + b*m.sum[i] + n*a*b
		}
	}
	for i := range m.sum {
		m.sum[i] += n * int64(by[i])
	}
}

func (m *moments) merge(other *moments) {
	addAll(m.sum, other.sum)
	for i := range m.cross {
		addAll(m.cross[i], other.cross[i])
	}
}

func (s *scorer) newTally() *tally {
	roles := len(s.c.Weights)
	t := &tally{
		outcomes: make([]int64, len(s.names)), scores: make([]map[int][]int64, len(s.items)), groups: make(map[string]*group),
		leads: make([][]int64, roles), complete: s.newComplete(),
	}
	for d := range t.scores {
		t.scores[d] = make(map[int][]int64)
	}
	for r := range t.leads {
		t.leads[r] = make([]int64, roles)
	}
	return t
}

func (s *scorer) newComplete() *complete {
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

// merge adds another worker's tally.
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
