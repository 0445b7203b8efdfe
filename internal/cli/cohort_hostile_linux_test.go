package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// mostCohortMiB is the memory that scoring may take, whatever the table. On a machine
// with nothing else to do it is below 200; when the collector runs is a matter of chance.
const mostCohortMiB = 240

const cohortQuiz = `format = 1
id = "h"
version = "1.0.0"
title = "H"
[scale]
labels = ["1", "2", "3", "4", "5"]
[[dimension]]
id = "d"
name = "D"
[[dimension]]
id = "e"
name = "E"
[[question]]
id = "q1"
kind = "scale"
ask = "One"
measures = { d = 1 }
[[question]]
id = "q2"
kind = "scale"
ask = "Two"
measures = { e = 1 }
[[role]]
id = "a"
name = "A"
weights = { d = 1 }
[[role]]
id = "b"
name = "B"
weights = { e = 1 }
`

// hostileTable is a table made to do harm, and what has to become of it.
type hostileTable struct {
	table  func() string // made when it is needed: they are large
	args   string
	code   int
	scored int
	says   string // on standard error
}

func hostileTables() map[string]hostileTable {
	const head, good = "id,q1,q2,x\n", "good,1,5,\n"
	ten := strings.Repeat("x", 10<<20)
	row := func(i int) string { return fmt.Sprintf("p%d,%d,%d,\n", i, i%5+1, i/5%5+1) }
	return map[string]hostileTable{
		"wrong number of cells": {func() string { return head + good + "a,1\nb,1,2,3,4,5\n" + good }, "", exitFound, 2, "row 2: the row has 2 cells, and the header 4"},
		"unknown option":        {func() string { return head + good + "a,6,1,\nb,maybe,1,\n" + good }, "", exitFound, 2, `row 3: q1: "maybe" is no step`},
		"10 MB answer":          {func() string { return head + good + "a," + ten + ",1,\n" + good }, "", exitFound, 2, "row 2: q1: the cell is longer than 64 KiB"},
		"10 MB answer, quoted":  {func() string { return head + good + "a,\"" + ten + "\",1,\n" + good }, "", exitFound, 2, "row 2: q1: the cell is longer than 64 KiB"},
		"10 MB left out":        {func() string { return head + good + "a,1,1," + ten + "\n" + good }, "", exitDone, 3, "3 of 3 rows"},
		"10 MB id":              {func() string { return head + good + ten + ",1,1,\n" + good }, "", exitFound, 2, "row 2: the id is longer than 4096 bytes"},
		"10 MB groups": {func() string {
			return head + each(8, func(i int) string { return fmt.Sprintf("a,1,1,%d%s\n", i, ten) })
		}, "--by x", exitDone, 8, "Groups"},
		"10 MB of quotes":         {func() string { return head + good + "a," + strings.Repeat(`""`, 5<<20) + ",1,\n" + good }, "", exitFound, 2, "row 2: q1: the cell is longer than 64 KiB"},
		"20 rows of 10 MB":        {func() string { return head + each(20, func(int) string { return "a," + ten + ",1,\n" }) }, "--workers 8 --rejects /dev/null", exitFound, 0, "0 of 20 rows"},
		"20 quoted rows of 10 MB": {func() string { return head + each(20, func(int) string { return "a,\"" + ten + "\",1,\n" }) }, "--workers 8 --rejects /dev/null", exitFound, 0, "0 of 20 rows"},
		"row beyond the bound":    {func() string { return head + good + strings.Repeat("x", 40<<20) + "\n" + good }, "", exitFailed, 0, "a row is longer than 16 MiB"},
		"NUL bytes":               {func() string { return head + good + "a\x00b,1,1,\na,\x00,1,\na,1,1,\x00\n" }, "", exitFound, 2, "row 2: the id holds a NUL byte"},
		"bare quotes":             {func() string { return head + good + "a\"b,1,1,\n\"a\"b,1,1,\na,\"1,1,\n" + good }, "", exitFound, 1, "row 2: a quote stands in a cell that does not begin with one"},
		"quote never closed":      {func() string { return head + good + "\"a,1,1,\n" + each(1000, row) }, "", exitFound, 1, "row 2: a quote is opened and never closed"},
		"quote over all":          {func() string { return head + good + "\"a,1,1,\n" + strings.Repeat(good, 4<<20) }, "", exitFailed, 0, "is a quote opened and never closed?"},
		"old Mac":                 {func() string { return strings.ReplaceAll(head+good+good, "\n", "\r") }, "", exitFailed, 0, "its lines end with a carriage return alone"},
		"old Mac, long":           {func() string { return strings.Repeat("good,1,5,\r", 4<<20) }, "", exitFailed, 0, "its lines end with a carriage return alone"},
		"rows as on old Macs":     {func() string { return head + "good,1,5,\rgood,1,5,\r\n" + good }, "", exitFound, 1, "row 1: the row has 7 cells"},
		"formulas and escapes": {func() string {
			return head + "=1+1,1,1,\n@SUM(A1),1,1,\n+1,1,1,\n\"\tx\",1,1,\na\x1b[31m,1,1,\n\u202eevil,1,1,\n"
		}, "", exitDone, 6, ""},
		"million columns": {func() string { return strings.Repeat("c,", 1<<20) + "q1,q2\n" + good }, "", exitFailed, 0, "the header has more than 10000 columns"},
		"million cells":   {func() string { return head + good + strings.Repeat("1,", 1<<20) + "\n" + good }, "", exitFound, 2, "row 2: the row has far more cells"},
		"many millions of cells": {func() string {
			return head + each(6, func(int) string { return strings.Repeat(",", 15<<20) + "\n" }) + good
		}, "--rejects /dev/null", exitFound, 1, "row 5: the row has far more cells"},
		"millions of empty quotes": {func() string { return head + strings.Repeat(`"",`, 5<<20) + "\n" + good }, "--rejects /dev/null", exitFound, 1, "row 1: the row has far more cells"},
		"20 MB header":             {func() string { return strings.Repeat("h", 20<<20) + "\n" + good }, "", exitFailed, 0, "a row is longer than 16 MiB"},
		"header of one long cell":  {func() string { return "id,q1,q2," + ten + "\n" + good }, "", exitDone, 1, "xxx…"},
		"long id": {func() string {
			return head + strings.Repeat("i", 4096) + ",1,1,\n" + strings.Repeat("i", 4097) + ",1,1,\n"
		}, "", exitFound, 1, "row 2: the id is longer"},
		"invalid UTF-8": {func() string { return head + "a\xff,1,1,\na,\xfe,1,\na,1,1,\xff\n" }, "", exitFound, 1, "row 1: the id is not UTF-8"},
		"100,000 groups": {func() string {
			return head + each(100_000, func(i int) string { return fmt.Sprintf("a,1,%d,g%d\n", i%5+1, i) })
		}, "--by x", exitDone, 100_000, "more than 10,000 different values"},
		"200,000 different ids":  {func() string { return head + each(200_000, row) }, "", exitDone, 200_000, "200 000 of 200 000"},
		"odd times":              {func() string { return "id,q1,q2,seconds\na,1,1,1e999\nb,1,1,NaN\nc,1,1,-Inf\nd,1,1,x\ne,1,1,1e-999\n" }, "", exitDone, 5, "fast 1"},
		"blank lines":            {func() string { return "\n\r\n" + head + "\n\n" + good + strings.Repeat("\n", 3<<20) + good }, "", exitDone, 2, "2 of 2"},
		"rows of one cell":       {func() string { return head + good + strings.Repeat("x\n", 1<<20) }, "", exitFound, 1, "row 2: the row has 1 cells, and the header 4"},
		"endless blank lines":    {func() string { return strings.Repeat("\n", 30<<20) }, "", exitFailed, 0, "it is empty"},
		"JSONL of one huge line": {func() string { return `{"answers":{"q1":1,"q2":"` + ten + "\"}}\n{\"answers\":{\"q1\":1,\"q2\":1}}\n" }, "", exitFound, 1, "row 1: "},
		"JSONL, deep":            {func() string { return strings.Repeat(`{"answers":`, 1<<19) + "\n{\"answers\":{\"q1\":1,\"q2\":1}}\n" }, "", exitFound, 1, "row 1: "},
		"JSONL, long id": {func() string {
			return `{"respondent":"` + strings.Repeat("i", 5000) + "\",\"answers\":{\"q1\":1,\"q2\":1}}\n"
		}, "", exitFound, 0, "row 1: "},
		"JSONL, escapes": {func() string {
			return "{\"respondent\":\"\\u001b[31m\\u202e=1\",\"answers\":{\"q1\":1,\"q2\":1}}\n{\"respondent\":\"a\\u0000b\",\"answers\":{\"q1\":1,\"q2\":1}}\n"
		}, "", exitDone, 2, ""},
	}
}

// TestHostileTables scores each of them in a process of its own: never a panic,
// nothing that harms a terminal or a spreadsheet, bounded time and memory.
func TestHostileTables(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector takes its own time and memory")
	}
	if testing.Short() {
		t.Skip("many megabytes each")
	}
	for name, one := range hostileTables() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "table.csv")
			writeFiles(t, dir, map[string]string{"table.csv": one.table(), "quiz.toml": cohortQuiz})
			c := rolefitCommand(t, append([]string{"cohort", "score", file, "--quiz", dir + "/quiz.toml"}, strings.Fields(one.args)...)...)
			var out, said bytes.Buffer
			c.Stdout, c.Stderr = &out, &said
			start := time.Now()
			memory := runMeasured(t, c)
			took := time.Since(start)
			if code := c.ProcessState.ExitCode(); code != one.code {
				t.Errorf("exit code %d, want %d", code, one.code)
			}
			if scored := max(bytes.Count(out.Bytes(), []byte(",h,1.0.0,")), 0); scored != one.scored {
				t.Errorf("%d rows were scored, want %d", scored, one.scored)
			}
			if !strings.Contains(strings.Join(strings.Fields(said.String()), " "), one.says) || strings.Contains(said.String(), "goroutine") || said.Len() > 20_000 {
				t.Errorf("it says %.2000q, want %q", said.String(), one.says)
			}
			checkHarmless(t, out.String()+said.String())
			if took > mostTime || memory > mostCohortMiB {
				t.Errorf("it took %v and %d MiB", took, memory)
			}
		})
	}
}

// runMeasured runs a command and gives the most memory it took, in MiB. The
// kernel's own account of it would count what this process has, too.
func runMeasured(t *testing.T, c *exec.Cmd) (most int) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = c.Wait()
	}()
	for {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid))
		_, peak, _ := strings.Cut(string(status), "VmHWM:")
		var kib int
		if _, err := fmt.Sscan(peak, &kib); err == nil {
			most = max(most, kib>>10)
		}
		select {
		case <-done:
			return most
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// checkHarmless looks for what a terminal would obey and a spreadsheet would run.
func checkHarmless(t *testing.T, out string) {
	t.Helper()
	for _, bad := range []string{"\x1b", "\u202e", "\x00", "\n=", "\n@", "\n+", "\n\"\t"} {
		if strings.Contains(out, bad) {
			t.Errorf("there is %q in it", bad)
		}
	}
}

func rolefitCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Args = append([]string{"rolefit"}, args...)
	return c
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
