package columns

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// header is that of by-hand.csv, changed.
func header(change func(map[string]string)) []string {
	all := []string{"respondent", "done-before", "how-long", "strangers", "lists", "alone", "chance", "afternoon", "enjoyed", "first", "remark"}
	renamed := make(map[string]string)
	change(renamed)
	var out []string
	for _, h := range all {
		if to, ok := renamed[h]; ok {
			h = to
		}
		out = append(out, h)
	}
	return append(out, renamed["more"])
}

// TestHeaderFaults: what is wrong with a header is said before a row is read,
// all of it, by column.
func TestHeaderFaults(t *testing.T) {
	c := formsQuiz(t)
	for _, one := range []struct {
		name    string
		options Options
		change  func(map[string]string)
		want    []string
	}{
		{"twice", Options{}, func(m map[string]string) { m["more"] = "Working alone *" }, []string{`column F ("alone") and column L ("Working alone *") both answer alone`}},
		{"missing", Options{}, func(m map[string]string) { m["alone"], m["first"] = "x", "y" }, []string{"no column answers alone, first", "--map FILE"}},
		{"optional and conditional may be missing", Options{}, func(m map[string]string) { m["remark"], m["how-long"] = "x", "y" }, nil},
		{"no such id", Options{ID: "mail"}, func(map[string]string) {}, []string{`there is no column "mail" for --id`}},
		{"id is an answer", Options{ID: "alone"}, func(map[string]string) {}, []string{`cannot be --id too`}},
		{"two by", Options{By: "class"}, func(m map[string]string) { m["remark"], m["more"] = "Class", "class " }, []string{`several columns are called "class"`}},
		{"whole and part", Options{}, func(m map[string]string) { m["more"] = "enjoyed[SQ001]" }, []string{"answers enjoyed, and other columns answer parts of it"}},
		{"a rank in too few columns", Options{}, func(m map[string]string) { m["first"], m["more"] = "first [People]", "first [Fun]" }, []string{"first has a column for each option, but for"}},
		{"escapes are made visible", Options{}, func(m map[string]string) { m["more"], m["alone"] = "chance", "\x1b[2J"+strings.Repeat("x", 1000) }, []string{"column G"}},
	} {
		t.Run(one.name, func(t *testing.T) {
			_, err := New(c, header(one.change), one.options)
			if (err == nil) != (one.want == nil) {
				t.Fatal(err)
			}
			for _, want := range one.want {
				if !strings.Contains(err.Error(), want) || len(err.Error()) > 1000 || strings.Contains(err.Error(), "\x1b") {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

// TestOtherColumns: what else columns can be.
func TestOtherColumns(t *testing.T) {
	c := formsQuiz(t)
	p, err := New(c, append(header(func(m map[string]string) { m["more"] = "Duration (in seconds)" }), "Question time: strangers", "Course", "\x1bx"), Options{By: "course"})
	if err != nil {
		t.Fatal(err)
	}
	if p.ID != 0 || p.By != 13 || p.Total != 11 || p.Seconds[12] != 2 || len(p.Unused) != 1 || strings.Contains(p.Unused[0], "\x1b") {
		t.Errorf("%+v", p)
	}
}

// TestCells: what a cell can say, question by question.
func TestCells(t *testing.T) {
	c := formsQuiz(t)
	at := func(id string) int {
		for i := range c.Questions {
			if c.Questions[i].ID == id {
				return i
			}
		}
		return -1
	}
	for _, one := range []struct {
		question, cell string
		want           string // the answer, or a part of the reason
	}{
		{"strangers", "4", "4"}, {"strangers", " 4.0 ", "4"}, {"strangers", "A LOT", "4"}, {"strangers", "4 - A lot", "4"},
		{"strangers", "4 (A lot)", "4"}, {"strangers", "", "none"}, {"strangers", "6", "is no step of its scale (1 to 5"}, {"strangers", "4 - A little", "no step"}, {"strangers", "4.5", "no step"},
		{"afternoon", "talk-write", "talk-write"}, {"afternoon", "Talk to  users, then&nbsp;<i>write</i>", "talk-write"}, {"afternoon", "Talk to users,", "none of its options"},
		{"enjoyed", "Visits, far away, Visits", "visit visit-far"}, {"enjoyed", "visits,far away", "none of its options"}, {"enjoyed", "plan;visit", "visit plan"},
		{"enjoyed", "Plans, lists, notes|Tidying \"up\"", "tidy plan"}, {"enjoyed", "visit, visit", "there twice"}, {"enjoyed", "", "none"},
		{"enjoyed", "visit;visit-far;tidy;plan", "at most 3 may be"}, {"enjoyed", "visit;nothing", `"nothing" is none of its options`},
		{"first", "Fun;People;Facts, figures;", "fun people facts"}, {"first", "Fun, People", "2 of its 3 options are ranked"},
		{"done-before", "YES", "yes"}, {"done-before", "=yes", "none of its options"}, {"done-before", "\x1b[1mx" + strings.Repeat("y", 500), "none of its options"},
	} {
		f := wholeField(c, at(one.question), 0, manner{}, nil)
		a, err := f.Read([][]byte{[]byte(one.cell)})
		got := "none"
		switch {
		case err != nil:
			got = err.Error()
		case a >= 0:
			got = strings.ReplaceAll(cellOf(c.Quiz.Questions[f.Question].Form(), c.Questions[f.Question].Alternatives[a]), ";", " ")
		}
		if err == nil && got != one.want || err != nil && !strings.Contains(got, one.want) || len(got) > 200 || strings.Contains(got, "\x1b") {
			t.Errorf("%s %q: %s, want %s", one.question, one.cell, got, one.want)
		}
		if known, ok := f.Known[one.cell]; ok && (err != nil || known != a) {
			t.Errorf("%s %q: known as %d, read as %d %v", one.question, one.cell, known, a, err)
		}
	}
}

// TestRender: every answer of a random quiz reads back from its ids and from its
// texts, in one cell, in a column for each option, and in a column for each place.
func TestRender(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quiztest.Quiz(t, quiztest.Small)
		texts := rapid.Permutation([]string{"Talk", "Talk, then write", "Talk; write", "yes", "No, never", "A|B", "4", "Ünï <b>x</b>"}).Draw(t, "texts")
		for _, one := range q.Questions {
			for i := range one.Options {
				one.Options[i].Text = texts[i]
			}
		}
		c := score.Compile(q)
		i := rapid.IntRange(0, len(q.Questions)-1).Draw(t, "question")
		form := q.Questions[i].Form()
		a := rapid.IntRange(0, len(c.Questions[i].Alternatives)-1).Draw(t, "answer")
		answer := c.Questions[i].Alternatives[a]
		if len(answer) == 0 {
			t.Skip("an empty cell may be no answer")
		}
		separator := rapid.SampledFrom([]string{",", ", ", ";", " ; ", "|"}).Draw(t, "separator")
		f := wholeField(c, i, 0, manner{}, nil)
		for _, words := range [][]string{form.IDs, form.Texts} {
			check(t, f, a, strings.Join(picked(words, answer), separator))
		}
		if form.List {
			checkParts(t, c, q.Questions[i], i, a)
		}
	})
}

func picked(words []string, answer quiz.Answer) []string {
	all := make([]string, len(answer))
	for k, pick := range answer {
		all[k] = words[pick]
	}
	return all
}

func check(t *rapid.T, f Field, want int, cells ...string) {
	t.Helper()
	var raw [][]byte
	for _, cell := range cells {
		raw = append(raw, []byte(cell))
	}
	if got, err := f.Read(raw); err != nil || got != want {
		t.Fatalf("%q: %d %v, want %d", cells, got, err, want)
	}
}

func checkParts(t *rapid.T, c *score.Compiled, q *quiz.Question, i, a int) {
	form := q.Form()
	answer := c.Questions[i].Alternatives[a]
	parts := make(map[int]int)
	ticks, places := make([]string, len(form.IDs)), make([]string, len(form.IDs))
	for k := range form.IDs {
		parts[k] = k
	}
	for place, pick := range answer {
		ticks[pick] = rapid.SampledFrom([]string{"Y", "yes", "1", form.IDs[pick]}).Draw(t, "tick")
		places[pick] = string(rune('1' + place))
	}
	if form.Ordered {
		check(t, partsField(c, i, parts, manner{}, nil), a, places...)
		check(t, partsField(c, i, parts, manner{places: true}, nil), a, picked(form.Texts, answer)...)
		return
	}
	check(t, partsField(c, i, parts, manner{}, nil), a, ticks...)
}
