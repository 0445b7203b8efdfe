package columns

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
)

// What stands between the entries of a list, and what may stand around them
// besides: ["a", "b"].
const (
	separators = ",;|"
	around     = " []\""
)

// list reads a cell that holds several entries.
func (r *reading) list(cell string, optional bool) (int, error) {
	s := fold(cell)
	if strings.Trim(s, separators+around) == "" {
		return r.nothing(optional && s == "") // an empty list, [], says that nothing is picked
	}
	p := &splitter{reading: r, left: maxTries}
	if p.rest(s) {
		return r.index[fmt.Sprint(p.found)], nil
	}
	return r.unsplit(s, cell)
}

// splitter finds the entries of a list. Texts may contain separators and be the
// beginning of others, so what looks like two entries may be one: the longest
// goes first, and where nothing fits behind it, the next.
type splitter struct {
	*reading
	picks quiz.Answer
	found quiz.Answer
	left  int
}

// maxTries bounds the search; it takes a cell made for the purpose to reach it.
const maxTries = 2_000

// rest splits what is left of the cell; false: it cannot be split into an allowed answer.
func (p *splitter) rest(s string) bool {
	if p.left--; p.left < 0 {
		return false
	}
	if strings.Trim(s, separators+around) == "" && p.allowed() {
		return true
	}
	for _, start := range beginnings(s) {
		for _, word := range p.order {
			if !begins(start, word) {
				continue
			}
			entry := p.words[word]
			if entry == twofold || slices.Contains(p.picks, entry) {
				continue
			}
			p.picks = append(p.picks, entry)
			if p.rest(start[len(word):]) {
				return true
			}
			p.picks = p.picks[:len(p.picks)-1]
		}
	}
	return false
}

// allowed keeps the picks if they are an answer.
func (p *splitter) allowed() bool {
	picks := slices.Clone(p.picks)
	if !p.form.Ordered {
		slices.Sort(picks)
	}
	if _, known := p.index[fmt.Sprint(picks)]; !known {
		return false
	}
	p.found = picks
	return true
}

// beginnings are where the next entry may begin: behind what separates entries,
// or with it, as texts may begin with such characters too.
func beginnings(s string) []string {
	const most = 6
	lead := len(s) - len(strings.TrimLeft(s, separators+around))
	var all []string
	for i := range min(lead, most) {
		all = append(all, s[i:])
	}
	return append(all, s[lead:])
}

// begins reports whether a text begins with an entry, and the entry ends there.
func begins(s, word string) bool {
	rest, found := strings.CutPrefix(s, word)
	rest = strings.TrimLeft(rest, around)
	return found && (rest == "" || strings.IndexByte(separators, rest[0]) >= 0)
}

// unsplit says why a list is no allowed answer.
func (r *reading) unsplit(s, cell string) (int, error) {
	var picks quiz.Answer
	for s = strings.TrimLeft(s, separators+around); s != ""; s = strings.TrimLeft(s, separators+around) {
		i := slices.IndexFunc(r.order, func(word string) bool { return begins(s, word) })
		if i < 0 {
			return 0, fmt.Errorf("%s: %q is none of its options", r.id, shown(asWritten(r.until(s), cell)))
		}
		entry := r.words[r.order[i]]
		if entry == twofold {
			return 0, fmt.Errorf("%s: %q is the text of two of its options", r.id, shown(r.order[i]))
		}
		picks = append(picks, entry)
		s = s[len(r.order[i]):]
	}
	return r.picked(picks)
}

// asWritten finds a part of what is compared in the cell that it comes from.
func asWritten(part, cell string) string {
	if lower := strings.ToLower(cell); len(lower) == len(cell) {
		if at := strings.Index(lower, part); at >= 0 {
			return cell[at : at+len(part)]
		}
	}
	return part
}

// until cuts a text where a separator is followed by an entry.
func (r *reading) until(s string) string {
	for i := range s {
		if strings.IndexByte(separators, s[i]) < 0 {
			continue
		}
		rest := strings.TrimLeft(s[i:], separators+around)
		if rest == "" || slices.ContainsFunc(r.order, func(word string) bool { return begins(rest, word) }) {
			return strings.TrimRight(s[:i], around)
		}
		if i > 200 {
			break
		}
	}
	return s
}

// nothing is what an empty cell means: no pick, where none may be picked and the
// question has to be answered; otherwise no answer.
func (r *reading) nothing(optional bool) (int, error) {
	if none, allowed := r.index[fmt.Sprint(quiz.Answer{})]; allowed && !optional {
		return none, nil
	}
	return -1, nil
}

// picked finds the alternative that a list of picks is.
func (r *reading) picked(given quiz.Answer) (int, error) {
	picks := slices.Clone(given)
	if !r.form.Ordered {
		slices.Sort(picks)
	}
	for i, p := range given {
		if slices.Contains(given[:i], p) {
			return 0, fmt.Errorf("%s: %q is there twice", r.id, shown(r.form.Texts[p]))
		}
	}
	if a, known := r.index[fmt.Sprint(picks)]; known {
		return a, nil
	}
	switch {
	case r.form.Ordered:
		return 0, fmt.Errorf("%s: %d of its %d options are ranked", r.id, len(picks), len(r.form.IDs))
	case len(picks) > r.form.Max:
		return 0, fmt.Errorf("%s: %d options are picked, at most %d may be", r.id, len(picks), r.form.Max)
	}
	return 0, fmt.Errorf("%s: %d options are picked, at least %d must be", r.id, len(picks), r.form.Min)
}
