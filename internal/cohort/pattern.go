package cohort

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/rolefit/rolefit/internal/lane"
	"github.com/rolefit/rolefit/internal/score"
)

// Questions that are asked of everybody are put into blocks of a few. The answers
// to a block are one number, its pattern, and all of a row's patterns are a tag. Rows are counted by the patterns of two blocks at a time: that has every
// moment of two questions that reliability is worked out from.

// patterns says which questions are in which block, and which blocks go together.
type patterns struct {
	blocks []block
	pairs  [][2]int // blocks that move a dimension together and are counted so; none stands for no second one
	mixed  []int    // uneven blocks that move a dimension together with even ones
	means  means
	units  []lane.Tag // question → what an alternative adds to a row's tag for each before it; nil: they do not fit into a tag
}

// block is a few questions that move the same dimensions.
type block struct {
	bits      bitField
	size      int // how many patterns their answers have
	questions []int
	even      bool   // each of them earns the same from one alternative to the next
	moves     uint64 // dimensions, as bits
}

// bitField is where in a tag a pattern is.
type bitField struct {
	word, shift uint8
	mask        uint32
}

func (f *bitField) of(tag *lane.Tag) uint32 { return uint32(tag[f.word&1]>>(f.shift&63)) & f.mask }

// maxPatterns bounds the patterns of a block of several questions, so that the
// counts of two blocks stay in the nearest cache.
const maxPatterns = 64

// maxBlocks bounds the blocks; a power of two.
const maxBlocks = 64

// maxCounts bounds how many counts all pairs have together.
const maxCounts = 1 << 18

func newPatterns(c *score.Compiled, items [][]int) patterns {
	var p patterns
	moves := make(map[int]uint64)
	var order []int
	for d := range items {
		for _, q := range items[d] {
			if moves[q] == 0 {
				order = append(order, q)
			}
			moves[q] |= 1 << d
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(moves[a], moves[b]), a-b) })
	for _, even := range []bool{true, false} {
		for _, q := range order {
			if one := &c.Questions[q]; isEven(one) == even {
				p.place(q, len(one.Alternatives), moves[q], even)
			}
		}
	}
	p.lay(c)
	return p
}

// isEven reports whether a question earns the same from one alternative to the next,
// as a scale does.
func isEven(q *score.Question) bool {
	for a := 2; a < len(q.Points); a++ {
		for d := range q.Min {
			if q.Points[a][d]-q.Points[a-1][d] != q.Points[1][d]-q.Points[0][d] {
				return false
			}
		}
	}
	return true
}

// place puts a question into the last block, or begins one.
func (p *patterns) place(q, alternatives int, moves uint64, even bool) {
	if n := len(p.blocks); n > 0 {
		if last := &p.blocks[n-1]; last.moves == moves && last.even == even && last.size*alternatives <= maxPatterns {
			last.questions, last.size = append(last.questions, q), last.size*alternatives
			return
		}
	}
	p.blocks = append(p.blocks, block{questions: []int{q}, moves: moves, size: alternatives, even: even})
}

// lay gives every block its bits, and finds the pairs.
func (p *patterns) lay(c *score.Compiled) {
	word, used, counts := 0, uint(0), 0
	for i := range p.blocks {
		b := &p.blocks[i]
		width := uint(bits.Len(uint(b.size - 1)))
		if used+width > 64 {
			word, used = word+1, 0
		}
		b.bits = bitField{uint8(word), uint8(used), 1<<width - 1}
		used += width
		counts += p.pair(i)
	}
	p.means = newMeans(c, p)
	if word >= len(lane.Tag{}) || len(p.blocks) >= maxBlocks || counts > maxCounts || p.means.words > maxMeans {
		return
	}
	p.units = make([]lane.Tag, len(c.Questions))
	for _, b := range p.blocks {
		unit := uint64(1) << b.bits.shift
		for _, q := range b.questions {
			p.units[q][b.bits.word] = unit
			unit *= uint64(len(c.Questions[q].Alternatives))
		}
	}
}

// pair finds the blocks that a block is counted with, of those that stand before it,
// and how many counts that takes.
func (p *patterns) pair(i int) (counts int) {
	b := &p.blocks[i]
	mixed := false
	for k := range p.blocks[:i] {
		switch one := &p.blocks[k]; {
		case one.moves&b.moves == 0:
		case one.even != b.even: // even ones stand first
			mixed = true
		default:
			p.pairs = append(p.pairs, [2]int{k, i})
			counts += one.size * b.size
		}
	}
	if counts == 0 { // its own counts are wanted all the same
		p.pairs = append(p.pairs, [2]int{i, none})
		counts = b.size
	}
	if mixed {
		p.mixed = append(p.mixed, i)
	}
	return counts
}

// none stands for no block.
const none = -1

// patternCounts counts rows by their patterns.
type patternCounts struct {
	*patterns
	rows   uint32
	bits   []bitField        // of the blocks
	at     [maxBlocks]uint32 // block → the row's pattern
	places []place
	sums   *meanSums
	counts []uint32 // rows, from the place of a pair on: by the pattern of the first block times the size of the second, plus that of the second
}

// place is where a pair is counted.
type place struct{ first, second, size, from uint32 }

// maxRows is how many rows are counted before the counts are settled, so that none overflows.
const maxRows = 1 << 31

func newPatternCounts(p *patterns) *patternCounts {
	n := &patternCounts{patterns: p}
	for _, b := range p.blocks {
		n.bits = append(n.bits, b.bits)
	}
	from := 0
	for _, pair := range p.pairs {
		second, size := maxBlocks-1, 1 // a pattern that is always 0
		if pair[1] != none {
			second, size = pair[1], p.blocks[pair[1]].size
		}
		n.places = append(n.places, place{uint32(pair[0]), uint32(second), uint32(size), uint32(from)})
		from += p.blocks[pair[0]].size * size
	}
	n.counts = make([]uint32, from)
	n.sums = newMeanSums(p)
	return n
}

// add counts a row that answers everything that is asked of everybody.
func (n *patternCounts) add(tag *lane.Tag) {
	at := &n.at
	for i := range n.bits {
		at[i%maxBlocks] = n.bits[i].of(tag)
	}
	counts := n.counts
	for i := range n.places {
		p := &n.places[i]
		counts[p.from+at[p.first%maxBlocks]*p.size+at[p.second%maxBlocks]]++
	}
	if len(n.mixed) > 0 {
		n.sums.add(at)
	}
	n.rows++
}

// settle adds what was counted to the sums, and begins anew.
func (n *patternCounts) settle(c *score.Compiled, items [][]int, to *complete) {
	rows := make([][]int64, len(n.blocks)) // block, pattern → rows
	for k, pair := range n.pairs {
		a, size := &n.blocks[pair[0]], int(n.places[k].size)
		counts := n.counts[n.places[k].from:][:a.size*size]
		for side, i := range pair {
			if i != none && rows[i] == nil {
				rows[i] = marginal(counts, a.size, size, side)
				to.addBlock(c, items, &n.blocks[i], rows[i])
			}
		}
		if pair[1] != none {
			to.addPair(c, items, a, &n.blocks[pair[1]], counts)
		}
	}
	n.sums.settle(c, items, rows, to)
	clear(n.counts)
	to.n += int64(n.rows)
	n.rows = 0
}

// marginal counts by the pattern of one of two blocks.
func marginal(counts []uint32, first, second, side int) []int64 {
	sums := make([]int64, []int{first, second}[side])
	for i, n := range counts {
		sums[[]int{i / second, i % second}[side]] += int64(n)
	}
	return sums
}

// alternative is the answer to the kth question of a block that a pattern has.
func (b *block) alternative(c *score.Compiled, pattern, k int) int {
	for _, q := range b.questions[:k] {
		pattern /= len(c.Questions[q].Alternatives)
	}
	return pattern % len(c.Questions[b.questions[k]].Alternatives)
}

// addBlock adds the rows of one block by pattern: the answers to each of its
// questions, and the products of two.
func (t *complete) addBlock(c *score.Compiled, items [][]int, b *block, rows []int64) {
	chosen := make([]int, len(b.questions))
	for pattern, n := range rows {
		if n == 0 {
			continue
		}
		for k, q := range b.questions {
			chosen[k] = b.alternative(c, pattern, k)
			t.answers[q][chosen[k]] += n
		}
		for d := range items {
			for k, q := range b.questions {
				i := slices.Index(items[d], q)
				if i < 0 {
					continue
				}
				v := int64(c.Questions[q].Points[chosen[k]][d])
				t.scales[d].sum[i] += n * v
				for l := k; l < len(b.questions); l++ {
					other := b.questions[l]
					if j := slices.Index(items[d], other); j >= 0 {
						*t.scales[d].at(i, j) += n * v * int64(c.Questions[other].Points[chosen[l]][d])
					}
				}
			}
		}
	}
}

// addPair adds the products of questions of two blocks.
func (t *complete) addPair(c *score.Compiled, items [][]int, a, b *block, rows []uint32) {
	for k, q := range a.questions {
		for l, other := range b.questions {
			joint := make([][]int64, len(c.Questions[q].Alternatives))
			for i := range joint {
				joint[i] = make([]int64, len(c.Questions[other].Alternatives))
			}
			for i, n := range rows {
				if n > 0 {
					joint[a.alternative(c, i/b.size, k)][b.alternative(c, i%b.size, l)] += int64(n)
				}
			}
			for d := range items {
				i, j := slices.Index(items[d], q), slices.Index(items[d], other)
				if i < 0 || j < 0 {
					continue
				}
				sum := int64(0)
				for x, row := range joint {
					for y, n := range row {
						sum += n * int64(c.Questions[q].Points[x][d]) * int64(c.Questions[other].Points[y][d])
					}
				}
				*t.scales[d].at(i, j) += sum
			}
		}
	}
}
