package report

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// planeView is where people stand on two axes.
type planeView struct {
	Why       string
	Label     string
	Up, Right string
	Lines     []string
	Dots      []dot
	Key       []keyed
	Words     string
	Columns   []string
	Rows      []countRow
}

// side names the dimensions of an axis.
func side(q *quiz.Quiz, dimensions []int) string {
	names := make([]string, len(dimensions))
	for i, d := range dimensions {
		names[i] = text.Line(q.Dimensions[d].Name)
	}
	return strings.Join(names, " and ")
}

// binWidth is how many points a step of a score is wide.
const binWidth = 100 / cohort.Bins

// coarse is how many steps of the plane go into one of its table.
const coarse = 4

func planeOf(s *cohort.Summary, r *cohort.Roster) *planeView {
	if r.Plane == nil {
		return &planeView{Why: "There is no picture of it: that takes a dimension that counts more for one of the first two roles, and another that counts more for the other."}
	}
	p := r.Plane
	v := &planeView{Up: side(s.Quiz, p.Y), Right: side(s.Quiz, p.X), Key: outcomeKey(s.Quiz, s.Outcomes)}
	for at := 20; at < 100; at += 20 {
		v.Lines = append(v.Lines, fmt.Sprint(at))
	}
	v.dots(p)
	v.table(p)
	v.Words = fmt.Sprintf("Each dot is the people whose scores are within the same %d points both ways: to the right the mean of %s, "+
		"upwards that of %s. The larger the dot, the more people; its colour is their most frequent outcome.", binWidth, v.Right, v.Up)
	if len(s.Quiz.Roles) > 2 {
		v.Words += fmt.Sprintf(" The axes are what %s and %s ask for.", text.Line(s.Quiz.Roles[0].Name), text.Line(s.Quiz.Roles[1].Name))
	}
	v.Label = fmt.Sprintf("Chart of people by their scores: %s to the right, %s upwards. The table below has its figures.", v.Right, v.Up)
	return v
}

// dots draws the cells of the plane: their areas are as the numbers of people.
func (v *planeView) dots(p *cohort.Plane) {
	most := int64(1)
	for x := range p.Cells {
		for y := range p.Cells[x] {
			most = max(most, p.Cells[x][y].People)
		}
	}
	for x := range p.Cells {
		for y, cell := range p.Cells[x] {
			if cell.People == 0 {
				continue
			}
			radius := max(largestDot*math.Sqrt(float64(cell.People)/float64(most)), smallestDot)
			v.Dots = append(v.Dots, dot{
				Class: colourOf(slices.Index(cell.Outcomes, slices.Max(cell.Outcomes))),
				X:     units((float64(x) + 0.5) * binWidth), Y: units(100 - (float64(y)+0.5)*binWidth), R: units(radius),
			})
		}
	}
}

const (
	largestDot  = 2.4
	smallestDot = 0.7
)

// table counts by larger steps, the highest row first, as the chart has it.
func (v *planeView) table(p *cohort.Plane) {
	const steps = cohort.Bins / coarse
	name := func(i int) string { return fmt.Sprintf("%d to %d", i*coarse*binWidth, (i+1)*coarse*binWidth) }
	for x := range steps {
		v.Columns = append(v.Columns, v.Right+" "+name(x))
	}
	for y := steps - 1; y >= 0; y-- {
		row := countRow{Name: name(y)}
		for x := range steps {
			n := int64(0)
			for i := range coarse {
				for j := range coarse {
					n += p.Cells[x*coarse+i][y*coarse+j].People
				}
			}
			row.Counts = append(row.Counts, whole(n))
		}
		v.Rows = append(v.Rows, row)
	}
}

// dot is a circle of a chart.
type dot struct{ Class, X, Y, R string }

// spreadView is the distribution of one dimension.
type spreadView struct {
	Name  template.HTML
	Chart histogram
	Words string
}

// spreadsOf draws every dimension, and lists the figures of all.
func spreadsOf(s *cohort.Summary, r *cohort.Roster) (all []spreadView, bins []countRow) {
	for d := range s.Dimensions {
		one := &s.Dimensions[d]
		heights := make([]float64, cohort.Bins)
		for b, n := range r.Spread[d] {
			heights[b] = float64(n)
		}
		words := spreadSentence(one)
		all = append(all, spreadView{
			Name:  voiceOf(s.Quiz).line(one.Dimension.Name),
			Chart: newHistogram(fmt.Sprintf("Histogram of %s. %s", text.Line(one.Dimension.Name), words), heights, []string{"0", "50", "100"}, func(int) string { return "fill" }),
			Words: words,
		})
	}
	for b := range cohort.Bins {
		row := countRow{Name: fmt.Sprintf("%d to %d", b*binWidth, (b+1)*binWidth)}
		for d := range r.Spread {
			row.Counts = append(row.Counts, whole(r.Spread[d][b]))
		}
		bins = append(bins, row)
	}
	return all, bins
}

func spreadSentence(d *cohort.DimensionSummary) string {
	if !d.Spread.Mean.Known() {
		return "No figures: " + d.Spread.Mean.Why + "."
	}
	words := fmt.Sprintf("Mean %.1f%s", d.Spread.Mean.Value, spreadWords(d.Spread.SD))
	if q := d.Spread.Quartiles; q[0].Known() && q[2].Known() {
		words += fmt.Sprintf("; the middle half from %.0f to %.0f, half of all up to %.0f", q[0].Value, q[2].Value, q[1].Value)
	}
	return words + "."
}

// flaggedView is whom a flag marks.
type flaggedView struct {
	Words  string
	Counts []string
	Rows   []flaggedRow
}

type flaggedRow struct {
	Row, Person string
	Outcome     template.HTML
	Flags       string
}

// closeView is who is near to another outcome.
type closeView struct {
	Words string
	Rows  []closeRow
}

type closeRow struct {
	Row, Person  string
	Outcome      template.HTML
	Margin, Line string
}

// peopleTable lists those with one outcome.
type peopleTable struct {
	Name       template.HTML
	Label      string
	Caption    string
	Dimensions []template.HTML
	Rows       []personRow
}

type personRow struct {
	Row, Person, Group, Strength, Margin string
	Scores                               []string
	Flags                                string
}

// personName is what a page calls a person.
func personName(p *cohort.Person) string {
	if id := text.Line(p.ID); id != "" {
		return id
	}
	return "(no id)"
}

func flaggedOf(s *cohort.Summary, r *cohort.Roster) flaggedView {
	v := flaggedView{Words: "Nobody is flagged.", Counts: flagCounts(s)}
	if r.Marked > 0 {
		v.Words = fmt.Sprintf("%s of %s people are flagged. Such signs are often chance: talk to people, do not leave them out.", whole(r.Marked), whole(r.Total))
		if more := r.Marked - int64(len(r.Flagged)); more > 0 {
			v.Words += fmt.Sprintf(" The first %d are listed; the column flags of the results has them all.", len(r.Flagged))
		}
	}
	for i := range r.Flagged {
		p := &r.Flagged[i]
		v.Rows = append(v.Rows, flaggedRow{fmt.Sprint(p.Row), personName(p), voiceOf(s.Quiz).line(s.Outcomes[p.Outcome].Name), strings.Join(p.Flags, ", ")})
	}
	return v
}

// near is how many points from the line are close where chance is not known.
const near = 5

// closestOf lists those who are as near to another outcome as chance alone may move them.
func closestOf(s *cohort.Summary, r *cohort.Roster) *closeView {
	if len(s.Quiz.Roles) > 2 {
		return nil
	}
	reach := float64(near)
	if s.Margin != nil && s.Margin.Contrast.SE.Known() {
		reach = s.Margin.Contrast.SE.Value
	}
	v := &closeView{Words: fmt.Sprintf("Nobody is within %.0f points of the line between two outcomes.", reach)}
	for i := range r.Closest {
		c := &r.Closest[i]
		if distance, _ := c.Distance.Float64(); distance > reach {
			break
		}
		v.Words = fmt.Sprintf("These people are within %.0f points of the line between two outcomes: another answer or two may have been enough. "+
			"It is a good place to start a talk.", reach)
		v.Rows = append(v.Rows, closeRow{
			fmt.Sprint(c.Person.Row), personName(&c.Person), voiceOf(s.Quiz).line(s.Outcomes[c.Person.Outcome].Name),
			text.Decimal(c.Person.Margin, 1), text.Decimal(c.Distance, 1),
		})
	}
	return v
}

// peopleOf lists everybody, a table for each outcome.
func peopleOf(s *cohort.Summary, r *cohort.Roster) []peopleTable {
	var all []peopleTable
	listed := r.Listed()
	for i, o := range s.Outcomes {
		t := peopleTable{
			Name: voiceOf(s.Quiz).line(o.Name), Label: "People: " + text.Line(o.Name), Caption: "The clearest first; scores from 0 to 100, rounded",
		}
		for d := range s.Quiz.Dimensions {
			t.Dimensions = append(t.Dimensions, voiceOf(s.Quiz).line(s.Quiz.Dimensions[d].Name))
		}
		for k := range listed {
			if listed[k].Outcome == i {
				t.Rows = append(t.Rows, personOf(&listed[k]))
			}
		}
		if t.Rows != nil {
			all = append(all, t)
		}
	}
	return all
}

func personOf(p *cohort.Person) personRow {
	row := personRow{
		Row: fmt.Sprint(p.Row), Person: personName(p), Group: inCell(p.Group), Strength: p.Strength, Margin: text.Decimal(p.Margin, 1),
		Flags: strings.Join(p.Flags, ", "),
	}
	if n := len(p.Missing); n > 0 {
		row.Flags = strings.Join(append([]string{fmt.Sprintf("%d not answered", n)}, p.Flags...), ", ")
	}
	for _, score := range p.Scores {
		figure := "–"
		if score != nil {
			figure = text.Decimal(score, 0)
		}
		row.Scores = append(row.Scores, figure)
	}
	return row
}

func peopleWords(r *cohort.Roster) string {
	if more := r.Total - int64(len(r.People)); more > 0 {
		return fmt.Sprintf("The first %s of %s people, by outcome. The file of results (-o) has them all.", whole(int64(len(r.People))), whole(r.Total))
	}
	return "By outcome, the clearest first."
}
