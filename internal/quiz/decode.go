package quiz

import (
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
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
	made := newBinder(file)
	b := &made
	if syntax != nil {
		b.report(diag.Syntax, syntax.Span, "%s", syntax.Message)
		return nil, b.found
	}
	q := b.bind()
	if len(b.found) > 0 {
		return nil, b.found.Bound()
	}
	q.digest = digest(q)
	return q, nil
}

// bind binds the whole file. Tables that others refer to come first.
func (b *binder) bind() *Quiz {
	t := b.table(b.file.Root, "quiz")
	q := &Quiz{
		Format:  Format,
		ID:      t.id("id", required),
		Version: t.version("version"),
		Title:   t.text("title", required),
		Summary: t.text("summary", filled),
		Intro:   t.text("intro", 0),
		Minutes: t.integer("minutes", 0, 0, 24*60),
		Lang:    t.text("lang", 0),
		License: t.text("license", 0),
		Retired: b.retired(t),
		Shuffle: t.boolean("shuffle"),
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
	t.done()
	for _, s := range b.spaces {
		b.settle(s)
	}
	b.unmeasured()
	return q
}

// format comes after all tables: one of them may hold the key by mistake.
func (b *binder) format(t *table) {
	node := t.get("format")
	switch {
	case node == nil && (b.strayed["format"] || t.guessed("format")):
	case node == nil:
		b.report(diag.UnsupportedFormat, doc.Span{}, "`format` is missing: this file does not say which format it is in")
	case node.Kind != doc.Integer:
		b.report(diag.UnsupportedFormat, node.Span, "`format` must be the number 1, not %s", node.Kind)
	case node.Int != Format:
		b.report(diag.UnsupportedFormat, node.Span, "format %d is not one this version reads: it reads format %d", node.Int, Format)
	}
}

func (b *binder) scoring(t *table) Scoring {
	s := t.table("scoring")
	defer s.done()
	return Scoring{
		Strong:      s.integer("strong", 65, 0, 100),
		Moderate:    s.integer("moderate", 45, 0, 100),
		MinComplete: s.integer("min_complete", 100, 1, 100),
	}
}

func (b *binder) allow(t *table) []string {
	c := t.table("check")
	defer c.done()
	var allowed []string
	for _, node := range c.list("allow", doc.String) {
		rule := diag.RuleNamed(node.Str)
		switch {
		case rule == nil:
			b.report(diag.UnknownRule, node.Span, "there is no rule %s", text.Quoted(node.Str)).suggest(node.Str, warningIDs())
		case rule.Severity != diag.Warning:
			b.report(diag.UnknownRule, node.Span, "%s is an error, and only warnings can be accepted", text.Quoted(node.Str))
		default:
			allowed = append(allowed, node.Str)
		}
	}
	return allowed
}

func warningIDs() []string {
	var ids []string
	for _, r := range diag.Rules() {
		if r.Severity == diag.Warning {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (b *binder) retired(t *table) []string {
	var ids []string
	for _, node := range t.list("retired", doc.String) {
		if !ValidID(node.Str) {
			b.badID(node)
			continue
		}
		b.retiredAt[node.Str] = node.Span
		ids = append(ids, node.Str)
	}
	return ids
}

// scaleDefault is what [scale] gives to scales without labels of their own.
type scaleDefault struct {
	labels []string
	faulty bool // a fault reported there is why there are none
}

func (b *binder) scaleLabels(t *table) {
	before := b.reported
	s := t.table("scale")
	b.common.labels = s.labels()
	s.done()
	b.common.faulty = b.reported > before || t.guessed("scale")
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
			Name:  d.text("name", filled),
			About: d.text("about", 0),
			Low:   d.text("low", 0),
			High:  d.text("high", 0),
		}
		one.Name = orID(one.Name, one.ID)
		d.done()
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
