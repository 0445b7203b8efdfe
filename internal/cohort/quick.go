package cohort

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// quickRow is what a worker keeps for the fast way.
type quickRow struct {
	*quick
	frame    *frame
	patterns [][]uint32 // dimension, pattern → rows
	fits     []fitTable
	verdicts *verdicts // nil: there are too many
	pairs    []int64   // two dimensions → products of their raw sums above the least
	n        int64
	starts   []int // segment → where it begins in the line
}

func (w *worker) newQuickRow() *quickRow {
	if w.quick == nil {
		return nil
	}
	r := &quickRow{quick: w.quick, starts: make([]int, len(w.quick.segments)), pairs: make([]int64, len(w.raw)*(len(w.raw)-1)/2)}
	if r.frame = w.newFrame(w.quick.frame); r.frame.err != nil || !r.frame.fast {
		return nil
	}
	if r.fits = r.frame.tabulate(len(w.fits)); r.fits == nil {
		return nil
	}
	if !w.each {
		r.verdicts = w.newVerdicts(r.fits)
	}
	w.frames[string(w.quick.frame)] = r.frame
	for _, l := range r.pattern {
		r.patterns = append(r.patterns, make([]uint32, l.mask+1))
	}
	return r
}

// Eight bytes of a run: four digits, each with a delimiter behind it.
const (
	eachDelimiter = 0x0100_0100_0100_0100
	eachHigh      = 0xfff0_fff0_fff0_fff0 // all of a delimiter, and what makes a character a digit or nearly
	eachDigit     = 0x0030_0030_0030_0030
	lastDelimiter = 0xff << 56
)

// quickly scores the record that begins data and returns its length with its
// line end; 0: it is not of the usual kind, and nothing was done.
func (w *worker) quickly(data []byte) int {
	r := w.row
	var all quickCell
	var bad uint64
	var id []byte
	want := uint64(w.delim)*eachDelimiter | eachDigit
	at := 0
	for i := range r.segments {
		s := &r.segments[i]
		r.starts[i] = at
		if s.kind != answer {
			end := w.endOfCell(data, at, i+1 == len(r.segments))
			if end < 0 {
				return 0
			}
			if s.kind == identity {
				id = data[at:end]
			} else if bytes.IndexByte(data[at:end], '"') >= 0 || bytes.IndexByte(data[at:end], '\n') >= 0 {
				return 0
			}
			at = end + 1
			continue
		}
		if len(data)-at < 2*s.n {
			return 0
		}
		for k := range s.quads {
			word := binary.LittleEndian.Uint64(data[at:])
			check := (word ^ want) & eachHigh
			if k+1 == len(s.quads) {
				check &^= lastDelimiter // it may be the end of the line: see below
			}
			word &= 0x000f_000f_000f_000f
			word |= word >> 12
			x, y := &s.quads[k][0][word&0xff], &s.quads[k][1][word>>32&0xff]
			bad |= check | (x.sums|y.sums)&unknown
			all.sums += x.sums + y.sums
			all.patterns += x.patterns + y.patterns
			all.steps += x.steps + y.steps
			at += 8
			if k+1 == len(s.quads) && 4*len(s.quads) < s.n && data[at-1] != w.delim {
				return 0
			}
		}
		for k := 4 * len(s.quads); k < s.n; k++ {
			cell := &r.columns[s.first+k].cells[data[at]]
			bad |= cell.sums & unknown
			all.sums += cell.sums
			all.patterns += cell.patterns
			all.steps += cell.steps
			if k+1 < s.n && data[at+1] != w.delim {
				return 0
			}
			at += 2
		}
		if i+1 < len(r.segments) && data[at-1] != w.delim {
			return 0
		}
	}
	length := lineEnd(data, at-1)
	if length == 0 || bad != 0 || !plainID(id) {
		return 0
	}
	w.lend(id)
	var flags flagSet
	if r.even(&all) || r.often(&all) && r.run(data) {
		flags = w.lookQuickly(data)
	}
	w.tallyQuickly(&all, w.id, flags)
	return length
}

// endOfCell finds where a cell ends that answers nothing; −1 when data ends first.
func (w *worker) endOfCell(data []byte, at int, last bool) int {
	if last {
		end := bytes.IndexByte(data[at:], '\n')
		if end > 0 && data[at+end-1] == '\r' {
			end--
		}
		if end < 0 || bytes.IndexByte(data[at:at+end], w.delim) >= 0 {
			return -1
		}
		return at + end
	}
	if at+8 <= len(data) { // ids are short
		word := binary.LittleEndian.Uint64(data[at:]) ^ uint64(w.delim)*eachByte
		if mark := (word - eachByte) &^ word & eachTop; mark != 0 { // the lowest is that of a byte that is 0 now
			return at + bits.TrailingZeros64(mark)/8
		}
	}
	line := data[at:] // and no further: there may be no such cell in all that follows
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	end := bytes.IndexByte(line, w.delim)
	if end < 0 {
		return -1
	}
	return at + end
}

// A byte that is 0 is found as by Mycroft (1987).
const (
	eachByte = 0x0101_0101_0101_0101
	eachTop  = 0x8080_8080_8080_8080
)

// lineEnd is where the next line begins when this one ends at a place, else 0.
func lineEnd(data []byte, end int) int {
	switch {
	case end >= len(data):
		return 0
	case data[end] == '\n':
		return end + 1
	case data[end] == '\r' && end+1 < len(data) && data[end+1] == '\n':
		return end + 2
	}
	return 0
}

// quicklyRead scores a row whose answers have been read; false: some are missing,
// or there may be something to flag, and nothing was done.
func (w *worker) quicklyRead() bool {
	var all quickCell
	for i := range w.plan.Fields {
		f := &w.plan.Fields[i]
		a := w.sheet.chosen[f.Question]
		if a < 0 {
			return false
		}
		cell := &w.row.columns[f.Columns[0]].each[a]
		all.sums += cell.sums
		all.patterns += cell.patterns
		all.steps += cell.steps
	}
	if w.row.suspicious(&all) {
		return false
	}
	w.shown = w.appendID(w.shown[:0])
	w.tallyQuickly(&all, w.shown, 0)
	return true
}

// plainID reports whether an id can be written as it is.
func plainID(id []byte) bool {
	if len(id) > maxID {
		return false
	}
	for _, c := range id {
		if !harmless[c] {
			return false
		}
	}
	return len(id) == 0 || plainFirst(id[0])
}

// tallyQuickly does for a line what score does for any row. The id is as the
// results have it.
func (w *worker) tallyQuickly(all *quickCell, id []byte, flags flagSet) {
	r, f := w.row, w.row.frame
	for d, l := range r.raw {
		w.raw[d] = l.of(all.sums)
	}
	for d, l := range r.pattern {
		r.patterns[d][l.of(all.patterns)]++
	}
	w.scored++
	r.n++
	r.multiply(w.raw)
	w.sheet.missing = w.sheet.missing[:0]
	if r.verdicts != nil {
		w.verdictLine(id, flags)
		return
	}
	for role := range r.fits {
		t := &r.fits[role]
		place := t.at(w.raw)
		w.fits[role], w.figures[role] = t.fit[place], t.figure[place]
	}
	v, margin := f.JudgeFits64(w.fits)
	w.outcomes[v.Outcome]++
	w.leads[v.First][v.Second]++
	w.line(f, v, margin, flags)
}

// multiply adds the products of the raw sums of different dimensions; those of one
// with itself follow from its patterns.
func (r *quickRow) multiply(raw []int) {
	pairs := r.pairs
	for i, v := range raw {
		rest := raw[i+1:]
		some := pairs[:len(rest)]
		for j, other := range rest {
			some[j] += int64(v * other)
		}
		pairs = pairs[len(rest):]
	}
}

// suspicious reports whether there may be something to flag in a row's sums.
func (q *quick) suspicious(all *quickCell) bool { return q.often(all) || q.even(all) }

// often reports whether some step was given often enough for a long string.
func (q *quick) often(all *quickCell) bool { return (all.steps+q.enough)&q.marks != 0 }

// even reports whether there may be hardly any variance.
func (q *quick) even(all *quickCell) bool {
	sum := q.sum.of(all.sums)
	return q.scales*q.squares.of(all.sums)-sum*sum < q.low
}

// run reports whether a step stands in the line often enough in a row for a long
// string. Such a run holds one of every so many scales, so it is enough to look
// around those.
func (r *quickRow) run(line []byte) bool {
	step := func(place int) uint8 {
		at := r.scaleAt[place]
		return r.columns[at.column].steps[line[r.starts[at.segment]+2*(at.column-r.segments[at.segment].first)]]
	}
	for middle := r.long - 1; middle < len(r.scaleAt); middle += r.long {
		same, from, to := step(middle), middle, middle+1
		for from > 0 && step(from-1) == same {
			from--
		}
		for to < len(r.scaleAt) && step(to) == same {
			to++
		}
		if to-from >= r.long {
			return true
		}
	}
	return false
}

// lookQuickly flags the person by a line's steps, as look does.
func (w *worker) lookQuickly(line []byte) (set flagSet) {
	r := w.row
	w.steps = append(w.steps[:0], make([]int, r.scales)...)
	at := 0
	for i := range r.columns {
		if r.columns[i].kind != answer {
			at += bytes.IndexByte(line[at:], w.delim) + 1
			continue
		}
		if place := r.columns[i].place; place >= 0 {
			w.steps[place] = int(r.columns[i].steps[line[at]])
		}
		at += 2
	}
	set = w.thresholds.look(w.steps)
	for i := range w.tally.flags {
		if set.has(flag(i)) {
			w.tally.flags[i]++
		}
	}
	return set
}

// settle adds what the fast way counted to the tally.
func (w *worker) settle() {
	r := w.row
	if r == nil || r.n == 0 {
		return
	}
	if r.verdicts != nil {
		w.settleVerdicts(r.verdicts, r.frame.Frame)
	}
	c := w.complete
	c.n += r.n
	cross := newMoments(len(w.raw))
	pairs := r.pairs
	for d := range cross.cross {
		pairs = pairs[copy(cross.cross[d][1:], pairs):]
	}
	counted := make([]bool, len(w.c.Questions))
	for d := range w.items {
		w.settlePatterns(d, &cross, counted)
	}
	cross.shift(r.frame.Min, r.n)
	c.raw.merge(&cross)
}

// settlePatterns adds what was counted by the pattern of a dimension's answers.
// Patterns go through the answers as an odometer goes through its digits.
func (w *worker) settlePatterns(d int, cross *moments, counted []bool) {
	c, items := w.complete, w.items[d]
	values, chosen := make([]int, len(items)), make([]int, len(items))
	above := 0 // what others add to this dimension is always the same
	put := func(k, alternative int) {
		value := w.c.Questions[items[k]].Points[alternative][d]
		above += value - values[k]
		chosen[k], values[k] = alternative, value
	}
	for k, q := range items {
		put(k, 0)
		above -= w.c.Questions[q].Min[d]
	}
	for _, n := range w.row.patterns[d] {
		if n > 0 {
			for k, q := range items {
				if !counted[q] {
					c.answers[q][chosen[k]] += int64(n)
				}
			}
			c.scales[d].add(values, int64(n))
			cross.sum[d] += int64(above) * int64(n)
			cross.cross[d][0] += int64(above) * int64(above) * int64(n)
			if counts := w.row.frame.counts[d]; counts != nil {
				counts[above] += int64(n)
			}
		}
		for k, q := range items {
			if chosen[k]+1 < len(w.c.Questions[q].Alternatives) {
				put(k, chosen[k]+1)
				break
			}
			put(k, 0)
		}
	}
	for _, q := range items {
		counted[q] = true
	}
}
