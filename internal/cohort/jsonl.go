package cohort

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/rows"
)

// sheets scores a chunk of JSONL: an answer sheet a line.
func (w *worker) sheets(data []byte) {
	out := w.out
	for len(data) > 0 {
		end := bytes.IndexByte(data, '\n') + 1
		if end == 0 {
			end = len(data)
		}
		record := data[:end]
		data = data[end:]
		if w.row != nil && w.shape.read(w, rows.TrimLine(record)) {
			out.rows++
			continue
		}
		if len(bytes.Trim(record, " \t\r\n")) == 0 {
			continue
		}
		if err := w.sheetLine(record); err != nil {
			out.rejects = append(out.rejects, w.rejection(record, err))
			w.rejected++
		}
		out.rows++
	}
	out.ids.keep()
	w.rows += int64(out.rows)
}

// sheetLine scores one sheet. The usual shape is read here; any other, and
// whatever is wrong with it, is left to the reader of sheets.
func (w *worker) sheetLine(record []byte) error {
	line := bytes.Trim(record, " \t\r\n")
	s := scan{w: w, src: line}
	w.own(nil)
	w.spent = nil
	for i := range w.sheet.chosen {
		w.sheet.chosen[i] = -1
	}
	if s.sheet() {
		w.shape.learn(&s)
	} else {
		if err := w.sheetSlowly(line); err != nil {
			return err
		}
	}
	return w.score(nil)
}

// sheetSlowly reads a sheet as `quiz --answers` does.
func (w *worker) sheetSlowly(line []byte) error {
	sheet, found := quiz.ReadSheet(w.c.Quiz, "line.json", line, w.rescore)
	if found != nil {
		return findings{found[0].Message, len(found)}
	}
	if len(sheet.Respondent) > maxID {
		return errLongID
	}
	w.own([]byte(sheet.Respondent))
	w.spent = sheet.Seconds
	for i := range w.c.Questions {
		q := &w.c.Questions[i]
		w.sheet.chosen[i] = -1
		if a, answered := sheet.Answers[q.ID]; answered {
			w.sheet.chosen[i] = q.Index(a)
		}
	}
	return nil
}

// findings words what is wrong with a sheet.
type findings struct {
	first string
	n     int
}

func (f findings) Error() string {
	if f.n > 1 {
		return f.first + " (and " + strconv.Itoa(f.n-1) + " more)"
	}
	return f.first
}

// scan reads a sheet of the usual shape: the keys that a sheet has, plain
// strings, answers that are one option or step. It gives up at anything else.
type scan struct {
	w     *worker
	src   []byte
	at    int
	marks []mark
}

// mark is where a value stands: the respondent's id, or the answer to a question.
type mark struct {
	from, to int
	question int // −1: the id
}

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
			from := s.at + 1
			id, ok := s.text()
			s.marks = append(s.marks, mark{from: from, to: s.at - 1, question: -1})
			if !ok || len(id) == 0 || len(id) > maxID {
				return false
			}
			s.w.own(id)
			return true
		case "quiz":
			return s.is(s.w.c.Quiz.ID)
		case "digest":
			return s.is(s.w.c.Quiz.Digest())
		}
		return false
	}) && s.at == len(s.src) && seen[0]
}

var sheetKeys = [...]string{"answers", "respondent", "quiz", "digest"}

func (s *scan) is(want string) bool {
	got, ok := s.text()
	return ok && string(got) == want
}

// answer reads the answer to one question.
func (s *scan) answer(key []byte) bool {
	q, known := s.w.asked[string(key)]
	if !known || s.w.sheet.chosen[q.question] >= 0 {
		return false
	}
	from := s.at
	if s.at < len(s.src) && s.src[s.at] == '"' {
		if _, ok := s.text(); !ok {
			return false
		}
	} else {
		for s.at < len(s.src) && s.src[s.at] >= '0' && s.src[s.at] <= '9' {
			s.at++
		}
	}
	s.marks = append(s.marks, mark{from: from, to: s.at, question: q.question})
	a, known := q.known[string(s.src[from:s.at])]
	if known {
		s.w.sheet.chosen[q.question] = a
	}
	return known
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

// asked is a question as sheets answer it.
type asked struct {
	question int
	known    map[string]int // an answer as JSON writes it → alternative
}

// askedIn lists the questions of a quiz that are answered by one option or step.
func (s *scorer) askedIn() map[string]asked {
	all := make(map[string]asked)
	for i, q := range s.c.Quiz.Questions {
		form := q.Form()
		if form.List {
			continue
		}
		one := asked{question: i, known: make(map[string]int)}
		for a, answer := range s.c.Questions[i].Alternatives {
			switch v := form.Value(answer).(type) {
			case int:
				one.known[strconv.Itoa(v)] = a
			case string:
				one.known[`"`+v+`"`] = a
			}
		}
		all[q.ID] = one
	}
	return all
}

// shape is what the lines of a program have in common: everything but the id and
// the answers. A line of the same shape needs no more than that compared.
type shape struct {
	values  []value
	answers int    // how many of the values are answers: each to another question
	text    []byte // what stands before each value, one piece after the other
	behind  []byte // what stands behind the last
}

// learn takes the shape of a line that was read.
func (sh *shape) learn(s *scan) {
	sh.values, sh.text, sh.answers = sh.values[:0], sh.text[:0], 0
	if s.w.row == nil {
		return
	}
	at := 0
	for _, m := range s.marks {
		one := value{from: len(sh.text)}
		sh.text = append(sh.text, s.src[at:m.from]...)
		one.size = len(sh.text) - one.from
		if one.size < 8 {
			var b [8]byte
			copy(b[:], sh.text[one.from:])
			one.mask = 1<<(8*one.size) - 1
			one.word = binary.LittleEndian.Uint64(b[:])
		}
		if m.question >= 0 {
			one.cells = s.w.row.columns[m.question].cells
			sh.answers++
		}
		sh.values = append(sh.values, one)
		at = m.to
	}
	sh.behind = append(sh.behind[:0], s.src[at:]...)
}

// value is where a value stands in a shape: behind a piece of text.
type value struct {
	word, mask uint64          // up to seven bytes of the text, to be compared together with the answer behind it
	from, size int             // of the text
	cells      *[256]quickCell // of an answer; nil: the id
}

// follows finds the place behind the value's text; −1: the line is another there.
func (v *value) follows(line []byte, at int, text []byte) int {
	next := at + v.size
	if next >= len(line) || string(line[at:next]) != string(text[v.from:v.from+v.size]) {
		return -1
	}
	return next
}

// read scores a line of the shape whose answers are one character each; false:
// it is another, and nothing was done.
func (sh *shape) read(w *worker, line []byte) bool {
	if sh.answers < len(w.c.Questions) {
		return false
	}
	var all quickCell
	var bad uint64
	var id []byte
	at := 0
	for i := range sh.values {
		v := &sh.values[i]
		var answer byte
		switch {
		case v.cells != nil && v.mask != 0 && at+8 <= len(line):
			word := binary.LittleEndian.Uint64(line[at:])
			bad |= word&v.mask ^ v.word
			answer = byte(word >> (8 * v.size))
			at += v.size
		default:
			if at = v.follows(line, at, sh.text); at < 0 {
				return false
			}
			answer = line[at]
		}
		if v.cells == nil {
			end := bytes.IndexByte(line[at:], '"')
			if end <= 0 {
				return false
			}
			id = line[at : at+end]
			at += end
			continue
		}
		cell := &v.cells[answer]
		bad |= cell.sums & unknown
		all.sums += cell.sums
		all.patterns += cell.patterns
		all.steps += cell.steps
		at++
	}
	if bad != 0 || at > len(line) || string(line[at:]) != string(sh.behind) || !plainID(id) || w.row.suspicious(&all) {
		return false
	}
	w.lend(id)
	w.tallyQuickly(&all, w.id, 0)
	return true
}

// planOfSheets stands for the header that JSONL does not have: a column for each
// question, and one for the id.
func planOfSheets(s *scorer) *columns.Plan {
	n := len(s.c.Questions)
	p := &columns.Plan{ID: n, By: -1, Total: -1, Start: -1, End: -1, Columns: n + 1}
	for _, one := range s.asked {
		p.Fields = append(p.Fields, columns.Field{Question: one.question, Columns: []int{one.question}, Known: one.known})
	}
	return p
}
