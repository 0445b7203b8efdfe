package quiz

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
)

// hostile are texts that cost far too much where anything is quadratic.
func hostile() map[string]string {
	head := "format = 1\nid = \"h\"\nversion = \"1.0.0\"\ntitle = \"H\"\n"
	roles := "[[role]]\nid = \"r\"\nweights = { d = 1 }\n[[role]]\nid = \"s\"\nweights = { d = -1 }\n"
	dims := "[[dimension]]\nid = \"d\"\n"
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "#", fmt.Sprintf("%05d", i)))
		}
		return b.String()
	}
	options := "option = [" + many(10, `{ id = "o#", text = "O", points = { d = 1 } },`) + "]\n"
	big := `[[question]]` + "\nkind = \"multi\"\nask = \"?\"\n" + options
	rank := "[[question]]\nid = \"rank\"\nkind = \"rank\"\nask = \"?\"\n"
	return map[string]string{
		"brackets":         strings.Repeat("[", doc.MaxSize),
		"too large":        strings.Repeat(" ", doc.MaxSize+1),
		"inline tables":    "a = " + strings.Repeat("{a=", 300_000),
		"dotted key":       strings.Repeat("a.", 400_000) + "a = 1",
		"repeated keys":    strings.Repeat("a = 1\n", 100_000),
		"unknown keys":     many(20_000, "k# = 1\n"),
		"500 multi":        head + dims + many(500, strings.Replace(big, "\nkind", "\nid = \"q#\"\nkind", 1)) + roles,
		"rank too long":    head + dims + rank + many(26, "[[question.option]]\nid = \"x#\"\ntext = \"x\"\npoints = { d = 1 }\n") + roles,
		"multi too long":   head + dims + strings.Replace(rank, "kind = \"rank\"", "kind = \"multi\"", 1) + many(4000, "[[question.option]]\nid = \"x#\"\ntext = \"x\"\npoints = { d = 1 }\n") + roles,
		"one line":         head + "check.allow = [" + strings.Repeat(`"a",`, 40_000) + "]\n" + dims + roles,
		"references":       head + dims + many(10_000, "[[question]]\nid = \"q#\"\nask = \"?\"\nwhen = { x# = \"a\" }\n") + roles,
		"long words":       head + "[[dimension]]\nid = \"" + strings.Repeat("a", 300_000) + "\"\n" + "[[role]]\nid = \"r\"\nweights = { " + strings.Repeat("b", 300_000) + " = 1 }\n",
		"dimensions":       head + many(15_000, "[[dimension]]\nid = \"d#\"\n") + "[[role]]\nid = \"r\"\nweights = {" + many(15_000, "d#=1,") + "}\n",
		"roles of hybrids": head + dims + many(12_000, "[[role]]\nid = \"r#\"\n") + "[[hybrid]]\nid = \"h\"\nmargin = 1\nroles = [" + many(12_000, `"r#",`) + "]\n",
		"options in when":  head + dims + "[[question]]\nid = \"q\"\nask = \"?\"\noption = [" + many(10_000, `{id="o#",text="o"},`) + "]\n" + roles + "[[note]]\ntext = \"n\"\nwhen = { q = [" + many(20_000, `"x#",`) + "] }\n",
	}
}

// TestHostile wants an answer of a sensible size; that it comes soon is for the
// test's own time limit to say.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of kilobytes each")
	}
	for name, src := range hostile() {
		t.Run(name, func(t *testing.T) {
			q, found := Decode("h.toml", []byte(src))
			switch {
			case name == "500 multi":
				// 1024 answers each: nothing is wrong with it
				if q == nil || len(q.Questions) != 500 || q.Questions[499].Form().Count() != 1024 {
					t.Errorf("%d findings", len(found))
				}
				return
			case q != nil || len(found) == 0:
				t.Fatal("accepted")
			}
			t.Log(len(found), found[0].Headline())
			var out bytes.Buffer
			if err := found.WriteText(&out); err != nil || out.Len() > 1000*len(found) {
				t.Errorf("%d findings take %d bytes", len(found), out.Len())
			}
		})
	}
}

// TestTooLarge is the one syntax fault that is not stored as a file.
func TestTooLarge(t *testing.T) {
	_, found := Decode("large.toml", bytes.Repeat([]byte("#"), doc.MaxSize+1))
	if len(found) != 1 || found[0].Rule != diag.Syntax || found[0].Place.Line != 1 || found[0].Place.Column != 1 {
		t.Errorf("%v", found)
	}
	if _, found := Decode("full.toml", append(read(t, "../../testdata/quiz/good/minimal.toml"), bytes.Repeat([]byte("#"), 1000)...)); found != nil {
		t.Errorf("%v", found)
	}
}

func FuzzDecode(f *testing.F) {
	for _, pattern := range []string{"quiz/broken/*.toml", "quiz/good/*.toml", "../quizzes/*.toml"} {
		for i, name := range files(f, pattern) {
			if testing.Short() && i%4 != 0 {
				continue
			}
			f.Add(read(f, name))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		q, found := Decode("f.toml", src)
		if (q == nil) == (len(found) == 0) {
			t.Fatalf("a quiz and %d findings", len(found))
		}
		checkFindings(t, src, found)
		_, again := Decode("f.toml", src)
		if a, b := written(t, found), written(t, again); a != b {
			t.Fatalf("two runs differ:\n%s\n%s", a, b)
		}
		if q != nil {
			checkAccepted(t, q)
		}
	})
}

func FuzzSheet(f *testing.F) {
	q := good(f, "full")
	for _, pattern := range []string{"sheet/broken/*.json", "sheet/broken/*.toml", "sheet/good/*"} {
		for _, name := range files(f, pattern) {
			f.Add(filepath.Ext(name), read(f, name))
		}
	}
	f.Fuzz(func(t *testing.T, ext string, src []byte) {
		s, found := ReadSheet(q, "f"+ext, src, false)
		if (s == nil) == (len(found) == 0) {
			t.Fatalf("a sheet and %d findings", len(found))
		}
		checkFindings(t, src, found)
		if s == nil {
			return
		}
		for id, a := range s.Answers {
			if !q.Question(id).Form().Allows(a) {
				t.Fatalf("%s: %v is not allowed", id, a)
			}
		}
	})
}

func written(t *testing.T, l diag.List) string {
	t.Helper()
	var b bytes.Buffer
	if err := l.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkFindings holds what every list of findings promises.
func checkFindings(t *testing.T, src []byte, found diag.List) {
	t.Helper()
	sorted := append(diag.List{}, found...)
	sorted.Sort()
	lines := strings.Split(string(bytes.TrimPrefix(src, []byte("\uFEFF"))), "\n")
	for i, f := range found {
		if f.Headline() != sorted[i].Headline() {
			t.Fatalf("not sorted: %v", found)
		}
		p := f.Place
		if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len([]rune(lines[p.Line-1]))+1 {
			t.Fatalf("%s lies outside the file", p)
		}
		if p.EndLine < p.Line || p.EndLine > len(lines) || p.EndLine == p.Line && p.EndColumn < p.Column {
			t.Fatalf("%+v ends before it begins, or outside", p)
		}
	}
	if out := written(t, found); strings.ContainsFunc(strings.ReplaceAll(out, "\n", ""), func(r rune) bool { return r < ' ' || r == 0x7f }) {
		t.Fatalf("control characters in %q", out)
	}
}

// checkAccepted holds what every quiz without findings promises.
func checkAccepted(t *testing.T, q *Quiz) {
	t.Helper()
	for _, one := range q.Questions {
		if n := one.Form().Count(); n < 2 || n > 1024 {
			t.Fatalf("question %s has %d alternatives", one.ID, n)
		}
	}
	if bad := unsafeIn(q); bad != "" {
		t.Fatalf("an accepted text holds %q", bad)
	}
	q.Order(1)
}
