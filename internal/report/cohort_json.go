package report

import (
	"io"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/stats"
)

// why says, figure by figure, why one is null.
type why map[string]string

// of gives a figure for JSON: null where there is none, and then why.
func (w why) of(name string, f stats.Figure) *float64 {
	if !f.Known() {
		w[name] = f.Why
		return nil
	}
	return &f.Value
}

func (w why) interval(name string, i stats.Interval) *[2]float64 {
	if i.Why != "" {
		w[name] = i.Why
		return nil
	}
	return &[2]float64{i.Low, i.High}
}

type jsonCohort struct {
	Schema      int                   `json:"schema"`
	Quiz        jsonQuiz              `json:"quiz"`
	Rows        int64                 `json:"rows"`
	Scored      int64                 `json:"scored"`
	Rejected    int64                 `json:"rejected"`
	Complete    int64                 `json:"complete"`
	Outcomes    []jsonCount           `json:"outcomes"`
	Dimensions  []jsonCohortDimension `json:"dimensions"`
	MarginCheck *jsonMarginCheck      `json:"margin_check"`
	Flags       []jsonFlag            `json:"flags"`
	Groups      []jsonGroup           `json:"groups,omitempty"`
	GroupsWhy   string                `json:"groups_why,omitempty"`
}

type jsonCount struct {
	ID       string      `json:"id"`
	Count    int64       `json:"count"`
	Share    *float64    `json:"share"`
	Interval *[2]float64 `json:"interval"`
	Why      why         `json:"why,omitempty"`
}

type jsonCohortDimension struct {
	ID            string      `json:"id"`
	N             int64       `json:"n"`
	Mean          *float64    `json:"mean"`
	SD            *float64    `json:"sd"`
	Quartiles     []*float64  `json:"quartiles"`
	Alpha         *float64    `json:"alpha"`
	AlphaInterval *[2]float64 `json:"alpha_interval"`
	Omega         *float64    `json:"omega"`
	SEM           *float64    `json:"sem"`
	Why           why         `json:"why,omitempty"`
	Questions     []jsonItem  `json:"questions"`
}

type jsonItem struct {
	ID           string   `json:"id"`
	Mean         *float64 `json:"mean"`
	SD           *float64 `json:"sd"`
	ItemRest     *float64 `json:"item_rest_r"`
	AlphaDropped *float64 `json:"alpha_if_dropped"`
	Keying       *string  `json:"keying"` // "suspect", or null
	Why          why      `json:"why,omitempty"`
}

type jsonMarginCheck struct {
	Roles       [2]string `json:"roles"`
	SE          *float64  `json:"standard_error"`
	Reliability *float64  `json:"reliability"`
	SD          *float64  `json:"sd"`
	Hybrid      *string   `json:"hybrid"`
	Margin      *int      `json:"margin"`
	Narrower    *bool     `json:"narrower"`
	Why         why       `json:"why,omitempty"`
}

type jsonFlag struct {
	Flag  string `json:"flag"`
	Count *int64 `json:"count"`
	Why   string `json:"why,omitempty"`
}

type jsonGroup struct {
	Name       string               `json:"name"`
	Scored     int64                `json:"scored"`
	Outcomes   []jsonCount          `json:"outcomes"`
	Dimensions []jsonGroupDimension `json:"dimensions"`
}

type jsonGroupDimension struct {
	ID   string   `json:"id"`
	Mean *float64 `json:"mean"`
	SD   *float64 `json:"sd"`
	Why  why      `json:"why,omitempty"`
}

// CohortJSON writes the statistics of a cohort for programs.
func CohortJSON(w io.Writer, s *cohort.Summary) error {
	out := jsonCohort{
		Schema: jsonout.Schema, Quiz: quizJSON(s.Quiz), Rows: s.Rows, Scored: s.Scored, Rejected: s.Rejected, Complete: s.Complete,
		Outcomes: countsJSON(s.Outcomes, s.Scored), MarginCheck: marginJSON(s.Margin), GroupsWhy: s.GroupsWhy, Flags: []jsonFlag{},
	}
	for i := range s.Dimensions {
		out.Dimensions = append(out.Dimensions, cohortDimensionJSON(&s.Dimensions[i]))
	}
	for _, f := range s.Flags {
		one := jsonFlag{Flag: f.Name, Why: f.Why}
		if f.Why == "" {
			one.Count = &f.Count
		}
		out.Flags = append(out.Flags, one)
	}
	for _, g := range s.Groups {
		one := jsonGroup{Name: g.Name, Scored: g.Rows, Outcomes: countsJSON(g.Outcomes, g.Rows)}
		for _, d := range g.Dimensions {
			because := make(why)
			one.Dimensions = append(one.Dimensions, jsonGroupDimension{d.ID, because.of("mean", d.Mean), because.of("sd", d.SD), because})
		}
		out.Groups = append(out.Groups, one)
	}
	return jsonout.Write(w, out)
}

func countsJSON(all []cohort.OutcomeCount, of int64) []jsonCount {
	var out []jsonCount
	for _, o := range all {
		one := jsonCount{ID: o.ID, Count: o.Count}
		if of > 0 {
			one.Share, one.Interval = &o.Share, &[2]float64{o.Low, o.High}
		} else {
			one.Why = why{"share": "nobody was scored"}
		}
		out = append(out, one)
	}
	return out
}

func cohortDimensionJSON(d *cohort.DimensionSummary) jsonCohortDimension {
	because := make(why)
	out := jsonCohortDimension{
		ID: d.Dimension.ID, N: d.Spread.N, Mean: because.of("mean", d.Spread.Mean), SD: because.of("sd", d.Spread.SD),
		Alpha: because.of("alpha", d.Scale.Alpha.Figure), AlphaInterval: because.interval("alpha_interval", d.Scale.Alpha.Interval),
		Omega: because.of("omega", d.Scale.Omega), SEM: because.of("sem", d.Scale.SEM), Why: because, Questions: []jsonItem{},
	}
	for _, q := range d.Spread.Quartiles {
		out.Quartiles = append(out.Quartiles, because.of("quartiles", q))
	}
	for i, q := range d.Items {
		item, because := d.Scale.Items[i], make(why)
		one := jsonItem{
			ID: q.ID, Mean: because.of("mean", item.Mean), SD: because.of("sd", item.SD),
			ItemRest: because.of("item_rest_r", item.ItemRest.Figure), AlphaDropped: because.of("alpha_if_dropped", item.AlphaDropped), Why: because,
		}
		if item.Suspect {
			one.Keying = jsonout.Maybe("suspect")
		}
		out.Questions = append(out.Questions, one)
	}
	return out
}

func marginJSON(m *cohort.MarginCheck) *jsonMarginCheck {
	if m == nil {
		return nil
	}
	because := make(why)
	out := &jsonMarginCheck{
		Roles: [2]string{m.Roles[0].ID, m.Roles[1].ID}, SE: because.of("standard_error", m.Contrast.SE),
		Reliability: because.of("reliability", m.Contrast.Reliability), SD: because.of("sd", m.Contrast.SD), Why: because,
	}
	switch {
	case m.Hybrid == nil:
		because["margin"] = "no hybrid lies between the two"
	case m.Contrast.SE.Known():
		out.Narrower = &m.Narrower
		fallthrough
	default:
		out.Hybrid, out.Margin = &m.Hybrid.ID, &m.Hybrid.Margin
	}
	return out
}
