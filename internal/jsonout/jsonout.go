// Package jsonout writes JSON for programs, the same way wherever this tool
// writes any. It must not know what is written.
package jsonout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/rolefit/rolefit/internal/text"
)

// Schema is the version of the JSON that this tool writes.
const Schema = 1

// Write writes v on one line. Characters that could harm a terminal are
// escaped, which keeps the value.
func Write(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeUnsafe(b.Bytes()))
	return err
}

// escapeUnsafe spells unsafe characters as JSON does; they can only stand inside strings.
func escapeUnsafe(src []byte) []byte {
	if _, found := text.FindUnsafe(string(src)); !found {
		return src
	}
	var b bytes.Buffer
	for _, r := range string(src) {
		if text.Unsafe(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}

// Maybe is a text, or null when it is empty.
func Maybe(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
