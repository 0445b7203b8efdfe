package cohort

import (
	"bytes"
	"encoding/binary"
)

// quickRow is what a worker keeps for the fast way.
type quickRow struct {
	*quick
	frame    *frame
	patterns [][]uint32 // dimension, pattern → rows
	fits     []fitTable
	cross    moments // of raw sums above the least
	n        int64
}

func (w *worker) newQuickRow() *quickRow {
	if w.quick == nil {
		return nil
	}
	r := &quickRow{quick: w.quick, cross: newMoments(len(w.raw))}
	if r.frame = w.newFrame(w.quick.frame); r.frame.err != nil || !r.frame.fast {
		return nil
	}
	if r.fits = r.frame.tabulate(len(w.fits)); r.fits == nil {
		return nil
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

// quickly scores a record; false: it is not of the usual kind, and nothing was
// done. The line is the record without its line end.
func (w *worker) quickly(record []byte) bool {
	r, line := w.row, trimLine(record)
	var all quickCell
	var bad uint64
	var id []byte
	want := uint64(w.delim)*eachDelimiter | eachDigit
	at := 0
	for i := range r.segments {
		s := &r.segments[i]
		if s.kind != answer {
			end := bytes.IndexByte(line[min(at, len(line)):], w.delim)
			if end < 0 {
				end = len(line) - at
			}
			if end < 0 {
				return false
			}
			if s.kind == identity {
				id = line[at : at+end]
			}
			at += end + 1
			continue
		}
		if len(line)-at < 2*s.n-1 {
			return false
		}
		for k := range s.quads {
			if at+8 > len(record) {
				return false
			}
			word := binary.LittleEndian.Uint64(record[at:])
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
			if k+1 == len(s.quads) && 4*len(s.quads) < s.n && record[at-1] != w.delim {
				return false
			}
		}
		for k := 4 * len(s.quads); k < s.n; k++ {
			cell := &r.columns[s.first+k].cells[record[at]]
			bad |= cell.sums & unknown
			all.sums += cell.sums
			all.patterns += cell.patterns
			all.steps += cell.steps
			if k+1 < s.n && record[at+1] != w.delim {
				return false
			}
			at += 2
		}
		if i+1 < len(r.segments) && (at > len(line) || record[at-1] != w.delim) {
			return false
		}
	}
	if at != len(line)+1 || bad != 0 || !plainID(id) {
		return false
	}
	w.id = append(w.id[:0], id...)
	var flags flagSet
	if r.suspicious(&all) {
		flags = w.lookQuickly(line)
	}
	w.tallyQuickly(&all, flags)
	return true
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
	w.tallyQuickly(&all, 0)
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

// tallyQuickly does for a line what score does for any row.
func (w *worker) tallyQuickly(all *quickCell, flags flagSet) {
	r, f := w.row, w.row.frame
	for d, l := range r.raw {
		w.raw[d] = l.of(all.sums)
	}
	for role := range r.fits {
		t := &r.fits[role]
		place := t.at(w.raw)
		w.fits[role], w.figures[role] = t.fit[place], t.figure[place]
	}
	v, margin := f.JudgeFits64(w.fits)
	w.scored++
	w.outcomes[v.Outcome]++
	w.leads[v.First][v.Second]++
	for d, l := range r.pattern {
		r.patterns[d][l.of(all.patterns)]++
	}
	r.n++
	r.cross.add(w.raw, 1)
	w.sheet.missing = w.sheet.missing[:0]
	w.line(f, v, margin, flags)
}

// suspicious reports whether there may be something to flag in a row's sums.
func (q *quick) suspicious(all *quickCell) bool {
	sum := q.sum.of(all.sums)
	return (all.steps+q.enough)&q.often != 0 || float64(q.scales*q.squares.of(all.sums)-sum*sum) < q.low
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
	c := w.complete
	c.n += r.n
	r.cross.shift(r.frame.Min, r.n)
	c.raw.merge(&r.cross)
	counted := make([]bool, len(w.c.Questions))
	for d, items := range w.items {
		values, chosen := make([]int, len(items)), make([]int, len(items))
		for pattern, n := range r.patterns[d] {
			if n == 0 {
				continue
			}
			rest := pattern
			for k, q := range items {
				size := len(w.c.Questions[q].Alternatives)
				chosen[k] = rest % size
				values[k] = w.c.Questions[q].Points[chosen[k]][d]
				rest /= size
				if !counted[q] {
					c.answers[q][chosen[k]] += int64(n)
				}
			}
			c.scales[d].add(values, int64(n))
			if r.frame.counts[d] != nil {
				above := 0 // what others add to this dimension is always the same
				for k, q := range items {
					above += values[k] - w.c.Questions[q].Min[d]
				}
				r.frame.counts[d][above] += int64(n)
			}
		}
		for _, q := range items {
			counted[q] = true
		}
	}
}
