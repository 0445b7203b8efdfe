package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

// hostile are texts that would do harm if a page took them for its own.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</title><script src=https://example.com/x.js></script>`,
	`</style><style>*{display:none}</style>`, `{{.}} {{define "x"}}`, "\u202etxt.exe\x1b[2J", `javascript:alert(1)`,
	`' onmouseover='alert(1)`, `<!--`, `]]><svg/onload=alert(1)>`, `&lt;b&gt;`,
}

// allowedTags has the elements of the pages, and of each the attributes.
var allowedTags = map[string]string{
	"html": "lang", "head": "", "meta": "charset http-equiv content name", "title": "", "style": "", "body": "", "a": "class href rel",
	"header": "", "main": "id", "footer": "", "h1": "", "h2": "", "h3": "", "p": "class", "div": "class aria-hidden tabindex role aria-label",
	"span": "class aria-hidden", "bdi": "lang", "br": "", "ul": "class", "ol": "class", "li": "", "table": "class", "caption": "", "thead": "", "tbody": "class",
	"tr": "", "th": "scope class colspan", "td": "class", "figure": "", "figcaption": "", "details": "", "summary": "", "section": "",
	"svg":  "class viewbox preserveaspectratio aria-hidden role aria-label",
	"rect": "class x y width height", "line": "class x1 x2 y1 y2", "circle": "class cx cy r",
}

// inert reads a page and returns its text. It fails on whatever could load or
// run something, or style the page anew.
func inert(t testing.TB, page []byte) string {
	t.Helper()
	var words strings.Builder
	policy, style := "", ""
	z := html.NewTokenizer(bytes.NewReader(page))
	for inside := ""; ; {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			sum := sha256.Sum256([]byte(style))
			if want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"; policy != want {
				t.Fatalf("policy %s, want %s", policy, want)
			}
			return words.String()
		case html.TextToken:
			if inside == "style" {
				style += string(z.Raw())
			} else {
				words.WriteString(string(z.Text()))
			}
		case html.EndTagToken:
			inside = ""
		case html.CommentToken:
			t.Fatalf("a comment: %s", z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			inside = token.Data
			if p := tagOf(t, token); p != "" {
				policy = p
			}
		}
	}
}

// tagOf checks a tag, and returns the policy if it sets it.
func tagOf(t testing.TB, token html.Token) (policy string) {
	t.Helper()
	attributes, known := allowedTags[token.Data]
	if !known {
		t.Fatalf("the page has an element %s", token)
	}
	for _, a := range token.Attr {
		if !strings.Contains(" "+attributes+" ", " "+strings.ToLower(a.Key)+" ") {
			t.Fatalf("the element %s has the attribute %s", token, a.Key)
		}
		if a.Key == "href" && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "#") {
			t.Fatalf("a link to %q", a.Val)
		}
		if a.Key == "content" && strings.Contains(a.Val, "default-src") {
			policy = a.Val
		}
	}
	return policy
}

// spoil gives a quiz hostile words wherever it has words.
func spoil(t *rapid.T, q *quiz.Quiz) {
	draw := func() string { return rapid.SampledFrom(hostile).Draw(t, "words") }
	q.Title, q.Lang = draw(), rapid.SampledFrom([]string{"", "en", "de", `"><b>`}).Draw(t, "lang")
	for i := range q.Dimensions {
		d := &q.Dimensions[i]
		d.Name, d.About, d.Low, d.High = draw(), draw(), draw(), draw()
	}
	step := quiz.Step{Title: draw(), Kind: "learn", Detail: draw(), URL: rapid.SampledFrom([]string{"", "https://example.com/?a='\"><b>", "javascript:alert(1)"}).Draw(t, "url")}
	says := make(map[string]string)
	for i := range q.Roles {
		r := &q.Roles[i]
		r.Name, r.Tagline, r.Summary, r.Path, r.Steps = draw(), draw(), draw(), []string{draw()}, []quiz.Step{step}
		says[r.ID] = draw()
	}
	for i := range q.Hybrids {
		q.Hybrids[i].Name = draw()
	}
	q.Contrasts = []quiz.Contrast{{Aspect: draw(), Dimension: q.Dimensions[0].ID, Says: says}, {Aspect: draw(), Says: says}}
	q.Notes = []quiz.Note{{Text: draw()}}
}

// answered scores random answers.
func answered(t *rapid.T, c *score.Compiled) *score.Result {
	answers := make(quiz.Answers)
	for _, q := range c.Questions {
		answers[q.ID] = rapid.SampledFrom(q.Alternatives).Draw(t, "answer")
	}
	r, err := c.Score(answers)
	if err != nil {
		t.Skip("cannot be scored")
	}
	return r
}

// TestPagesAreInert: whatever a quiz, a sheet or a table says stands on a page as text.
func TestPagesAreInert(t *testing.T) {
	people := int64(0)
	rapid.Check(t, func(r *rapid.T) {
		q := quiztest.Quiz(r, quiztest.Small)
		spoil(r, q)
		for _, one := range q.Questions {
			one.Ask = rapid.SampledFrom(hostile).Draw(r, "ask")
		}
		c := score.Compile(q)
		result := &Result{Result: answered(r, c)}
		result.Respondent = rapid.SampledFrom(hostile).Draw(r, "respondent")
		ledger, near := c.Ledger(result.Result), odds.Around(c, result.Result, odds.DefaultLimits())
		result.Ledger, result.Near = &ledger, &near
		o, err := odds.Of(c, odds.DefaultLimits())
		if err != nil {
			r.Skip("unscorable")
		}
		summary, roster := hostileCohort(r, c)
		people += summary.Scored
		for name, write := range map[string]func(io.Writer) error{
			"cohort":  func(w io.Writer) error { return CohortHTML(w, summary, roster) },
			"result":  func(w io.Writer) error { return resultHTML(w, result, Look{}) },
			"compare": func(w io.Writer) error { return compareHTML(w, q, Look{}) },
			"odds":    func(w io.Writer) error { return oddsHTML(w, o, Look{}) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				r.Fatalf("%s: %v", name, err)
			}
			words := inert(t, b.Bytes())
			if want := strings.Join(strings.Fields(q.Title), " "); !strings.ContainsAny(want, "\x1b") && !strings.Contains(words, want) {
				r.Fatalf("%s lacks the title %q", name, want)
			}
		}
	})
	if people == 0 {
		t.Error("nobody was scored")
	}
}

// hostileCohort scores a table whose ids, groups and answers are hostile.
func hostileCohort(t *rapid.T, c *score.Compiled) (*cohort.Summary, *cohort.Roster) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	header := []string{"id", "group"}
	for _, q := range c.Questions {
		header = append(header, q.ID)
	}
	_ = w.Write(header)
	long := strings.Repeat("x", 10_000)
	for range rapid.IntRange(0, 12).Draw(t, "people") {
		words := rapid.SampledFrom(append(hostile, "", long, "=1+1"))
		row := []string{words.Draw(t, "id"), words.Draw(t, "group")}
		for i, q := range c.Quiz.Questions {
			a := rapid.SampledFrom(c.Questions[i].Alternatives).Draw(t, "answer")
			cell, _ := json.Marshal(q.Form().Value(a))
			row = append(row, strings.Trim(string(cell), `"`))
			if rapid.IntRange(0, 20).Draw(t, "spoilt") == 0 {
				row[len(row)-1] = words.Draw(t, "cell")
			}
		}
		_ = w.Write(row)
	}
	w.Flush()
	roster := cohort.NewRoster(c)
	s := cohort.New(c, cohort.Options{Columns: columns.Options{By: "group"}, Results: io.Discard, Roster: roster, Thresholds: cohort.DefaultThresholds()})
	src, err := rows.Open(&b, rows.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	if err := s.Table(context.Background(), src); err != nil {
		t.Skip("the table is refused")
	}
	return s.Summary(), roster
}

// TestBandHoldsTheMark: on the line between the two leading roles the mark is inside
// the band when the outcome is its hybrid, and outside otherwise.
func TestBandHoldsTheMark(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := answered(t, score.Compile(quiztest.Quiz(t, quiztest.Small)))
		h := band(r)
		if h == nil {
			t.Skip("no hybrid")
		}
		v := bandOf(r)
		var from, wide, mark float64
		for to, s := range map[*float64]string{&from: v.Hybrid.X, &wide: v.Hybrid.Width, &mark: v.Mark} {
			var err error
			if *to, err = strconv.ParseFloat(s, 64); err != nil {
				t.Fatal(err)
			}
		}
		middle := mark + 0.6
		inside := middle >= from-0.02 && middle <= from+wide+0.02
		if r.Outcome.ID == h.ID != inside && r.Margin.Cmp(big.NewRat(int64(h.Margin), 1)) != 0 && float64(v.Reach) > 0 && mark > 0 && mark < 98.8 {
			t.Fatalf("mark %v, band from %v, wide %v, outcome %s, margin %v", middle, from, wide, r.Outcome.ID, r.Margin)
		}
	})
}

// TestLean: a high score leans to the role of whose fit it makes up most, a low one to
// the one of which it makes up least, and what is alike for two to none.
func TestLean(t *testing.T) {
	role := func(weight int) quiz.Role {
		return quiz.Role{Weights: quiz.Points{"d": weight, "e": 4 - max(weight, -weight)}}
	}
	for i, one := range []struct {
		score   int64
		weights []int
		want    int
	}{
		{80, []int{2, 0}, 0}, {60, []int{0, 2}, 1}, {20, []int{2, 0}, 1}, {40, []int{-1, 0}, 0}, {50, []int{2, 0}, -1},
		{80, []int{1, 1}, -1}, {80, []int{1, 2, 2}, -1}, {20, []int{1, 2, 2}, 0}, {80, []int{-1, 0, 0}, -1}, {90, []int{0, 1, 3}, 2},
	} {
		q := &quiz.Quiz{}
		for _, w := range one.weights {
			q.Roles = append(q.Roles, role(w))
		}
		d := &score.DimensionScore{Dimension: &quiz.Dimension{ID: "d"}, Score: big.NewRat(one.score, 1)}
		if got := leanOf(q, d); got != one.want {
			t.Errorf("%d: leans to %d, want %d", i, got, one.want)
		}
	}
	q := &quiz.Quiz{Roles: []quiz.Role{{Weights: quiz.Points{"d": 1}}, {Weights: quiz.Points{"d": 2, "e": 8}}}}
	d := &score.DimensionScore{Dimension: &quiz.Dimension{ID: "d"}, Score: big.NewRat(100, 1)}
	if got := leanOf(q, d); got != 0 { // it is all of the first role's fit, and a fifth of the second's
		t.Errorf("leans to %d, want 0", got)
	}
}

// TestVoice: words of a quiz in another language say which.
func TestVoice(t *testing.T) {
	for lang, want := range map[string]string{"": "a &lt; b", "en-GB": "a &lt; b", "de": `<bdi lang="de">a &lt; b</bdi>`, `"x`: `<bdi lang="&#34;x">a &lt; b</bdi>`} {
		if got := fmt.Sprint(voiceOf(&quiz.Quiz{Lang: lang}).line("a <\n b")); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}
