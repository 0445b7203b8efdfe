package findings

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// TestUTF16Columns counts as the library does, on both sides of what is marked.
func TestUTF16Columns(t *testing.T) {
	line := strings.Repeat("a😀é", 2000)
	f := &File{Source: []byte("\uFEFFx\n" + line + "\nend")}
	for _, column := range []int{1, 2, 3, utf16Gap - 1, utf16Gap, utf16Gap + 1, 3 * utf16Gap, 6001} {
		want := 1 + len(utf16.Encode([]rune(line)[:column-1]))
		if got := f.utf16Column(2, column); got != want {
			t.Errorf("column %d is %d, want %d", column, got, want)
		}
	}
	if got := f.utf16Column(2, 9000); got != 1+len(utf16.Encode([]rune(line))) {
		t.Errorf("a column behind the line is %d", got)
	}
	if got := f.utf16Column(3, 2); got != 2 {
		t.Errorf("on the last line: %d", got)
	}
}

// TestUTF16ColumnsOfALongLine: many findings at the end of a long line.
func TestUTF16ColumnsOfALongLine(t *testing.T) {
	f := &File{Source: []byte(strings.Repeat("x", 1<<20))}
	start := time.Now()
	for i := range 20_000 {
		f.utf16Column(1, 1<<20-i)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
