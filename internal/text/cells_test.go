package text

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// TestCells: another library measures and cuts text alike.
func TestCells(t *testing.T) {
	pieces := []string{"a", "b", " ", "-", "é", "e\u0301", "世", "👩‍🚀", "🇩🇪", "\u200b", "\u00a0", "…", "\x1b[1;36m", "\x1b[0m"}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "text"), "")
		width := rapid.IntRange(1, 20).Draw(t, "width")
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Errorf("%q is %d wide, and not %d", s, want, got)
		}
		if got, want := Fit(s, width), ansi.Truncate(s, width, "…"); got != want {
			t.Errorf("%q cut to %d: got %q, want %q", s, width, got, want)
		}
		parts := chopped(s, width)
		if strings.Join(parts, "") != s {
			t.Errorf("%q comes to %q", s, parts)
		}
		for _, part := range parts {
			if Width(part) > max(width, 2) {
				t.Errorf("%q is wider than %d", part, width)
			}
		}
	})
}
