package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/text"
)

const (
	marker   = "❯ "
	noMarker = "  "
)

func (q *questionPage) draw(width int, st style) layout {
	if q.help != nil {
		return q.help.draw(width, st)
	}
	l := layout{
		title:  heading(q.item),
		bar:    progressBar(q.item.Number, q.item.Total, width),
		status: q.message,
		brief:  q.brief(),
	}
	for _, line := range text.Wrap(q.item.Question.Ask, width) {
		l.body = append(l.body, st.paint(bold, line))
	}
	if said := limits(q.item.Form); said != "" {
		l.body = append(l.body, text.Wrap(said+".", width)...)
	}
	l.body = append(l.body, "")
	if l.status == "" {
		l.status = q.picked()
	}
	q.inRow = q.item.Form.Steps && q.drawRow(&l, width, st)
	if !q.inRow {
		q.drawList(&l, width, st)
	}
	l.hints = q.hints()
	return l
}

func heading(item Item) string {
	if item.Total == 0 { // it is asked before the quiz
		return text.Line(item.Label)
	}
	title := fmt.Sprintf("Question %d of %d", item.Number, item.Total)
	if item.Label != "" {
		title += " · " + text.Line(item.Label)
	}
	return title
}

// progressBar shows the share of the questions that lie behind.
func progressBar(number, total, width int) string {
	cells := min(width, 60) - 6
	if cells < 4 || total < 1 {
		return ""
	}
	done := max(number-1, 0)
	full := done * cells / total
	return strings.Repeat("━", full) + strings.Repeat("─", cells-full) + fmt.Sprintf("%5d%%", done*100/total)
}

// picked says in words how far a list is.
func (q *questionPage) picked() string {
	switch {
	case q.item.Form.Ordered:
		return fmt.Sprintf("%d of %d placed", len(q.picks), q.item.Form.Max)
	case q.item.Form.List:
		return fmt.Sprintf("%d picked", len(q.picks))
	}
	return ""
}

func (q *questionPage) drawList(l *layout, width int, st style) {
	for place, entry := range q.item.Order {
		focused := place == q.focus
		words := q.item.Form.Texts[entry]
		if !q.item.Form.List && q.isCurrent(entry) {
			words += " (current answer)"
		}
		lines := hang(q.lead(place, focused), words, width)
		if focused {
			l.from, l.to = len(l.body), len(l.body)+len(lines)
		}
		for _, line := range lines {
			if focused {
				line = st.paint(accent, line)
			}
			l.body = append(l.body, line)
		}
	}
}

// lead stands before an entry: marker, key, and in a list its box or place.
func (q *questionPage) lead(place int, focused bool) string {
	lead := noMarker
	if focused {
		lead = marker
	}
	lead += q.key(place) + ") "
	if !q.item.Form.List {
		return lead
	}
	pick := slices.Index(q.picks, q.item.Order[place])
	switch {
	case q.item.Form.Ordered && pick >= 0:
		return lead + "[" + ordinal(pick+1) + "] "
	case q.item.Form.Ordered:
		return lead + "[   ] "
	case pick >= 0:
		return lead + "[x] "
	}
	return lead + "[ ] "
}

// key is what a person presses for an entry.
func (q *questionPage) key(place int) string {
	if q.item.Form.Steps {
		return fmt.Sprintf("%*d", len(strconv.Itoa(len(q.item.Order))), place+1)
	}
	if place < len(entryKeys) {
		return entryKeys[place : place+1]
	}
	return " "
}

func (q *questionPage) isCurrent(entry int) bool {
	return q.item.Answered && slices.Contains(q.item.Current, entry)
}

// drawRow puts the steps side by side, each number above its label. It
// reports false where they do not fit.
func (q *questionPage) drawRow(l *layout, width int, st style) bool {
	const gap = 2
	keys, labels, current := "", "", ""
	for place, entry := range q.item.Order {
		label := text.Line(q.item.Form.Texts[entry])
		number := strconv.Itoa(place + 1)
		cell := max(text.Width(label), len(number))
		lead := noMarker
		paint := func(s string) string { return s }
		if place == q.focus {
			lead, l.column = marker, text.Width(keys)
			paint = func(s string) string { return st.paint(accent, s) }
		}
		keys += paint(lead+text.Pad(number, cell)) + strings.Repeat(" ", gap)
		labels += paint(noMarker+text.Pad(label, cell)) + strings.Repeat(" ", gap)
		if q.isCurrent(entry) {
			current = fmt.Sprintf("Current answer: %d, %s", place+1, label)
		}
	}
	if text.Width(labels)-gap > width {
		l.column = 0
		return false
	}
	if q.focus >= 0 {
		l.from, l.to = len(l.body), len(l.body)+2
	}
	l.body = append(l.body, keys, labels)
	if current != "" {
		l.body = append(append(l.body, ""), text.Wrap(current, width)...)
	}
	return true
}

func ordinal(n int) string {
	switch n {
	case 1:
		return "1st"
	case 2:
		return "2nd"
	case 3:
		return "3rd"
	}
	return strconv.Itoa(n) + "th"
}

// keyRange names the keys of the entries: 1-4, or 1-9 a-f.
func (q *questionPage) keyRange() string {
	n := len(q.item.Order)
	if n <= 9 || q.item.Form.Steps {
		return "1-" + strconv.Itoa(n)
	}
	if n == 10 {
		return "1-9 " + q.key(9)
	}
	return "1-9 a-" + q.key(min(n, len(entryKeys))-1)
}

func (q *questionPage) hints() []string {
	f, keys, back := q.item.Form, q.keyRange(), "← back"
	var hints []string
	switch {
	case f.Ordered:
		hints = []string{"↑↓ move", "Space/" + keys + " place", "Enter next"}
	case f.List:
		hints = []string{"↑↓ move", "Space/" + keys + " pick", "Enter next"}
	case f.Steps:
		arrows := "↑↓"
		if q.inRow {
			arrows = "←→"
		}
		hints, back = []string{arrows + " or " + keys + " choose", "Enter next"}, "b back"
	default:
		hints = []string{"↑↓ or " + keys + " choose", "Enter next"}
	}
	if q.item.CanBack {
		hints = append(hints, back)
	}
	if q.item.Question.Optional {
		hints = append(hints, "s skip")
	}
	return append(hints, "? help", quitHint(q.noSave))
}

func quitHint(noSave bool) string {
	if noSave {
		return "q quit"
	}
	return "q save & quit"
}

func (q *questionPage) brief() []string {
	if q.item.Form.List {
		return []string{"↑↓ Space Enter", "? help", "q quit"}
	}
	return []string{"↑↓ Enter", "? help", "q quit"}
}
