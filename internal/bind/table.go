package bind

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// Shapes lists the keys of each sort of table, by the key that holds it.
type Shapes map[string][]Field

// Field is one key that a sort of table has, and the kind of its value;
// Invalid: several kinds, or one that who reads on judges. (It is an alias so
// that shapes of other packages can be written as rows.)
type Field = struct {
	Key  string
	Kind doc.Kind
}

// Table reads the keys of one table.
type Table struct {
	Node   *doc.Node // nil: the table is not in the file, and nothing in it is missing
	Sort   string    // the key of its shape
	Others []string  // keys of the shape that do not belong here; who reads on reports them

	r       *Reader
	shape   []Field
	missing []string
	excused []string // keys that are not missing, for a fault that is reported elsewhere
	// What mistyped keys were meant to be. One fault is one finding, and it
	// hides no other: so what such a key holds is read as though it were spelt
	// right, where more depends on it than a text.
	meant map[string]*doc.Node // right key → what to read for it
	guess map[string]string    // mistyped key → right key
}

// Table begins to read a table of this sort; nil stands for one that is not there.
func (r *Reader) Table(node *doc.Node, sort string) *Table {
	t := &Table{r: r, Node: node, Sort: sort, shape: r.Shapes[sort]}
	if node == nil {
		return t
	}
	for _, key := range node.Keys {
		if !t.Knows(key) {
			t.guessAt(key, node.Fields[key])
		}
	}
	return t
}

// Root reports whether the table is the whole file.
func (t *Table) Root() bool { return t.Node == t.r.File.Root }

// Knows reports whether this sort of table has the key.
func (t *Table) Knows(key string) bool { return t.field(key) != nil }

func (t *Table) field(key string) *Field {
	i := slices.IndexFunc(t.shape, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return nil
	}
	return &t.shape[i]
}

// Get returns the node of a key, or what was meant to be it, or nil.
func (t *Table) Get(key string) *doc.Node {
	if t.Node == nil {
		return nil
	}
	if n := t.meant[key]; n != nil {
		return n
	}
	return t.Node.Fields[key]
}

// Guessed reports whether some mistyped key was meant to be this one.
func (t *Table) Guessed(key string) bool {
	for _, right := range t.guess {
		if right == key {
			return true
		}
	}
	return false
}

// Excuse takes a key from those that are missing: a fault reported elsewhere is why it is not there.
func (t *Table) Excuse(key string) { t.excused = append(t.excused, key) }

// Done reports the keys that the shape lacks and those that are missing. A
// mistyped key is one fault: it silences the missing key that it was meant to be.
func (t *Table) Done() {
	if t.Node == nil {
		return
	}
	for _, key := range t.Node.Keys {
		if !t.Knows(key) {
			t.unknown(key)
		}
	}
	span := t.Node.Span
	if t.Root() {
		span = doc.Span{}
	}
	for _, key := range t.missing {
		if !slices.Contains(t.excused, key) {
			t.r.Report(diag.MissingKey, span, "`%s` is missing", key)
		}
	}
}

func (t *Table) unknown(key string) {
	name := t.r.KeyName
	if name == nil {
		name = keyName
	}
	f := t.r.Report(diag.UnknownKey, t.Node.Fields[key].Key, "unknown key %s", name(key))
	if near := t.guess[key]; near != "" {
		t.Excuse(near)
		if !slices.Contains(t.Others, near) {
			f.Suggestion = near
		}
	}
	if f.Suggestion == "" && t.r.Elsewhere != nil {
		f.Help = t.r.Elsewhere(t, key)
	}
}

// keyName shows a key as it would be written: long and odd ones in quotes.
func keyName(key string) string {
	const letters, longest = "abcdefghijklmnopqrstuvwxyz0123456789", 64
	odd := strings.Trim(key, letters+"_-") != "" || strings.HasPrefix(key, "_") || strings.HasPrefix(key, "-")
	if odd || key == "" || len(key) > longest {
		key = text.Line(strconv.Quote(key))
	}
	return "`" + key + "`"
}
