package cli

import "os"

// controllingTerminal is the console of this process, whatever its streams are.
const controllingTerminal = "CONOUT$"

// resizeSignals is empty: a console tells its size when asked.
func resizeSignals() []os.Signal { return nil }
