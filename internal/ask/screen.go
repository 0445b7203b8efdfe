package ask

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"syscall"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/core"
	"github.com/AlecAivazis/survey/v2/terminal"
	"golang.org/x/term"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Terminal is what a Screen works on. Both files must be terminals.
type Terminal struct {
	In, Out *os.File
	Color   bool
	// Signals delivers those that end the questions and, where the system has
	// it, SIGWINCH. The caller registers them.
	Signals <-chan os.Signal
	NoSave  bool // quitting keeps nothing, and is not said to
}

// Screen asks on a terminal, one question a screen.
type Screen struct {
	out     *os.File
	style   style
	noSave  bool
	keys    *keys
	restore func() error // nil once closed
	notice  string
	edited  *quiz.Question // what the review was left for
}

// The alternate screen keeps the person's scrollback; without automatic
// wrapping, text that a terminal draws wider than computed cannot push a picture apart.
const (
	enterScreen = "\x1b[?1049h\x1b[?7l\x1b[?25h\x1b[H\x1b[2J"
	leaveScreen = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"
)

// NewScreen takes the terminal over, until Close.
func NewScreen(t Terminal) (*Screen, error) {
	if !term.IsTerminal(int(t.In.Fd())) || !term.IsTerminal(int(t.Out.Fd())) {
		return nil, errors.New("ask: not a terminal")
	}
	core.DisableColor = !t.Color
	restore, err := rawMode(t.In, t.Out)
	if err != nil {
		return nil, fmt.Errorf("ask: terminal mode: %w", err)
	}
	s := &Screen{out: t.Out, style: style(t.Color), noSave: t.NoSave, keys: newKeys(t.In, t.Signals), restore: restore}
	if _, err := io.WriteString(t.Out, enterScreen); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close leaves the terminal as it was.
func (s *Screen) Close() error {
	if s.restore == nil {
		return nil
	}
	restore := s.restore
	s.restore = nil
	_, err := io.WriteString(s.out, leaveScreen)
	return errors.Join(restore(), err)
}

// Notice shows a sentence on the status line until a key is pressed.
func (s *Screen) Notice(sentence string) { s.notice = sentence }

// Welcome says what comes and waits for Enter.
func (s *Screen) Welcome(w Welcome) error { return s.show(welcomePage(w)) }

// Ask puts one question.
func (s *Screen) Ask(item Item) (quiz.Answer, error) {
	page := newQuestionPage(item, s.noSave || item.Total == 0) // before the quiz there is nothing to save
	if err := s.show(page); err != nil {
		return nil, err
	}
	return page.answer(), nil
}

// Review shows all answers and returns the row to change, or -1. After a change
// it opens where the person was.
func (s *Screen) Review(rows []ReviewRow) (edit int, err error) {
	page := &reviewPage{rows: rows, noSave: s.noSave}
	page.focus = 1 + slices.IndexFunc(rows, func(r ReviewRow) bool { return r.Question == s.edited })
	s.edited = nil
	if err := s.show(page); err != nil {
		return -1, err
	}
	if page.focus > 0 {
		s.edited = rows[page.focus-1].Question
	}
	return page.focus - 1, nil
}

// page is what one screen shows and does.
type page interface {
	// draw lays the page out for lines of this width.
	draw(width int, st style) layout
	// press handles a key; done ends the page.
	press(r rune) (done bool, err error)
}

// show runs a page through survey's engine. Of it this takes what is sound:
// the asking loop with its streams, and the reader that makes keys of bytes (on
// Windows, of console events). It leaves alone what is not: the renderer
// counts the lines it drew and climbs back over them, which goes wrong as soon
// as a line wraps or the window changes, so pictures are drawn whole instead;
// ReadLine asks the terminal for its cursor and waits for an answer; and the
// mode is set for each prompt anew, which loses what is typed between two.
func (s *Screen) show(p page) error {
	if s.restore == nil {
		return errors.New("ask: the screen is closed")
	}
	return survey.AskOne(&prompt{screen: s, page: p}, discard{}, survey.WithStdio(s.keys, s.out, s.out))
}

// discard takes the value that survey wants to store: a page holds its own.
type discard struct{}

// WriteAnswer implements survey's core.Settable.
func (discard) WriteAnswer(string, any) error { return nil }

// prompt is a page as survey runs it.
type prompt struct {
	survey.Renderer
	screen *Screen
	page   page
}

// Prompt implements survey.Prompt.
func (p *prompt) Prompt(*survey.PromptConfig) (any, error) {
	reader := p.NewRuneReader()
	p.screen.keys.resized = func() { _ = p.draw() } // a closed terminal shows in the next read
	defer func() { p.screen.keys.resized = nil }()
	for {
		if err := p.draw(); err != nil {
			return nil, Interrupted{syscall.SIGHUP}
		}
		r, _, err := reader.ReadRune()
		if err != nil {
			return nil, err
		}
		if done, err := p.press(r); done || err != nil {
			return true, err
		}
	}
}

func (p *prompt) press(r rune) (done bool, err error) {
	switch r {
	case terminal.KeyInterrupt:
		return false, Interrupted{syscall.SIGINT}
	case terminal.KeyEndTransmission:
		return false, ErrQuit
	case terminal.IgnoreKey:
		return false, nil
	}
	p.screen.notice = ""
	return p.page.press(r)
}

// Cleanup implements survey.Prompt: the next picture replaces this one.
func (p *prompt) Cleanup(*survey.PromptConfig, any) error { return nil }

func (p *prompt) draw() error {
	out := p.Stdio().Out
	width, height, err := term.GetSize(int(out.Fd()))
	if err != nil || width <= 0 || height <= 0 {
		width, height = 80, 24
	}
	l := p.page.draw(max(width-1, 1), p.screen.style)
	if p.screen.notice != "" {
		l.status = p.screen.notice
	}
	_, err = io.WriteString(out, l.compose(width, height, p.screen.style).escape())
	return err
}
