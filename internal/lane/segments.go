package lane

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/columns"
)

// segment is a part of a row: columns that belong together.
type segment struct {
	first, n int  // columns
	last     bool // the line ends behind it
	keep     bool // its cell is kept: who, which group, how long
	field    int  // in the plan, of the question that it answers; none: it answers nothing
	question int
	digits   uint8       // its alternatives, where their cells are the digits from 1 on; 0: they are not
	asked    [4]uint16   // the questions of four
	four     *[4]segment // four scales answered by digits, as they stand here; nil: it is one of the above
}

// cut parts the columns into segments. It says why where a row cannot be read so.
func (l *Lane) cut() (all []segment, why string) {
	owner := slices.Repeat([]int{none}, l.plan.Columns)
	for i := range l.plan.Fields {
		f := &l.plan.Fields[i]
		for _, column := range f.Columns {
			owner[column] = i
		}
		first, last := slices.Min(f.Columns), slices.Max(f.Columns)
		switch id := l.c.Questions[f.Question].ID; {
		case last-first+1 != len(f.Columns):
			return nil, fmt.Sprintf("the columns of %s do not stand together", id)
		case len(f.Columns) > 1 && l.plan.By >= first && l.plan.By <= last:
			return nil, fmt.Sprintf("the column of groups is one of several that answer %s", id)
		}
	}
	for column := 0; column < l.plan.Columns; {
		s := segment{first: column, n: 1, keep: l.kept(column), field: owner[column]}
		if s.field >= 0 {
			f := &l.plan.Fields[s.field]
			s.question, s.n = f.Question, len(f.Columns)
		}
		column += s.n
		s.last = column == l.plan.Columns
		if l.digits(&s) {
			s.digits = uint8(len(l.worth[s.question]))
		}
		all = append(all, s)
	}
	return l.joinFours(all), ""
}

// kept reports whether somebody wants a column's cell as it is.
func (l *Lane) kept(column int) bool {
	p := l.plan
	_, time := p.Seconds[column]
	return time || column == p.ID || column == p.By || column == p.Total || column == p.Start || column == p.End
}

// joinFours puts four scales that stand side by side into one segment.
func (l *Lane) joinFours(all []segment) (joined []segment) {
	for len(all) > 0 {
		if len(all) >= 4 && !slices.ContainsFunc(all[:4], func(s segment) bool { return s.digits == 0 }) {
			four := [4]segment(all[:4])
			one := segment{first: four[0].first, n: 4, last: four[3].last, field: none, four: &four}
			for k := range four {
				one.asked[k] = uint16(four[k].question)
			}
			joined = append(joined, one)
			all = all[4:]
			continue
		}
		joined = append(joined, all[0])
		all = all[1:]
	}
	return joined
}

// digits reports whether a column answers a question whose first alternative is 1,
// the second 2 and so on, and whose other cells are no digits.
func (l *Lane) digits(s *segment) bool {
	if s.field < 0 || s.n > 1 || s.keep {
		return false
	}
	known := l.plan.Fields[s.field].Known
	n := len(l.c.Questions[s.question].Alternatives)
	if known == nil || n > 9 {
		return false
	}
	for digit := range 10 {
		a, is := known[string(rune('0'+digit))]
		if in := digit >= 1 && digit <= n; in != is || in && a != digit-1 {
			return false
		}
	}
	return true
}

// pair is what two digits that stand side by side add up to, by the first digit
// plus 16 times the second. The sums of what is no step of its scale are bad.
type pair [256]Worth

// bad marks sums that are none; no sum has this bit.
const bad = 1 << 63

func (l *Lane) pairOf(a, b *segment) *pair {
	var p pair
	first, second := l.worth[a.question], l.worth[b.question]
	for i := range p {
		x, y := i&15-1, i>>4-1
		if x < 0 || y < 0 || x >= len(first) || y >= len(second) {
			p[i].Sums = bad
			continue
		}
		p[i] = first[x]
		p[i].add(&second[y])
	}
	return &p
}

// columnOf gives the cells of a field that are known before any row is read.
func columnOf(f *columns.Field, worth [][]Worth) cells {
	c := newCells()
	for text, a := range f.Known {
		if strings.Contains(text, `""`) {
			continue // in a row, they would be one quote
		}
		c.put(slotOf([]byte(text), a, f, worth))
	}
	return c
}

// slotOf is a cell of a field as it is kept.
func slotOf(text []byte, alternative int, f *columns.Field, worth [][]Worth) slot {
	s := slot{
		hash: hashOf(text), length: int32(len(text)), alternative: int16(alternative), text: string(text),
		fenced: len(f.Columns) == 1 && bytes.ContainsAny(text, "\"\r\n"),
	}
	if alternative >= 0 {
		s.worth = worth[f.Question][alternative]
	}
	return s
}

// maxCell bounds a cell that is remembered, in bytes.
const maxCell = 1 << 9
