package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of this program",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(e.out, versionLine())
			return err
		},
	}
}

// moduleVersion is the version of this program alone, "" where the build does not know it.
func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

// versionLine says what the build knows of itself.
func versionLine() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "rolefit (unknown build)"
	}
	line := "rolefit " + info.Main.Version
	settings := make(map[string]string)
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if revision := settings["vcs.revision"]; revision != "" {
		line += fmt.Sprintf(" (%s", revision[:min(12, len(revision))])
		if at := settings["vcs.time"]; at != "" {
			line += ", " + at
		}
		if settings["vcs.modified"] == "true" {
			line += ", modified"
		}
		line += ")"
	}
	return line + " " + info.GoVersion
}
