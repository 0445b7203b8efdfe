package quiz

import (
	"cmp"
	"slices"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// field is one key that a sort of table has, and the kind of its value;
// Invalid: several kinds, or one that the binder itself judges.
type field struct {
	key  string
	kind doc.Kind
}

// shapes lists the keys of each sort of table, by the key that holds it.
var shapes = map[string][]field{
	"quiz": {
		{"format", doc.Integer}, {"id", doc.String}, {"version", doc.String}, {"title", doc.String},
		{"summary", doc.String}, {"intro", doc.String}, {"minutes", doc.Integer}, {"lang", doc.String},
		{"license", doc.String}, {"retired", doc.Array}, {"shuffle", doc.Bool}, {"scale", doc.Table},
		{"scoring", doc.Table}, {"check", doc.Table}, {"dimension", doc.Array}, {"question", doc.Array},
		{"role", doc.Array}, {"hybrid", doc.Array}, {"contrast", doc.Array}, {"note", doc.Array},
	},
	"scale":   {{"labels", doc.Array}},
	"scoring": {{"strong", doc.Integer}, {"moderate", doc.Integer}, {"min_complete", doc.Integer}},
	"check":   {{"allow", doc.Array}},
	"dimension": {
		{"id", doc.String}, {"name", doc.String}, {"about", doc.String}, {"low", doc.String}, {"high", doc.String},
	},
	"question": {
		{"id", doc.String}, {"kind", doc.String}, {"ask", doc.String}, {"help", doc.String}, {"optional", doc.Bool},
		{"when", doc.Invalid}, {"measures", doc.Table}, {"labels", doc.Array}, {"option", doc.Array},
		{"shuffle", doc.Bool}, {"pick", doc.Table},
	},
	"option": {{"id", doc.String}, {"text", doc.String}, {"points", doc.Table}, {"fixed", doc.Bool}},
	"pick":   {{"min", doc.Integer}, {"max", doc.Integer}},
	"role": {
		{"id", doc.String}, {"name", doc.String}, {"tagline", doc.String}, {"summary", doc.String},
		{"weights", doc.Table}, {"path", doc.Array}, {"step", doc.Array},
	},
	"hybrid": {
		{"id", doc.String}, {"name", doc.String}, {"roles", doc.Array}, {"margin", doc.Integer},
		{"tagline", doc.String}, {"summary", doc.String}, {"step", doc.Array},
	},
	"step": {
		{"title", doc.String}, {"kind", doc.String}, {"detail", doc.String}, {"url", doc.String},
		{"as_of", doc.Datetime}, {"when", doc.Invalid},
	},
	"contrast": {{"aspect", doc.String}, {"dimension", doc.String}, {"says", doc.Table}},
	"note":     {{"text", doc.String}, {"url", doc.String}, {"when", doc.Invalid}},
	"sheet": {
		{"quiz", doc.String}, {"version", doc.String}, {"digest", doc.String}, {"seed", doc.Integer},
		{"started", doc.Invalid}, {"finished", doc.Invalid}, {"respondent", doc.Invalid},
		{"answers", doc.Table}, {"seconds", doc.Table},
	},
}

// table reads the keys of one TOML table.
type table struct {
	b       *binder
	node    *doc.Node // nil: the table is not in the file
	shape   []field
	others  []string // keys of the shape that do not belong here; reported already
	missing []string
	// What mistyped keys were meant to be. One fault is one finding, and it
	// hides no other: so what such a key holds is bound as though it were spelt
	// right, where more depends on it than a text.
	meant map[string]*doc.Node // right key → what to bind for it
	guess map[string]string    // mistyped key → right key
}

// table begins to read a table of this sort.
func (b *binder) table(node *doc.Node, sort string) *table {
	t := &table{b: b, node: node, shape: shapes[sort]}
	if node == nil {
		return t
	}
	for _, key := range node.Keys {
		if t.field(key) == nil {
			t.guessAt(key, node.Fields[key])
		}
	}
	return t
}

func (t *table) field(key string) *field {
	i := slices.IndexFunc(t.shape, func(f field) bool { return f.key == key })
	if i < 0 {
		return nil
	}
	return &t.shape[i]
}

// guessAt finds what a key that nobody knows was meant to be.
func (t *table) guessAt(key string, value *doc.Node) {
	near := text.Near(key, t.writable(value))
	if near == "" {
		return
	}
	if t.guess == nil {
		t.guess, t.meant = make(map[string]string), make(map[string]*doc.Node)
	}
	t.guess[key] = near
	have := t.get(near)
	switch {
	case have != nil && headers(value):
		t.meant[near] = joined(have, value)
	case have == nil && t.recoverable(near, value):
		t.meant[near] = value
	}
}

// writable lists the keys that could still be written here: those that are not
// there, and lists that another [[header]] would add to.
func (t *table) writable(value *doc.Node) []string {
	var keys []string
	for _, f := range t.shape {
		have := t.node.Fields[f.key]
		if have == nil || headers(value) && (headers(have) || passing(have) && f.kind == doc.Array) {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// headers reports whether [[headers]] made this list.
func headers(n *doc.Node) bool { return n.Kind == doc.Array && n.Header }

// passing reports whether only longer headers made this table: [[role.step]]
// below a mistyped [[rolle]].
func passing(n *doc.Node) bool { return n.Kind == doc.Table && !n.Header }

// recoverable reports whether a value can be bound under another key without
// a fault of its own: the guess at the key may be wrong.
func (t *table) recoverable(key string, value *doc.Node) bool {
	f := t.field(key)
	switch {
	case f.kind != doc.Invalid && value.Kind != f.kind:
		return false
	case key == "id":
		return ValidID(value.Str)
	case key == "kind":
		return kindNamed(value.Str) != nil
	case key == "format":
		return value.Int == Format
	}
	return value.Kind == doc.Table || value.Kind == doc.Array
}

// joined is the list that two kinds of headers, one of them mistyped, were
// meant to make. [[question.option]] below a [[questoin]] belongs to it and not to
// the question before, where TOML puts it.
func joined(a, b *doc.Node) *doc.Node {
	list := *b
	list.Items = slices.Concat(a.Items, b.Items)
	for _, key := range a.Keys { // a is no list yet, see passing
		give(b.Items[0], key, a.Fields[key])
	}
	byPlace := func(x, y *doc.Node) int { return cmp.Compare(x.Span.Start, y.Span.Start) }
	slices.SortFunc(list.Items, byPlace)
	for i, item := range list.Items[:len(list.Items)-1] {
		passOn(item, list.Items[i+1])
	}
	return &list
}

// passOn moves the tables that stand behind the next one's header to it.
func passOn(item, next *doc.Node) {
	for _, key := range slices.Clone(item.Keys) {
		child := item.Fields[key]
		if !headers(child) {
			continue
		}
		i := slices.IndexFunc(child.Items, func(n *doc.Node) bool { return n.Span.Start > next.Span.Start })
		if i < 0 {
			continue
		}
		moved := *child
		moved.Items = child.Items[i:]
		moved.Key, moved.Span = moved.Items[0].Key, moved.Items[0].Span
		give(next, key, &moved)
		kept := *child
		if kept.Items = child.Items[:i]; i > 0 {
			item.Fields[key] = &kept
			continue
		}
		delete(item.Fields, key)
		item.Keys = slices.DeleteFunc(item.Keys, func(k string) bool { return k == key })
	}
}

func give(to *doc.Node, key string, list *doc.Node) {
	have := to.Fields[key]
	switch {
	case have == nil:
		if to.Fields == nil {
			to.Fields = make(map[string]*doc.Node)
		}
		to.Keys = append(to.Keys, key)
		to.Fields[key] = list
	case headers(have):
		have.Items = slices.Concat(list.Items, have.Items)
	}
}

// get returns the node of a key, or what was meant to be it, or nil.
func (t *table) get(key string) *doc.Node {
	if t.node == nil {
		return nil
	}
	if n := t.meant[key]; n != nil {
		return n
	}
	return t.node.Fields[key]
}

// lacks notes that a required key is not there.
func (t *table) lacks(key string) { t.missing = append(t.missing, key) }

// done reports the keys that are missing and those that nobody knows. A
// mistyped key is one fault: it silences the missing key that it was meant to be.
func (t *table) done() {
	if t.node == nil {
		return
	}
	root := t.node == t.b.file.Root
	excused := make(map[string]bool)
	for _, key := range t.node.Keys {
		if t.field(key) != nil {
			continue
		}
		f := t.b.report(diag.UnknownKey, t.node.Fields[key].Key, "unknown key %s", keyName(key))
		near := t.guess[key]
		excused[near] = true
		if !slices.Contains(t.others, near) {
			f.Suggestion = near
		}
		if !root && f.Suggestion == "" && t.b.topLevel(key) {
			f.help("`" + key + "` belongs to the top of the file, above the first [table]")
			t.b.strayed[key] = true
		}
	}
	for _, key := range t.missing {
		if excused[key] || root && t.b.strayed[key] {
			continue
		}
		span := t.node.Span
		if root {
			span = doc.Span{}
		}
		t.b.report(diag.MissingKey, span, "`%s` is missing", key)
	}
}

// topLevel reports whether the key belongs before the first table of a quiz.
func (b *binder) topLevel(key string) bool {
	i := slices.IndexFunc(shapes["quiz"], func(f field) bool { return f.key == key })
	return i >= 0 && i < slices.IndexFunc(shapes["quiz"], func(f field) bool { return f.kind == doc.Table })
}

// unknownLists reports whether the table has a key that nobody knows and whose
// value is a list: what seems to be missing may stand there.
func (t *table) unknownLists() bool {
	return t.node != nil && slices.ContainsFunc(t.node.Keys, func(key string) bool {
		return t.field(key) == nil && t.node.Fields[key].Kind == doc.Array
	})
}

// guessed reports whether some mistyped key was meant to be this one.
func (t *table) guessed(key string) bool {
	for _, right := range t.guess {
		if right == key {
			return true
		}
	}
	return false
}
