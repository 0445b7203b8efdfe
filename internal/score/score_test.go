package score_test

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// four is a quiz with all four kinds, whose every figure can be worked out by hand.
const four = `
format = 1
id = "four"
version = "1.0.0"
title = "Four kinds"

[scale]
labels = ["a", "b", "c", "d", "e"]

[[dimension]]
id = "x"
[[dimension]]
id = "y"

[[question]]
id = "s"
kind = "scale"
ask = "A scale"
measures = { x = 2, y = -3 }

[[question]]
id = "c"
ask = "A choice"
[[question.option]]
id = "one"
text = "One"
points = { x = 4 }
[[question.option]]
id = "two"
text = "Two"
points = { x = -1, y = 5 }

[[question]]
id = "m"
kind = "multi"
ask = "A multi"
pick = { max = 2 }
[[question.option]]
id = "p"
text = "P"
points = { x = 1 }
[[question.option]]
id = "q"
text = "Q"
points = { y = 2 }
[[question.option]]
id = "r"
text = "R"
points = { x = -2, y = 1 }

[[question]]
id = "k"
kind = "rank"
ask = "A rank"
[[question.option]]
id = "u"
text = "U"
points = { x = 1 }
[[question.option]]
id = "v"
text = "V"
points = { y = 1 }
[[question.option]]
id = "w"
text = "W"

[[question]]
id = "about"
ask = "Context"
optional = true
[[question.option]]
id = "yes"
text = "Yes"
[[question.option]]
id = "no"
text = "No"

[[role]]
id = "rx"
weights = { x = 3, y = -1 }
[[role.step]]
title = "Always"
[[role.step]]
title = "For yes"
when = { about = "yes" }
[[role.step]]
title = "When first in rank"
when = { k = "u" }
[[role.step]]
title = "When strong"
when = { strength = "strong" }

[[role]]
id = "ry"
weights = { y = 1 }

[[note]]
text = "picked q"
when = { m = "q" }
[[note]]
text = "either"
when = [{ s = [1, 2] }, { c = "one", outcome = "rx" }]
`

func decode(t testing.TB, src string) *score.Compiled {
	t.Helper()
	q, found := quiz.Decode("test.toml", []byte(src))
	if found != nil {
		var b strings.Builder
		_ = found.WriteText(&b)
		t.Fatal(b.String())
	}
	return score.Compile(q)
}

// answers reads "s=4 m=p,q" against a quiz.
func answers(t testing.TB, c *score.Compiled, text string) quiz.Answers {
	t.Helper()
	all := make(quiz.Answers)
	for word := range strings.FieldsSeq(text) {
		id, value, _ := strings.Cut(word, "=")
		a, err := c.Quiz.Question(id).ParseAnswer(value)
		if err != nil {
			t.Fatalf("%s: %v", word, err)
		}
		all[id] = a
	}
	return all
}

func TestScoreByHand(t *testing.T) {
	c := decode(t, four)
	// s=4: x 2·3 = 6 of 0..8; y (5−4)·3 = 3 of 0..12.
	// c=two: x −1 of −1..4; y 5 of 0..5.
	// m=q,r: x −2, y 3. Alternatives {} p q r pq pr qr: x of −2..1, y of 0..3.
	// k=u,v,w: x 1·2, y 1·1, each of 0..2.
	// x: raw 6−1−2+2 = 5 of −3..15; y: raw 3+5+3+1 = 12 of 0..22.
	r, err := c.Score(answers(t, c, "s=4 c=two m=r,q k=u,v,w"))
	if err != nil {
		t.Fatal(err)
	}
	type dim struct {
		Raw, Min, Max int
		Score         string
	}
	var got []dim
	for _, d := range r.Dimensions {
		got = append(got, dim{d.Raw, d.Min, d.Max, d.Score.RatString()})
	}
	want := []dim{{5, -3, 15, "400/9"}, {12, 0, 22, "600/11"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("dimensions: %s", d)
	}
	// rx: (3·400/9 + 1·(100 − 600/11)) / 4 = (400/3 + 500/11)/4 = 5900/132; ry: 600/11.
	if r.Roles[0].Role.ID != "ry" || r.Roles[0].Fit.RatString() != "600/11" || r.Roles[1].Fit.RatString() != "1475/33" {
		t.Errorf("roles: %s %s, then %s", r.Roles[0].Role.ID, r.Roles[0].Fit.RatString(), r.Roles[1].Fit.RatString())
	}
	if got := r.Margin.RatString(); got != "325/33" {
		t.Errorf("margin %s, want 325/33", got)
	}
	if o := r.Outcome; o.ID != "ry" || o.Kind != score.KindRole || o.Strength != "moderate" {
		t.Errorf("outcome %+v", o)
	}
}

func TestAdvice(t *testing.T) {
	c := decode(t, four)
	tests := []struct{ answers, outcome, steps, notes string }{
		{"s=5 c=one m=p k=u,w,v about=yes", "rx", "Always, For yes, When first in rank, When strong", "either"},
		{"s=5 c=one m=p k=w,u,v", "rx", "Always, When strong", "either"},
		{"s=1 c=two m=q k=v,u,w", "ry", "", "picked q, either"},
		{"s=3 c=two m=q k=v,u,w", "ry", "", "picked q"},
	}
	for _, test := range tests {
		r, err := c.Score(answers(t, c, test.answers))
		if err != nil {
			t.Fatal(err)
		}
		var steps, notes []string
		for _, s := range r.Steps {
			steps = append(steps, s.Title)
		}
		for _, n := range r.Notes {
			notes = append(notes, n.Text)
		}
		if r.Outcome.ID != test.outcome || strings.Join(steps, ", ") != test.steps || strings.Join(notes, ", ") != test.notes {
			t.Errorf("%s: %s, steps %q, notes %q", test.answers, r.Outcome.ID, steps, notes)
		}
	}
}

// band has two roles that are each one scale, so that any margin can be set.
const band = `
format = 1
id = "band"
version = "1.0.0"
title = "A band"
scoring = { strong = 75, moderate = 25, min_complete = 60 }
[scale]
labels = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]
[[dimension]]
id = "x"
[[dimension]]
id = "y"
[[question]]
id = "a"
kind = "scale"
ask = "A"
measures = { x = 1 }
[[question]]
id = "b"
kind = "scale"
ask = "B"
measures = { y = 1 }
[[question]]
id = "gate"
ask = "Gate"
[[question.option]]
id = "open"
text = "Open"
[[question.option]]
id = "shut"
text = "Shut"
[[question]]
id = "more"
kind = "scale"
ask = "More"
measures = { x = 1 }
when = { gate = "open" }
[[role]]
id = "first"
weights = { x = 1 }
[[role]]
id = "second"
weights = { y = 2 }
[[hybrid]]
id = "narrow"
roles = ["second", "first"]
margin = 10
[[hybrid]]
id = "wide"
roles = ["first", "second"]
margin = 20
`

func TestOutcome(t *testing.T) {
	c := decode(t, band)
	tests := []struct{ answers, outcome, fit, margin, strength string }{
		{"a=6 b=6 gate=shut", "narrow", "50", "0", "moderate"},  // level: the first role in the file leads
		{"a=6 b=7 gate=shut", "narrow", "55", "10", "moderate"}, // exactly on the band: not exceeded
		{"a=6 b=8 gate=shut", "wide", "60", "20", "moderate"},   // the next hybrid takes it
		{"a=6 b=9 gate=shut", "second", "80", "30", "strong"},   // beyond both
		{"a=9 b=8 gate=shut", "narrow", "75", "10", "strong"},   // exactly strong
		{"a=3 b=4 gate=shut", "narrow", "25", "10", "moderate"}, // exactly moderate
		{"a=2 b=3 gate=shut", "narrow", "15", "10", "weak"},     //
		{"a=11 b=1 gate=open more=1", "first", "50", "50", "moderate"},
		{"a=11 b=1 gate=shut more=1", "first", "100", "100", "strong"}, // hidden: not scored
	}
	for _, test := range tests {
		r, err := c.Score(answers(t, c, test.answers))
		if err != nil {
			t.Fatal(err)
		}
		o := r.Outcome
		if o.ID != test.outcome || o.Fit.RatString() != test.fit || r.Margin.RatString() != test.margin || o.Strength != test.strength {
			t.Errorf("%s: %s, fit %s, margin %s, %s; want %v", test.answers, o.ID, o.Fit.RatString(), r.Margin.RatString(), o.Strength, test)
		}
	}
}

func TestMissingAndIgnored(t *testing.T) {
	c := decode(t, band)
	tests := []struct {
		answers, missing, ignored string
		fails                     bool
	}{
		{"a=1 b=1 gate=shut", "", "", false},
		{"a=1 b=1 gate=shut more=3", "", "more", false},
		{"a=1 b=1", "gate", "", false},           // context missing; every scored question shown is answered
		{"a=1 b=1 gate=open", "more", "", false}, // 2 of 3 is more than 60%
		{"a=1 gate=shut", "b", "", true},         // 1 of 2 is less
		{"a=1 gate=open", "b, more", "", true},   //
		{"more=3", "a, b, gate", "", true},       // a hidden answer counts for nothing
	}
	for _, test := range tests {
		r, err := c.Score(answers(t, c, test.answers))
		var incomplete *score.Incomplete
		if errors.As(err, &incomplete) != test.fails {
			t.Errorf("%s: error %v", test.answers, err)
			continue
		}
		var missing, ignored []string
		if test.fails {
			missing = incomplete.Missing
		} else {
			missing, ignored = r.Missing, r.Ignored
		}
		if strings.Join(missing, ", ") != test.missing || strings.Join(ignored, ", ") != test.ignored {
			t.Errorf("%s: missing %v, ignored %v", test.answers, missing, ignored)
		}
	}
}

func TestUnscorable(t *testing.T) {
	src := strings.Replace(band, `min_complete = 60`, `min_complete = 1`, 1)
	c := decode(t, src)
	_, err := c.Score(answers(t, c, "a=4 gate=shut"))
	var unscorable *score.Unscorable
	if !errors.As(err, &unscorable) || unscorable.Role.ID != "second" {
		t.Errorf("got %v, want the second role unscorable", err)
	}
}

// TestUnmeasured: a dimension without range is left out of the fit, whatever its weight.
func TestUnmeasured(t *testing.T) {
	src := strings.NewReplacer(`weights = { y = 2 }`, `weights = { x = -1, y = 2 }`, `min_complete = 60`, `min_complete = 1`).Replace(band)
	c := decode(t, src)
	r, err := c.Score(answers(t, c, "a=9 gate=shut"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Dimensions[1].Score != nil {
		t.Errorf("y is scored %s", r.Dimensions[1].Score)
	}
	want := []string{"first", "second"}
	var got []string
	for _, role := range r.Roles {
		got = append(got, role.Role.ID)
	}
	if !slices.Equal(got, want) || r.Roles[0].Fit.Cmp(big.NewRat(80, 1)) != 0 || r.Roles[1].Fit.Cmp(big.NewRat(20, 1)) != 0 {
		t.Errorf("roles %v, fits %s and %s", got, r.Roles[0].Fit, r.Roles[1].Fit)
	}
}
