package text

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Near returns the candidate that was most likely meant by word, or "" when
// none is close: the same but for case, or within a third of its letters
// (Levenshtein 1966). Of equally close ones the first wins.
func Near(word string, candidates []string) string {
	limit := len(word) / 3
	if limit == 0 && len(word) > 1 {
		limit = 1
	}
	best, bestDistance := "", limit+1
	for _, c := range candidates {
		if strings.EqualFold(c, word) {
			return c
		}
		if len(c) > len(word)+limit || len(word) > len(c)+limit {
			continue
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}
