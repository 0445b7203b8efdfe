package quiz

import (
	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/doc"
)

// binder turns the nodes of one file into a quiz.
type binder struct {
	*bind.Reader

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
}

func newBinder(file *doc.File) *binder {
	b := &binder{
		Reader: bind.NewReader(file, shapes), retiredAt: make(map[string]doc.Span), strayed: make(map[string]bool),
		place: make(map[string]int), excused: excuses{ids: make(map[string]bool)},
	}
	b.Sound = map[string]func(*doc.Node) bool{
		"id":     func(n *doc.Node) bool { return ValidID(n.Str) },
		"kind":   func(n *doc.Node) bool { return kindNamed(n.Str) != nil },
		"format": func(n *doc.Node) bool { return n.Int == Format },
	}
	b.Elsewhere = b.aboveTables
	return b
}

// aboveTables says what to do about a key that belongs before the first table of a quiz.
func (b *binder) aboveTables(t *bind.Table, key string) string {
	if t.Root() || !topLevel(key) {
		return ""
	}
	b.strayed[key] = true
	return "`" + key + "` belongs to the top of the file, above the first [table]"
}

// table is a table of a definition, whose values can be ids, dates and more.
type table struct {
	*bind.Table
	b *binder
}

func (t *table) table(key string) *table { return &table{t.Table.Table(key), t.b} }

func (t *table) tables(key string, low, high int) []*table {
	found := t.Tables(key, low, high)
	if found == nil {
		return nil // the list is missing or of another kind, so its length is unknown
	}
	all := make([]*table, len(found))
	for i, one := range found {
		all[i] = &table{one, t.b}
	}
	return all
}
