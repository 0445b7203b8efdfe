package bind

import (
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// Wants says how a value is required.
type Wants int

// What a key must be; 0: it may be missing or blank.
const (
	Required Wants = 1 << iota // the key must be there
	Filled                     // a text, when it is there, must not be blank
)

// Typed returns the node of a key if it has the wanted kind; another kind is
// reported. Nil: there is nothing to read.
func (t *Table) Typed(key string, kind doc.Kind, want Wants) *doc.Node {
	node := t.Get(key)
	if node == nil {
		if want&Required != 0 {
			t.missing = append(t.missing, key)
		}
		return nil
	}
	if !t.r.Is(node, "`"+key+"`", kind) {
		return nil
	}
	return node
}

// Is reports a value of another kind. What says what the value is.
func (r *Reader) Is(node *doc.Node, what string, kind doc.Kind) bool {
	if node.Kind != kind {
		r.Report(diag.WrongType, node.Span, "%s must be %s, not %s", what, kind, node.Kind)
	}
	return node.Kind == kind
}

// Text reads a text. One that is required or filled must not be blank.
func (t *Table) Text(key string, want Wants) string {
	node := t.Typed(key, doc.String, want)
	if node == nil {
		return ""
	}
	return t.r.Text(node, "`"+key+"`", want)
}

// Text reads a text that is safe to show; "" when it is not, which is reported.
func (r *Reader) Text(node *doc.Node, what string, want Wants) string {
	if want != 0 && strings.TrimSpace(node.Str) == "" {
		r.Report(diag.EmptyText, node.Span, "%s is blank", what)
		return ""
	}
	if c, found := text.FindUnsafe(node.Str); found {
		r.Report(diag.UnsafeText, node.Span, "%s holds the character U+%04X, which can take over a terminal or turn text around", what, c)
		return ""
	}
	return node.Str
}

// Boolean reads true or false; false when it is not there.
func (t *Table) Boolean(key string) bool {
	node := t.Typed(key, doc.Bool, 0)
	return node != nil && node.Bool
}

// Integer reads a whole number from low to high.
func (t *Table) Integer(key string, otherwise, low, high int) int {
	node := t.Typed(key, doc.Integer, 0)
	if node == nil {
		return otherwise
	}
	if n, ok := t.r.Integer(node, "`"+key+"`", low, high); ok {
		return n
	}
	return otherwise
}

// Integer reads a whole number; one out of range is reported and cut to the range.
func (r *Reader) Integer(node *doc.Node, what string, low, high int) (n int, ok bool) {
	if node.Int < int64(low) || node.Int > int64(high) {
		r.Report(diag.OutOfRange, node.Span, "%s is %d: it must lie between %d and %d", what, node.Int, low, high)
		return int(min(max(node.Int, int64(low)), int64(high))), false
	}
	return int(node.Int), true
}

// List reads a list whose items all have one kind; items of another are reported and left out.
func (t *Table) List(key string, kind doc.Kind) []*doc.Node {
	node := t.Typed(key, doc.Array, 0)
	if node == nil {
		return nil
	}
	return t.r.Items(node.Items, key, kind)
}

// Items leaves out the items of a key that are of another kind, which is reported.
func (r *Reader) Items(all []*doc.Node, key string, kind doc.Kind) []*doc.Node {
	var items []*doc.Node
	for _, item := range all {
		if r.Is(item, "an entry of `"+key+"`", kind) {
			items = append(items, item)
		}
	}
	return items
}

// Texts reads a list of texts, none of them blank. What is no text keeps its
// place: a scale has as many steps as labels.
func (t *Table) Texts(key string) []string {
	node := t.Typed(key, doc.Array, 0)
	if node == nil {
		return nil
	}
	what := "an entry of `" + key + "`"
	all := make([]string, len(node.Items))
	for i, item := range node.Items {
		if t.r.Is(item, what, doc.String) {
			all[i] = t.r.Text(item, what, Filled)
		}
	}
	return all
}

// Table reads a table inside this one, of the sort that has the key's name.
func (t *Table) Table(key string) *Table {
	return t.r.Table(t.Typed(key, doc.Table, 0), key)
}

// Unbounded is for lists that only the size of the file bounds.
const Unbounded = doc.MaxSize

// Tables reads a list of tables, at least low and at most high of them.
func (t *Table) Tables(key string, low, high int) []*Table {
	node := t.Get(key)
	switch {
	case node == nil && low > 0:
		t.missing = append(t.missing, key)
		return nil
	case node == nil:
		return nil
	case node.Kind == doc.Table: // [key] for [[key]]: what it holds is read all the same
		t.r.Report(diag.WrongType, node.Span, "`%s` must be a list of tables, not a table", key).
			Advise("begin each with [[" + key + "]], in two pairs of brackets")
		return []*Table{t.r.Table(node, key)}
	}
	items := t.List(key, doc.Table)
	if node.Kind != doc.Array {
		return nil
	}
	t.r.count(node, key, low, high)
	all := make([]*Table, len(items))
	for i, item := range items {
		all[i] = t.r.Table(item, key)
	}
	return all
}

// count reports a list that is too short, or the first item that is too many.
func (r *Reader) count(node *doc.Node, key string, low, high int) {
	if n := len(node.Items); n < low {
		r.Report(diag.OutOfRange, node.Span, "%d of `%s`: there must be at least %d", n, key, low)
	} else if n > high {
		r.Report(diag.OutOfRange, node.Items[high].Span, "%d of `%s`: there may be at most %d", n, key, high)
	}
}
