package rows

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"testing"
)

// allRecords cuts data into records and cells; a record at fault is nil.
func allRecords(data []byte, delim byte) [][]string {
	var all [][]string
	c := Cutter{Delim: delim}
	for len(data) > 0 {
		end := EndOfRecord(data, delim, true)
		record := data[:end]
		data = data[end:]
		if Blank(record) {
			continue
		}
		cells, err := c.Cut(record)
		if err != nil {
			all = append(all, nil)
			continue
		}
		row := []string{}
		for _, cell := range cells {
			row = append(row, string(cell))
		}
		all = append(all, row)
	}
	return all
}

func byLibrary(data []byte, delim byte) [][]string {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = rune(delim), -1
	var all [][]string
	for {
		row, err := r.Read()
		var fault *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return all
		case errors.As(err, &fault):
			all = append(all, nil)
		default:
			all = append(all, row)
		}
	}
}

func sameTables(a, b [][]string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if (a[i] == nil) != (b[i] == nil) || len(a[i]) != len(b[i]) {
			return false
		}
		for j := range a[i] {
			if a[i][j] != b[i][j] {
				return false
			}
		}
	}
	return true
}

// FuzzRecords holds the cutting of records to encoding/csv, whatever stands in
// them and wherever the reading stops.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,b\r\n\r\n1,\"x\r\ny\"\r\n", "\"a\"\"b\",c\n", "a\"b,c\nd,e\n", "\"a\"b,c\nd\n", "\"open\nand\nnever", "\n\n", "a,,\n,", "\"\",\"\"",
		"a\r", "\r\n", "\"a\nb\",\"c\nd\" e\nf\n", "x,\"y\n\"z\nw\n", "\"a\r\r\n\"\r", "\"\r", "\"a\"\r\r\n", "\r\r\n",
	} {
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, comma bool) {
		delim := byte(';')
		if comma {
			delim = ','
		}
		want, got := byLibrary(data, delim), allRecords(data, delim)
		if !sameTables(want, got) {
			t.Fatalf("%q:\nlibrary %q\nhere    %q", data, want, got)
		}
		// A record is as long as it is, however much of what follows is there.
		for rest := data; len(rest) > 0; {
			end := EndOfRecord(rest, delim, true)
			for more := end; more <= len(rest) && more <= end+3; more++ {
				if got := EndOfRecord(rest[:more], delim, false); got >= 0 && got != end {
					t.Fatalf("%q ends at %d, with %d bytes known at %d", rest, end, more, got)
				}
			}
			rest = rest[end:]
		}
	})
}
