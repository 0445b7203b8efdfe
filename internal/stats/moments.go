package stats

// Moments are the exact sums over N complete respondents of k items: the points
// each question earned them, already keyed (a reversed item is turned round
// first, from its declared range).
//
// Who fills them keeps every sum within 64 bits: that holds while N·M² does, M
// being the largest size of a Min or Max. With items of up to 2,500 points that
// is 10¹² respondents.
type Moments struct {
	N        int64
	Sum      []int64   // item → Σ x
	Cross    [][]int64 // Cross[i][j−i] = Σ xᵢ·xⱼ for i ≤ j: the upper triangle, row by row
	Min, Max []int64   // item → the least and the most it can give (its declared range)
}

// Items is k.
func (m *Moments) Items() int { return len(m.Sum) }
