package cohort

import (
	"strings"
	"testing"
)

// TestMap: columns and cells that nobody could guess.
func TestMap(t *testing.T) {
	c := formsQuiz(t)
	m, found := ReadMap(c.Quiz, "map.toml", []byte(`
id = "Who"
[columns]
"Strangers?" = "strangers"
"column E" = "lists"
"Went there" = "enjoyed.visit"
"Went far" = "enjoyed.visit-far"
"Tidied" = "enjoyed.tidy"
"Planned" = "enjoyed.plan"
[cells.afternoon]
"Chat" = "talk"
[cells.strangers]
"Love it" = 5
`))
	if found != nil {
		t.Fatal(found)
	}
	src := "Who,done-before,how-long,Strangers?,x,alone,chance,afternoon,Went there,Went far,Tidied,Planned,first\n" +
		"a,no,,love it,2,1,1,chat,x,,x,,fun;facts;people\n"
	got := people(t, c, "x.csv", []byte(src), ColumnOptions{Map: m})
	want := `[{"row":1,"id":"a","answers":{"afternoon":"talk","alone":1,"chance":1,"done-before":"no","enjoyed":["visit","tidy"],"first":["fun","facts","people"],"lists":2,"strangers":5}}]`
	if s := strings.Join(strings.Fields(asJSON(t, got)), ""); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	if _, err := NewPlan(c, strings.Split("id,done-before", ","), ColumnOptions{Map: m}); err == nil || !strings.Contains(err.Error(), `the map names a column "strangers?", and the table has none`) {
		t.Error(err)
	}
}

// TestMapFaults: each at its place, with what was probably meant.
func TestMapFaults(t *testing.T) {
	c := formsQuiz(t)
	src := `idd = "x"
by = 3
[columns]
"a" = "stranger"
"b" = "enjoyed.visits"
"c" = "strangers.1"
[cells.strangers]
"x" = 6
"y" = "5"
[cells.nobody]
"z" = 1
`
	_, found := ReadMap(c.Quiz, "map.toml", []byte(src))
	var b strings.Builder
	if err := found.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"map.toml:1:1: error: unknown key `idd`", "map.toml:2:6: error: `by` must be a string", "map.toml:4:7: error: there is no question \"stranger\"",
		"did you mean `strangers`?", "map.toml:5:7:", "did you mean `visit`?", "map.toml:6:7:", "map.toml:8:7:", "map.toml:9:7:", "map.toml:10:8: error: there is no question \"nobody\"",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s does not say %q", b.String(), want)
		}
	}
	if len(found) != 8 {
		t.Errorf("%d findings", len(found))
	}
	if _, found := ReadMap(c.Quiz, "map.toml", []byte("id = ")); len(found) != 1 {
		t.Error(found)
	}
}
