package quiz

import (
	"maps"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// reservedOutcomes are ids that a quiz's tests use for themselves: `tie` stands
// beside the outcomes in [odds].
var reservedOutcomes = []string{"tie"}

// collectOutcomes notes the ids of roles and hybrids before anything refers to
// them. They are bound, and their faults reported, later.
func (b *binder) collectOutcomes(t *table) {
	b.outcomeIDs, b.roleIDs = b.space("role"), b.space("role")
	b.outcomeIDs.fits = oftenOrFar
	b.roleIDs.broken, b.roleIDs.fits = b.outcomeIDs.broken, oftenOrFar
	b.collect(t, "role")
	b.roleIDs.order = append(b.roleIDs.order, b.outcomeIDs.order...)
	maps.Copy(b.roleIDs.at, b.outcomeIDs.at)
	b.collect(t, "hybrid")
	if t.get("role") == nil {
		b.outcomeIDs.broken.open = true
	}
}

// collect enters the ids of a list of tables as outcomes.
func (b *binder) collect(t *table, key string) {
	node := t.get(key)
	if node == nil {
		return
	}
	items := node.Items
	switch node.Kind {
	case doc.Array:
	case doc.Table:
		items = []*doc.Node{node}
	default:
		b.outcomeIDs.broken.open = true
	}
	for i, item := range items {
		b.outcomeIDs.add(i, b.table(item, key).get("id"))
	}
}

// roles and hybrids enter their ids in one space of their own, to find
// duplicates in file order.
func (b *binder) roles(t *table) []Role {
	b.taken = b.space("role")
	var all []Role
	for i, r := range t.tables("role", 2, maxRoles) {
		one := Role{
			ID:      r.uniqueID(i, b.taken, reservedOutcomes...),
			Name:    r.text("name", filled),
			Tagline: r.text("tagline", 0),
			Summary: r.text("summary", filled),
			Weights: b.points(r, "weights", nil),
			Path:    r.texts("path"),
			Steps:   b.steps(r),
		}
		one.Name = orID(one.Name, one.ID)
		b.weightless(r)
		r.done()
		all = append(all, one)
	}
	return all
}

// weightless reports a role that asks for nothing.
func (b *binder) weightless(r *table) {
	node := r.get("weights")
	if node == nil {
		if !r.guessed("weights") {
			b.report(diag.WeightlessRole, r.node.Span, "this role has no weights: nothing can lead to it")
		}
		return
	}
	if node.Kind != doc.Table {
		return
	}
	for _, id := range node.Keys {
		w := node.Fields[id]
		if w.Kind != doc.Integer || w.Int != 0 || !b.dimensionIDs.has(id) {
			return
		}
	}
	b.report(diag.WeightlessRole, node.Span, "all weights of this role are 0: nothing can lead to it")
}

func (b *binder) hybrids(t *table) []Hybrid {
	b.taken.what = "hybrid"
	var all []Hybrid
	for i, h := range t.tables("hybrid", 0, maxHybrids) {
		one := Hybrid{
			ID:      h.uniqueID(i, b.taken, reservedOutcomes...),
			Name:    h.text("name", filled),
			Roles:   b.hybridRoles(h),
			Tagline: h.text("tagline", 0),
			Summary: h.text("summary", filled),
			Steps:   b.steps(h),
		}
		one.Name = orID(one.Name, one.ID)
		if h.typed("margin", doc.Integer, required) != nil {
			one.Margin = h.integer("margin", 0, 0, 100)
		}
		h.done()
		all = append(all, one)
	}
	return all
}

// hybridRoles reads which roles a hybrid lies between: at least two different ones.
func (b *binder) hybridRoles(h *table) []string {
	node := h.typed("roles", doc.Array, required)
	if node == nil {
		return nil
	}
	if len(node.Items) < 2 {
		b.report(diag.OutOfRange, node.Span, "a hybrid lies between at least 2 roles; this one names %d", len(node.Items))
	}
	var ids []string
	first := make(map[string]doc.Span)
	for _, item := range h.list("roles", doc.String) {
		at, twice := first[item.Str]
		switch {
		case !b.roleIDs.has(item.Str):
			b.unknown(reference{rule: diag.UnknownRole, at: item.Span, what: "role", id: item.Str}, b.roleIDs)
		case twice:
			b.report(diag.DuplicateID, item.Span, "the role %s is named twice", text.Quoted(item.Str)).
				related(b.file, at, "first named here")
		default:
			first[item.Str] = item.Span
			ids = append(ids, item.Str)
		}
	}
	return ids
}

func (b *binder) steps(t *table) []Step {
	var all []Step
	for _, s := range t.tables("step", 0, maxSteps) {
		one := Step{
			Title:  s.text("title", required|filled),
			Kind:   b.stepKind(s),
			Detail: s.text("detail", 0),
			URL:    s.url("url"),
			AsOf:   s.date("as_of"),
			When:   b.when(s, afterAll),
		}
		s.done()
		all = append(all, one)
	}
	return all
}

// maxSteps bounds next steps, notes and contrasts: the format does not, and the
// size of the file does.
const maxSteps = 1 << 20

func (b *binder) stepKind(s *table) string {
	node := s.typed("kind", doc.String, 0)
	if node == nil {
		return ""
	}
	if !slices.Contains(StepKinds(), node.Str) {
		b.report(diag.OutOfRange, node.Span, "%s is not a kind of step", text.Quoted(node.Str)).
			suggest(node.Str, StepKinds()).help("write one of " + strings.Join(StepKinds(), ", "))
	}
	return node.Str
}

func (b *binder) contrasts(t *table) []Contrast {
	var all []Contrast
	for _, c := range t.tables("contrast", 0, maxSteps) {
		one := Contrast{Aspect: c.text("aspect", required|filled), Says: b.says(c)}
		if node := c.typed("dimension", doc.String, 0); node != nil {
			one.Dimension = node.Str
			if !b.dimensionIDs.has(node.Str) {
				b.unknown(reference{rule: diag.UnknownDimension, at: node.Span, what: "dimension", id: node.Str}, b.dimensionIDs)
			}
		}
		c.done()
		all = append(all, one)
	}
	return all
}

func (b *binder) says(c *table) map[string]string {
	node := c.typed("says", doc.Table, required)
	if node == nil {
		return nil
	}
	says := make(map[string]string)
	for _, id := range node.Keys {
		value := node.Fields[id]
		switch {
		case !b.roleIDs.has(id):
			b.unknown(reference{rule: diag.UnknownRole, at: value.Key, what: "role", id: id}, b.roleIDs)
		case value.Kind != doc.String:
			b.wrongType(value, "`"+id+"`", doc.String)
		default:
			says[id] = b.textOf(value, "`"+id+"`", filled)
		}
	}
	return says
}

func (b *binder) notes(t *table) []Note {
	var all []Note
	for _, n := range t.tables("note", 0, maxSteps) {
		one := Note{Text: n.text("text", required|filled), URL: n.url("url"), AsOf: n.date("as_of"), When: b.when(n, afterAll)}
		n.done()
		all = append(all, one)
	}
	return all
}
