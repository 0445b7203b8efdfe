package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// parse makes an answer of a typed line. The fault says what is wrong with
// it and what would be right.
func parse(line string, item Item) (a quiz.Answer, fault string) {
	f := item.Form
	words := strings.FieldsFunc(line, func(r rune) bool { return f.List && (r == ',' || unicode.IsSpace(r)) })
	if f.List && f.Min == 0 && len(words) == 1 && words[0] == "0" {
		return quiz.Answer{}, ""
	}
	for _, word := range words {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(item.Order) {
			return nil, fmt.Sprintf("%s is not one of the answers: %s", quote(word), lowerFirst(howTo(f)))
		}
		entry := item.Order[n-1]
		if slices.Contains(a, entry) {
			return nil, fmt.Sprintf("%d stands twice: %s", n, lowerFirst(howTo(f)))
		}
		a = append(a, entry)
	}
	if !f.Ordered {
		slices.Sort(a)
	}
	if len(a) == 0 || !f.Allows(a) {
		return nil, fmt.Sprintf("%s holds %s: %s", quote(line), text.Count(len(a), "number"), lowerFirst(howTo(f)))
	}
	return a, ""
}

func quote(s string) string { return `"` + shorten(text.Clean(s), 40) + `"` }

func lowerFirst(s string) string { return mapFirst(s, unicode.ToLower) }

func upperFirst(s string) string { return mapFirst(s, unicode.ToUpper) }

func mapFirst(s string, change func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(change(r)) + s[size:]
}
