package report

import (
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/text"
)

// oddsView is what the page of a quiz's odds shows.
type oddsView struct {
	Quiz          template.HTML
	Words         string
	Outcomes      barTable
	Level         string
	Margins       histogram
	Key           []keyed
	MarginWords   string
	Bins          []binView
	Dimensions    barTable
	QuestionWords string
	Questions     []oddsQuestion
}

type binView struct{ Name, Figure string }

type oddsQuestion struct {
	Ask, ID        template.HTML
	Swing, Pivotal string
}

// oddsHTML writes the odds as a page.
func oddsHTML(w io.Writer, o *odds.Odds, _ Look) error {
	voice := voiceOf(o.Quiz)
	v := oddsView{
		Quiz: voice.line(o.Quiz.Title), Words: oddsSentence(o), Outcomes: oddsOutcomes(o),
		Level:         fmt.Sprintf("Exactly level for first place: %s%%.", shareFigure(o.Tie.Share)),
		QuestionWords: questionWords, Dimensions: oddsScores(o),
	}
	v.margins(o)
	for _, q := range movers(o) {
		v.Questions = append(v.Questions, oddsQuestion{
			voice.line(q.Question.Ask), voiceless(q.Question.ID), text.Decimal(q.Swing, 1), shareFigure(q.Pivotal),
		})
	}
	return writeHTML(w, "odds", htmlPage{Title: "Odds: " + text.Line(o.Quiz.Title), Source: source(o.Quiz), View: v})
}

// voiceless is a word that is in no language, like an id.
func voiceless(s string) template.HTML { return voice{}.line(s) }

func oddsOutcomes(o *odds.Odds) barTable {
	t := barTable{Caption: "What random answers come to", Name: "Outcome", Unit: "Percent", Chart: "0 to 100%"}
	for i, s := range o.Outcomes {
		row := barRow{
			Name: voiceOf(o.Quiz).line(outcomeName(o.Quiz, s.ID)), Figure: shareFigure(s.Share), Bar: share(s.Share, s.Low, s.High, colourOf(i)),
		}
		if !o.Exact {
			row.Note = fmt.Sprintf("%s to %s, with 95%% confidence", shareFigure(s.Low), shareFigure(s.High))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func oddsScores(o *odds.Odds) barTable {
	t := barTable{Caption: "Scores of random answers, from 0 to 100", Name: "Dimension", Unit: "Mean", Chart: "0 to 100"}
	for _, d := range o.Dimensions {
		row := barRow{Name: voiceOf(o.Quiz).line(d.Dimension.Name), Figure: "–", Note: "never measured"}
		if d.Measured > 0 {
			row.Figure, row.Bar = fmt.Sprintf("%.1f", d.Mean), share(d.Mean/100, 0, 0, "fill")
			row.Note = fmt.Sprintf("standard deviation %.1f", d.SD)
			if d.Measured < 1 {
				row.Note += fmt.Sprintf("; measured on %s%% of sheets", shareFigure(d.Measured))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// margins draws how large the lead is, with the bins that a hybrid may catch
// apart. The first role stands on the left, as in the quiz.
func (v *oddsView) margins(o *odds.Odds) {
	q := o.Quiz
	first, second := outcomeName(q, q.Roles[0].ID), outcomeName(q, q.Roles[1].ID)
	reach := widestBand(q)
	leads := leadsOf(o)
	heights := make([]float64, len(leads))
	for i, l := range leads {
		heights[i] = l.share
	}
	ends := []string{"level", "100 points"}
	v.MarginWords = "From left to right: the lead of the best role over the next, in steps of 5 points."
	beyond := []keyed{{"fill", "beyond the band"}}
	if len(q.Roles) == 2 {
		ends = []string{"← " + first, "level", second + " →"}
		v.MarginWords = fmt.Sprintf("Left of the middle %s leads, right of it %s, in steps of 5 points up to 100.", first, second)
		beyond = []keyed{{colourOf(0), voiceOf(q).line(first)}, {colourOf(1), voiceOf(q).line(second)}}
	}
	v.Margins = newHistogram(v.marginLabel(o), heights, ends, func(i int) string {
		switch {
		case leads[i].from < reach:
			return colourOf(len(q.Roles))
		case len(q.Roles) == 2:
			return colourOf(leads[i].role)
		}
		return "fill"
	})
	if reach > 0 {
		v.Key = append(beyond, keyed{colourOf(len(q.Roles)), voiceless(fmt.Sprintf("a hybrid may catch it: its band reaches up to %d", reach))})
	}
	for _, l := range leads {
		if l.share < leastShown {
			continue
		}
		name := fmt.Sprintf("%d to %d", l.from, l.from+odds.BinWidth)
		if len(q.Roles) == 2 {
			name = []string{first, second}[l.role] + " by " + name
		}
		v.Bins = append(v.Bins, binView{name, shareFigure(l.share)})
	}
}

// lead is one bin of the histogram of leads.
type lead struct {
	role  int // who leads, where there are two
	from  int // points
	share float64
}

// leadsOf lists the bins from left to right.
func leadsOf(o *odds.Odds) []lead {
	var all []lead
	half := 0
	if len(o.Quiz.Roles) == 2 {
		half = len(o.Margins) / 2
	}
	for i := half; i < len(o.Margins); i++ {
		all = append(all, lead{0, (i - half) * odds.BinWidth, o.Margins[i]})
	}
	if half == 0 {
		return all
	}
	slices.Reverse(all)
	for i := range half {
		all = append(all, lead{1, i * odds.BinWidth, o.Margins[half-1-i]})
	}
	return all
}

func (v *oddsView) marginLabel(o *odds.Odds) string {
	inside := 0.0
	for _, s := range o.Outcomes[len(o.Quiz.Roles):] {
		inside += s.Share
	}
	return fmt.Sprintf("Histogram of the lead over all random sheets; hybrids catch %s percent of them. The table below has its figures.", shareFigure(inside))
}
