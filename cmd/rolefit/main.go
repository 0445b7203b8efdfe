// Command rolefit is a career-fit quiz for the command line.
package main

import (
	"os"

	"github.com/rolefit/rolefit/internal/cli"
)

func main() { os.Exit(cli.Main()) }
