package quiz

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// binder turns the nodes of one file into a quiz and collects every fault.
type binder struct {
	file  *doc.File
	found diag.List
	plain bool // findings carry no rule: the file is not a definition

	quiz         *Quiz
	bound        []*boundQuestion
	labels       []string // of [scale]
	retiredAt    map[string]doc.Span
	dimensionIDs *space
	questionIDs  *space
	outcomeIDs   *space   // roles and hybrids share one: what references may name
	taken        *space   // the same, filled in file order to find duplicates
	roleIDs      *space   // the roles alone
	excused      []string // dimensions whose measuring a mistyped reference hides
}

// space holds the ids of siblings, which must differ.
type space struct {
	what       string
	at         map[string]doc.Span
	order      []string
	incomplete bool // a sibling's id is missing, which is reported: it may be the one a reference means
}

func (b *binder) space(what string) *space {
	return &space{what: what, at: make(map[string]doc.Span)}
}

func (s *space) has(id string) bool { _, ok := s.at[id]; return ok }

func (s *space) add(id string, at doc.Span) {
	s.at[id] = at
	s.order = append(s.order, id)
}

// unknown reports a reference that leads nowhere, unless a fault reported
// elsewhere may be why: one fault is one finding. It returns what was probably meant.
func (b *binder) unknown(rule string, at doc.Span, what, id string, among *space) string {
	near := text.Near(id, among.order)
	if near == "" && among.incomplete {
		return ""
	}
	b.report(rule, at, "there is no %s %s", what, quoted(id)).Suggestion = near
	return near
}

// missingTable reports whether a top-level list is not there at all, or only
// under a mistyped name.
func (b *binder) missingTable(key string) bool {
	if b.file.Root.Fields[key] != nil {
		return false
	}
	return key != "hybrid" || slices.ContainsFunc(b.file.Root.Keys, func(k string) bool { return nearKey(k, key) })
}

// report adds an error at a place of the file.
func (b *binder) report(rule string, span doc.Span, format string, args ...any) *finding {
	if b.plain {
		rule = ""
	}
	b.found = append(b.found, diag.Finding{
		Rule:     rule,
		Severity: diag.Error,
		Place:    place(b.file, span),
		Message:  fmt.Sprintf(format, args...),
		Source:   sourceLines(b.file, span),
	})
	return (*finding)(&b.found[len(b.found)-1])
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

func place(file *doc.File, span doc.Span) diag.Place {
	line, column := file.Position(span.Start)
	endLine, endColumn := file.Position(span.End)
	return diag.Place{Path: file.Name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

func sourceLines(file *doc.File, span doc.Span) []string {
	if span == (doc.Span{}) {
		return nil // the file as a whole: there is nothing to point at
	}
	line, _ := file.Position(span.Start)
	return []string{file.Line(line)}
}

// quoted shows a piece of the file's text inside a message, cut when it is long.
func quoted(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return `"` + text.Line(s) + `"`
}

// wants says how a text or an id is required.
type wants int

const (
	required wants = 1 << iota // the key must be there
	filled                     // when it is there, it must not be blank
)

// table reads the keys of one TOML table and notes which were asked for, so
// that done can find the ones nobody knows.
type table struct {
	b       *binder
	node    *doc.Node // nil: the table is not in the file
	known   []string
	missing []string
	others  []string // keys that are faults of another rule, reported already
}

func (b *binder) table(node *doc.Node, others []string) *table {
	return &table{b: b, node: node, others: others}
}

// get returns the node of a key, or nil.
func (t *table) get(key string) *doc.Node {
	t.known = append(t.known, key)
	if t.node == nil {
		return nil
	}
	return t.node.Fields[key]
}

// typed returns the node of a key if it has the wanted kind; another kind is reported.
func (t *table) typed(key string, kind doc.Kind, want wants) *doc.Node {
	node := t.get(key)
	if node == nil {
		if want&required != 0 && t.node != nil {
			t.missing = append(t.missing, key)
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
	return t.b.integerOf(node, "`"+key+"`", low, high)
}

func (b *binder) integerOf(node *doc.Node, what string, low, high int) int {
	if node.Int < int64(low) || node.Int > int64(high) {
		b.report(diag.OutOfRange, node.Span, "%s is %d: it must lie between %d and %d", what, node.Int, low, high)
		return min(max(low, 0), high)
	}
	return int(node.Int)
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

// texts reads a list of texts, none of them blank.
func (t *table) texts(key string) []string {
	var all []string
	for _, node := range t.list(key, doc.String) {
		all = append(all, t.b.textOf(node, "an entry of `"+key+"`", filled))
	}
	return all
}

// table reads a table inside this one.
func (t *table) table(key string) *table {
	return t.b.table(t.typed(key, doc.Table, 0), nil)
}

// tables reads a list of tables, at least low and at most high of them.
func (t *table) tables(key string, low, high int) []*table {
	if low > 0 && t.node != nil && t.node.Fields[key] == nil {
		t.known = append(t.known, key)
		t.missing = append(t.missing, key)
		return nil
	}
	items := t.list(key, doc.Table)
	node := t.node.Fields[key]
	if node == nil || node.Kind != doc.Array {
		return nil
	}
	if n := len(node.Items); n < low {
		t.b.report(diag.OutOfRange, node.Span, "%d of `%s`: there must be at least %d", n, key, low)
	} else if n > high {
		t.b.report(diag.OutOfRange, node.Items[high].Span, "%d of `%s`: there may be at most %d", n, key, high)
	}
	all := make([]*table, len(items))
	for i, item := range items {
		all[i] = t.b.table(item, nil)
	}
	return all
}

// done reports the keys that are missing and those that nobody asked for. A
// mistyped key is one fault: it silences the missing key that it was meant to be.
// It returns whether any key was unknown.
func (t *table) done() (unknown bool) {
	if t.node == nil {
		return false
	}
	missing := t.missing
	for _, key := range t.node.Keys {
		if slices.Contains(t.known, key) || slices.Contains(t.others, key) {
			continue
		}
		unknown = true
		near := text.Near(key, append(slices.Clone(missing), t.absent()...))
		f := t.b.report(diag.UnknownKey, t.node.Fields[key].Key, "unknown key %s", keyName(key))
		f.Suggestion = near
		if near == "" && t.b.topLevel(key) && t.node != t.b.file.Root {
			f.help("`" + key + "` belongs to the top of the file, above the first [table]")
		}
		missing = slices.DeleteFunc(slices.Clone(missing), func(m string) bool { return m == near })
	}
	for _, key := range missing {
		span := t.node.Span
		if t.node == t.b.file.Root {
			span = doc.Span{}
		}
		t.b.report(diag.MissingKey, span, "`%s` is missing", key)
	}
	return unknown
}

// absent lists the keys that could still be written: known and not there.
func (t *table) absent() []string {
	return slices.DeleteFunc(slices.Clone(t.known), func(key string) bool { return t.node.Fields[key] != nil })
}

func (b *binder) topLevel(key string) bool {
	return slices.Contains([]string{"format", "id", "version", "title", "summary", "intro", "minutes", "lang", "license", "retired", "shuffle"}, key)
}

// keyName shows a key as it would be written.
func keyName(key string) string {
	if validID(strings.ReplaceAll(key, "_", "-")) {
		return "`" + key + "`"
	}
	return "`" + text.Line(strconv.Quote(key)) + "`"
}
