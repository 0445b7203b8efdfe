package persona

import (
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Open reads the definition that a test file is for.
type Open func(path string) ([]byte, error)

// Reading is what a test file and the quiz that it is for came to.
type Reading struct {
	Found      diag.List // faults of the test file, in order
	QuizPath   string    // of the definition; empty: what should name it cannot be read
	QuizSource []byte    // its text; nil: it could not be read
	QuizFound  diag.List // its faults: with any, the ids in the test file are not judged

	test *Test
}

// Examine reads a test file and finds every fault of it. Faults of the quiz are
// kept apart, so that a quiz with two tests is not blamed twice.
func Examine(path string, src []byte, open Open) *Reading {
	file, syntax := doc.TOML(path, src)
	d := &decoder{Reader: bind.NewReader(file, shapes)}
	d.KeyName, d.Elsewhere = text.Quoted, belowPersona
	if syntax != nil {
		d.Report(diag.Syntax, syntax.Span, "%s", syntax.Message)
	} else {
		d.reading.test = d.test(open)
	}
	d.reading.Found = d.Found.Bound()
	bind.SetSubjects(file, d.reading.Found)
	return &d.reading
}

// Read reads a test file. Either the test is returned, or every fault of the
// file and of the quiz it is for, in order; never both.
func Read(path string, src []byte, open Open) (*Test, diag.List) {
	r := Examine(path, src, open)
	if found := slices.Concat(r.Found, r.QuizFound); len(found) > 0 {
		found.Sort()
		return nil, found
	}
	return r.test, nil
}

// decoder turns the nodes of one test file into a Test.
type decoder struct {
	*bind.Reader
	quiz    *quiz.Quiz // nil: it could not be read, so ids cannot be judged
	into    *Test
	reading Reading
}

// shapes lists the keys of each sort of table.
var shapes = bind.Shapes{
	"file":    {{"quiz", doc.String}, {"persona", doc.Array}, {"odds", doc.Table}},
	"persona": {{"name", doc.String}, {"fill", doc.String}, {"answers", doc.Table}, {"expect", doc.Table}},
	"expect": {
		{"outcome", doc.Invalid}, {"strength", doc.String}, {"fit", doc.Table}, {"score", doc.Table},
		{"steps", doc.Array}, {"not_steps", doc.Array}, {"flips", doc.Table},
	},
	"range": {{"min", doc.Invalid}, {"max", doc.Invalid}},
	"flips": {{"min", doc.Integer}},
}

// expects reports whether a key belongs into `expect`.
func expects(key string) bool {
	return slices.ContainsFunc(shapes["expect"], func(f bind.Field) bool { return f.Key == key })
}

// belowPersona says what to do about an expectation that stands in the persona itself.
func belowPersona(t *bind.Table, key string) string {
	if t.Sort != "persona" || !expects(key) {
		return ""
	}
	return "it belongs to [persona.expect]"
}

// addPersona is what to do about a file that tests nothing.
const addPersona = "add a [[persona]] with a name, answers and an `expect`"

func (d *decoder) test(open Open) *Test {
	t := d.Table(d.File.Root, "file")
	t.Done()
	d.into = &Test{Path: d.File.Name}
	if !t.Guessed("quiz") { // a mistyped `quiz` names one, but which is not known
		d.definition(t, open)
	}
	d.into.Personas = d.personas(t)
	d.odds(t)
	if t.Get("persona") == nil && t.Get("odds") == nil && !t.Guessed("persona") && !t.Guessed("odds") {
		d.Report(diag.MissingKey, doc.Span{}, "this file tests nothing: it has no [[persona]] and no [odds]").Advise(addPersona)
	}
	return d.into
}

// whichQuiz is what to do about a quiz that is not there.
const whichQuiz = "a test NAME_test.toml is for the NAME.toml beside it, unless `quiz` names another file"

// definition reads the quiz that is tested.
func (d *decoder) definition(t *bind.Table, open Open) {
	node := t.Typed("quiz", doc.String, 0)
	switch {
	case node == nil && t.Get("quiz") != nil:
		return
	case node == nil:
		node = &doc.Node{} // the one beside it
	case strings.TrimSpace(node.Str) == "":
		d.Report(diag.EmptyText, node.Span, "`quiz` is blank").Advise("name the definition's file, or leave `quiz` out")
		return
	}
	path, span := quizOf(d.File.Name, node.Str), node.Span
	if IsTest(path) {
		d.Report(diag.IO, span, "%s holds tests of a quiz, not a definition", path).Advise(whichQuiz)
		return
	}
	src, err := open(path)
	if err != nil {
		d.Report(diag.IO, span, "the quiz to test cannot be read: %v", err).Advise(whichQuiz)
		return
	}
	q, file, found := quiz.DecodeFile(path, src)
	d.reading.QuizPath, d.reading.QuizSource, d.reading.QuizFound = path, src, found
	if found != nil {
		bind.SetSubjects(file, found)
		return
	}
	d.quiz = q
	d.into.QuizPath, d.into.Compiled, d.into.source = path, score.Compile(q), file
}

func (d *decoder) personas(t *bind.Table) []Persona {
	tables := t.Tables("persona", 0, bind.Unbounded)
	list := t.Get("persona")
	if list == nil || list.Kind != doc.Array { // a lone [persona] is not read: its brackets are the fault
		return nil
	}
	if len(list.Items) == 0 {
		d.Report(diag.OutOfRange, list.Span, "`persona` is empty: it tests nothing").Advise(addPersona)
	}
	first := make(map[string]doc.Span)
	var all []Persona
	for _, one := range tables {
		all = append(all, d.persona(one, first))
	}
	return all
}

// persona reads one made-up person; first holds where each name stands.
func (d *decoder) persona(t *bind.Table, first map[string]doc.Span) Persona {
	t.Done()
	line, _ := d.File.Position(t.Node.Span.Start)
	p := Persona{Line: line, Name: d.name(t, first)}
	if t.Get("name") == nil && !t.Guessed("name") {
		d.Report(diag.MissingKey, t.Node.Span, "`name` is missing: failures are told by it")
	}
	fill := d.word(t, "fill", []string{fillNone, fillFirst, fillLast, fillMiddle})
	if answers := t.Typed("answers", doc.Table, 0); answers != nil && d.quiz != nil {
		p.Answers = quiz.ReadAnswers(d.quiz, d.Reader, answers)
	}
	if d.quiz != nil {
		p.Answers = filled(d.into.Compiled, p.Answers, fill)
	}
	expect := t.Table("expect")
	nothing := t.Get("expect") == nil && !t.Guessed("expect") && !slices.ContainsFunc(t.Node.Keys, expects)
	if nothing || expect.Node != nil && len(expect.Node.Keys) == 0 {
		d.Report(diag.MissingKey, t.Node.Span, "this persona expects nothing").
			Advise("say in [persona.expect] what the result must be, such as outcome = \"…\"")
	}
	if expect.Node != nil {
		p.Expect = d.expect(expect)
	}
	return p
}

func (d *decoder) name(t *bind.Table, first map[string]doc.Span) string {
	name := t.Text("name", bind.Filled)
	if name == "" {
		return ""
	}
	span := t.Get("name").Span
	if at, taken := first[name]; taken {
		d.Report(diag.DuplicateID, span, "persona %s is already there", text.Quoted(name)).
			Relate(at, "first used here").Advise("give each its own name: failures are told by it")
		return name
	}
	first[name] = span
	return name
}

// word reads a word that must be one of a few; "" when there is none.
func (d *decoder) word(t *bind.Table, key string, words []string) string {
	node := t.Typed(key, doc.String, 0)
	switch {
	case node == nil:
		return ""
	case slices.Contains(words, node.Str):
		return node.Str
	}
	d.Report(diag.OutOfRange, node.Span, "`%s` is %s: it must be one of %s", key, text.Quoted(node.Str), strings.Join(words, ", ")).
		Suggest(node.Str, words)
	return ""
}

func (d *decoder) odds(t *bind.Table) {
	node := t.Typed("odds", doc.Table, 0)
	if node == nil {
		return
	}
	d.into.OddsLine, _ = d.File.Position(node.Span.Start)
	if len(node.Keys) == 0 {
		d.Report(diag.MissingKey, node.Span, "`odds` is empty: it tests nothing").
			Advise("name an outcome with the least or the most of its odds, or leave `odds` out")
	}
	var ids []string
	if d.quiz != nil {
		ids = append(d.into.Compiled.Outcomes(), tieID)
	}
	d.into.Gates = d.ranges(node, "outcome", ids, 1)
}
