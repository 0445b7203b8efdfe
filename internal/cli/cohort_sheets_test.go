package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/quizzes"
)

// rolefitOut runs this program and gives its standard output; the exit code has to be 0.
func rolefitOut(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Args = append([]string{"rolefit"}, args...)
	c.Stdin = strings.NewReader(stdin)
	var said strings.Builder
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		t.Fatalf("rolefit %q: %v\n%s", args, err, said.String())
	}
	return string(out)
}

// ownKeys are what a line of a cohort has and a single result has not, and who it is.
var ownKeys = regexp.MustCompile(`"id":(null|"[^"]*"),"row":\d+,"flags":\[[^\]]*\],("quiz":\{[^}]*\},)"respondent":(null|"[^"]*"),`)

var whose = regexp.MustCompile(`"respondent":(null|"[^"]*"),`)

// TestCohortRowsEqualSheets: a row of a cohort is scored as the same sheet is by `quiz --answers`.
func TestCohortRowsEqualSheets(t *testing.T) {
	if testing.Short() {
		t.Skip("dozens of processes")
	}
	files, err := filepath.Glob("../../testdata/answers/*")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d sheets, %v", len(files), err)
	}
	byQuiz := make(map[string][]string)
	for _, file := range files {
		id, _, _ := strings.Cut(filepath.Base(file), ".")
		byQuiz[id] = append(byQuiz[id], file)
	}
	for id, files := range byQuiz {
		q := builtIn(t, id)
		lines, csv := "", tableHeader(q)
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sheet, found := quiz.ReadSheet(q, file, src, false)
			if found != nil {
				t.Fatal(found)
			}
			lines += sheetLine(t, q, sheet, src)
			csv += tableRow(q, sheet)
		}
		for _, explain := range []string{"--explain=false", "--explain=true"} {
			var want []string
			for _, file := range files {
				want = append(want, whose.ReplaceAllString(rolefitOut(t, "", "quiz", id, "--answers", file, "--format", "json", explain), ""))
			}
			for name, table := range map[string]string{"JSONL": lines, "CSV": csv} {
				out := rolefitOut(t, table, "cohort", "score", "-", "--quiz", id, "--format", "jsonl", explain)
				if got := ownKeys.ReplaceAllString(out, "$2"); got != strings.Join(want, "") {
					t.Errorf("%s %s %s:\n%s\nwant\n%s", id, name, explain, got, strings.Join(want, ""))
				}
			}
		}
	}
}

func builtIn(t *testing.T, id string) *quiz.Quiz {
	t.Helper()
	q, found := quiz.DecodeBuiltIn(id, quizzes.Source(id))
	if found != nil {
		t.Fatal(found)
	}
	return q
}

// sheetLine is a sheet on one line: as it is, or as its reader understood it.
func sheetLine(t *testing.T, q *quiz.Quiz, sheet *quiz.Sheet, src []byte) string {
	t.Helper()
	var whole any
	if json.Unmarshal(src, &whole) != nil {
		answers := make(map[string]any)
		for _, one := range q.Questions {
			if a, answered := sheet.Answers[one.ID]; answered {
				answers[one.ID] = one.Form().Value(a)
			}
		}
		whole = map[string]any{"respondent": sheet.Respondent, "answers": answers}
	}
	line, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	return string(line) + "\n"
}

func tableHeader(q *quiz.Quiz) string {
	header := "id"
	for _, one := range q.Questions {
		header += "," + one.ID
	}
	return header + "\n"
}

func tableRow(q *quiz.Quiz, sheet *quiz.Sheet) string {
	row := sheet.Respondent
	for _, one := range q.Questions {
		var ids []string
		for _, entry := range sheet.Answers[one.ID] {
			ids = append(ids, one.Form().IDs[entry])
		}
		row += "," + strings.Join(ids, ";")
	}
	return row + "\n"
}
