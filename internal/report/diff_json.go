package report

import (
	"io"

	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/odds"
)

type jsonDiff struct {
	Schema   int          `json:"schema"`
	Old      jsonQuiz     `json:"old"`
	New      jsonQuiz     `json:"new"`
	Class    *string      `json:"class"`
	Breaking bool         `json:"breaking"`
	Version  jsonVersion  `json:"version"`
	Changes  []jsonEdit   `json:"changes"`
	Moved    *jsonMoved   `json:"moved"`
	People   []jsonPerson `json:"people,omitempty"`
}

type jsonVersion struct {
	Needs   *string `json:"needs"`
	OK      bool    `json:"ok"`
	Message *string `json:"message"`
}

type jsonEdit struct {
	Where    *string    `json:"where"`
	What     string     `json:"what"`
	From     *string    `json:"from"`
	To       *string    `json:"to"`
	Class    string     `json:"class"`
	Breaking bool       `json:"breaking"`
	Intended bool       `json:"intended"`
	Why      *string    `json:"why"`
	Moved    *jsonMoved `json:"moved"`
}

type jsonMoved struct {
	Exact    bool            `json:"exact"`
	Why      string          `json:"why,omitempty"`
	Samples  int             `json:"samples,omitempty"`
	Seed     int64           `json:"seed,omitempty"`
	Share    float64         `json:"share"`
	Interval [2]float64      `json:"interval"`
	Turns    []jsonTurn      `json:"turns"`
	Witness  *jsonMovedSheet `json:"witness,omitempty"`
}

type jsonTurn struct {
	From  *string `json:"from"`
	To    *string `json:"to"`
	Share float64 `json:"share"`
}

type jsonMovedSheet struct {
	From    *string        `json:"from"`
	To      *string        `json:"to"`
	Answers map[string]any `json:"answers"`
}

type jsonPerson struct {
	Name  string  `json:"name"`
	From  string  `json:"from"`
	To    *string `json:"to"`
	Moved bool    `json:"moved"`
	Why   *string `json:"why"`
}

func diffJSON(w io.Writer, d *Diff, _ Look) error {
	out := jsonDiff{
		Schema: jsonout.Schema, Old: quizJSON(d.Old), New: quizJSON(d.New), Class: jsonout.Maybe(string(d.Class)), Breaking: d.Breaking,
		Version: jsonVersion{jsonout.Maybe(d.Version.Need), d.Version.OK, jsonout.Maybe(d.Version.Message)}, Changes: []jsonEdit{},
	}
	for _, c := range d.Changes {
		one := jsonEdit{
			Where: jsonout.Maybe(c.Where), What: c.What, From: jsonout.Maybe(c.From), To: jsonout.Maybe(c.To), Class: string(c.Class),
			Breaking: c.Breaking, Intended: c.Intended, Why: jsonout.Maybe(c.Why),
		}
		if c.Moved != nil {
			one.Moved = movedJSON(c.Moved)
		}
		out.Changes = append(out.Changes, one)
	}
	if d.Moved != nil {
		out.Moved = movedJSON(d.Moved)
		if w := d.Moved.Witness; w != nil {
			out.Moved.Witness = &jsonMovedSheet{jsonout.Maybe(w.From), jsonout.Maybe(w.To), movedAnswers(d)}
		}
	}
	for _, p := range d.People {
		out.People = append(out.People, jsonPerson{p.Name, p.From, jsonout.Maybe(p.To), p.Moved(), jsonout.Maybe(p.Why)})
	}
	return jsonout.Write(w, out)
}

func movedJSON(m *odds.Moved) *jsonMoved {
	out := &jsonMoved{
		Exact: m.Exact, Why: m.Why, Samples: m.Samples, Seed: m.Seed, Share: m.Share.Share,
		Interval: [2]float64{m.Share.Low, m.Share.High}, Turns: []jsonTurn{},
	}
	for _, t := range m.Turns {
		out.Turns = append(out.Turns, jsonTurn{jsonout.Maybe(t.From), jsonout.Maybe(t.To), t.Share.Share})
	}
	return out
}
