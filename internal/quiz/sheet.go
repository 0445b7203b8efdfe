package quiz

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
)

// Sheet is one person's answers to one quiz.
type Sheet struct {
	Quiz       string // id of the quiz; empty when written by hand
	Version    string // of the quiz
	Digest     string // of the quiz
	Seed       *int64 // of the shuffles the person saw; nil: not recorded
	Started    time.Time
	Finished   time.Time
	Respondent string
	Answers    Answers
	Seconds    map[string]float64 // question id → time spent on it
}

// NewSheet starts an empty sheet for a quiz.
func NewSheet(q *Quiz, seed int64, started time.Time) *Sheet {
	return &Sheet{
		Quiz: q.ID, Version: q.Version, Digest: q.Digest(), Seed: &seed, Started: started,
		Answers: make(Answers), Seconds: make(map[string]float64),
	}
}

// ReadSheet reads an answer sheet, JSON or TOML (told by the name's ending, else
// by its first character). Every fault is returned, with its place. A sheet
// whose digest differs from the quiz's is refused unless rescore is set.
func ReadSheet(q *Quiz, name string, src []byte, rescore bool) (*Sheet, diag.List) {
	read := doc.TOML
	if isJSON(name, src) {
		read = doc.JSON
	}
	file, syntax := read(name, src)
	b := &sheetBinder{bind.NewReader(file, shapes), q}
	b.Plain = true
	if syntax != nil {
		b.Report("", syntax.Span, "%s", syntax.Message)
		return nil, b.Found
	}
	s := b.sheet(rescore)
	if len(b.Found) > 0 {
		return nil, b.Found.Bound()
	}
	return s, nil
}

func isJSON(name string, src []byte) bool {
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".json"):
		return true
	case strings.HasSuffix(lower, ".toml"):
		return false
	}
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(src, []byte("\uFEFF")), " \t\r\n"), []byte("{"))
}

// record is a sheet as files hold it.
type record struct {
	Quiz       string             `json:"quiz,omitempty" toml:"quiz,omitempty"`
	Version    string             `json:"version,omitempty" toml:"version,omitempty"`
	Digest     string             `json:"digest,omitempty" toml:"digest,omitempty"`
	Seed       *int64             `json:"seed,omitempty" toml:"seed,omitempty"`
	Started    string             `json:"started,omitempty" toml:"started,omitempty"`
	Finished   string             `json:"finished,omitempty" toml:"finished,omitempty"`
	Respondent string             `json:"respondent,omitempty" toml:"respondent,omitempty"`
	Answers    map[string]any     `json:"answers" toml:"answers"`
	Seconds    map[string]float64 `json:"seconds,omitempty" toml:"seconds,omitempty"`
}

func (s *Sheet) record(q *Quiz) record {
	r := record{
		Quiz: s.Quiz, Version: s.Version, Digest: s.Digest, Seed: s.Seed, Respondent: s.Respondent,
		Started: stamp(s.Started), Finished: stamp(s.Finished), Answers: make(map[string]any), Seconds: s.Seconds,
	}
	for id, a := range s.Answers {
		r.Answers[id] = q.Question(id).Form().Value(a)
	}
	return r
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// JSON writes the sheet, keys sorted, in the form that ReadSheet reads.
func (s *Sheet) JSON(q *Quiz) ([]byte, error) {
	text, err := json.MarshalIndent(s.record(q), "", "  ")
	return append(text, '\n'), err
}

// Resume completes a sheet that was saved unfinished, so that a run can go on with it.
func (s *Sheet) Resume(q *Quiz, seed func() int64) {
	if s.Seed == nil {
		fresh := seed()
		s.Seed = &fresh
	}
	if s.Seconds == nil {
		s.Seconds = make(map[string]float64)
	}
	s.Quiz, s.Version, s.Digest = q.ID, q.Version, q.Digest()
}

// ReadAnswers reads a table of answers (question id → answer) that stands in a
// file of another sort, such as a test of the quiz. Every fault is reported to its reader.
func ReadAnswers(q *Quiz, r *bind.Reader, node *doc.Node) Answers {
	return (&sheetBinder{r, q}).answers(node)
}
