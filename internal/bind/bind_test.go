package bind

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
)

var shapes = Shapes{
	"file": {{"name", doc.String}, {"size", doc.Integer}, {"tags", doc.Array}, {"part", doc.Array}},
	"part": {{"id", doc.String}, {"of", doc.Table}},
}

// read reads a file whose parts hold others, and gives what is found.
func read(t *testing.T, src string, how func(*Reader)) []string {
	t.Helper()
	file, syntax := doc.TOML("f", []byte(src))
	if syntax != nil {
		t.Fatal(syntax)
	}
	r := NewReader(file, shapes)
	if how != nil {
		how(r)
	}
	top := r.Table(file.Root, "file")
	top.Text("name", Required|Filled)
	top.Integer("size", 1, 1, 9)
	top.Texts("tags")
	for _, part := range top.Tables("part", 1, 2) {
		part.Text("id", Required)
		part.Typed("of", doc.Table, 0)
		part.Done()
	}
	top.Done()
	var all []string
	for _, f := range r.Found.Bound() {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%d:%d %s: %s %s%s", f.Place.Line, f.Place.Column, f.Rule, f.Message, f.Suggestion, f.Help)))
	}
	return all
}

func TestReader(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		how  func(*Reader)
		want []string
	}{
		"nothing wrong": {src: "name = 'a'\n[[part]]\nid = 'b'"},
		"missing":       {src: "size = 3", want: []string{"1:1 missing-key: `name` is missing", "1:1 missing-key: `part` is missing"}},
		"values": {src: "name = ' '\nsize = 10\ntags = ['', 3]\npart = [{ id = \"\\u001b\" }, 4, {}]", want: []string{
			"1:8 empty-text: `name` is blank", "2:8 out-of-range: `size` is 10: it must lie between 1 and 9",
			"3:9 empty-text: an entry of `tags` is blank", "3:13 wrong-type: an entry of `tags` must be a string, not an integer",
			"4:16 unsafe-text: `id` holds the character U+001B, which can take over a terminal or turn text around",
			"4:28 wrong-type: an entry of `part` must be a table, not an integer",
			"4:31 missing-key: `id` is missing", "4:31 out-of-range: 3 of `part`: there may be at most 2",
		}},
		"one for many": {src: "name = 'a'\n[part]\nof = 3", want: []string{
			"2:1 missing-key: `id` is missing", "2:1 wrong-type: `part` must be a list of tables, not a table begin each with [[part]], in two pairs of brackets",
			"3:6 wrong-type: `of` must be a table, not an integer",
		}},
		"misspelt, and read all the same": {src: "nmae = 'a'\n[[prat]]\nID = 'b'\n[prat.off]\n[[part]]\nid = 4", want: []string{
			"1:1 unknown-key: unknown key `nmae` name", "2:3 unknown-key: unknown key `prat` part",
			"3:1 unknown-key: unknown key `\"ID\"` id", "4:7 unknown-key: unknown key `off` of", "6:6 wrong-type: `id` must be a string, not an integer",
		}},
		"elsewhere": {src: "name = 'a'\n[[part]]\nid = 'b'\nsize = 3",
			how:  func(r *Reader) { r.Elsewhere = func(t *Table, key string) string { return t.Sort + " has no " + key } },
			want: []string{"4:1 unknown-key: unknown key `size` part has no size"}},
		"plain, and named otherwise": {src: "name = 'a'\n\"a b\" = 3\n[[part]]\nid = 'b'",
			how: func(r *Reader) { r.Plain, r.KeyName = true, strings.ToUpper }, want: []string{"2:1 : unknown key A B"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, read(t, test.src, test.how)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestNearIsBounded: suggestions end where a hostile file asks for too many.
func TestNearIsBounded(t *testing.T) {
	r := NewReader(&doc.File{}, nil)
	many := make([]string, nearBudget-1)
	if r.Near("ask", []string{"aks"}) != "aks" || r.Near("ask", many) != "" || r.Near("ask", []string{"aks"}) != "" {
		t.Error("there is no bound")
	}
}

func TestAcceptable(t *testing.T) {
	r := NewReader(&doc.File{}, nil)
	if !r.Acceptable(diag.LongText, doc.Span{}) || len(r.Found) > 0 {
		t.Error("a warning cannot be accepted")
	}
	if r.Acceptable(diag.Syntax, doc.Span{}) || r.Acceptable("long-txt", doc.Span{}) || r.Reported() != 2 || r.Found[1].Suggestion != diag.LongText {
		t.Errorf("%+v", r.Found)
	}
}
