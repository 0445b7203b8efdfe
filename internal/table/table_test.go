package table

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func read(t *testing.T, src []byte, o Options) (text string, s *Source) {
	t.Helper()
	s, err := Open(bytes.NewReader(src), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b, err := io.ReadAll(s.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), s
}

func utf16(t *testing.T, s string, order unicode.Endianness) []byte {
	b, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestText: what comes in, and what is made of it.
func TestText(t *testing.T) {
	long := strings.Repeat("a;b;c\n", 50_000)
	for _, one := range []struct {
		name  string
		src   []byte
		want  string
		delim byte
		jsonl bool
	}{
		{"plain", []byte("a,b\n1,2\n"), "a,b\n1,2\n", ',', false},
		{"bom", []byte("\xef\xbb\xbfa;b,\n1;2\n"), "a;b,\n1;2\n", ',', false},
		{"semicolons", []byte("a;b;c,d\n1,2,3,4\n"), "a;b;c,d\n1,2,3,4\n", ';', false},
		{"tabs", []byte("a\tb\tc,d\n"), "a\tb\tc,d\n", '\t', false},
		{"delimiters in quotes", []byte("\"a,b,c\";d\n"), "\"a,b,c\";d\n", ';', false},
		{"a line end in quotes", []byte("\"a\n,,,\";d\n"), "\"a\n,,,\";d\n", ';', false},
		{"one column", []byte("a\n1;2;3\n"), "a\n1;2;3\n", ',', false},
		{"long", []byte(long), long, ';', false},
		{"utf-16 le", utf16(t, "ä;b\n☃;2\n", unicode.LittleEndian), "ä;b\n☃;2\n", ';', false},
		{"utf-16 be", utf16(t, long, unicode.BigEndian), long, ';', false},
		{"jsonl", []byte(" \n{\"answers\":{}}\n"), " \n{\"answers\":{}}\n", ',', true},
		{"empty", nil, "", ',', false},
	} {
		got, s := read(t, one.src, Options{})
		if got != one.want || s.Delimiter != one.delim || s.JSONL != one.jsonl {
			t.Errorf("%s: %.50q %c %v", one.name, got, s.Delimiter, s.JSONL)
		}
	}
}

// TestRefused: what cannot be read says what to do instead.
func TestRefused(t *testing.T) {
	for name, one := range map[string]struct {
		src  string
		o    Options
		want string
	}{
		"old excel":         {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Options{}, "XLSX or CSV UTF-8"},
		"utf-16, no mark":   {"i\x00d\x00,\x00q\x001\x00\n\x00", Options{}, "UTF-16 without a byte order mark"},
		"no workbook":       {"PK\x03\x04 and nothing", Options{}, "no XLSX file that can be read"},
		"a sheet of a text": {"a,b\n", Options{Sheet: "x"}, "no worksheets"},
	} {
		if _, err := Open(strings.NewReader(one.src), one.o); err == nil || !strings.Contains(err.Error(), one.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	fill(book)
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func row(t *testing.T, book *excelize.File, sheet, cell string, values ...any) {
	t.Helper()
	if err := book.SetSheetRow(sheet, cell, &values); err != nil {
		t.Fatal(err)
	}
}

// TestWorkbook: rows as people see them, as wide as the header, empty ones left
// out, formulas as they were last computed.
func TestWorkbook(t *testing.T) {
	src := workbook(t, func(book *excelize.File) {
		if _, err := book.NewSheet("Answers"); err != nil {
			t.Fatal(err)
		}
		row(t, book, "Answers", "A1", "id", "q,1", "q2", "q3")
		row(t, book, "Answers", "A2", "x", 4, 4.5)
		row(t, book, "Answers", "A4", "=1+1", "two\nlines", `"`, true)
		if err := book.SetCellFormula("Answers", "D2", "HYPERLINK(\"http://x\")"); err != nil {
			t.Fatal(err)
		}
	})
	want := "id,\"q,1\",q2,q3\nx,4,4.5,\n=1+1,\"two\nlines\",\"\"\"\",TRUE\n"
	for _, o := range []Options{{}, {Sheet: "Answers"}} {
		if got, _ := read(t, src, o); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if _, err := Open(bytes.NewReader(src), Options{Sheet: "answers"}); err == nil || !strings.Contains(err.Error(), "Sheet1, Answers") {
		t.Error(err)
	}
	empty := workbook(t, func(*excelize.File) {})
	if _, err := Open(bytes.NewReader(empty), Options{}); err == nil || !strings.Contains(err.Error(), "none of its worksheets has rows") {
		t.Error(err)
	}
}

// TestBomb: a small file that unzips to a large one is refused, and nothing is left behind.
func TestBomb(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(make([]byte, 4<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	if _, err := openWorkbook(bytes.NewReader(b.Bytes()), Options{}, 1<<20, 1<<20); err == nil || !strings.Contains(err.Error(), "unzips to more than 1 MiB") {
		t.Error(err)
	}
	if _, err := openWorkbook(bytes.NewReader(b.Bytes()), Options{}, 100, 1<<20); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Error(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}

// TestSafe: no spreadsheet runs what comes out, and numbers stay numbers.
func TestSafe(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "a": "a", "a=1": "a=1", "=1+1": "'=1+1", "+1": "'+1", "-1": "-1", "-1.5": "-1.5", "-1+2": "'-1+2", "@x": "'@x", "-": "'-",
		"\tx": "'\tx", "\r=x": "'\r=x", " =x": "' =x", "＝1": "'＝1", "\u00a0=1": "'\u00a0=1", "--1": "'--1", "-1e5": "'-1e5",
	} {
		if got := Safe(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

// TestAppendCell: what is written reads back, by the library.
func TestAppendCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.StringMatching(`[a"',;\t \n=é-]{0,6}`), 2, 5).Draw(t, "cells")
		delim := rapid.SampledFrom([]byte{',', ';', '\t'}).Draw(t, "delimiter")
		var line []byte
		for i, cell := range cells {
			if i > 0 {
				line = append(line, delim)
			}
			line = AppendCell(line, []byte(cell), delim)
		}
		r := csv.NewReader(bytes.NewReader(append(line, '\n')))
		r.Comma = rune(delim)
		got, err := r.Read()
		if err != nil || strings.Join(got, "\x00") != strings.Join(cells, "\x00") {
			t.Fatalf("%q: %q %v", cells, got, err)
		}
	})
}

// FuzzOpen: nothing that is no table makes it stumble.
func FuzzOpen(f *testing.F) {
	files, err := filepath.Glob("../../testdata/cohort/*/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal("no tables", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(src) < 64<<10 {
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := openWithin(src)
		if err != nil {
			return
		}
		defer s.Close()
		_, _ = io.Copy(io.Discard, io.LimitReader(s.Reader, 1<<20))
	})
}

func openWithin(src []byte) (*Source, error) {
	if bytes.HasPrefix(src, []byte("PK\x03\x04")) {
		return openWorkbook(bytes.NewReader(src), Options{}, 1<<20, 4<<20)
	}
	return Open(bytes.NewReader(src), Options{})
}
