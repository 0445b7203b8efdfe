package quiz

import (
	"maps"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/bind"
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
	if t.Get("role") == nil {
		b.outcomeIDs.broken.open = true
	}
}

// collect enters the ids of a list of tables as outcomes.
func (b *binder) collect(t *table, key string) {
	node := t.Get(key)
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
		b.outcomeIDs.add(i, b.Table(item, key).Get("id"))
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
			Name:    r.Text("name", bind.Filled),
			Tagline: r.Text("tagline", 0),
			Summary: r.Text("summary", bind.Filled),
			Weights: b.points(r, "weights", nil),
			Path:    r.Texts("path"),
			Steps:   b.steps(r),
		}
		one.Name = orID(one.Name, one.ID)
		b.weightless(r)
		r.Done()
		all = append(all, one)
	}
	return all
}

// weightless reports a role that asks for nothing.
func (b *binder) weightless(r *table) {
	node := r.Get("weights")
	if node == nil {
		if !r.Guessed("weights") {
			b.Report(diag.WeightlessRole, r.Node.Span, "this role has no weights: nothing can lead to it")
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
	b.Report(diag.WeightlessRole, node.Span, "all weights of this role are 0: nothing can lead to it")
}

func (b *binder) hybrids(t *table) []Hybrid {
	b.taken.what = "hybrid"
	var all []Hybrid
	for i, h := range t.tables("hybrid", 0, maxHybrids) {
		one := Hybrid{
			ID:      h.uniqueID(i, b.taken, reservedOutcomes...),
			Name:    h.Text("name", bind.Filled),
			Roles:   b.hybridRoles(h),
			Tagline: h.Text("tagline", 0),
			Summary: h.Text("summary", bind.Filled),
			Steps:   b.steps(h),
		}
		one.Name = orID(one.Name, one.ID)
		if h.Typed("margin", doc.Integer, bind.Required) != nil {
			one.Margin = h.Integer("margin", 0, 0, 100)
		}
		h.Done()
		all = append(all, one)
	}
	return all
}

// hybridRoles reads which roles a hybrid lies between: at least two different ones.
func (b *binder) hybridRoles(h *table) []string {
	node := h.Typed("roles", doc.Array, bind.Required)
	if node == nil {
		return nil
	}
	if len(node.Items) < 2 {
		b.Report(diag.OutOfRange, node.Span, "a hybrid lies between at least 2 roles; this one names %d", len(node.Items))
	}
	var ids []string
	first := make(map[string]doc.Span)
	for _, item := range h.List("roles", doc.String) {
		at, twice := first[item.Str]
		switch {
		case !b.roleIDs.has(item.Str):
			b.unknown(reference{rule: diag.UnknownRole, at: item.Span, what: "role", id: item.Str}, b.roleIDs)
		case twice:
			b.Report(diag.DuplicateID, item.Span, "the role %s is named twice", text.Quoted(item.Str)).
				Relate(at, "first named here")
		default:
			first[item.Str] = item.Span
			ids = append(ids, item.Str)
		}
	}
	return ids
}

func (b *binder) steps(t *table) []Step {
	var all []Step
	for _, s := range t.tables("step", 0, bind.Unbounded) {
		one := Step{
			Title:  s.Text("title", bind.Required|bind.Filled),
			Kind:   b.stepKind(s),
			Detail: s.Text("detail", 0),
			URL:    s.written("url", anAddress, 0),
			AsOf:   s.date("as_of"),
			When:   b.when(s, afterAll),
		}
		s.Done()
		all = append(all, one)
	}
	return all
}

func (b *binder) stepKind(s *table) string {
	node := s.Typed("kind", doc.String, 0)
	if node == nil {
		return ""
	}
	if !slices.Contains(StepKinds(), node.Str) {
		b.Report(diag.OutOfRange, node.Span, "%s is not a kind of step", text.Quoted(node.Str)).
			Suggest(node.Str, StepKinds()).Advise("write one of " + strings.Join(StepKinds(), ", "))
	}
	return node.Str
}

func (b *binder) contrasts(t *table) []Contrast {
	var all []Contrast
	for _, c := range t.tables("contrast", 0, bind.Unbounded) {
		one := Contrast{Aspect: c.Text("aspect", bind.Required|bind.Filled), Says: b.says(c)}
		if node := c.Typed("dimension", doc.String, 0); node != nil {
			one.Dimension = node.Str
			if !b.dimensionIDs.has(node.Str) {
				b.unknown(reference{rule: diag.UnknownDimension, at: node.Span, what: "dimension", id: node.Str}, b.dimensionIDs)
			}
		}
		c.Done()
		all = append(all, one)
	}
	return all
}

func (b *binder) says(c *table) map[string]string {
	node := c.Typed("says", doc.Table, bind.Required)
	if node == nil {
		return nil
	}
	says := make(map[string]string)
	for _, id := range node.Keys {
		value := node.Fields[id]
		switch {
		case !b.roleIDs.has(id):
			b.unknown(reference{rule: diag.UnknownRole, at: value.Key, what: "role", id: id}, b.roleIDs)
		case b.Is(value, "`"+id+"`", doc.String):
			says[id] = b.Text(value, "`"+id+"`", bind.Filled)
		}
	}
	return says
}

func (b *binder) notes(t *table) []Note {
	var all []Note
	for _, n := range t.tables("note", 0, bind.Unbounded) {
		one := Note{Text: n.Text("text", bind.Required|bind.Filled), URL: n.written("url", anAddress, 0), AsOf: n.date("as_of"), When: b.when(n, afterAll)}
		n.Done()
		all = append(all, one)
	}
	return all
}
