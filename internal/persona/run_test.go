package persona

import (
	"math/big"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
)

// failuresOf runs a file with one persona or gate and gives what fails, as lines.
func failuresOf(t *testing.T, src string) []string {
	t.Helper()
	report := Run([]*Test{read(t, src)}, Options{Limits: odds.DefaultLimits()})
	var all []string
	for _, r := range report.Files[0].Results {
		for _, f := range r.Failures {
			all = append(all, f.Text)
			for _, e := range f.Effects {
				all = append(all, "  "+e)
			}
		}
	}
	return all
}

// joiner likes wood as much as can be: wood 100, metal 0, fits 100 and 0.
const joiner = `
[[persona]]
name    = "Joiner"
answers = { plane = 3, quiet = 3, gift = "saw", worked = "yes", years = "many" }
[persona.expect]
`

// between: wood 2 of 6, metal 2 of 4; fits (3·33⅓ + 50)/4 = 37.5 and 50.
const between = `
[[persona]]
name    = "Between"
answers = { plane = 2, quiet = 3, gift = "anvil", worked = "no" }
[persona.expect]
`

func TestExpectations(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"all right", joiner + `
outcome   = "joiner"
strength  = "strong"
fit       = { joiner = { min = 100 }, smith = { max = 0 } }
score     = { wood = { min = 100, max = 100 }, metal = { max = 0.0 } }
steps     = ["Teach"]
not_steps = ["Buy a hammer"]
flips     = { min = 1 }
`, nil},
		{"outcome", joiner + `outcome = "smith"`, []string{
			"outcome: expected smith, got joiner (margin 100, tinker up to 15)",
			"  gift = saw: 43.75 towards joiner", "  quiet = 3: 31.25 towards joiner", "  plane = 3: 25.0 towards joiner",
		}},
		{"any of these", joiner + `outcome = ["smith", "joiner"]`, nil},
		{"none of these", joiner + `outcome = ["smith", "tinker"]`, []string{
			"outcome: expected smith or tinker, got joiner (margin 100, tinker up to 15)",
			"  gift = saw: 43.75 towards joiner", "  quiet = 3: 31.25 towards joiner", "  plane = 3: 25.0 towards joiner",
		}},
		{"strength", between + `strength = "strong"`,
			[]string{"strength: expected strong, got weak (fit 43.75; moderate from 45, strong from 65)"}},
		{"fits", between + `fit = { joiner = { min = 37.6 }, smith = { max = 49.99 } }`,
			[]string{"fit joiner: expected at least 37.6, got 37.5", "fit smith: expected at most 49.99, got 50"}},
		{"as many digits as it takes", between + `score = { wood = { max = 33.3333 } }`,
			[]string{"score wood: expected at most 33.3333, got 33.33333"}},
		{"exactly", between + `score = { metal = { min = 49, max = 49 } }`, []string{"score metal: expected exactly 49, got 50"}},
		{"from to", between + `score = { metal = { min = 10, max = 4.9e1 } }`, []string{"score metal: expected 10 to 49, got 50"}},
		{"steps", joiner + "steps = [\"Buy a hammer\"]\nnot_steps = [\"Teach\"]",
			[]string{`steps: "Buy a hammer" is not shown`, `not_steps: "Teach" is shown`}},
		{"flips", joiner + `flips = { min = 3 }`, []string{
			"flips: expected at least 3, but smith takes 2 (quiet 3 → 2, gift saw → anvil)",
			"flips: expected at least 3, but tinker takes 1 (gift saw → anvil)",
		}},
		{"incomplete", "[[persona]]\nname = \"A\"\nanswers = { plane = 2 }\nexpect = { outcome = \"smith\" }",
			[]string{"no result: 1 of 3 scored questions are answered, and 100% are needed; missing: quiet, gift, worked"}},
		{"odds", "[odds]\njoiner = { max = 0.3 }\nsmith = { min = 0.9, max = 1 }\ntie = { max = 1 }",
			[]string{"odds joiner: expected at most 0.3, got 0.3889", "odds smith: expected 0.9 to 1, got 0.3889"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, failuresOf(t, tt.src)); diff != "" {
				t.Errorf("failures (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFill(t *testing.T) {
	q := read(t, joiner+`outcome = "joiner"`).Compiled
	tests := []struct {
		fill  string
		given quiz.Answers
		want  quiz.Answers
	}{
		{fillNone, quiz.Answers{"plane": {1}}, quiz.Answers{"plane": {1}}},
		{fillFirst, nil, quiz.Answers{"plane": {0}, "quiet": {0}, "gift": {0}, "worked": {0}, "years": {0}}},
		{fillMiddle, nil, quiz.Answers{"plane": {1}, "quiet": {1}, "gift": {0}, "worked": {0}, "years": {0}}},
		{fillLast, nil, quiz.Answers{"plane": {2}, "quiet": {2}, "gift": {1}, "worked": {1}}}, // worked = no hides years
		{fillLast, quiz.Answers{"worked": {0}}, quiz.Answers{"plane": {2}, "quiet": {2}, "gift": {1}, "worked": {0}, "years": {1}}},
		// An answer to a question that is not asked opens nothing and stays, to be warned of.
		{fillFirst, quiz.Answers{"worked": {1}, "years": {1}}, quiz.Answers{"plane": {0}, "quiet": {0}, "gift": {0}, "worked": {1}, "years": {1}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, filled(q, tt.given, tt.fill)); diff != "" {
			t.Errorf("%s of %v (-want +got):\n%s", tt.fill, tt.given, diff)
		}
	}
}

// TestExactly: bounds are the decimals that are written, not the floats near them.
func TestExactly(t *testing.T) {
	for written, want := range map[string]string{"0.1": "1/10", "33.333_3": "333333/10000", "1e2": "100/1", "2.5E-1": "1/4", "+0.5": "1/2"} {
		got := exactly(written, 1)
		if exact, _ := new(big.Rat).SetString(want); got == nil || got.Cmp(exact) != 0 {
			t.Errorf("%s: %v, want %s", written, got, want)
		}
	}
	for _, written := range []string{"1e-101", "1e-999999999999999999999", "0." + strings.Repeat("1", 200)} {
		if got := exactly(written, 0); got != nil {
			t.Errorf("%.20s…: a number of too many digits is taken", written)
		}
	}
}

func TestSampledOdds(t *testing.T) {
	sampled := odds.Share{Share: 0.5, Low: 0.4, High: 0.6}
	for bounds, want := range map[string]bool{"0.3 0.7": true, "0.3 0.55": false, "0.45 0.7": false, "0.7 0.8": false} {
		low, high, _ := strings.Cut(bounds, " ")
		gate := Range{ID: "pm", Min: exactly(low, 0), Max: exactly(high, 0)}
		if got := gateHolds(gate, sampled); got != want {
			t.Errorf("%s: holds %v", bounds, got)
		}
	}
	gate := Range{ID: "pm", Min: exactly("0.45", 0)}
	want := "odds pm: expected at least 0.45, got 0.5000, sampled: between 0.4000 and 0.6000 with 95% confidence"
	if got := gateFailure(gate, sampled).Text; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRunSome(t *testing.T) {
	src := joiner + "outcome = \"smith\"\n" + between + "outcome = \"smith\"\n[odds]\njoiner = { max = 0 }"
	for pattern, want := range map[string]int{"Joiner": 1, "Between": 1, "odds": 1, "e": 2, ".": 3} {
		r := Run([]*Test{read(t, src)}, Options{Run: regexp.MustCompile(pattern), Limits: odds.DefaultLimits()})
		if got := r.Failed(); got != want {
			t.Errorf("%s: %d failed, want %d", pattern, got, want)
		}
	}
}

// TestBuiltIn: the tests of the built-in quizzes pass, notice at least nine
// changes of a number in ten, and reach most of the quiz.
func TestBuiltIn(t *testing.T) {
	const folder = "../../quizzes/"
	for name, personas := range map[string]int{"pm-po": 12, "pm-po-quick": 6} {
		if testing.Short() && personas > 6 {
			continue // its mutants take seconds
		}
		path := folder + name + Suffix
		test, found := Read(path, readFile(t, path), os.ReadFile)
		if found != nil {
			t.Fatal(found)
		}
		r := Run([]*Test{test}, Options{Mutate: true, Coverage: true, Workers: 2, Limits: odds.DefaultLimits()})
		if r.Failed() > 0 || r.Personas() < personas || len(test.Gates) == 0 {
			t.Fatalf("%s: %d of %d personas fail, %d gates", name, r.Failed(), r.Personas(), len(test.Gates))
		}
		if r.Mutation.Score() < 90 || r.Coverage.Percent() < 90 {
			t.Errorf("%s: %d%% of the mutants killed, %d%% reached", name, r.Mutation.Score(), r.Coverage.Percent())
		}
	}
}
