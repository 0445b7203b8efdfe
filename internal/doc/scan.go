package doc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A fault is what ends a scan.
type fault struct {
	span    Span
	message string
	ask     bool // the decoder refuses this too, and may word it
	strict  bool // the decoder may accept this, or be exhausted by it
}

// maxWork bounds what a text may cost the decoder, which walks the whole path
// of a key for each part of it, and copies the path's text. A definition of
// 1 MiB stays below; a megabyte of small deep tables would cost seconds.
const (
	maxWork   = 3 << 19
	keyWork   = 4
	tableWork = 12
)

// A place is where keys are put: a table, how deep it is, and how many bytes
// the names have that lead to it.
type place struct {
	table       *Node
	depth, name int
}

// A part is one part of a dotted key.
type part struct {
	name string
	span Span
}

// A scanner reads checked TOML text into nodes without values. It leaves by
// panicking with a *fault, which scan turns into a result.
type scanner struct {
	src      []byte
	pos      int
	root     *Node
	here     place          // what the last header opened
	dotted   map[*Node]bool // tables that dotted keys made: no header may open them
	work     int
	comments []Span
}

// scan reads checked TOML text into nodes that have places but no values.
// Numbers and dates are only told apart; the decoder says which are valid.
func scan(src []byte) (root *Node, comments []Span, bad *fault) {
	root = &Node{Kind: Table, Span: Span{0, len(src)}}
	s := &scanner{src: src, root: root, here: place{table: root}, dotted: map[*Node]bool{}}
	defer func() {
		switch r := recover().(type) {
		case nil:
			comments = s.comments
		case *fault:
			root, bad = nil, r
		default:
			panic(r)
		}
	}()
	s.document()
	return root, nil, nil
}

func (s *scanner) document() {
	for s.skipLines(); s.pos < len(s.src); s.skipLines() {
		if s.peek() == '[' {
			s.header()
		} else {
			s.keyValue(s.here)
		}
		s.skipSpace()
		if s.comment(); s.pos < len(s.src) && !s.accept("\n") && !s.accept("\r\n") {
			s.ask(s.char(), "only one key and its value, or one header, may stand on a line")
		}
	}
}

// refuse ends the scan with words of our own.
func (s *scanner) refuse(at Span, format string, args ...any) {
	panic(&fault{span: at, message: fmt.Sprintf(format, args...)})
}

// forbid is refuse for what the decoder would let pass.
func (s *scanner) forbid(at Span, format string, args ...any) {
	panic(&fault{span: at, message: fmt.Sprintf(format, args...), strict: true})
}

// ask ends the scan; the decoder may have better words.
func (s *scanner) ask(at Span, message string) {
	panic(&fault{span: at, message: message, ask: true})
}

// peek gives the next byte, 0 at the end: checked text has no such byte.
func (s *scanner) peek() byte {
	if s.pos < len(s.src) {
		return s.src[s.pos]
	}
	return 0
}

// char is the span of the next character, empty where the line ends.
func (s *scanner) char() Span {
	if strings.IndexByte("\r\n\x00", s.peek()) >= 0 {
		return Span{s.pos, s.pos}
	}
	_, size := utf8.DecodeRune(s.src[s.pos:])
	return Span{s.pos, s.pos + size}
}

func (s *scanner) accept(text string) bool {
	if !bytes.HasPrefix(s.src[s.pos:], []byte(text)) {
		return false
	}
	s.pos += len(text)
	return true
}

// skip goes on over bytes of a set.
func (s *scanner) skip(set string) {
	for s.pos < len(s.src) && strings.IndexByte(set, s.src[s.pos]) >= 0 {
		s.pos++
	}
}

func (s *scanner) skipSpace() { s.skip(" \t") }

// skipLines goes on over space, line ends and comments.
func (s *scanner) skipLines() {
	for s.skip(" \t\r\n"); s.comment(); s.skip(" \t\r\n") {
	}
}

// comment reads a comment up to the end of its line, if one stands here.
func (s *scanner) comment() bool {
	if s.peek() != '#' {
		return false
	}
	start := s.pos
	s.pos = s.lineEnd()
	s.comments = append(s.comments, Span{start, s.pos})
	return true
}

// lineEnd is the offset where this line ends, before its line feed.
func (s *scanner) lineEnd() int {
	n := bytes.IndexByte(s.src[s.pos:], '\n')
	switch {
	case n < 0:
		return len(s.src)
	case n > 0 && s.src[s.pos+n-1] == '\r':
		n--
	}
	return s.pos + n
}

// spend counts the cost of a key, a list or a table for the decoder.
func (s *scanner) spend(at Span, steps, name int) {
	if s.work += steps + name/16; s.work > maxWork {
		s.forbid(at, "the tables and keys of this file are too many and too deep to read; use fewer levels or shorter keys, or split the file")
	}
}

func (s *scanner) checkDepth(at Span, depth int) {
	if depth > MaxDepth {
		s.forbid(at, "this is nested more than %d levels deep; use fewer levels", MaxDepth)
	}
}

// header reads [a.b] or [[a.b]] and opens the table that it names.
func (s *scanner) header() {
	start := s.pos
	s.pos++
	list := s.accept("[")
	parts := s.key()
	if !s.accept("]") || list && !s.accept("]") {
		s.ask(s.char(), "a header ends with as many brackets as it begins with")
	}
	at := place{table: s.root}
	for _, p := range parts[:len(parts)-1] {
		at = at.under(s.passHeader(at.table, p), p)
	}
	last := parts[len(parts)-1]
	s.spend(last.span, tableWork+len(parts), at.name)
	s.here = at.under(s.openTable(at.table, last, Span{start, s.pos}, list), last)
}

// under is the place of a table within p.
func (p place) under(table *Node, by part) place {
	return place{table, p.depth + 1, p.name + len(by.name) + 1}
}

// inline says whether a table was written { … }.
func (s *scanner) inline(n *Node) bool { return s.src[n.Span.Start] == '{' }

// passHeader goes on to the table that a part of a header names on its way.
func (s *scanner) passHeader(t *Node, p part) *Node {
	n := t.Fields[p.name]
	switch {
	case n == nil:
		n = &Node{Kind: Table, Key: p.span, Span: p.span}
		t.add(p.name, n)
	case n.Kind == Array && n.Header:
		n = n.Items[len(n.Items)-1]
	case n.Kind != Table || s.inline(n):
		s.forbid(p.span, "%s has its value already, so no header can add to it", quote(p.name))
	}
	return n
}

// openTable makes the table of a header, or opens the one that longer headers
// made in passing.
func (s *scanner) openTable(t *Node, p part, header Span, list bool) *Node {
	made := &Node{Kind: Table, Key: p.span, Span: header, Header: true}
	n := t.Fields[p.name]
	switch {
	case n == nil && list:
		t.add(p.name, &Node{Kind: Array, Key: p.span, Span: header, Header: true, Items: []*Node{made}})
	case n == nil:
		t.add(p.name, made)
	case list && n.Kind == Array && n.Header:
		n.Items = append(n.Items, made)
	case list:
		s.forbid(header, "%s is not a list of tables, so [[ ]] cannot add to it; give one of the two another name", quote(p.name))
	case n.Kind == Array && n.Header:
		s.forbid(header, "%s is a list of tables; begin its next table with [[ ]]", quote(p.name))
	case n.Kind != Table || n.Header || s.inline(n) || s.dotted[n]:
		s.forbid(header, "%s is defined already; put its keys in one place, or give one of the two another name", quote(p.name))
	default:
		n.Key, n.Span, n.Header = p.span, header, true
		return n
	}
	return made
}

// keyValue reads a key, '=' and a value into a table.
func (s *scanner) keyValue(at place) {
	parts := s.key()
	if s.peek() != '=' {
		s.ask(s.char(), "a key is followed by = and a value")
	}
	s.pos++
	last := parts[len(parts)-1]
	s.spend(last.span, keyWork+(at.depth+len(parts))*len(parts), at.name)
	for _, p := range parts[:len(parts)-1] {
		at = at.under(s.passDotted(at.table, p), p)
	}
	if at.table.Fields[last.name] != nil {
		s.forbid(last.span, "the key %s stands twice in one table; remove or rename one of the two", quote(last.name))
	}
	s.checkDepth(last.span, at.depth+1)
	s.skipSpace()
	n := s.value(at.under(nil, last))
	n.Key = last.span
	at.table.add(last.name, n)
}

// passDotted goes on to the table that a part of a dotted key names. It may
// not be one that a header or { … } has defined.
func (s *scanner) passDotted(t *Node, p part) *Node {
	n := t.Fields[p.name]
	switch {
	case n == nil:
		s.spend(p.span, tableWork, 0)
		n = &Node{Kind: Table, Key: p.span, Span: p.span}
		t.add(p.name, n)
	case n.Kind != Table || n.Header || s.inline(n):
		s.forbid(p.span, "%s is defined already, so a dotted key cannot add to it", quote(p.name))
	}
	s.dotted[n] = true
	return n
}

// key reads the parts of a key.
func (s *scanner) key() []part {
	var parts []part
	for {
		s.skipSpace()
		p := s.keyPart()
		parts = append(parts, p)
		s.checkDepth(p.span, len(parts))
		if s.skipSpace(); !s.accept(".") {
			return parts
		}
	}
}

const bareKey = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

func (s *scanner) keyPart() part {
	start := s.pos
	if c := s.peek(); c == '"' || c == '\'' {
		s.shortString(c)
		at := Span{start, s.pos}
		return part{unquote(s.src[start:s.pos]), at}
	}
	if s.skip(bareKey); s.pos > start {
		return part{string(s.src[start:s.pos]), Span{start, s.pos}}
	}
	if r, _ := utf8.DecodeRune(s.src[s.pos:]); r >= utf8.RuneSelf {
		s.refuse(s.char(), "a key has only letters from a to z, digits, _ and -; put others in straight double quotes")
	}
	s.ask(s.char(), "a key is missing here")
	return part{}
}
