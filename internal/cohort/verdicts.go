package cohort

import (
	"encoding/binary"
	"slices"

	"github.com/rolefit/rolefit/internal/score"
)

// verdicts has, for every combination of fits that the roles can have, what a row
// says between its id and its scores: where those are few. A text is written
// when it is wanted first. Rows are counted by place, and what is counted by outcome
// follows from that in the end.
type verdicts struct {
	parts  [][]uint32 // role, place in its fitTable → its part of the place here
	levels [][]int64  // role → the fits it can have, from the least
	rows   []uint32   // place → rows
	text   []byte     // place → its text, in wide bytes
	length []uint8    // place → of its text; 0: not written yet
	wide   int        // a multiple of 8
}

// maxVerdicts bounds the places, so that those in use stay in the cache.
const maxVerdicts = 1 << 14

// mostText bounds the text of a place, in bytes.
const mostText = 120

// newVerdicts makes room for the verdicts of a frame; nil where there are too many.
func (w *worker) newVerdicts(fits []fitTable) *verdicts {
	v := &verdicts{parts: make([][]uint32, len(fits)), levels: make([][]int64, len(fits))}
	size := 1
	for r := range fits {
		v.levels[r] = slices.Compact(slices.Sorted(slices.Values(fits[r].fit)))
		for _, fit := range fits[r].fit {
			at, _ := slices.BinarySearch(v.levels[r], fit)
			v.parts[r] = append(v.parts[r], uint32(at*size))
		}
		if size *= len(v.levels[r]); size > maxVerdicts {
			return nil
		}
	}
	longest := 0
	for _, strengths := range w.labels {
		for _, label := range strengths {
			longest = max(longest, len(label))
		}
	}
	if v.wide = (longest + 8*(1+len(fits)) + 7) &^ 7; v.wide > mostText {
		return nil
	}
	v.rows, v.text, v.length = make([]uint32, size), make([]byte, size*v.wide), make([]uint8, size)
	return v
}

// fits are those of a place.
func (v *verdicts) fits(place int, to []int64) {
	for r, levels := range v.levels {
		to[r] = levels[place%len(levels)]
		place /= len(levels)
	}
}

// write puts down the text of a place.
func (w *worker) write(v *verdicts, f *frame, place int) {
	v.fits(place, w.fits)
	verdict, margin := f.JudgeFits64(w.fits)
	b := v.text[place*v.wide:][:v.wide]
	at := copy(b, w.labels[verdict.Outcome][w.strength64(f, w.twice(verdict, w.fits))])
	at = w.spelled[roundHundredths(margin, f.scale)].put(b, at)
	for _, fit := range w.fits {
		at = w.spelled[roundHundredths(fit, f.scale)].put(b, at)
	}
	v.length[place] = uint8(at)
}

// put copies the text of a place, eight bytes at a time; there must be room for
// all of its width.
func (v *verdicts) put(b []byte, at, place int) int {
	text := v.text[place*v.wide:][:v.wide]
	to := b[at:][:len(text)]
	for len(text) >= 8 && len(to) >= 8 {
		binary.LittleEndian.PutUint64(to, binary.LittleEndian.Uint64(text))
		text, to = text[8:], to[8:]
	}
	return at + int(v.length[place])
}

// verdictLine counts a row of the fast way and writes it, as line does. The id is
// as the results have it.
func (w *worker) verdictLine(id []byte, flags flagSet) {
	r := w.row
	v, place := r.verdicts, 0
	for role := range r.fits {
		place += int(v.parts[role][r.fits[role].at(w.raw)])
	}
	v.rows[place]++
	if v.length[place] == 0 {
		w.write(v, r.frame, place)
	}
	b := slices.Grow(w.out.text, len(id)+1+v.wide+8*len(r.frame.scores)+len(w.plainTail))
	at := len(b)
	b = b[:cap(b)]
	at += copy(b[at:], id)
	b[at] = ','
	at = v.put(b, at+1, place)
	for d, scores := range r.frame.scores {
		if scores == nil {
			b[at] = ','
			at++
			continue
		}
		at = scores[w.raw[d]].put(b, at)
	}
	if flags != 0 {
		w.finish(b[:at], flags)
		return
	}
	w.remember(at + 1)
	w.out.text = b[:at+copy(b[at:], w.plainTail)]
}

// settleVerdicts adds what was counted by place to the tally.
func (w *worker) settleVerdicts(v *verdicts, f *score.Frame) {
	for place, n := range v.rows {
		if n > 0 {
			v.fits(place, w.fits)
			verdict, _ := f.JudgeFits64(w.fits)
			w.outcomes[verdict.Outcome] += int64(n)
			w.leads[verdict.First][verdict.Second] += int64(n)
		}
	}
}
