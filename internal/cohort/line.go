package cohort

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Header lists the columns of the results; id names the first.
func Header(q *quiz.Quiz, id string) []string {
	columns := []string{id, "outcome", "strength", "margin"}
	for _, r := range q.Roles {
		columns = append(columns, "fit_"+r.ID)
	}
	for _, d := range q.Dimensions {
		columns = append(columns, d.ID)
	}
	return append(columns, "missing", "flags", "quiz", "version", "digest")
}

// strength64 is that of an outcome's fit, twice which is given, times the scale:
// a place in strengths.
func (w *worker) strength64(f *frame, twice int64) int {
	switch s := w.c.Quiz.Scoring; {
	case twice >= 2*int64(s.Strong)*f.scale:
		return 0
	case twice >= 2*int64(s.Moderate)*f.scale:
		return 1
	}
	return 2
}

// twice is two times the fit of an outcome: a hybrid's is the mean of two.
func (w *worker) twice(v score.Verdict, fits []int64) int64 {
	if v.Outcome >= len(w.c.Weights) {
		return fits[v.First] + fits[v.Second]
	}
	return 2 * fits[v.First]
}

// line writes a row of the results as CSV. The raw sums are above the least.
func (w *worker) line(f *frame, v score.Verdict, margin int64, flags flagSet) {
	label := w.labels[v.Outcome][w.strength64(f, w.twice(v, w.fits))]
	b := slices.Grow(w.begin(), len(label)+8*(2+len(w.fits)+len(f.scores)))
	at := len(b)
	b = b[:cap(b)]
	at += copy(b[at:], label)
	at = w.spelled[roundHundredths(margin, f.scale)].put(b, at)
	for _, fit := range w.figures {
		at = fit.put(b, at)
	}
	for d, scores := range f.scores {
		if scores == nil {
			b[at] = ','
			at++
			continue
		}
		at = scores[w.raw[d]].put(b, at)
	}
	w.finish(b[:at], flags)
}

// begin starts a row with the id.
func (w *worker) begin() []byte {
	return append(w.appendID(w.out.text), ',')
}

// appendID writes the id so that neither a spreadsheet nor a terminal makes more of it.
func (w *worker) appendID(b []byte) []byte {
	if w.hash != nil {
		return append(b, w.shownID()...)
	}
	for _, c := range w.id {
		if !harmless[c] {
			return rows.AppendCell(b, []byte(rows.Safe(text.Clean(string(w.id)))), ',')
		}
	}
	if len(w.id) > 0 && !plainFirst(w.id[0]) {
		return rows.AppendCell(b, []byte(rows.Safe(string(w.id))), ',')
	}
	return append(b, w.id...)
}

// harmless bytes need no care wherever they stand but first.
var harmless = harmlessBytes()

func harmlessBytes() (all [256]bool) {
	for c := range all {
		all[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-_.@/: ", byte(c)) >= 0 && c > 0
	}
	return all
}

// plainFirst reports whether a harmless byte is so at the beginning, too.
func plainFirst(c byte) bool { return c != '-' && c != '@' && c != ' ' }

// finish ends a row, and remembers what may be added when rows are put in order.
func (w *worker) finish(b []byte, flags flagSet) {
	for i, q := range w.sheet.missing {
		if i > 0 {
			b = append(b, ';')
		}
		b = append(b, w.c.Questions[q].ID...)
	}
	b = append(b, ',')
	b = append(b, flagSets[flags]...)
	w.remember(len(b))
	w.out.text = append(b, w.tail...)
}

// remember keeps the id until rows are put in order, and where its flags end.
// Several people without an id are not the same one.
func (w *worker) remember(end int) {
	if len(w.id) > 0 {
		w.out.ends = append(w.out.ends, end)
		if w.lent {
			w.out.ids.add(w.id)
		} else {
			w.out.ids.addCopy(w.id)
		}
	}
}

// hashID tells ids apart; two of them agree by chance about once in 10^19. It
// multiplies and folds eight bytes at a time, as wyhash does (Wang Yi 2019).
func hashID(id []byte) uint64 {
	h := uint64(len(id)) ^ spread
	for len(id) >= 8 {
		h = mix(h ^ binary.LittleEndian.Uint64(id))
		id = id[8:]
	}
	var rest [8]byte
	copy(rest[:], id)
	return mix(h ^ binary.LittleEndian.Uint64(rest[:]))
}

func mix(n uint64) uint64 {
	high, low := bits.Mul64(n^0xa0761d6478bd642f, 0xe7037ed1a0b428db)
	return high ^ low
}

// exactly scores a row as a single sheet is scored, for what the fast way cannot
// do: fits beyond 64 bits, and results in full.
func (w *worker) exactly(f *frame, flags flagSet, cells [][]byte) error {
	r, err := w.c.Score(w.answers(w.sheet))
	if err != nil {
		return err
	}
	v := score.Verdict{First: r.Roles[0].Index, Second: r.Roles[1].Index, Outcome: r.Verdict()}
	w.count(f, v, flags, cells)
	if w.encode != nil {
		return w.full(r, flags)
	}
	b := w.begin()
	b = append(b, r.Outcome.ID+","+r.Outcome.Strength+","+text.Data(r.Margin)...)
	fits := make([]string, len(r.Roles))
	for _, one := range r.Roles {
		fits[one.Index] = text.Data(one.Fit)
	}
	b = append(b, ","+strings.Join(fits, ",")...)
	b = append(b, ',')
	for _, d := range r.Dimensions {
		if d.Score != nil {
			b = append(b, text.Data(d.Score)...)
		}
		b = append(b, ',')
	}
	w.finish(b, flags)
	return nil
}

// full writes a result in full, as JSON on one line; the number of the row goes in later.
func (w *worker) full(r *score.Result, flags flagSet) error {
	id := w.shownID()
	r.Respondent = id
	line, err := w.encode(r, id, flagList(flags))
	if err != nil {
		return err
	}
	at := bytes.Index(line, rowMark)
	flagged := bytes.Index(line[at:], flagMark) + at + len(flagMark)
	w.remember(len(w.out.text) + flagged + bytes.IndexByte(line[flagged:], ']'))
	w.out.gaps = append(w.out.gaps, len(w.out.text)+at+len(rowMark)-1)
	w.out.which = append(w.out.which, w.out.rows)
	w.out.text = append(w.out.text, line...)
	return nil
}

// rowMark is where a row's number goes in the JSON of a result.
var rowMark = []byte(`"row":0`)

// flagMark is where a row's flags begin, right behind its number.
var flagMark = []byte(`,"flags":[`)

func flagList(set flagSet) []string {
	list := []string{}
	for i, name := range flagNames {
		if set.has(flag(i)) {
			list = append(list, name)
		}
	}
	return list
}
