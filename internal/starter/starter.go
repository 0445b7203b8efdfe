// Package starter has a commented quiz and its tests to begin from. It must not
// know what a definition means: both are texts with a place for an id.
package starter

import (
	"bytes"
	_ "embed"
)

//go:embed quiz.toml
var quiz []byte

//go:embed tests.toml
var tests []byte

// placeholder is the id that the embedded files have.
const placeholder = "starter-id"

// Files returns a definition with this id, which must be a valid one, and its tests.
func Files(id string) (definition, personas []byte) {
	return named(quiz, id), named(tests, id)
}

func named(file []byte, id string) []byte {
	return bytes.ReplaceAll(file, []byte(placeholder), []byte(id))
}
