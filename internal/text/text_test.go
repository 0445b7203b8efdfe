package text

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestUnsafe(t *testing.T) {
	for _, r := range "\x00\x07\x08\x0b\x1b\x7f\u0080\u009b\u202a\u202e\u2066\u2069\u2028\u2029" {
		if !Unsafe(r) {
			t.Errorf("U+%04X passes", r)
		}
	}
	for _, r := range "a\n\té世\u0301\u200d\u200f👍" {
		if Unsafe(r) {
			t.Errorf("U+%04X is refused", r)
		}
	}
	for s, want := range map[string]bool{"a\r\nb": false, "a\rb": true, "\r": true, "a\r\n\r": true, "": false} {
		if _, found := FindUnsafe(s); found != want {
			t.Errorf("%q: %v", s, found)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":    "plain",
		"a\x1b[0m": `a\u001B[0m`,
		"a\u202eb": `a\u202Eb`,
		"a\xffb":   `a\xFFb`,
		"a\r\nb":   "a\nb",
		"a\rb":     `a\u000Db`,
		"\ufffd":   "\ufffd",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Line(" a\n\t b\u00a0c \x1b"); got != `a b c \u001B` {
		t.Errorf("%q", got)
	}
}

func TestQuoted(t *testing.T) {
	long := strings.Repeat("é", 60)
	for in, want := range map[string]string{
		"": `""`, " a\n b": `"a b"`, long: `"` + long + `"`, long + "x": `"` + long + `…"`, "a\x1b": `"a\u001B"`,
	} {
		if got := Quoted(in); got != want {
			t.Errorf("Quoted(%q) = %s, want %s", in, got, want)
		}
	}
	if got := Cut("世界世", 2); got != "世界…" || Cut("世界", 2) != "世界" || Curly("a") != "“a”" {
		t.Errorf("%q", got)
	}
}

func TestCleanIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		for _, got := range []string{Clean(in), Line(in)} {
			if r, found := FindUnsafe(got); found || !utf8.ValidString(got) || strings.Contains(got, "\r") {
				t.Fatalf("%q holds %q", got, r)
			}
		}
		if got := Clean(in); Clean(got) != got {
			t.Fatalf("Clean is not done after once: %q", got)
		}
	})
}

func TestNear(t *testing.T) {
	words := []string{"strategy", "research", "team", "pm", "po", "id", "ask"}
	for in, want := range map[string]string{
		"stratgy": "strategy", "Strategy": "strategy", "RESEARCH": "research", "taem": "team", "teem": "team",
		"pn": "pm", "p": "", "xyz": "", "aks": "ask", "idd": "id", "": "", "strategically": "",
		strings.Repeat("a", 1_000_000): "",
	} {
		if got := Near(in, words); got != want {
			t.Errorf("Near(%.20q) = %q, want %q", in, got, want)
		}
	}
	if got := Near("größe", []string{"grösse", "größer"}); got != "größer" {
		t.Errorf("%q", got)
	}
	if Near("x", nil) != "" {
		t.Error("a suggestion from nothing")
	}
}

func TestWidths(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "世界": 4, "e\u0301": 1, "👩‍👩‍👧": 2, "👍🏽": 2, "\x1b[1mx\x1b[0m": 1} {
		if got := Width(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{{"ab", 4, "ab  "}, {"abcdef", 4, "abc…"}, {"世界世界", 5, "世界…"}, {"世界世界", 4, "世… "}, {"", 2, "  "}} {
		if got := Pad(c.in, c.width); got != c.want {
			t.Errorf("Pad(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
	if got := Hang("- ", "one two three\n\nfour", 9); !slices.Equal(got, []string{"- one two", "  three", "", "  four"}) {
		t.Errorf("%q", got)
	}
	if got := Wrap("a  b\nc", 80); !slices.Equal(got, []string{"a b c"}) {
		t.Errorf("%q", got)
	}
	if got := Wrap(" \n ", 10); !slices.Equal(got, []string{""}) {
		t.Errorf("%q", got)
	}
}

func TestWrapFits(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "word", "世界", "e\u0301", "👩‍👩‍👧", "hyphen-ated", "veryveryverylong", "\n", "\n\n", "\x1b["})
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOf(word).Draw(t, "words"), " ")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		var joined strings.Builder
		for _, line := range Wrap(in, width) {
			if Width(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
			joined.WriteString(line)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(joined.String()) != squeeze(Clean(in)) {
			t.Fatalf("lost or invented text: %q from %q", joined.String(), in)
		}
		if got := Pad(Line(in), width); Width(got) != width {
			t.Fatalf("Pad gives %d cells: %q", Width(got), got)
		}
	})
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		digits   int
		want     string
	}{
		{1, 2, 0, "1"}, {-1, 2, 0, "-1"}, {3, 2, 0, "2"}, {5, 2, 0, "3"}, {1, 3, 2, "0.33"}, {-1, 3, 0, "0"}, {-1, 1000, 2, "0.00"},
		{1, 200, 2, "0.01"}, {-1, 200, 2, "-0.01"}, {0, 1, 1, "0.0"}, {100, 1, 0, "100"},
	} {
		if got := Decimal(big.NewRat(c.num, c.den), c.digits); got != c.want {
			t.Errorf("Decimal(%d/%d, %d) = %s, want %s", c.num, c.den, c.digits, got, c.want)
		}
	}
	for want, r := range map[string]*big.Rat{"80.0": big.NewRat(80, 1), "16.5": big.NewRat(33, 2), "71.25": big.NewRat(285, 4), "0.0": big.NewRat(-1, 1000), "0.67": big.NewRat(2, 3), "-0.01": big.NewRat(-1, 200)} {
		if got := Data(r); got != want {
			t.Errorf("Data(%s) = %s, want %s", r, got, want)
		}
	}
	for _, c := range []struct {
		num, den int64
		at       []int
		want     string
	}{
		{99, 10, nil, "10"}, {99, 10, []int{10}, "9.9"}, {10, 1, []int{10}, "10"}, {101, 10, []int{10}, "10.1"}, {999, 100, []int{10}, "9.99"},
		{6496, 100, []int{65, 45}, "64.96"}, {451, 10, []int{45, 65}, "45.1"}, {1, 3, []int{65}, "0"}, {1, 100_000_000, []int{0}, "0.000000"},
	} {
		if got := Figure(big.NewRat(c.num, c.den), c.at...); got != c.want {
			t.Errorf("Figure(%d/%d, %v) = %s, want %s", c.num, c.den, c.at, got, c.want)
		}
	}
}
