package quiz

import (
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
)

// questions binds all questions, then their conditions: those refer to any question by id.
func (b *binder) questions(t *table) {
	tables := t.tables("question", 1, maxQuestions)
	ids := b.space("question")
	b.questionIDs = ids
	bound := make([]*boundQuestion, len(tables))
	for i, qt := range tables {
		bound[i] = b.question(qt, ids)
		b.quiz.Questions = append(b.quiz.Questions, bound[i].Question)
	}
	b.bound = bound
	for i, one := range bound {
		one.When = b.when(one.table, i)
		if one.table.done() {
			one.unsure = true
		}
	}
}

// boundQuestion is a question with what is known of its place in the file.
type boundQuestion struct {
	*Question
	table  *table
	broken bool // its entries are not known for sure: references to them are not checked
	unsure bool // a mistyped key may hide what it measures

	optionIDs *space
}

// question binds one question but for its condition.
func (b *binder) question(t *table, ids *space) *boundQuestion {
	q := &boundQuestion{Question: &Question{}, table: t}
	q.ID = t.uniqueID(ids, KeyOutcome, KeyStrength)
	t.notRetired(q.ID, "question")
	q.Kind = b.kindOf(t)
	q.Ask = t.text("ask", required|filled)
	q.Help = t.text("help", 0)
	q.Optional = t.boolean("optional")
	k := q.kind()
	if k == nil {
		q.broken = true
		t.others = kindKeys()
		return q
	}
	b.misplaced(t, k)
	if k.options > 0 {
		q.Shuffle = t.boolean("shuffle")
		b.options(q, k)
	} else {
		b.scale(q)
	}
	return q
}

func (b *binder) kindOf(t *table) string {
	node := t.typed("kind", doc.String, 0)
	switch {
	case node == nil && t.node.Fields["kind"] != nil:
		return "" // of the wrong type, and reported
	case node == nil:
		return DefaultKind
	case kindNamed(node.Str) == nil:
		b.report(diag.OutOfRange, node.Span, "%s is not a kind of question", quoted(node.Str)).
			suggest(node.Str, Kinds()).help("write one of " + strings.Join(Kinds(), ", "))
		return ""
	}
	return node.Str
}

// kindKeys lists the keys that only some kinds have.
func kindKeys() []string {
	var keys []string
	for _, k := range kindList {
		for _, key := range k.keys {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// misplaced reports keys that belong to other kinds.
func (b *binder) misplaced(t *table, k *kind) {
	for _, key := range kindKeys() {
		if slices.Contains(k.keys, key) {
			continue
		}
		t.others = append(t.others, key)
		if node := t.node.Fields[key]; node != nil {
			b.report(diag.MisplacedKey, node.Key, "a %s question has no `%s`", k.name, key)
		}
	}
}

func (b *binder) scale(q *boundQuestion) {
	q.Measures = b.points(q.table, "measures")
	own := q.table.node.Fields["labels"]
	q.Labels = q.table.labels()
	if own == nil {
		q.Labels = b.labels
	}
	if len(q.Labels) < 2 {
		q.broken = true
	}
	if own == nil && q.Labels == nil && b.file.Root.Fields["scale"] == nil {
		b.report(diag.NoScaleLabels, q.table.node.Span, "this scale has no labels, and the file has no [scale] with labels")
	} else if own == nil && q.Labels == nil && b.scaleHasNoLabels() {
		b.report(diag.NoScaleLabels, q.table.node.Span, "this scale has no labels, and neither has [scale]")
	}
}

// scaleHasNoLabels: a [scale] whose labels are there but broken is reported itself.
func (b *binder) scaleHasNoLabels() bool {
	scale := b.file.Root.Fields["scale"]
	return scale.Kind == doc.Table && scale.Fields["labels"] == nil
}

// labels reads the labels of a scale, nil when there are none to use.
func (t *table) labels() []string {
	node := t.typed("labels", doc.Array, 0)
	if node == nil {
		return nil
	}
	switch n := len(node.Items); {
	case n < 2:
		t.b.report(diag.TooFewOptions, node.Span, "%d labels: a scale needs at least 2", n)
	case n > maxLabels:
		t.b.report(diag.OutOfRange, node.Span, "%d labels: a scale may have at most %d", n, maxLabels)
	}
	return t.texts("labels")
}

func (b *binder) options(q *boundQuestion, k *kind) {
	if q.table.node.Fields["option"] == nil {
		q.table.known = append(q.table.known, "option")
		q.broken = true
		b.tooFew(q, q.table.node.Span, 0)
		return
	}
	tables := q.table.tables("option", 0, k.options)
	ids := b.space("option")
	for _, t := range tables {
		o, sure := b.option(t, ids)
		q.Options = append(q.Options, o)
		q.unsure = q.unsure || !sure
	}
	q.optionIDs = ids
	node := q.table.node.Fields["option"]
	q.broken = node.Kind != doc.Array || len(tables) < len(node.Items)
	q.Pick = Pick{Max: len(q.Options)}
	if !q.broken && len(q.Options) < 2 {
		b.tooFew(q, q.table.node.Span, len(q.Options))
	} else if slices.Contains(k.keys, "pick") {
		b.pick(q)
	}
}

// tooFew reports a question nobody can answer in two ways, unless a mistyped
// key is where its options went.
func (b *binder) tooFew(q *boundQuestion, at doc.Span, n int) {
	for _, key := range q.table.node.Keys {
		if key != "option" && nearKey(key, "option") {
			q.table.known = append(q.table.known, "option")
			return
		}
	}
	b.report(diag.TooFewOptions, at, "a %s question needs at least 2 options; this one has %d", q.Kind, n)
}

// option binds one option; sure is false when a mistyped key may hide its points.
func (b *binder) option(t *table, ids *space) (o Option, sure bool) {
	o = Option{
		ID:     t.uniqueID(ids),
		Text:   t.text("text", required|filled),
		Points: b.points(t, "points"),
		Fixed:  t.boolean("fixed"),
	}
	t.notRetired(o.ID, "option")
	return o, !t.done()
}

func (b *binder) pick(q *boundQuestion) {
	node := q.table.node.Fields["pick"]
	p := q.table.table("pick")
	defer p.done()
	n := len(q.Options)
	q.Pick = Pick{
		Min: p.integer("min", 0, 0, n),
		Max: p.integer("max", n, 1, n),
	}
	if node == nil || q.broken {
		return
	}
	switch {
	case q.Pick.Min > q.Pick.Max:
		b.report(diag.OutOfRange, node.Span, "`min` is %d and `max` is %d: nobody can pick that many", q.Pick.Min, q.Pick.Max)
		q.Pick.Min = q.Pick.Max
	case q.Pick.Min == n:
		b.report(diag.TooFewOptions, node.Span, "all %d options must be picked: that leaves a single answer", n)
	}
}

// points reads a table of points or weights, by dimension.
func (b *binder) points(t *table, key string) Points {
	node := t.typed(key, doc.Table, 0)
	if node == nil {
		return nil
	}
	points := make(Points)
	for _, id := range node.Keys {
		value := node.Fields[id]
		if !b.dimensionIDs.has(id) {
			b.excused = append(b.excused, b.unknown(diag.UnknownDimension, value.Key, "dimension", id, b.dimensionIDs))
			continue
		}
		if value.Kind != doc.Integer {
			b.wrongType(value, "`"+id+"`", doc.Integer)
			b.excused = append(b.excused, id)
			continue
		}
		points[id] = b.integerOf(value, "`"+id+"`", -maxPoints, maxPoints)
	}
	return points
}

// unmeasured reports dimensions that a role weighs and no question can move. A
// reference that was mistyped, and is reported, does not count against them.
func (b *binder) unmeasured() {
	if len(b.bound) == 0 {
		return
	}
	for _, d := range b.quiz.Dimensions {
		weighed := slices.ContainsFunc(b.quiz.Roles, func(r Role) bool { return r.Weights[d.ID] != 0 })
		if d.ID == "" || !weighed || slices.Contains(b.excused, d.ID) {
			continue
		}
		if !slices.ContainsFunc(b.bound, func(q *boundQuestion) bool { return q.broken || q.unsure || q.Moves(d.ID) }) {
			b.report(diag.UnmeasuredDimension, b.dimensionIDs.at[d.ID], "no question can move the dimension %s, which a role weighs", quoted(d.ID))
		}
	}
}

// Moves reports whether two answers to the question earn different points for the dimension.
func (q *Question) Moves(dimension string) bool {
	if !slices.Contains(q.Dimensions(), dimension) {
		return false
	}
	low, high, first := 0, 0, true
	dims := []string{dimension}
	sum := make([]int, 1)
	for a := range q.Form().Alternatives() {
		sum[0] = 0
		q.Points(a, dims, sum)
		if first {
			low, high, first = sum[0], sum[0], false
		}
		low, high = min(low, sum[0]), max(high, sum[0])
	}
	return low != high
}
