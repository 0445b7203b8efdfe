package persona

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// TestMutants: every number of the file, in its order, down and up, and reverse keys turned.
func TestMutants(t *testing.T) {
	test := read(t, joiner+`outcome = "joiner"`)
	var got []string
	for _, m := range mutants(test.Compiled.Quiz, test.source) {
		got = append(got, fmt.Sprintf("%d %s", m.line, m.change()))
	}
	want := []string{
		"19 measures.wood 2 → 1", "19 measures.wood 2 → 3",
		"25 measures.metal -1 → -2", "25 measures.metal -1 → 0", "25 measures.metal -1 → 1",
		"33 points.wood 2 → 1", "33 points.wood 2 → 3",
		"37 points.metal 2 → 1", "37 points.metal 2 → 3",
		"53 weights.wood 3 → 2", "53 weights.wood 3 → 4", "53 weights.metal -1 → -2", "53 weights.metal -1 → 0",
		"58 weights.metal 1 → 0", "58 weights.metal 1 → 2",
		"64 margin 15 → 14", "64 margin 15 → 16",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mutants (-want +got):\n%s", diff)
	}
}

// TestMutantsStayInRange: a number at its limit has one neighbour.
func TestMutantsStayInRange(t *testing.T) {
	src := strings.NewReplacer("margin = 15", "margin = 0", "wood = 3", "wood = 100", "wood = 2 }", "wood = -100 }").
		Replace(string(readFile(t, testdata+"/quiz.toml")))
	q, file, found := quiz.DecodeFile("quiz.toml", []byte(src))
	if found != nil {
		t.Fatal(found)
	}
	for _, m := range mutants(q, file) {
		low := -100
		if m.name == "margin" {
			low = 0
		}
		if m.to < low || m.to > 100 {
			t.Errorf("%s is out of range", m.change())
		}
	}
}

// TestApply: a mutant differs from the quiz in its one number, and the quiz stays as it is.
func TestApply(t *testing.T) {
	test := read(t, joiner+`outcome = "joiner"`)
	ignore := cmp.AllowUnexported(quiz.Quiz{})
	whole, _, _ := quiz.DecodeFile("quiz.toml", readFile(t, testdata+"/quiz.toml"))
	for _, m := range mutants(test.Compiled.Quiz, test.source) {
		mutated := m.apply(test.Compiled.Quiz)
		if cmp.Equal(whole, mutated, ignore) {
			t.Errorf("%s changes nothing", m.change())
		}
		m.set(mutated, m.value)
		if diff := cmp.Diff(whole, mutated, ignore); diff != "" {
			t.Errorf("%s changes more (-want +got):\n%s", m.change(), diff)
		}
	}
	if diff := cmp.Diff(whole, test.Compiled.Quiz, ignore); diff != "" {
		t.Errorf("the quiz was changed (-want +got):\n%s", diff)
	}
}

// TestSurvivors: what a weak test does not notice is listed, the same with any number of workers.
func TestSurvivors(t *testing.T) {
	src := joiner + "outcome = \"joiner\"\nfit = { smith = { max = 0 } }\n[odds]\ntinker = { min = 0.2, max = 0.3 }"
	want := &Mutation{
		Mutants: 17, Killed: 7, Equivalent: 3,
		Survivors: []Survivor{
			{"quiz.toml", 19, "measures.wood 2 → 3"},
			{"quiz.toml", 25, "measures.metal -1 → -2"},
			{"quiz.toml", 33, "points.wood 2 → 1"},
			{"quiz.toml", 37, "points.metal 2 → 1"},
			{"quiz.toml", 53, "weights.wood 3 → 2"},
			{"quiz.toml", 53, "weights.wood 3 → 4"},
			{"quiz.toml", 53, "weights.metal -1 → -2"},
		},
	}
	for _, workers := range []int{1, 2, 7} {
		last, calls := 0, 0
		r := Run([]*Test{read(t, src)}, Options{Mutate: true, Workers: workers, Limits: odds.DefaultLimits(), Progress: func(done, _ int) {
			last, calls = done, calls+1
		}})
		if diff := cmp.Diff(want, r.Mutation); diff != "" {
			t.Errorf("%d workers (-want +got):\n%s", workers, diff)
		}
		if last != 17 || calls != 17 {
			t.Errorf("%d workers: progress ends at %d after %d calls", workers, last, calls)
		}
	}
}

// TestTwoFilesOneQuiz: a mutant that one file's tests notice is killed.
func TestTwoFilesOneQuiz(t *testing.T) {
	weak, strong := read(t, joiner+`outcome = "joiner"`), read(t, between+`fit = { joiner = { min = 37.5, max = 37.5 }, smith = { min = 50, max = 50 } }`)
	o := Options{Mutate: true, Workers: 2, Limits: odds.DefaultLimits()}
	one, both := Run([]*Test{strong}, o).Mutation, Run([]*Test{weak, strong}, o).Mutation
	if both.Mutants != one.Mutants || both.Killed < one.Killed {
		t.Errorf("both: %+v, one: %+v", both, one)
	}
}

// TestMutateNeedsPassing: a failing test would take every mutant for noticed.
func TestMutateNeedsPassing(t *testing.T) {
	r := Run([]*Test{read(t, joiner+`outcome = "smith"`)}, Options{Mutate: true, Limits: odds.DefaultLimits()})
	if r.Mutation != nil {
		t.Errorf("mutants were tried: %+v", r.Mutation)
	}
}

// TestEquivalentByHand: each reason for setting a mutant aside, and its neighbour that is none.
func TestEquivalentByHand(t *testing.T) {
	head := "format = 1\nid = \"q\"\nversion = \"1.0.0\"\ntitle = \"Q\"\n[scale]\nlabels = [\"a\", \"b\", \"c\"]\n" +
		"[[dimension]]\nid = \"x\"\n[[dimension]]\nid = \"y\"\n[[dimension]]\nid = \"z\"\n" +
		"[[question]]\nid = \"qx\"\nkind = \"scale\"\nask = \"?\"\nmeasures = { x = 2, z = 2 }\n" +
		"[[question]]\nid = \"qy\"\nkind = \"scale\"\nask = \"?\"\nmeasures = { y = 2 }\n" +
		"[[question]]\nid = \"qy2\"\nkind = \"scale\"\nask = \"?\"\nmeasures = { y = 3 }\n" +
		"[[role]]\nid = \"r\"\nweights = { x = 2, y = 1 }\n[[role]]\nid = \"s\"\nweights = { y = 2 }\n" +
		"[[hybrid]]\nid = \"h\"\nroles = [\"r\", \"s\"]\nmargin = 1\n"
	q, file, found := quiz.DecodeFile("q.toml", []byte(head))
	if found != nil {
		t.Fatal(found)
	}
	base := score.Compile(q)
	var got []string
	for _, m := range mutants(q, file) {
		if sameResults(base, score.Compile(m.apply(q)), m, odds.DefaultLimits()) {
			got = append(got, m.change())
		}
	}
	want := []string{
		"measures.x 2 → 1", "measures.x 2 → 3", // nothing else measures x
		"measures.z 2 → 1", "measures.z 2 → 3", // no role weighs z
		"weights.y 2 → 1", "weights.y 2 → 3", // the only weight of s
		"margin 1 → 0", "margin 1 → 2", // no sheet is that close, but for ties
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("equivalent (-want +got):\n%s", diff)
	}
}

// TestScoredStaysScored: a question that loses its last point no longer counts
// among those that must be answered, even where no role looks at what it measures.
func TestScoredStaysScored(t *testing.T) {
	src := strings.NewReplacer("measures = { metal = -1 }", "measures = { idle = 1 }",
		"[[dimension]]\nid = \"wood\"", "[scoring]\nmin_complete = 60\n[[dimension]]\nid = \"idle\"\n[[dimension]]\nid = \"wood\"").
		Replace(string(readFile(t, testdata+"/quiz.toml")))
	q, file, found := quiz.DecodeFile("quiz.toml", []byte(src))
	if found != nil {
		t.Fatal(found)
	}
	base := score.Compile(q)
	for _, m := range mutants(q, file) {
		if m.name != "measures.idle" {
			continue
		}
		same := sameResults(base, score.Compile(m.apply(q)), m, odds.DefaultLimits())
		if want := m.to == 2; same != want {
			t.Errorf("%s: equivalent %v", m.change(), same)
		}
	}
}

// TestEquivalentByBruteForce: a mutant that is said to be equivalent gives
// every sheet there is, with answers missing too, the same outcome and order.
func TestEquivalentByBruteForce(t *testing.T) {
	size := quiztest.Size{Dimensions: 3, Questions: 3, Roles: 3, Entries: 3, Conditions: true}
	claimed := make(map[partKind]int)
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, size)
		if rapid.Bool().Draw(t, "one frame") {
			askAll(q)
		}
		base := score.Compile(q)
		for _, m := range numbers(q) {
			mutated := score.Compile(m.apply(q))
			if !sameResults(base, mutated, m, odds.DefaultLimits()) {
				continue
			}
			claimed[m.kind]++
			eachSheet(q, 0, make(quiz.Answers), func(sheet quiz.Answers) {
				if before, after := verdictOf(base, sheet), verdictOf(mutated, sheet); before != after {
					t.Fatalf("%s of %v: %v: %s, then %s", m.change(), m.part, sheet, before, after)
				}
			})
		}
	})
	for _, kind := range []partKind{ofQuestion, ofRole, ofHybrid} {
		if claimed[kind] == 0 {
			t.Errorf("no equivalent mutant of kind %d was drawn: this test shows nothing", kind)
		}
	}
}

// askAll makes a quiz ask everybody everything: about the margins of another
// kind nothing is ever claimed.
func askAll(q *quiz.Quiz) {
	q.Scoring.MinComplete = 100
	for _, one := range q.Questions {
		one.Optional, one.When = false, quiz.When{}
	}
}

// verdictOf is what must not change: the outcome and the order of the roles.
func verdictOf(c *score.Compiled, sheet quiz.Answers) string {
	r, err := c.Score(sheet)
	if err != nil {
		return fmt.Sprintf("%T", err)
	}
	words := []string{r.Outcome.ID}
	for _, role := range r.Roles {
		words = append(words, role.Role.ID)
	}
	return strings.Join(words, " ")
}

// eachSheet lists all answers to the questions from the i-th on, none included.
func eachSheet(q *quiz.Quiz, i int, sheet quiz.Answers, visit func(quiz.Answers)) {
	if i == len(q.Questions) {
		visit(sheet)
		return
	}
	eachSheet(q, i+1, sheet, visit)
	one := q.Questions[i]
	for a := range one.Form().Alternatives() {
		sheet[one.ID] = slices.Clone(a)
		eachSheet(q, i+1, sheet, visit)
	}
	delete(sheet, one.ID)
}

// numbers are the mutants of a quiz that stands in no file.
func numbers(q *quiz.Quiz) []mutant {
	var all []mutant
	add := func(p part, id string, value int, set func(*quiz.Quiz, int)) {
		for _, to := range []int{value - 1, value + 1, -value} {
			if to != value && (p.kind != ofHybrid || to >= 0 && to <= 100) {
				all = append(all, mutant{site{p, id, 0, value, set}, to})
			}
		}
	}
	for i, one := range q.Questions {
		for _, d := range q.Dimensions {
			if n, ok := one.Measures[d.ID]; ok {
				add(part{ofQuestion, i}, d.ID, n, func(q *quiz.Quiz, to int) {
					own := ownQuestion(q, i)
					own.Measures = with(own.Measures, d.ID, to)
				})
			}
			for j := range one.Options {
				add(part{ofQuestion, i}, d.ID, one.Options[j].Points[d.ID], func(q *quiz.Quiz, to int) {
					own := ownQuestion(q, i)
					own.Options = slices.Clone(own.Options)
					own.Options[j].Points = with(own.Options[j].Points, d.ID, to)
				})
			}
		}
	}
	for i, r := range q.Roles {
		for _, d := range q.Dimensions {
			add(part{ofRole, i}, d.ID, r.Weights[d.ID], func(q *quiz.Quiz, to int) {
				q.Roles = slices.Clone(q.Roles)
				q.Roles[i].Weights = with(q.Roles[i].Weights, d.ID, to)
			})
		}
	}
	for i, h := range q.Hybrids {
		add(part{ofHybrid, i}, "margin", h.Margin, func(q *quiz.Quiz, to int) {
			q.Hybrids = slices.Clone(q.Hybrids)
			q.Hybrids[i].Margin = to
		})
	}
	return all
}
