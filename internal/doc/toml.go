package doc

import (
	"errors"
	"strings"

	"github.com/BurntSushi/toml"
)

// TOML reads a TOML document. The File is never nil.
//
// What is valid is for BurntSushi/toml to say, but a scan of our own comes
// first: it knows where things stand, refuses what TOML forbids and that
// decoder lets pass, and keeps from it what would exhaust it.
func TOML(name string, src []byte) (*File, *SyntaxError) {
	f, err := open(name, src)
	if err != nil {
		return f, err
	}
	if err := checkControls(f.Source); err != nil {
		return f, err
	}
	root, comments, bad := scan(f.Source)
	if bad != nil {
		return f, bad.explain(f.Source)
	}
	values, refusal := decode(f.Source)
	if refusal != nil {
		return f, refusal.at(scalarAt(root, refusal.span.Start))
	}
	if merge(root, values) != nil {
		if n := reread(root, f.Source); n != nil {
			return f, &SyntaxError{n.Span, "this was understood in two ways, which is a fault of rolefit and not of the file; please report it"}
		}
	}
	f.Root, f.Comments = root, comments
	return f, nil
}

// Trusted reads a TOML document that ships with the program and is known, by
// its tests, to be read the same by TOML. It asks the decoder for single values
// only, which takes a third of the time: most of what starting on a built-in quiz costs.
func Trusted(name string, src []byte) (*File, *SyntaxError) {
	f, err := open(name, src)
	if err != nil {
		return f, err
	}
	root, comments, bad := scan(f.Source)
	if bad != nil {
		return f, bad.explain(f.Source)
	}
	if n := reread(root, f.Source); n != nil {
		return f, &SyntaxError{n.Span, "this value cannot be read"}
	}
	f.Root, f.Comments = root, comments
	return f, nil
}

// explain chooses the words for a fault of the scan. The decoder's are taken
// where it may be asked and finds a fault in the same place. One that it finds
// before ours comes first and is the one to tell.
func (bad *fault) explain(src []byte) *SyntaxError {
	ours := &SyntaxError{bad.span, bad.message}
	if !bad.ask {
		return ours
	}
	_, refusal := decode(src)
	if refusal == nil {
		return ours
	}
	switch {
	case refusal.span.End < bad.span.Start:
		return refusal.at(nil)
	case refusal.span.Start > bad.span.End:
		return ours
	}
	return &SyntaxError{bad.span, refusal.message}
}

// A refusal is an error of the decoder.
type refusal struct {
	span    Span
	message string
}

// at makes the error, at the node it is about when that is known.
func (r *refusal) at(n *Node) *SyntaxError {
	if n != nil {
		return &SyntaxError{n.Span, r.message}
	}
	return &SyntaxError{r.span, r.message}
}

// decode runs the decoder. It gets only text that was checked before, and
// still a panic in it must not take the program down.
func decode(src []byte) (values map[string]any, no *refusal) {
	defer func() {
		if recover() != nil {
			no = &refusal{Span{}, "the TOML decoder cannot read this file; simplify it, and please report it"}
		}
	}()
	if _, err := toml.Decode(string(src), &values); err != nil {
		return nil, newRefusal(err, len(src))
	}
	return values, nil
}

// newRefusal takes words and place from an error of the decoder. Of its
// Position only the byte offset is right: the column counts bytes and is
// wrong at the start of a line, and the line is one too many or too few
// where a line ends.
func newRefusal(err error, size int) *refusal {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return &refusal{Span{}, printable(strings.TrimPrefix(err.Error(), "toml: "))}
	}
	start := min(max(parse.Position.Start, 0), size)
	end := min(start+max(parse.Position.Len, 0), size)
	return &refusal{Span{start, end}, printable(wording.Replace(parse.Message))}
}

// wording says for people what the decoder says for programmers.
var wording = strings.NewReplacer(
	"a newline, comment, or EOF", "a new line or a comment",
	"unexpected EOF", "unexpected end of the file",
	"'\\x00'", "the end of the file",
	"'\\n'", "the end of the line",
	"'\\r'", "the end of the line",
	"out of range for int64", "too large or too small for an integer (64 bits)",
	"out of range for float64", "too large for a number",
	"invalid datetime", "not a date or time that exists",
	"a top-level item", "a key and its value",
	"a comma (',')", "a comma",
	"array terminator (']')", "the list's closing ']'",
	"an inline table terminator '}'", "the table's closing '}'",
	"table array name delimiter", "the header",
)

// scalarAt finds the value within which an offset lies, if it is no table or list.
func scalarAt(n *Node, offset int) *Node {
	for _, key := range n.Keys {
		if found := scalarAt(n.Fields[key], offset); found != nil {
			return found
		}
	}
	for _, item := range n.Items {
		if found := scalarAt(item, offset); found != nil {
			return found
		}
	}
	scalar := n.Kind != Table && n.Kind != Array
	if scalar && n.Span.Start <= offset && offset < n.Span.End {
		return n
	}
	return nil
}
