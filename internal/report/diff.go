package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/diff"
	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// Diff is what changed between two versions, with the people it was tried on.
type Diff struct {
	*diff.Diff
	People []diff.Person // nil: no answer sheets were given
}

// DiffFormats lists the formats of a comparison of two versions, the default first.
func DiffFormats() []Format[*Diff] {
	return []Format[*Diff]{
		{"text", diffText},
		{"json", diffJSON},
	}
}

func diffText(w io.Writer, d *Diff, look Look) error {
	p := &page{look: look}
	p.title(fmt.Sprintf("%s %s → %s %s", d.Old.ID, d.Old.Version, d.New.ID, d.New.Version))
	if len(d.Changes) == 0 {
		p.paragraph("Nothing changed.")
	}
	for i := range d.Changes {
		p.change(&d.Changes[i], len(d.Changes) > 1)
	}
	p.moved(d)
	p.people(d)
	if !d.Version.OK {
		p.gap()
		p.paragraph("Version: " + d.Version.Message + ".")
	}
	return p.flush(w)
}

// changeLabel is the word that stands before a change, as wide as all of them.
func changeLabel(c *diff.Change) string {
	if c.Breaking {
		return "breaking"
	}
	return string(c.Class)
}

// change writes one change, and what it does by itself where there are several.
func (p *page) change(c *diff.Change, several bool) {
	label := p.look.bold(text.Pad(changeLabel(c), len("breaking"))) + "  "
	p.hang(label, text.Line(c.String()))
	var more []string
	switch {
	case c.Intended:
		more = append(more, "intended: its id is listed as retired")
	case c.Breaking && c.To == "" && c.From == "":
		more = append(more, "list its id under `retired`, so that it does not come back with another meaning")
	}
	if c.Why != "" {
		more = append(more, c.Why)
	}
	if several && c.Moved != nil && c.Class == diff.Scoring {
		more = append(more, "by itself it moves "+movedFigure(c.Moved)+" of answer sheets")
	}
	if len(more) > 0 {
		p.hang(strings.Repeat(" ", len("breaking")+2), text.Line(strings.Join(more, "; "))+".")
	}
}

// movedFigure is a share for people, said to be one of a sample where it is.
func movedFigure(m *odds.Moved) string {
	if m.Exact {
		return shareFigure(m.Share.Share) + "%"
	}
	return fmt.Sprintf("between %s%% and %s%%", shareFigure(m.Share.Low), shareFigure(m.Share.High))
}

// moved says what all changes together do.
func (p *page) moved(d *Diff) {
	m := d.Moved
	if len(d.Changes) > 0 {
		p.gap()
	}
	switch {
	case m == nil && len(d.Changes) > 0:
		p.paragraph("The digest stays: stored sheets are scored as before.")
		return
	case m == nil:
		return
	case m.Exact && m.Share.Exact.Sign() == 0:
		which := "no complete answer sheet gets"
		if d.Breaking {
			which = "no sheet that both versions can read gets"
		}
		p.paragraph("The digest changes, but " + which + " another outcome: all of them were counted.")
		return
	}
	sentence := fmt.Sprintf("Together: %s of answer sheets get another outcome", movedFigure(m))
	if m.Exact {
		sentence += " (exact: all of them were counted)."
	} else {
		sentence += fmt.Sprintf(" (measured on %d random ones, seed %d; not counted because %s).", m.Samples, m.Seed, m.Why)
	}
	p.paragraph(sentence)
	for _, t := range m.Turns {
		p.hang(indent, fmt.Sprintf("%s → %s: %s%%", idOrNone(t.From), idOrNone(t.To), shareFigure(t.Share.Share)))
	}
	if m.Witness != nil {
		p.gap()
		p.paragraph(fmt.Sprintf("One that goes from %s to %s:", idOrNone(m.Witness.From), idOrNone(m.Witness.To)))
		p.line("answers = " + diag.InlineTOML(movedAnswers(d)))
	}
}

func idOrNone(id string) string {
	if id == "" {
		return "no outcome"
	}
	return id
}

// movedAnswers writes the witness as a sheet holds it: what both versions ask, and what one of them does.
func movedAnswers(d *Diff) map[string]any {
	all := make(map[string]any)
	for _, of := range []struct {
		q       *quiz.Quiz
		answers quiz.Answers
	}{{d.New, d.Moved.Witness.New}, {d.Old, d.Moved.Witness.Old}} {
		for id, a := range of.answers {
			all[id] = of.q.Question(id).Form().Value(a)
		}
	}
	return all
}

func (p *page) people(d *Diff) {
	if d.People == nil {
		return
	}
	moved := 0
	for _, one := range d.People {
		if one.Moved() {
			moved++
		}
	}
	p.gap()
	p.paragraph(fmt.Sprintf("Of %d stored %s, %d %s another outcome.", len(d.People), text.Plural(len(d.People), "sheet", "sheets"),
		moved, text.Plural(moved, "gets", "get")))
	for _, one := range d.People {
		if !one.Moved() {
			continue
		}
		s := fmt.Sprintf("%s: %s → %s", one.Name, one.From, idOrNone(one.To))
		if one.Why != "" {
			s += " (" + one.Why + ")"
		}
		p.hang(indent, text.Line(s))
	}
}
