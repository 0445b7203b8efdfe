package report

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/stats"
	"github.com/rolefit/rolefit/internal/text"
)

// CohortText says what a cohort comes to: who fits what, what to trust, and what
// to look at in the quiz.
func CohortText(w io.Writer, s *cohort.Summary, look Look) error {
	p := &page{look: look}
	p.paragraph(scoredWords(s))
	p.cohortRejects(s)
	if s.Scored > 0 {
		p.cohortOutcomes(s)
		p.cohortTrust(s)
		p.cohortQuiz(s)
		p.cohortFlags(s)
		p.cohortGroups(s)
	}
	return p.flush(w)
}

func scoredWords(s *cohort.Summary) string {
	return fmt.Sprintf("%s of %s %s scored.", grouped(big.NewInt(s.Scored)), grouped(big.NewInt(s.Rows)), text.Plural(int(min(s.Rows, 2)), "row was", "rows were"))
}

func (p *page) cohortRejects(s *cohort.Summary) {
	if s.Rejected == 0 {
		return
	}
	p.paragraph(fmt.Sprintf("%s could not be scored; --rejects FILE has each of them with its reason:", grouped(big.NewInt(s.Rejected))))
	for _, r := range s.FirstRejects {
		p.hang(indent, fmt.Sprintf("row %d: %s", r.Row, text.Line(r.Reason)))
	}
	if more := s.Rejected - int64(len(s.FirstRejects)); more > 0 {
		p.line(fmt.Sprintf("%sand %s more", indent, grouped(big.NewInt(more))))
	}
}

func (p *page) cohortOutcomes(s *cohort.Summary) {
	p.heading("Who fits what (percent, with 95% intervals)")
	for _, o := range s.Outcomes {
		p.hang(indent, fmt.Sprintf("%s: %d, %s%% (%s to %s)", text.Line(o.Name), o.Count,
			shareFigure(o.Share), shareFigure(o.Low), shareFigure(o.High)))
	}
}

// reliable is from which α on a scale is usually called good enough to compare groups by (Nunnally 1978).
const reliable = 0.7

func (p *page) cohortTrust(s *cohort.Summary) {
	p.heading("What to trust")
	for i := range s.Dimensions {
		d := &s.Dimensions[i]
		if !d.Spread.Mean.Known() {
			continue
		}
		words := fmt.Sprintf("%s: mean %.1f%s. %s", text.Line(d.Dimension.Name), d.Spread.Mean.Value, spreadWords(d.Spread.SD), alphaWords(d.Scale))
		p.hang(indent, words)
	}
	p.marginWords(s.Margin)
}

func spreadWords(sd stats.Figure) string {
	if !sd.Known() {
		return ""
	}
	return fmt.Sprintf(", standard deviation %.1f", sd.Value)
}

func alphaWords(s *stats.Scale) string {
	if !s.Alpha.Known() {
		return "Reliability unknown: " + s.Alpha.Why + "."
	}
	out := "Reliability (alpha) " + two(s.Alpha.Value)
	if s.Alpha.Interval.Why == "" {
		out += fmt.Sprintf(" (%s to %s)", two(s.Alpha.Interval.Low), two(s.Alpha.Interval.High))
	}
	switch {
	case s.Alpha.Value < reliable && s.SEM.Known():
		return out + fmt.Sprintf(": low. One person's score is off by some %.0f points either way.", s.SEM.Value)
	case s.Alpha.Value < reliable:
		return out + ": too low to say anything about one person."
	case s.SEM.Known():
		return out + fmt.Sprintf("; one person's score is off by some %.0f points either way.", s.SEM.Value)
	}
	return out + "."
}

// two writes a figure with two decimals; what rounds to nothing has no sign.
func two(v float64) string {
	s := fmt.Sprintf("%.2f", v)
	if s == "-0.00" {
		return "0.00"
	}
	return s
}

// marginWords says whether the hybrid's band is wider than chance.
func (p *page) marginWords(m *cohort.MarginCheck) {
	if m != nil {
		p.hang(indent, marginCheckWords(m))
	}
}

func marginCheckWords(m *cohort.MarginCheck) string {
	words := fmt.Sprintf("%s against %s: ", text.Line(m.Roles[0].Name), text.Line(m.Roles[1].Name))
	if !m.Contrast.SE.Known() {
		return words + "how far chance moves the lead is unknown: " + m.Contrast.SE.Why + "."
	}
	words += fmt.Sprintf("chance alone moves the lead by some %.0f points.", m.Contrast.SE.Value)
	switch {
	case m.Hybrid == nil:
		return words + " No hybrid lies between them, so leads smaller than that mean little."
	case m.Narrower:
		return words + fmt.Sprintf(" The hybrid's margin of %d is narrower: some who are told one role might as well have been told the other.", m.Hybrid.Margin)
	}
	return words + fmt.Sprintf(" The hybrid's margin of %d is wide enough for that.", m.Hybrid.Margin)
}

// From so many people on, and by so much, is a better α without a question worth
// saying; where α is below 0, every question seems better left out.
const (
	enoughPeople = 50
	worthSaying  = 0.03
)

// cohortQuiz lists questions that may be at fault.
func (p *page) cohortQuiz(s *cohort.Summary) {
	found := faults(s)
	if len(found) == 0 {
		return
	}
	p.heading("What to look at in the quiz")
	for _, f := range found {
		p.hang(indent, f)
	}
}

// faults says which questions may be at fault.
func faults(s *cohort.Summary) []string {
	var found []string
	for i := range s.Dimensions {
		d := &s.Dimensions[i]
		for k, item := range d.Scale.Items {
			switch {
			case item.Suspect:
				found = append(found, fmt.Sprintf("%s runs against the rest of %s (r %s): is its key the wrong way round?",
					d.Items[k].ID, text.Line(d.Dimension.Name), two(item.ItemRest.Value)))
			case d.Scale.N >= enoughPeople && d.Scale.Alpha.Value > 0 && item.AlphaDropped.Known() && item.AlphaDropped.Value > d.Scale.Alpha.Value+worthSaying:
				found = append(found, fmt.Sprintf("%s: without %s, alpha would be %s instead of %s.",
					text.Line(d.Dimension.Name), d.Items[k].ID, two(item.AlphaDropped.Value), two(d.Scale.Alpha.Value)))
			}
		}
	}
	return found
}

func (p *page) cohortFlags(s *cohort.Summary) {
	var marked []string
	for _, f := range s.Flags {
		if f.Count > 0 {
			marked = append(marked, fmt.Sprintf("%s %d", f.Name, f.Count))
		}
	}
	if len(marked) == 0 {
		return
	}
	p.heading("Worth a second look")
	p.hang(indent, strings.Join(marked, ", ")+". The column `flags` says who. Such signs are often chance: talk to people, do not leave them out.")
}

// shownGroups is how many groups the text names.
const shownGroups = 20

func groupName(s string) string {
	if s = text.Line(s); s == "" {
		return "(empty)"
	}
	return s
}

func (p *page) cohortGroups(s *cohort.Summary) {
	if s.GroupsWhy != "" {
		p.heading("Groups")
		p.hang(indent, s.GroupsWhy+".")
	}
	if len(s.Groups) == 0 {
		return
	}
	p.heading("Groups")
	for _, g := range s.Groups[:min(len(s.Groups), shownGroups)] {
		var parts []string
		for _, o := range g.Outcomes {
			parts = append(parts, fmt.Sprintf("%s %d", o.ID, o.Count))
		}
		p.hang(indent, fmt.Sprintf("%s: %d scored; %s", groupName(g.Name), g.Rows, strings.Join(parts, ", ")))
	}
	if more := len(s.Groups) - shownGroups; more > 0 {
		p.line(fmt.Sprintf("%sand %d more in --summary FILE", indent, more))
	}
}
