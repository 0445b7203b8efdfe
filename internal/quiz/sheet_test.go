package quiz

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// good decodes one of the good quizzes.
func good(t testing.TB, name string) *Quiz {
	t.Helper()
	q, found := Decode(name, read(t, "../../testdata/quiz/good/"+name+".toml"))
	if found != nil {
		t.Fatal(found)
	}
	return q
}

func TestBrokenSheets(t *testing.T) {
	q := good(t, "full")
	for _, name := range append(files(t, "sheet/broken/*.json"), files(t, "sheet/broken/*.toml")...) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			s, found := ReadSheet(q, filepath.Base(name), read(t, name), false)
			if s != nil || len(found) == 0 {
				t.Fatal("a broken sheet was accepted")
			}
			for _, f := range found {
				if f.Rule != "" {
					t.Errorf("a sheet's finding carries the rule %s", f.Rule)
				}
			}
			// The golden file keeps the ending: there are two formats.
			compare(t, name+".txt", found)
		})
	}
}

func TestGoodSheets(t *testing.T) {
	q := good(t, "full")
	for _, name := range files(t, "sheet/good/*") {
		if _, found := ReadSheet(q, name, read(t, name), false); found != nil {
			t.Errorf("a good sheet was refused: %v", found)
		}
	}
	s, _ := ReadSheet(q, "x", read(t, "../../testdata/sheet/good/full.json"), false)
	want := Answers{"sharp": {1}, "place": {0}, "wear": {}, "order": {2, 0, 1}}
	if diff := cmp.Diff(want, s.Answers); diff != "" {
		t.Error(diff)
	}
	if s.Respondent != "17" || *s.Seed != -5 || s.Seconds["place"] != 0.25 {
		t.Errorf("%+v", s)
	}
}

func TestSheetDigest(t *testing.T) {
	q := good(t, "full")
	sheet := func(digest string) []byte {
		text, _ := json.Marshal(map[string]any{"digest": digest, "answers": map[string]any{}})
		return text
	}
	for digest, ok := range map[string]bool{
		q.Digest(): true, q.ShortDigest(): true, strings.ToUpper(q.Digest()): true,
		q.Digest()[:11]: false, q.Digest() + "0": false, strings.Repeat("0", 64): false, "": false, "é": false,
	} {
		if _, found := ReadSheet(q, "s.json", sheet(digest), false); (found == nil) != ok {
			t.Errorf("digest %q: accepted %v", digest, !ok)
		}
		if _, found := ReadSheet(q, "s.json", sheet(digest), true); found != nil {
			t.Errorf("digest %q is refused with rescore: %v", digest, found)
		}
	}
}

// drawAnswer draws an allowed answer.
func drawAnswer(t *rapid.T, f Form) Answer {
	order := rapid.Permutation(make([]int, 0)).Draw(t, "none")
	for i := range f.IDs {
		order = append(order, i)
	}
	order = rapid.Permutation(order).Draw(t, "order")
	return f.normal(Answer(order[:rapid.IntRange(f.Min, f.Max).Draw(t, "size")]))
}

// toml is the sheet in the other form that ReadSheet reads.
func (s *Sheet) toml(q *Quiz) ([]byte, error) {
	var b bytes.Buffer
	e := toml.NewEncoder(&b)
	e.Indent = ""
	err := e.Encode(s.record(q))
	return b.Bytes(), err
}

func TestSheetRoundTrip(t *testing.T) {
	q := good(t, "full")
	rapid.Check(t, func(t *rapid.T) {
		seconds := func() time.Time {
			return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "time"), 0).UTC()
		}
		s := NewSheet(q, rapid.Int64().Draw(t, "seed"), seconds())
		s.Finished = seconds()
		s.Respondent = rapid.String().Draw(t, "respondent")
		for _, one := range q.Questions {
			if rapid.Bool().Draw(t, "answered") {
				s.Answers[one.ID] = drawAnswer(t, one.Form())
			}
			if rapid.Bool().Draw(t, "timed") {
				s.Seconds[one.ID] = rapid.Float64Range(0, 1e6).Draw(t, "seconds")
			}
		}
		for name, write := range map[string]func(*Quiz) ([]byte, error){"s.json": s.JSON, "s.toml": s.toml, "s": s.JSON} {
			src, err := write(q)
			if err != nil {
				t.Fatal(err)
			}
			back, found := ReadSheet(q, name, src, false)
			if found != nil {
				t.Fatalf("%v\n%s", found, src)
			}
			if diff := cmp.Diff(s, back, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s\n%s", diff, src)
			}
		}
	})
}

func TestParseAnswer(t *testing.T) {
	q := good(t, "full")
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.SampledFrom(q.Questions).Draw(t, "question")
		want := drawAnswer(t, one.Form())
		var text string
		switch v := one.Form().Value(want).(type) {
		case string:
			text = " " + v + " "
		case int:
			text = string(rune('0' + v))
		case []string:
			text = strings.Join(v, rapid.SampledFrom([]string{",", ", ", " "}).Draw(t, "comma"))
		}
		got, err := one.ParseAnswer(text)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%q: %v %s", text, err, diff)
		}
		if !one.Form().Allows(got) {
			t.Fatalf("%v is not allowed", got)
		}
	})
	for _, c := range []struct{ question, answer, says string }{
		{"sharp", "4", "the steps are 1 to 3"},
		{"sharp", "01", "not a step"},
		{"place", "sehd", "did you mean `shed`"},
		{"place", "", "there is no option"},
		{"place", "moonlight", "the options are shed, forge, desk, other"},
		{"wear", "apron,apron", "given twice"},
		{"wear", "apron goggles glasses", "at most 2"},
		{"order", "feel", "all 3 options"},
	} {
		if a, err := q.Question(c.question).ParseAnswer(c.answer); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s=%q: %v %v, want %q", c.question, c.answer, a, err, c.says)
		}
	}
}

func TestAlternatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "entries")
		f := Form{IDs: steps(n), Ordered: rapid.Bool().Draw(t, "ordered")}
		f.Max = rapid.IntRange(0, n).Draw(t, "max")
		f.Min = rapid.IntRange(0, f.Max).Draw(t, "min")
		var all []Answer
		for a := range f.Alternatives() {
			all = append(all, append(Answer{}, a...))
		}
		if len(all) != f.Count() {
			t.Fatalf("%d alternatives, Count says %d", len(all), f.Count())
		}
		seen := make(map[string]bool)
		i := 0
		for a := range f.Alternatives() {
			key := cmp.Diff(nil, a)
			if seen[key] || !f.Allows(a) || !cmp.Equal(append(Answer{}, a...), all[i]) {
				t.Fatalf("%v: repeated, not allowed, or in another order", a)
			}
			seen[key] = true
			i++
		}
		for range f.Alternatives() {
			break // leaving early must not panic
		}
	})
}
