package lane

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"
	"sync"

	"github.com/rolefit/rolefit/internal/score"
)

// Frame is the arithmetic of rows that have the same questions in play, with
// what can be written down once for all of them.
type Frame struct {
	*score.Frame
	Small  bool       // fits, and 200 times a fit, hold in 64 bits, and every score has a text: see Fits
	Scale  int64      // of fits
	Scores [][]Figure // dimension, raw sum above the least → its score as data has it; nil where it is not measured
	Counts [][]int64  // dimension, raw sum above the least → rows; nil where it is not measured
	texts  []Figure   // of hundredths
	magic  uint64     // 2^64 over twice the scale, rounded up; 0: see Figure
	base   []int64    // role → its fit times Scale when every dimension has its least
	slopes [][]slope  // role → what the dimensions add to that
}

// slope is what a point of a dimension adds to a fit times Scale.
type slope struct {
	dimension int
	by        int64
}

// maxTable bounds what is written down for a dimension.
const maxTable = 1 << 16

// maxScale keeps 200 times a fit within 64 bits.
const maxScale = 1 << 48

func (r *situations) newFrame(inPlay []bool) (f *Frame, err error) {
	f = &Frame{texts: hundredths(), Scores: make([][]Figure, len(r.c.Quiz.Dimensions)), Counts: make([][]int64, len(r.c.Quiz.Dimensions))}
	if f.Frame, err = r.c.Frame(inPlay); err != nil {
		return nil, err
	}
	f.Small = f.Fits64() && f.Frame.Scale().IsInt64() && f.Frame.Scale().Int64() < maxScale
	for d := range f.Min {
		if !f.Measured(d) {
			continue
		}
		size := f.Max[d] - f.Min[d] + 1
		f.Counts[d] = r.counts(d, size)
		if size > maxTable {
			f.Small = false
			continue
		}
		f.Scores[d] = r.scores(size)
	}
	if f.Small {
		f.lines(len(r.c.Weights))
	}
	return f, nil
}

// lines writes every fit as a line over the raw sums above the least.
func (f *Frame) lines(roles int) {
	if f.Scale = f.Frame.Scale().Int64(); f.Scale < maxMagic {
		f.magic = math.MaxUint64/uint64(2*f.Scale) + 1
	}
	for role := range roles {
		base, all := f.Line(role)
		least, slopes := base.Int64(), []slope(nil)
		for d, by := range all {
			least += by.Int64() * int64(f.Min[d])
			if by.Sign() != 0 {
				slopes = append(slopes, slope{d, by.Int64()})
			}
		}
		f.base, f.slopes = append(f.base, least), append(f.slopes, slopes)
	}
}

// Fits puts every role's fit times Scale into fits, by raw sums above the least.
// It may be called only where Small holds.
func (f *Frame) Fits(raw []int, fits []int64) {
	for role, fit := range f.base {
		for _, s := range f.slopes[role] {
			fit += s.by * int64(raw[s.dimension])
		}
		fits[role] = fit
	}
}

// scores are the texts of the scores of a dimension that has so many.
func (r *situations) scores(size int) []Figure {
	all := r.texts[size]
	if all == nil {
		for n := range size {
			all = append(all, hundredths()[rounded(100*n, size-1)])
		}
		r.texts[size] = all
	}
	return all
}

// Figure is a number as data files have it, with a comma behind it: up to eight
// bytes in a word, so that it is written at one go.
type Figure struct {
	word   uint64
	length int
}

// Put writes the figure at a place, where there must be room for eight bytes, and
// gives the place behind it.
func (f Figure) Put(b []byte, at int) int {
	binary.LittleEndian.PutUint64(b[at:], f.word)
	return at + f.length
}

// maxMagic bounds scales by which multiplying is dividing: of the numbers that are
// divided, none is 2^64 over twice the scale (Granlund & Montgomery 1994).
const maxMagic = 1 << 24

// Figure is a fit times Scale, or a difference of fits that is not negative, as data has it.
func (f *Frame) Figure(n int64) Figure {
	if f.magic == 0 {
		return f.texts[rounded(uint64(n), uint64(f.Scale))]
	}
	hundredths, _ := bits.Mul64(200*uint64(n)+uint64(f.Scale), f.magic)
	return f.texts[hundredths]
}

// rounded is n/scale in hundredths, half away from zero; neither is negative.
func rounded[T int | uint64](n, scale T) T { return (200*n + scale) / (2 * scale) }

// hundredths spells 0 to 100 in hundredths: 80.0, 71.25.
var hundredths = sync.OnceValue(func() []Figure {
	all := make([]Figure, 100*100+1)
	var room [8]byte
	for h := range all {
		b := strconv.AppendInt(room[:0], int64(h/100), 10)
		b = append(b, '.', byte('0'+h%100/10))
		if h%10 != 0 {
			b = append(b, byte('0'+h%10))
		}
		b = append(b, ',')
		var word [8]byte
		copy(word[:], b)
		all[h] = Figure{binary.LittleEndian.Uint64(word[:]), len(b)}
	}
	return all
})
