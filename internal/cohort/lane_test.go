package cohort

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/quizzes"
)

func builtIn(t testing.TB, id string) *score.Compiled {
	t.Helper()
	q, found := quiz.DecodeBuiltIn(id, quizzes.Source(id))
	if found != nil {
		t.Fatal(found)
	}
	return score.Compile(q)
}

// templateRows are rows of a template, the header first.
func templateRows(t testing.TB, c *score.Compiled, people int) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := columns.Template(&b, c.Quiz, people, 1); err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// asCSV writes rows; quoted: with every cell between quotes.
func asCSV(rows [][]string, quoted bool) []byte {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			if cell = strings.ReplaceAll(cell, `"`, `""`); quoted || strings.ContainsAny(cell, "\",\n") {
				cell = `"` + cell + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\n")
	}
	return []byte(b.String())
}

// inTexts puts the texts of questions and options in place of their ids.
func inTexts(c *score.Compiled, rows [][]string) [][]string {
	var all [][]string
	for n, row := range rows {
		texts := []string{row[0]}
		for i, q := range c.Quiz.Questions {
			cell := row[1+i]
			switch form := q.Form(); {
			case n == 0:
				cell = q.Ask
			case cell != "":
				var parts []string
				for id := range strings.SplitSeq(cell, ";") {
					for k, known := range form.IDs {
						if known == id {
							parts = append(parts, form.Texts[k])
						}
					}
				}
				cell = strings.Join(parts, ", ")
			}
			texts = append(texts, cell)
		}
		all = append(all, texts)
	}
	return all
}

// with adds a column.
func with(rows [][]string, header string, cell func(i int) string) [][]string {
	var all [][]string
	for i, row := range rows {
		more := header
		if i > 0 {
			more = cell(i)
		}
		all = append(all, append(append([]string{}, row...), more))
	}
	return all
}

// asSheets writes rows as answer sheets, one a line.
func asSheets(t testing.TB, c *score.Compiled, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, row := range rows[1:] {
		answers := make(map[string]any)
		for i, q := range c.Quiz.Questions {
			switch form := q.Form(); {
			case row[1+i] == "":
			case form.List:
				answers[q.ID] = strings.Split(row[1+i], ";")
			case form.Steps:
				answers[q.ID] = json.Number(row[1+i])
			default:
				answers[q.ID] = row[1+i]
			}
		}
		if err := json.NewEncoder(&b).Encode(map[string]any{"respondent": row[0], "answers": answers}); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// TestLaneTakesTheBuiltInQuizzes in every setting, but for rows with what has not
// been met.
func TestLaneTakesTheBuiltInQuizzes(t *testing.T) {
	const people = 3000
	for _, id := range quizzes.IDs() {
		if testing.Short() && id != "pm-po-quick" {
			continue // the longer quiz takes a second
		}
		c := builtIn(t, id)
		ids := templateRows(t, c, people)
		optional := 0
		for i, q := range c.Quiz.Questions {
			if q.Optional {
				optional = 1 + i
			}
		}
		missing := with(ids, "Course", func(i int) string { return fmt.Sprint("group ", i%7) })
		for i := range missing[1:] {
			if row := missing[1+i]; i%3 == 0 && optional > 0 {
				row[optional] = ""
			}
		}
		times := with(with(ids, "Start time", func(i int) string { return "2026-11-24 09:00:00" }), "Completion time",
			func(i int) string { return fmt.Sprintf("2026-11-24 09:%02d:%02d", i/60%60, i%60) })
		for name, test := range map[string]struct {
			data []byte
			o    Options
		}{
			"ids":                {asCSV(ids, false), Options{}},
			"ids between quotes": {asCSV(ids, true), Options{}},
			"texts":              {asCSV(inTexts(c, ids), false), Options{}},
			"texts in quotes":    {asCSV(inTexts(c, ids), true), Options{}},
			"missing answers":    {asCSV(missing, false), Options{}},
			"groups":             {asCSV(missing, false), Options{Columns: columns.Options{By: "Course"}}},
			"report":             {asCSV(missing, false), Options{Roster: NewRoster(c), Columns: columns.Options{By: "Course"}}},
			"anonymised":         {asCSV(ids, false), Options{Hash: func(id []byte) string { return "h" + string(id) }}},
			"times":              {asCSV(times, false), Options{}},
			"sheets":             {asSheets(t, c, ids), Options{}},
			"in full":            {asCSV(ids, false), Options{Encode: func(*score.Result, string) (head, rest []byte, err error) { return nil, []byte("\n"), nil }}},
		} {
			t.Run(id+"/"+name, func(t *testing.T) {
				test.o.Workers, test.o.Thresholds = 1, DefaultThresholds()
				out, took, err := tryLane(c, test.data, test.o)
				if err != nil {
					t.Fatal(err)
				}
				if out.summary.Scored != people {
					t.Fatalf("%d of %d scored: %+v", out.summary.Scored, people, out.summary.FirstRejects)
				}
				if took.Why != "" || took.Met > people/20 || took.Rows != people && test.o.Encode == nil {
					t.Errorf("the lane took %+v of %d", took, people)
				}
			})
		}
	}
}
