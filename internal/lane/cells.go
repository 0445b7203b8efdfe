package lane

import (
	"encoding/binary"
	"math/bits"
)

// cells is what cells of a column, or of several that stand together, mean.
type cells struct {
	slots []slot // a power of two, at most three quarters of them taken
	n     int
}

// slot is a cell. Cells of up to eight bytes are told apart by hash and length
// alone; longer ones are compared.
type slot struct {
	worth       Worth
	hash        uint64
	length      int32 // of the text; −1: the slot is free
	alternative int16 // none: no answer
	fenced      bool  // there are line ends or quotes in the text: bare in a row, it is something else
	text        string
}

// none stands for no answer.
const none = -1

func newCells() cells {
	c := cells{slots: make([]slot, 8)}
	for i := range c.slots {
		c.slots[i].length = -1
	}
	return c
}

// find looks a cell up by its hash; nil: it has not been met.
func (c *cells) find(hash uint64, text []byte) *slot {
	mask := uint64(len(c.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := &c.slots[i]
		if s.hash == hash && int(s.length) == len(text) && (len(text) <= 8 || s.text == string(text)) {
			return s
		}
		if s.length < 0 {
			return nil
		}
	}
}

// put takes in a cell that is not there.
func (c *cells) put(s slot) {
	if 4*(c.n+1) > 3*len(c.slots) {
		old := c.slots
		*c = cells{slots: make([]slot, 2*len(old))}
		for i := range c.slots {
			c.slots[i].length = -1
		}
		for _, one := range old {
			if one.length >= 0 {
				c.put(one)
			}
		}
	}
	mask := uint64(len(c.slots) - 1)
	i := s.hash & mask
	for c.slots[i].length >= 0 {
		i = (i + 1) & mask
	}
	c.slots[i] = s
	c.n++
}

// hashOf hashes a cell: eight bytes at a time are multiplied and folded, so that
// no two cells of up to eight bytes and the same length agree.
func hashOf(text []byte) uint64 {
	h := uint64(0)
	for len(text) >= 8 {
		h = mix(h, binary.LittleEndian.Uint64(text))
		text = text[8:]
	}
	var rest [8]byte
	copy(rest[:], text)
	return mix(h, binary.LittleEndian.Uint64(rest[:]))
}

func mix(h, word uint64) uint64 {
	h = (h ^ word) * 0x9e3779b97f4a7c15 // odd: no two words come to the same (Knuth 1998, multiplicative hashing)
	return h ^ h>>32
}

// Bytes of a word are looked at all at once: one that is 0 is found as by Mycroft (1987).
const (
	eachByte = 0x0101_0101_0101_0101
	eachTop  = 0x8080_8080_8080_8080
)

// zeros marks the bytes that are 0. The lowest mark is right; above it there may be more.
func zeros(word uint64) uint64 { return (word - eachByte) &^ word & eachTop }

// marked is how many bytes stand below the lowest mark.
func marked(marks uint64) int { return bits.TrailingZeros64(marks) >> 3 }

// below keeps the lowest n bytes of a word.
func below(word uint64, n int) uint64 { return word & (1<<(8*n) - 1) }
