package persona

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

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
func (d *decoder) expect(node *doc.Node) Expect {
	d.known(node, "expect")
	e := Expect{Outcomes: d.outcomes(node)}
	if strength := d.get(node, "strength", doc.String); strength != nil {
		e.Strength = d.among(strength, "`strength`", quiz.Strengths())
	}
	e.Fits = d.rangesAt(node, "fit", "role", d.roles())
	e.Scores = d.rangesAt(node, "score", "dimension", d.dimensions())
	titles := d.titles()
	e.Steps = d.steps(node, "steps", titles)
	e.NotSteps = d.steps(node, "not_steps", titles)
	e.Flips = d.flips(node)
	return e
}

// outcomes reads one id, or a list of which any will do.
func (d *decoder) outcomes(node *doc.Node) []string {
	value := node.Fields["outcome"]
	switch {
	case value == nil:
		return nil
	case value.Kind == doc.String:
		return d.ids([]*doc.Node{value})
	case value.Kind != doc.Array:
		d.report(diag.WrongType, value.Span, "`outcome` must be an id or a list of ids, not %s", value.Kind)
		return nil
	case len(value.Items) == 0:
		d.report(diag.OutOfRange, value.Span, "`outcome` names none: no result can be right").Help = "name one outcome, or leave `outcome` out"
	}
	return d.ids(value.Items)
}

func (d *decoder) ids(nodes []*doc.Node) []string {
	var all []string
	for _, node := range nodes {
		if node.Kind != doc.String {
			d.wrongType(node, "an entry of `outcome`", doc.String)
			continue
		}
		if d.quiz != nil && !d.exists(node.Span, node.Str, "outcome", d.into.Compiled.Outcomes()) {
			continue
		}
		all = append(all, node.Str)
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
	f := d.report(unknown[what], at, "the quiz %s has no %s %s", text.Quoted(d.quiz.ID), what, text.Quoted(id))
	f.Help = "name one that the quiz has"
	d.suggest(f, id, ids)
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
func (d *decoder) steps(node *doc.Node, key string, titles []string) []string {
	list := d.get(node, key, doc.Array)
	if list == nil {
		return nil
	}
	if len(list.Items) == 0 {
		d.report(diag.OutOfRange, list.Span, "`%s` is empty: it asks for nothing", key).Help = "name a step by its title, or leave the key out"
	}
	var all []string
	for _, item := range list.Items {
		if item.Kind != doc.String {
			d.wrongType(item, "an entry of `"+key+"`", doc.String)
			continue
		}
		if d.quiz != nil && d.exists(item.Span, item.Str, "step", titles) {
			all = append(all, item.Str)
		}
	}
	return all
}

func (d *decoder) flips(node *doc.Node) int {
	table := d.get(node, "flips", doc.Table)
	if table == nil {
		return 0
	}
	guessed := d.known(table, "flips")
	if table.Fields["min"] == nil && !guessed["min"] {
		d.report(diag.MissingKey, table.Span, "`flips` needs `min`: the fewest answers that another outcome may take")
	}
	n := d.get(table, "min", doc.Integer)
	if n == nil {
		return 0
	}
	if n.Int < 1 || n.Int > mostFlips {
		d.report(diag.OutOfRange, n.Span, "`min` is %d: it must lie between 1 and %d", n.Int, mostFlips)
		return 0
	}
	return int(n.Int)
}

// rangesAt reads a table of ranges from 0 to 100.
func (d *decoder) rangesAt(node *doc.Node, key, what string, ids []string) []Range {
	table := d.get(node, key, doc.Table)
	if table == nil {
		return nil
	}
	if len(table.Keys) == 0 {
		d.report(diag.MissingKey, table.Span, "`%s` is empty: it asks for nothing", key).Help = "name a " + what + " with the least or the most it must have, or leave the key out"
	}
	return d.ranges(table, what, ids, 100)
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
			d.report(diag.WrongType, value.Span, "`%s` must be a table such as { min = … }, not %s", text.Short(id), value.Kind)
			continue
		}
		all = append(all, d.bounds(id, value, most))
	}
	return all
}

func (d *decoder) bounds(id string, node *doc.Node, most int64) Range {
	d.known(node, "range")
	r := Range{ID: id, Min: d.bound(node, "min", most), Max: d.bound(node, "max", most)}
	switch {
	case len(node.Keys) == 0:
		d.report(diag.MissingKey, node.Span, "this range has neither `min` nor `max`: it asks for nothing").Help = "add the one that is meant"
	case r.Min != nil && r.Max != nil && r.Min.Cmp(r.Max) > 0:
		d.report(diag.OutOfRange, node.Span, "`min` is %s and `max` is %s: no number lies between them", decimal(r.Min), decimal(r.Max))
	}
	return r
}

// bound reads a number exactly as it is written: 0.1 is a tenth, and no float
// near it, so that a comparison is right to the last digit.
func (d *decoder) bound(node *doc.Node, key string, most int64) *big.Rat {
	value := node.Fields[key]
	var r *big.Rat
	switch {
	case value == nil:
		return nil
	case value.Kind == doc.Integer:
		r = new(big.Rat).SetInt64(value.Int)
	case value.Kind == doc.Float:
		r = exactly(string(d.file.Source[value.Span.Start:value.Span.End]), value.Float)
	default:
		d.report(diag.WrongType, value.Span, "`%s` must be a number, not %s", key, value.Kind)
		return nil
	}
	written := text.Short(string(d.file.Source[value.Span.Start:value.Span.End]))
	switch {
	case r == nil && value.Float >= 0 && value.Float <= float64(most):
		d.report(diag.OutOfRange, value.Span, "`%s` is %s: that is more digits than are compared", key, written)
	case r == nil || r.Sign() < 0 || r.Cmp(new(big.Rat).SetInt64(most)) > 0:
		d.report(diag.OutOfRange, value.Span, "`%s` is %s: it must lie between 0 and %d", key, written, most)
		return nil
	}
	return r
}

// exactly reads a TOML float as the decimal it is; nil where it is none, or
// would have more digits than anybody writes.
func exactly(written string, near float64) *big.Rat {
	const longest = 100
	plain := strings.ToLower(strings.ReplaceAll(written, "_", ""))
	_, exponent, some := strings.Cut(plain, "e")
	if n, err := strconv.Atoi(exponent); some && (err != nil || n > longest || n < -longest) {
		return nil
	}
	if len(plain) > longest || math.IsNaN(near) || math.IsInf(near, 0) {
		return nil
	}
	r, ok := new(big.Rat).SetString(plain)
	if !ok {
		return nil
	}
	return r
}
