package text

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// cells is how terminals show text: by grapheme cluster, without escape sequences.
var cells = displaywidth.Options{ControlSequences: true}

// Width returns the number of terminal cells that s takes, by grapheme
// cluster; escape sequences take none.
func Width(s string) int {
	if isASCII(s) {
		return len(s) // most text by far, and what a result is measured in
	}
	return cells.String(s)
}

// isASCII reports whether s is printable ASCII: then every byte is a character that takes one cell.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Wrap breaks s into lines of at most width cells, at spaces where it can. Blank
// lines part paragraphs and are kept; other white space is folded.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for i, paragraph := range paragraphs(s) {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, fill(paragraph, width)...)
	}
	return lines
}

// fill breaks one paragraph.
func fill(paragraph string, width int) []string {
	line, used := "", 0
	var lines []string
	for i, word := range strings.Split(paragraph, " ") {
		space := min(i, 1)
		for _, piece := range pieces(word, width) {
			wide := Width(piece)
			if used > 0 && used+space+wide > width {
				lines = append(lines, line)
				line, used = "", 0
			}
			if used > 0 && space > 0 {
				line, used = line+" ", used+1
			}
			line, used, space = line+piece, used+wide, 0
		}
	}
	return append(lines, line)
}

// pieces are the parts of a word that a line may end with: up to a hyphen
// between two letters, and where it is too wide even so, anywhere.
func pieces(word string, width int) []string {
	if isASCII(word) && len(word) <= width && !strings.Contains(word, "-") {
		return []string{word}
	}
	var all []string
	runes, from := []rune(word), 0
	for i := 1; i < len(runes); i++ {
		if i+1 == len(runes) || runes[i] == '-' && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1]) {
			all = append(all, string(runes[from:i+1]))
			from = i + 1
		}
	}
	if from < len(runes) {
		all = append(all, string(runes[from:]))
	}
	var fitting []string
	for _, piece := range all {
		fitting = append(fitting, chopped(piece, width)...)
	}
	return fitting
}

// chopped breaks s between clusters, into parts of at most width cells where a
// cluster is not wider.
func chopped(s string, width int) (parts []string) {
	from, at, used := 0, 0, 0
	for g := cells.StringGraphemes(s); g.Next(); at += len(g.Value()) {
		if used > 0 && used+g.Width() > width {
			parts = append(parts, s[from:at])
			from, used = at, 0
		}
		used += g.Width()
	}
	return append(parts, s[from:])
}

// paragraphs folds the white space inside each paragraph of s.
func paragraphs(s string) []string {
	var all []string
	var words []string
	flush := func() {
		if len(words) > 0 {
			all = append(all, strings.Join(words, " "))
			words = nil
		}
	}
	for line := range strings.SplitSeq(Clean(s), "\n") {
		if strings.TrimSpace(line) == "" {
			flush()
			continue
		}
		words = append(words, strings.Fields(line)...)
	}
	flush()
	if all == nil {
		return []string{""}
	}
	return all
}

// Hang wraps s behind a lead: the lead stands before the first line and the
// same width of space before the others.
func Hang(lead, s string, width int) []string {
	indent := strings.Repeat(" ", Width(lead))
	lines := Wrap(s, width-Width(lead))
	for i := range lines {
		if i == 0 {
			lines[i] = lead + lines[i]
		} else if lines[i] != "" {
			lines[i] = indent + lines[i]
		}
	}
	return lines
}

// Fit ends s with an ellipsis where it is wider than width cells; escape sequences
// behind that are kept.
func Fit(s string, width int) string { return cells.TruncateString(s, width, "…") }

// Pad fills s with spaces to width cells; a longer s is cut with an ellipsis.
func Pad(s string, width int) string {
	s = Fit(s, width)
	return s + strings.Repeat(" ", max(0, width-Width(s)))
}
