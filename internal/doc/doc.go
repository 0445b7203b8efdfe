// Package doc reads TOML and JSON text into a tree of nodes that know where they
// stand. It must not know what any key means.
package doc

import "time"

// MaxSize is the size in bytes of the largest text that is read.
const MaxSize = 1 << 20

// MaxDepth is how deep values may nest: the parts of a header and of a key
// count, and so does each list or table around a value.
const MaxDepth = 32

// A Span is a piece of File.Source, as byte offsets, half open.
type Span struct{ Start, End int }

// A Kind says what a value is.
type Kind int

// The kinds of values. Null comes only from JSON, Datetime only from TOML.
const (
	Invalid Kind = iota
	String
	Integer
	Float
	Bool
	Datetime
	Array
	Table
	Null
)

// String names the kind in words for people.
func (k Kind) String() string {
	switch k {
	case String:
		return "a string"
	case Integer:
		return "an integer"
	case Float:
		return "a number with a fraction"
	case Bool:
		return "true or false"
	case Datetime:
		return "a date or time"
	case Array:
		return "a list"
	case Table:
		return "a table"
	case Null:
		return "null"
	}
	return "nothing"
}

// A Node is one value and where it stands.
type Node struct {
	Kind Kind

	// Key is where the value's key stands: its last part, quotes included.
	// The root and the items of a list written [ … ] have none. The tables
	// of a list made by [[a]] headers have the key of their own header.
	Key Span

	// Span is where the value stands, quotes and brackets included. For a
	// table made by a header it is that header; for a list made by headers
	// the first of them; for a table that a header or a dotted key makes in
	// passing it is that part of the key. The root spans the whole text.
	Span Span

	// Header says that a [table] or [[table]] header made the table or list.
	Header bool

	Str   string
	Int   int64
	Float float64
	Bool  bool

	// Time of a Datetime. One without an offset is given as UTC, so that it
	// is the same on every machine.
	Time     time.Time
	DateOnly bool // a date without a time: 2026-11-23

	Keys   []string         // of a Table, in the order in which they first appear
	Fields map[string]*Node // of a Table; nil when it is empty
	Items  []*Node          // of an Array
}

// List gives the items of the list that a table has under a key; none where it has no list there.
func (n *Node) List(key string) []*Node {
	if list := n.Fields[key]; list != nil {
		return list.Items
	}
	return nil
}

// add puts a field into a table that does not have it yet.
func (n *Node) add(name string, field *Node) {
	if n.Fields == nil {
		n.Fields = make(map[string]*Node)
	}
	n.Keys = append(n.Keys, name)
	n.Fields[name] = field
}

// A SyntaxError is the fault that ended the reading of a text.
type SyntaxError struct {
	Span    Span
	Message string // one line for a person, without a position
}

// Error gives the message.
func (e *SyntaxError) Error() string { return e.Message }
