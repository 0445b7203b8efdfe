package ask

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// uncoloured draws a page without colour, trailing blank lines left out.
func uncoloured(p page, width, height int) string {
	return strings.Join(p.draw(width-1, false).compose(width, height, false).lines, "\n")
}

func TestQuestionLooks(t *testing.T) {
	launch := withCurrent(itemOf(sample().Questions[2]), 1)
	launch.Number = 16
	got := uncoloured(newQuestionPage(launch, false), 40, 16)
	want := `Question 16 of 30 · Research
━━━━━━━━━━━━━━━━─────────────────   50%

A launch date slips by two weeks. What
do you look at first?

  1) The customer's problem
❯ 2) The backlog (current answer)
  3) The contract




↑↓ or 1-3 choose · Enter next · ← back
? help · q save & quit`
	if diff := cmp.Diff(want, strings.Replace(got, "\n\n\n\n\n\n", "\n\n\n\n\n", 1)); diff != "" {
		t.Error(diff)
	}
}

func TestScaleFallsBackToAList(t *testing.T) {
	item := withCurrent(itemOf(sample().Questions[3]), 3)
	wide := uncoloured(newQuestionPage(item, false), 80, 24)
	for _, want := range []string{"  1             2           3         ❯ 4        5", "Current answer: 4, A lot", "←→ or 1-5"} {
		if !strings.Contains(wide, want) {
			t.Errorf("no %q in\n%s", want, wide)
		}
	}
	narrow := uncoloured(newQuestionPage(item, false), 40, 24)
	for _, want := range []string{"  1) Not at all\n", "❯ 4) A lot (current answer)\n", "↑↓ or 1-5"} {
		if !strings.Contains(narrow, want) {
			t.Errorf("no %q in\n%s", want, narrow)
		}
	}
}

func TestCursorStandsOnTheFocusedStep(t *testing.T) {
	p := newQuestionPage(itemOf(sample().Questions[3]), false)
	p.focus = 2
	got := p.draw(79, true).compose(80, 24, true)
	line := ansi.Strip(got.lines[got.row])
	if want := "❯ 3"; !strings.HasPrefix(ansi.TruncateLeft(line, got.col, ""), want) {
		t.Errorf("cursor in column %d of %q", got.col, line)
	}
}

func TestReviewKeys(t *testing.T) {
	rows := []ReviewRow{{Question: sample().Questions[0], Answer: "x"}, {Question: sample().Questions[2], Answer: "y"}}
	for keys, want := range map[string]struct {
		focus int
		err   error
	}{
		"\r": {focus: 0}, keyDown + "\r": {focus: 1}, "jjjj\r": {focus: 2}, keyEnd + keyUp + "\n": {focus: 1}, keyEnd + keyHome + "\r": {focus: 0},
		"jkkk\r": {focus: 0}, "b": {err: ErrBack}, "B": {err: ErrBack}, keyLeft: {err: ErrBack}, "\x7f": {err: ErrBack}, "q": {err: ErrQuit},
	} {
		p := &reviewPage{rows: rows}
		var done bool
		var err error
		for _, r := range keys {
			done, err = p.press(r)
		}
		if !errors.Is(err, want.err) || done != (want.err == nil) || p.focus != want.focus {
			t.Errorf("%q: focus %d, done %v, error %v", keys, p.focus, done, err)
		}
	}
}

func TestMoreIsSaid(t *testing.T) {
	l := layout{title: "Title", hints: []string{"keys"}}
	for i := range 50 {
		l.body = append(l.body, fmt.Sprint("line ", i))
	}
	for _, test := range []struct {
		from         int
		above, below bool
	}{{0, false, true}, {25, true, true}, {49, true, false}} {
		l.from, l.to = test.from, test.from+1
		got := strings.Join(l.compose(40, 24, false).lines, "\n")
		if strings.Contains(got, "↑ more") != test.above || strings.Contains(got, "↓ more") != test.below {
			t.Errorf("focus on line %d:\n%s", test.from, got)
		}
	}
}

// Whatever the window, a page fits it, keeps its hints at the bottom, and has
// the cursor on the focused entry.
func TestPagesFitEveryWindow(t *testing.T) {
	texts := []string{"short", strings.Repeat("很大的公司", 9), "👩‍💻 joined 👨‍👩‍👧‍👦 " + strings.Repeat("words and more ", 6), "unbreakable" + strings.Repeat("x", 90), "e\u0301 combining"}
	q := &quiz.Question{ID: "q", Kind: "choice", Ask: strings.Repeat("A long question with 漢字. ", 5), Options: options(true, texts...)}
	for _, width := range []int{1, 2, 3, 4, 5, 7, 10, 13, 20, 21, 39, 40, 41, 60, 80, 90} {
		for _, height := range []int{1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 13, 14, 20, 24, 40} {
			for focus := -1; focus < len(texts); focus += 2 {
				p := newQuestionPage(itemOf(q), false)
				p.focus = focus
				checkPage(t, p, width, height)
			}
		}
	}
}

func checkPage(t *testing.T, p *questionPage, width, height int) {
	t.Helper()
	got := p.draw(width-1, false).compose(width, height, false)
	if len(got.lines) > height || height >= 4 && len(got.lines) != height {
		t.Fatalf("%d×%d: %d lines", width, height, len(got.lines))
	}
	for _, line := range got.lines {
		if w := text.Width(line); w > max(width-1, 1) {
			t.Fatalf("%d×%d: %q is %d wide", width, height, line, w)
		}
	}
	if got.row < 0 || got.row >= height || got.col < 0 || got.col >= width {
		t.Fatalf("%d×%d: cursor at %d,%d", width, height, got.row, got.col)
	}
	if line := got.lines[got.row]; p.focus >= 0 && width > 3 && !strings.HasPrefix(line, "❯") {
		t.Fatalf("%d×%d: cursor on %q", width, height, line)
	}
	if last := got.lines[len(got.lines)-1]; width >= 20 && height >= 10 && !strings.Contains(last, "quit") {
		t.Fatalf("%d×%d: last line %q", width, height, last)
	}
}

// Texts of a quiz are spelled out before they reach the terminal.
func TestTextsAreCleaned(t *testing.T) {
	bad := "a\x1b[31mb\u202ec\x07\u009b"
	q := &quiz.Question{ID: "q", Kind: "choice", Ask: bad, Help: bad, Options: options(true, bad, bad)}
	scale := &quiz.Question{ID: "s", Kind: "scale", Ask: bad, Measures: quiz.Points{"d": 1}, Labels: []string{bad, bad}}
	item := itemOf(q)
	item.Label = bad
	help := newQuestionPage(item, false)
	help.help = help.helpPage()
	pages := []page{
		newQuestionPage(item, false), newQuestionPage(withCurrent(itemOf(scale), 1), false), help,
		welcomePage(Welcome{Title: bad, Intro: bad, Storage: []string{bad}}), &reviewPage{rows: []ReviewRow{{Question: q, Answer: bad}}},
	}
	for i, p := range pages {
		l := p.draw(79, false)
		l.status = bad
		for _, line := range l.compose(80, 24, false).lines {
			if r, found := text.FindUnsafe(line); found {
				t.Errorf("page %d: %q holds %U", i, line, r)
			}
		}
	}
	var out strings.Builder
	l := NewLines(strings.NewReader("h\nq\n"), &out, LineOptions{})
	_ = l.Welcome(Welcome{Title: bad, Intro: bad, Storage: []string{bad}})
	_, _ = l.Ask(item)
	l.o.Interactive = true
	_, _ = l.Review([]ReviewRow{{Question: q, Answer: bad}})
	if r, found := text.FindUnsafe(out.String()); found {
		t.Errorf("%q holds %U", out.String(), r)
	}
}

func TestHelpScrolls(t *testing.T) {
	item := itemOf(sample().Questions[2])
	p := newQuestionPage(item, false)
	p.press('?')
	top := uncoloured(p, 20, 10)
	for range 100 {
		p.press('j')
	}
	bottom := uncoloured(p, 20, 10)
	if top == bottom || !strings.Contains(bottom, "once.") {
		t.Errorf("the end of the help is out of reach:\n%s", bottom)
	}
	p.press('k')
	if uncoloured(p, 20, 10) == bottom {
		t.Error("the first step back up shows nothing")
	}
	if p.press('\r'); p.help != nil {
		t.Error("help stays open")
	}
}

// What another picture or a larger window left is cleared.
func TestPicturesClearWhatWasThere(t *testing.T) {
	got := picture{lines: []string{"a", "b"}, row: 1, col: 2}.escape()
	if want := "\x1b[Ha\x1b[K\r\nb\x1b[K\x1b[J\x1b[2;3H"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
