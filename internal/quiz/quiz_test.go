package quiz

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/text"
)

// unsafeIn returns a text of the quiz with an unsafe character, found by
// walking all of it, or "".
func unsafeIn(v any) string {
	var bad string
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if _, found := text.FindUnsafe(v.String()); found {
				bad = v.String()
			}
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(k)
				walk(v.MapIndex(k))
			}
		case reflect.Struct:
			if v.Type().PkgPath() == "time" {
				return
			}
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	walk(reflect.ValueOf(v))
	return bad
}

// TestDigest changes the full quiz, one piece of text at a time.
func TestDigest(t *testing.T) {
	src := string(read(t, "../../testdata/quiz/good/full.toml"))
	was := good(t, "full").Digest()
	for _, c := range []struct {
		old, new string
		keeps    bool
	}{
		{"2.1.0", "2.2.0", true}, {"Which workshop?", "X", true}, {"Wood, metal or a desk between them.", "X", true},
		{"A paragraph", "X", true}, {"minutes = 3", "minutes = 4", true}, {`"en-GB"`, `"de"`, true}, {"CC0-1.0", "MIT", true},
		{`"Not at all"`, `"Never"`, true}, {`name  = "Wood"`, `name  = "X"`, true}, {"Sawing", "X", true}, {"Splinters", "X", true},
		{"Shavings", "X", true}, {"How long have", "X", true}, {"Count app", "X", true}, {"Not yet", "X", true}, {`["No", "Yes"]`, `["Nope", "Yep"]`, true},
		{`"Joiner"`, `"X"`, true}, {"Fits wood", "X", true}, {"You like the", "X", true}, {"Apprentice", "X", true}, {"Plane a", "X", true},
		{"An hour", "X", true}, {"first=1", "first=2", true}, {"2026-11-23", "2025-11-23", true}, {`"Material"`, `"X"`, true}, {`smith = "Metal"`, `smith = "X"`, true},
		{"Wear goggles", "X", true}, {"You need two", "X", true}, {`"Both."`, `"X"`, true}, {`"gone", `, "", true}, {`"lopsided-odds", `, "", true},
		{", metal = 0 }", " }", true}, {"{ wood = 3, metal = 2,", "{ metal = 2, wood = 3,", true}, {`years = ["some", "many"], sharp = [2, 3]`, `sharp = [3, 2], years = ["many", "some"]`, true},
		{`["joiner", "smith", "clerk"]`, `["clerk", "smith", "joiner"]`, true}, {`{ years = ["some", "many"], sharp`, `{ years = ["many", "some", "some"], sharp`, true},
		{"shuffle = true\noption", "shuffle = false\noption", true},
		{"wood = 5", "wood = 6", false}, {"metal = -4", "metal = 4", false}, {"weights = { wood = 3", "weights = { wood = 2", false}, {"margin  = 10", "margin  = 11", false},
		{"strong       = 70", "strong       = 71", false}, {"moderate     = 40", "moderate     = 41", false}, {"min_complete = 50", "min_complete = 51", false},
		{"max = 2", "max = 3", false}, {"min = 0", "min = 1", false}, {"optional = true", "optional = false", false}, {`kind     = "scale"` + "\nask      = \"How much do you mind", `kind     = "choice"` + "\nask      = \"How much do you mind", false},
		{`["No", "Yes"]`, `["No", "So so", "Yes"]`, false}, {`{ place = "shed" }, `, "", false}, {`{ place = "shed" }`, `{ place = "desk" }`, false}, {`, sharp = [2, 3] }`, ` }`, false},
		{`"joiner", "smith", "clerk"]`, `"joiner", "smith"]`, false}, {`"full"`, `"fuller"`, false}, {`id = "paper"`, "id = \"paper\"\n[[dimension]]\nid = \"more\"", false},
		{"  { id = \"other\", text = \"Elsewhere\", fixed = true },\n", "", false},
	} {
		if !strings.Contains(src, c.old) {
			t.Errorf("%q is not in the file", c.old)
			continue
		}
		changed := strings.Replace(src, c.old, c.new, 1)
		if strings.Contains(c.new, `"choice"`) { // a choice has options where a scale has labels
			changed = strings.Replace(changed, "labels   = [\"No\", \"Yes\"]\nmeasures.metal = -4", `option = [{ id = "1", text = "No", points = { metal = 4 } }, { id = "2", text = "Yes" }]`, 1)
		}
		q, found := Decode("full", []byte(changed))
		if found != nil {
			t.Errorf("%q: %v", c.new, found)
			continue
		}
		if (q.Digest() == was) != c.keeps {
			t.Errorf("%q → %q: digest kept %v, want %v", c.old, c.new, !c.keeps, c.keeps)
		}
	}
}

// TestDigestIsForever pins the digest: stored sheets carry it.
func TestDigestIsForever(t *testing.T) {
	if got := good(t, "full").ShortDigest(); got != "d9093af79bfc" {
		t.Error(got)
	}
}

// TestOrderIsForever pins the orders of some seeds: stored sheets name them.
func TestOrderIsForever(t *testing.T) {
	option := make([]Option, 6)
	for i := range option {
		option[i] = Option{ID: fmt.Sprint(i)}
	}
	option[5].Fixed = true
	q := &Question{ID: "q", Kind: "choice", Shuffle: true, Options: option}
	var got []string
	for _, seed := range []int64{0, 1, 2, -1, 1 << 62} {
		got = append(got, fmt.Sprint(q.Order(seed)))
	}
	if diff := cmp.Diff(orders, got); diff != "" {
		t.Error(diff)
	}
}

// TestOrder: gates, gated questions and fixed options stay; the others take
// every order, each about as often.
func TestOrder(t *testing.T) {
	q := good(t, "full") // years, sharp, place are gates; noise and wear have conditions
	if got := q.Order(3); !slices.Equal(got, []int{0, 1, 2, 3, 4, 5}) {
		t.Errorf("moved a gate: %v", got)
	}
	four := &Quiz{ID: "p", Shuffle: true}
	for i := range 4 {
		four.Questions = append(four.Questions, &Question{ID: fmt.Sprint(i), Kind: "scale", Labels: []string{"a", "b"}})
	}
	four.Questions[1].When = When{Set: true}
	seen := make(map[string]int)
	for seed := range int64(6000) {
		got := four.Order(seed)
		if got[1] != 1 {
			t.Fatalf("moved the gated question: %v", got)
		}
		seen[fmt.Sprint(got)]++
	}
	if len(seen) != 6 {
		t.Errorf("%d orders", len(seen))
	}
	for order, n := range seen {
		if n < 850 || n > 1150 { // 5 standard deviations
			t.Errorf("%s comes %d times in 6000", order, n)
		}
	}
	four.Shuffle = false
	if got := four.Order(5); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("shuffled without being asked: %v", got)
	}
	if place := q.Question("place"); place.Order(1)[3] != 3 {
		t.Error("moved a fixed option")
	}
}

func TestPoints(t *testing.T) {
	q := good(t, "full")
	dims := []string{"wood", "metal", "paper"}
	for _, c := range []struct {
		question string
		answer   Answer
		want     []int
	}{
		{"sharp", Answer{0}, []int{0, 0, 2}},
		{"sharp", Answer{2}, []int{6, 4, 0}},
		{"noise", Answer{0}, []int{0, 4, 0}},
		{"place", Answer{2}, []int{-100, 0, 100}},
		{"wear", Answer{}, []int{0, 0, 0}},
		{"wear", Answer{0, 1}, []int{1, 3, 0}},
		{"order", Answer{2, 0, 1}, []int{2, 0, 4}},
	} {
		sum := make([]int, 3)
		if q.Question(c.question).Points(c.answer, dims, sum); !slices.Equal(sum, c.want) {
			t.Errorf("%s %v: %v, want %v", c.question, c.answer, sum, c.want)
		}
	}
}

var orders = []string{
	"[0 3 1 4 2 5]",
	"[4 2 3 1 0 5]",
	"[0 1 3 2 4 5]",
	"[4 2 0 1 3 5]",
	"[1 0 2 3 4 5]",
}
