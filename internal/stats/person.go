package stats

import "math"

// IRV is one person's intra-individual response variability: the SD (n−1) of
// the raw answers, as answered and not turned round (Dunn, Heggestad, Shanock &
// Theilgard 2018). Exact up to the root while the answers' squares times their
// number squared fit 64 bits; it allocates nothing.
func IRV(raw []int) Figure {
	n := int64(len(raw))
	if n < 2 {
		return unknown(whyOneAnswer)
	}
	var sum, squares int64
	for _, x := range raw {
		sum += int64(x)
		squares += int64(x) * int64(x)
	}
	return known(math.Sqrt(float64(n*squares-sum*sum) / float64(n*(n-1))))
}

// LongString is the length of the longest run of equal answers one after the
// other (Johnson 2005); 0 for no answers. It allocates nothing.
func LongString(raw []int) int {
	longest, run := 0, 0
	for i, x := range raw {
		if i > 0 && x != raw[i-1] {
			run = 0
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
