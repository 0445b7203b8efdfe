package report

import (
	"bytes"
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
	Quiz       jsonQuiz        `json:"quiz"`
	Respondent *string         `json:"respondent"`
	Outcome    jsonOutcome     `json:"outcome"`
	Margin     decimal         `json:"margin"`
	Roles      []jsonRole      `json:"roles"`
	Dimensions []jsonDimension `json:"dimensions"`
	Why        *jsonLedger     `json:"why,omitempty"`
	Flips      *[]jsonFlip     `json:"flips,omitempty"`
	Steadiness *[]jsonSteady   `json:"steadiness,omitempty"`
	Steps      []jsonStep      `json:"steps"`
	Notes      []jsonNote      `json:"notes"`
	Missing    []string        `json:"missing"`
	Ignored    []string        `json:"ignored"`
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

// RowJSON writes a row of a cohort in full, in two parts: up to the number of the
// row, and from behind its flags to the line end.
func RowJSON(r *Result, id string) (head, rest []byte, err error) {
	var who, what bytes.Buffer
	if err := jsonout.Write(&who, jsonWho{jsonout.Schema, jsonout.Maybe(id)}); err != nil {
		return nil, nil, err
	}
	if err := jsonout.Write(&what, jsonOf(r).jsonBody); err != nil {
		return nil, nil, err
	}
	// Two objects become one: the first without its brace and line end, the second without its brace.
	return append(who.Bytes()[:who.Len()-2], `,"row":`...), what.Bytes()[1:], nil
}

// jsonWho is what a row of a cohort begins with.
type jsonWho struct {
	Schema int     `json:"schema"`
	ID     *string `json:"id"`
}

func jsonOf(r *Result) jsonResult {
	o := r.Outcome
	out := jsonResult{jsonout.Schema, jsonBody{
		Quiz: quizJSON(r.Quiz), Respondent: jsonout.Maybe(r.Respondent),
		Outcome: jsonOutcome{o.ID, o.Kind, o.Name, decimal{o.Fit}, o.Strength},
		Margin:  decimal{r.Margin},
		Steps:   stepsJSON(r.Steps), Notes: notesJSON(r.Notes),
		Missing: some(r.Missing), Ignored: some(r.Ignored),
	}}
	for _, role := range r.Roles {
		out.Roles = append(out.Roles, jsonRole{role.Role.ID, decimal{role.Fit}})
	}
	for _, d := range r.Dimensions {
		out.Dimensions = append(out.Dimensions, jsonDimension{d.Dimension.ID, decimal{d.Score}, d.Raw, d.Min, d.Max})
	}
	explainJSON(&out, r)
	return out
}

func stepsJSON(steps []quiz.Step) []jsonStep {
	out := make([]jsonStep, len(steps))
	for i, s := range steps {
		out[i] = jsonStep{s.Title, jsonout.Maybe(s.Kind), jsonout.Maybe(s.Detail), jsonout.Maybe(s.URL), date(s.AsOf)}
	}
	return out
}

func notesJSON(notes []quiz.Note) []jsonNote {
	out := make([]jsonNote, len(notes))
	for i, n := range notes {
		out[i] = jsonNote{n.Text, jsonout.Maybe(n.URL), date(n.AsOf)}
	}
	return out
}

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
