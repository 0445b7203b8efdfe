package quiz

import (
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// questions binds all questions, then their conditions: those refer to any question by id.
func (b *binder) questions(t *table) {
	tables := t.tables("question", 1, maxQuestions)
	ids := b.space("question")
	ids.broken.open = tables == nil
	ids.fits = func(h hole, _ string, refs []reference) bool {
		return !slices.ContainsFunc(refs, func(r reference) bool { return !b.bound[h.index].mayBe(r.values) })
	}
	b.questionIDs = ids
	for i, qt := range tables {
		q := b.question(i, qt, ids)
		b.bound = append(b.bound, q)
		b.quiz.Questions = append(b.quiz.Questions, q.Question)
		if _, taken := b.place[q.ID]; !taken && q.ID != "" {
			b.place[q.ID] = i
		}
	}
	for i, one := range b.bound {
		one.When = b.when(one.table, i)
		one.table.excuseUnknown()
		one.table.Done()
	}
}

// boundQuestion is a question with what is known of its place in the file.
type boundQuestion struct {
	*Question
	table   *table
	guessed bool // its kind is at fault: nothing is said of what another kind would have
	broken  bool // its entries are not known for sure, or too many: they are not looked at

	optionIDs *space
}

// question binds one question but for its condition.
func (b *binder) question(index int, t *table, ids *space) *boundQuestion {
	q := &boundQuestion{Question: &Question{}, table: t}
	q.ID = t.uniqueID(index, ids, KeyOutcome, KeyStrength)
	t.notRetired(q.ID, "question")
	k, sure := b.kindOf(t)
	q.Kind, q.guessed = k.name, !sure
	q.Ask = t.Text("ask", bind.Required|bind.Filled)
	q.Help = t.Text("help", 0)
	q.Optional = t.Boolean("optional")
	b.misplaced(q, k)
	if k.options > 0 {
		q.Shuffle = t.Boolean("shuffle")
		b.options(q, k)
	} else {
		b.scale(q)
	}
	return q
}

// kindOf gives the kind of a question. When its word is at fault, which is
// reported, sure is false and the kind is the one its keys look like.
func (b *binder) kindOf(t *table) (k *kind, sure bool) {
	node := t.Get("kind")
	word := DefaultKind
	switch {
	case node == nil && t.Guessed("kind"):
		return kindNamed(looksLike(t)), false
	case node == nil:
	case !b.Is(node, "`kind`", doc.String):
		return kindNamed(looksLike(t)), false
	default:
		word = node.Str
	}
	if k = kindNamed(word); k != nil {
		return k, true
	}
	near := b.Near(word, Kinds())
	b.Report(diag.OutOfRange, node.Span, "%s is not a kind of question", text.Quoted(word)).
		Advise("write one of " + strings.Join(Kinds(), ", ")).Suggestion = near
	if near == "" {
		near = looksLike(t)
	}
	return kindNamed(near), false
}

// looksLike names the kind that has the keys of this question.
func looksLike(t *table) string {
	has := func(key string) bool { return t.Get(key) != nil }
	switch {
	case !has("option") && (has("labels") || has("measures")):
		return "scale"
	case has("pick"):
		return "multi"
	}
	return DefaultKind
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

// misplaced reports keys that belong to other kinds. One that carries the
// answers of another kind, where this one's are missing, says that the kind is wrong.
func (b *binder) misplaced(q *boundQuestion, k *kind) {
	own := q.table.Get("option") != nil
	if k.options == 0 {
		own = q.table.Get("measures") != nil || q.table.Get("labels") != nil
	}
	sure := !q.guessed
	for _, key := range kindKeys() {
		if slices.Contains(k.keys, key) {
			continue
		}
		q.table.Others = append(q.table.Others, key)
		node := q.table.Node.Fields[key]
		if node == nil {
			continue
		}
		q.guessed = q.guessed || !own && (key == "option" || key == "measures" || key == "labels")
		if sure {
			b.Report(diag.MisplacedKey, node.Key, "a %s question has no `%s`", k.name, key)
		}
	}
}

func (b *binder) scale(q *boundQuestion) {
	q.Measures = b.points(q.table, "measures", &b.excused)
	own := q.table.Get("labels")
	q.Labels = q.table.labels()
	if own == nil {
		q.Labels = b.common.labels
	}
	q.broken = len(q.Labels) < 2
	none := own == nil && q.Labels == nil
	if none && !b.common.faulty && !q.guessed && !q.table.Guessed("labels") && !q.table.unknownLists() {
		b.Report(diag.NoScaleLabels, q.table.Node.Span, "this scale has no labels, and the file has no [scale] with labels")
	}
}

// labels reads the labels of a scale, nil when there are none to use.
func (t *table) labels() []string {
	node := t.Typed("labels", doc.Array, 0)
	if node == nil {
		return nil
	}
	switch n := len(node.Items); {
	case n < 2:
		t.b.Report(diag.TooFewOptions, node.Span, "%d labels: a scale needs at least 2", n)
	case n > maxLabels:
		t.b.Report(diag.OutOfRange, node.Span, "%d labels: a scale may have at most %d", n, maxLabels)
	}
	return t.Texts("labels")
}

func (b *binder) options(q *boundQuestion, k *kind) {
	ids := b.space("option")
	ids.fits = always
	q.optionIDs = ids
	node := q.table.Get("option")
	tables := q.table.tables("option", 0, k.options)
	for i, t := range tables {
		q.Options = append(q.Options, b.option(i, t, ids))
	}
	known := node != nil && node.Kind == doc.Array && len(tables) == len(node.Items)
	ids.broken.open = !known
	b.excused.all = b.excused.all || len(q.Options) == 0 // they may have measured anything
	q.broken = !known || len(q.Options) > k.options
	b.pick(q, k)
	switch {
	case node == nil && !q.guessed && !q.table.Guessed("option") && !q.table.unknownLists():
		b.tooFew(q)
	case !q.broken && q.Form().Count() < 2:
		b.tooFew(q)
		q.broken = true
	}
}

// tooFew reports a question that cannot be answered in two ways.
func (b *binder) tooFew(q *boundQuestion) {
	if n := len(q.Options); n > 1 {
		b.Report(diag.TooFewOptions, q.table.Get("pick").Span, "all %d options must be picked: that leaves a single answer", n)
		return
	}
	b.Report(diag.TooFewOptions, q.table.Node.Span, "a %s question needs at least two answers to choose from", q.Kind)
}

// option binds one option.
func (b *binder) option(index int, t *table, ids *space) Option {
	o := Option{
		ID:     t.uniqueID(index, ids),
		Text:   t.Text("text", bind.Required|bind.Filled),
		Points: b.points(t, "points", &b.excused),
		Fixed:  t.Boolean("fixed"),
	}
	t.notRetired(o.ID, "option")
	t.excuseUnknown()
	t.Done()
	return o
}

// pick reads how many options a multi lets people pick.
func (b *binder) pick(q *boundQuestion, k *kind) {
	n := len(q.Options)
	q.Pick = Pick{Max: n}
	if !slices.Contains(k.keys, "pick") || q.guessed {
		return
	}
	node := q.table.Get("pick")
	p := q.table.table("pick")
	defer p.Done()
	before := b.Reported()
	most := n
	if q.broken {
		most = max(n, maxPicks) // not known: only what no question allows is at fault
	}
	q.Pick = Pick{Min: p.Integer("min", 0, 0, most), Max: p.Integer("max", n, min(1, most), most)}
	switch {
	case b.Reported() > before:
		q.broken = true
	case node != nil && !q.broken && q.Pick.Min > q.Pick.Max:
		b.Report(diag.OutOfRange, node.Span, "`min` is %d and `max` is %d: nobody can pick that many", q.Pick.Min, q.Pick.Max)
		q.broken = true
	}
}

// points reads a table of points or weights, by dimension. With excused, a
// fault in it may be why a dimension is not measured.
func (b *binder) points(t *table, key string, excused *excuses) Points {
	node := t.Typed(key, doc.Table, 0)
	if node == nil {
		if excused != nil && t.Get(key) != nil {
			excused.all = true
		}
		return nil
	}
	points := make(Points)
	for _, id := range node.Keys {
		value := node.Fields[id]
		switch {
		case !b.dimensionIDs.has(id):
			b.unknown(reference{rule: diag.UnknownDimension, at: value.Key, what: "dimension", id: id}, b.dimensionIDs)
			if excused != nil {
				excused.names = append(excused.names, id)
			}
		case !b.Is(value, "`"+id+"`", doc.Integer):
			if excused != nil {
				excused.ids[id] = true
			}
		default:
			points[id], _ = b.Integer(value, "`"+id+"`", -maxPoints, maxPoints)
		}
	}
	return points
}
