package report

import (
	"html/template"
	"io"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// compareView is what the page of a comparison shows.
type compareView struct {
	Quiz      template.HTML
	Headline  string
	Contrasts *contrastsView
	Cards     []cardView
}

// cardView is a role's card.
type cardView struct {
	Name, Tagline template.HTML
	Summary       []template.HTML
	Asks          []template.HTML
	Path          template.HTML
	Steps         []stepView
}

// compareHTML writes the roles side by side, and a card of each, as a page.
func compareHTML(w io.Writer, q *quiz.Quiz, _ Look) error {
	voice := voiceOf(q)
	v := compareView{Quiz: voice.line(q.Title), Headline: "The roles side by side", Contrasts: contrastsOf(q, nil)}
	for i := range q.Roles {
		r := &q.Roles[i]
		card := cardView{
			Name: voice.line(r.Name), Tagline: voice.line(r.Tagline), Summary: voice.paragraphs(r.Summary),
			Path: voice.line(joined(r.Path)), Steps: stepViews(q, r.Steps),
		}
		for n, s := range r.Steps {
			card.Steps[n].For = voice.line(forWhom(q, s.When))
		}
		for _, words := range asks(q, r) {
			card.Asks = append(card.Asks, voice.line(words))
		}
		v.Cards = append(v.Cards, card)
	}
	return writeHTML(w, "compare", htmlPage{Title: "The roles side by side: " + text.Line(q.Title), Source: source(q), View: v})
}
