package score_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// full is the quiz that has every key of the format.
func full(t testing.TB) *score.Compiled {
	t.Helper()
	src, err := os.ReadFile("../../testdata/quiz/good/full.toml")
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, string(src))
}

// TestShown: conditions look at what is shown and answered, and at nothing else.
func TestShown(t *testing.T) {
	c := full(t)
	for _, one := range []struct {
		answers quiz.Answers
		hidden  string
	}{
		{quiz.Answers{}, "noise"}, // wear has an empty clause, which always holds
		{quiz.Answers{"years": {1}, "sharp": {1}}, ""},
		{quiz.Answers{"years": {1}, "sharp": {0}}, "noise"},
		{quiz.Answers{"years": {0}, "sharp": {2}}, "noise"},
		{quiz.Answers{"years": {1}}, "noise"},
	} {
		var hidden []string
		for i, shown := range c.Sheet(one.answers).Shown {
			if !shown {
				hidden = append(hidden, c.Questions[i].ID)
			}
		}
		if got := strings.Join(hidden, " "); got != one.hidden {
			t.Errorf("%v hides %q, want %q", one.answers, got, one.hidden)
		}
	}
}

// TestHiddenAnswersOpenNothing: an answer to a hidden question is no answer.
func TestHiddenAnswersOpenNothing(t *testing.T) {
	option := []quiz.Option{{ID: "a"}, {ID: "b"}}
	when := func(key string) quiz.When {
		return quiz.When{Set: true, Any: []quiz.Clause{{{Key: key, Values: []string{"a"}}}}}
	}
	c := score.Compile(&quiz.Quiz{Questions: []*quiz.Question{
		{ID: "x", Kind: "choice", Options: option},
		{ID: "y", Kind: "choice", Options: option, When: when("x")},
		{ID: "z", Kind: "choice", Options: option, When: when("y")},
	}})
	x := c.Sheet(quiz.Answers{"x": {1}, "y": {0}})
	if !slices.Equal(x.Shown, []bool{true, false, false}) {
		t.Error(x.Shown)
	}
	if c.Conclude(x, 3, 2); !slices.Equal(x.Known, []int{1, score.Unknown, score.Unknown, 3, 2}) {
		t.Error("a hidden answer is known", x.Known)
	}
	if got := c.Sheet(quiz.Answers{"x": {0}, "y": {0}}).Shown; !slices.Equal(got, []bool{true, true, true}) {
		t.Error(got)
	}
}

func TestHolds(t *testing.T) {
	options := []quiz.Option{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "x"}, {ID: "y"}}
	q := &quiz.Quiz{Questions: []*quiz.Question{
		{ID: "multi", Kind: "multi", Options: options, Pick: quiz.Pick{Max: 2}},
		{ID: "one", Kind: "choice", Options: options},
		{ID: "empty", Kind: "multi", Options: options, Pick: quiz.Pick{Max: 2}},
	}}
	answers := quiz.Answers{"multi": {0, 1}, "one": {3}, "empty": {}}
	test := func(key string, values ...string) quiz.Test { return quiz.Test{Key: key, Values: values} }
	for i, one := range []struct {
		when quiz.When
		want bool
	}{
		{quiz.When{}, true},
		{quiz.When{Set: true}, false},
		{quiz.When{Set: true, Any: []quiz.Clause{{}}}, true},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("multi", "b")}}}, true},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("multi", "c", "a")}}}, true},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("multi", "a"), test("one", "y")}}}, false},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("multi", "a"), test("one", "x")}}}, true},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("one", "y")}, {test("one", "x")}}}, true},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("one")}}}, false},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("empty", "a")}}}, false},
		{quiz.When{Set: true, Any: []quiz.Clause{{test("unknown", "")}}}, false},
	} {
		q.Notes = []quiz.Note{{When: one.when}}
		c := score.Compile(q)
		if got := c.Notes[0].Holds(c.Sheet(answers).Known); got != one.want {
			t.Errorf("%d: %v", i, got)
		}
	}
}

// TestRankMatchesFirst: a condition on a rank sees its first place alone.
func TestRankMatchesFirst(t *testing.T) {
	q := full(t).Quiz
	answers := quiz.Answers{"order": {2, 0, 1}, "wear": {0, 2}}
	finds := func(key string) (found []string) {
		for _, id := range q.Question(key).Form().IDs {
			q.Notes = []quiz.Note{{When: quiz.When{Set: true, Any: []quiz.Clause{{{Key: key, Values: []string{id}}}}}}}
			if c := score.Compile(q); c.Notes[0].Holds(c.Sheet(answers).Known) {
				found = append(found, id)
			}
		}
		return found
	}
	if !slices.Equal(finds("order"), []string{"words"}) || !slices.Equal(finds("wear"), []string{"apron", "glasses"}) {
		t.Error(finds("order"), finds("wear"))
	}
}

// FuzzSheet scores whatever can be read as a sheet.
func FuzzSheet(f *testing.F) {
	c := full(f)
	names, err := filepath.Glob("../../testdata/sheet/good/*")
	if err != nil || len(names) == 0 {
		f.Fatal(err, names)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Ext(name), src)
	}
	f.Fuzz(func(t *testing.T, ext string, src []byte) {
		s, found := quiz.ReadSheet(c.Quiz, "f"+ext, src, true)
		if found != nil {
			return
		}
		x := c.Sheet(s.Answers)
		if n := len(c.Answers(x)) + len(c.Ignored(x)); n != len(s.Answers) {
			t.Errorf("%d of %d answers are on the sheet", n, len(s.Answers))
		}
		var incomplete *score.Incomplete
		var unscorable *score.Unscorable
		if _, err := c.Score(s.Answers); err != nil && !errors.As(err, &incomplete) && !errors.As(err, &unscorable) {
			t.Error(err)
		}
	})
}
