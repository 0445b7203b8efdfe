package persona

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// tieID is what [odds] calls an exact tie for first place; no outcome can have this id.
const tieID = "tie"

// mostFlips is the largest number of answers that flips may ask for: a quiz has no more questions.
const mostFlips = 500

// expect reads what a persona's result must be.
func (d *decoder) expect(t *bind.Table) Expect {
	t.Done()
	titles := d.titles()
	return Expect{
		Outcomes: d.outcomes(t.Get("outcome")),
		Strength: d.word(t, "strength", quiz.Strengths()),
		Fits:     d.rangesAt(t, "fit", "role", d.roles()),
		Scores:   d.rangesAt(t, "score", "dimension", d.dimensions()),
		Steps:    d.steps(t, "steps", titles),
		NotSteps: d.steps(t, "not_steps", titles),
		Flips:    d.flips(t),
	}
}

// outcomes reads one id, or a list of which any will do.
func (d *decoder) outcomes(value *doc.Node) []string {
	switch {
	case value == nil:
		return nil
	case value.Kind == doc.String:
		return d.ids([]*doc.Node{value})
	case value.Kind != doc.Array:
		d.Report(diag.WrongType, value.Span, "`outcome` must be an id or a list of ids, not %s", value.Kind)
		return nil
	case len(value.Items) == 0:
		d.Report(diag.OutOfRange, value.Span, "`outcome` names none: no result can be right").Advise("name one outcome, or leave `outcome` out")
	}
	return d.ids(value.Items)
}

func (d *decoder) ids(nodes []*doc.Node) []string {
	var all []string
	for _, node := range d.Items(nodes, "outcome", doc.String) {
		if d.quiz == nil || d.exists(node.Span, node.Str, "outcome", d.into.Compiled.Outcomes()) {
			all = append(all, node.Str)
		}
	}
	return all
}

// unknown gives the rule for each sort of name that the quiz does not have. A
// step goes by its title, which is a word that must be one of a few.
var unknown = map[string]string{
	"outcome": diag.UnknownRole, "role": diag.UnknownRole, "dimension": diag.UnknownDimension, "step": diag.OutOfRange,
}

// exists reports an id that the quiz does not have.
func (d *decoder) exists(at doc.Span, id, what string, ids []string) bool {
	if slices.Contains(ids, id) {
		return true
	}
	d.Report(unknown[what], at, "the quiz %s has no %s %s", text.Quoted(d.quiz.ID), what, text.Quoted(id)).
		Suggest(id, ids).Advise("name one that the quiz has")
	return false
}

func (d *decoder) roles() []string {
	if d.quiz == nil {
		return nil
	}
	return d.into.Compiled.Outcomes()[:len(d.quiz.Roles)]
}

func (d *decoder) dimensions() []string {
	var ids []string
	if d.quiz != nil {
		for _, one := range d.quiz.Dimensions {
			ids = append(ids, one.ID)
		}
	}
	return ids
}

// titles lists the titles of all next steps.
func (d *decoder) titles() []string {
	var all []string
	if d.quiz == nil {
		return nil
	}
	add := func(steps []quiz.Step) {
		for _, s := range steps {
			if !slices.Contains(all, s.Title) {
				all = append(all, s.Title)
			}
		}
	}
	for _, r := range d.quiz.Roles {
		add(r.Steps)
	}
	for _, h := range d.quiz.Hybrids {
		add(h.Steps)
	}
	return all
}

// steps reads a list of titles. One that no step has would never be shown, so
// that under not_steps a slip of the pen would always pass.
func (d *decoder) steps(t *bind.Table, key string, titles []string) []string {
	if list := t.Get(key); list != nil && list.Kind == doc.Array && len(list.Items) == 0 {
		d.Report(diag.OutOfRange, list.Span, "`%s` is empty: it asks for nothing", key).Advise("name a step by its title, or leave the key out")
	}
	var all []string
	for _, item := range t.List(key, doc.String) {
		if d.quiz != nil && d.exists(item.Span, item.Str, "step", titles) {
			all = append(all, item.Str)
		}
	}
	return all
}

func (d *decoder) flips(t *bind.Table) int {
	flips := t.Table("flips")
	if flips.Node == nil {
		return 0
	}
	flips.Done()
	if flips.Get("min") == nil && !flips.Guessed("min") {
		d.Report(diag.MissingKey, flips.Node.Span, "`flips` needs `min`: the fewest answers that another outcome may take")
	}
	return flips.Integer("min", 0, 1, mostFlips)
}

// rangesAt reads a table of ranges from 0 to 100.
func (d *decoder) rangesAt(t *bind.Table, key, what string, ids []string) []Range {
	node := t.Typed(key, doc.Table, 0)
	if node == nil {
		return nil
	}
	if len(node.Keys) == 0 {
		d.Report(diag.MissingKey, node.Span, "`%s` is empty: it asks for nothing", key).
			Advise("name a " + what + " with the least or the most it must have, or leave the key out")
	}
	return d.ranges(node, what, ids, 100)
}

// ranges reads what stands in such a table, id by id.
func (d *decoder) ranges(table *doc.Node, what string, ids []string, most int64) []Range {
	var all []Range
	for _, id := range table.Keys {
		value := table.Fields[id]
		if d.quiz != nil && !d.exists(value.Key, id, what, ids) {
			continue
		}
		if value.Kind != doc.Table {
			d.Report(diag.WrongType, value.Span, "`%s` must be a table such as { min = … }, not %s", text.Short(id), value.Kind)
			continue
		}
		all = append(all, d.bounds(id, value, most))
	}
	return all
}

func (d *decoder) bounds(id string, node *doc.Node, most int64) Range {
	t := d.Table(node, "range")
	t.Done()
	r := Range{ID: id, Min: d.bound(t, "min", most), Max: d.bound(t, "max", most)}
	switch {
	case len(node.Keys) == 0:
		d.Report(diag.MissingKey, node.Span, "this range has neither `min` nor `max`: it asks for nothing").Advise("add the one that is meant")
	case r.Min != nil && r.Max != nil && r.Min.Cmp(r.Max) > 0:
		d.Report(diag.OutOfRange, node.Span, "`min` is %s and `max` is %s: no number lies between them", decimal(r.Min), decimal(r.Max))
	}
	return r
}

// bound reads a number exactly as it is written: 0.1 is a tenth, and no float
// near it, so that a comparison is right to the last digit.
func (d *decoder) bound(t *bind.Table, key string, most int64) *big.Rat {
	value := t.Get(key)
	var r *big.Rat
	switch {
	case value == nil:
		return nil
	case value.Kind == doc.Integer:
		r = new(big.Rat).SetInt64(value.Int)
	case value.Kind == doc.Float:
		r = exactly(string(d.File.Source[value.Span.Start:value.Span.End]), value.Float)
	default:
		d.Report(diag.WrongType, value.Span, "`%s` must be a number, not %s", key, value.Kind)
		return nil
	}
	written := text.Short(string(d.File.Source[value.Span.Start:value.Span.End]))
	switch {
	case r == nil && value.Float >= 0 && value.Float <= float64(most):
		d.Report(diag.OutOfRange, value.Span, "`%s` is %s: that is more digits than are compared", key, written)
	case r == nil || r.Sign() < 0 || r.Cmp(new(big.Rat).SetInt64(most)) > 0:
		d.Report(diag.OutOfRange, value.Span, "`%s` is %s: it must lie between 0 and %d", key, written, most)
		return nil
	}
	return r
}

// exactly reads a TOML float as the decimal it is; nil where it is none, or
// has more than a hundred digits.
func exactly(written string, near float64) *big.Rat {
	const longest = 100
	digits := strings.ToLower(strings.ReplaceAll(written, "_", ""))
	_, exponent, some := strings.Cut(digits, "e")
	if n, err := strconv.Atoi(exponent); some && (err != nil || n > longest || n < -longest) {
		return nil
	}
	if len(digits) > longest || math.IsNaN(near) || math.IsInf(near, 0) {
		return nil
	}
	r, ok := new(big.Rat).SetString(digits)
	if !ok {
		return nil
	}
	return r
}
