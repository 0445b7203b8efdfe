package cli

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/rolefit/rolefit/internal/report"
)

// terminal knows which of the streams are terminals. Its files are nil where
// a stream is not a file.
type terminal struct{ in, out, err *os.File }

func isTerminal(f *os.File) bool { return f != nil && term.IsTerminal(int(f.Fd())) }

const usualWidth = 80

// look decides once how text on standard output is laid out.
func (e *env) look() report.Look { return e.lookOn(e.terminal.out) }

// lookOn is the same for another stream.
func (e *env) lookOn(f *os.File) report.Look {
	return report.Look{Width: e.width(f), Color: e.color(f), Bars: isTerminal(f) && !e.plain}
}

// width is the terminal's, or what COLUMNS says, or 80.
func (e *env) width(f *os.File) int {
	if isTerminal(f) {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	if n, err := strconv.Atoi(e.getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return usualWidth
}

// color follows no-color.org and CLICOLOR_FORCE; never in a pipe otherwise.
func (e *env) color(f *os.File) bool {
	switch {
	case e.getenv("NO_COLOR") != "":
		return false
	case truthy(e.getenv("CLICOLOR_FORCE")):
		return true
	}
	return isTerminal(f) && e.getenv("TERM") != "dumb"
}

// truthy reads a switch in the environment.
func truthy(s string) bool {
	switch strings.ToLower(s) {
	case "", "0", "false", "no", "off":
		return false
	}
	return true
}
