package ask

import (
	"fmt"
	"strings"

	"github.com/rolefit/rolefit/internal/text"
)

// style paints text, or leaves it alone where there is no colour. Whatever it
// says is said by a mark or a word as well.
type style bool

const (
	bold    = "1"
	accent  = "1;36"
	warning = "33"
)

func (s style) paint(code, line string) string {
	if !s || line == "" {
		return line
	}
	return "\x1b[" + code + "m" + line + "\x1b[0m"
}

// layout is a page laid out for lines of a width, before it is fitted to a window.
type layout struct {
	title    string
	bar      string // below the title where there is room
	body     []string
	from, to int      // the focused lines of the body; from = to: none
	column   int      // of the cursor in the focused line
	scroll   *int     // the first line to show, where nothing is focused; corrected to what there is
	status   string   // a message, above the hints
	hints    []string // the keys, most needed first
	brief    []string // the same for a window with little room
}

// picture is a layout fitted to a window: as many lines as it is high, and the
// place of the cursor, from 0.
type picture struct {
	lines    []string
	row, col int
}

// Windows lower than these give up blank lines, or the header.
const (
	roomy = 14
	tiny  = 5
)

// compose fits the layout into a window: header above, status and hints at the
// bottom, and of the body what is left room for, with the focus in sight. The last
// column stays free, for a terminal may drop what stands there when the rest
// of the line is cleared.
func (l layout) compose(width, height int, st style) picture {
	width = max(width-1, 1)
	header := l.header(height, st)
	hints := l.footer(width, height)
	room := max(height-len(header)-len(hints)-1, 1)
	body, first := l.window(room)
	lines := append(header, body...)
	for range room - len(body) {
		lines = append(lines, "")
	}
	lines = append(append(lines, st.paint(warning, text.Line(l.status))), hints...)
	p := picture{row: len(header) + first, col: min(l.column, width-1)}
	for _, line := range lines[:min(len(lines), height)] {
		p.lines = append(p.lines, text.Fit(line, width))
	}
	p.row = min(p.row, len(p.lines)-1)
	return p
}

func (l layout) header(height int, st style) []string {
	switch {
	case height < tiny:
		return nil
	case height < roomy:
		return []string{st.paint(bold, l.title)}
	case l.bar == "":
		return []string{st.paint(bold, l.title), ""}
	}
	return []string{st.paint(bold, l.title), st.paint(accent, l.bar), ""}
}

// footer joins the hints to as few lines as they need; where there is too
// little room, the brief ones.
func (l layout) footer(width, height int) []string {
	most := 1
	if height >= 10 {
		most = 2
	}
	if height >= roomy {
		most = 3
	}
	lines := joinHints(l.hints, width)
	if len(lines) > most {
		lines = joinHints(l.brief, width)
	}
	if height < 3 {
		return nil
	}
	return lines[:min(len(lines), most)]
}

func joinHints(hints []string, width int) []string {
	const separator = " · "
	lines := []string{}
	line := ""
	for _, hint := range hints {
		if line != "" && text.Width(line+separator+hint) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += separator
		}
		line += hint
	}
	return append(lines, line)
}

// window cuts the lines in sight out of the body and returns the index of the
// one for the cursor in it. A body that does not fit says where more is.
func (l layout) window(room int) (lines []string, cursor int) {
	if len(l.body) <= room {
		return l.body, l.from
	}
	marked := room >= 8
	if marked {
		room -= 2
	}
	first := l.offset(room)
	lines = append(lines, l.body[first:first+room]...)
	cursor = max(l.from-first, 0)
	if !marked {
		return lines, cursor
	}
	above, below := "", ""
	if first > 0 {
		above = "  ↑ more"
	}
	if first+room < len(l.body) {
		below = "  ↓ more"
	}
	return append(append([]string{above}, lines...), below), cursor + 1
}

// offset returns the first line in sight of a body that is longer than room:
// the focus stands in the middle, or starts at the top if it is as long itself.
func (l layout) offset(room int) int {
	last := len(l.body) - room
	switch {
	case l.scroll != nil:
		*l.scroll = min(*l.scroll, last)
		return *l.scroll
	case l.from == l.to:
		return 0
	case l.to-l.from >= room:
		return min(l.from, last)
	}
	return min(max((l.from+l.to-room)/2, 0), last)
}

// escape is the whole picture for a terminal: every line is drawn over what was
// there and cleared to its end, so that nothing of another picture can stay.
func (p picture) escape() string {
	var b strings.Builder
	b.WriteString("\x1b[H")
	for i, line := range p.lines {
		if i > 0 {
			b.WriteString("\r\n")
		}
		b.WriteString(line + "\x1b[K")
	}
	fmt.Fprintf(&b, "\x1b[J\x1b[%d;%dH", p.row+1, p.col+1)
	return b.String()
}

// hang is text.Hang where a width of 0 means no wrapping.
func hang(lead, s string, width int) []string {
	if width <= 0 {
		return []string{lead + text.Line(s)}
	}
	return text.Hang(lead, s, width)
}
