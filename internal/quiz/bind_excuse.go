package quiz

import (
	"slices"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// excuses are the dimensions that a fault reported elsewhere may leave
// unmeasured: they are not reported for it a second time.
type excuses struct {
	all   bool
	ids   map[string]bool
	names []string // that questions use and no dimension has
}

// excuse excuses what is named anywhere in a value that could not be bound.
func (b *binder) excuse(node *doc.Node) {
	if node.Kind == doc.String {
		b.excused.ids[node.Str] = true
	}
	for _, key := range node.Keys {
		b.excused.ids[key] = true
		b.excuse(node.Fields[key])
	}
	for _, item := range node.Items {
		b.excuse(item)
	}
}

// excuseUnknown excuses what stands under keys that the shape lacks, or that
// belong to another kind of question.
func (t *table) excuseUnknown() {
	if t.Node == nil {
		return
	}
	for _, key := range t.Node.Keys {
		if !t.Knows(key) || slices.Contains(t.Others, key) {
			t.b.excuse(t.Node.Fields[key])
		}
	}
}

// unmeasured reports dimensions that a role weighs and no question can move.
func (b *binder) unmeasured() {
	if len(b.bound) == 0 || b.excused.all {
		return
	}
	still := b.unmoved()
	for _, name := range b.excused.names {
		b.excuseMeant(name, still)
	}
	for _, id := range still {
		if !b.excused.ids[id] {
			b.Report(diag.UnmeasuredDimension, b.dimensionIDs.at[id], "no question can move the dimension %s, which a role weighs", text.Quoted(id))
		}
	}
}

// unmoved lists the dimensions that are weighed and not moved, in file order.
func (b *binder) unmoved() []string {
	weighed, moved := make(map[string]bool), make(map[string]bool)
	for _, r := range b.quiz.Roles {
		for id, w := range r.Weights {
			weighed[id] = weighed[id] || w != 0
		}
	}
	for _, q := range b.bound {
		for _, id := range q.Dimensions() {
			moved[id] = moved[id] || q.broken || q.Moves(id)
		}
	}
	var ids []string
	for _, id := range b.dimensionIDs.order {
		if weighed[id] && !moved[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// excuseMeant excuses the dimension that an unknown name was meant for: every
// one it is near to, else the first that is still without a question.
func (b *binder) excuseMeant(name string, unmoved []string) {
	for _, id := range unmoved {
		if b.Near(name, []string{id}) != "" {
			b.excused.ids[id] = true
		}
	}
	if b.Near(name, b.dimensionIDs.order) != "" {
		return
	}
	for _, id := range unmoved {
		if !b.excused.ids[id] {
			b.excused.ids[id] = true
			return
		}
	}
}

// Moves reports whether two answers to the question earn different points for the dimension.
func (q *Question) Moves(dimension string) bool {
	dims, sum := []string{dimension}, []int{0}
	first, some := 0, false
	for a := range q.Form().Alternatives() {
		sum[0] = 0
		q.Points(a, dims, sum)
		if some && sum[0] != first {
			return true
		}
		first, some = sum[0], true
	}
	return false
}
