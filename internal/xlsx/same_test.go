package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// formats are number formats that excelize shows as Excel does.
var formats = []string{
	"General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "0.#", "#", "000", `0" points"`, `"n = "0`, "0;(0)", `0.0;-0.0`,
	`[Red]0.0`, `[$€-407]0.00`, `0\x`, `@`, "yyyy-mm-dd", "yyyy\\-mm\\-dd hh:mm:ss", "m/d/yy h:mm:ss", "dd.mm.yyyy hh:mm", "d/m/yyyy h:mm",
	"[$-409]m/d/yy h:mm AM/PM;@", "h:mm:ss AM/PM", "d-mmm-yy", "dddd, mmmm d, yyyy", "ddd d mmm", "mm:ss", "hh:mm", `yyyy"y "m"m"`,
}

// drawCell draws a cell's value, and a style for it.
func drawCell(t *rapid.T) (value any, format string) {
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		return nil, ""
	case 1:
		return rapid.Bool().Draw(t, "bool"), ""
	case 2:
		return rapid.IntRange(-1_000_000, 1_000_000).Draw(t, "whole"), rapid.SampledFrom(formats[:18]).Draw(t, "format")
	case 3: // no halves to round, which floats have below or above
		n := rapid.IntRange(-1_000_000, 1_000_000).Draw(t, "parts")
		if rapid.Bool().Draw(t, "tenths") {
			return float64(n) / 10, rapid.SampledFrom([]string{"", "General", "0.0", "#,##0.00"}).Draw(t, "format")
		}
		return float64(n) / 7, rapid.SampledFrom(formats[1:18]).Draw(t, "format")
	case 4, 5:
		at := time.Date(1905, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.Int64Range(0, 250*365*86400).Draw(t, "second")) * time.Second)
		return at, rapid.SampledFrom(formats[18:]).Draw(t, "format")
	case 6:
		return []excelize.RichTextRun{{Text: drawText(t)}, {Text: drawText(t)}}, ""
	}
	return drawText(t), ""
}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", " ", "ü", "😀", "<", "&", "\"", ",", "\n", "\r", "_x000D_", "_x", "_", "1", "=", "'"}), 0, 6).Draw(t, "text"), "")
}

// TestSameAsExcelize: whatever workbook excelize writes, its cells are what excelize reads.
func TestSameAsExcelize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := excelize.NewFile()
		defer book.Close()
		date1904 := rapid.Bool().Draw(t, "1904")
		if err := book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}); err != nil {
			t.Fatal(err)
		}
		var told []string
		for row := range rapid.IntRange(1, 5).Draw(t, "rows") {
			for column := range rapid.IntRange(0, 5).Draw(t, "columns") {
				cell, _ := excelize.CoordinatesToCellName(column+1, row+1)
				value, format := drawCell(t)
				told = append(told, fmt.Sprintf("%s: %v %s", cell, value, format))
				setCell(t, book, cell, value, format)
			}
		}
		file, err := book.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		got, want := ours(t, file.Bytes()), theirs(t, file.Bytes())
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%s\n-excelize +got:\n%s", strings.Join(told, "\n"), d)
		}
	})
}

func setCell(t *rapid.T, book *excelize.File, cell string, value any, format string) {
	var err error
	if runs, rich := value.([]excelize.RichTextRun); rich {
		err = book.SetCellRichText("Sheet1", cell, runs)
	} else if value != nil {
		err = book.SetCellValue("Sheet1", cell, value)
	}
	if err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellStyle("Sheet1", cell, cell, style); err != nil {
		t.Fatal(err)
	}
}

// ours are the rows that this package reads, theirs those of excelize that have something.
func ours(t *rapid.T, file []byte) (rows [][]string) {
	s, err := open(bytes.NewReader(file), "Sheet1", usualLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for {
		row, err := s.Next()
		if err != nil {
			if err.Error() != "EOF" {
				t.Fatal(err)
			}
			return rows
		}
		rows = append(rows, append([]string(nil), row...))
	}
}

func theirs(t *rapid.T, file []byte) (rows [][]string) {
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	all, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}
