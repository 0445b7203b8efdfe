// Package quizzes holds the built-in quiz definitions.
package quizzes

import (
	"embed"
	"strings"
)

// The default one comes first.
var order = []string{"pm-po", "pm-po-quick"}

//go:embed pm-po.toml pm-po-quick.toml
var files embed.FS

// IDs lists the built-in quizzes, the default first.
func IDs() []string { return append([]string(nil), order...) }

// Source returns the definition of a built-in quiz, or nil for an unknown id.
func Source(id string) []byte {
	if strings.ContainsAny(id, "/.") {
		return nil
	}
	src, err := files.ReadFile(id + ".toml")
	if err != nil {
		return nil
	}
	return src
}
