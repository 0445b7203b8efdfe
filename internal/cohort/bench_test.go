package cohort

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

// quizIn compiles the quiz in a file.
func quizIn(b testing.TB, file string) *score.Compiled {
	b.Helper()
	return score.Compile(quiztest.Read(b, file))
}

// BenchmarkScore scores a table from memory to nowhere, and gives how many times
// as long that takes as copying it in memory does.
func BenchmarkScore(b *testing.B) {
	for _, one := range []struct{ name, quiz string }{
		{"scales", "../../testdata/bench/quiz.toml"},
		{"all-kinds", "../../quizzes/pm-po.toml"},
	} {
		c := quizIn(b, one.quiz)
		var in bytes.Buffer
		if err := columns.Template(&in, c.Quiz, 100_000, 1); err != nil {
			b.Fatal(err)
		}
		b.Run(one.name, func(b *testing.B) {
			b.SetBytes(int64(in.Len()))
			b.ReportAllocs()
			var ours, copying time.Duration
			other := make([]byte, in.Len())
			for b.Loop() {
				start := time.Now()
				copy(other, in.Bytes())
				copied := time.Now()
				s := New(c, Options{Thresholds: DefaultThresholds(), Results: io.Discard})
				src := &rows.Source{Reader: bytes.NewReader(in.Bytes()), Delimiter: ','}
				if err := s.Table(context.Background(), src); err != nil {
					b.Fatal(err)
				}
				if s.Summary().Scored != 100_000 {
					b.Fatal("not all rows were scored")
				}
				copying += copied.Sub(start)
				ours += time.Since(copied)
			}
			b.ReportMetric(float64(ours)/float64(copying), "×copy")
			b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N)/100_000, "ns/row")
		})
	}
}
