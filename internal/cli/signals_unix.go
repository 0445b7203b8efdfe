//go:build unix

package cli

import (
	"os"
	"syscall"
)

// controllingTerminal is the terminal of this process, whatever its streams are.
const controllingTerminal = "/dev/tty"

func resizeSignals() []os.Signal { return []os.Signal{syscall.SIGWINCH} }
