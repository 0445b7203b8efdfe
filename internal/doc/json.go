package doc

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// JSON reads a JSON text whose value is an object. The File is never nil.
func JSON(name string, src []byte) (*File, *SyntaxError) {
	f, err := open(name, src)
	if err != nil {
		return f, err
	}
	if err := checkJSON(f.Source); err != nil {
		return f, err
	}
	f.Root, err = readJSON(f.Source)
	return f, err
}

// checkJSON refuses what encoding/json does, and what is nested too deep.
func checkJSON(src []byte) *SyntaxError {
	if i := tooDeep(src); i >= 0 {
		return &SyntaxError{Span{i, i + 1}, fmt.Sprintf("this is nested more than %d levels deep; use fewer levels", MaxDepth)}
	}
	var text json.RawMessage
	err := json.Unmarshal(src, &text)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return &SyntaxError{Message: printable(err.Error())}
	}
	if strings.Contains(syntax.Error(), "unexpected end") {
		return &SyntaxError{Span{len(src), len(src)}, "the JSON text ends too early; a closing quote or bracket is missing"}
	}
	// Offset counts the bytes up to and with the one at fault.
	at := min(max(int(syntax.Offset)-1, 0), len(src))
	s := scanner{src: src, pos: at}
	return &SyntaxError{s.char(), printable(jsonWording.Replace(syntax.Error()))}
}

// jsonWording says for people what encoding/json says for programmers.
var jsonWording = strings.NewReplacer(
	"invalid character '}' looking for beginning of object key string", "a key is missing here; remove the comma before it",
	"invalid character ']' looking for beginning of value", "a value is missing here; remove the comma before it",
	"looking for beginning of object key string", "where a key in double quotes begins",
	"looking for beginning of value", "where a value begins; text stands in double quotes",
	"after top-level value", "after the end of the JSON value; remove it",
	"invalid character", "unexpected",
	"'\\n'", "end of the line",
	"'\\r'", "end of the line",
)

// tooDeep gives the offset of the first bracket that nests too deep, or -1.
// It asks nothing of the text, so that it can guard what reads it.
func tooDeep(src []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > MaxDepth {
				return i
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return -1
}

// A jsonReader makes nodes of text that is known to be valid JSON. It leaves
// by panicking with a *SyntaxError, which readJSON returns.
type jsonReader struct {
	src []byte
	pos int
}

func readJSON(src []byte) (root *Node, err *SyntaxError) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *SyntaxError:
			root, err = nil, r
		default:
			panic(r)
		}
	}()
	r := &jsonReader{src: src}
	root = r.value()
	if root.Kind != Table {
		return nil, &SyntaxError{root.Span, "the file holds " + root.Kind.String() + "; an object in { } belongs here"}
	}
	return root, nil
}

// next skips space and gives the byte that follows.
func (r *jsonReader) next() byte {
	for strings.IndexByte(" \t\r\n", r.src[r.pos]) >= 0 {
		r.pos++
	}
	return r.src[r.pos]
}

func (r *jsonReader) value() *Node {
	n := &Node{}
	c := r.next()
	start := r.pos
	switch c {
	case '{':
		n.Kind = Table
		r.object(n)
	case '[':
		n.Kind = Array
		r.array(n)
	case '"':
		n.Kind = String
		n.Str = r.text()
	case 't', 'f', 'n':
		r.word(n)
	default:
		r.number(n)
	}
	n.Span = Span{start, r.pos}
	return n
}

func (r *jsonReader) object(n *Node) {
	for r.pos++; r.next() != '}'; {
		start := r.pos
		name := r.text()
		key := Span{start, r.pos}
		if n.Fields[name] != nil {
			panic(&SyntaxError{key, fmt.Sprintf("the key %s stands twice in one object; remove or rename one of the two", quote(name))})
		}
		r.next()
		r.pos++ // the colon
		field := r.value()
		field.Key = key
		n.add(name, field)
		r.comma()
	}
	r.pos++
}

func (r *jsonReader) array(n *Node) {
	for r.pos++; r.next() != ']'; r.comma() {
		n.Items = append(n.Items, r.value())
	}
	r.pos++
}

func (r *jsonReader) comma() {
	if r.next() == ',' {
		r.pos++
	}
}

// text reads a string. Half a surrogate pair becomes U+FFFD.
func (r *jsonReader) text() string {
	start, escapes := r.pos, false
	for r.pos++; r.src[r.pos] != '"'; r.pos++ {
		if r.src[r.pos] == '\\' {
			escapes = true
			r.pos++
		}
	}
	r.pos++
	if !escapes {
		return string(r.src[start+1 : r.pos-1])
	}
	var text string
	if err := json.Unmarshal(r.src[start:r.pos], &text); err != nil {
		panic(&SyntaxError{Span{start, r.pos}, "this string cannot be read"})
	}
	return text
}

func (r *jsonReader) word(n *Node) {
	switch r.src[r.pos] {
	case 't':
		n.Kind, n.Bool = Bool, true
		r.pos += len("true")
	case 'f':
		n.Kind = Bool
		r.pos += len("false")
	default:
		n.Kind = Null
		r.pos += len("null")
	}
}

// number reads an integer where it is written as one and fits, else a Float.
func (r *jsonReader) number(n *Node) {
	start := r.pos
	for r.pos < len(r.src) && strings.IndexByte("+-.eE"+digits, r.src[r.pos]) >= 0 {
		r.pos++
	}
	text := string(r.src[start:r.pos])
	var err error
	if n.Int, err = strconv.ParseInt(text, 10, 64); err == nil {
		n.Kind = Integer
		return
	}
	n.Kind, n.Int = Float, 0
	if n.Float, err = strconv.ParseFloat(text, 64); err != nil {
		panic(&SyntaxError{Span{start, r.pos}, fmt.Sprintf("the number %s is too large", quote(text))})
	}
}
