package cohort

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// met scores a table and gives a roster of everybody.
func met(t *rapid.T, c *score.Compiled, data []byte, o Options) (*Roster, ran) {
	o.Roster = NewRoster(c)
	o.Roster.most = limits{1 << 20, 1 << 20, MaxClosest}
	out, err := tryScore(c, data, o)
	if err != nil {
		t.Fatal(err)
	}
	return o.Roster, out
}

// TestPeopleAreTheRowsOfTheResults: whoever is scored is told of once, in order,
// with what the results say, and the results stay the same bytes.
func TestPeopleAreTheRowsOfTheResults(t *testing.T) {
	again := 0
	rapid.Check(t, func(t *rapid.T) {
		c, all, data := drawTable(t, 30)
		o := Options{Thresholds: thresholds, Workers: rapid.SampledFrom([]int{1, 2, 8}).Draw(t, "workers"), chunkSize: rapid.IntRange(1, 100).Draw(t, "chunk")}
		o.Columns.By = rapid.SampledFrom([]string{"", "group"}).Draw(t, "by")
		plain, err := tryScore(c, data, o)
		if err != nil {
			t.Fatal(err)
		}
		roster, out := met(t, c, data, o)
		people := roster.People
		if !reflect.DeepEqual(out, plain) {
			t.Fatalf("with people\n%s\nwithout\n%s", out, plain)
		}
		want := modelOf(c, all, thresholds)
		rows, err := csv.NewReader(strings.NewReader(out.results)).ReadAll()
		if err != nil || len(rows) != len(people)+1 {
			t.Fatalf("%d people, %d rows (%v)", len(people), len(rows), err)
		}
		row := int64(0)
		for i, p := range people {
			for row++; slices.Contains(want.rejected, int(row)); {
				row++
			}
			if got := rowOf(c, &p, rows[i+1]); !slices.Equal(got, rows[i+1]) || p.Row != row {
				t.Fatalf("row %d, want %d:\n%v\n%v", p.Row, row, got, rows[i+1])
			}
			if o.Columns.By != "" && p.Group != want.groups[i] || o.Columns.By == "" && p.Group != "" {
				t.Fatalf("group %q, want %q", p.Group, want.groups[i])
			}
			if slices.Contains(p.Flags, "duplicate-id") {
				again++
			}
		}
		checkRoster(t, c, roster)
	})
	if again == 0 {
		t.Error("no id came twice")
	}
}

// rowOf writes a person as the results do; the fits are not theirs to tell.
func rowOf(c *score.Compiled, p *Person, row []string) []string {
	got := []string{rows.Safe(text.Clean(p.ID)), c.Outcomes()[p.Outcome], p.Strength, text.Data(p.Margin)}
	got = append(got, row[4:4+len(c.Quiz.Roles)]...)
	for _, s := range p.Scores {
		got = append(got, "")
		if s != nil {
			got[len(got)-1] = text.Data(s)
		}
	}
	q := c.Quiz
	return append(got, strings.Join(p.Missing, ";"), strings.Join(p.Flags, ";"), q.ID, q.Version, q.ShortDigest())
}

// checkRoster holds a roster to counting the same people one by one.
func checkRoster(t *rapid.T, c *score.Compiled, r *Roster) {
	people := r.People
	var spread = make([][Bins]int64, len(c.Quiz.Dimensions))
	var flagged []int64
	inPlane := int64(0)
	for _, p := range people {
		for d, s := range p.Scores {
			for b := range Bins {
				if s != nil && s.Cmp(big.NewRat(int64(5*b), 1)) >= 0 && (b == Bins-1 || s.Cmp(big.NewRat(int64(5*b+5), 1)) < 0) {
					spread[d][b]++
				}
			}
		}
		if len(p.Flags) > 0 {
			flagged = append(flagged, p.Row)
		}
		if r.Plane != nil && checkCell(t, r.Plane, &p) {
			inPlane++
		}
	}
	if !reflect.DeepEqual(r.Spread, spread) || r.Total != int64(len(people)) || r.Marked != int64(len(flagged)) {
		t.Fatalf("spread %v, want %v; %d of %d flagged, want %d of %d", r.Spread, spread, r.Marked, r.Total, len(flagged), len(people))
	}
	for i, p := range r.Flagged {
		if p.Row != flagged[i] {
			t.Fatalf("flagged %d, want %d", p.Row, flagged[i])
		}
	}
	if r.Plane != nil {
		checkPlane(t, c.Quiz, r.Plane, inPlane)
	}
	checkClosest(t, c.Quiz, r, people)
	listed := r.Listed()
	if !slices.IsSortedFunc(listed, func(a, b Person) int {
		clearer := b.Margin.Cmp(a.Margin)
		if a.Outcome >= len(c.Quiz.Roles) {
			clearer = -clearer
		}
		return cmp.Or(a.Outcome-b.Outcome, clearer, cmp.Compare(a.Row, b.Row))
	}) || len(listed) != len(people) {
		t.Fatalf("not in order: %+v", listed)
	}
}

// checkCell reports whether somebody has a place on the plane, which must count them.
func checkCell(t *rapid.T, plane *Plane, p *Person) bool {
	place := func(dimensions []int) int {
		sum, n := 0.0, 0.0
		for _, d := range dimensions {
			if p.Scores[d] != nil {
				v, _ := p.Scores[d].Float64()
				sum += v
				n++
			}
		}
		if n == 0 {
			return -1
		}
		return min(int(sum/n/5+1e-9), Bins-1)
	}
	x, y := place(plane.X), place(plane.Y)
	if x < 0 || y < 0 {
		return false
	}
	if plane.Cells[x][y].People == 0 || plane.Cells[x][y].Outcomes[p.Outcome] == 0 {
		t.Fatalf("nobody with outcome %d at %d, %d", p.Outcome, x, y)
	}
	return true
}

func checkPlane(t *rapid.T, q *quiz.Quiz, plane *Plane, want int64) {
	all, outcomes := int64(0), int64(0)
	for x := range plane.Cells {
		for y := range plane.Cells[x] {
			all += plane.Cells[x][y].People
			for _, n := range plane.Cells[x][y].Outcomes {
				outcomes += n
			}
		}
	}
	if all != want || outcomes != want {
		t.Fatalf("%d people on the plane, with %d outcomes, want %d", all, outcomes, want)
	}
	for d := range q.Dimensions {
		size := func(r *quiz.Role) (sum int) {
			for _, w := range r.Weights {
				sum += max(w, -w)
			}
			return sum
		}
		a, b := q.Roles[0].Weights[q.Dimensions[d].ID]*size(&q.Roles[1]), q.Roles[1].Weights[q.Dimensions[d].ID]*size(&q.Roles[0])
		if slices.Contains(plane.X, d) != (a > b) || slices.Contains(plane.Y, d) != (b > a) {
			t.Fatalf("weights %d and %d: x %v, y %v", a, b, plane.X, plane.Y)
		}
	}
}

func checkClosest(t *rapid.T, q *quiz.Quiz, r *Roster, people []Person) {
	type call struct {
		row      int64
		distance *big.Rat
	}
	var want []call
	for _, p := range people {
		d := new(big.Rat).Set(p.Margin)
		for _, h := range q.Hybrids {
			if slices.Contains(h.Roles, q.Roles[p.First].ID) && slices.Contains(h.Roles, q.Roles[p.Second].ID) {
				d.Abs(d.Sub(d, big.NewRat(int64(h.Margin), 1)))
				break
			}
		}
		want = append(want, call{p.Row, d})
	}
	slices.SortStableFunc(want, func(a, b call) int { return a.distance.Cmp(b.distance) })
	if want = want[:min(len(want), MaxClosest)]; len(q.Roles) > 2 {
		want = nil
	}
	if len(r.Closest) != len(want) {
		t.Fatalf("%d closest, want %d", len(r.Closest), len(want))
	}
	for i, c := range r.Closest {
		if c.Person.Row != want[i].row || c.Distance.Cmp(want[i].distance) != 0 {
			t.Fatalf("closest %d is row %d by %v, want %d by %v", i, c.Person.Row, c.Distance, want[i].row, want[i].distance)
		}
	}
}

// TestRosterIsBounded: however many people there are, and however long their ids.
func TestRosterIsBounded(t *testing.T) {
	c := formsQuiz(t)
	r := NewRoster(c)
	long := strings.Repeat("ü\xff", 10_000)
	var table bytes.Buffer
	if err := columns.Template(&table, c.Quiz, MaxPeople+1, 1); err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(table.Bytes(), []byte("\n"))
	lines = lines[:len(lines)-1]
	for i := range lines[1:] { // everybody from the second on has the id of the first
		_, rest, _ := bytes.Cut(lines[i+1], []byte(","))
		lines[i+1] = append([]byte("\""+long[:3000]+"\","), rest...)
	}
	if _, err := tryScore(c, bytes.ToValidUTF8(bytes.Join(lines, nil), []byte("?")), Options{Workers: 2, Roster: r}); err != nil {
		t.Fatal(err)
	}
	if r.Total != MaxPeople+1 || len(r.People) != MaxPeople || r.Marked < MaxPeople || len(r.Flagged) != MaxFlagged || len(r.Closest) != MaxClosest {
		t.Errorf("%d of %d people, %d of %d flagged, %d closest", len(r.People), r.Total, len(r.Flagged), r.Marked, len(r.Closest))
	}
	for _, p := range append(r.People, r.Flagged...) {
		if utf8.RuneCountInString(p.ID) != maxShownID+1 || !strings.HasSuffix(p.ID, "…") {
			t.Fatalf("the id is %q", p.ID)
		}
	}
}

// TestPeopleOfSheets: sheets and results in full tell of the same people, and ids are as the results have them.
func TestPeopleOfSheets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _, data := drawTable(t, 20)
		want, _ := met(t, c, data, Options{Thresholds: thresholds, Workers: 1, chunkSize: 50})
		encode := func(*score.Result, string) (head, rest []byte, err error) { return nil, []byte("\n"), nil }
		got, _ := met(t, c, data, Options{Thresholds: thresholds, Workers: 2, chunkSize: 50, Encode: encode})
		hashed, _ := met(t, c, data, Options{Thresholds: thresholds, Workers: 2, chunkSize: 50, Hash: func(id []byte) string { return "#" + string(id) }})
		for _, list := range [][]Person{hashed.People, hashed.Flagged} {
			for i := range list {
				list[i].ID = strings.TrimPrefix(list[i].ID, "#")
			}
		}
		for i := range hashed.Closest {
			hashed.Closest[i].Person.ID = strings.TrimPrefix(hashed.Closest[i].Person.ID, "#")
		}
		if !reflect.DeepEqual(got.Plane, want.Plane) || !reflect.DeepEqual(hashed.Plane, want.Plane) {
			t.Fatalf("planes: in full %+v\nhashed %+v\nplain %+v", got.Plane, hashed.Plane, want.Plane)
		}
		got.Plane, hashed.Plane, want.Plane = nil, nil, nil
		if all := fmt.Sprintf("%+v", want); fmt.Sprintf("%+v", got) != all || fmt.Sprintf("%+v", hashed) != all {
			t.Fatalf("in full\n%+v\nhashed\n%+v\nplain\n%+v", got, hashed, want)
		}
	})
}
