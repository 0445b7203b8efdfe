package doc

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// value reads one value. The place says where it is: its table is not used.
func (s *scanner) value(at place) *Node {
	start := s.pos
	n := &Node{}
	switch c := s.peek(); c {
	case '[':
		n.Kind = Array
		s.array(n, at)
	case '{':
		n.Kind = Table
		s.inlineTable(n, at)
	case '"', '\'':
		n.Kind = String
		if s.accept(strings.Repeat(string(c), 3)) {
			s.longString(c)
		} else {
			s.shortString(c)
		}
	default:
		n.Kind = s.bare()
	}
	n.Span = Span{start, s.pos}
	return n
}

func (s *scanner) array(n *Node, at place) {
	open := Span{s.pos, s.pos + 1}
	s.pos++
	s.spend(open, at.depth, at.name)
	at.depth++
	for s.skipLines(); !s.accept("]"); s.skipLines() {
		s.unclosed(open, "list", "]")
		if s.peek() == ',' {
			s.ask(s.char(), "a value is missing before this comma")
		}
		s.checkDepth(s.char(), at.depth)
		n.Items = append(n.Items, s.value(at))
		s.skipLines()
		s.unclosed(open, "list", "]")
		if s.peek() != ']' && !s.accept(",") {
			s.ask(s.char(), "a comma separates the values of a list")
		}
	}
}

func (s *scanner) inlineTable(n *Node, at place) {
	open := Span{s.pos, s.pos + 1}
	s.pos++
	s.spend(open, tableWork+2*at.depth, at.name)
	at.table = n
	for s.skipLines(); !s.accept("}"); s.skipLines() {
		s.unclosed(open, "table", "}")
		if s.peek() == ',' {
			s.ask(s.char(), "a key and a value are missing before this comma")
		}
		s.keyValue(at)
		s.skipLines()
		s.unclosed(open, "table", "}")
		if s.peek() != '}' && !s.accept(",") {
			s.ask(s.char(), "a comma separates the keys of a table in { }")
		}
	}
}

// unclosed refuses the end of the text within brackets.
func (s *scanner) unclosed(open Span, what, closing string) {
	if s.pos == len(s.src) {
		s.refuse(open, "this %s has no closing %s", what, closing)
	}
}

// shortString reads a string that ends on its line, in quotes of one kind.
func (s *scanner) shortString(q byte) {
	start := s.pos
	for s.pos++; s.peek() != q; {
		switch c := s.peek(); {
		case c == 0 || c == '\n' || c == '\r':
			s.refuse(Span{start, s.pos}, `this string has no closing %c on its line; text of several lines stands between %[2]s and %[2]s`, q, strings.Repeat(string(q), 3))
		case c == '\\' && q == '"':
			s.escape()
		default:
			s.pos++
		}
	}
	s.pos++
}

// longString reads on after three opening quotes. Two more may stand before
// the three closing ones, as part of the text.
func (s *scanner) longString(q byte) {
	start := s.pos
	for {
		n := bytes.IndexAny(s.src[s.pos:], string(q)+`\`)
		if n < 0 {
			s.refuse(Span{start - 3, start}, "this string has no closing %s", strings.Repeat(string(q), 3))
		}
		s.pos += n
		if s.peek() == '\\' {
			s.longEscape(q)
			continue
		}
		first := s.pos
		s.skip(string(q))
		switch run := s.pos - first; {
		case run > 5:
			s.forbid(Span{first, s.pos}, `%d quotes in a row cannot end a string; write \%c for one that belongs to the text`, run, q)
		case run > 2:
			return
		}
	}
}

// longEscape reads a backslash; before a line end it joins the lines.
func (s *scanner) longEscape(q byte) {
	if q == '\'' {
		s.pos++
		return
	}
	start := s.pos
	s.pos++
	if s.skipSpace(); s.accept("\n") || s.accept("\r\n") {
		return
	}
	s.pos = start
	s.escape()
}

// escape reads an escape sequence.
func (s *scanner) escape() {
	_, size := escaped(s.src[s.pos:])
	if size == 0 {
		at := Span{s.pos, s.pos + 1}
		s.pos++
		at.End = s.char().End
		s.refuse(at, `%s stands for no character; write \\ for a backslash, or the text in single quotes`, quote(string(s.src[at.Start:at.End])))
	}
	s.pos += size
}

// escaped gives the character of an escape sequence and the size of the
// sequence, 0 if it is none.
func escaped(text []byte) (r rune, size int) {
	if len(text) < 2 {
		return 0, 0
	}
	hex := 0
	switch text[1] {
	case 'x':
		hex = 2
	case 'u':
		hex = 4
	case 'U':
		hex = 8
	default:
		i := strings.IndexByte(`btnfre"\`, text[1])
		if i < 0 {
			return 0, 0
		}
		return rune("\b\t\n\f\r\x1b\"\\"[i]), 2
	}
	size = 2 + hex
	if len(text) < size {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(text[2:size]), 16, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return 0, 0
	}
	return rune(n), size
}

// unquote gives the text of a scanned key in quotes.
func unquote(key []byte) string {
	text := key[1 : len(key)-1]
	if key[0] == '\'' {
		return string(text)
	}
	var b strings.Builder
	for len(text) > 0 {
		n := bytes.IndexByte(text, '\\')
		if n < 0 {
			n = len(text)
		}
		b.Write(text[:n])
		if text = text[n:]; len(text) > 0 {
			r, size := escaped(text)
			b.WriteRune(r)
			text = text[size:]
		}
	}
	return b.String()
}

const (
	digits = "0123456789"
	// plainValue has what numbers, dates and words are made of.
	plainValue = bareKey + "+.:"
)

// bare reads a value without quotes or brackets and says what it is.
func (s *scanner) bare() Kind {
	start := s.pos
	s.skip(plainValue)
	text := string(s.src[start:s.pos])
	if isDate(text) && s.peek() == ' ' && s.pos+1 < len(s.src) && strings.IndexByte(digits, s.src[s.pos+1]) >= 0 {
		s.pos++
		s.skip(plainValue)
		return Datetime
	}
	number := strings.TrimLeft(text, "+-")
	switch {
	case text == "true" || text == "false":
		return Bool
	case len(text)-len(number) < 2 && (number == "inf" || number == "nan"):
		return Float
	case number == "" || strings.IndexByte(digits, number[0]) < 0:
		s.pos = start
		s.noValue()
	}
	return numberKind(text)
}

// isDate says whether text begins as a date does, with a number and a dash.
func isDate(text string) bool {
	rest := strings.TrimLeft(text, digits)
	return len(rest) < len(text) && strings.HasPrefix(rest, "-")
}

// numberKind tells numbers and dates apart. Whether they are right the
// decoder finds out.
func numberKind(text string) Kind {
	switch rest := strings.TrimLeft(text, digits); {
	case isDate(text) || strings.HasPrefix(rest, ":"):
		return Datetime
	case len(text) > 1 && text[0] == '0' && strings.IndexByte("xob", text[1]) >= 0:
		return Integer
	case strings.ContainsAny(text, ".eE"):
		return Float
	}
	return Integer
}

// noValue refuses what stands where a value belongs.
func (s *scanner) noValue() {
	at := s.char()
	if at.Start == at.End || strings.IndexByte(",]}#", s.peek()) >= 0 {
		s.refuse(at, "a value is missing here")
	}
	if bytes.ContainsAny(s.src[at.Start:at.End], "“”„«‘’") {
		s.refuse(at, `text stands in straight quotes: "`)
	}
	n := bytes.IndexAny(s.src[s.pos:s.lineEnd()], " \t,]}#=\"'")
	if at.End = s.pos + n; n < 0 {
		at.End = s.lineEnd()
	}
	at.End = max(at.End, s.char().End)
	text := string(s.src[at.Start:at.End])
	if low := strings.ToLower(text); low == "true" || low == "false" {
		s.refuse(at, "%s is written in lower case: %s", quote(text), low)
	}
	s.refuse(at, "%s is no value; text stands in quotes, and numbers begin with a digit", quote(text))
}
