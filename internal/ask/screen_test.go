//go:build unix

package ask

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/AlecAivazis/survey/v2/core"
	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

func TestWholeRun(t *testing.T) {
	c := newConsole(t, 80, 24)
	c.start(&Session{Compiled: score.Compile(sample())}, false)
	c.shows("Which is it?", "An introduction.", "About 5 questions, about 3 minutes.", "no right answers", "Kept on this machine.")
	c.keys("\r")
	c.shows("Question 1 of 5 · About you", "  1) At a startup")
	c.keys("1")
	c.shows("❯ 1) At a startup")
	c.keys("\r")
	c.shows("Question 2 of 6", "How many are you?")
	c.keys(down + down + "\r")
	c.shows("Question 3 of 6 · Research", "━", "33%")
	c.keys("2\r")
	c.shows("  1             2 ", "Not at all    A little    Somewhat    A lot    Very much")
	c.keys("4")
	c.shows("❯ 4")
	c.keys("\r")
	c.shows("Pick 1 to 3.", "1) [ ] Calls", "s skip")
	c.keys(" 3")
	c.shows("1) [x] Calls", "❯ 3) [x] Numbers", "2 picked")
	c.keys("\r")
	c.shows("Put all 3 in order")
	c.keys("312")
	c.shows("1) [2nd] Ask", "❯ 2) [3rd] Write", "3) [1st] Ship")
	c.keys("\r")
	c.shows("❯ See my result", "→ At a startup", "→ Calls; Numbers", "→ 1. Ship; 2. Ask; 3. Write")
	c.keys("\r")
	c.ends(nil)
	c.restored()
	want := quiz.Answers{"company": {0}, "size": {1}, "launch": {1}, "vision": {3}, "enjoyed": {0, 2}, "order": {2, 0, 1}}
	if diff := cmp.Diff(want, c.session.Answers); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(c.output(), "\x1b[6n") || strings.Contains(c.output(), "\x1b]") {
		t.Error("the terminal was queried")
	}
	if regexp.MustCompile(`\x1b\[[1-9;]+m`).MatchString(c.output()) {
		t.Error("colour although it is off")
	}
}

func TestBackShowsTheEarlierAnswer(t *testing.T) {
	for name, back := range map[string]string{"b": "b", "left": left, "backspace": "\x7f", "ctrl-h": "\b", "capital": "B"} {
		t.Run(name, func(t *testing.T) {
			c := begin(t, sample())
			c.keys(back)
			c.shows("This is the first question")
			c.keys("2\r")
			c.shows("Question 2 of 5")
			c.keys(back)
			c.shows("Question 1 of 5", "❯ 2) At a large firm (current answer)")
			c.keys("\r")
			c.shows("Question 2 of 5")
			c.keys("q")
			c.ends(ErrQuit)
		})
	}
}

func TestGateChangedInReview(t *testing.T) {
	c := begin(t, sample())
	c.keys("2\r1\r3\rs321\r")
	c.shows("See my result", "(skipped)")
	c.keys(down)
	c.shows("❯ 1. Where do you work?")
	c.keys("\r")
	c.shows("❯ 2) At a large firm (current answer)")
	c.keys("1\r")
	c.shows("How many are you?")
	c.keys("1\r")
	c.shows("❯ 1. Where do you work?", "→ Few", "r see the result") // where the person was
	c.keys("r")
	c.ends(nil)
	if a := c.session.Answers["size"]; !cmp.Equal(a, quiz.Answer{0}) {
		t.Errorf("size is %v", a)
	}
}

func TestNothingIsChosenBeforeAKey(t *testing.T) {
	c := begin(t, sample())
	if strings.Contains(c.text(), "❯") {
		t.Error("an option is focused already")
	}
	c.keys("\r")
	c.shows("Choose one first", "Question 1 of 5")
}

func TestHelp(t *testing.T) {
	c := begin(t, sample())
	c.keys("2\r?")
	c.shows("Think of the last time.", "A launch date slips", "any other key goes on")
	c.keys("q")
	c.shows("Question 2 of 5")
	c.keys("q")
	c.ends(ErrQuit)
	c.restored()
}

func TestWaysOut(t *testing.T) {
	for name, test := range map[string]struct {
		keys   string
		signal os.Signal
		want   error
	}{
		"q":       {keys: "q", want: ErrQuit},
		"ctrl-d":  {keys: "\x04", want: ErrQuit},
		"ctrl-c":  {keys: "\x03", want: Interrupted{syscall.SIGINT}},
		"sigint":  {signal: os.Interrupt, want: Interrupted{syscall.SIGINT}},
		"sigterm": {signal: syscall.SIGTERM, want: Interrupted{syscall.SIGTERM}},
		"sighup":  {signal: syscall.SIGHUP, want: Interrupted{syscall.SIGHUP}},
	} {
		t.Run(name, func(t *testing.T) {
			c := begin(t, sample())
			c.keys("2\r2")
			c.shows("❯ 2) The backlog")
			if test.signal != nil {
				c.signals <- test.signal
			}
			c.keys(test.keys)
			c.ends(test.want)
			c.restored()
			if diff := cmp.Diff(quiz.Answers{"company": {1}}, c.session.Answers); diff != "" {
				t.Error("a focus is no answer:", diff)
			}
		})
	}
}

// Ctrl-D accepted the focused option in survey's own prompts.
func TestCtrlDIsNoAnswerInAList(t *testing.T) {
	c := begin(t, sample())
	c.keys("2\r1\r3\r12")
	c.shows("2 picked")
	c.keys("\x04")
	c.ends(ErrQuit)
	if _, ok := c.session.Answers["enjoyed"]; ok {
		t.Error("Ctrl-D answered")
	}
}

func TestClosedTerminal(t *testing.T) {
	c := begin(t, sample())
	c.master.Close()
	c.ends(Interrupted{syscall.SIGHUP})
}

// There is no filter: letters that mean nothing change nothing, whatever follows.
func TestNoFilter(t *testing.T) {
	c := begin(t, sample())
	c.keys("zzz" + up + " ")
	c.shows("❯ 2) At a large firm", "Enter answers")
	c.keys("\x04")
	c.ends(ErrQuit)
}

func TestUnknownSequencesAreDroppedWhole(t *testing.T) {
	for name, sequence := range map[string]string{
		"F5": "\x1b[15~", "Shift-Tab": "\x1b[Z", "Alt-b": "\x1bb", "Alt-é": "\x1bé", "linux F1": "\x1b[[A",
		"colour answer": "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "colour answer, BEL": "\x1b]11;rgb:1e1e/1e1e/1e1e\a",
		"cursor report": "\x1b[12;40R", "paste": "\x1b[200~1\rq\r\x1b[201~", "mouse": "\x1b[<0;10;10M", "old mouse": "\x1b[M !!",
		"Ctrl-Up": "\x1b[1;5A", "Delete": "\x1b[3~", "Alt-Up": "\x1b\x1b[A", "F1": "\x1bOP", "device report": "\x1bP1$r0m\x1b\\",
	} {
		t.Run(name, func(t *testing.T) {
			c := begin(t, sample())
			c.keys(sequence + "2")
			c.shows("❯ 2) At a large firm", "Question 1 of 5")
			c.keys("\r")
			c.shows("Question 2 of 5")
			c.keys("q")
			c.ends(ErrQuit)
		})
	}
}

func TestEscAlone(t *testing.T) {
	c := begin(t, sample())
	c.keys("\x1b")
	c.shows("q quits, ? shows help")
	c.keys("j")
	c.shows("❯ 1) At a startup")
}

func TestAnswersTypedAhead(t *testing.T) {
	c := newConsole(t, 80, 24)
	c.start(&Session{Compiled: score.Compile(sample())}, false)
	c.keys("\r" + "2\r" + down + down + "\r" + "5\r")
	c.shows("Question 4 of 5", "What did you enjoy?")
	if diff := cmp.Diff(quiz.Answers{"company": {1}, "launch": {1}, "vision": {4}}, c.session.Answers); diff != "" {
		t.Error(diff)
	}
	c.keys("q")
	c.ends(ErrQuit)
}

func TestResize(t *testing.T) {
	c := begin(t, sample())
	c.keys("2\r1")
	c.shows("A launch date slips by two weeks. What do you look at first?")
	c.mu.Lock()
	c.vt.Resize(40, 20)
	c.mu.Unlock()
	c.setSize(40, 20)
	c.signals <- syscall.SIGWINCH
	c.shows("A launch date slips by two weeks. What\ndo you look at first?")
	f := newQuestionPage(itemOf(sample().Questions[2]), false)
	f.item.Number, f.item.Total, f.focus = 2, 5, 0
	want := strings.Join(f.draw(39, false).compose(40, 20, false).lines, "\n")
	c.until("the picture of the new size and nothing else", func() bool { return strings.TrimRight(c.text(), "\n") == want })
	c.keys("3")
	c.shows("❯ 3) The contract")
}

func TestMoreOptionsThanLines(t *testing.T) {
	q := sample()
	texts := make([]string, 26)
	for i := range texts {
		texts[i] = strings.Repeat("long words ", 4) + string(rune('A'+i)) + " end"
	}
	q.Questions = []*quiz.Question{{ID: "many", Kind: "choice", Ask: "Which?", Options: options(true, texts...)}}
	c := newConsole(t, 20, 10)
	c.start(&Session{Compiled: score.Compile(q)}, false)
	c.keys("\r" + end)
	c.shows("❯ w) ", "words Z", "? help")
	c.until("the cursor in the focused row", func() bool {
		lines := strings.Split(c.text(), "\n")
		c.mu.Lock()
		defer c.mu.Unlock()
		return strings.HasPrefix(lines[c.vt.Cursor().Y], "❯") && c.vt.CursorVisible()
	})
	c.keys(home)
	c.shows("❯ 1) ", "? help")
	c.keys("t")
	c.shows("❯ t) ", "words W")
	c.keys("\rq")
	c.ends(ErrQuit)
	if a := c.session.Answers["many"]; !cmp.Equal(a, quiz.Answer{22}) {
		t.Errorf("answer %v", a)
	}
}

func TestWideAndJoinedCharactersAt40Columns(t *testing.T) {
	q := sample()
	q.Questions = []*quiz.Question{{ID: "wide", Kind: "choice", Ask: "哪一个？", Options: options(true,
		strings.Repeat("很大的公司", 12)+"末", "👩‍💻 At home with 👨‍👩‍👧‍👦 and a text that wraps", "Plain")}}
	c := newConsole(t, 40, 24)
	c.start(&Session{Compiled: score.Compile(q)}, false)
	c.keys("\r")
	c.shows("Question 1 of 1")
	c.keys(strings.Repeat(down, 5) + up + up + up + down)
	c.shows("❯ 2) ")
	for _, once := range []string{"末", "At home", "Plain", "哪一个", "Question"} {
		if n := strings.Count(c.text(), once); n != 1 {
			t.Errorf("%q stands %d times", once, n)
		}
	}
}

func TestColor(t *testing.T) {
	c := newConsole(t, 80, 24)
	c.start(&Session{Compiled: score.Compile(sample())}, true)
	c.keys("\r1")
	c.until("the focus in colour and with its mark", func() bool { return strings.Contains(c.output(), "\x1b[1;36m❯ 1)") })
	c.keys("q")
	c.ends(ErrQuit)
	c.restored()
}

func TestNoticeOnScreen(t *testing.T) {
	c := newConsole(t, 80, 24)
	var told []string
	c.start(&Session{Compiled: score.Compile(sample()), Saved: func() error { return errors.New("disk full") }, Notice: func(s string) { told = append(told, s) }}, false)
	c.keys("\r2\r")
	c.shows("Question 2 of 5", "cannot be saved: disk full")
	c.keys("1")
	c.until("the notice going with a key", func() bool { return !strings.Contains(c.text(), "disk full") })
	c.keys("\rq")
	c.ends(ErrQuit)
	if len(told) != 1 {
		t.Errorf("told %q", told)
	}
}

func TestScreenNeedsATerminal(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	c := newConsole(t, 80, 24)
	for _, files := range [][2]*os.File{{r, c.tty}, {c.tty, w}} {
		if s, err := NewScreen(Terminal{In: files[0], Out: files[1]}); err == nil {
			s.Close()
			t.Error("a pipe was taken for a terminal")
		}
	}
	c.restored()
}

func TestCloseTwice(t *testing.T) {
	c := newConsole(t, 80, 24)
	s, err := NewScreen(Terminal{In: c.tty, Out: c.tty})
	if err != nil {
		t.Fatal(err)
	}
	if !core.DisableColor {
		t.Error("survey would paint")
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	c.restored()
	if err := s.Welcome(Welcome{}); err == nil {
		t.Error("a closed screen asks")
	}
}

// A terminal that says it has no size is taken for the usual one.
func TestNoSize(t *testing.T) {
	c := newConsole(t, 80, 24)
	c.setSize(0, 0)
	c.start(&Session{Compiled: score.Compile(sample())}, false)
	c.shows("Which is it?", "Enter start")
	c.keys("q")
	c.ends(ErrQuit)
}
