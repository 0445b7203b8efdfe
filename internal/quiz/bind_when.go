package quiz

import (
	"slices"
	"strconv"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// afterAll is the place of conditions on steps and notes: behind every question.
const afterAll = -1

// when binds the condition of a table. The place is the index of the question
// that has it, or afterAll.
func (b *binder) when(t *table, place int) When {
	node := t.Get("when")
	if node == nil {
		return When{}
	}
	w := When{Set: true}
	switch node.Kind {
	case doc.Table:
		w.Any = append(w.Any, b.clause(node, place))
	case doc.Array:
		for _, item := range b.Items(node.Items, "when", doc.Table) {
			w.Any = append(w.Any, b.clause(item, place))
		}
	default:
		b.Report(diag.WrongType, node.Span, "`when` must be a table or a list of tables, not %s", node.Kind)
	}
	return w
}

func (b *binder) clause(node *doc.Node, place int) Clause {
	var c Clause
	for _, key := range node.Keys {
		c = append(c, b.test(key, node.Fields[key], place))
	}
	return c
}

// test binds one key of a condition and its values.
func (b *binder) test(key string, node *doc.Node, place int) Test {
	t := Test{Key: key}
	if place == afterAll && (key == KeyOutcome || key == KeyStrength) {
		t.Values = b.reserved(key, node)
		return t
	}
	i, known := b.place[key]
	if !known {
		b.unknownQuestion(key, node)
		return t
	}
	if place != afterAll && i >= place {
		what := "a later question"
		if i == place {
			what = "the question itself"
		}
		b.Report(diag.ForwardCondition, node.Key, "the condition names %s, %s: it can only look back", text.Quoted(key), what)
	}
	for _, value := range valuesOf(node) {
		if id, ok := b.entry(b.bound[i], value); ok {
			t.Values = append(t.Values, id)
		}
	}
	return t
}

// valuesOf gives the values of one key: a list's items, or the value itself.
func valuesOf(node *doc.Node) []*doc.Node {
	if node.Kind == doc.Array {
		return node.Items
	}
	return []*doc.Node{node}
}

func (b *binder) unknownQuestion(key string, node *doc.Node) {
	if key == KeyOutcome || key == KeyStrength {
		b.Report(diag.UnknownQuestion, node.Key, "there is no question %s", text.Quoted(key)).
			Advise("`" + key + "` is known only after the last question: use it on steps and notes")
		return
	}
	b.unknown(reference{rule: diag.UnknownQuestion, at: node.Key, what: "question", id: key, values: valuesOf(node)}, b.questionIDs)
}

// entry reads a value that must name an entry of the question: an option's id, or
// a scale's step.
func (b *binder) entry(q *boundQuestion, node *doc.Node) (string, bool) {
	if q.guessed {
		return "", false
	}
	want := doc.String
	if q.kind().options == 0 {
		want = doc.Integer
	}
	switch {
	case !b.Is(node, "an answer to "+text.Quoted(q.ID), want):
		return "", false
	case q.broken:
		return "", false
	case want == doc.String && !q.optionIDs.has(node.Str):
		b.unknown(reference{rule: diag.UnknownOption, at: node.Span, what: "option", id: node.Str}, q.optionIDs)
		return "", false
	case want == doc.String:
		return node.Str, true
	case node.Int < 1 || node.Int > int64(len(q.Labels)):
		b.Report(diag.OutOfRange, node.Span, "%s has no step %d: its steps are 1 to %d", text.Quoted(q.ID), node.Int, len(q.Labels))
		return "", false
	}
	return strconv.Itoa(int(node.Int)), true
}

// mayBe reports whether all values of a condition's key could be answers to
// the question, whose id is lost.
func (q *boundQuestion) mayBe(values []*doc.Node) bool {
	for _, v := range values {
		step := v.Kind == doc.Integer && v.Int >= 1 && v.Int <= int64(len(q.Labels))
		option := v.Kind == doc.String && q.optionIDs != nil && q.optionIDs.has(v.Str)
		if !step && !option && !q.guessed && !q.broken {
			return false
		}
	}
	return true
}

// reserved reads the values of `outcome` and `strength`.
func (b *binder) reserved(key string, node *doc.Node) []string {
	var all []string
	for _, value := range valuesOf(node) {
		switch {
		case !b.Is(value, "a value of `"+key+"`", doc.String):
		case key == KeyOutcome && !b.outcomeIDs.has(value.Str):
			b.unknown(reference{rule: diag.UnknownRole, at: value.Span, what: "role or hybrid", id: value.Str}, b.outcomeIDs)
		case key == KeyStrength && !slices.Contains(Strengths(), value.Str):
			b.Report(diag.OutOfRange, value.Span, "%s is not a strength", text.Quoted(value.Str)).
				Suggest(value.Str, Strengths()).Advise("write strong, moderate or weak")
		default:
			all = append(all, value.Str)
		}
	}
	return all
}
