package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

const hello = `package main

import "fmt"

func main() { fmt.Println("hello") }
`

// BenchmarkStartup times whole processes beside a Go hello-world run in turn
// with them, and reports the ratio of the medians. Goals: version at most 2,
// scoring a sheet of the built-in quiz at most 4.
//
//	go test -run '^$' -bench Startup -benchtime 200x ./internal/cli
func BenchmarkStartup(b *testing.B) {
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "hello.go"), []byte(hello), 0o600); err != nil {
		b.Fatal(err)
	}
	helloBin, bin := filepath.Join(dir, "hello"), filepath.Join(dir, "rolefit")
	build(b, helloBin, filepath.Join(dir, "hello.go"))
	build(b, bin, "../../cmd/rolefit")
	sheet := "../../testdata/answers/pm-po.strategist.json"
	for _, bench := range []struct {
		name string
		args []string
	}{
		{"version", []string{"version"}},
		{"answers", []string{"quiz", "--answers", sheet}},
		{"answers-json", []string{"quiz", "--answers", sheet, "--format", "json"}},
		{"answers-unexplained", []string{"quiz", "--answers", sheet, "--explain=false"}},
		{"list", []string{"list"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var ours, theirs []time.Duration
			for b.Loop() {
				theirs = append(theirs, run(b, helloBin))
				ours = append(ours, run(b, bin, bench.args...))
			}
			b.ReportMetric(float64(median(ours))/float64(median(theirs)), "×hello")
			b.ReportMetric(float64(median(ours).Microseconds())/1000, "ms/run")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func build(b *testing.B, out, from string) {
	b.Helper()
	c := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, from)
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, text)
	}
}

func run(b *testing.B, bin string, args ...string) time.Duration {
	b.Helper()
	start := time.Now()
	if err := exec.Command(bin, args...).Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
