package text

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// maxNear is how many letters a word may have that is compared with others.
const maxNear = 100

// Near returns the candidate that was most likely meant by word, or "" when
// none is close: the same but for case, or a few letters apart (Levenshtein
// 1966; two letters that changed places count as two). Of equally close ones
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
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}
