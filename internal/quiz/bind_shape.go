package quiz

import (
	"slices"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/doc"
)

// shapes lists the keys of each sort of table, by the key that holds it.
var shapes = bind.Shapes{
	"quiz": {
		{"format", doc.Integer}, {"id", doc.String}, {"version", doc.String}, {"title", doc.String},
		{"summary", doc.String}, {"intro", doc.String}, {"minutes", doc.Integer}, {"lang", doc.String},
		{"license", doc.String}, {"retired", doc.Array}, {"shuffle", doc.Bool}, {"scale", doc.Table},
		{"scoring", doc.Table}, {"check", doc.Table}, {"dimension", doc.Array}, {"question", doc.Array},
		{"role", doc.Array}, {"hybrid", doc.Array}, {"contrast", doc.Array}, {"note", doc.Array},
	},
	"scale":   {{"labels", doc.Array}},
	"scoring": {{"strong", doc.Integer}, {"moderate", doc.Integer}, {"min_complete", doc.Integer}},
	"check":   {{"allow", doc.Array}},
	"dimension": {
		{"id", doc.String}, {"name", doc.String}, {"about", doc.String}, {"low", doc.String}, {"high", doc.String},
	},
	"question": {
		{"id", doc.String}, {"kind", doc.String}, {"ask", doc.String}, {"help", doc.String}, {"optional", doc.Bool},
		{"when", doc.Invalid}, {"measures", doc.Table}, {"labels", doc.Array}, {"option", doc.Array},
		{"shuffle", doc.Bool}, {"pick", doc.Table},
	},
	"option": {{"id", doc.String}, {"text", doc.String}, {"points", doc.Table}, {"fixed", doc.Bool}},
	"pick":   {{"min", doc.Integer}, {"max", doc.Integer}},
	"role": {
		{"id", doc.String}, {"name", doc.String}, {"tagline", doc.String}, {"summary", doc.String},
		{"weights", doc.Table}, {"path", doc.Array}, {"step", doc.Array},
	},
	"hybrid": {
		{"id", doc.String}, {"name", doc.String}, {"roles", doc.Array}, {"margin", doc.Integer},
		{"tagline", doc.String}, {"summary", doc.String}, {"step", doc.Array},
	},
	"step": {
		{"title", doc.String}, {"kind", doc.String}, {"detail", doc.String}, {"url", doc.String},
		{"as_of", doc.Datetime}, {"when", doc.Invalid},
	},
	"contrast": {{"aspect", doc.String}, {"dimension", doc.String}, {"says", doc.Table}},
	"note":     {{"text", doc.String}, {"url", doc.String}, {"as_of", doc.Datetime}, {"when", doc.Invalid}},
	"sheet": {
		{"quiz", doc.String}, {"version", doc.String}, {"digest", doc.String}, {"seed", doc.Integer},
		{"started", doc.Invalid}, {"finished", doc.Invalid}, {"respondent", doc.Invalid},
		{"answers", doc.Table}, {"seconds", doc.Table},
	},
}

// unknownLists reports whether the table has a key that its shape lacks and whose
// value is a list: what seems to be missing may stand there.
func (t *table) unknownLists() bool {
	return t.Node != nil && slices.ContainsFunc(t.Node.Keys, func(key string) bool {
		return !t.Knows(key) && t.Node.Fields[key].Kind == doc.Array
	})
}

// topLevel reports whether the key belongs before the first table of a quiz.
func topLevel(key string) bool {
	i := slices.IndexFunc(shapes["quiz"], func(f bind.Field) bool { return f.Key == key })
	return i >= 0 && i < slices.IndexFunc(shapes["quiz"], func(f bind.Field) bool { return f.Kind == doc.Table })
}
