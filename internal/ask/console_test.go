//go:build unix

package ask

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"golang.org/x/term"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// console is a person at a terminal: an emulator that shows what is drawn, and
// keys that are pressed.
type console struct {
	t           *testing.T
	master, tty *os.File
	vt          vt10x.Terminal
	signals     chan os.Signal
	screen      *Screen
	session     *Session
	before      *term.State
	done        chan error
	finished    chan struct{} // closed when nothing runs on the terminal

	mu  sync.Mutex // of vt and raw
	raw bytes.Buffer
}

const patience = 10 * time.Second

func newConsole(t *testing.T, cols, rows int) *console {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	c := &console{
		t: t, master: master, tty: tty, vt: vt10x.New(vt10x.WithSize(cols, rows)),
		signals: make(chan os.Signal, 4), done: make(chan error, 1), finished: make(chan struct{}),
	}
	t.Cleanup(func() {
		master.Close()
		<-c.finished
		tty.Close()
	})
	close(c.finished) // until something starts
	c.setSize(cols, rows)
	if c.before, err = term.GetState(int(tty.Fd())); err != nil {
		t.Fatal(err)
	}
	go c.drain()
	return c
}

func (c *console) setSize(cols, rows int) {
	if err := pty.Setsize(c.master, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		c.t.Fatal(err)
	}
	// Fd, which Setsize calls, makes reads block for good: no Close would end them.
	if err := syscall.SetNonblock(int(c.master.Fd()), true); err != nil {
		c.t.Fatal(err)
	}
}

func (c *console) drain() {
	buffer := make([]byte, 4096)
	held := 0 // bytes of a character that is not complete
	for {
		n, err := c.master.Read(buffer[held:])
		if err != nil {
			return
		}
		whole := held + n
		for i := 1; i < utf8.UTFMax && i <= held+n; i++ {
			if tail := buffer[held+n-i : held+n]; utf8.RuneStart(tail[0]) && !utf8.FullRune(tail) {
				whole -= i
			}
		}
		c.mu.Lock()
		c.raw.Write(buffer[:whole])
		_, _ = c.vt.Write(buffer[:whole])
		c.mu.Unlock()
		held = copy(buffer, buffer[whole:held+n])
	}
}

// start opens the screen and runs the session on it.
func (c *console) start(s *Session, color bool) {
	c.t.Helper()
	screen, err := NewScreen(Terminal{In: c.tty, Out: c.tty, Color: color, Signals: c.signals})
	if err != nil {
		c.t.Fatal(err)
	}
	c.screen, c.session, c.finished = screen, s, make(chan struct{})
	go func() {
		defer close(c.finished)
		err := s.Run(screen, Welcome{Storage: []string{"Kept on this machine."}})
		c.done <- errors.Join(err, screen.Close())
	}()
}

// begin is a console with the sample quiz, 80 by 24, past the welcome.
func begin(t *testing.T, q *quiz.Quiz) *console {
	t.Helper()
	c := newConsole(t, 80, 24)
	c.start(&Session{Compiled: score.Compile(q)}, false)
	c.shows("Enter start")
	c.keys("\r")
	c.shows("Question 1 of")
	return c
}

func (c *console) keys(keys string) {
	c.t.Helper()
	if _, err := c.master.WriteString(keys); err != nil {
		c.t.Fatal(err)
	}
}

func (c *console) text() string {
	var lines []string
	c.mu.Lock()
	whole := c.vt.String()
	c.mu.Unlock()
	for line := range strings.SplitSeq(whole, "\n") {
		lines = append(lines, strings.TrimRight(line, " \x00"))
	}
	return strings.Join(lines, "\n")
}

func (c *console) output() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// until polls the screen for a condition.
func (c *console) until(what string, holds func() bool) {
	c.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	c.t.Fatalf("never came: %s; the screen is\n%s", what, c.text())
}

func (c *console) shows(wanted ...string) {
	c.t.Helper()
	for _, want := range wanted {
		c.until(want, func() bool { return strings.Contains(c.text(), want) })
	}
}

// ends waits for the end of the run, as this error.
func (c *console) ends(want error) {
	c.t.Helper()
	select {
	case err := <-c.done:
		if want == nil && err != nil || want != nil && !errors.Is(err, want) {
			c.t.Fatalf("ended with %v, want %v", err, want)
		}
	case <-time.After(patience):
		c.t.Fatalf("did not end; the screen is\n%s", c.text())
	}
}

// restored checks that the terminal is as it was.
func (c *console) restored() {
	c.t.Helper()
	after, err := term.GetState(int(c.tty.Fd()))
	if err != nil {
		c.t.Fatal(err)
	}
	if *after != *c.before {
		c.t.Error("the terminal's mode is not restored")
	}
	c.until("main screen, cursor, wrapping", func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		mode := c.vt.Mode()
		return mode&vt10x.ModeAltScreen == 0 && mode&vt10x.ModeWrap != 0 && c.vt.CursorVisible()
	})
}

const (
	up, down, right, left = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
	home, end             = "\x1b[H", "\x1b[F"
)
