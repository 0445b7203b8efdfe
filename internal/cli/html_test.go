package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolefit/rolefit/internal/browsertest"
	"github.com/rolefit/rolefit/internal/golden"
)

// htmlPages are the command lines that write a page, each by the name of its
// pictures. PAGE stands for the file; the words are split at spaces.
var htmlPages = []struct{ name, line string }{
	{"result", "quiz --answers ../../testdata/answers/pm-po.strategist.json --format html -o PAGE"},
	{"hybrid", "quiz pm-po-quick --answers ../../testdata/answers/pm-po-quick.likes-both.json --format html -o PAGE"},
	{"weak", "quiz --answers ../../testdata/answers/pm-po.likes-neither.json --format html -o PAGE"},
	{"compare", "compare --format html -o PAGE"},
	{"compare-many", "compare ../../testdata/quiz/good/full.toml --format html -o PAGE"},
	{"odds", "odds --format html -o PAGE"},
	{"odds-many", "odds ../../testdata/quiz/good/full.toml --format html -o PAGE"},
	{"odds-foreign", "odds ../../testdata/quiz/good/unicode.toml --format html -o PAGE"},
	{"cohort", "cohort score ../../testdata/report/course.csv --by course --report PAGE"},
	{"cohort-few", "cohort score ../../testdata/cohort/by-hand.csv --quiz ../../testdata/cohort/forms.toml --report PAGE"},
	{"cohort-hostile", "cohort score ../../testdata/report/hostile.csv --by course --report PAGE"},
}

// TestHTML shows every page to a browser. With ROLEFIT_SHOTS=FOLDER (an absolute
// path) it leaves pictures of them there, to look at.
func TestHTML(t *testing.T) {
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
				leavePictures(t, b, file, filepath.Join(folder, p.name))
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

func leavePictures(t *testing.T, b *browsertest.Browser, file, to string) {
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

// TestReportShots renews the pictures of the reports in the documents: the top of a
// page, in few colours, so that they stay small. Each browser draws them a little
// differently, so nothing is held to them.
func TestReportShots(t *testing.T) {
	if !golden.Updating() {
		t.Skip("to renew them: " + golden.Switch)
	}
	b := browsertest.Open(t)
	for _, one := range []struct {
		page, scheme string
		tall         int
	}{{"result", "light", 1150}, {"result", "dark", 1150}, {"cohort", "light", 1480}, {"odds", "light", 1080}} {
		file := filepath.Join(t.TempDir(), "page.html")
		for _, p := range htmlPages {
			if p.name == one.page {
				writePage(t, p.line, file)
			}
		}
		picture := filepath.Join(t.TempDir(), "page.png")
		b.Screenshot(t, file, one.scheme, 800, picture)
		shrink(t, picture, filepath.Join("../../testdata/shots", "report-"+one.page+"-"+one.scheme+".png"), one.tall)
	}
}

// shrink cuts a picture off below, and keeps its most frequent colours.
func shrink(t *testing.T, from, to string, tall int) {
	t.Helper()
	src, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := png.Decode(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	size := image.Rect(0, 0, whole.Bounds().Dx(), min(tall, whole.Bounds().Dy()))
	counts := make(map[color.RGBA]int)
	for y := range size.Dy() {
		for x := range size.Dx() {
			counts[color.RGBAModel.Convert(whole.At(x, y)).(color.RGBA)]++
		}
	}
	frequent := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	for _, c := range frequent[:min(len(frequent), 48)] {
		palette = append(palette, c)
	}
	small := image.NewPaletted(size, palette)
	draw.Draw(small, size, whole, image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}
