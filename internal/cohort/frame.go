package cohort

import (
	"encoding/binary"
	"strconv"
	"sync"

	"github.com/rolefit/rolefit/internal/score"
)

// frame is the arithmetic of the rows that have the same questions in play, with
// what can be written down once for all of them.
type frame struct {
	*score.Frame
	err    error
	inPlay []bool
	fast   bool       // fits, and their hundredths, hold in 64 bits
	scale  int64      // of fits
	scores [][]figure // dimension, raw − min; nil where it is not measured
	counts [][]int64  // dimension, raw − min → rows; nil where it is not measured
}

// maxTable bounds what is written down for a dimension.
const maxTable = 1 << 16

// fastScale keeps 200 times a fit within 64 bits.
const fastScale = 1 << 48

// maxFrames bounds how many frames are kept: where answers may be missing there
// can be one for almost every row.
const maxFrames = 512

func (w *worker) newFrame(key []byte) *frame {
	s := w.scorer
	f := &frame{inPlay: make([]bool, len(key))}
	for i, in := range key {
		f.inPlay[i] = in == 1
	}
	if f.Frame, f.err = s.c.Frame(f.inPlay); f.err != nil {
		return f
	}
	if f.fast = f.Fits64() && f.Scale().IsInt64() && f.Scale().Int64() < fastScale; f.fast {
		f.scale = f.Scale().Int64()
	}
	f.scores, f.counts = make([][]figure, len(f.Min)), make([][]int64, len(f.Min))
	for d := range f.Min {
		if !f.Measured(d) {
			continue
		}
		size := f.Max[d] - f.Min[d] + 1
		f.counts[d] = w.counted(d, size)
		if size > maxTable {
			f.fast = false
			continue
		}
		f.scores[d] = w.scoreTexts(size)
	}
	return f
}

// fitTable has a role's fit for every combination of the raw sums it depends on,
// where those are few.
type fitTable struct {
	dims   []int
	stride []int // dimension of dims → how far one point of it moves the place
	fit    []int64
	figure []figure
}

// maxFits bounds a table of fits, so that it stays in the cache.
const maxFits = 1 << 12

// tabulate writes down the fits of all roles; nil where one depends on too much.
func (f *frame) tabulate(roles int) []fitTable {
	tables := make([]fitTable, roles)
	raw, fits := make([]int, len(f.Min)), make([]int64, roles)
	for r := range tables {
		t := &tables[r]
		size := 1
		_, slope := f.Line(r)
		for d := range slope {
			if slope[d].Sign() != 0 {
				t.dims, t.stride = append(t.dims, d), append(t.stride, size)
				if size *= f.Max[d] - f.Min[d] + 1; size > maxFits {
					return nil
				}
			}
		}
		spelled := hundredths()
		for place := range size {
			copy(raw, f.Min)
			for k, d := range t.dims {
				raw[d] += place / t.stride[k] % (f.Max[d] - f.Min[d] + 1)
			}
			f.FillFits64(raw, fits)
			t.fit = append(t.fit, fits[r])
			t.figure = append(t.figure, spelled[roundHundredths(fits[r], f.scale)])
		}
	}
	return tables
}

// at finds the place of raw sums above the least.
func (t *fitTable) at(above []int) int {
	place := 0
	for k, d := range t.dims {
		place += above[d] * t.stride[k]
	}
	return place
}

// counted is where the scores of a dimension are counted that has so many.
func (t *tally) counted(d, size int) []int64 {
	if t.scores[d][size] == nil {
		t.scores[d][size] = make([]int64, size)
	}
	return t.scores[d][size]
}

// scoreTexts are the scores of a dimension that has so many, as data files hold them.
func (w *worker) scoreTexts(size int) []figure {
	all := w.spellings[size]
	if all == nil {
		spelled := hundredths()
		for n := range size {
			all = append(all, spelled[roundHundredths(int64(100*n), int64(size-1))])
		}
		w.spellings[size] = all
	}
	return all
}

// roundHundredths gives n/scale in hundredths, half away from zero; n is not negative.
func roundHundredths(n, scale int64) int64 { return (200*n + scale) / (2 * scale) }

// figure is a number as the output has it, with the comma behind it: up to eight
// bytes in a word, so that it is written at one go.
type figure struct {
	word   uint64
	length int
}

func newFigure(text []byte) figure {
	var b [8]byte
	n := copy(b[:], text)
	b[n] = ','
	return figure{binary.LittleEndian.Uint64(b[:]), n + 1}
}

// put writes the figure; there must be room for eight bytes.
func (f figure) put(b []byte, at int) int {
	binary.LittleEndian.PutUint64(b[at:], f.word)
	return at + f.length
}

// hundredths spells 0 to 100 in hundredths, as data files hold them: 80.0, 71.25.
var hundredths = sync.OnceValue(func() []figure {
	all := make([]figure, 100*100+1)
	var room [8]byte
	for h := range all {
		b := strconv.AppendInt(room[:0], int64(h/100), 10)
		b = append(b, '.', byte('0'+h%100/10))
		if h%10 != 0 {
			b = append(b, byte('0'+h%10))
		}
		all[h] = newFigure(b)
	}
	return all
})
