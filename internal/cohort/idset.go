package cohort

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

// seen finds ids that come again. As long as each id is greater than the one
// before, as exports number them, none can have been there: their hashes are only
// kept. The first id that breaks the order makes a set of them.
type seen struct {
	last  []byte     // the greatest id so far
	kept  [][]uint64 // while in order
	set   idSet
	mixed bool // not in order any more
}

// ids is what a chunk tells of its ids, in their order.
type ids struct {
	hashes []uint64
	first  []byte
	last   []byte // may lie in the chunk: see keep
	room   []byte // of a last one that does not
	mixed  bool   // some id is not greater than the one before
}

func (i *ids) reset() { *i = ids{hashes: i.hashes[:0], first: i.first[:0], room: i.room[:0]} }

// add takes the next id, which must stay as it is until keep is called.
func (i *ids) add(id []byte) {
	if len(i.hashes) == 0 {
		i.first = append(i.first[:0], id...)
	} else {
		i.mixed = i.mixed || !less(i.last, id)
	}
	i.last = id
	i.hashes = append(i.hashes, hashID(id))
}

// addCopy takes the next id, which may change after.
func (i *ids) addCopy(id []byte) {
	i.add(id)
	i.room = append(i.room[:0], id...)
	i.last = i.room
}

// keep makes the last id outlast what it lies in.
func (i *ids) keep() { i.last = bytes.Clone(i.last) }

// less orders ids by length, and then by their bytes: numbers by their size.
func less(a, b []byte) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	if n := len(a); n >= 8 && n <= 16 { // the usual: two words that may share bytes
		x, y := binary.BigEndian.Uint64(a), binary.BigEndian.Uint64(b)
		return x < y || x == y && binary.BigEndian.Uint64(a[n-8:]) < binary.BigEndian.Uint64(b[n-8:])
	}
	return bytes.Compare(a, b) < 0
}

// add takes a chunk's ids in, and calls again for each that has been there.
func (s *seen) add(i *ids, again func(n int)) {
	if len(i.hashes) == 0 {
		return
	}
	if !s.mixed && !i.mixed && (s.last == nil || less(s.last, i.first)) {
		s.kept = append(s.kept, slices.Clone(i.hashes))
		s.last = append(s.last[:0], i.last...)
		return
	}
	if !s.mixed {
		s.mixed = true
		for _, some := range s.kept {
			for _, h := range some {
				s.set.add(h)
			}
		}
		s.kept = nil
	}
	for n, h := range i.hashes {
		if s.set.add(h) {
			again(n)
		}
	}
}

// idSet remembers the hashes of ids, eight bytes each. A hash has its place by
// its highest bits, so that growing goes through old and new slots in order.
type idSet struct {
	slots []uint64
	shift uint
	n     int
	zero  bool
}

// spread makes the highest bits depend on all the others (Knuth 1998, multiplicative hashing).
const spread = 0x9e3779b97f4a7c15

// add reports whether the hash was there already.
func (s *idSet) add(h uint64) bool {
	h *= spread
	if h == 0 {
		was := s.zero
		s.zero = true
		return was
	}
	if 4*s.n >= 3*len(s.slots) {
		s.grow()
	}
	if s.put(h) {
		s.n++
		return false
	}
	return true
}

// put reports whether the hash is new.
func (s *idSet) put(h uint64) bool {
	mask := len(s.slots) - 1
	for i := int(h >> s.shift); ; i = (i + 1) & mask {
		switch s.slots[i] {
		case 0:
			s.slots[i] = h
			return true
		case h:
			return false
		}
	}
}

func (s *idSet) grow() {
	old := s.slots
	s.slots = make([]uint64, max(1<<12, 2*len(old)))
	s.shift = uint(64 - bits.Len(uint(len(s.slots)-1)))
	for _, h := range old {
		if h != 0 {
			s.put(h)
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
