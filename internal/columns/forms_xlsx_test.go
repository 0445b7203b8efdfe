package columns

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/rolefit/rolefit/internal/golden"
)

// microsoftForms is what Microsoft Forms writes: times as numbers that Excel shows
// as dates, no-break spaces in headers, a separator behind every pick.
func microsoftForms() [][]any {
	at := func(minute, second int) time.Time { return time.Date(2026, 11, 23, 10, minute, second, 0, time.UTC) }
	const nbsp = "\u00a0"
	return [][]any{
		{
			"ID", "Start time", "Completion time", "Email", "Name", "Fixing a thing that is broken [at once]" + nbsp,
			"Finding the right word" + nbsp + "& keeping it", "Leaving a meeting without notes", "Your morning is free. What now?",
			"Where do the notes go?", "What did you enjoy last week?", "Which tools do you own?", "Put these in order",
		},
		{
			1, at(1, 5), at(4, 5), "anonymous", "", 4, "A little", "1 of 10 times", "Talk to users", nil,
			"Talk to users;The word \"done\"; at last;", "Hammer;Pen;", "Ship it;Ship it, tell everybody;Sleep on it;",
		},
		{
			2, at(2, 0), at(5, 11), "anonymous", "", 1, "Very much", "Half of the time", "Talk to users, then write",
			"The wiki; or the “wiki”", "Talk to users, then write;", "Talk to users;", "Ship it, tell everybody;Sleep on it;Ship it;",
		},
		{
			3, at(3, 0), at(6, 0), "anonymous", "", 3.0, "Somewhat", "10 of 10 times", "No", nil,
			"Talk to users;Café, naïve | plain;Talk to users, then write;", nil, "Sleep on it;Ship it;Ship it, tell everybody;",
		},
		{
			4, at(3, 30), at(6, 30), "anonymous", "", 5, "Not at all", "1 of 10 times", "No", nil,
			"Talk to users;A walk;", "Pen;", "Ship it;Ship it, tell everybody;Sleep on it;",
		},
		{5, at(4, 0), at(7, 0), "anonymous", "", 2, nil, "Half of the time", "Talk to users"},
	}
}

// TestMicrosoftForms holds the file to what it was made of.
func TestMicrosoftForms(t *testing.T) {
	name := filepath.Join(formsDir, "microsoft-forms.xlsx")
	rows := microsoftForms()
	if golden.Updating() {
		writeXLSX(t, name, rows)
	}
	book, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows(book.GetSheetList()[0])
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(rows) {
		t.Fatalf("it has %d rows, and should have %d; to renew it: %s", len(got), len(rows), golden.Switch)
	}
	for i, header := range rows[0] {
		if d := cmp.Diff(header, got[0][i]); d != "" {
			t.Error(d)
		}
	}
}

func writeXLSX(t *testing.T, name string, rows [][]any) {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	format := "m/d/yy h:mm:ss"
	date, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, value := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if value == nil {
				continue
			}
			if err := book.SetCellValue("Sheet1", cell, value); err != nil {
				t.Fatal(err)
			}
			if _, is := value.(time.Time); is {
				if err := book.SetCellStyle("Sheet1", cell, cell, date); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	stamp := "2026-11-23T10:00:00Z"
	if err := book.SetDocProps(&excelize.DocProperties{Created: stamp, Modified: stamp, Creator: "rolefit"}); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(name); err != nil {
		t.Fatal(err)
	}
}
