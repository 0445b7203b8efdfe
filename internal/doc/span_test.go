package doc

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// places lists all below the root: path, key and value as they are written.
func places(f *File) []string {
	var lines []string
	walk("", f.Root, func(path string, n *Node) {
		if n == f.Root {
			return
		}
		header := ""
		if n.Header {
			header = " header"
		}
		key, span := f.Source[n.Key.Start:n.Key.End], f.Source[n.Span.Start:n.Span.End]
		lines = append(lines, fmt.Sprintf("%s: %v%s <%s> <%s>", path, n.Kind, header, key, span))
	})
	return lines
}

var spanCases = []struct {
	name, text string
	want       []string
}{
	{"bare key", "a = 1", []string{"a: an integer <a> <1>"}},
	{"no space", "a=1", []string{"a: an integer <a> <1>"}},
	{"all bare letters", "Az-_9 = true", []string{"Az-_9: true or false <Az-_9> <true>"}},
	{"quoted keys", "\"a b\" = 1\n'c d' = 2\n\"\\u00e9\" = 3\n\"\" = 4", []string{
		`a b: an integer <"a b"> <1>`, `c d: an integer <'c d'> <2>`, `é: an integer <"\u00e9"> <3>`, `: an integer <""> <4>`}},
	{"dotted key", " a . \"b.c\" .d = 1", []string{
		"a: a table <a> <a>", `a.b.c: a table <"b.c"> <"b.c">`, "a.b.c.d: an integer <d> <1>"}},
	{"dotted keys share a table", "a.b = 1\na.c = 2", []string{
		"a: a table <a> <a>", "a.b: an integer <b> <1>", "a.c: an integer <c> <2>"}},
	{"header", "[ a.b ] # c\nx = 1", []string{
		"a: a table <a> <a>", "a.b: a table header <b> <[ a.b ]>", "a.b.x: an integer <x> <1>"}},
	{"header of a table made in passing", "[a.b]\n[a]\nx=1", []string{
		"a: a table header <a> <[a]>", "a.b: a table header <b> <[a.b]>", "a.x: an integer <x> <1>"}},
	{"list of tables", "[[a]]\nx=1\n[[a]]\n[a.b]\ny=2\n[[a.c]]", []string{
		"a: a list header <a> <[[a]]>", "a[0]: a table header <a> <[[a]]>", "a[0].x: an integer <x> <1>",
		"a[1]: a table header <a> <[[a]]>", "a[1].b: a table header <b> <[a.b]>", "a[1].b.y: an integer <y> <2>",
		"a[1].c: a list header <c> <[[a.c]]>", "a[1].c[0]: a table header <c> <[[a.c]]>"}},
	{"list", "a = [ 1, [\"x\"] , # c\n {b = 2}, ]", []string{
		"a: a list <a> <[ 1, [\"x\"] , # c\n {b = 2}, ]>", "a[0]: an integer <> <1>", `a[1]: a list <> <["x"]>`,
		`a[1][0]: a string <> <"x">`, "a[2]: a table <> <{b = 2}>", "a[2].b: an integer <b> <2>"}},
	{"inline table", "a = { b = 1, c.d = 2 }", []string{
		"a: a table <a> <{ b = 1, c.d = 2 }>", "a.b: an integer <b> <1>", "a.c: a table <c> <c>", "a.c.d: an integer <d> <2>"}},
	{"inline table over lines", "a = {\n b = 1, # c\n}\nd = {}", []string{
		"a: a table <a> <{\n b = 1, # c\n}>", "a.b: an integer <b> <1>", "d: a table <d> <{}>"}},
	{"strings", `a = "x \" y"` + "\nb = 'x \\'\nc = \"\"\"x \" \\\"\"\"\"\"\nd = '''x '' '''''\ne = \"\"\nf = ''\ng = \"\"\"\"\"\"", []string{
		`a: a string <a> <"x \" y">`, `b: a string <b> <'x \'>`, `c: a string <c> <"""x " \""""">`, "d: a string <d> <'''x '' '''''>",
		`e: a string <e> <"">`, "f: a string <f> <''>", `g: a string <g> <"""""">`}},
	{"strings over lines", "a = \"\"\"\nx\\\n  y\n\"\"\"\nb = '''\n\\\n''' # c", []string{
		"a: a string <a> <\"\"\"\nx\\\n  y\n\"\"\">", "b: a string <b> <'''\n\\\n'''>"}},
	{"numbers", "a = +1_000\nb = 0xDEAD_beef\nc = -1.5e-3\nd = -inf\ne = nan\nf = 1e5\ng=0b1", []string{
		"a: an integer <a> <+1_000>", "b: an integer <b> <0xDEAD_beef>", "c: a number with a fraction <c> <-1.5e-3>",
		"d: a number with a fraction <d> <-inf>", "e: a number with a fraction <e> <nan>", "f: a number with a fraction <f> <1e5>", "g: an integer <g> <0b1>"}},
	{"dates", "a = 2026-11-23 # c\nb = 2026-11-23 10:00:00.5 \nc = 2026-11-23T10:00Z\nd = [10:00:00, 10:00]", []string{
		"a: a date or time <a> <2026-11-23>", "b: a date or time <b> <2026-11-23 10:00:00.5>", "c: a date or time <c> <2026-11-23T10:00Z>",
		"d: a list <d> <[10:00:00, 10:00]>", "d[0]: a date or time <> <10:00:00>", "d[1]: a date or time <> <10:00>"}},
	{"line ends of two characters", "[a]\r\nb = 1 # c\r\nc = \"\"\"x\r\ny\"\"\"\r\n", []string{
		"a: a table header <a> <[a]>", "a.b: an integer <b> <1>", "a.c: a string <c> <\"\"\"x\r\ny\"\"\">"}},
	{"byte order mark", "\ufeffa = 'é'\nb = 2", []string{"a: a string <a> <'é'>", "b: an integer <b> <2>"}},
	{"empty", "", nil},
	{"only a comment", " # c", nil},
}

func TestTOMLSpans(t *testing.T) {
	for _, c := range spanCases {
		t.Run(c.name, func(t *testing.T) {
			f, err := TOML("x", []byte(c.text))
			if err != nil {
				t.Fatalf("%v at %v", err, err.Span)
			}
			checkShape(t, f)
			if diff := cmp.Diff(c.want, places(f)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestComments(t *testing.T) {
	f, err := TOML("x", []byte("# one\r\na = 1 # two\nb = [ # three\n '#', # four\n] #five\n[c] #\n#\td = é"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range f.Comments {
		got = append(got, string(f.Source[c.Start:c.End]))
	}
	want := []string{"# one", "# two", "# three", "# four", "#five", "#", "#\td = é"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestJSONSpans(t *testing.T) {
	text := "\ufeff{\"a\" : [1, -2.5e1, {}, null], \"\\u0062\": {\"c\":\"x\\\"é\", \"d\":true},\n\"e\": false }\n"
	want := []string{
		`a: a list <"a"> <[1, -2.5e1, {}, null]>`, "a[0]: an integer <> <1>", "a[1]: a number with a fraction <> <-2.5e1>",
		"a[2]: a table <> <{}>", "a[3]: null <> <null>", `b: a table <"\u0062"> <{"c":"x\"é", "d":true}>`,
		`b.c: a string <"c"> <"x\"é">`, `b.d: true or false <"d"> <true>`, `e: true or false <"e"> <false>`}
	f, err := JSON("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	checkShape(t, f)
	if diff := cmp.Diff(want, places(f)); diff != "" {
		t.Error(diff)
	}
	if got := string(f.Source[f.Root.Span.Start:f.Root.Span.End]); got[0] != '{' || got[len(got)-1] != '}' {
		t.Errorf("the root stands at %q", got)
	}
}
