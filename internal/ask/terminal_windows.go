//go:build windows

package ask

import (
	"os"

	"github.com/AlecAivazis/survey/v2/terminal"
	"golang.org/x/sys/windows"
	"golang.org/x/term"
)

// rawMode hands the keys over one by one, until restore is called. The mode is
// survey's own, for survey reads the console's key events itself; x/term's would
// turn them into escape sequences, which it does not read there.
func rawMode(in, out *os.File) (restore func() error, err error) {
	state, err := term.GetState(int(in.Fd()))
	if err != nil {
		return nil, err
	}
	var mode uint32
	screen := windows.Handle(out.Fd())
	if err := windows.GetConsoleMode(screen, &mode); err != nil {
		return nil, err
	}
	if err := windows.SetConsoleMode(screen, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING); err != nil {
		return nil, err
	}
	if err := terminal.NewRuneReader(terminal.Stdio{In: in, Out: out, Err: out}).SetTermMode(); err != nil {
		return nil, err
	}
	return func() error {
		_ = windows.SetConsoleMode(screen, mode)
		return term.Restore(int(in.Fd()), state)
	}, nil
}

// redraws reports whether a signal only asks for a new picture; the size of the
// console is read before each picture anyway.
func redraws(os.Signal) bool { return false }
