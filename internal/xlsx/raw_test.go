package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolefit/rolefit/internal/rows"
)

const (
	relsHead = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	rel      = `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
)

// rawBook are the parts of a workbook with one worksheet, Data, as another program may write it.
func rawBook(rows string) map[string]string {
	return map[string]string{
		"_rels/.rels": relsHead + fmt.Sprintf(rel, "r1", "officeDocument", "xl/workbook.xml") + `</Relationships>`,
		"xl/_rels/workbook.xml.rels": relsHead + fmt.Sprintf(rel, "r1", "worksheet", "worksheets/sheet1.xml") +
			fmt.Sprintf(rel, "r2", "sharedStrings", "sharedStrings.xml") + fmt.Sprintf(rel, "r3", "styles", "styles.xml") + `</Relationships>`,
		"xl/workbook.xml": `<workbook><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":     `<sst><si><t>first</t></si><si><r><t>sec</t></r><r><t xml:space="preserve">ond </t></r><rPh><t>no</t></rPh></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

// with replaces parts; an empty one is left out.
func with(parts map[string]string, more ...string) map[string]string {
	for i := 0; i < len(more); i += 2 {
		parts[more[i]] = more[i+1]
		if more[i+1] == "" {
			delete(parts, more[i])
		}
	}
	return parts
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCells: what stands in a file is what a person sees.
func TestCells(t *testing.T) {
	for name, test := range map[string]struct{ rows, want string }{
		"shared strings":         {`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v> 1 </v></c><c r="C1" t="s"/></row>`, "first,second \n"},
		"inline strings":         {`<row><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c></row>`, "ab\n"},
		"control characters":     {`<row><c t="inlineStr"><is><t>a_x0009_b_x005F_x0009_</t></is></c><c t="str"><f>A1</f><v>_x0041_</v></c></row>`, "a\tb_x0009_,A\n"},
		"entities and CDATA":     {`<row><c t="str"><v>a&amp;b&#x20AC;<!-- no --><![CDATA[<c>]]></v></c></row>`, "a&b€<c>\n"},
		"truths":                 {`<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c></row>`, "TRUE,FALSE\n"},
		"errors":                 {`<row><c t="e"><v>#N/A</v></c></row>`, "#N/A\n"},
		"ISO dates":              {`<row><c t="d" s="1"><v>2026-11-23T09:00:00</v></c></row>`, "2026-11-23T09:00:00\n"},
		"styles":                 {`<row><c s="1"><v>46349</v></c><c s="2"><v>0.125</v></c><c s="0"><v>46349</v></c><c s="99"><v>5</v></c></row>`, "2026-11-23,12.50%,46349,5\n"},
		"formulas":               {`<row><c><f>1+1</f><v>2</v></c></row>`, "2\n"},
		"gaps":                   {`<row><c r="B1"><v>1</v></c><c r="D1"/><c r="E1"><v>2</v></c></row>`, ",1,,,2\n"},
		"lower case":             {`<row><c r="b1"><v>1</v></c></row>`, ",1\n"},
		"back, a cell after all": {`<row><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c><v>2</v></c></row>`, "1,2,3\n"},
		"a prefix":               {`<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>`, "a\n"},
		"empty rows":             {`<row/><row r="7"><c r="A7"/></row><row><c><v>1</v></c></row><row r="1048576"/>`, "1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, err := opened(t, zipped(t, rawBook(test.rows)), rows.Options{})
			if err != nil || got != test.want {
				t.Errorf("got %q (%v), want %q", got, err, test.want)
			}
		})
	}
}

// TestOtherWriters: parts elsewhere, by other names, and worksheets of other kinds.
func TestOtherWriters(t *testing.T) {
	const row = `<row><c><v>1</v></c></row>`
	rels := func(all ...string) string { return relsHead + strings.Join(all, "") + `</Relationships>` }
	for name, parts := range map[string]map[string]string{
		"absolute targets": with(rawBook(row), "xl/_rels/workbook.xml.rels", rels(fmt.Sprintf(rel, "r1", "worksheet", "/xl/worksheets/sheet1.xml"))),
		"other slashes":    with(rawBook(""), `xl\worksheets\Sheet1.xml`, `<worksheet><sheetData>`+row+`</sheetData></worksheet>`, "xl/worksheets/sheet1.xml", ""),
		"a chart first": with(rawBook(row), "xl/_rels/workbook.xml.rels", rels(fmt.Sprintf(rel, "c", "chartsheet", "chartsheets/sheet1.xml"),
			fmt.Sprintf(rel, "r1", "worksheet", "worksheets/sheet1.xml")),
			"xl/workbook.xml", `<workbook><sheets><sheet name="Chart" r:id="c"/><sheet name="Data" r:id="r1"/></sheets></workbook>`),
		"an empty one first": with(rawBook(row), "xl/_rels/workbook.xml.rels", rels(fmt.Sprintf(rel, "r0", "worksheet", "worksheets/none.xml"),
			fmt.Sprintf(rel, "r1", "worksheet", "worksheets/sheet1.xml")),
			"xl/workbook.xml", `<workbook><sheets><sheet name="None" r:id="r0"/><sheet name="Data" r:id="r1"/></sheets></workbook>`,
			"xl/worksheets/none.xml", `<worksheet><sheetData><row r="1"><c r="A1" s="1"/></row></sheetData></worksheet>`),
		"no strings or styles": with(rawBook(row), "xl/_rels/workbook.xml.rels", rels(fmt.Sprintf(rel, "r1", "worksheet", "worksheets/sheet1.xml")),
			"xl/styles.xml", "", "xl/sharedStrings.xml", ""),
	} {
		t.Run(name, func(t *testing.T) {
			if got, _, err := opened(t, zipped(t, parts), rows.Options{}); err != nil || got != "1\n" {
				t.Errorf("got %q (%v)", got, err)
			}
		})
	}
	book := with(rawBook(`<row><c s="1"><v>44887</v></c></row>`),
		"xl/workbook.xml", `<workbook><workbookPr date1904="1"/><sheets><sheet name="Data" r:id="r1"/></sheets></workbook>`)
	if got, _, err := opened(t, zipped(t, book), rows.Options{}); err != nil || got != "2026-11-23\n" {
		t.Errorf("1904: got %q (%v)", got, err)
	}
}

// TestDamaged: what cannot be read is said to be so, and is not read in part.
func TestDamaged(t *testing.T) {
	const row = `<row><c><v>1</v></c></row>`
	for name, test := range map[string]struct {
		parts map[string]string
		want  string
	}{
		"no workbook named":      {with(rawBook(row), "_rels/.rels", `<Relationships/>`), "no workbook"},
		"no workbook":            {with(rawBook(row), "xl/workbook.xml", ""), "no part xl/workbook.xml"},
		"no worksheet":           {with(rawBook(row), "xl/worksheets/sheet1.xml", ""), "no part xl/worksheets/sheet1.xml"},
		"no shared strings":      {with(rawBook(`<row><c t="s"><v>0</v></c></row>`), "xl/sharedStrings.xml", ""), "no part xl/sharedStrings.xml"},
		"a string that is none":  {rawBook(`<row><c t="s"><v>2</v></c></row>`), `no shared string "2"`},
		"a place that is none":   {rawBook(`<row><c r="7"><v>2</v></c></row>`), "no place of a cell"},
		"a style that is none":   {rawBook(`<row><c s="x"><v>2</v></c></row>`), "invalid syntax"},
		"ends too soon":          {with(rawBook(row), "xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+row+`<row>`), "unexpected EOF"},
		"ends before the rows":   {with(rawBook(row), "xl/worksheets/sheet1.xml", `<worksheet></worksheet>`), "unexpected EOF"},
		"another element's end":  {rawBook(`<row><c></row></c>`), "ends what does not begin"},
		"another encoding":       {with(rawBook(row), "xl/workbook.xml", `<?xml version="1.0" encoding="UTF-16"?><workbook/>`), "encoding"},
		"an entity of its own":   {rawBook(`<row><c><v>&lol;</v></c></row>`), "entity"},
		"elements within others": {rawBook(strings.Repeat("<a>", 100)), "nested more than 64 deep"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, err := opened(t, zipped(t, test.parts), rows.Options{})
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "save it again, or as CSV UTF-8") {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	whole := zipped(t, rawBook(row))
	for cut := range len(whole) {
		if _, _, err := opened(t, whole[:cut], rows.Options{}); err == nil && cut > 3 {
			t.Fatalf("%d of %d bytes are read", cut, len(whole))
		}
	}
}

// TestHostile: small files that unzip to far too much are refused soon, and say why.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("many megabytes each")
	}
	const text = `<row><c t="s"><v>0</v></c></row>`
	many := func(s string, size int) string { return strings.Repeat(s, size/len(s)) }
	parts := rawBook("")
	for i := range 200 {
		parts[fmt.Sprint("xl/media/", i, many("a", 30_000))] = ""
	}
	for name, test := range map[string]struct {
		parts map[string]string
		want  string
	}{
		"a cell":            {rawBook(`<row><c t="inlineStr"><is><t>` + many("a", 8<<20)), "a cell of more than 1 MiB"},
		"a cell of runs":    {rawBook(`<row><c t="inlineStr"><is>` + many("<r><t>"+many("a", 1<<19)+"</t></r>", 8<<20)), "a cell of more than 1 MiB"},
		"an attribute":      {rawBook(`<row><c t="` + many("a", 8<<20)), "a cell of more than 1 MiB"},
		"white space":       {rawBook(many(" ", 8<<20)), "a cell of more than 1 MiB"},
		"a row":             {rawBook(`<row>` + many(`<c t="str"><v>`+many("a", 1<<19)+"</v></c>", 16<<20)), "a row of more than 8 MiB"},
		"empty rows":        {rawBook(many("<row/>", 7<<20)), "more than 1048576 rows"},
		"empty rows last":   {rawBook(`<row><c><v>1</v></c></row>` + many("<row/>", 7<<20)), "more than 1048576 rows"},
		"far columns":       {rawBook(many(`<row><c r="XFD1"><v>1</v></c></row>`, 1<<20)), "more than 67108864 cells"},
		"columns":           {rawBook(`<row>` + many("<c/>", 1<<20)), "more than 16384 columns"},
		"a far column":      {rawBook(`<row><c r="XFE1"><v>1</v></c></row>`), "more than 16384 columns"},
		"comments":          {rawBook(many("<!--"+many("a", 1<<16)+"-->", 32<<20)), "more than 200 times its size"},
		"texts":             {with(rawBook(text), "xl/sharedStrings.xml", "<sst>"+many("<si/>", 12<<20)), "more than 64 MiB of texts"},
		"styles":            {with(rawBook(""), "xl/styles.xml", many("<xf/>", 8<<20)), "a part of more than 524288 elements (xl/styles.xml)"},
		"another part":      {with(rawBook(""), "xl/styles.xml", many("<!--"+many("a", 1<<16)+"-->", 17<<20)), "a part of more than 16 MiB (xl/styles.xml)"},
		"parts":             {parts, "too many parts"},
		"many unread parts": {with(rawBook(`<row><c><v>1</v></c></row>`), "xl/media/image.png", many("a", 32<<20)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			file := zipped(t, test.parts)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := time.Now()
			_, err := discard(file)
			took := time.Since(begun)
			runtime.ReadMemStats(&after)
			t.Logf("%d bytes zipped; took %v, allocated %d MiB in all", len(file), took, (after.TotalAlloc-before.TotalAlloc)>>20)
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "save it as CSV UTF-8") {
				t.Errorf("got %v", err)
			}
			if took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// TestTexts: what is kept in memory is bounded.
func TestTexts(t *testing.T) {
	book := with(rawBook(`<row><c t="s"><v>9999</v></c></row>`), "xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t>0123456789</t></si>", 10_000)+"</sst>")
	for room, want := range map[int64]string{10_000 * (10 + perText): "0123456789", 10_000*(10+perText) - 1: ""} {
		s, err := open(bytes.NewReader(zipped(t, book)), "", limits{zipped: 1 << 20, unzipped: 1 << 20, inMemory: room})
		if err != nil {
			t.Fatal(err)
		}
		row, err := s.Next()
		if s.Close(); (err == nil) != (want != "") || err == nil && row[0] != want {
			t.Errorf("%d bytes: got %q (%v)", room, row, err)
		}
	}
}

// FuzzParts: whatever stands in the parts, reading them does not panic: no caught
// stands between.
func FuzzParts(f *testing.F) {
	for _, rows := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><r><t>a_x0009_</t></r></is></c></row>`,
		`<row><c r="XFD1" s="1"><f>1</f><v>46349.5</v></c><c s="-1"><v>1</v></c></row>`,
	} {
		parts := rawBook(rows)
		f.Add(parts["xl/worksheets/sheet1.xml"], parts["xl/styles.xml"], parts["xl/sharedStrings.xml"], parts["xl/workbook.xml"])
	}
	f.Fuzz(func(t *testing.T, rows, styles, texts, workbook string) {
		data := zipped(t, with(rawBook(""), "xl/worksheets/sheet1.xml", rows, "xl/styles.xml", styles, "xl/sharedStrings.xml", texts, "xl/workbook.xml", workbook))
		file, err := os.CreateTemp(t.TempDir(), "")
		if err == nil {
			_, err = file.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
		s := &sheet{book: &book{file: file, most: usualLimits, left: usualLimits.unzipped}}
		defer s.Close()
		if s.read(int64(len(data))) != nil {
			return
		}
		for _, one := range s.sheets {
			if s.begin(one.part) != nil {
				continue
			}
			if _, err := s.seek(); err != nil {
				continue
			}
			for err == nil {
				_, err = s.next()
			}
		}
	})
}

// discard reads a table without keeping it.
func discard(file []byte) (int64, error) {
	s, err := rows.Open(bytes.NewReader(file), rows.Options{Workbook: Open})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return io.Copy(io.Discard, s.Reader)
}
