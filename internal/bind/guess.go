package bind

import (
	"cmp"
	"slices"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// guessAt finds what a key that the shape lacks was meant to be.
func (t *Table) guessAt(key string, value *doc.Node) {
	near := text.Near(key, t.writable(value))
	if near == "" {
		return
	}
	if t.guess == nil {
		t.guess, t.meant = make(map[string]string), make(map[string]*doc.Node)
	}
	t.guess[key] = near
	have := t.Get(near)
	switch {
	case have != nil && headers(value):
		t.meant[near] = joined(have, value)
	case have == nil && t.recoverable(near, value):
		t.meant[near] = value
	}
}

// writable lists the keys that could still be written here: those that are not
// there, and lists that another [[header]] would add to.
func (t *Table) writable(value *doc.Node) []string {
	var keys []string
	for _, f := range t.shape {
		have := t.Node.Fields[f.Key]
		if have == nil || headers(value) && (headers(have) || passing(have) && f.Kind == doc.Array) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// headers reports whether [[headers]] made this list.
func headers(n *doc.Node) bool { return n.Kind == doc.Array && n.Header }

// passing reports whether only longer headers made this table: [[role.step]]
// below a mistyped [[rolle]].
func passing(n *doc.Node) bool { return n.Kind == doc.Table && !n.Header }

// recoverable reports whether a value can be read under another key without
// a fault of its own: the guess at the key may be wrong.
func (t *Table) recoverable(key string, value *doc.Node) bool {
	if want := t.field(key).Kind; want != doc.Invalid && value.Kind != want {
		return false
	}
	sound := t.r.Sound[key]
	return value.Kind == doc.Table || value.Kind == doc.Array || sound != nil && sound(value)
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
