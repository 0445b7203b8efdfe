package cohort

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/rows"
)

func TestZZ(t *testing.T) {
	for _, x := range [][3]string{{"bench", "/tmp/bench/data/quiz.toml", ""}, {"pm-ids", "../../quizzes/pm-po.toml", ""}, {"pm-texts", "../../quizzes/pm-po.toml", ""}, {"pm-ids", "../../quizzes/pm-po.toml", "by"}, {"pm-ids", "../../quizzes/pm-po.toml", "report"}, {"everything", "/tmp/bench/data/everything.toml", ""}} {
		if f := os.Getenv("ZZ"); f != "" && f != x[0] {
			continue
		}
		c := benchQuiz(t, x[1])
		data, err := os.ReadFile("/tmp/bench/data/" + x[0] + ".1e5.csv")
		if err != nil {
			t.Fatal(err)
		}
		data = data[:min(len(data), 40<<20)]
		data = data[:bytes.LastIndexByte(data, '\n')+1]
		n := bytes.Count(data, []byte("\n")) - 1
		best := time.Hour
		var l Lane
		for i := 0; i < 60; i++ {
			o := Options{Workers: 1, Thresholds: DefaultThresholds(), Results: io.Discard}
			if x[2] == "by" {
				o.Columns = columns.Options{By: "Course"}
			}
			if x[2] == "report" {
				o.Roster = NewRoster(c)
			}
			s := New(c, o)
			start := time.Now()
			if err := s.Table(context.Background(), &rows.Source{Reader: bytes.NewReader(data), Delimiter: ','}); err != nil {
				t.Fatal(err)
			}
			if d := time.Since(start); d < best {
				best = d
			}
			l = s.Lane()
		}
		fmt.Println(x, n, float64(best.Nanoseconds())/float64(n), "ns/row", l)
	}
}
