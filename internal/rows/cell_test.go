package rows

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSafe(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "@SUM(A1)": "'@SUM(A1)", "-2+3": "'-2+3", "-": "'-",
		"  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "\u3000＝1": "'\u3000＝1", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", " \t=1": "' \t=1", "\ufeff=1": "'\ufeff=1", "\u200b=1": "'\u200b=1",
		"-1.5": "-1.5", "-3": "-3", "4": "4", "": "", "a=b": "a=b", "x@example.org": "x@example.org", "'=1": "'=1", "-1-1": "'-1-1",
		"-1e5": "'-1e5", "-inf": "'-inf", " -1": "' -1", "+1": "'+1",
	} {
		if got := Safe(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestAppendCell(t *testing.T) {
	for _, test := range []struct {
		cell, want string
		delim      byte
	}{
		{"", "", ','}, {"a", "a", ','}, {"a,b", `"a,b"`, ','}, {"a,b", "a,b", ';'}, {"a;b", `"a;b"`, ';'}, {`"`, `""""`, ','},
		{"a\nb", "\"a\nb\"", ','}, {" a", `" a"`, ','}, {"a ", "a ", ','}, {"a\tb", "\"a\tb\"", '\t'},
	} {
		if got := string(AppendCell(nil, []byte(test.cell), test.delim)); got != test.want {
			t.Errorf("%q: got %q, want %q", test.cell, got, test.want)
		}
	}
}

// TestCellsReadBack: whatever cells are written, encoding/csv reads them.
func TestCellsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delim := rapid.SampledFrom([]byte(",;\t")).Draw(t, "delimiter")
		text := rapid.StringOf(rapid.SampledFrom([]rune(" ,;\t\"'ab\nü=")))
		rows := rapid.SliceOfN(rapid.SliceOfN(text, 2, 2), 1, 4).Draw(t, "rows")
		var line []byte
		for _, row := range rows {
			line = append(AppendCell(line, []byte(row[0]), delim), delim)
			line = append(AppendCell(line, []byte(row[1]), delim), '\n')
		}
		r := csv.NewReader(strings.NewReader(string(line)))
		r.Comma = rune(delim)
		got, err := r.ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if d := cmp.Diff(rows, got); d != "" {
			t.Fatalf("%q: -want +got:\n%s", line, d)
		}
	})
}
