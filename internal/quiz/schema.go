package quiz

import _ "embed"

//go:embed schema.json
var schemaJSON []byte

// Schema is the JSON Schema (2020-12) of the format, for editors. It knows the
// shape of a definition; what refers to what, only Decode does.
func Schema() []byte { return schemaJSON }
