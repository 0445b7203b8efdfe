package columns

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/golden"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/xlsx"
)

const formsDir = "../../testdata/cohort"

func formsQuiz(t testing.TB) *score.Compiled { return readQuiz(t, formsDir+"/same/forms.toml") }

func readQuiz(t testing.TB, name string) *score.Compiled {
	t.Helper()
	return score.Compile(quiztest.Read(t, name))
}

// readRow reads what a plan makes of a row: the answers by question.
func readRow(c *score.Compiled, p *Plan, cells [][]byte) (quiz.Answers, error) {
	answers := make(quiz.Answers)
	for _, f := range p.Fields {
		var own [][]byte
		for _, column := range f.Columns {
			own = append(own, cells[column])
		}
		a, err := f.Read(own)
		if err != nil {
			return nil, err
		}
		if f.Known != nil {
			if known, is := f.Known[string(own[0])]; is && known != a {
				return nil, errors.New("Known and Read disagree about " + strconv.Quote(string(own[0])))
			}
		}
		if a >= 0 {
			answers[c.Questions[f.Question].ID] = c.Questions[f.Question].Alternatives[a]
		}
	}
	return answers, nil
}

// formRow is a line of a golden file: what a row says, or why it cannot be read.
type formRow struct {
	Row     int                `json:"row"`
	ID      string             `json:"id,omitempty"`
	Answers map[string]any     `json:"answers,omitempty"`
	Reject  string             `json:"reject,omitempty"`
	Seconds map[string]float64 `json:"seconds,omitempty"`
	Total   string             `json:"total,omitempty"`
	Elapsed float64            `json:"elapsed,omitempty"`
}

// said are answers as a sheet has them.
func said(q *quiz.Quiz, answers quiz.Answers) map[string]any {
	all := make(map[string]any)
	for _, one := range q.Questions {
		a, answered := answers[one.ID]
		form := one.Form()
		switch {
		case !answered:
		case form.List:
			ids := []string{}
			for _, pick := range a {
				ids = append(ids, form.IDs[pick])
			}
			all[one.ID] = ids
		case form.Steps:
			all[one.ID] = a[0] + 1
		default:
			all[one.ID] = form.IDs[a[0]]
		}
	}
	return all
}

// readForms reads a table as the program does, and returns a line of JSON for
// the columns that belong to nothing and for each row.
func readForms(t *testing.T, c *score.Compiled, name string) []byte {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	src, err := rows.Open(file, rows.Options{Workbook: xlsx.Open})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	in := csv.NewReader(src.Reader)
	in.Comma, in.FieldsPerRecord = rune(src.Delimiter), -1
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(c, rows[0], Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(map[string]any{"unused": p.Unused}); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows[1:] {
		if err := enc.Encode(formLine(c, p, i+1, row)); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

func formLine(c *score.Compiled, p *Plan, number int, row []string) formRow {
	line := formRow{Row: number}
	if len(row) != p.Columns {
		line.Reject = "another number of cells than the header"
		return line
	}
	var cells [][]byte
	for _, cell := range row {
		cells = append(cells, []byte(cell))
	}
	if p.ID >= 0 {
		line.ID = row[p.ID]
	}
	answers, err := readRow(c, p, cells)
	if err != nil {
		line.Reject = err.Error()
		return line
	}
	line.Answers = said(c.Quiz, answers)
	for column, q := range p.Seconds {
		if seconds, err := strconv.ParseFloat(row[column], 64); err == nil {
			if line.Seconds == nil {
				line.Seconds = make(map[string]float64)
			}
			line.Seconds[c.Questions[q].ID] = seconds
		}
	}
	if p.Total >= 0 {
		line.Total = row[p.Total]
	}
	line.Elapsed, _ = p.Elapsed(cells)
	return line
}

// TestForms reads exports of the survey tools.
func TestForms(t *testing.T) {
	c := readQuiz(t, filepath.Join(formsDir, "forms.toml"))
	var names []string
	for _, ending := range []string{"*.csv", "*.tsv", "*.xlsx"} {
		found, err := filepath.Glob(filepath.Join(formsDir, ending))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		t.Fatal("there are no tables")
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			golden.Check(t, strings.TrimSuffix(name, filepath.Ext(name))+".want.jsonl", readForms(t, c, name))
		})
	}
}
