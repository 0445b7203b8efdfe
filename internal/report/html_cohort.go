package report

import (
	"fmt"
	"html/template"
	"io"
	"math/big"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/stats"
	"github.com/rolefit/rolefit/internal/text"
)

// cohortView is what the page of a cohort shows.
type cohortView struct {
	Quiz        template.HTML
	Headline    string
	Scored      string
	Rejects     *rejectsView
	Nobody      string
	Outcomes    barTable
	Plane       *planeView
	Spreads     []spreadView
	Bins        []countRow
	TrustWords  string
	Trust       []trustRow
	Margin      string
	Faults      []string
	NoFaults    string
	Items       []itemTable
	Groups      *groupsView
	Flagged     flaggedView
	Close       *closeView
	PeopleWords string
	People      []peopleTable
	Limits      []string
}

type rejectsView struct {
	Words string
	Rows  []string
}

// countRow is a row of counts.
type countRow struct {
	Name   string
	Counts []string
}

// whole writes a count.
func whole(n int64) string { return grouped(big.NewInt(n)) }

func rejectsOf(s *cohort.Summary) *rejectsView {
	if s.Rejected == 0 {
		return nil
	}
	v := &rejectsView{Words: whole(s.Rejected) + " could not be scored (--rejects FILE has each with its reason). The first of them:"}
	for _, r := range s.FirstRejects {
		v.Rows = append(v.Rows, fmt.Sprintf("row %d: %s", r.Row, inCell(r.Reason)))
	}
	if more := s.Rejected - int64(len(s.FirstRejects)); more > 0 {
		v.Rows = append(v.Rows, "and "+whole(more)+" more")
	}
	return v
}

// inCell keeps what a table says from filling the page.
func inCell(s string) string { return text.Cut(text.Line(s), 160) }

func outcomeTable(s *cohort.Summary) barTable {
	t := barTable{Caption: "Outcomes in percent of those scored", Name: "Outcome", Unit: "Percent", Chart: "0 to 100%"}
	for i, o := range s.Outcomes {
		t.Rows = append(t.Rows, barRow{
			Name: voiceOf(s.Quiz).line(o.Name), Words: voiceless(whole(o.Count) + text.Plural(int(min(o.Count, 2)), " person", " people")), Figure: shareFigure(o.Share),
			Bar: share(o.Share, o.Low, o.High, colourOf(i)), Note: fmt.Sprintf("%s to %s", shareFigure(o.Low), shareFigure(o.High)),
		})
	}
	return t
}

// trustRow is the reliability of one dimension.
type trustRow struct {
	Name                        template.HTML
	Alpha, Interval, Omega, SEM string
	Words                       string
}

// known writes a figure with so many decimals; a dash where there is none.
func known(f stats.Figure, decimals int) string {
	if !f.Known() {
		return "–"
	}
	if decimals == 2 {
		return two(f.Value)
	}
	return fmt.Sprintf("%.*f", decimals, f.Value)
}

func trustOf(s *cohort.Summary) []trustRow {
	var all []trustRow
	for i := range s.Dimensions {
		d := &s.Dimensions[i]
		row := trustRow{
			Name: voiceOf(s.Quiz).line(d.Dimension.Name), Alpha: known(d.Scale.Alpha.Figure, 2), Omega: known(d.Scale.Omega, 2),
			SEM: known(d.Scale.SEM, 1), Words: meaning(d.Scale),
		}
		if interval := d.Scale.Alpha.Interval; interval.Why == "" {
			row.Interval = two(interval.Low) + " to " + two(interval.High)
		}
		all = append(all, row)
	}
	return all
}

// meaning says what a reliability is good for (Nunnally 1978).
func meaning(s *stats.Scale) string {
	switch {
	case !s.Alpha.Known():
		return "Unknown: " + s.Alpha.Why + "."
	case s.Alpha.Value < reliable && s.SEM.Known():
		return fmt.Sprintf("Low: one person's score is off by some %.0f points either way.", s.SEM.Value)
	case s.Alpha.Value < reliable:
		return "Too low to say anything about one person."
	case s.SEM.Known():
		return fmt.Sprintf("Good enough to compare groups; one person's score is off by some %.0f points either way.", s.SEM.Value)
	}
	return "Good enough to compare groups."
}

// itemTable lists the questions of one dimension.
type itemTable struct {
	Name  template.HTML
	Label string
	Rows  []itemRow
}

type itemRow struct {
	Ask, ID                 template.HTML
	Mark                    string
	Mean, SD, Rest, Dropped string
}

func itemsOf(s *cohort.Summary) []itemTable {
	var all []itemTable
	voice := voiceOf(s.Quiz)
	for i := range s.Dimensions {
		d := &s.Dimensions[i]
		if len(d.Items) == 0 {
			continue
		}
		t := itemTable{Name: voice.line(d.Dimension.Name), Label: "Questions of " + text.Line(d.Dimension.Name)}
		for k, q := range d.Items {
			item := d.Scale.Items[k]
			row := itemRow{
				Ask: voice.line(q.Ask), ID: voiceless(q.ID), Mean: known(item.Mean, 2), SD: known(item.SD, 2),
				Rest: known(item.ItemRest.Figure, 2), Dropped: known(item.AlphaDropped, 2),
			}
			if item.Suspect {
				row.Mark = "suspect"
			}
			t.Rows = append(t.Rows, row)
		}
		all = append(all, t)
	}
	return all
}

// groupsView sets the groups side by side.
type groupsView struct {
	Why                  string
	Key                  []keyed
	Outcomes, Dimensions []template.HTML
	Rows                 []groupRow
	Star                 string
	More                 string
}

type groupRow struct {
	Name          string
	People        string
	Bar           barChart
	Shares, Means []string
}

// pageGroups is how many groups a page has room for.
const pageGroups = 200

func groupsOf(s *cohort.Summary) *groupsView {
	if s.GroupsWhy == "" && len(s.Groups) == 0 {
		return nil
	}
	v := &groupsView{}
	if s.GroupsWhy != "" {
		v.Why = "They are not compared: " + s.GroupsWhy + "."
		return v
	}
	voice := voiceOf(s.Quiz)
	v.Key = outcomeKey(s.Quiz, s.Outcomes)
	for _, k := range v.Key {
		v.Outcomes = append(v.Outcomes, k.Name)
	}
	for i := range s.Quiz.Dimensions {
		v.Dimensions = append(v.Dimensions, voice.line(s.Quiz.Dimensions[i].Name))
	}
	for _, g := range s.Groups[:min(len(s.Groups), pageGroups)] {
		if g.Rows < stats.Fewest {
			v.Star = fmt.Sprintf("* fewer than %d people: chance alone makes large differences here.", stats.Fewest)
		}
		v.Rows = append(v.Rows, groupRowOf(&g))
	}
	if more := len(s.Groups) - pageGroups; more > 0 {
		v.More = fmt.Sprintf("And %d more groups; --summary FILE writes them all.", more)
	}
	return v
}

func groupRowOf(g *cohort.Group) groupRow {
	row := groupRow{Name: inCell(groupName(g.Name)), People: whole(g.Rows)}
	if g.Rows < stats.Fewest {
		row.People += " *"
	}
	at := 0.0
	for i, o := range g.Outcomes {
		row.Shares = append(row.Shares, shareFigure(o.Share))
		if o.Count > 0 {
			row.Bar.Rods = append(row.Bar.Rods, rod{Class: colourOf(i), X: units(at), Width: units(100 * o.Share)})
		}
		at += 100 * o.Share
	}
	for _, d := range g.Dimensions {
		words := known(d.Mean, 1)
		if d.SD.Known() {
			words += fmt.Sprintf(" (%.1f)", d.SD.Value)
		}
		row.Means = append(row.Means, words)
	}
	return row
}

// outcomeKey says which colour is which outcome.
func outcomeKey(q *quiz.Quiz, all []cohort.OutcomeCount) []keyed {
	var key []keyed
	for i, o := range all {
		key = append(key, keyed{colourOf(i), voiceOf(q).line(o.Name)})
	}
	return key
}

// CohortHTML writes what a cohort comes to as a page for an instructor.
func CohortHTML(w io.Writer, s *cohort.Summary, r *cohort.Roster) error {
	v := cohortView{
		Quiz: voiceOf(s.Quiz).line(s.Quiz.Title), Headline: "Who fits what", Scored: scoredWords(s), Rejects: rejectsOf(s), Limits: cohortLimits(),
	}
	if s.Scored == 0 {
		v.Nobody = "Nobody was scored, so there is nothing to show."
	} else {
		v.Headline = fmt.Sprintf("Who fits what: %s %s", whole(s.Scored), text.Plural(int(min(s.Scored, 2)), "person", "people"))
		v.Outcomes, v.Plane = outcomeTable(s), planeOf(s, r)
		v.Spreads, v.Bins = spreadsOf(s, r)
		v.TrustWords, v.Trust = trustWords(s), trustOf(s)
		if s.Margin != nil {
			v.Margin = marginCheckWords(s.Margin)
		}
		v.Faults, v.Items, v.Groups = faults(s), itemsOf(s), groupsOf(s)
		v.NoFaults = "None of them stands out as faulty."
		switch {
		case s.Complete < stats.Fewest:
			v.NoFaults = "Too few people answered all of them to say whether one is faulty."
		case s.Complete < enoughPeople:
			v.NoFaults = "With so few people only gross faults would show; none does."
		}
		v.Flagged, v.Close = flaggedOf(s, r), closestOf(s, r)
		v.PeopleWords, v.People = peopleWords(r), peopleOf(s, r)
	}
	return writeHTML(w, "cohort", htmlPage{Title: v.Headline + ": " + text.Line(s.Quiz.Title), Source: source(s.Quiz), View: v})
}

func trustWords(s *cohort.Summary) string {
	return fmt.Sprintf("Reliability says how much of the differences between people would be there again on another day, from 0 to 1. "+
		"It rests on the %s who answered every question that is scored and asked of everybody.", whole(s.Complete)+text.Plural(int(min(s.Complete, 2)), " person", " people"))
}

// cohortLimits says what a cohort's report is not.
func cohortLimits() []string {
	return []string{
		"It shows what people prefer, not what they are able to do.",
		"It is for exploring and for talking it over, never for choosing between applicants or for marking anybody.",
		"It compares people with the roles as the quiz describes them. A figure for a few people is uncertain: read the intervals first.",
	}
}

// flagCounts says what the flags mean, how many they mark, and why where they
// could not be looked at.
func flagCounts(s *cohort.Summary) []string {
	var all []string
	for _, f := range s.Flags {
		switch {
		case f.Why != "":
			all = append(all, fmt.Sprintf("%s: not looked at: %s", flagMeanings[f.Name], f.Why))
		default:
			all = append(all, fmt.Sprintf("%s: %s", flagMeanings[f.Name], whole(f.Count)))
		}
	}
	return all
}

var flagMeanings = map[string]string{
	"long-string":  "long-string, the same step many times in a row",
	"low-variance": "low-variance, hardly any spread over the scales",
	"fast":         "fast, little time for each question",
	"duplicate-id": "duplicate-id, an id that was there before",
}
