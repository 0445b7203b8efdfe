package report

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"pgregory.net/rapid"

	parser "golang.org/x/net/html"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// markup are texts that Markdown would read as its own.
var markup = []string{
	"*a*", "__b__", "~~c~~", "`d`", "[e](https://example.com)", "![f](https://example.com/x.png)", "| g | h |", "# i", "1. j", "- k", "+ l",
	"<script>m</script>", "<!-- n -->", "&amp;", `o\`, "```", "$p$ and $q$", "> r", "---", "===", "https://example.com", "[^1]", "a  \nb", "x\n\n# y", "-", "",
}

// TestMarkdownSaysWhatTheQuizSays: rendered as GitHub renders it, raw HTML let
// through, a page has the elements of its own and the quiz's words as they are.
func TestMarkdownSaysWhatTheQuizSays(t *testing.T) {
	render := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough), goldmark.WithRendererOptions(html.WithUnsafe()))
	own := regexp.MustCompile(`^(h1|h2|p|strong|ul|ol|li|table|thead|tbody|tr|th|td|a)$`)
	rapid.Check(t, func(r *rapid.T) {
		draw := func() string { return rapid.SampledFrom(markup).Draw(r, "words") }
		q := quiztest.Quiz(r, quiztest.Small)
		q.Title = "A " + draw()
		for i := range q.Roles {
			q.Roles[i].Name, q.Roles[i].Tagline, q.Roles[i].Summary = "R"+draw(), draw(), draw()+"\n\n"+draw()
			q.Roles[i].Steps = []quiz.Step{{Title: "S" + draw(), Kind: "learn", Detail: draw(), URL: "https://example.com/"}}
		}
		for _, one := range q.Questions {
			one.Ask = draw()
		}
		says := map[string]string{q.Roles[0].ID: draw()}
		q.Contrasts = []quiz.Contrast{{Aspect: "c" + draw(), Says: says}}
		q.Notes = []quiz.Note{{Text: "N" + draw()}}
		c := score.Compile(q)
		result := &Result{Result: answered(r, c)}
		ledger, near := c.Ledger(result.Result), odds.Around(c, result.Result, odds.DefaultLimits())
		result.Ledger, result.Near, result.Respondent = &ledger, &near, draw()
		for name, write := range map[string]func(io.Writer) error{
			"result":  func(w io.Writer) error { return resultMarkdown(w, result, Look{}) },
			"compare": func(w io.Writer) error { return compareMarkdown(w, q, Look{}) },
		} {
			var source, page bytes.Buffer
			if err := write(&source); err != nil {
				r.Fatal(err)
			}
			if err := render.Convert(source.Bytes(), &page); err != nil {
				r.Fatal(err)
			}
			words := holdsOnly(r, page.Bytes(), own, name, source.String())
			for _, want := range []string{q.Title, q.Roles[0].Name} {
				if want = strings.Join(strings.Fields(want), " "); !strings.Contains(words, want) {
					r.Fatalf("%s lacks %q:\n%s", name, want, page.String())
				}
			}
		}
	})
}

// holdsOnly returns a rendered page's text, and fails on elements that are not its own
// and on links that are no step's.
func holdsOnly(t *rapid.T, page []byte, own *regexp.Regexp, name, source string) string {
	var words strings.Builder
	z := parser.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case parser.ErrorToken:
			return words.String()
		case parser.TextToken:
			words.WriteString(parser.UnescapeString(string(z.Raw())))
		case parser.CommentToken:
			t.Fatalf("%s has a comment:\n%s", name, source)
		case parser.StartTagToken, parser.SelfClosingTagToken:
			token := z.Token()
			if !own.MatchString(token.Data) {
				t.Fatalf("%s has an element %s:\n%s", name, token, source)
			}
			for _, a := range token.Attr {
				if a.Key == "href" && a.Val != "https://example.com/" {
					t.Fatalf("%s links to %s:\n%s", name, a.Val, source)
				}
			}
		}
	}
}
