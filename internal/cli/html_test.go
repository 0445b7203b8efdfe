package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rolefit/rolefit/internal/browsertest"
)

// htmlPages are the command lines that write a page, each by the name of its
// pictures. PAGE stands for the file; the words are split at spaces.
var htmlPages = []struct{ name, line string }{}

// TestHTML shows every page to a browser. With ROLEFIT_SHOTS=FOLDER (an absolute
// path) it leaves pictures of them there, to look at.
func TestHTML(t *testing.T) {
	if len(htmlPages) == 0 {
		t.Skip()
	}
	b := browsertest.Open(t)
	for _, p := range htmlPages {
		t.Run(p.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), p.name+".html")
			writePage(t, p.line, file)
			b.Check(t, file, browsertest.Options{})
			for _, paper := range []browsertest.Paper{browsertest.A4, browsertest.Letter} {
				b.PDF(t, file, paper)
			}
			if folder := os.Getenv("ROLEFIT_SHOTS"); folder != "" {
				shots(t, b, file, filepath.Join(folder, p.name))
			}
		})
	}
}

// writePage runs the command line in this process, far from a terminal.
func writePage(t *testing.T, line, file string) {
	t.Helper()
	args := strings.Fields(line)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "PAGE", file)
	}
	var out, errs bytes.Buffer
	e := &env{
		in: strings.NewReader(""), out: &out, err: &errs,
		getenv: func(string) string { return "" },
		now:    func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		seed:   func() int64 { return 1 },
	}
	if code := e.run(context.Background(), args); code != exitDone && code != exitFound {
		t.Fatalf("rolefit %s: exit code %d\n%s", line, code, errs.String())
	}
}

func shots(t *testing.T, b *browsertest.Browser, file, to string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{360, 1280} {
			b.Screenshot(t, file, scheme, width, fmt.Sprintf("%s-%s-%d.png", to, scheme, width))
		}
	}
}
