package quiz

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// binder turns the nodes of one file into a quiz and collects every fault.
type binder struct {
	file     *doc.File
	found    diag.List
	reported int  // so far; the list may hold fewer
	plain    bool // findings carry no rule: the file is not a definition

	quiz         *Quiz
	bound        []*boundQuestion
	place        map[string]int // of each question, by id
	common       scaleDefault
	retiredAt    map[string]doc.Span
	strayed      map[string]bool // keys of the top of the file that stand below a [table]
	spaces       []*space
	dimensionIDs *space
	questionIDs  *space
	outcomeIDs   *space // roles and hybrids share one: what references may name
	roleIDs      *space // the roles alone
	taken        *space // the same as outcomeIDs, filled in file order to find duplicates
	excused      excuses
	compared     int // for suggestions, so far

	lineStart, lineEnd int      // the line that excerpt looked at last
	shownStart         int      // where in the source what it showed last begins
	shown              []string // what it showed last
}

func newBinder(file *doc.File) binder {
	return binder{
		file: file, retiredAt: make(map[string]doc.Span), strayed: make(map[string]bool),
		place: make(map[string]int), excused: excuses{ids: make(map[string]bool)},
	}
}

// report adds an error at a place of the file.
func (b *binder) report(rule string, span doc.Span, format string, args ...any) *finding {
	if b.plain {
		rule = ""
	}
	f := b.found.Add(diag.Finding{
		Rule:     rule,
		Severity: diag.Error,
		Place:    place(b.file, span),
		Message:  fmt.Sprintf(format, args...),
	})
	b.reported++
	b.excerpt(f, span)
	return (*finding)(f)
}

// finding lets a report say more about what it found.
type finding diag.Finding

func (f *finding) suggest(word string, candidates []string) *finding {
	f.Suggestion = text.Near(word, candidates)
	return f
}

func (f *finding) help(words string) *finding { f.Help = words; return f }

func (f *finding) related(file *doc.File, span doc.Span, message string) *finding {
	f.Related = append(f.Related, diag.Related{Place: place(file, span), Message: message})
	return f
}

// Finder makes the findings of those who judge what the reader of a definition
// does not: the quiz as a whole, or a test of it. One serves a whole file, so
// that a long line is looked up once for all that is found in it.
type Finder struct{ b binder }

// NewFinder begins with a file.
func NewFinder(file *doc.File) *Finder { return &Finder{newBinder(file)} }

// Find makes a finding of a rule at a place of the file; the zero span stands for the whole of it.
func (f *Finder) Find(rule string, span doc.Span, message string) diag.Finding {
	f.b.found = f.b.found[:0]
	one := diag.Finding(*f.b.report(rule, span, "%s", message))
	one.Severity = diag.RuleNamed(rule).Severity
	return one
}

// PlaceOf gives the place of a stretch of a file.
func PlaceOf(file *doc.File, span doc.Span) diag.Place { return place(file, span) }

func place(file *doc.File, span doc.Span) diag.Place {
	line, column := file.Position(span.Start)
	endLine, endColumn := file.Position(span.End)
	return diag.Place{Path: file.Name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

// longLine is about how many bytes of a line a finding keeps on either side of
// its place: a hostile file is one line with a fault in every word.
const longLine = 1 << 9

// excerpt sets the piece of the source that the finding shows.
func (b *binder) excerpt(f *diag.Finding, span doc.Span) {
	if span == (doc.Span{}) {
		return // the file as a whole: there is nothing to point at
	}
	src := b.file.Source
	start, end := b.line(min(span.Start, len(src)))
	if end-start > 2*longLine {
		start, end = b.part(start, end, span.Start)
		_, f.SourceColumn = b.file.Position(start)
	}
	if b.shownStart != start || b.shown == nil {
		b.shownStart, b.shown = start, []string{strings.TrimSuffix(string(src[start:end]), "\r")}
	}
	f.Source = b.shown
}

// part gives the bounds of the piece of a long line that is shown for an
// offset. Places near each other get the same piece, and so share its text.
func (b *binder) part(start, end, offset int) (from, to int) {
	from = max(start, offset-offset%longLine-longLine)
	to = min(end, from+3*longLine)
	for from < offset && !utf8.RuneStart(b.file.Source[from]) {
		from++
	}
	for to < end && !utf8.RuneStart(b.file.Source[to]) {
		to--
	}
	return from, to
}

// line gives the bounds of the line around an offset. It is looked up once for
// all findings of one line.
func (b *binder) line(offset int) (start, end int) {
	if b.lineStart <= offset && offset <= b.lineEnd && b.lineEnd > 0 {
		return b.lineStart, b.lineEnd
	}
	src := b.file.Source
	b.lineStart = bytes.LastIndexByte(src[:offset], '\n') + 1
	b.lineEnd = len(src)
	if n := bytes.IndexByte(src[offset:], '\n'); n >= 0 {
		b.lineEnd = offset + n
	}
	return b.lineStart, b.lineEnd
}

// wants says how a text or an id is required.
type wants int

const (
	required wants = 1 << iota // the key must be there
	filled                     // when it is there, it must not be blank
)

// typed returns the node of a key if it has the wanted kind; another kind is reported.
func (t *table) typed(key string, kind doc.Kind, want wants) *doc.Node {
	node := t.get(key)
	if node == nil {
		if want&required != 0 && t.node != nil {
			t.lacks(key)
		}
		return nil
	}
	if node.Kind != kind {
		t.b.wrongType(node, "`"+key+"`", kind)
		return nil
	}
	return node
}

func (b *binder) wrongType(node *doc.Node, what string, kind doc.Kind) {
	b.report(diag.WrongType, node.Span, "%s must be %s, not %s", what, kind, node.Kind)
}

// text reads a text. A text that is required or filled must not be blank.
func (t *table) text(key string, want wants) string {
	node := t.typed(key, doc.String, want)
	if node == nil {
		return ""
	}
	return t.b.textOf(node, "`"+key+"`", want)
}

func (b *binder) textOf(node *doc.Node, what string, want wants) string {
	if want != 0 && strings.TrimSpace(node.Str) == "" {
		b.report(diag.EmptyText, node.Span, "%s is blank", what)
		return ""
	}
	if r, found := text.FindUnsafe(node.Str); found {
		b.report(diag.UnsafeText, node.Span, "%s holds the character U+%04X, which can take over a terminal or turn text around", what, r)
		return ""
	}
	return node.Str
}

func (t *table) boolean(key string) bool {
	node := t.typed(key, doc.Bool, 0)
	return node != nil && node.Bool
}

// integer reads a whole number from low to high.
func (t *table) integer(key string, otherwise, low, high int) int {
	node := t.typed(key, doc.Integer, 0)
	if node == nil {
		return otherwise
	}
	if n, ok := t.b.integerOf(node, "`"+key+"`", low, high); ok {
		return n
	}
	return otherwise
}

// integerOf reads a whole number; one out of range is reported and cut to the range.
func (b *binder) integerOf(node *doc.Node, what string, low, high int) (n int, ok bool) {
	if node.Int < int64(low) || node.Int > int64(high) {
		b.report(diag.OutOfRange, node.Span, "%s is %d: it must lie between %d and %d", what, node.Int, low, high)
		return int(min(max(node.Int, int64(low)), int64(high))), false
	}
	return int(node.Int), true
}

// list reads a list whose items all have one kind; items of another are reported and left out.
func (t *table) list(key string, kind doc.Kind) []*doc.Node {
	node := t.typed(key, doc.Array, 0)
	if node == nil {
		return nil
	}
	var items []*doc.Node
	for _, item := range node.Items {
		if item.Kind != kind {
			t.b.wrongType(item, "an entry of `"+key+"`", kind)
			continue
		}
		items = append(items, item)
	}
	return items
}

// texts reads a list of texts, none of them blank. What is no text keeps its
// place: a scale has as many steps as labels.
func (t *table) texts(key string) []string {
	node := t.typed(key, doc.Array, 0)
	if node == nil {
		return nil
	}
	all := make([]string, len(node.Items))
	for i, item := range node.Items {
		if item.Kind != doc.String {
			t.b.wrongType(item, "an entry of `"+key+"`", doc.String)
			continue
		}
		all[i] = t.b.textOf(item, "an entry of `"+key+"`", filled)
	}
	return all
}

// table reads a table inside this one.
func (t *table) table(key string) *table {
	return t.b.table(t.typed(key, doc.Table, 0), key)
}

// tables reads a list of tables, at least low and at most high of them.
func (t *table) tables(key string, low, high int) []*table {
	node := t.get(key)
	switch {
	case node == nil && low > 0:
		t.lacks(key)
		return nil
	case node == nil:
		return nil
	case node.Kind == doc.Table: // [key] for [[key]]: what it holds is read all the same
		t.b.report(diag.WrongType, node.Span, "`%s` must be a list of tables, not a table", key).
			help("begin each with [[" + key + "]], in two pairs of brackets")
		return []*table{t.b.table(node, key)}
	}
	items := t.list(key, doc.Table)
	if node.Kind != doc.Array {
		return nil
	}
	t.b.count(node, key, low, high)
	all := make([]*table, len(items))
	for i, item := range items {
		all[i] = t.b.table(item, key)
	}
	return all
}

// count reports a list that is too short, or the first item that is too many.
func (b *binder) count(node *doc.Node, key string, low, high int) {
	if n := len(node.Items); n < low {
		b.report(diag.OutOfRange, node.Span, "%d of `%s`: there must be at least %d", n, key, low)
	} else if n > high {
		b.report(diag.OutOfRange, node.Items[high].Span, "%d of `%s`: there may be at most %d", n, key, high)
	}
}

// keyName shows a key as it would be written.
func keyName(key string) string {
	if ValidID(strings.ReplaceAll(key, "_", "-")) {
		return "`" + key + "`"
	}
	return "`" + text.Line(strconv.Quote(key)) + "`"
}
