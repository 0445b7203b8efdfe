// Package golden holds what a test got against a file that says what it should
// have got, and renews such files. There is one switch for all of them, and each
// failure names it. The package is for tests alone, and knows nothing of what is in
// the files.
package golden

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Switch renews every golden file of the module. What it changed is to be read
// before it is kept.
const Switch = "UPDATE=1 go test ./..."

// Updating tells whether golden files are to be renewed. Check asks by itself; this
// is for files that are not a text, and for those that a library compares.
func Updating() bool { return os.Getenv("UPDATE") == "1" }

// Check fails the test unless the file holds what was got, or is renewed with it.
func Check[T string | []byte](t testing.TB, file string, got T) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err == nil && string(want) == string(got) {
		return
	}
	if Updating() {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s is renewed", file)
		return
	}
	if err != nil {
		t.Errorf("%v\nto renew it: %s", err, Switch)
		return
	}
	diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n"))
	t.Errorf("%s (-want +got):\n%s\nto renew it: %s", file, diff, Switch)
}
