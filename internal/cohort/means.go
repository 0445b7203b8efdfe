package cohort

import (
	"math"
	"slices"

	"github.com/rolefit/rolefit/internal/lane"
	"github.com/rolefit/rolefit/internal/score"
)

// The moment of an even question and an uneven one follows from the sum of the even
// one's alternatives over the rows of each pattern of the other: that is much less to
// keep than counts of both. A row's even alternatives stand four to a word, and are
// added up as such for as long as none overflows.

// means says where the even questions stand.
type means struct {
	questions []int      // even ones, in the order of their places
	words     int        // that they take
	packed    [][]uint64 // even block → by its pattern, that many words: its alternatives at their places
	often     uint32     // so many rows can be added up
}

// maxMeans bounds the words of a row.
const maxMeans = 16

func newMeans(c *score.Compiled, p *patterns) (m means) {
	most := 1
	for i := range p.blocks {
		if b := &p.blocks[i]; b.even {
			m.questions = append(m.questions, b.questions...)
			for _, q := range b.questions {
				most = max(most, len(c.Questions[q].Alternatives)-1)
			}
		}
	}
	m.words, m.often = (len(m.questions)+3)/4, uint32(math.MaxUint16/most)
	first := 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if !b.even {
			break
		}
		all := make([]uint64, b.size*m.words)
		for pattern := range b.size {
			for k := range b.questions {
				at := first + k
				all[pattern*m.words+at/4] |= uint64(b.alternative(c, pattern, k)) << (16 * (at % 4))
			}
		}
		m.packed = append(m.packed, all)
		first += len(b.questions)
	}
	return m
}

// meanSums adds up the even alternatives by the patterns of the mixed blocks.
type meanSums struct {
	*patterns
	rows   uint32
	row    []uint64
	packed [][]uint64 // mixed block → by its pattern, words
	sums   [][]int64  // mixed block → by its pattern, even questions
}

func newMeanSums(p *patterns) *meanSums {
	s := &meanSums{patterns: p, row: lane.Apart[uint64](p.means.words)}
	for _, i := range p.mixed {
		size := p.blocks[i].size
		s.packed = append(s.packed, make([]uint64, size*p.means.words))
		s.sums = append(s.sums, make([]int64, size*len(p.means.questions)))
	}
	return s
}

// add takes in a row by its patterns.
func (s *meanSums) add(at *[maxBlocks]uint32) {
	row := s.row
	clear(row)
	for i, packed := range s.means.packed {
		for k, word := range packed[int(at[i%maxBlocks])*len(row):][:len(row)] {
			row[k] |= word
		}
	}
	for k, i := range s.mixed {
		sums := s.packed[k][int(at[i%maxBlocks])*len(row):][:len(row)]
		for w, word := range row {
			sums[w] += word
		}
	}
	if s.rows++; s.rows == s.means.often {
		s.spill()
	}
}

// spill moves what was added up to where it has more room.
func (s *meanSums) spill() {
	n := len(s.means.questions)
	for k, packed := range s.packed {
		for i := range s.sums[k] {
			pattern, at := i/n, i%n
			s.sums[k][i] += int64(packed[pattern*len(s.row)+at/4] >> (16 * (at % 4)) & math.MaxUint16)
		}
		clear(packed)
	}
	s.rows = 0
}

// settle adds the products of even and uneven questions to the sums, and begins
// anew; rows are by block and pattern.
func (s *meanSums) settle(c *score.Compiled, items [][]int, rows [][]int64, to *complete) {
	s.spill()
	for k, i := range s.mixed {
		b := &s.blocks[i]
		for pattern, n := range rows[i] {
			if n == 0 {
				continue
			}
			sums := s.sums[k][pattern*len(s.means.questions):]
			for l, q := range b.questions {
				points := c.Questions[q].Points[b.alternative(c, pattern, l)]
				for at, even := range s.means.questions {
					to.addMixed(items, q, points, even, &c.Questions[even], n, sums[at])
				}
			}
		}
		clear(s.sums[k])
	}
}

// addMixed adds n rows in which a question earns some points, and the alternatives of
// an even one come to a sum.
func (t *complete) addMixed(items [][]int, q int, points []int, even int, e *score.Question, n, sum int64) {
	for d := range items {
		i, j := slices.Index(items[d], q), slices.Index(items[d], even)
		if i >= 0 && j >= 0 {
			earned := int64(e.Points[0][d])*n + int64(e.Points[1][d]-e.Points[0][d])*sum
			*t.scales[d].at(i, j) += int64(points[d]) * earned
		}
	}
}
