package cohort

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// sheets scores a chunk of JSONL: an answer sheet a line.
func (w *worker) sheets(data []byte) {
	for len(data) > 0 {
		end := endOf(data, 0, false)
		record := data[:end]
		data = data[end:]
		if len(bytes.Trim(record, blanks)) == 0 {
			continue
		}
		err := w.readSheet(bytes.Trim(record, blanks))
		if err == nil {
			err = w.score()
		}
		w.judge(record, err)
	}
}

// blanks is the white space of JSON.
const blanks = " \t\r\n"

// readSheet reads one sheet. The usual shape is read here; any other, and
// whatever is wrong with it, is left to the reader of sheets.
func (w *worker) readSheet(line []byte) error {
	s := &w.scan
	s.begin(line)
	usual := s.sheet()
	if usual && w.take(s) {
		return nil
	}
	w.out.lane.Met++
	return w.readAnySheet(line, usual)
}

// take takes in a sheet of the usual shape; false: it holds an answer that was not met before.
func (w *worker) take(s *scan) bool {
	w.reader.Begin()
	w.row.spent, w.row.id, w.row.lent = nil, s.id, true
	for q, value := range s.values {
		if value == nil {
			w.reader.Put(q, score.Unknown)
		} else if !w.reader.Find(q, value) {
			return false
		}
	}
	return true
}

// readAnySheet reads a sheet as `quiz --answers` does. Where its shape is the usual
// one, what its answers mean is remembered.
func (w *worker) readAnySheet(line []byte, usual bool) error {
	sheet, found := quiz.ReadSheet(w.c.Quiz, "line.json", line, w.rescore)
	if found != nil {
		if n := len(found); n > 1 {
			return fmt.Errorf("%s (and %d more)", found[0].Message, n-1)
		}
		return fmt.Errorf("%s", found[0].Message)
	}
	if len(sheet.Respondent) > maxID {
		return errLongID
	}
	w.row.spent, w.row.id, w.row.lent = sheet.Seconds, []byte(sheet.Respondent), false
	w.reader.Begin()
	for i := range w.c.Questions {
		q, chosen := &w.c.Questions[i], score.Unknown
		if a, answered := sheet.Answers[q.ID]; answered {
			chosen = q.Index(a)
		}
		w.reader.Put(i, chosen)
		if value := w.scan.values[i]; usual && value != nil {
			w.reader.Meet(i, value, chosen)
		}
	}
	return nil
}

// scan reads a sheet of the usual shape: the keys that a program writes, plain
// strings, answers of digits, a string or a list of strings. It gives up at
// anything else, and does not judge what an answer means.
type scan struct {
	quiz      *quiz.Quiz
	questions map[string]int
	src       []byte
	at        int
	next      int      // the question behind the last one answered: programs keep an order
	id        []byte   // of the respondent; nil: the sheet has none
	values    [][]byte // question → its answer as it stands there; nil: it has none
}

func newScan(q *quiz.Quiz) scan {
	s := scan{quiz: q, questions: make(map[string]int), values: make([][]byte, len(q.Questions))}
	for i, one := range q.Questions {
		s.questions[one.ID] = i
	}
	return s
}

func (s *scan) begin(line []byte) {
	s.src, s.at, s.next, s.id = line, 0, 0, nil
	clear(s.values)
}

// sheetKeys are those of the usual shape.
var sheetKeys = [...]string{"answers", "respondent", "quiz", "digest"}

func (s *scan) sheet() bool {
	var seen [len(sheetKeys)]bool
	return s.object(func(key []byte) bool {
		at := slices.Index(sheetKeys[:], string(key))
		if at < 0 || seen[at] {
			return false
		}
		seen[at] = true
		switch string(key) {
		case "answers":
			return s.object(s.answer)
		case "respondent":
			var ok bool
			s.id, ok = s.text()
			return ok && len(s.id) > 0 && len(s.id) <= maxID
		case "quiz":
			return s.is(s.quiz.ID)
		}
		return s.is(s.quiz.Digest())
	}) && s.at == len(s.src) && seen[0]
}

func (s *scan) is(want string) bool {
	got, ok := s.text()
	return ok && string(got) == want
}

// answer reads the answer to one question.
func (s *scan) answer(key []byte) bool {
	q := s.next
	if q >= len(s.values) || s.quiz.Questions[q].ID != string(key) {
		var known bool
		if q, known = s.questions[string(key)]; !known {
			return false
		}
	}
	from := s.at
	if s.values[q] != nil || !s.value() {
		return false
	}
	s.values[q], s.next = s.src[from:s.at], q+1
	return true
}

// value goes over digits, a string or a list of strings.
func (s *scan) value() bool {
	switch {
	case s.at == len(s.src):
		return false
	case s.src[s.at] == '"':
		_, ok := s.text()
		return ok
	case s.src[s.at] == '[':
		return s.list()
	}
	from := s.at
	for s.at < len(s.src) && s.src[s.at] >= '0' && s.src[s.at] <= '9' {
		s.at++
	}
	return s.at > from
}

func (s *scan) list() bool {
	s.at++
	if s.skip(']') {
		return true
	}
	for {
		s.space()
		if _, ok := s.text(); !ok {
			return false
		}
		if s.skip(']') {
			return true
		}
		if !s.skip(',') {
			return false
		}
	}
}

// object reads an object whose keys are plain; value reads what a key has.
func (s *scan) object(value func(key []byte) bool) bool {
	if !s.skip('{') {
		return false
	}
	if s.skip('}') {
		return true
	}
	for {
		s.space()
		key, ok := s.text()
		if !ok || !s.skip(':') {
			return false
		}
		s.space()
		if !value(key) {
			return false
		}
		if s.skip('}') {
			return true
		}
		if !s.skip(',') {
			return false
		}
	}
}

// skip goes over white space and one character.
func (s *scan) skip(c byte) bool {
	s.space()
	if s.at == len(s.src) || s.src[s.at] != c {
		return false
	}
	s.at++
	return true
}

func (s *scan) space() {
	for s.at < len(s.src) && (s.src[s.at] == ' ' || s.src[s.at] == '\t' || s.src[s.at] == '\r') {
		s.at++
	}
}

// text reads a string of printable ASCII without escapes.
func (s *scan) text() ([]byte, bool) {
	if s.at == len(s.src) || s.src[s.at] != '"' {
		return nil, false
	}
	s.at++
	from := s.at
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == '"':
			s.at++
			return s.src[from : s.at-1], true
		case c < ' ' || c > '~' || c == '\\':
			return nil, false
		}
		s.at++
	}
	return nil, false
}

// planOfSheets stands for the header that JSONL does not have: a column for each
// question. A cell is what a sheet has for an answer, as JSON writes it.
func planOfSheets(c *score.Compiled) *columns.Plan {
	p := &columns.Plan{ID: -1, By: -1, Total: -1, Start: -1, End: -1, Columns: len(c.Questions)}
	for i, q := range c.Quiz.Questions {
		f := columns.Field{Question: i, Columns: []int{i}}
		if form := q.Form(); !form.List {
			f.Known = make(map[string]int)
			for a, answer := range c.Questions[i].Alternatives {
				switch v := form.Value(answer).(type) {
				case int:
					f.Known[strconv.Itoa(v)] = a
				case string:
					f.Known[`"`+v+`"`] = a
				}
			}
		}
		p.Fields = append(p.Fields, f)
	}
	return p
}
