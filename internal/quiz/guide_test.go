package quiz

import (
	"os"
	"regexp"
	"testing"
)

// TestGuideExamples: the first quiz of the author's guide decodes, and its first
// sheet is a sheet of that quiz as it stands.
func TestGuideExamples(t *testing.T) {
	guide, err := os.ReadFile("../../quizzes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	first := func(language string) []byte {
		found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(guide)
		if found == nil {
			t.Fatalf("the guide has no %s", language)
		}
		return found[1]
	}
	q, faults := Decode("guide.toml", first("toml"))
	if faults != nil {
		t.Fatal(faults)
	}
	if _, faults := ReadSheet(q, "guide.json", first("json"), false); faults != nil {
		t.Error(faults)
	}
}
