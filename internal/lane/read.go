package lane

import (
	"bytes"
	"encoding/binary"

	"github.com/rolefit/rolefit/internal/rows"
)

// Reader reads rows, one after the other, and remembers what cells mean. A row
// is there until the next one is read.
type Reader struct {
	l *Lane

	Cells  [][]byte // column → its cell, of the columns that say who, which group and how long; others may be anything
	Worth  Worth    // what the answers given add up to, hidden ones too
	chosen []uint16 // question → the alternative given; noAnswer where none was
	empty  []uint16 // the questions that this row leaves out, of those that have a column

	columns []cells // field → its cells
	room    int     // bytes of cells that may still be remembered
	situations
}

// noAnswer stands for the alternative of a question that was not answered.
const noAnswer = 1<<16 - 1

// maxRoom bounds the cells that a reader remembers, in bytes: lists of options come
// again and again in the same spelling, but they need not.
const maxRoom = 1 << 20

// slotRoom is about what a cell takes besides its text, in bytes.
const slotRoom = 1 << 7

// NewReader makes a reader. It is for one goroutine.
func (l *Lane) NewReader(counts Counts) *Reader {
	r := &Reader{l: l, Cells: make([][]byte, l.plan.Columns), chosen: Apart[uint16](len(l.c.Questions)), room: maxRoom}
	for i := range r.chosen {
		r.chosen[i] = noAnswer
	}
	for i := range l.plan.Fields {
		f := &l.plan.Fields[i]
		r.columns = append(r.columns, columnOf(f, l.worth))
	}
	r.situations = newSituations(l.c, counts)
	return r
}

// Chosen is the alternative given to a question; none (−1) where none was.
func (r *Reader) Chosen(question int) int {
	if a := r.chosen[question]; a != noAnswer {
		return int(a)
	}
	return none
}

// Begin begins a row that somebody else reads.
func (r *Reader) Begin() {
	r.Worth, r.empty = Worth{}, r.empty[:0]
}

// Put takes in the answer to a question that has a column; none: it has no answer.
func (r *Reader) Put(question, alternative int) {
	if alternative < 0 {
		r.leave(question)
		return
	}
	r.chosen[question] = uint16(alternative)
	r.Worth.add(&r.l.worth[question][alternative])
}

func (r *Reader) leave(question int) {
	r.chosen[question] = noAnswer
	r.empty = append(r.empty, uint16(question))
}

// Row reads the row that begins data and gives its length with its line end. 0:
// it has something that is not known, or not there; nothing was read. There must be
// rows.Slack bytes of room behind data.
func (r *Reader) Row(data []byte) int {
	r.Begin()
	if len(r.l.segments) == 0 || data[0] == '\n' || data[0] == '\r' { // an empty line is no row
		return 0
	}
	room := data[:len(data)+rows.Slack]
	at := 0
	for i := range r.l.segments {
		if at = r.segment(i, room, at, len(data)); at == 0 {
			return 0
		}
	}
	return at
}

// segment reads the ith part of a row and gives what stands behind it; 0: it is not
// known, or not all there. What stands behind end is left over from others.
func (r *Reader) segment(i int, data []byte, at, end int) (next int) {
	s := &r.l.segments[i]
	switch {
	case at >= end:
		return 0
	case s.four != nil:
		if next = r.fourDigits(i, s, data, at); next == 0 {
			next = at
			for k := range s.four {
				if next = r.answer(&s.four[k], data, next, end); next == 0 {
					return 0
				}
			}
		}
	case s.field >= 0:
		next = r.answer(s, data, at, end)
	default:
		next = r.other(s, data, at, end)
	}
	if next > end {
		return 0
	}
	return next
}

// Four digits with a delimiter behind each are one word.
const (
	atDelimiters = 0x0100_0100_0100_0100
	zeroDigits   = 0x0030_0030_0030_0030
	highBits     = 0xfff0_fff0_fff0_fff0 // all of a delimiter, and what makes a character a digit or nearly
	lowBits      = 0x000f_000f_000f_000f
	firstDigits  = 0x0001_0001_0001_0001
	lastByte     = 0xff << 56
)

// fourDigits reads four scales answered by digits, and gives what stands behind
// them; 0: they are not.
func (r *Reader) fourDigits(i int, s *segment, data []byte, at int) int {
	word := binary.LittleEndian.Uint64(data[at:])
	check := (word ^ (uint64(r.l.delim)*atDelimiters | zeroDigits)) & highBits
	at += 8
	if s.last {
		check &^= lastByte
		switch end := data[at-1]; {
		case end == '\n':
		case end == '\r' && data[at] == '\n':
			at++
		default:
			return 0
		}
	}
	word &= lowBits
	both := word | word>>12
	pairs := &r.l.pairs[i]
	x, y := &pairs[0][both&0xff], &pairs[1][both>>32&0xff]
	if check|(x.Sums|y.Sums)&bad != 0 {
		return 0
	}
	r.Worth.Sums += x.Sums + y.Sums
	r.Worth.Steps += x.Steps + y.Steps
	r.Worth.Tag[0] += x.Tag[0] + y.Tag[0]
	r.Worth.Tag[1] += x.Tag[1] + y.Tag[1]
	word -= firstDigits
	r.chosen[s.asked[0]], r.chosen[s.asked[1]] = uint16(word), uint16(word>>16)
	r.chosen[s.asked[2]], r.chosen[s.asked[3]] = uint16(word>>32), uint16(word>>48)
	return at
}

// answer reads the cell of a question, or its cells, and gives what stands
// behind; 0: it is not known.
func (r *Reader) answer(s *segment, data []byte, at, end int) int {
	switch {
	case at >= end:
		return 0
	case s.n > 1 || s.last || s.keep:
		return r.answerSpan(s, data, at, end)
	}
	if digit := data[at] - '1'; digit < s.digits && data[at+1] == r.l.delim {
		r.chosen[s.question] = uint16(digit)
		r.Worth.add(&r.l.worth[s.question][digit])
		return at + 2
	}
	quoted := data[at] == '"'
	stops := uint64(r.l.delim) * eachByte
	if quoted {
		at, stops = at+1, '"'*eachByte
	}
	from, h := at, uint64(0)
	for most := min(end, from+maxCell+1); ; at += 8 {
		if at >= most {
			return 0
		}
		word := binary.LittleEndian.Uint64(data[at:])
		if marks := zeros(word ^ stops); marks != 0 {
			n := marked(marks)
			h = mix(h, below(word, n))
			at += n
			break
		}
		h = mix(h, word)
	}
	if at >= end {
		return 0
	}
	known := r.columns[s.field].find(h, data[from:at])
	if known == nil || known.fenced && !quoted {
		return 0
	}
	if quoted {
		if at++; data[at] != r.l.delim {
			return 0
		}
	}
	r.take(s.question, known)
	return at + 1
}

// answerSpan reads several cells as one, or one that needs more care.
func (r *Reader) answerSpan(s *segment, data []byte, at, end int) int {
	text, next := r.span(s, data, at, end)
	if next == 0 {
		return 0
	}
	known := r.columns[s.field].find(hashOf(text), text)
	if known == nil {
		return 0
	}
	if s.keep {
		r.Cells[s.first] = text
	}
	r.take(s.question, known)
	return next
}

func (r *Reader) take(question int, known *slot) {
	if known.alternative < 0 {
		r.leave(question)
		return
	}
	r.chosen[question] = uint16(known.alternative)
	r.Worth.add(&known.worth)
}

// span gives the text of a segment: of one cell without the quotes around it, of
// several as they stand.
func (r *Reader) span(s *segment, data []byte, at, end int) (text []byte, next int) {
	from := at
	for k := range s.n {
		if text, at = r.cell(data, at, end, s.last && k+1 == s.n); at == 0 || s.n == 1 {
			return text, at
		}
	}
	to := at - 1
	if s.last && data[to-1] == '\r' {
		to--
	}
	return data[from:to], at
}

// cell finds a cell without the quotes around it and what stands behind it; 0: it
// is no cell, or does not end.
func (r *Reader) cell(data []byte, at, end int, last bool) (text []byte, next int) {
	stop := r.l.delim
	if last {
		stop = '\n'
	}
	if at < end && data[at] == '"' {
		return quotedCell(data, at+1, end, stop)
	}
	from := at
	stops := uint64(stop) * eachByte
	for ; at < end; at += 8 {
		word := binary.LittleEndian.Uint64(data[at:])
		marks := zeros(word^stops) | zeros(word^'"'*eachByte) | zeros(word^'\n'*eachByte)
		if last {
			marks |= zeros(word ^ uint64(r.l.delim)*eachByte)
		}
		if marks == 0 {
			continue
		}
		if at += marked(marks); data[at] != stop {
			return nil, 0
		}
		text = data[from:at]
		if last {
			text = bytes.TrimSuffix(text, []byte{'\r'})
		}
		return text, at + 1
	}
	return nil, 0
}

// quotedCell finds a cell between quotes, the quotes in it still doubled; at is
// behind the first.
func quotedCell(data []byte, at, end int, stop byte) (text []byte, next int) {
	from := at
	for {
		n := bytes.IndexByte(data[at:end], '"')
		if n < 0 {
			return nil, 0
		}
		if at += n + 1; at >= end || data[at] != '"' {
			break
		}
		at++
	}
	text, next = data[from:at-1], at
	if stop == '\n' && data[next] == '\r' {
		next++
	}
	if data[next] != stop {
		return nil, 0
	}
	return text, next + 1
}

// other reads a cell that answers nothing. One that is kept has no quotes in it:
// they would have to be told from doubled ones.
func (r *Reader) other(s *segment, data []byte, at, end int) int {
	text, next := r.cell(data, at, end, s.last)
	if s.keep {
		if r.Cells[s.first] = text; bytes.IndexByte(text, '"') >= 0 {
			return 0
		}
	}
	return next
}

// Learn remembers what the cells of a row mean that somebody else has read.
func (r *Reader) Learn(row []byte) {
	room := append(row[:len(row):len(row)], make([]byte, rows.Slack)...)
	at := 0
	for i := range r.l.segments {
		s := &r.l.segments[i]
		all := []segment{*s}
		if s.four != nil {
			all = s.four[:]
		}
		for k := range all {
			text, next := r.span(&all[k], room, at, len(row))
			if next == 0 {
				return
			}
			if all[k].field >= 0 {
				r.Meet(all[k].field, text, r.Chosen(all[k].question))
			}
			at = next
		}
	}
}

// Meet remembers what a cell of a field means.
func (r *Reader) Meet(field int, text []byte, alternative int) {
	size := len(text) + slotRoom
	if size > r.room || len(text) > maxCell || r.columns[field].find(hashOf(text), text) != nil {
		return
	}
	r.columns[field].put(slotOf(text, alternative, &r.l.plan.Fields[field], r.l.worth))
	r.room -= size
}

// Find looks up what a text of a field means that somebody else has found in a
// row, and takes it in; false: it is not known.
func (r *Reader) Find(field int, text []byte) bool {
	known := r.columns[field].find(hashOf(text), text)
	if known == nil {
		return false
	}
	r.take(r.l.plan.Fields[field].Question, known)
	return true
}
