package ask

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/AlecAivazis/survey/v2/terminal"

	"github.com/rolefit/rolefit/internal/text"
)

// textPage shows paragraphs: the welcome, or help. The arrows scroll.
type textPage struct {
	title      string
	paragraphs []string
	hints      []string
	brief      []string
	first      int // the first line wanted
	lines      int // of the last draw
}

func welcomePage(w Welcome) *textPage {
	p := &textPage{
		title: text.Line(w.Title),
		hints: []string{"Enter start", "↑↓ scroll", "q quit"},
		brief: []string{"Enter start", "q quit"},
	}
	if strings.TrimSpace(w.Intro) != "" {
		p.paragraphs = append(p.paragraphs, w.Intro)
	}
	p.paragraphs = append(p.paragraphs, w.sentences()...)
	return p
}

func (t *textPage) draw(width int, _ style) layout {
	var body []string
	for i, paragraph := range t.paragraphs {
		if i > 0 {
			body = append(body, "")
		}
		body = append(body, text.Wrap(paragraph, width)...)
	}
	t.lines = len(body)
	return layout{title: t.title, body: body, scroll: &t.first, hints: t.hints, brief: t.brief}
}

// scrolls handles the keys that scroll and reports whether this was one.
func (t *textPage) scrolls(r rune) bool {
	switch r {
	case terminal.KeyArrowUp, 'k':
		t.first--
	case terminal.KeyArrowDown, 'j':
		t.first++
	case terminal.SpecialKeyHome:
		t.first = 0
	case terminal.SpecialKeyEnd:
		t.first = t.lines - 1
	default:
		return false
	}
	t.first = min(max(t.first, 0), max(t.lines-1, 0))
	return true
}

func (t *textPage) press(r rune) (done bool, err error) {
	switch {
	case r == '\r' || r == '\n':
		return true, nil
	case unicode.ToLower(r) == 'q':
		return false, ErrQuit
	}
	t.scrolls(r)
	return false, nil
}

// helpPage shows the question and its entries whole, however small the window
// is, with the author's help and what every key does.
func (q *questionPage) helpPage() *textPage {
	p := &textPage{
		title:      "Help",
		paragraphs: []string{q.item.Question.Ask},
		hints:      []string{"↑↓ scroll", "any other key goes on"},
		brief:      []string{"any key goes on"},
	}
	if help := strings.TrimSpace(q.item.Question.Help); help != "" {
		p.paragraphs = append(p.paragraphs, help)
	}
	for place, entry := range q.item.Order {
		p.paragraphs = append(p.paragraphs, q.key(place)+") "+q.item.Form.Texts[entry])
	}
	keys := "Keys: " + strings.Join(q.hints(), "; ") + "."
	keys += " Home and End go to the first and the last; b or Backspace goes back; Ctrl-C ends at once."
	p.paragraphs = append(p.paragraphs, keys)
	return p
}

// reviewPage lists all answers below the line that goes on.
type reviewPage struct {
	rows   []ReviewRow
	focus  int // 0: go on; else row focus-1
	noSave bool
}

func (v *reviewPage) draw(width int, st style) layout {
	l := layout{
		title: "Your answers",
		hints: []string{"Enter see the result", "↑↓ and Enter change an answer", "b back", quitHint(v.noSave)},
		brief: []string{"↑↓ Enter", "b back", "q quit"},
	}
	if v.focus > 0 {
		l.hints[0], l.hints[1] = "r see the result", "Enter change this answer"
		l.brief[0] = "r result · Enter"
	}
	v.add(&l, 0, []string{"See my result"}, st)
	l.body = append(l.body, "")
	for i, row := range v.rows {
		lines := hang(fmt.Sprintf("%d. ", i+1), row.Question.Ask, width-2)
		indent := strings.Repeat(" ", len(fmt.Sprint(i+1))+2)
		v.add(&l, i+1, append(lines, hang(indent+"→ ", row.words(), width-2)...), st)
	}
	return l
}

// add puts one row of the list into the layout.
func (v *reviewPage) add(l *layout, place int, lines []string, st style) {
	focused := place == v.focus
	if focused {
		l.from, l.to = len(l.body), len(l.body)+len(lines)
	}
	for i, line := range lines {
		switch {
		case focused && i == 0:
			line = st.paint(accent, marker+line)
		case focused:
			line = st.paint(accent, noMarker+line)
		default:
			line = noMarker + line
		}
		l.body = append(l.body, line)
	}
}

// words is the answer as a review says it.
func (r ReviewRow) words() string {
	if r.Skipped {
		return "(skipped)"
	}
	return r.Answer
}

func (v *reviewPage) press(r rune) (done bool, err error) {
	last := len(v.rows)
	switch unicode.ToLower(r) {
	case '\r', '\n':
		return true, nil
	case 'r':
		v.focus = 0
		return true, nil
	case 'q':
		return false, ErrQuit
	case 'b', terminal.KeyArrowLeft, terminal.KeyBackspace, terminal.KeyDelete:
		return false, ErrBack
	case terminal.KeyArrowUp, 'k':
		v.focus = max(v.focus-1, 0)
	case terminal.KeyArrowDown, 'j':
		v.focus = min(v.focus+1, last)
	case terminal.SpecialKeyHome:
		v.focus = 0
	case terminal.SpecialKeyEnd:
		v.focus = last
	}
	return false, nil
}
