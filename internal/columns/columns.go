package columns

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/rolefit/rolefit/internal/quiz"
)

// find takes the columns that belong to questions, what leaves no doubt first: a
// column that one way of reading its header takes is not looked at by the next.
func (h *headers) find() {
	for _, look := range []func(i int){h.exactID, h.text, h.anyID, h.part, h.coded, h.numbered} {
		for i := range h.header {
			if !h.taken[i] && h.plain[i] != "" {
				look(i)
			}
		}
	}
	h.options()
}

// mapped takes the columns that the map file names.
func (h *headers) mapped() {
	m := h.o.Map
	if m == nil {
		return
	}
	for _, c := range m.columns {
		i := slices.Index(h.plain, c.header)
		if letter, is := strings.CutPrefix(c.header, "column "); i < 0 && is {
			i = h.lettered(letter)
		}
		switch {
		case i < 0:
			h.fault("the map names a column %q, and the table has none; the columns are %s", shown(c.name), h.some())
		case slices.Contains(h.plain[i+1:], c.header):
			h.fault("the map names a column %q, and several have that header: name them by their letters, as \"column B\"", shown(c.name))
		case h.taken[i]:
			h.fault("the map names %s twice", h.column(i))
		case c.option < 0:
			h.take(i, c.question)
		default:
			h.takePart(i, c.question, c.option, manner{})
		}
	}
	if h.o.ID == "" {
		h.o.ID = m.id
	}
	if h.o.By == "" {
		h.o.By = m.by
	}
}

// lettered finds a column by its letters; −1: none.
func (h *headers) lettered(s string) int {
	for i := range h.header {
		if strings.EqualFold(letters(i), s) {
			return i
		}
	}
	return -1
}

// exactID takes a column whose header is a question's id, to the letter.
func (h *headers) exactID(i int) {
	if q := h.id(strings.TrimSpace(h.header[i])); q >= 0 {
		h.take(i, q)
		h.manner[q] = manner{codes: true}
	}
}

// anyID takes a column whose header is a question's id but for case.
func (h *headers) anyID(i int) {
	if q := h.id(h.plain[i]); q >= 0 {
		h.take(i, q)
		h.manner[q] = manner{codes: true}
	}
}

// text takes a column whose header is a question's text. Questions that read the
// same get theirs in order.
func (h *headers) text(i int) { h.asked(i, h.byText[h.plain[i]]) }

// asked takes a column for the first of these questions that has none.
func (h *headers) asked(i int, questions []int) {
	if len(questions) == 0 {
		return
	}
	free := slices.IndexFunc(questions, func(q int) bool { _, whole := h.whole[q]; return !whole && h.parts[q] == nil })
	h.take(i, questions[max(free, 0)]) // with none free, this says that it is there twice
}

// coded takes a column whose header is a question's id and its text, as
// LimeSurvey has it: Q1. Text.
func (h *headers) coded(i int) {
	if code, rest, cut := strings.Cut(h.plain[i], ". "); cut && !strings.HasSuffix(code, "]") {
		if q := h.id(code); q >= 0 {
			h.take(i, q)
		} else if !strings.Contains(code, " ") {
			h.asked(i, h.byText[rest])
		}
	}
}

// numbered takes a column whose header is the text of several questions with a
// number behind it that tells them apart, as Microsoft Forms has it.
func (h *headers) numbered(i int) {
	if bare := strings.TrimRight(h.plain[i], "0123456789"); bare != h.plain[i] && len(h.byText[bare]) > 1 {
		h.asked(i, h.byText[bare])
	}
}

// part takes a column that is a part of a question: Question [Part], Q1[Part], or
// Q1[Part]. Question [Part text].
func (h *headers) part(i int) {
	header := h.plain[i]
	if code, _, cut := strings.Cut(header, "]. "); cut && h.partOf(i, code+"]") {
		return
	}
	if !strings.HasSuffix(header, "]") {
		return
	}
	if h.partOf(i, header) {
		return
	}
	for _, inside := range brackets(header) { // a grid: each row of it is a question
		if q := h.question(inside[1]); len(q) > 0 && len(h.question(inside[0])) == 0 {
			h.asked(i, q)
			return
		}
	}
}

// partOf takes a column with such a header; false: it is of no known part.
func (h *headers) partOf(i int, header string) bool {
	for _, inside := range brackets(header) {
		for _, q := range h.question(inside[0]) {
			one := h.c.Quiz.Questions[q]
			part, how := partOf(one, inside[1])
			if _, twice := h.parts[q][part]; twice && len(h.question(inside[0])) > 1 {
				continue // the next that reads the same
			}
			how.codes = h.id(inside[0]) >= 0
			switch {
			case part < 0:
				continue
			case !one.Form().List:
				h.take(i, q)
				h.manner[q] = how
			default:
				h.takePart(i, q, part, how)
			}
			return true
		}
	}
	return false
}

// partOf reads what stands in brackets behind a question; −1: no part of it.
func partOf(one *quiz.Question, part string) (int, manner) {
	form := one.Form()
	option, place, code := optionOf(form, part), placeOf(part, len(form.IDs)), codeOf(part)
	switch {
	case !form.List && (part == "sq001" || part == plain(one.Ask)):
		return 0, manner{}
	case !form.List:
		return -1, manner{}
	case form.Ordered && place >= 0:
		return place, manner{places: true}
	case option >= 0:
		return option, manner{}
	case code >= 0:
		return code, manner{coded: true}
	}
	return -1, manner{}
}

// brackets parts a header that ends with something in brackets, in every way
// that it can be, as brackets may stand in texts too.
func brackets(s string) (all [][2]string) {
	if !strings.HasSuffix(s, "]") {
		return nil
	}
	for open := 1; open < len(s)-1; open++ {
		if s[open] == '[' {
			all = append(all, [2]string{strings.TrimRight(s[:open], "* "), strings.TrimSpace(s[open+1 : len(s)-1])})
		}
	}
	return all
}

// id finds a question by its id; −1: none.
func (h *headers) id(s string) int {
	return slices.IndexFunc(h.c.Quiz.Questions, func(q *quiz.Question) bool { return q.ID == s })
}

// question finds questions by an id, a text, or both with a point between them.
func (h *headers) question(s string) []int {
	code, rest, _ := strings.Cut(s, ". ")
	for _, id := range []string{s, code} {
		if q := h.id(id); q >= 0 {
			return []int{q}
		}
	}
	if same := h.byText[s]; len(same) > 0 {
		return same
	}
	return h.byText[rest]
}

// optionOf finds an option by its id or its text; −1: none.
func optionOf(form quiz.Form, s string) int {
	if i := slices.Index(form.IDs, s); i >= 0 {
		return i
	}
	s = plain(s)
	return slices.IndexFunc(form.Texts, func(t string) bool { return plain(t) == s })
}

// placeOf reads a place of a rank: 1, 1st, rank 1 or 1st choice; from 0, −1: none.
func placeOf(s string, n int) int {
	for _, word := range []string{"rank ", "ranking ", "place ", "choice "} {
		s = strings.TrimPrefix(s, word)
	}
	for _, word := range []string{" choice", " place", "st", "nd", "rd", "th", ".0"} {
		s = strings.TrimSuffix(s, word)
	}
	if place, err := strconv.Atoi(s); err == nil && place >= 1 && place <= n {
		return place - 1
	}
	return -1
}

// codes are those that LimeSurvey gives to options unless told otherwise.
var codes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:sq\d|ao)(\d\d)$`) })

// codeOf reads such a code, SQ001 or AO01; from 0, −1: none.
func codeOf(s string) int {
	m := codes().FindStringSubmatch(s)
	if m == nil {
		return -1
	}
	n, _ := strconv.Atoi(m[1])
	return n - 1
}

// options takes columns whose header is nothing but the text of an option. All
// of a question's have to be there, or else they may be anything. Two questions
// may share options: columns that stand together go first.
func (h *headers) options() {
	for i := range h.header {
		for q := range h.c.Quiz.Questions {
			h.together(i, q)
		}
	}
	for q := range h.c.Quiz.Questions {
		h.scattered(q)
	}
}

// open reports whether a question is one of several options that has no columns.
func (h *headers) open(q int) bool {
	_, whole := h.whole[q]
	return !whole && h.parts[q] == nil && h.c.Quiz.Questions[q].Form().List
}

// together takes the columns from the ith on, if they are the options of the question.
func (h *headers) together(i, q int) {
	form := h.c.Quiz.Questions[q].Form()
	if !h.open(q) || i+len(form.IDs) > len(h.header) {
		return
	}
	found := make(map[int]int)
	for at := i; at < i+len(form.IDs); at++ {
		if option := optionOf(form, h.plain[at]); option >= 0 && !h.taken[at] {
			found[option] = at
		}
	}
	h.takeAll(q, found)
}

// scattered takes the options of the question wherever they stand.
func (h *headers) scattered(q int) {
	if !h.open(q) {
		return
	}
	form := h.c.Quiz.Questions[q].Form()
	found := make(map[int]int)
	for at := range h.header {
		if option := optionOf(form, h.plain[at]); option >= 0 && !h.taken[at] {
			if _, twice := found[option]; !twice {
				found[option] = at
			}
		}
	}
	h.takeAll(q, found)
}

// takeAll takes the columns of a question's options if all have one.
func (h *headers) takeAll(q int, found map[int]int) {
	if len(found) < len(h.c.Quiz.Questions[q].Options) {
		return
	}
	for option, column := range found {
		h.takePart(column, q, option, manner{bare: true})
	}
}
