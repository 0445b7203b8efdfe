package check

import (
	"encoding/json"
	"testing"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// TestWitnesses: what a witness is said to show, it shows when it is scored.
func TestWitnesses(t *testing.T) {
	shows := map[string]func(*score.Result) bool{
		diag.FrequentTie:  func(r *score.Result) bool { return r.Margin.Sign() == 0 && r.Outcome.Kind == score.KindRole },
		diag.StraightLine: func(r *score.Result) bool { return r.Outcome.Kind == score.KindRole && r.Outcome.Strength == "strong" },
		diag.NoSteps:      func(r *score.Result) bool { return len(r.Steps) == 0 },
	}
	for rule, shown := range shows {
		src := read(t, "../../testdata/check/"+rule+".toml")
		q, faults := quiz.Decode("x.toml", src)
		if faults != nil {
			t.Fatal(faults)
		}
		found := Check("x.toml", src, today)
		if len(found) == 0 || found[0].Witness == nil {
			t.Errorf("%s: no witness", rule)
			continue
		}
		sheet, err := json.Marshal(map[string]any{"answers": found[0].Witness})
		if err != nil {
			t.Fatal(err)
		}
		read, faults := quiz.ReadSheet(q, "sheet.json", sheet, false)
		if faults != nil {
			t.Errorf("%s: the witness is no sheet: %v", rule, faults)
			continue
		}
		if r, err := score.Compile(q).Score(read.Answers); err != nil || !shown(r) {
			t.Errorf("%s: the witness does not show it (%v)", rule, err)
		}
	}
}
