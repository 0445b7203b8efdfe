package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/text"
)

// ChangeFormats lists the formats of the change of a cohort, the default first.
func ChangeFormats() []Format[*cohort.Change] {
	return []Format[*cohort.Change]{
		{"text", cohortChangeText},
		{"json", cohortChangeJSON},
	}
}

// shownIDs is how many ids the text lists.
const shownIDs = 20

func cohortChangeText(w io.Writer, c *cohort.Change, look Look) error {
	p := &page{look: look}
	p.paragraph(fmt.Sprintf("%d %s in both tables; %d changed outcome.", c.Matched, text.Plural(c.Matched, "person is", "people are"), len(c.Moved)))
	if len(c.Transitions) > 0 {
		p.heading("From and to")
		for _, t := range c.Transitions {
			s := fmt.Sprintf("%s → %s: %d", text.Line(t.From), text.Line(t.To), t.Count)
			if t.From == t.To {
				s = fmt.Sprintf("%s, as before: %d", text.Line(t.From), t.Count)
			}
			p.hang(indent, s)
		}
	}
	if c.Matched > 0 {
		p.heading("Change of the scores (points, with 95% intervals)")
		for _, d := range c.Dimensions {
			p.hang(indent, text.Line(d.ID)+": "+shiftWords(d))
		}
	}
	if len(c.Moved) > 0 {
		p.heading("Who changed")
		for _, m := range c.Moved[:min(len(c.Moved), shownIDs)] {
			p.hang(indent, fmt.Sprintf("%s: %s → %s", text.Line(m.ID), text.Line(m.From), text.Line(m.To)))
		}
		p.andMore(len(c.Moved) - shownIDs)
	}
	p.ids("Only in the first table", c.OnlyOld)
	p.ids("Only in the second table", c.OnlyNew)
	p.ids("More than once in a table, and left out", c.Repeated)
	return p.flush(w)
}

func shiftWords(d cohort.DimensionChange) string {
	if !d.Mean.Known() {
		return "unknown: " + d.Mean.Why
	}
	s := fmt.Sprintf("%+.1f", d.Mean.Value)
	if d.Mean.Interval.Why == "" {
		s += fmt.Sprintf(" (%+.1f to %+.1f)", d.Mean.Interval.Low, d.Mean.Interval.High)
		if d.Mean.Interval.Low <= 0 && d.Mean.Interval.High >= 0 {
			s += ", which may be chance"
		}
		return s
	}
	return s + "; no interval: " + d.Mean.Interval.Why
}

func (p *page) ids(heading string, ids []string) {
	if len(ids) == 0 {
		return
	}
	p.heading(fmt.Sprintf("%s: %d", heading, len(ids)))
	var clean []string
	for _, id := range ids[:min(len(ids), shownIDs)] {
		clean = append(clean, text.Line(id))
	}
	p.hang(indent, strings.Join(clean, ", "))
	p.andMore(len(ids) - shownIDs)
}

func (p *page) andMore(n int) {
	if n > 0 {
		p.line(fmt.Sprintf("%sand %d more (--format json has them all)", indent, n))
	}
}

type jsonCohortChange struct {
	Schema      int                   `json:"schema"`
	Matched     int                   `json:"matched"`
	Changed     int                   `json:"changed"`
	Transitions []jsonTransition      `json:"transitions"`
	Dimensions  []jsonDimensionChange `json:"dimensions"`
	People      []jsonMover           `json:"people"`
	OnlyOld     []string              `json:"only_old"`
	OnlyNew     []string              `json:"only_new"`
	Repeated    []string              `json:"repeated"`
	SameDigest  bool                  `json:"same_digest"`
}

type jsonTransition struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Count int    `json:"count"`
}

type jsonDimensionChange struct {
	ID       string      `json:"id"`
	N        int64       `json:"n"`
	Mean     *float64    `json:"mean"`
	Interval *[2]float64 `json:"interval"`
	SD       *float64    `json:"sd"`
	Why      why         `json:"why,omitempty"`
}

type jsonMover struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
}

func cohortChangeJSON(w io.Writer, c *cohort.Change, _ Look) error {
	out := jsonCohortChange{
		Schema: jsonout.Schema, Matched: c.Matched, Changed: len(c.Moved), Transitions: []jsonTransition{}, Dimensions: []jsonDimensionChange{},
		People: []jsonMover{}, OnlyOld: some(c.OnlyOld), OnlyNew: some(c.OnlyNew), Repeated: some(c.Repeated), SameDigest: !c.Digests,
	}
	for _, t := range c.Transitions {
		out.Transitions = append(out.Transitions, jsonTransition(t))
	}
	for _, d := range c.Dimensions {
		because := make(why)
		out.Dimensions = append(out.Dimensions, jsonDimensionChange{
			d.ID, d.N, because.of("mean", d.Mean.Figure), because.interval("interval", d.Mean.Interval), because.of("sd", d.SD), because,
		})
	}
	for _, m := range c.Moved {
		out.People = append(out.People, jsonMover(m))
	}
	return jsonout.Write(w, out)
}
