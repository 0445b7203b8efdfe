package score_test

import (
	"testing"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/quizzes"
)

// BenchmarkCompile is a part of every start.
//
//	go test -run '^$' -bench Compile -benchmem ./internal/score
func BenchmarkCompile(b *testing.B) {
	q, faults := quiz.Decode("pm-po.toml", quizzes.Source("pm-po"))
	if faults != nil {
		b.Fatal(faults)
	}
	b.ReportAllocs()
	for b.Loop() {
		score.Compile(q)
	}
}
