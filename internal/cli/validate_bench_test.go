package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkValidateThousand checks a folder of a thousand definitions.
//
//	go test -run '^$' -bench ValidateThousand -benchtime 1x ./internal/cli
func BenchmarkValidateThousand(b *testing.B) {
	src, err := os.ReadFile("../check/example.toml")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	for i := range 1000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.toml", i)), src, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	e := &env{out: io.Discard, err: io.Discard, getenv: func(string) string { return "" },
		now: func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }}
	for b.Loop() {
		if code := e.run(context.Background(), []string{"validate", dir}); code != exitDone {
			b.Fatalf("exit code %d", code)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N)/1000, "ms/file")
}
