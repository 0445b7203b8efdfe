package columns

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// reading is one question's answers as cells have them.
type reading struct {
	id    string
	form  quiz.Form
	codes bool           // its header was an id
	index map[string]int // picks → alternative
	words map[string]int // cell, set to what is compared → entry; −2: it means two of them
	order []string       // the words, the longest first
}

// twofold marks a text that two entries have.
const twofold = -2

func newReading(c *score.Compiled, q int, how manner, m *Map) *reading {
	one := c.Quiz.Questions[q]
	r := &reading{
		id: one.ID, form: one.Form(), codes: how.codes, index: make(map[string]int), words: make(map[string]int),
	}
	for a, answer := range c.Questions[q].Alternatives {
		r.index[fmt.Sprint(answer)] = a
	}
	ids, texts := make(map[string]int), make(map[string]int)
	for i, id := range r.form.IDs {
		ids[id] = i
	}
	for i, t := range r.form.Texts {
		t = fold(t)
		if _, twice := texts[t]; twice {
			i = twofold
		}
		texts[t] = i
	}
	// What the author says goes first. Of one entry's id and another's text, say
	// step 4 and the label 4 of a scale from 0, that goes first which the header is.
	all := []map[string]int{nil, texts, ids}
	if how.codes {
		all = []map[string]int{nil, ids, texts}
	}
	if m != nil {
		all[0] = m.cells[one.ID]
	}
	for _, words := range all {
		for word, entry := range words {
			if _, known := r.words[word]; !known && word != "" {
				r.words[word] = entry
			}
		}
	}
	r.order = slices.SortedFunc(maps.Keys(r.words), func(a, b string) int {
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	})
	return r
}

// entry finds what a cell, set to what is compared, means.
func (r *reading) entry(s string) (entry int, known bool) {
	if entry, known = r.words[s]; known {
		return entry, true
	}
	if code := codeOf(s); r.codes && code >= 0 && code < len(r.form.IDs) {
		return code, true
	}
	return 0, false
}

// wholeField reads a question from one column.
func wholeField(c *score.Compiled, q, column int, how manner, m *Map) Field {
	r := newReading(c, q, how, m)
	f := Field{Question: q, Columns: []int{column}}
	if r.form.List {
		optional := c.Quiz.Questions[q].Optional
		f.Read = func(cells [][]byte) (int, error) { return r.list(string(cells[0]), optional) }
		return f
	}
	f.Read = func(cells [][]byte) (int, error) { return r.single(string(cells[0])) }
	f.Known = map[string]int{"": -1}
	for _, s := range slices.Concat(r.form.IDs, r.form.Texts) {
		if a, err := r.single(s); err == nil {
			f.Known[s] = a
		}
	}
	return f
}

// single reads a cell that holds one entry.
func (r *reading) single(cell string) (int, error) {
	s := fold(cell)
	if s == "" {
		return -1, nil
	}
	entry, known := r.entry(s)
	if !known && r.form.Steps {
		entry, known = r.step(s)
	}
	switch {
	case !known && r.form.Steps:
		return 0, fmt.Errorf("%s: %q is no step of its scale (1 to %d, or a label)", r.id, shown(cell), len(r.form.IDs))
	case !known:
		return 0, fmt.Errorf("%s: %q is none of its options", r.id, shown(cell))
	case entry == twofold:
		return 0, fmt.Errorf("%s: %q is the text of two of its options", r.id, shown(cell))
	}
	return r.index[fmt.Sprint(quiz.Answer{entry})], nil
}

// step reads 4.0, and a number with its label: 4 - A lot, 4 (A lot).
func (r *reading) step(s string) (entry int, known bool) {
	rest := strings.TrimLeft(s, "0123456789")
	digits := s[:len(s)-len(rest)]
	entry = slices.Index(r.form.IDs, digits)
	if word, known := r.words[digits]; known {
		entry = word
	}
	if entry < 0 {
		return 0, false
	}
	if zeros := strings.TrimLeft(rest, ".,"); len(rest)-len(zeros) == 1 && strings.Trim(zeros, "0") == "" {
		return entry, true
	}
	label := strings.TrimLeft(rest, " -–—:=().")
	for _, label := range []string{label, strings.TrimSuffix(label, ")")} {
		// The label stands by itself, and has to be that of the step.
		if i := slices.IndexFunc(r.form.Texts, func(t string) bool { return fold(t) == label }); i >= 0 && label != "" {
			return i, i == entry || digits == r.form.IDs[i]
		}
	}
	return 0, false
}

// What a cell of an option's own column says.
var (
	yes = []string{"1", "1.0", "y", "yes", "true", "x", "✓", "✔", "selected", "checked", "ja", "oui", "sí", "si"}
	no  = []string{"0", "0.0", "n", "no", "false", "not selected", "unchecked", "nein", "non", "n/a", "-"}
)

// partsField reads a question from a column for each option, or for each place of a rank.
func partsField(c *score.Compiled, q int, parts map[int]int, how manner, m *Map) Field {
	r := newReading(c, q, how, m)
	f := Field{Question: q}
	order := slices.Sorted(maps.Keys(parts))
	for _, part := range order {
		f.Columns = append(f.Columns, parts[part])
	}
	optional := c.Quiz.Questions[q].Optional
	switch {
	case how.places:
		f.Read = r.byPlace
	case r.form.Ordered:
		f.Read = func(cells [][]byte) (int, error) { return r.byNumber(order, cells) }
	default:
		f.Read = func(cells [][]byte) (int, error) { return r.ticked(order, how.bare, cells, optional) }
	}
	return f
}

// ticked reads a column for each option: something in it, or nothing.
func (r *reading) ticked(order []int, bare bool, cells [][]byte, optional bool) (int, error) {
	var picks quiz.Answer
	said := false
	for i, cell := range cells {
		s := fold(string(cell))
		said = said || s != ""
		own := r.words[s] == order[i] && s != "" || s == fold(r.form.Texts[order[i]])
		switch {
		case s == "":
		case own && bare: // the text stands in the cell, even where it is No
			picks = append(picks, order[i])
		case slices.Contains(no, s):
		case own || slices.Contains(yes, s):
			picks = append(picks, order[i])
		default:
			return 0, fmt.Errorf("%s: %q does not say whether %q was picked", r.id, shown(string(cell)), shown(r.form.Texts[order[i]]))
		}
	}
	if none, allowed := r.index[fmt.Sprint(quiz.Answer{})]; said && len(picks) == 0 && allowed {
		return none, nil
	}
	if len(picks) == 0 {
		return r.nothing(optional) // and nothing but no is no answer, where one has to be picked
	}
	return r.picked(picks)
}

// byPlace reads a column for each place, with the option that stands there.
func (r *reading) byPlace(cells [][]byte) (int, error) {
	var picks quiz.Answer
	for _, cell := range cells {
		s := fold(string(cell))
		if s == "" {
			continue
		}
		entry, known := r.entry(s)
		switch {
		case !known:
			return 0, fmt.Errorf("%s: %q is none of its options", r.id, shown(string(cell)))
		case entry == twofold:
			return 0, fmt.Errorf("%s: %q is the text of two of its options", r.id, shown(string(cell)))
		}
		picks = append(picks, entry)
	}
	if len(picks) == 0 {
		return -1, nil
	}
	return r.picked(picks)
}

// byNumber reads a column for each option, with the place that it has.
func (r *reading) byNumber(order []int, cells [][]byte) (int, error) {
	picks := slices.Repeat(quiz.Answer{-1}, len(cells))
	said := 0
	for i, cell := range cells {
		s := fold(string(cell))
		if s == "" {
			continue
		}
		place := placeOf(s, len(cells))
		if place < 0 || picks[place] >= 0 {
			return 0, fmt.Errorf("%s: %q is no place of its own (1 to %d)", r.id, shown(string(cell)), len(cells))
		}
		picks[place] = order[i]
		said++
	}
	switch said {
	case 0:
		return -1, nil
	case len(cells):
		return r.picked(picks)
	}
	return 0, fmt.Errorf("%s: %d of its %d options are ranked", r.id, said, len(cells))
}
