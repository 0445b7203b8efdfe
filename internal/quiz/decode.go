package quiz

import (
	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
)

// The limits of format 1.
const (
	maxDimensions = 16
	maxQuestions  = 500
	maxRoles      = 16
	maxHybrids    = 16
	maxLabels     = 11
	maxPicks      = 10  // options of a multi
	maxPoints     = 100 // and −maxPoints
)

// Decode reads a definition in format 1. The name is what findings call the
// file. Either the quiz is returned, or every fault that needs no odds to be
// seen, in order; never both.
func Decode(name string, src []byte) (*Quiz, diag.List) { return decode(name, src, doc.TOML) }

// DecodeBuiltIn reads a definition that ships with the program; see [doc.Trusted].
func DecodeBuiltIn(name string, src []byte) (*Quiz, diag.List) { return decode(name, src, doc.Trusted) }

// DecodeFile is Decode for those who look at the file itself too. The file is
// there whether or not there are findings; its Root is nil after a syntax error. Tables stand in the
// file in the order in which the quiz has them.
func DecodeFile(name string, src []byte) (*Quiz, *doc.File, diag.List) {
	file, syntax := doc.TOML(name, src)
	q, found := bindFile(file, syntax)
	return q, file, found
}

func decode(name string, src []byte, read func(string, []byte) (*doc.File, *doc.SyntaxError)) (*Quiz, diag.List) {
	return bindFile(read(name, src))
}

func bindFile(file *doc.File, syntax *doc.SyntaxError) (*Quiz, diag.List) {
	b := newBinder(file)
	if syntax != nil {
		b.Report(diag.Syntax, syntax.Span, "%s", syntax.Message)
		return nil, b.Found
	}
	q := b.bind()
	if len(b.Found) > 0 {
		return nil, b.Found.Bound()
	}
	q.digest = digest(q)
	return q, nil
}

// bind binds the whole file. Tables that others refer to come first.
func (b *binder) bind() *Quiz {
	t := &table{b.Table(b.File.Root, "quiz"), b}
	q := &Quiz{
		Format:  Format,
		ID:      t.written("id", anID, bind.Required),
		Version: t.written("version", aVersion, bind.Required),
		Title:   t.Text("title", bind.Required),
		Summary: t.Text("summary", bind.Filled),
		Intro:   t.Text("intro", 0),
		Minutes: t.Integer("minutes", 0, 0, 24*60),
		Lang:    t.Text("lang", 0),
		License: t.Text("license", 0),
		Retired: b.retired(t),
		Shuffle: t.Boolean("shuffle"),
		Scoring: b.scoring(t),
		Allow:   b.allow(t),
	}
	b.quiz = q
	b.scaleLabels(t)
	q.Dimensions = b.dimensions(t)
	b.collectOutcomes(t)
	b.questions(t)
	q.Roles = b.roles(t)
	q.Hybrids = b.hybrids(t)
	q.Contrasts = b.contrasts(t)
	q.Notes = b.notes(t)
	b.format(t)
	for key := range b.strayed {
		t.Excuse(key)
	}
	t.Done()
	for _, s := range b.spaces {
		b.settle(s)
	}
	b.unmeasured()
	return q
}

// format comes after all tables: one of them may hold the key by mistake.
func (b *binder) format(t *table) {
	node := t.Get("format")
	switch {
	case node == nil && (b.strayed["format"] || t.Guessed("format")):
	case node == nil:
		b.Report(diag.UnsupportedFormat, doc.Span{}, "`format` is missing: this file does not say which format it is in")
	case node.Kind != doc.Integer:
		b.Report(diag.UnsupportedFormat, node.Span, "`format` must be the number 1, not %s", node.Kind)
	case node.Int != Format:
		b.Report(diag.UnsupportedFormat, node.Span, "format %d is not one this version reads: it reads format %d", node.Int, Format)
	}
}

func (b *binder) scoring(t *table) Scoring {
	s := t.table("scoring")
	defer s.Done()
	return Scoring{
		Strong:      s.Integer("strong", 65, 0, 100),
		Moderate:    s.Integer("moderate", 45, 0, 100),
		MinComplete: s.Integer("min_complete", 100, 1, 100),
	}
}

func (b *binder) allow(t *table) []string {
	c := t.table("check")
	defer c.Done()
	var allowed []string
	for _, node := range c.List("allow", doc.String) {
		if b.Acceptable(node.Str, node.Span) {
			allowed = append(allowed, node.Str)
		}
	}
	return allowed
}

func (b *binder) retired(t *table) []string {
	var ids []string
	for _, node := range t.List("retired", doc.String) {
		if b.is(node, anID) {
			b.retiredAt[node.Str] = node.Span
			ids = append(ids, node.Str)
		}
	}
	return ids
}

// scaleDefault is what [scale] gives to scales without labels of their own.
type scaleDefault struct {
	labels []string
	faulty bool // a fault reported there is why there are none
}

func (b *binder) scaleLabels(t *table) {
	before := b.Reported()
	s := t.table("scale")
	b.common.labels = s.labels()
	s.Done()
	b.common.faulty = b.Reported() > before || t.Guessed("scale")
}

func (b *binder) dimensions(t *table) []Dimension {
	var all []Dimension
	ids := b.space("dimension")
	ids.fits = often
	b.dimensionIDs = ids
	tables := t.tables("dimension", 1, maxDimensions)
	ids.broken.open = tables == nil
	for i, d := range tables {
		one := Dimension{
			ID:    d.uniqueID(i, ids),
			Name:  d.Text("name", bind.Filled),
			About: d.Text("about", 0),
			Low:   d.Text("low", 0),
			High:  d.Text("high", 0),
		}
		one.Name = orID(one.Name, one.ID)
		d.Done()
		all = append(all, one)
	}
	return all
}

// orID is the name of something that has none: its id.
func orID(name, id string) string {
	if name == "" {
		return id
	}
	return name
}
