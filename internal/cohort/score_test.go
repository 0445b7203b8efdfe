package cohort

import (
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/stats"
)

var thresholds = Thresholds{LongString: 4, LowVariance: 0.6, Fast: 2}

// TestRowsAreThoseOfSingleSheets: every row of any table is scored as a sheet of
// its own is, or rejected, in order.
func TestRowsAreThoseOfSingleSheets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, all, data := drawTable(t, 30)
		o := Options{Thresholds: thresholds, Workers: rapid.SampledFrom([]int{1, 2, 8}).Draw(t, "workers"), chunkSize: rapid.IntRange(1, 100).Draw(t, "chunk")}
		o.Columns.By = rapid.SampledFrom([]string{"", "group"}).Draw(t, "by")
		out, err := tryScore(c, data, o)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		want := modelOf(c, all, thresholds)
		if out.results != want.results.String() {
			t.Fatalf("of\n%s\nthere is\n%swant\n%s", data, out.results, want.results.String())
		}
		checkRejects(t, all, out.rejects, want.rejected)
		checkSummary(t, out.summary, want, len(all), o.Columns.By != "")
	})
}

func checkRejects(t *rapid.T, all []respondent, rejects string, want []int) {
	r := csv.NewReader(strings.NewReader(rejects))
	r.FieldsPerRecord = -1
	read, err := r.ReadAll()
	if err != nil || len(read) != len(want)+1 {
		t.Fatalf("%v; of the rows %v the rejects are\n%s", err, want, rejects)
	}
	for i, row := range read[1:] {
		cells := []string{strconv.Itoa(want[i]), row[1]}
		for _, cell := range all[want[i]-1].cells {
			cells = append(cells, rows.Safe(rows.Visible(cell)))
		}
		if row[1] == "" || !slices.Equal(row, cells) {
			t.Fatalf("row %d is rejected as %q, want %q", want[i], row, cells)
		}
	}
}

func checkSummary(t *rapid.T, got *Summary, want *model, rows int, grouped bool) {
	if got.Rows != int64(rows) || got.Rejected != int64(len(want.rejected)) || got.Scored != int64(len(want.scored)) || got.Complete != int64(len(want.complete())) {
		t.Fatalf("%d rows, %d rejected, %d scored, %d complete", got.Rows, got.Rejected, got.Scored, got.Complete)
	}
	for i, f := range got.Flags {
		if f.Count != want.flags[i] {
			t.Fatalf("%s: %d, want %d", f.Name, f.Count, want.flags[i])
		}
	}
	checkOutcomes(t, got.Outcomes, want, func(int) bool { return true })
	for d, one := range got.Dimensions {
		if spread := want.spread(d, func(int) bool { return true }); !reflect.DeepEqual(one.Spread, spread) {
			t.Fatalf("dimension %d: %+v, want %+v", d, one.Spread, spread)
		}
		if scale := want.scale(d); !reflect.DeepEqual(one.Scale, scale) {
			t.Fatalf("dimension %d: %+v, want %+v", d, one.Scale, scale)
		}
	}
	if (got.Margin == nil) != (len(want.scored) == 0) {
		t.Fatalf("margin check %v", got.Margin)
	}
	if m := got.Margin; m != nil {
		checkMargin(t, m, want)
	}
	if !grouped {
		if got.Groups != nil {
			t.Fatal("groups that nobody asked for")
		}
		return
	}
	names := slices.Compact(slices.Sorted(slices.Values(want.groups)))
	if len(got.Groups) != len(names) {
		t.Fatalf("%d groups, want %q", len(got.Groups), names)
	}
	for i, g := range got.Groups {
		mine := func(i int) bool { return want.groups[i] == g.Name }
		if g.Name != names[i] {
			t.Fatalf("group %q, want %q", g.Name, names[i])
		}
		checkOutcomes(t, g.Outcomes, want, mine)
		for d, one := range g.Dimensions {
			if spread := want.spread(d, mine); one.Mean.Known() != spread.Mean.Known() || one.Mean.Value != spread.Mean.Value || one.SD.Known() != spread.SD.Known() || one.SD.Value != spread.SD.Value {
				t.Fatalf("group %q, dimension %d: %+v, want %+v", g.Name, d, one, spread)
			}
		}
	}
}

func checkOutcomes(t *rapid.T, got []OutcomeCount, want *model, in func(i int) bool) {
	counts, of := make([]int64, len(got)), 0
	for i, r := range want.scored {
		if in(i) {
			counts[r.Verdict()]++
			of++
		}
	}
	for i, o := range got {
		if o.Count != counts[i] {
			t.Fatalf("%s: %d, want %d", o.ID, o.Count, counts[i])
		}
		if low, high := stats.Wilson(int(counts[i]), max(of, 1)); of > 0 && (o.Low != low || o.High != high || o.Share != float64(counts[i])/float64(of)) {
			t.Fatalf("%s: %+v", o.ID, o)
		}
	}
}

func checkMargin(t *rapid.T, m *MarginCheck, want *model) {
	leads := make(map[[2]string]int)
	most := 0
	for _, r := range want.scored {
		a, b := r.Roles[0], r.Roles[1]
		if a.Index > b.Index {
			a, b = b, a
		}
		pair := [2]string{a.Role.ID, b.Role.ID}
		leads[pair]++
		most = max(most, leads[pair])
	}
	if n := leads[[2]string{m.Roles[0].ID, m.Roles[1].ID}]; n != most {
		t.Fatalf("%s and %s led %d times, others %d", m.Roles[0].ID, m.Roles[1].ID, n, most)
	}
	index := func(id string) int {
		for i, r := range want.c.Quiz.Roles {
			if r.ID == id {
				return i
			}
		}
		return -1
	}
	c := want.contrast(index(m.Roles[0].ID), index(m.Roles[1].ID))
	same := func(a, b stats.Figure) bool { return a.Known() == b.Known() && a.Value == b.Value }
	if !same(c.SE, m.Contrast.SE) || !same(c.Reliability, m.Contrast.Reliability) || !same(c.SD, m.Contrast.SD) && (m.Contrast.SD.Known() || c.SD.Value != 0) {
		t.Fatalf("contrast %+v, want %+v", m.Contrast, c)
	}
}

// TestSameBytes: neither how many work, nor where chunks end, nor the lane
// changes anything.
func TestSameBytes(t *testing.T) {
	rows, met, of := int64(0), int64(0), int64(0)
	rapid.Check(t, func(t *rapid.T) {
		c, _, data := drawTable(t, 60)
		first, err := tryScore(c, data, Options{Thresholds: thresholds, Workers: 1, plain: true})
		if err != nil {
			t.Fatal(err)
		}
		ways := []Options{
			{Workers: 1}, {Workers: 2, chunkSize: 1}, {Workers: 8, chunkSize: 17}, {Workers: 2, chunkSize: 100, plain: true},
			{Workers: 3, chunkSize: rapid.IntRange(1, 300).Draw(t, "chunk"), Progress: func(int64, int64) {}},
		}
		if testing.Short() {
			ways = ways[len(ways)-1:]
		}
		for _, o := range ways {
			o.Thresholds = thresholds
			out, took, err := tryLane(c, data, o)
			if err != nil {
				t.Fatal(err)
			}
			if out.summary.Scored > 0 && took.Rows > 0 == o.plain {
				t.Fatalf("%+v: the lane took %+v", o, took)
			}
			rows, met, of = rows+took.Rows, met+took.Met, of+out.summary.Scored
			if !reflect.DeepEqual(out, first) {
				t.Fatalf("%+v\n%s\nwant\n%s", o, out, first)
			}
		}
	})
	if rows == 0 || met == rows {
		t.Errorf("the lane took %d of %d rows, and %d were read cell by cell", rows, of, met)
	}
}

// TestUnusedColumns: what stands in a column that answers nothing is held to the
// rules of CSV by the fast way, too.
func TestUnusedColumns(t *testing.T) {
	c := quizIn(t, "../../testdata/bench/quiz.toml")
	answers := strings.Repeat(",3", 24)
	header := "note,id"
	for i := range 24 {
		header += fmt.Sprintf(",q%d", i+1)
	}
	for cell, want := range map[string]string{
		"plain": "", "": "", `"a,b"`: "", `"a""b"`: "", "\"a\nb\"": "", "ü\x00": "",
		`a"b`: "a quote stands", `"a"b`: "closing", "a,b": "28 cells", "a\nb": "cells",
	} {
		data := []byte(header + ",end\nx,first" + answers + ",\n" + cell + ",second" + answers + ",\ny,third" + answers + "," + cell + "\nz,last" + answers + ",\n")
		fast, err := tryScore(c, data, Options{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		slow, err := tryScore(c, data, Options{Workers: 1, plain: true})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(fast, slow) {
			t.Errorf("%q: fast\n%s\nslow\n%s", cell, fast, slow)
		}
		if got := strings.Count(fast.rejects, want); want == "" && fast.summary.Rejected > 0 || want != "" && got == 0 {
			t.Errorf("%q: %s", cell, fast.rejects)
		}
	}
}
