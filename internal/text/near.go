package text

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// maxNear is how many letters a word may have that is compared with others.
const maxNear = 100

// Near returns the candidate that was most likely meant by word, or "" when
// none is close: the same but for case, or a few letters apart (Levenshtein
// 1966; two neighbours that changed places count as one). Of equally close ones
// the first wins.
func Near(word string, candidates []string) string {
	length := utf8.RuneCountInString(word)
	if length > maxNear {
		return "" // no slip of the pen, and the distance would take minutes
	}
	limit := length / 3
	switch {
	case length > 3:
		limit = max(limit, 2)
	case length > 1:
		limit = 1
	}
	best, bestDistance := "", limit+1
	for _, c := range candidates {
		if strings.EqualFold(c, word) {
			return c
		}
		if n := utf8.RuneCountInString(c); n > length+limit || length > n+limit {
			continue
		}
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance counts the letters to change, add or remove, or the one pair of
// neighbours to swap.
func distance(a, b string) int {
	if swapped([]rune(a), []rune(b)) {
		return 1
	}
	return levenshtein.ComputeDistance(a, b)
}

// swapped reports whether a is b with two neighbours in each other's place.
func swapped(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
