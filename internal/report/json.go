package report

import (
	"io"
	"math/big"
	"time"

	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// decimal is an exact figure, written with two decimals; nil is null.
type decimal struct{ *big.Rat }

// MarshalJSON implements json.Marshaler.
func (d decimal) MarshalJSON() ([]byte, error) {
	if d.Rat == nil {
		return []byte("null"), nil
	}
	return []byte(text.Data(d.Rat)), nil
}

type jsonQuiz struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Digest  string `json:"digest"`
}

func quizJSON(q *quiz.Quiz) jsonQuiz { return jsonQuiz{q.ID, q.Version, q.Digest()} }

type jsonResult struct {
	Schema int `json:"schema"`
	jsonBody
}

// jsonBody is what a result says, wherever it stands.
type jsonBody struct {
	jsonFigures
	Steps []jsonStep `json:"steps"`
	Notes []jsonNote `json:"notes"`
	jsonGaps
}

// jsonFigures is a body up to its advice.
type jsonFigures struct {
	Quiz       jsonQuiz        `json:"quiz"`
	Respondent *string         `json:"respondent"`
	Outcome    jsonOutcome     `json:"outcome"`
	Margin     decimal         `json:"margin"`
	Roles      []jsonRole      `json:"roles"`
	Dimensions []jsonDimension `json:"dimensions"`
	Why        *jsonLedger     `json:"why,omitempty"`
	Flips      *[]jsonFlip     `json:"flips,omitempty"`
	Steadiness *[]jsonSteady   `json:"steadiness,omitempty"`
}

// jsonGaps is a body behind its advice.
type jsonGaps struct {
	Missing []string `json:"missing"`
	Ignored []string `json:"ignored"`
}

type jsonOutcome struct {
	ID       string  `json:"id"`
	Kind     string  `json:"kind"`
	Name     string  `json:"name"`
	Fit      decimal `json:"fit"`
	Strength string  `json:"strength"`
}

type jsonRole struct {
	ID  string  `json:"id"`
	Fit decimal `json:"fit"`
}

type jsonDimension struct {
	ID    string  `json:"id"`
	Score decimal `json:"score"`
	Raw   int     `json:"raw"`
	Min   int     `json:"min"`
	Max   int     `json:"max"`
}

type jsonStep struct {
	Title  string  `json:"title"`
	Kind   *string `json:"kind"`
	Detail *string `json:"detail"`
	URL    *string `json:"url"`
	AsOf   *string `json:"as_of"`
}

type jsonNote struct {
	Text string  `json:"text"`
	URL  *string `json:"url"`
	AsOf *string `json:"as_of"`
}

func resultJSON(w io.Writer, r *Result, _ Look) error { return jsonout.Write(w, jsonOf(r)) }

func jsonOf(r *Result) jsonResult {
	return jsonResult{jsonout.Schema, jsonBody{figuresJSON(r), stepsJSON(r.Steps), notesJSON(r.Notes), gapsJSON(r)}}
}

func figuresJSON(r *Result) jsonFigures {
	o := r.Outcome
	out := jsonFigures{
		Quiz: quizJSON(r.Quiz), Respondent: jsonout.Maybe(r.Respondent),
		Outcome: jsonOutcome{o.ID, o.Kind, o.Name, decimal{o.Fit}, o.Strength},
		Margin:  decimal{r.Margin},
	}
	for _, role := range r.Roles {
		out.Roles = append(out.Roles, jsonRole{role.Role.ID, decimal{role.Fit}})
	}
	for _, d := range r.Dimensions {
		out.Dimensions = append(out.Dimensions, jsonDimension{d.Dimension.ID, decimal{d.Score}, d.Raw, d.Min, d.Max})
	}
	explainJSON(&out, r)
	return out
}

func gapsJSON(r *Result) jsonGaps { return jsonGaps{some(r.Missing), some(r.Ignored)} }

func stepsJSON(steps []quiz.Step) []jsonStep {
	out := make([]jsonStep, len(steps))
	for i := range steps {
		out[i] = stepJSON(&steps[i])
	}
	return out
}

func stepJSON(s *quiz.Step) jsonStep {
	return jsonStep{s.Title, jsonout.Maybe(s.Kind), jsonout.Maybe(s.Detail), jsonout.Maybe(s.URL), date(s.AsOf)}
}

func notesJSON(notes []quiz.Note) []jsonNote {
	out := make([]jsonNote, len(notes))
	for i := range notes {
		out[i] = noteJSON(&notes[i])
	}
	return out
}

func noteJSON(n *quiz.Note) jsonNote { return jsonNote{n.Text, jsonout.Maybe(n.URL), date(n.AsOf)} }

func date(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return jsonout.Maybe(t.Format(time.DateOnly))
}

// some is the list itself, or an empty one: JSON lists are never null.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
