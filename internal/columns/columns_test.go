package columns

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// twins has two questions that read the same, one whose text is another's id, and
// a scale whose labels are numbers.
func twins() *score.Compiled {
	options := []quiz.Option{{ID: "a", Text: "Yes", Points: quiz.Points{"d": 1}}, {ID: "b", Text: "No", Points: quiz.Points{"d": 2}}}
	return score.Compile(&quiz.Quiz{
		Format: 1, ID: "m", Version: "1.0.0", Dimensions: []quiz.Dimension{{ID: "d"}},
		Questions: []*quiz.Question{
			{ID: "one", Kind: "choice", Ask: "How was it?", Options: options, Optional: true},
			{ID: "two", Kind: "choice", Ask: "How was it?", Options: options, Optional: true},
			{ID: "three", Kind: "choice", Ask: "One", Options: options, Optional: true},
			{ID: "zero", Kind: "scale", Ask: "From 0 to 2", Labels: []string{"0", "1", "2"}, Measures: quiz.Points{"d": 1}, Optional: true},
			{ID: "ticks", Kind: "multi", Ask: "Tick!", Options: options, Pick: quiz.Pick{Max: 2}, Optional: true},
			{ID: "must", Kind: "choice", Ask: "Now?", Options: options},
		},
		Roles: []quiz.Role{{ID: "a", Weights: quiz.Points{"d": 1}}, {ID: "b", Weights: quiz.Points{"d": -1}}},
	})
}

// wording spells the answers of a row: id=entry, in the order of the quiz.
func wording(c *score.Compiled, answers quiz.Answers) string {
	var all []string
	for _, q := range c.Quiz.Questions {
		if a, given := answers[q.ID]; given {
			var ids []string
			for _, pick := range a {
				ids = append(ids, q.Form().IDs[pick])
			}
			all = append(all, q.ID+"="+strings.Join(ids, "+"))
		}
	}
	return strings.Join(all, " ")
}

func TestColumns(t *testing.T) {
	for name, test := range map[string]struct{ header, row, want string }{
		"ids before texts":          {"one|One|must", "a|b|a", "one=a three=b must=a"},
		"same texts in order":       {"How was it?|How was it?|must", "a|b|a", "one=a two=b must=a"},
		"a number behind the next":  {"How was it?|How was it?2|must", "a|b|a", "one=a two=b must=a"},
		"one by id, one by text":    {"two|How was it?|must", "a|b|a", "one=b two=a must=a"},
		"case, space and star":      {"MUST", "a", "must=a"},
		"HTML":                      {"<b>Now</b>?&nbsp;*", "Yes", "must=a"},
		"code and text":             {"must. Whatever it says", "No", "must=b"},
		"foreign code, known text":  {"Q7. Now?", "No", "must=b"},
		"a grid":                    {"Rate these [Now?]|Rate these [From 0 to 2]", "No|1", "zero=2 must=b"},
		"a text of numbers":         {"From 0 to 2|must", "1|a", "zero=2 must=a"},
		"a step of numbers":         {"zero|must", "1|a", "zero=1 must=a"},
		"a label no step has":       {"zero|must", "0|a", "zero=1 must=a"},
		"ticks by code":             {"ticks[SQ001]|ticks[SQ002]|ticks[other]|must", "Y|N|so|a", "ticks=a must=a"},
		"no under a text is no":     {"Tick! [Yes]|Tick! [No]|must", "Yes|No|a", "ticks=a must=a"},
		"a star before a part":      {"Tick! * [Yes]|Tick! * [No]|must", "1|0|a", "ticks=a must=a"},
		"what has no width":         {"N\u200bow\ufeff?", "\u2060Yes", "must=a"},
		"a block of HTML":           {"<p>Now?</p><!-- or later -->", "<div>Yes</div>", "must=a"},
		"no as header and cell":     {"Yes|No|must", "|No|a", "ticks=b must=a"},
		"nothing ticked, optional":  {"ticks[a]|ticks[b]|must", "||a", "must=a"},
		"told that none":            {"ticks[a]|ticks[b]|must", "0|0|a", "ticks= must=a"},
		"half of the options: none": {"Yes|must", "Yes|a", "must=a"},
	} {
		t.Run(name, func(t *testing.T) {
			c := twins()
			p, err := New(c, strings.Split(test.header, "|"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var cells [][]byte
			for cell := range strings.SplitSeq(test.row, "|") {
				cells = append(cells, []byte(cell))
			}
			answers, err := readRow(c, p, cells)
			if err != nil {
				t.Fatal(err)
			}
			if got := wording(c, answers); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestColumnFaults(t *testing.T) {
	for name, test := range map[string]struct {
		header string
		o      Options
		want   string
	}{
		"none for a required one":   {"one", Options{}, "no column answers must: "},
		"twice by id and text":      {"must|Now?", Options{}, `column A ("must") and column B ("Now?") both answer must`},
		"same header twice":         {"must|must", Options{}, "both answer must"},
		"a third of two":            {"How was it?|How was it?|How was it?|must", Options{}, "both answer one"},
		"whole and in parts":        {"must|ticks|ticks[a]|ticks[b]", Options{}, "other columns answer parts of it"},
		"a part twice":              {"must|ticks[a]|ticks[b]|Tick! [Yes]", Options{}, "both for the same part of ticks"},
		"a part is missing":         {"must|ticks[a]|ticks[other]", Options{}, `ticks has a column for each option, but for "No"`},
		"more codes than options":   {"must|ticks[SQ001]|ticks[SQ002]|ticks[SQ003]", Options{}, "told apart by number alone, 3 of them, and it has 2"},
		"fewer codes than options":  {"must|ticks[SQ001]", Options{}, "told apart by number alone, 1 of them, and it has 2"},
		"codes that are not 1 to n": {"must|ticks[SQ001]|ticks[SQ003]", Options{}, "told apart by number alone"},
		"codes and texts":           {"must|ticks[SQ001]|ticks[b]", Options{}, "headed in different ways"},
		"no such id":                {"must|Name", Options{ID: "Nick"}, `there is no column "Nick" for --id; the columns are Name`},
		"an id that is two":         {"must|Name|name", Options{ID: "NAME"}, `several columns are called "NAME"`},
		"an id that is an answer":   {"must", Options{ID: "must"}, "answers a question, and cannot be --id too"},
		"no such group":             {"must", Options{By: "Course"}, `there is no column "Course" for --by; the columns are all taken by questions`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(twins(), strings.Split(test.header, "|"), test.o)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestPeople(t *testing.T) {
	for name, test := range map[string]struct {
		header string
		o      Options
		id, by int
	}{
		"none":                 {"must|Course", Options{}, -1, -1},
		"the best of several":  {"Email|must|Respondent", Options{}, 2, -1},
		"named":                {"Email|must|Name", Options{ID: "name", By: "Email"}, 2, 0},
		"grouped by an answer": {"must|id", Options{By: "Must"}, 1, 0},
		"exact among two":      {"must|Name|name", Options{ID: "name"}, 2, -1},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := New(twins(), strings.Split(test.header, "|"), test.o)
			if err != nil {
				t.Fatal(err)
			}
			if p.ID != test.id || p.By != test.by {
				t.Errorf("id %d by %d, want %d and %d", p.ID, p.By, test.id, test.by)
			}
		})
	}
}

// TestSteps reads the cells of a scale.
func TestSteps(t *testing.T) {
	c := readQuiz(t, filepath.Join(formsDir, "forms.toml"))
	p, err := New(c, []string{"energy", "words", "meetings", "morning", "enjoyed", "order"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]int{
		"4": 4, " 4 ": 4, "4.0": 4, "4,0": 4, "4 - A lot": 4, "4 (A lot)": 4, "4: a LOT": 4, "A lot": 4, "a\u00a0lot": 4, "": 0,
		"4.5": -1, "0": -1, "6": -1, "4 - A little": -1, "-4": -1, "A lot!": -1, "40": -1, "٤": -1,
	} {
		a, err := p.Fields[0].Read([][]byte{[]byte(cell)})
		if got := a + 1; (err != nil) != (want < 0) || err == nil && got != want {
			t.Errorf("%q is %d (%v), want %d", cell, got, err, want)
		}
	}
	for cell, want := range map[string]int{"1 of 10 times": 1, "10 of 10 times": 3, "3": 3, "3 - 10 of 10 times": 3, "1 - 10 of 10 times": -1, "10": -1} {
		a, err := p.Fields[2].Read([][]byte{[]byte(cell)})
		if got := a + 1; (err != nil) != (want < 0) || err == nil && got != want {
			t.Errorf("%q is %d (%v), want %d", cell, got, err, want)
		}
	}
}

func TestElapsed(t *testing.T) {
	p, err := New(twins(), []string{"Start time", "must", "Completion time"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		start, end string
		want       float64 // −1: not known
	}{
		{"11/23/26 10:01:05", "11/23/26 10:04:05", 180},
		{"2026-11-23 23:59:59", "2026-11-24 00:00:01", 2},
		{"2026-11-23T10:00:00+01:00", "2026-11-23T09:00:30Z", 30},
		{"23/11/2026 10:00:00", "23/11/2026 10:00:01", 1},
		{"23.11.2026 10:00", "23.11.2026 10:01", 60},
		{"11/23/26 10:04:05", "11/23/26 10:01:05", -1},
		{"yesterday", "today", -1},
		{"11/23/26 10:04:05", "", -1},
	} {
		got, known := p.Elapsed([][]byte{[]byte(test.start), nil, []byte(test.end)})
		if known != (test.want >= 0) || known && got != test.want {
			t.Errorf("%s to %s: %v %v, want %v", test.start, test.end, got, known, test.want)
		}
	}
	alone, err := New(twins(), []string{"Start time", "must"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if alone.Start != -1 || len(alone.Unused) != 1 {
		t.Errorf("a start without an end is none: %+v", alone)
	}
}

// TestSharedOptions: columns that stand together belong together, whichever
// question comes first in the quiz.
func TestSharedOptions(t *testing.T) {
	question := func(id string, texts ...string) *quiz.Question {
		one := &quiz.Question{ID: id, Kind: "multi", Ask: id, Pick: quiz.Pick{Max: len(texts)}}
		for i, text := range texts {
			one.Options = append(one.Options, quiz.Option{ID: string(rune('a' + i)), Text: text, Points: quiz.Points{"d": i + 1}})
		}
		return one
	}
	c := score.Compile(&quiz.Quiz{
		Format: 1, ID: "m", Version: "1.0.0", Dimensions: []quiz.Dimension{{ID: "d"}},
		Questions: []*quiz.Question{question("first", "Both", "Mine"), question("second", "Both", "Yours")},
		Roles:     []quiz.Role{{ID: "x", Weights: quiz.Points{"d": 1}}, {ID: "y", Weights: quiz.Points{"d": -1}}},
	})
	for header, want := range map[string][2][]int{
		"Both|Mine|Both|Yours":             {{0, 1}, {2, 3}},
		"Both|Yours|Both|Mine":             {{2, 3}, {0, 1}},
		"Yours|Both|Other|Both|Mine|Other": {{3, 4}, {1, 0}},
		"Mine|Yours|Both|Both":             {{3, 0}, {2, 1}},
	} {
		p, err := New(c, strings.Split(header, "|"), Options{})
		if err != nil {
			t.Errorf("%s: %v", header, err)
			continue
		}
		for i, f := range p.Fields {
			if d := cmp.Diff(want[i], f.Columns); d != "" {
				t.Errorf("%s: question %d: -want +got:\n%s", header, i, d)
			}
		}
	}
}
