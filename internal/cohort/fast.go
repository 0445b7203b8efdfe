package cohort

import (
	"math"
	"math/bits"
	"slices"

	"github.com/rolefit/rolefit/internal/columns"
)

// The fast way is for the usual table: a question a column, everybody asked the
// same, an answer one character. A cell is then one look into a table, which
// gives what the answer adds to everything that is summed up over a row, several
// sums in one word. A row that is not of that kind is scored as any other.

// quick is a plan in such tables.
type quick struct {
	segments []segment
	columns  []quickColumn
	frame    []byte // the questions in play: all that are scored
	raw      []lane // dimension → its raw sum above the least
	sum      lane   // of the steps given to the scales
	squares  lane
	pattern  []lane // dimension → which answers its items have, in mixed radix
	scales   int
	low      int // a sum of squares below this much may be low variance; see look
	// A step that was given often enough for a long string sets one of the marks,
	// once enough is added to the counts of the steps.
	enough, marks uint64
	long          int       // so many in a row are a long string
	scaleAt       []scaleAt // the scales, in order
}

// scaleAt is where a scale is in the table.
type scaleAt struct{ column, segment int }

// segment is a column that answers nothing, or a run of columns that do.
type segment struct {
	kind  columnKind
	first int
	n     int    // columns
	quads []quad // four digits at a time, from the first on
}

// quad has the tables of two pairs of columns.
type quad [2]*[256]quickCell

// lane is a few bits of a word.
type lane struct {
	shift uint
	mask  uint64
}

func (l lane) of(word uint64) int { return int(word >> l.shift & l.mask) }

// quickColumn says what a cell of one character adds.
type quickColumn struct {
	kind  columnKind
	each  []quickCell // alternative → what it adds
	cells *[256]quickCell
	place int        // of its scale among the scales, −1
	steps [256]uint8 // the step that a character is
}

type columnKind uint8

const (
	skipped columnKind = iota
	identity
	answer
)

// quickCell is what a cell, or two of them, add.
type quickCell struct {
	sums, patterns, steps uint64
}

// unknown marks the sums of what is no answer, or none of one character.
const unknown = 1 << 63

// maxPatterns bounds how many patterns of answers a dimension's items may have.
const maxPatterns = 1 << 16

// newQuick lays the tables of a plan; nil when the plan is not of that kind.
func (j *job) newQuick() *quick {
	s := j.scorer
	if s.gated || j.encode != nil || j.people || j.hash != nil || j.plan.By >= 0 || j.timed || len(j.plan.Fields) == 0 {
		return nil
	}
	q := &quick{columns: make([]quickColumn, j.plan.Columns), scales: len(s.scales), frame: make([]byte, len(s.c.Questions))}
	if j.plan.ID >= 0 {
		q.columns[j.plan.ID].kind = identity
	}
	for i := range s.c.Questions {
		if s.c.Questions[i].Scored {
			q.frame[i] = 1
		}
	}
	steps := q.lanes(s, j.thresholds.LongString)
	if steps == nil {
		return nil
	}
	answered := make([]bool, len(s.c.Questions))
	for i := range j.plan.Fields {
		f := &j.plan.Fields[i]
		if f.Known == nil {
			return nil
		}
		answered[f.Question] = true
		q.column(s, f, steps)
	}
	if slices.Contains(answered, false) { // a question that the table lacks may be missing
		return nil
	}
	n := float64(len(s.scales))
	low := j.thresholds.LowVariance * j.thresholds.LowVariance * n * (n - 1) * (1 + 1e-9) // look decides close calls
	if q.low = int(min(math.Ceil(low), 1<<32)); len(s.scales) < minScales {
		q.low = -1
	}
	q.cut()
	q.long = max(1, min(j.thresholds.LongString, len(s.scales)))
	q.findScales()
	return q
}

// cut parts the columns into segments, and pairs up those of digits.
func (q *quick) cut() {
	for i := 0; i < len(q.columns); {
		one := segment{kind: q.columns[i].kind, first: i, n: 1}
		for one.kind == answer && i+one.n < len(q.columns) && q.columns[i+one.n].kind == answer {
			one.n++
		}
		for at := i; one.kind == answer && at+4 <= i+one.n && q.digits(at, 4); at += 4 {
			one.quads = append(one.quads, quad{q.pair(at), q.pair(at + 2)})
		}
		q.segments = append(q.segments, one)
		i += one.n
	}
}

// findScales notes where the scales are.
func (q *quick) findScales() {
	q.scaleAt = make([]scaleAt, q.scales)
	for i, s := range q.segments {
		for column := s.first; column < s.first+s.n; column++ {
			if place := q.columns[column].place; q.columns[column].kind == answer && place >= 0 {
				q.scaleAt[place] = scaleAt{column, i}
			}
		}
	}
}

// digits reports whether a number of columns are answered by digits alone.
func (q *quick) digits(first, n int) bool {
	for _, column := range q.columns[first : first+n] {
		for c, cell := range column.cells {
			if cell.sums&unknown == 0 && (c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}

// pair makes one table of two columns: by the first digit, plus 16 times the second.
func (q *quick) pair(first int) *[256]quickCell {
	var both [256]quickCell
	for i := range both {
		a, b := i&15, i>>4
		both[i].sums = unknown
		if a > 9 || b > 9 {
			continue
		}
		x, y := q.columns[first].cells['0'+a], q.columns[first+1].cells['0'+b]
		if (x.sums|y.sums)&unknown == 0 {
			both[i] = quickCell{x.sums + y.sums, x.patterns + y.patterns, x.steps + y.steps}
		}
	}
	return &both
}

// lanes finds room for the sums in three words, one bit left free. It returns
// where the counts of the steps are, nil when there is no room.
func (q *quick) lanes(s *scorer, longString int) []lane {
	at := uint(0)
	room := func(bits int) lane {
		l := lane{at, 1<<bits - 1}
		at += uint(bits)
		return l
	}
	for d := range s.items {
		span := 0
		for i := range s.c.Questions {
			span += s.c.Questions[i].Max[d] - s.c.Questions[i].Min[d]
		}
		q.raw = append(q.raw, room(bits.Len(uint(span))))
	}
	sum, squares, most := 0, 0, 0
	for _, i := range s.scales {
		n := len(s.c.Questions[i].Alternatives)
		sum += n
		squares += n * n
		most = max(most, n)
	}
	q.sum, q.squares = room(bits.Len(uint(sum))), room(bits.Len(uint(squares)))
	fits := at < 64
	at = 0
	for _, items := range s.items {
		n := 1
		for _, i := range items {
			if n *= len(s.c.Questions[i].Alternatives); n > maxPatterns {
				return nil
			}
		}
		q.pattern = append(q.pattern, room(bits.Len(uint(n-1))))
	}
	fits = fits && at <= 64
	at = 0
	steps := make([]lane, most+1)
	width := bits.Len(uint(len(s.scales)))
	for step := 1; step <= most; step++ {
		steps[step] = room(width + 1)
		if enough := min(longString, len(s.scales)); enough > 0 && len(s.scales) >= minScales {
			q.enough |= uint64(1<<width-enough) << steps[step].shift
			q.marks |= 1 << width << steps[step].shift
		}
	}
	if !fits || at > 64 {
		return nil
	}
	return steps
}

// column lays the table of one question.
func (q *quick) column(s *scorer, f *columns.Field, steps []lane) {
	var cells [256]quickCell
	for c := range cells {
		cells[c].sums = unknown
	}
	column := quickColumn{kind: answer, cells: &cells, place: slices.Index(s.scales, f.Question)}
	one := &s.c.Questions[f.Question]
	column.each = make([]quickCell, len(one.Alternatives))
	for a := range column.each {
		c := &column.each[a]
		for d, l := range q.raw {
			c.sums |= uint64(one.Points[a][d]-one.Min[d]) << l.shift
		}
		if column.place >= 0 {
			c.sums |= uint64(a+1)<<q.sum.shift | uint64((a+1)*(a+1))<<q.squares.shift
			c.steps = 1 << steps[a+1].shift
		}
		for d, items := range s.items {
			radix := 1
			for _, i := range items {
				if i == f.Question {
					c.patterns |= uint64(a*radix) << q.pattern[d].shift
				}
				radix *= len(s.c.Questions[i].Alternatives)
			}
		}
	}
	for text, a := range f.Known {
		if len(text) == 1 && a >= 0 {
			cells[text[0]], column.steps[text[0]] = column.each[a], uint8(a+1)
		}
	}
	q.columns[f.Columns[0]] = column
}
