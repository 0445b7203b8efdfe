package odds

import (
	"math/big"
	"math/bits"
)

// counts is a vector of whole numbers of the same width, limbs 64-bit words
// each, the least first: enough for the number of all sheets, so that nothing wraps.
type counts struct {
	limbs int
	words []uint64 // cell after cell
}

// limbsFor returns how many words a number up to total needs.
func limbsFor(total *big.Int) int { return max(1, (total.BitLen()+63)/64) }

func newCounts(cells, limbs int) counts { return counts{limbs, make([]uint64, cells*limbs)} }

func (c counts) cells() int { return len(c.words) / c.limbs }

func (c counts) at(cell int) []uint64 { return c.words[cell*c.limbs : (cell+1)*c.limbs] }

// zero reports whether a cell's count is 0.
func (c counts) zero(cell int) bool {
	for _, w := range c.at(cell) {
		if w != 0 {
			return false
		}
	}
	return true
}

// shift is one value that a question adds, and how many of its alternatives do.
type shift struct {
	by    int
	times uint64
}

// convolve adds a question: to[i+by] = Σ times·from[i], over the first n cells of from. The
// cells of to that it may reach must be there; they are overwritten.
func convolve(to, from counts, n int, shifts []shift) {
	clear(to.words)
	for _, s := range shifts {
		if from.limbs == 1 {
			addOne(to.words[s.by:s.by+n], from.words[:n], s.times)
		} else {
			addMany(to.words[s.by*to.limbs:], from.words[:n*from.limbs], from.limbs, s.times)
		}
	}
}

func addOne(to, from []uint64, times uint64) {
	to = to[:len(from)]
	if times == 1 {
		for i, v := range from {
			to[i] += v
		}
		return
	}
	for i, v := range from {
		to[i] += v * times
	}
}

func addMany(to, from []uint64, limbs int, times uint64) {
	for i := 0; i < len(from); i += limbs {
		addTimes(to[i:i+limbs], from[i:i+limbs], times)
	}
}

// addTimes adds times·from to to, which must not overflow.
func addTimes(to, from []uint64, times uint64) {
	var carry uint64
	for j, v := range from {
		high, low := bits.Mul64(v, times)
		var c uint64
		low, c = bits.Add64(low, carry, 0)
		high += c
		to[j], c = bits.Add64(to[j], low, 0)
		carry = high + c
	}
}

// divide divides one number by a small one; there is no remainder.
func divide(n []uint64, by uint64) {
	if by == 1 {
		return
	}
	var rest uint64
	for j := len(n) - 1; j >= 0; j-- {
		n[j], rest = bits.Div64(rest, n[j], by)
	}
}

// deconvolve takes a question out again: it finds rest with rest ∗ shifts =
// full. The first shift must be the one by 0.
func deconvolve(rest, full counts, shifts []shift) {
	if full.limbs == 1 {
		deconvolveOne(rest.words, full.words, shifts)
		return
	}
	for i := range full.cells() {
		cell := rest.at(i)
		complement(cell, full.at(i)) // of what is added to it, the complement is what was taken away
		for _, s := range shifts[1:] {
			if i >= s.by {
				addTimes(cell, rest.at(i-s.by), s.times)
			}
		}
		complement(cell, cell)
		divide(cell, shifts[0].times)
	}
}

// complement writes the ones' complement of a number: ^(^a + b) is a − b.
func complement(to, from []uint64) {
	for j, w := range from {
		to[j] = ^w
	}
}

func deconvolveOne(rest, full []uint64, shifts []shift) {
	first := shifts[0].times
	for i, v := range full {
		for _, s := range shifts[1:] {
			if i >= s.by {
				v -= rest[i-s.by] * s.times
			}
		}
		if first != 1 {
			v /= first
		}
		rest[i] = v
	}
}

// sum is a running total of counts, wider than they are.
type sum []uint64

func newSum(limbs int) sum { return make(sum, limbs+1) }

func (s sum) add(n []uint64) {
	var carry uint64
	for j, v := range n {
		s[j], carry = bits.Add64(s[j], v, carry)
	}
	s[len(n)] += carry
}

// int returns the total as a big number.
func (s sum) int() *big.Int {
	total := new(big.Int)
	for j := len(s) - 1; j >= 0; j-- {
		total.Lsh(total, 64).Or(total, new(big.Int).SetUint64(s[j]))
	}
	return total
}
