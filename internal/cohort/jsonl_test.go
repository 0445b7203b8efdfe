package cohort

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/lane"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// FuzzSheetLine: what the quick scanner takes, the reader of sheets takes too, and
// both understand the same.
func FuzzSheetLine(f *testing.F) {
	c := builtIn(f, "pm-po-quick")
	files, err := filepath.Glob("../../testdata/answers/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no sheets", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var line bytes.Buffer
		if err := json.Compact(&line, src); err != nil {
			f.Fatal(err)
		}
		f.Add(line.Bytes())
	}
	for _, seed := range []string{
		`{"answers":{"room":"plans-room","split-plan":2}}`, `{"respondent":"a","quiz":"pm-po-quick","answers":{"split-plan":02}}`,
		`{"quiz":"pm-po-quick","quiz":"pm-po-quick","answers":{}}`, `{"answers":{"split-plan":2,"split-plan":2}}`, `{"answers":{}} x`,
		"{\"answers\":{\"room\":\"plans-room\"\u00a0}}", `{"respondent":" ","answers":{}}`, `{"respondent":"x ","answers":{}}`, `{"answers":{"split-plan":2.0}}`,
		`{"digest":"` + c.Quiz.Digest() + `","answers":{"split-plan":5}}`, "\r{\"answers\":{\"split-plan\":\r1}}\r", `{"answers":{"split-plan":}}`, `{,"answers":{}}`,
	} {
		f.Add([]byte(seed))
	}
	s := New(c, Options{})
	j := &job{quizInfo: &s.quizInfo, lines: true, plan: planOfSheets(c)}
	j.lane = lane.New(c, j.plan, lane.Options{})
	w := j.newWorker()
	w.out = &chunk{}
	f.Fuzz(func(t *testing.T, line []byte) {
		line = bytes.Trim(line, blanks)
		if bytes.IndexByte(line, '\n') >= 0 {
			return
		}
		read := func() (id string, chosen []int) {
			for q := range c.Questions {
				chosen = append(chosen, w.reader.Chosen(q))
			}
			return string(w.row.id), chosen
		}
		w.scan.begin(line)
		usual := w.scan.sheet()
		if err := w.readAnySheet(line, usual); err != nil {
			if usual && w.take(&w.scan) {
				t.Fatalf("%q is taken, and should be refused: %v", line, err)
			}
			return
		}
		id, chosen := read()
		w.scan.begin(line)
		if !w.scan.sheet() {
			return
		}
		if !w.take(&w.scan) {
			t.Fatalf("%q has been met, and is not known", line)
		}
		if again, same := read(); id != again || !slices.Equal(chosen, same) {
			t.Fatalf("%q is read as %q %v, want %q %v", line, again, same, id, chosen)
		}
	})
}

// TestSheetsAreScoredAsRows: the same answers come to the same, as sheets and as a table.
func TestSheetsAreScoredAsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := score.Compile(drawQuiz(t))
		var all []respondent
		var lines []byte
		for range rapid.IntRange(1, 20).Draw(t, "people") {
			p := drawPerson(t, c.Quiz)
			sheet := map[string]any{"answers": sheetAnswers(c.Quiz, p)}
			if p.id = strings.TrimSpace(p.id); p.id != "" {
				p.id = "p" + strings.Trim(p.id, "\x1b\n")
				sheet["respondent"] = p.id
			}
			if p.broken {
				sheet = map[string]any{"answers": map[string]any{"nobody": 1}}
			}
			line, err := json.Marshal(sheet)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(append(lines, line...), rapid.SampledFrom([]string{"\n", "\r\n", "\n\n"}).Draw(t, "end")...)
			all = append(all, p)
		}
		o := Options{Thresholds: thresholds, Workers: 2, chunkSize: rapid.IntRange(1, 300).Draw(t, "chunk")}
		out, err := tryScore(c, lines, o)
		if err != nil {
			t.Fatal(err)
		}
		want := modelOf(c, all, thresholds)
		if got := strings.Replace(out.results, "respondent,", "id,", 1); got != want.results.String() {
			t.Fatalf("of\n%s\nthere is\n%swant\n%s", lines, got, want.results.String())
		}
		if n := strings.Count(out.rejects, "\n"); n != len(want.rejected) {
			t.Fatalf("%d rejects, want %d:\n%s", n, len(want.rejected), out.rejects)
		}
	})
}

func sheetAnswers(q *quiz.Quiz, p respondent) map[string]any {
	all := make(map[string]any)
	for _, one := range q.Questions {
		if a, answered := p.answers[one.ID]; answered {
			all[one.ID] = one.Form().Value(a)
		}
	}
	return all
}
