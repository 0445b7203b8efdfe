package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width returns the number of terminal cells that s takes, by grapheme
// cluster; escape sequences take none.
func Width(s string) int { return ansi.StringWidth(s) }

// Wrap breaks s into lines of at most width cells, at spaces where it can. Blank
// lines part paragraphs and are kept; other white space is folded.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for i, paragraph := range paragraphs(s) {
		if i > 0 {
			lines = append(lines, "")
		}
		wrapped := ansi.Wrap(paragraph, width, "")
		for line := range strings.SplitSeq(wrapped, "\n") {
			lines = append(lines, strings.TrimRight(line, " "))
		}
	}
	return lines
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

// Pad fills s with spaces to width cells; a longer s is cut with an ellipsis.
func Pad(s string, width int) string {
	if Width(s) > width {
		s = ansi.Truncate(s, width, "…")
	}
	return s + strings.Repeat(" ", max(0, width-Width(s)))
}
