package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// failing is a test that notes how it fails.
type failing struct {
	testing.TB
	said string
}

func (f *failing) Helper() {}

func (f *failing) Errorf(format string, args ...any) { f.said += fmt.Sprintf(format, args...) }

// TestCheck: what differs fails and says how it is renewed; renewed, it is the same.
func TestCheck(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.out")
	try := func(got, update string) string {
		t.Setenv("UPDATE", update)
		f := &failing{TB: t}
		Check(f, file, got)
		return f.said
	}
	if said := try("one\n", ""); !strings.Contains(said, "x.out") || !strings.HasSuffix(said, Switch) {
		t.Errorf("a file that is missing: %q", said)
	}
	if said := try("one\n", "1"); said != "" {
		t.Errorf("renewed: %q", said)
	}
	if src, err := os.ReadFile(file); err != nil || string(src) != "one\n" {
		t.Errorf("it holds %q, %v", src, err)
	}
	if said := try("one\n", ""); said != "" {
		t.Errorf("the same: %q", said)
	}
	if said := try("two\n", ""); !strings.Contains(said, "x.out") || !strings.Contains(said, `"two"`) || !strings.HasSuffix(said, Switch) {
		t.Errorf("another: %q", said)
	}
}
