package diff

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

const base = `
format = 1
id = "two"
version = "1.2.3"
title = "Title"

[scale]
labels = ["no", "some", "yes"]

[[dimension]]
id = "a"
name = "A"
[[dimension]]
id = "b"
name = "B"

[[question]]
id = "gate"
ask = "Gate?"
[[question.option]]
id = "yes"
text = "Yes"
[[question.option]]
id = "no"
text = "No"

[[question]]
id = "s"
kind = "scale"
ask = "Scale?"
measures = { a = 1 }

[[question]]
id = "t"
kind = "scale"
ask = "Other scale?"
measures = { b = 2 }

[[question]]
id = "c"
ask = "Choice?"
when = { gate = "yes" }
[[question.option]]
id = "x"
text = "X"
points = { a = 2 }
[[question.option]]
id = "y"
text = "Y"
points = { b = 1 }
[[question.option]]
id = "burnt"
text = "Z"
points = { b = 2 }

[[question]]
id = "m"
kind = "multi"
ask = "Multi?"
optional = true
[[question.option]]
id = "p"
text = "P"
points = { a = 1 }
[[question.option]]
id = "q"
text = "Q"
points = { b = 1 }

[[question]]
id = "r"
kind = "rank"
ask = "Rank?"
[[question.option]]
id = "u"
text = "U"
points = { a = 1 }
[[question.option]]
id = "v"
text = "V"
points = { b = 1 }

[[role]]
id = "one"
name = "One"
summary = "First."
weights = { a = 1 }
[[role]]
id = "other"
name = "Other"
summary = "Second."
weights = { b = 1 }

[[hybrid]]
id = "both"
name = "Both"
roles = ["one", "other"]
margin = 10
summary = "Both."
`

func decode(t testing.TB, src string) *quiz.Quiz {
	t.Helper()
	q, found := quiz.Decode("x.toml", []byte(src))
	if found != nil {
		t.Fatal(found)
	}
	return q
}

// TestClasses makes one edit at a time and looks at the one change it is.
func TestClasses(t *testing.T) {
	for _, c := range []struct {
		name, old, new string // new "" deletes
		change         string // as people read it
		class          Class
		breaking       bool
	}{
		{"title", `title = "Title"`, `title = "T"`, `title “Title” → “T”`, Wording, false},
		{"label", `measures = { a = 1 }`, "measures = { a = 1 }\nlabels = [\"no\", \"a bit\", \"yes\"]", `question "s": label 2 “some” → “a bit”`, Wording, false},
		{"option text", `text = "X"`, `text = "XX"`, `question "c", option "x": text “X” → “XX”`, Wording, false},
		{"points", `points = { a = 2 }`, `points = { a = 1 }`, `question "c", option "x": points.a 2 → 1`, Scoring, false},
		{"a factor of all points of a dimension's only weight", `weights = { a = 1 }`, `weights = { a = 2 }`, `role "one": weights.a 1 → 2`, Neutral, false},
		{"reverse", `measures = { a = 1 }`, `measures = { a = -1 }`, `question "s": measures.a 1 → -1`, Scoring, false},
		{"margin", `margin = 10`, `margin = 60`, `hybrid "both": margin 10 → 60`, Scoring, false},
		{"margin that nothing lies in", `margin = 10`, `margin = 11`, `hybrid "both": margin 10 → 11`, Neutral, false},
		{"condition", `when = { gate = "yes" }`, ``, `question "c": when { gate = yes } → nothing`, Scoring, false},
		{"now required", `optional = true`, ``, `question "m": optional true → false`, Scoring, false},
		{"now optional", `id = "r"`, "id = \"r\"\noptional = true", `question "r": optional false → true`, Neutral, false},
		{"option gone", "[[question.option]]\nid = \"y\"\ntext = \"Y\"\npoints = { b = 1 }\n", ``, `question "c", option "y": is gone`, Neutral, true},
		{"strength", `[scale]`, "[scoring]\nstrong = 80\n[scale]", `scoring.strong 65 → 80`, Neutral, false},
		{"fewer missing allowed", `[scale]`, "[scoring]\nmin_complete = 50\n[scale]", `scoring.min_complete 100 → 50`, Neutral, false},
		{"pick", `optional = true`, "optional = true\npick = { max = 1 }", `question "m": pick.max 2 → 1`, Neutral, true},
		{"id", `id = "two"`, `id = "three"`, `id two → three`, Neutral, true},
		{"kind", "id = \"m\"\nkind = \"multi\"", "id = \"m\"", `question "m": kind multi → choice`, Scoring, true},
		{"ranked option", `id = "v"`, "id = \"w\"\ntext = \"W\"\n[[question.option]]\nid = \"v\"", `question "r", option "w": is new`, Scoring, true},
		{"new role", `[[hybrid]]`, "[[role]]\nid = \"third\"\nname = \"Third\"\nsummary = \"3.\"\nweights = { a = 1, b = 1 }\n[[hybrid]]", `role "third": is new`, Scoring, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(base, c.old) == 0 {
				t.Fatal("the edit hits nothing")
			}
			d := Of(decode(t, base), decode(t, strings.Replace(base, c.old, c.new, 1)), odds.DefaultLimits())
			if len(d.Changes) != 1 {
				t.Fatalf("%d changes: %v", len(d.Changes), d.Changes)
			}
			got := &d.Changes[0]
			if got.String() != c.change || got.Class != c.class || got.Breaking != c.breaking {
				t.Errorf("got  %s | %s breaking %v\nwant %s | %s %v", got, got.Class, got.Breaking, c.change, c.class, c.breaking)
			}
			if d.Class != c.class || d.Breaking != c.breaking {
				t.Errorf("together: %s, breaking %v", d.Class, d.Breaking)
			}
			if found := c.class == Scoring || c.breaking; found != (d.Version.Need == "minor" || d.Version.Need == "major") {
				t.Errorf("needs %q", d.Version.Need)
			}
		})
	}
}

// TestRetired: what is gone and listed as retired breaks stored sheets all the
// same, and is said to be meant.
func TestRetired(t *testing.T) {
	gone := strings.Replace(base, "[[question.option]]\nid = \"burnt\"\ntext = \"Z\"\npoints = { b = 2 }\n", "", 1)
	for _, retired := range []bool{false, true} {
		src := gone
		if retired {
			src = strings.Replace(gone, "[scale]", "retired = [\"burnt\"]\n[scale]", 1)
		}
		d := Of(decode(t, base), decode(t, src), odds.DefaultLimits())
		i := slices.IndexFunc(d.Changes, func(c Change) bool { return c.What == "is gone" })
		if i < 0 || !d.Changes[i].Breaking || d.Changes[i].Intended != retired {
			t.Errorf("retired %v: %+v", retired, d.Changes)
		}
	}
}

var number = regexp.MustCompile(`-?\b[0-9]+\b`)

// edits gives every version of a definition with one line gone, one number
// changed, or one line doubled, so far as it is still a definition.
func edits(src string) []string {
	lines := strings.Split(src, "\n")
	var all []string
	with := func(i int, line ...string) {
		all = append(all, strings.Join(slices.Concat(lines[:i], line, lines[i+1:]), "\n"))
	}
	for i, line := range lines {
		if strings.HasPrefix(line, "format") || strings.HasPrefix(line, "version") || strings.HasPrefix(strings.TrimSpace(line), "#") || line == "" {
			continue
		}
		with(i)
		for _, at := range number.FindAllStringIndex(line, -1) {
			n, err := strconv.Atoi(line[at[0]:at[1]])
			if err == nil {
				with(i, line[:at[0]]+strconv.Itoa(n+1)+line[at[1]:])
			}
		}
		if strings.HasPrefix(line, "[[") {
			end := i + 1
			for end < len(lines) && !strings.HasPrefix(lines[end], "[[") {
				end++
			}
			all = append(all, strings.Join(slices.Concat(lines[:i], lines[end:]), "\n"))
		}
	}
	return all
}

// TestNothingUnseen: a change is listed whenever the definitions differ, as one
// of scoring whenever the digests do; and all of them made to the old version
// together give the new one's results.
func TestNothingUnseen(t *testing.T) {
	files, err := filepath.Glob("../../testdata/quiz/good/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no definitions", err)
	}
	tried, enough, every := 0, 300, 1
	if testing.Short() {
		enough, every = 30, 10
	}
	sources := []string{base}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(src) < 20_000 {
			sources = append(sources, string(src))
		}
	}
	limits := odds.DefaultLimits()
	limits.Samples, limits.Work, limits.Paths = 10, 1_000_000, 100
	for _, src := range sources {
		old := decode(t, src)
		if len(old.Questions) > 60 {
			continue
		}
		for i, edit := range edits(src) {
			if i%every != 0 {
				continue
			}
			fresh, found := quiz.Decode("x.toml", []byte(edit))
			if found != nil {
				continue
			}
			tried++
			checkSeen(t, old, fresh, limits)
		}
	}
	if tried < enough {
		t.Fatalf("only %d edits were definitions", tried)
	}
}

func checkSeen(t *testing.T, old, fresh *quiz.Quiz, limits odds.Limits) {
	t.Helper()
	l := &lister{old: old, new: fresh}
	l.list()
	rescored := slices.ContainsFunc(l.all, func(c Change) bool { return c.apply != nil })
	if rescored != (old.Digest() != fresh.Digest()) {
		t.Fatalf("digests %s and %s, changes %v", old.ShortDigest(), fresh.ShortDigest(), l.all)
	}
	if same := sameBut(old, fresh); same != (len(l.all) == 0) {
		t.Fatalf("the same: %v, changes %v", same, l.all)
	}
	if !rescored {
		return
	}
	made := clone(old)
	for _, c := range l.all {
		if c.apply != nil {
			c.apply(made)
		}
	}
	if m := odds.Compare(score.Compile(made), score.Compile(fresh), limits); m.Share.Share != 0 {
		t.Fatalf("made one by one, the changes come to something else: %v\n%v", l.all, m.Turns)
	}
}

// sameBut compares definitions but for the version, the digest, and points of 0
// that may as well be left out.
func sameBut(a, b *quiz.Quiz) bool {
	return regexp.MustCompile(`map\[[^]]*\]`).ReplaceAllStringFunc(flat(a), withoutNoughts) ==
		regexp.MustCompile(`map\[[^]]*\]`).ReplaceAllStringFunc(flat(b), withoutNoughts)
}

func withoutNoughts(points string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(strings.Trim(points, "map[]")), func(s string) bool { return strings.HasSuffix(s, ":0") }), " ")
}

// flat writes all that a definition says.
func flat(q *quiz.Quiz) string {
	var questions []quiz.Question
	for _, one := range q.Questions {
		questions = append(questions, *one)
	}
	return fmt.Sprintf("%+v", []any{q.ID, q.Title, q.Summary, q.Intro, q.Minutes, q.Lang, q.License, q.Retired, q.Shuffle, q.Scoring, q.Allow,
		q.Dimensions, questions, q.Roles, q.Hybrids, q.Contrasts, q.Notes})
}

// TestVersion holds the rule to cases.
func TestVersion(t *testing.T) {
	for _, c := range []struct {
		old, new, need string
		ok             bool
	}{
		{"1.2.3", "1.2.3", "", true},
		{"1.2.3", "1.2.2", "", false},
		{"1.2.3", "1.2.3", "patch", false},
		{"1.2.3", "1.2.4", "patch", true},
		{"1.2.3", "1.2.4", "minor", false},
		{"1.2.3", "1.3.0", "minor", true},
		{"1.2.3", "2.0.0", "minor", true},
		{"1.2.3", "1.3.0", "major", false},
		{"1.2.3", "2.0.0", "major", true},
		{"0.2.3", "0.3.0", "major", false},
		{"2.0.0-rc.1", "2.0.0-rc.2", "major", true},
		{"2.0.0-rc.1", "2.0.0", "major", true},
		{"2.1.0-rc.1", "2.1.0", "major", false},
		{"2.1.0-rc.1", "2.1.0", "minor", true},
		{"2.1.1-rc.1", "2.1.1", "minor", false},
		{"1.9.0", "1.10.0", "minor", true},
		{"1.2.3+a", "1.2.3+b", "patch", false},
	} {
		d := &Diff{Old: &quiz.Quiz{Version: c.old}, New: &quiz.Quiz{Version: c.new}}
		switch c.need {
		case "patch":
			d.Class = Wording
		case "minor":
			d.Class = Scoring
		case "major":
			d.Breaking = true
		}
		if v := rise(d); v.OK != c.ok || v.Need != c.need || v.OK != (v.Message == "") {
			t.Errorf("%s to %s: needs %q, ok %v (%s)", c.old, c.new, v.Need, v.OK, v.Message)
		}
	}
}
