package lane

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

const formsDir = "../../testdata/cohort/"

func formsQuiz(t testing.TB) *score.Compiled {
	t.Helper()
	return score.Compile(quiztest.Read(t, formsDir+"forms.toml"))
}

// FuzzRow: whatever begins with a row that is read by its bytes is, cell by cell,
// a row of the same length with the same answers. Rows are met first, so that as
// many as can be are known.
func FuzzRow(f *testing.F) {
	c := formsQuiz(f)
	var headers [][]string
	files, err := filepath.Glob(formsDir + "*.csv")
	if err != nil || len(files) == 0 {
		f.Fatal("no tables", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
		header, err := csv.NewReader(bytes.NewReader(data)).Read()
		if err != nil {
			continue // in UTF-16, or with another delimiter
		}
		if _, err := columns.New(c, header, columns.Options{}); err != nil {
			continue
		}
		headers = append(headers, header)
		for at := rows.EndOfRecord(data, ',', true); at < len(data); {
			end := at + rows.EndOfRecord(data[at:], ',', true)
			f.Add(len(headers)-1, data[at:end])
			f.Add(len(headers)-1, data[at:])
			at = end
		}
	}
	if len(headers) == 0 {
		f.Fatal("no header")
	}
	for _, seed := range []string{"\n", "\r\n", "\"", "\"\"\n", ",,,,\n", "a\"b,1\n", "\"a\"\"b\",1\n", "\"a\nb\",1\r\n", "1,1,1,1"} {
		f.Add(0, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		header := headers[uint(which)%uint(len(headers))]
		plan, err := columns.New(c, header, columns.Options{})
		if err != nil {
			t.Fatal(err)
		}
		l := New(c, plan, Options{Delimiter: ','})
		r := l.NewReader(func(_, size int) []int64 { return make([]int64, size) })
		checkRow(t, l, r, data)
		checkRow(t, l, r, data) // it has been met
	})
}

// checkRow holds a row that is read by its bytes to the same, cell by cell.
func checkRow(t *testing.T, l *Lane, r *Reader, data []byte) {
	if len(data) == 0 {
		return
	}
	garbage := append(append(slices.Clone(data), data...), "1,2,\"3\n,1,2,3,4\n"...) // what a chunk before may have left
	n := r.Row(garbage[:len(data)])
	end := rows.EndOfRecord(data, ',', true)
	cut := rows.Cutter{Delim: ','}
	cells, err := cut.Cut(data[:end])
	if n > 0 {
		if n != end || err != nil || len(cells) != l.plan.Columns {
			t.Fatalf("%q: %d bytes are read, and the row has %d, in %d cells of %d (%v)", data, n, end, len(cells), l.plan.Columns, err)
		}
		for column := range cells {
			if l.kept(column) && !bytes.Equal(bytes.ReplaceAll(r.Cells[column], []byte("\r\n"), []byte("\n")), cells[column]) {
				t.Fatalf("%q: cell %d is %q, want %q", data, column, r.Cells[column], cells[column])
			}
		}
	}
	if err != nil || len(cells) != l.plan.Columns || rows.Blank(data[:end]) {
		return
	}
	var chosen []int
	for i := range l.plan.Fields {
		fld := &l.plan.Fields[i]
		var own [][]byte
		for _, column := range fld.Columns {
			own = append(own, cells[column])
		}
		a, err := fld.Read(own)
		if err != nil {
			if n > 0 {
				t.Fatalf("%q is read, and cannot be: %v", data, err)
			}
			return
		}
		chosen = append(chosen, a)
		if n > 0 && r.Chosen(fld.Question) != a {
			t.Fatalf("%q: %s is read as %d, want %d", data, l.c.Questions[fld.Question].ID, r.Chosen(fld.Question), a)
		}
	}
	if n > 0 {
		return
	}
	r.Begin()
	for i, a := range chosen {
		r.Put(l.plan.Fields[i].Question, a)
	}
	r.Learn(data[:end])
}

// TestCells holds the table of cells to a map.
func TestCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, want := newCells(), make(map[string]int16)
		text := rapid.OneOf(rapid.StringOfN(rapid.SampledFrom([]rune("ab\x00ü")), 0, 20, -1), rapid.String())
		for i, one := range rapid.SliceOf(text).Draw(t, "cells") {
			if _, there := want[one]; !there {
				want[one] = int16(i)
				c.put(slot{hash: hashOf([]byte(one)), length: int32(len(one)), alternative: int16(i), text: one})
			}
		}
		for one, a := range want {
			if s := c.find(hashOf([]byte(one)), []byte(one)); s == nil || s.alternative != a {
				t.Fatalf("%q is %v, want %d", one, s, a)
			}
		}
		other := text.Draw(t, "another")
		if _, there := want[other]; !there && c.find(hashOf([]byte(other)), []byte(other)) != nil {
			t.Fatalf("%q is there, and was not put in", other)
		}
	})
}

// TestZeros: the lowest mark is that of the first byte that is 0.
func TestZeros(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 0x80, 0x81, 0xff, 'a'}), 8, 8).Draw(t, "bytes")
		word := uint64(0)
		for i, c := range b {
			word |= uint64(c) << (8 * i)
		}
		want := bytes.IndexByte(b, 0)
		if want < 0 {
			want = 8
		}
		if got := marked(zeros(word)); got != want {
			t.Fatalf("%v: %d, want %d", b, got, want)
		}
	})
}

// TestWhy: a table whose rows cannot be read by their bytes says so.
func TestWhy(t *testing.T) {
	c := formsQuiz(t)
	var list *quiz.Question
	header := []string{}
	for _, q := range c.Quiz.Questions {
		if form := q.Form(); form.List && !form.Ordered && list == nil {
			list = q
			continue
		}
		header = append(header, q.ID)
	}
	var parts []string
	for _, o := range list.Options {
		parts = append(parts, list.ID+"["+o.ID+"]")
	}
	for together, columnsOf := range map[bool][]string{
		true:  append(slices.Clone(parts), header...),
		false: append(append(slices.Clone(parts[:1]), header...), parts[1:]...),
	} {
		plan, err := columns.New(c, columnsOf, columns.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if why := New(c, plan, Options{Delimiter: ','}).Why(); (why == "") != together || !together && !strings.Contains(why, list.ID) {
			t.Errorf("%v: %q", columnsOf, why)
		}
	}
}

// TestFigure: multiplying is dividing, for every scale that it is done for.
func TestFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.OneOf(rapid.Int64Range(1, 5000), rapid.Int64Range(1, maxMagic-1), rapid.Int64Range(maxMagic-1000, maxMagic-1)).Draw(t, "scale")
		f := &Frame{texts: hundredths(), Scale: scale, magic: math.MaxUint64/uint64(2*scale) + 1}
		n := rapid.OneOf(rapid.Int64Range(0, 100*scale), rapid.Int64Range(max(0, 100*scale-300), 100*scale)).Draw(t, "fit")
		half := rapid.Int64Range(0, 10_000).Draw(t, "hundredths") // close to where rounding turns
		for _, n := range []int64{n, min(100*scale, max(0, (2*half+1)*scale/200+rapid.Int64Range(-2, 2).Draw(t, "more")))} {
			if got, want := f.Figure(n), hundredths()[rounded(uint64(n), uint64(scale))]; got != want {
				t.Fatalf("%d of %d", n, scale)
			}
		}
	})
}

// TestRowCutShort: a row that ends in the middle is none, whatever stands behind it:
// in the room behind a chunk lies what an earlier one left there.
func TestRowCutShort(t *testing.T) {
	c := formsQuiz(t)
	var header, bare, quoted []string
	for i, q := range c.Quiz.Questions {
		cell := q.Form().IDs[0]
		if alternatives := c.Questions[i].Alternatives; q.Form().List {
			var ids []string
			for _, pick := range alternatives[len(alternatives)-1] {
				ids = append(ids, q.Form().IDs[pick])
			}
			cell = strings.Join(ids, ";")
		}
		header, bare, quoted = append(header, q.ID), append(bare, cell), append(quoted, `"`+cell+`"`)
	}
	for _, q := range c.Quiz.Questions { // a run of digits, at the end too
		if q.Kind == "scale" {
			header, bare, quoted = append(header, "more "+q.ID), append(bare, "1"), append(quoted, `"1"`)
		}
	}
	for _, first := range []int{0, 1, len(c.Quiz.Questions) / 2} {
		for _, cells := range [][]string{bare, quoted} {
			turned := func(all []string) []string { return append(slices.Clone(all[first:]), all[:first]...) }
			plan, err := columns.New(c, turned(header), columns.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, end := range []string{"\n", "\r\n"} {
				row := []byte(strings.Join(turned(cells), ",") + end)
				r := New(c, plan, Options{Delimiter: ','}).NewReader(func(_, size int) []int64 { return make([]int64, size) })
				checkRow(t, r.l, r, row) // so that all of it has been met
				whole := append(slices.Clone(row), row...)
				if n := r.Row(whole[:len(row)]); n != len(row) {
					t.Fatalf("%q: %d bytes are read of %d", row, n, len(row))
				}
				for at := 1; at < len(row); at++ {
					room := append(slices.Clone(row), make([]byte, rows.Slack)...)
					if n := r.Row(room[: at : at+rows.Slack]); n != 0 {
						t.Fatalf("%q: %d bytes are read", row[:at], n)
					}
				}
			}
		}
	}
}
