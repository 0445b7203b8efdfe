// Package chance draws from recorded seeds, the same on every machine and in every
// year. It must not know what is drawn, nor where a seed comes from.
package chance

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// Source is a sequence of random numbers.
type Source struct{ pcg *rand.PCG }

// New starts the sequence that a seed has for a name; different names give
// independent ones. PCG's output is fixed by its definition (O'Neill 2014).
func New(seed int64, name string) *Source {
	text := binary.BigEndian.AppendUint64(nil, uint64(seed))
	sum := sha256.Sum256(append(text, name...))
	return &Source{rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16]))}
}

// Below draws a whole number from 0 to n−1 without bias (Lemire 2019). It is
// written out because the library does not promise to keep its own way.
func (s *Source) Below(n int) int {
	for {
		high, low := bits.Mul64(s.pcg.Uint64(), uint64(n))
		if low >= -uint64(n)%uint64(n) {
			return int(high)
		}
	}
}
