package cohort

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/golden"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/xlsx"
)

const exports = "../../testdata/cohort/same/"

// person1 is what is known of a row: its answers as a sheet has them, or why it was rejected.
type person1 struct {
	Row     int            `json:"row"`
	ID      string         `json:"id,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	Answers map[string]any `json:"answers,omitempty"`
}

func formsQuiz(t testing.TB) *score.Compiled {
	t.Helper()
	return quizIn(t, exports+"forms.toml")
}

// peopleIn scores a table and gives what was read in each row.
func peopleIn(t testing.TB, c *score.Compiled, name string, src []byte, o columns.Options) []person1 {
	t.Helper()
	in, err := rows.Open(bytes.NewReader(src), rows.Options{Workbook: xlsx.Open})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer in.Close()
	var all []person1
	var rejects bytes.Buffer
	s := New(c, Options{Columns: o, Workers: 1, Results: &bytes.Buffer{}, Rejects: &rejects,
		Encode: func(r *score.Result, id string) (head, rest []byte, err error) {
			one := person1{ID: id, Answers: make(map[string]any)}
			for q, a := range r.Answers {
				one.Answers[q] = c.Quiz.Question(q).Form().Value(a)
			}
			all = append(all, one)
			return nil, []byte("\n"), nil
		}})
	if err := s.Table(context.Background(), in); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	rejected, err := csv.NewReader(&rejects).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	merged := make([]person1, len(all)+len(rejected)-1)
	for _, r := range rejected[1:] {
		row, _ := strconv.Atoi(r[0])
		merged[row-1] = person1{Row: row, Reason: r[1]}
	}
	for i := range merged {
		if merged[i].Row == 0 {
			merged[i], all = all[0], all[1:]
			merged[i].Row = i + 1
		}
	}
	return merged
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestExports: the same five people, as each form's export has them, and as an
// instructor writes them down.
func TestExports(t *testing.T) {
	if golden.Updating() {
		writeWorkbook(t)
	}
	c := formsQuiz(t)
	src, err := os.ReadFile(exports + "want.json")
	if err != nil {
		t.Fatal(err)
	}
	var want []person1
	if err := json.Unmarshal(src, &want); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(exports + "*.[ctx][sl][vs]*")
	if err != nil || len(files) < 10 {
		t.Fatal("too few exports:", files, err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var o columns.Options
		if strings.HasSuffix(file, ".xlsx") {
			o.ID = "Email" // beside its numbers
		}
		if got, want := asJSON(t, peopleIn(t, c, file, src, o)), asJSON(t, want); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", filepath.Base(file), got, want)
		}
	}
}

// writeWorkbook writes what Microsoft Forms does: an id, times, who it was, and
// the questions; a required space in a header, lists that end with a semicolon.
func writeWorkbook(t *testing.T) {
	file, err := os.ReadFile(exports + "line-ends.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		for k := range row {
			row[k] = strings.ReplaceAll(row[k], "\n", " ")
		}
		cells := []any{i, "11/20/26 9:00:00", "11/20/26 9:04:00", row[0], ""}
		if i == 0 {
			cells = []any{"Id", "Start time", "Completion time", "Email", "Name"}
			row[1] = "Have\u00a0you done this before?"
		}
		for k, cell := range row[1:] {
			if n, err := strconv.Atoi(cell); err == nil {
				cells = append(cells, n) // a number, not a text
				continue
			}
			if i > 0 && k == 7 {
				cell = strings.ReplaceAll(cell, "; ", ";") + ";"
			}
			cells = append(cells, cell)
		}
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow("Sheet1", cell, &cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(exports + "microsoft-forms.xlsx"); err != nil {
		t.Fatal(err)
	}
}
