package doc

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPosition(t *testing.T) {
	f := &File{Source: []byte("añb\r\n\n日本")}
	for _, c := range []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {1, 1, 2}, {2, 1, 2}, {3, 1, 3}, {4, 1, 4}, {5, 1, 5}, {6, 2, 1},
		{7, 3, 1}, {8, 3, 1}, {9, 3, 1}, {10, 3, 2}, {13, 3, 3}, {99, 3, 3},
	} {
		if line, column := f.Position(c.offset); line != c.line || column != c.column {
			t.Errorf("offset %d: got %d:%d, want %d:%d", c.offset, line, column, c.line, c.column)
		}
	}
	for n, want := range map[int]string{0: "", 1: "añb", 2: "", 3: "日本", 4: ""} {
		if got := f.Line(n); got != want {
			t.Errorf("line %d is %q, want %q", n, got, want)
		}
	}
}

// TestPositionCounts compares with counting from the start, over long lines too.
func TestPositionCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"a", "é", "日", "🎲", "\r\n", "\n", "\xff", "a\n", "日é", strings.Repeat("é", 700)})
		src := []byte(strings.Join(rapid.SliceOfN(unit, 0, 60).Draw(t, "text"), ""))
		f := &File{Source: src, marks: markText(src)}
		offset := rapid.IntRange(0, len(src)).Draw(t, "offset")
		for offset < len(src) && !utf8.RuneStart(src[offset]) {
			offset++
		}
		before := src[:offset]
		start := bytes.LastIndexByte(before, '\n') + 1
		line, column := f.Position(offset)
		if want := bytes.Count(before, []byte("\n")) + 1; line != want {
			t.Fatalf("line %d, want %d", line, want)
		}
		if want := utf8.RuneCount(before[start:]) + 1; column != want {
			t.Fatalf("column %d, want %d", column, want)
		}
		want, ended := src[start:], false
		if want, _, ended = bytes.Cut(want, []byte("\n")); ended {
			want = bytes.TrimSuffix(want, []byte("\r"))
		}
		if got := f.Line(line); got != string(want) {
			t.Fatalf("line %q, want %q", got, want)
		}
	})
}
