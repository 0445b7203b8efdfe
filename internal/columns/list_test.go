package columns

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// multi makes a quiz of one multi with such options, and compiles it.
func multi(texts ...string) *score.Compiled {
	one := &quiz.Question{ID: "m", Kind: "multi", Ask: "Which?", Pick: quiz.Pick{Max: len(texts)}}
	for i, t := range texts {
		one.Options = append(one.Options, quiz.Option{ID: string(rune('p' + i)), Text: t, Points: quiz.Points{"d": i + 1}})
	}
	return score.Compile(&quiz.Quiz{
		Format: 1, ID: "m", Version: "1.0.0", Dimensions: []quiz.Dimension{{ID: "d"}}, Questions: []*quiz.Question{one},
		Roles: []quiz.Role{{ID: "a", Weights: quiz.Points{"d": 1}}, {ID: "b", Weights: quiz.Points{"d": -1}}},
	})
}

// readCell reads one cell of a question that has a column of its own.
func readCell(t testing.TB, c *score.Compiled, header, cell string) (quiz.Answer, error) {
	t.Helper()
	p, err := New(c, []string{header}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := p.Fields[0].Read([][]byte{[]byte(cell)})
	if err != nil || a < 0 {
		return nil, err
	}
	return c.Questions[0].Alternatives[a], nil
}

func TestLists(t *testing.T) {
	for name, test := range map[string]struct {
		options []string
		cell    string
		want    quiz.Answer
		reason  string // why not
	}{
		"commas":                  {[]string{"A", "B", "C"}, "A, C", quiz.Answer{0, 2}, ""},
		"order is set aside":      {[]string{"A", "B", "C"}, "C;A;", quiz.Answer{0, 2}, ""},
		"longest first":           {[]string{"A", "B", "A, B"}, "A, B", quiz.Answer{2}, ""},
		"another separator":       {[]string{"A", "B", "A, B"}, "A;B", quiz.Answer{0, 1}, ""},
		"the longest is not it":   {[]string{"A", "A, B", "B, C"}, "A, B, C", quiz.Answer{0, 2}, ""},
		"nor at the second":       {[]string{"A", "A, B", "B", "B, C, D"}, "A, B, B, C, D", quiz.Answer{1, 3}, ""},
		"JSON":                    {[]string{"A", "B"}, `["A", "B"]`, quiz.Answer{0, 1}, ""},
		"brackets in the text":    {[]string{"[A]", "A"}, "[A]", quiz.Answer{0}, ""},
		"quotes in the text":      {[]string{`"A"`, "B"}, `"A", B`, quiz.Answer{0, 1}, ""},
		"beginning of a word":     {[]string{"Talk", "Walk"}, "Talking", nil, `m: "Talking" is none of its options`},
		"names what is unknown":   {[]string{"Talk", "Walk"}, "Talk, Fly, Walk", nil, `m: "Fly" is none of its options`},
		"unknown with a comma":    {[]string{"Talk", "Walk"}, "Talk, Fly, too", nil, `m: "Fly, too" is none of its options`},
		"twice":                   {[]string{"A", "B"}, "A, B, a", nil, `m: "A" is there twice`},
		"id of one, text of next": {[]string{"q", "B"}, "q", quiz.Answer{0}, ""},
		"the text of two":         {[]string{"A", "a"}, "A", nil, `m: "a" is the text of two of its options`},
		"only separators":         {[]string{"A", "B"}, " ;, ", quiz.Answer{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readCell(t, multi(test.options...), "Which?", test.cell)
			if reason := ""; err != nil {
				if reason = err.Error(); reason != test.reason {
					t.Errorf("%s; want %s", reason, test.reason)
				}
			} else if d := cmp.Diff(test.want, got); d != "" || test.reason != "" {
				t.Errorf("want a reason %q; -want +got:\n%s", test.reason, d)
			}
		})
	}
}

// TestIDsUnderAnID: where the header is an id, an id in the cell goes before a text.
func TestIDsUnderAnID(t *testing.T) {
	got, err := readCell(t, multi("q", "B"), "m", "q")
	if d := cmp.Diff(quiz.Answer{1}, got); err != nil || d != "" {
		t.Errorf("%v -want +got:\n%s", err, d)
	}
}

// TestTwofold: a text that two options have is neither, alone in a cell or for a place.
func TestTwofold(t *testing.T) {
	c := multi("A", "a", "C")
	one := c.Quiz.Questions[0]
	for _, kind := range []string{"choice", "rank"} {
		one.Kind = kind
		c := score.Compile(c.Quiz)
		p, err := New(c, []string{"m[1]", "m[2]", "m[3]"}, Options{})
		cells := [][]byte{[]byte("A"), []byte("C"), []byte("q")}
		if kind == "choice" {
			p, err = New(c, []string{"m"}, Options{})
			cells = cells[:1]
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Fields[0].Read(cells); err == nil || !strings.Contains(err.Error(), "two of its options") {
			t.Errorf("%s: got %v", kind, err)
		}
	}
}

// FuzzLists: whatever stands in a cell, it is read or refused in bounded time, and
// what is put down from picks reads back as them.
func FuzzLists(f *testing.F) {
	f.Add("Talk", "Talk, then write", "then write", "Talk, then write; Talk", uint8(5))
	f.Add("a", "a, a", "a, a, a", strings.Repeat("a, ", 40), uint8(7))
	f.Add("[x]", "\"y\"", ";", "[[\"[x]\"", uint8(3))
	f.Add("*", "<b>", "&amp;", "*, <b>", uint8(1))
	f.Fuzz(func(t *testing.T, a, b, c, cell string, picked uint8) {
		texts := []string{a, b, c}
		quiz := multi(texts...)
		if _, err := readCell(t, quiz, "Which?", cell); err != nil && err.Error() == "" {
			t.Error("it does not say why")
		}
		if !plainTexts(texts) {
			return
		}
		var given []string
		want := []int{}
		for i, text := range texts {
			if picked>>i&1 == 1 {
				given, want = append(given, text), append(want, i)
			}
		}
		got, err := readCell(t, quiz, "Which?", strings.Join(given, ";"))
		if err != nil || !slices.Equal(want, got) {
			t.Errorf("%q: got %v (%v), want %v", given, got, err, want)
		}
	})
}

// plainTexts reports whether texts tell each other apart wherever they stand: no
// semicolon, which the fuzz target puts between them, nor what is set aside.
func plainTexts(texts []string) bool {
	for i, text := range texts {
		letters := strings.Trim(text, separators+around) != ""
		if !letters || strings.ContainsAny(text, ";<>&") || fold(text) != text || slices.Contains(texts[:i], text) || slices.Contains([]string{"p", "q", "r"}, text) {
			return false
		}
		for _, other := range texts {
			if text != other && strings.Trim(text, separators+around) == strings.Trim(other, separators+around) {
				return false
			}
		}
	}
	return true
}
