package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rolefit/rolefit/internal/rows"
)

// opened opens an input as a table, and reads all of it.
func opened(t testing.TB, data []byte, o rows.Options) (text string, s *rows.Source, err error) {
	t.Helper()
	o.Workbook = Open
	s, err = rows.Open(bytes.NewReader(data), o)
	if err != nil {
		return "", nil, err
	}
	defer s.Close()
	all, err := io.ReadAll(s.Reader)
	return string(all), s, err
}

// sheets makes an XLSX file of worksheets, by name in this order, each cell by its place.
func sheets(t testing.TB, names []string, fill func(book *excelize.File)) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, name := range names {
		if i == 0 {
			if err := book.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	fill(book)
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, book *excelize.File, sheet string, values map[string]any) {
	t.Helper()
	for cell, value := range values {
		if err := book.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
}

func TestXLSX(t *testing.T) {
	for name, test := range map[string]struct {
		fill func(book *excelize.File)
		want string
	}{
		"numbers as shown": {func(b *excelize.File) {
			set(t, b, "One", map[string]any{"A1": "a", "A2": 4.0, "A3": 4.5, "A4": 100000000})
		}, "a\n4\n4.5\n100000000\n"},
		"whole numbers in a format": {func(b *excelize.File) {
			set(t, b, "One", map[string]any{"A1": "a", "A2": 4})
			style, err := b.NewStyle(&excelize.Style{NumFmt: 2}) // 0.00
			if err != nil {
				t.Fatal(err)
			}
			if err := b.SetCellStyle("One", "A2", "A2", style); err != nil {
				t.Fatal(err)
			}
		}, "a\n4.00\n"},
		"empty rows are none": {func(b *excelize.File) {
			set(t, b, "One", map[string]any{"A3": "a", "B3": "b", "A5": 1, "B5": 2, "A9": 3, "B9": 4})
		}, "a,b\n1,2\n3,4\n"},
		"short rows are filled": {func(b *excelize.File) {
			set(t, b, "One", map[string]any{"A1": "a", "B1": "b", "C1": "c", "A2": 1, "B3": 2})
		}, "a,b,c\n1,,\n,2,\n"},
		"long rows stay": {func(b *excelize.File) {
			set(t, b, "One", map[string]any{"A1": "a", "A2": 1, "C2": 2})
		}, "a\n1,,2\n"},
		"cells of CSV": {func(b *excelize.File) {
			set(t, b, "One", map[string]any{"A1": "a", "A2": "x, \"y\"\nz", "A3": "=1+1", "A4": true})
		}, "a\n\"x, \"\"y\"\"\nz\"\n=1+1\nTRUE\n"},
		"a formula's last value": {func(b *excelize.File) {
			set(t, b, "One", map[string]any{"A1": "a", "A2": 7})
			if err := b.SetCellFormula("One", "A2", "3+4"); err != nil {
				t.Fatal(err)
			}
		}, "a\n7\n"},
		"the first with rows": {func(b *excelize.File) { set(t, b, "Two", map[string]any{"A1": "a", "A2": "b"}) }, "a\nb\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, s, err := opened(t, sheets(t, []string{"One", "Two"}, test.fill), rows.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want || s.Delimiter != ',' || s.JSONL {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWorksheets(t *testing.T) {
	book := sheets(t, []string{"One", "Two"}, func(b *excelize.File) {
		set(t, b, "One", map[string]any{"A1": "first"})
		set(t, b, "Two", map[string]any{"A1": "second"})
	})
	if got, _, err := opened(t, book, rows.Options{Sheet: "Two"}); err != nil || got != "second\n" {
		t.Errorf("got %q (%v)", got, err)
	}
	if _, _, err := opened(t, book, rows.Options{Sheet: "Three"}); err == nil || !strings.Contains(err.Error(), `no worksheet "Three"; there are One, Two`) {
		t.Errorf("got %v", err)
	}
	empty := sheets(t, []string{"One", "Two"}, func(*excelize.File) {})
	if _, _, err := opened(t, empty, rows.Options{}); err == nil || !strings.Contains(err.Error(), "none of its worksheets has rows") {
		t.Errorf("got %v", err)
	}
}

// bomb is a small zip with a large worksheet.
func bomb(t testing.TB, size int) []byte {
	t.Helper()
	return withSheet(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>`+strings.Repeat("a", size)+`</t></is></c></row>`)
}

func TestXLSXBomb(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	data := bomb(t, 4<<20)
	if len(data) > 64<<10 {
		t.Fatalf("the zip has %d bytes, and is no bomb", len(data))
	}
	for name, most := range map[string]limits{
		"unzipped":                   {zipped: 1 << 20, unzipped: 2 << 20, inMemory: 1 << 20},
		"unzipped, all in memory":    {zipped: 1 << 20, unzipped: 2 << 20, inMemory: 2 << 20},
		"as it comes":                {zipped: 1 << 10, unzipped: 8 << 20, inMemory: 1 << 20},
		"as it comes, to the letter": {zipped: int64(len(data)) - 1, unzipped: 8 << 20, inMemory: 1 << 20},
	} {
		s, err := open(bytes.NewReader(data), "", most)
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "MiB; save it as CSV UTF-8") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	s, err := open(bytes.NewReader(data), "", limits{zipped: int64(len(data)), unzipped: 8 << 20, inMemory: 1 << 20})
	if err != nil {
		t.Fatalf("within its limits: %v", err)
	}
	s.Close() // without having read
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves behind %v (%v)", left, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	_, _, err := opened(t, []byte("PK\x03\x04 and so on"), rows.Options{})
	if err == nil || !strings.Contains(err.Error(), "no XLSX file that can be read") {
		t.Errorf("got %v", err)
	}
}

// FuzzOpen: whatever comes in, opening and reading it ends without a panic.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("\xfe\xff\xd8\x00"))
	f.Add([]byte("\xd0\xcf\x11\xe0"))
	f.Add(sheets(f, []string{"One"}, func(b *excelize.File) { set(f, b, "One", map[string]any{"A1": "a", "B2": 4}) }))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _, err := opened(t, data, rows.Options{})
		if err != nil && err.Error() == "" {
			t.Error("it does not say why")
		}
		if bytes.HasPrefix(data, []byte("a")) && text != string(data) && err == nil {
			t.Error("plain text has changed")
		}
	})
}

// TestXLSXPanics: what panics within is an error.
func TestXLSXPanics(t *testing.T) {
	failing := func() (err error) {
		defer usualLimits.caught(&err)
		panic("index out of range")
	}
	if err := failing(); err == nil || !strings.Contains(err.Error(), "it is damaged: index out of range") {
		t.Errorf("got %v", err)
	}
}

// withSheet puts another worksheet into an XLSX file.
func withSheet(t testing.TB, rows string) []byte {
	t.Helper()
	plain := sheets(t, []string{"One"}, func(b *excelize.File) { set(t, b, "One", map[string]any{"A1": "a"}) })
	from, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		if !strings.HasSuffix(f.Name, "sheet1.xml") {
			if err := to.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	w, err := to.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`, `</sheetData></worksheet>`
	if _, err := w.Write([]byte(begin + rows + end)); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestXLSXFarAway: rows and columns with absurd numbers cost neither time nor memory.
func TestXLSXFarAway(t *testing.T) {
	for name, sheet := range map[string]string{
		"row":    `<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"><c r="A2000000000"><v>2</v></c></row>`,
		"column": `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZZZZZ2"><v>2</v></c></row>`,
		"zero":   `<row r="0"><c r="A0"><v>1</v></c></row><row r="-4"><c r="A-4"><v>2</v></c></row>`,
		"back":   `<row r="9"><c r="B9"><v>1</v></c><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`,
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			text, _, err := opened(t, withSheet(t, sheet), rows.Options{})
			t.Logf("%q %v", text, err)
			if took := time.Since(begun); took > 5*time.Second || len(text) > 1<<20 {
				t.Errorf("it took %v and has %d bytes", took, len(text))
			}
		})
	}
}

// TestXLSXNothing: a formula that gives nothing, behind the last column, is nothing.
func TestXLSXNothing(t *testing.T) {
	got, _, err := opened(t, withSheet(t, `<row r="1"><c r="A1"><v>7</v></c></row>`+
		`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>`), rows.Options{})
	if err != nil || got != "7\n1\n" {
		t.Errorf("got %q (%v)", got, err)
	}
}
