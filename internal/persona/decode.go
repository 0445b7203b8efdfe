package persona

import (
	"slices"
	"strings"

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
	QuizPath   string    // of the definition; empty when nobody can say which it is
	QuizSource []byte    // its text; nil: it could not be read
	QuizFound  diag.List // its faults: with any, the ids in the test file are not judged

	test *Test
}

// Examine reads a test file and finds every fault of it. Faults of the quiz are
// kept apart, so that a quiz with two tests is not blamed twice.
func Examine(path string, src []byte, open Open) *Reading {
	file, syntax := doc.TOML(path, src)
	d := &decoder{file: file, finder: quiz.NewFinder(file)}
	if syntax != nil {
		d.report(diag.Syntax, syntax.Span, "%s", syntax.Message)
	} else {
		d.reading.test = d.test(open)
	}
	d.reading.Found = d.found.Bound()
	quiz.SetSubjects(file, d.reading.Found)
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

// decoder turns the nodes of one test file into a Test and collects every fault.
type decoder struct {
	file    *doc.File
	quiz    *quiz.Quiz // nil: it could not be read, so ids cannot be judged
	into    *Test
	reading Reading
	finder  *quiz.Finder
	found   diag.List
	spent   int // comparisons for suggestions, so far
}

// shapes lists the keys of each sort of table.
var shapes = map[string][]string{
	"file":    {"quiz", "persona", "odds"},
	"persona": {"name", "fill", "answers", "expect"},
	"expect":  {"outcome", "strength", "fit", "score", "steps", "not_steps", "flips"},
	"range":   {"min", "max"},
	"flips":   {"min"},
}

func (d *decoder) test(open Open) *Test {
	root := d.file.Root
	guessed := d.known(root, "file")
	d.into = &Test{Path: d.file.Name}
	if !guessed["quiz"] { // else nobody knows which one it is
		d.definition(root, open)
	}
	d.into.Personas = d.personas(root)
	d.odds(root)
	if root.Fields["persona"] == nil && root.Fields["odds"] == nil && !guessed["persona"] && !guessed["odds"] {
		d.report(diag.MissingKey, doc.Span{}, "this file tests nothing: it has no [[persona]] and no [odds]").Help = addPersona
	}
	return d.into
}

// whichQuiz is what to do about a quiz that is not there.
const whichQuiz = "a test NAME_test.toml is for the NAME.toml beside it, unless `quiz` names another file"

// definition reads the quiz that is tested.
func (d *decoder) definition(root *doc.Node, open Open) {
	node, named, span := root.Fields["quiz"], "", doc.Span{}
	if node != nil {
		if node = d.get(root, "quiz", doc.String); node == nil {
			return
		}
		if named, span = node.Str, node.Span; strings.TrimSpace(named) == "" {
			d.report(diag.EmptyText, span, "`quiz` is blank").Help = "name the definition's file, or leave `quiz` out"
			return
		}
	}
	path := quizOf(d.file.Name, named)
	if IsTest(path) {
		d.report(diag.IO, span, "%s holds tests of a quiz, not a definition", path).Help = whichQuiz
		return
	}
	src, err := open(path)
	if err != nil {
		d.report(diag.IO, span, "the quiz to test cannot be read: %v", err).Help = whichQuiz
		return
	}
	q, file, found := quiz.DecodeFile(path, src)
	d.reading.QuizPath, d.reading.QuizSource, d.reading.QuizFound = path, src, found
	if found != nil {
		quiz.SetSubjects(file, found)
		return
	}
	d.quiz = q
	d.into.QuizPath, d.into.Compiled, d.into.source = path, score.Compile(q), file
}

func (d *decoder) personas(root *doc.Node) []Persona {
	list := root.Fields["persona"]
	switch {
	case list == nil:
		return nil
	case list.Kind == doc.Table:
		d.report(diag.WrongType, list.Span, "`persona` must be a list of tables, not a table").Help =
			"begin each with [[persona]], in two pairs of brackets"
		return nil
	case list.Kind != doc.Array:
		d.wrongType(list, "`persona`", doc.Array)
		return nil
	}
	if len(list.Items) == 0 {
		d.report(diag.OutOfRange, list.Span, "`persona` is empty: it tests nothing").Help = addPersona
	}
	first := make(map[string]doc.Span)
	var all []Persona
	for _, item := range list.Items {
		if item.Kind != doc.Table {
			d.wrongType(item, "an entry of `persona`", doc.Table)
			continue
		}
		all = append(all, d.persona(item, first))
	}
	return all
}

// persona reads one made-up person; first holds where each name stands.
func (d *decoder) persona(node *doc.Node, first map[string]doc.Span) Persona {
	guessed := d.known(node, "persona")
	line, _ := d.file.Position(node.Span.Start)
	p := Persona{Line: line, Name: d.name(node, first)}
	if node.Fields["name"] == nil && !guessed["name"] {
		d.report(diag.MissingKey, node.Span, "`name` is missing: failures are told by it")
	}
	fill := d.fill(node)
	if answers := d.get(node, "answers", doc.Table); answers != nil && d.quiz != nil {
		given, found := quiz.ReadAnswers(d.quiz, d.file, answers)
		p.Answers = given
		d.found = append(d.found, found...)
	}
	if d.quiz != nil {
		p.Answers = filled(d.into.Compiled, p.Answers, fill)
	}
	expect := d.get(node, "expect", doc.Table)
	nothing := node.Fields["expect"] == nil && !guessed["expect"]
	if nothing || expect != nil && len(expect.Keys) == 0 {
		d.report(diag.MissingKey, node.Span, "this persona expects nothing").Help =
			"say in [persona.expect] what the result must be, such as outcome = \"…\""
	}
	if expect != nil {
		p.Expect = d.expect(expect)
	}
	return p
}

func (d *decoder) name(node *doc.Node, first map[string]doc.Span) string {
	name := d.get(node, "name", doc.String)
	if name == nil || !d.readable(name, "`name`") {
		return ""
	}
	if at, taken := first[name.Str]; taken {
		f := d.report(diag.DuplicateID, name.Span, "persona %s is already there", text.Quoted(name.Str))
		f.Related = append(f.Related, diag.Related{Place: quiz.PlaceOf(d.file, at), Message: "first used here"})
		f.Help = "give each its own name: failures are told by it"
		return name.Str
	}
	first[name.Str] = name.Span
	return name.Str
}

// readable refuses a text that is blank or could take over a terminal.
func (d *decoder) readable(node *doc.Node, what string) bool {
	if strings.TrimSpace(node.Str) == "" {
		d.report(diag.EmptyText, node.Span, "%s is blank", what)
		return false
	}
	if r, found := text.FindUnsafe(node.Str); found {
		d.report(diag.UnsafeText, node.Span, "%s holds the character U+%04X, which can take over a terminal or turn text around", what, r)
		return false
	}
	return true
}

func (d *decoder) fill(node *doc.Node) string {
	value := d.get(node, "fill", doc.String)
	if value == nil {
		return fillNone
	}
	return d.among(value, "`fill`", []string{fillNone, fillFirst, fillLast, fillMiddle})
}

// among reads a word that must be one of a few.
func (d *decoder) among(node *doc.Node, what string, words []string) string {
	if slices.Contains(words, node.Str) {
		return node.Str
	}
	f := d.report(diag.OutOfRange, node.Span, "%s is %s: it must be one of %s", what, text.Quoted(node.Str), strings.Join(words, ", "))
	d.suggest(f, node.Str, words)
	return ""
}

func (d *decoder) odds(root *doc.Node) {
	node := d.get(root, "odds", doc.Table)
	if node == nil {
		return
	}
	d.into.OddsLine, _ = d.file.Position(node.Span.Start)
	if len(node.Keys) == 0 {
		d.report(diag.MissingKey, node.Span, "`odds` is empty: it tests nothing").Help = "name an outcome with the least or the most of its odds, or leave `odds` out"
	}
	var ids []string
	if d.quiz != nil {
		ids = append(d.into.Compiled.Outcomes(), tieID)
	}
	d.into.Gates = d.ranges(node, "outcome", ids, 1)
}
