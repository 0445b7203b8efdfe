package quiz

// DefaultKind is the kind of a question that names none.
const DefaultKind = "choice"

// A kind is everything the tool knows of one way of asking. A new kind is one
// more entry of kindList: decoding, scoring, asking and sheets read it there.
type kind struct {
	name    string
	keys    []string // the question keys that only some kinds have
	options int      // the most options it may have; 0: it has none
	form    func(*Question) Form
	// points adds what the picks earn to a vector indexed like dims.
	points func(q *Question, picks Answer, dims []string, sum []int)
}

var kindList = []kind{
	{
		name: "choice", keys: []string{"option", "shuffle"}, options: 26,
		form:   func(q *Question) Form { return optionForm(q, Form{Min: 1, Max: 1}) },
		points: func(q *Question, a Answer, dims []string, sum []int) { addOptions(q, a, dims, sum, flat) },
	},
	{
		name: "scale", keys: []string{"measures", "labels"},
		form: func(q *Question) Form {
			n := len(q.Labels)
			return Form{IDs: steps(n), Texts: q.Labels, Fixed: make([]bool, n), Min: 1, Max: 1, Steps: true}
		},
		points: addStep,
	},
	{
		name: "multi", keys: []string{"option", "shuffle", "pick"}, options: maxPicks,
		form: func(q *Question) Form {
			return optionForm(q, Form{Min: q.Pick.Min, Max: q.Pick.Max, List: true})
		},
		points: func(q *Question, a Answer, dims []string, sum []int) { addOptions(q, a, dims, sum, flat) },
	},
	{
		name: "rank", keys: []string{"option", "shuffle"}, options: 6,
		form: func(q *Question) Form {
			n := len(q.Options)
			return optionForm(q, Form{Min: n, Max: n, List: true, Ordered: true})
		},
		points: func(q *Question, a Answer, dims []string, sum []int) { addOptions(q, a, dims, sum, byPlace) },
	},
}

// Kinds lists the names of the kinds of question.
func Kinds() []string {
	names := make([]string, len(kindList))
	for i, k := range kindList {
		names[i] = k.name
	}
	return names
}

func kindNamed(name string) *kind {
	return find(kindList, func(k *kind) bool { return k.name == name })
}

func (q *Question) kind() *kind { return kindNamed(q.Kind) }

func optionForm(q *Question, f Form) Form {
	for _, o := range q.Options {
		f.IDs = append(f.IDs, o.ID)
		f.Texts = append(f.Texts, o.Text)
		f.Fixed = append(f.Fixed, o.Fixed)
	}
	return f
}

// flat counts every pick once.
func flat(int, int) int { return 1 }

// byPlace counts the option in place p of n (from 1) n−p times.
func byPlace(place, n int) int { return n - place }

func addOptions(q *Question, a Answer, dims []string, sum []int, times func(place, n int) int) {
	for i, pick := range a {
		points := q.Options[pick].Points
		for d, id := range dims {
			sum[d] += points[id] * times(i+1, len(a))
		}
	}
}

// addStep: step i of n earns (i−1)·w, or (n−i)·|w| for a reverse-keyed item.
func addStep(q *Question, a Answer, dims []string, sum []int) {
	step, n := a[0]+1, len(q.Labels)
	for d, id := range dims {
		if w := q.Measures[id]; w > 0 {
			sum[d] += (step - 1) * w
		} else {
			sum[d] += (n - step) * -w
		}
	}
}

// Points adds what the answer earns to sum, which is indexed like dims, a list of dimension ids.
func (q *Question) Points(a Answer, dims []string, sum []int) {
	q.kind().points(q, a, dims, sum)
}
