//go:build unix

package ask

import (
	"os"
	"syscall"

	"golang.org/x/term"
)

// rawMode hands the keys over one by one, until restore is called.
func rawMode(in, _ *os.File) (restore func() error, err error) {
	state, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, err
	}
	return func() error { return term.Restore(int(in.Fd()), state) }, nil
}

// redraws reports whether a signal only asks for a new picture.
func redraws(sig os.Signal) bool { return sig == syscall.SIGWINCH || sig == syscall.SIGCONT }
