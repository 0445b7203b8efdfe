package persona

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rolefit/rolefit/internal/odds"
)

// workshop opens the workshop quiz, whatever it is called.
func workshop(t testing.TB) Open {
	src := readFile(t, testdata+"/quiz.toml")
	return func(path string) ([]byte, error) {
		if !strings.HasSuffix(path, "quiz.toml") {
			return nil, errors.New("it does not exist")
		}
		return src, nil
	}
}

// FuzzRead: a file is a test that runs, or has findings with a place; never both, never a panic.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob(testdata + "/broken/*" + Suffix)
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds (%v)", err)
	}
	for _, name := range names {
		f.Add(readFile(f, name))
	}
	f.Add([]byte(joiner + "outcome = \"joiner\"\nflips = { min = 2 }"))
	f.Add([]byte(between + "score = { wood = { min = 33.3333 } }\n[odds]\ntie = { max = 0.1 }"))
	open := workshop(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		test, found := Read("quiz"+Suffix, src, open)
		if (test == nil) == (found == nil) {
			t.Fatalf("test %v, findings %v", test, found)
		}
		if test == nil {
			var b strings.Builder
			if err := found.WriteText(&b); err != nil {
				t.Fatal(err)
			}
			return
		}
		if r := Run([]*Test{test}, Options{Coverage: true, Limits: odds.DefaultLimits()}); r.Results() == 0 {
			t.Error("a test that tests nothing was accepted")
		}
	})
}

// TestHostile: a file made to take long is refused in reasonable time.
func TestHostile(t *testing.T) {
	size := 1_000_000
	if testing.Short() {
		size /= 20
	}
	many := func(piece string) string { return strings.Repeat(piece, size/len(piece)) }
	unique := func(format func(i int) string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(format(i))
		}
		return b.String()
	}
	number := func(i int) string {
		return string(rune('a'+i%26)) + strings.Repeat("x", i%7) + time.Duration(i).String()
	}
	for name, src := range map[string]string{
		"personas":    many("[[persona]]\n"),
		"names":       many("[[persona]]\nname=\"Kim\"\n"),
		"one line":    "persona = [" + many("{name=1},") + "]",
		"outcomes":    "[[persona]]\nname=\"a\"\n[persona.expect]\noutcome=[" + many("\"joinr\",") + "]",
		"long titles": "[[persona]]\nname=\"a\"\n[persona.expect]\nsteps=[" + many("\""+strings.Repeat("Buy ", 20)+"\",") + "]",
		"keys":        unique(func(i int) string { return "\"" + number(i) + "\"=1\n" }, size*6/100),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if _, found := Read("quiz"+Suffix, []byte(src), workshop(t)); len(found) == 0 {
				t.Error("it was accepted")
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}
