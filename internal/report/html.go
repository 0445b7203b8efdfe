package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// The pages in HTML: one file each that loads nothing and runs nothing. The
// templates lay out, what stands in them is made ready in Go.

//go:embed html
var pages embed.FS

// pageTemplates are read when the first page is written: most runs write none.
var pageTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pages, "html/*.html"))
})

// htmlPage is what every page has around its own content.
type htmlPage struct {
	Title  string
	Source string
	View   any
}

// Style is the style sheet, word for word: the policy has its hash.
func (htmlPage) Style() (template.CSS, error) {
	css, err := pages.ReadFile("html/style.css")
	return template.CSS(css), err
}

// Policy is the Content Security Policy (W3C, level 3): nothing may be loaded or
// run, and no style but the page's own holds.
func (p htmlPage) Policy() (string, error) {
	css, err := p.Style()
	sum := sha256.Sum256([]byte(css))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'", err
}

// writeHTML writes a page by the template of this name.
func writeHTML(w io.Writer, name string, p htmlPage) error {
	var b bytes.Buffer
	if err := pageTemplates().ExecuteTemplate(&b, name, p); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// voice gives the quiz's own words the language they are in.
type voice struct{ lang string }

func voiceOf(q *quiz.Quiz) voice {
	if strings.EqualFold(q.Lang, "en") || strings.HasPrefix(strings.ToLower(q.Lang), "en-") {
		return voice{}
	}
	return voice{q.Lang}
}

// line is text from outside on one line, made safe here and nowhere else.
func (v voice) line(s string) template.HTML {
	safe := template.HTMLEscapeString(text.Line(s))
	switch {
	case safe == "" || v.lang == "" && isLatin(safe):
		return template.HTML(safe)
	case v.lang == "":
		return template.HTML("<bdi>" + safe + "</bdi>")
	}
	return template.HTML(`<bdi lang="` + template.HTMLEscapeString(v.lang) + `">` + safe + `</bdi>`)
}

// isLatin reports whether there is nothing in a text that could be written from
// right to left: the first such character is U+0590.
func isLatin(s string) bool {
	for _, r := range s {
		if r >= 0x590 {
			return false
		}
	}
	return true
}

// paragraphs parts a longer text.
func (v voice) paragraphs(s string) []template.HTML {
	var all []template.HTML
	for part := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p := v.line(part); p != "" {
			all = append(all, p)
		}
	}
	return all
}
