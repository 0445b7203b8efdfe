package columns

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMapFaults: every fault is found, each at its place.
func TestMapFaults(t *testing.T) {
	c := readQuiz(t, filepath.Join(formsDir, "forms.toml"))
	for name, test := range map[string]struct{ src, want string }{
		"unknown key":         {"colums = {}", "1:1 unknown key `colums` (columns)"},
		"id of another kind":  {"id = 4", "1:6 `id` must be a string, not an integer ()"},
		"columns not a table": {"id = \"x\"\ncolumns = \"y\"", "2:11 `columns` must be a table, not a string ()"},
		"unknown question":    {"[columns]\n\"How much energy\" = \"enrgy\"", "2:21 there is no question \"enrgy\" (energy)"},
		"unknown option":      {"[columns]\nPen = \"tools.pens\"", "2:7 question \"tools\" has no option \"pens\" that has a column of its own (pen)"},
		"option of a choice":  {"[columns]\nTalk = \"morning.talk\"", "2:8 question \"morning\" has no option \"talk\" that has a column of its own (talk)"},
		"column of a number":  {"[columns]\nPen = 3", "2:7 `Pen` must be a string, not an integer ()"},
		"cells of nobody":     {"[cells.mornin]\nx = \"talk\"", "1:8 there is no question \"mornin\" (morning)"},
		"cells not a table":   {"cells = { morning = \"talk\" }", "1:21 `morning` must be a table, not a string ()"},
		"no such answer":      {"[cells.morning]\nx = \"tlak\"", "2:5 question \"morning\" has no such answer (talk)"},
		"a step beyond":       {"[cells.energy]\nx = 6", "2:5 question \"energy\" has no such answer ()"},
		"a step as a string":  {"[cells.energy]\nx = \"4\"", "2:5 question \"energy\" has no such answer (4)"},
		"several":             {"a = 1\n[columns]\nb = \"c\"", "1:1 unknown key `a` ()\n3:5 there is no question \"c\" ()"},
	} {
		t.Run(name, func(t *testing.T) {
			m, found := ReadMap(c.Quiz, "map.toml", []byte(test.src))
			var got []string
			for _, f := range found {
				if f.Place.Path != "map.toml" || len(f.Source) == 0 {
					t.Errorf("it shows no source: %+v", f)
				}
				got = append(got, fmt.Sprintf("%d:%d %s (%s)", f.Place.Line, f.Place.Column, f.Message, f.Suggestion))
			}
			if d := cmp.Diff(test.want, strings.Join(got, "\n")); d != "" || m != nil {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestMapSyntax(t *testing.T) {
	m, found := ReadMap(twins().Quiz, "map.toml", []byte("id = \n"))
	if m != nil || len(found) != 1 || found[0].Place.Line != 1 {
		t.Errorf("got %v", found)
	}
}

// TestMap reads a table that only the map makes sense of.
func TestMap(t *testing.T) {
	c := readQuiz(t, filepath.Join(formsDir, "forms.toml"))
	m, found := ReadMap(c.Quiz, "map.toml", []byte(`
id = "Who"
by = "Room"
[columns]
"Zap!" = "energy"
"column B" = "words"
M = "meetings"
"F. 1" = "morning"
own1 = "enjoyed.talks"
own2 = "enjoyed.talks-write"
own3 = "enjoyed.quote"
own4 = "enjoyed.cafe"
[cells.energy]
"lots" = 5
[cells.morning]
"1" = "talk"
"Talk to users" = "yes"
[cells.order]
first = "ship"
second = "ship-tell"
third = "sleep"
`))
	if len(found) > 0 {
		t.Fatal(found)
	}
	header := []string{" zap! ", "", "M", "F. 1", "own1", "own2", "own3", "own4", "order", "Who", "Room", "id"}
	p, err := New(c, header, Options{Map: m})
	if err != nil {
		t.Fatal(err)
	}
	if p.ID != 9 || p.By != 10 {
		t.Errorf("id %d by %d", p.ID, p.By)
	}
	for row, want := range map[string]string{
		"Lots|2|1|1|x||x||second, first, third|w|r|i":                    "energy=5 words=2 meetings=1 morning=talk enjoyed=talks+quote order=ship-tell+ship+sleep",
		"4|2|1|Talk to users||1|||ship;sleep;Ship it, tell everybody|||": "energy=4 words=2 meetings=1 morning=yes enjoyed=talks-write order=ship+sleep+ship-tell",
	} {
		var cells [][]byte
		for cell := range strings.SplitSeq(row, "|") {
			cells = append(cells, []byte(cell))
		}
		answers, err := readRow(c, p, cells)
		if err != nil {
			t.Fatal(err)
		}
		if got := wording(c, answers); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestMapAgainstTable: what a table shows to be wrong with its map.
func TestMapAgainstTable(t *testing.T) {
	c := twins()
	for name, test := range map[string]struct{ src, header, want string }{
		"no such column":    {"[columns]\nX = \"must\"", "Y|Now?", `the map names a column "X", and the table has none; the columns are Y, Now?`},
		"no such letter":    {"[columns]\n\"column C\" = \"must\"", "Y|Now?", `the map names a column "column C"`},
		"several":           {"[columns]\nY = \"must\"", "Y|y", "several have that header"},
		"named twice":       {"[columns]\nY = \"must\"\n\"column A\" = \"one\"", "Y", `the map names column A ("Y") twice`},
		"and by its text":   {"[columns]\nY = \"must\"", "Y|Now?", "both answer must"},
		"its id is no more": {"id = \"Who\"", "Now?", `there is no column "Who" for --id`},
		"half an answer":    {"[columns]\nY = \"ticks.a\"", "Y|Now?", `but for "No"`},
	} {
		t.Run(name, func(t *testing.T) {
			m, found := ReadMap(c.Quiz, "map.toml", []byte(test.src))
			if len(found) > 0 {
				t.Fatal(found)
			}
			_, err := New(c, strings.Split(test.header, "|"), Options{Map: m})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
