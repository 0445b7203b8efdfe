package rows

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// grid is a worksheet of these rows, and fails behind them where err is set.
type grid struct {
	rows   [][]string
	err    error
	closed bool
}

func (g *grid) Next() ([]string, error) {
	switch {
	case len(g.rows) > 0:
		row := g.rows[0]
		g.rows = g.rows[1:]
		return row, nil
	case g.err != nil:
		return nil, g.err
	}
	return nil, io.EOF
}

func (g *grid) Close() { g.closed = true }

// openGrid opens a worksheet as if it were in an XLSX file.
func openGrid(t *testing.T, g *grid) *Source {
	t.Helper()
	s, err := Open(strings.NewReader("PK\x03\x04"), Options{Workbook: func(io.Reader, string) (Sheet, error) { return g, nil }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSheet(t *testing.T) {
	for name, test := range map[string]struct {
		rows [][]string
		want string
	}{
		"nothing":               {nil, ""},
		"empty rows are none":   {[][]string{nil, {"", ""}, {"a", "b"}, {"", ""}, {"1", "2"}}, "a,b\n1,2\n"},
		"short rows are filled": {[][]string{{"a", "b", "c"}, {"1"}, {"", "2"}}, "a,b,c\n1,,\n,2,\n"},
		"long rows stay":        {[][]string{{"a"}, {"1", "", "2", ""}}, "a\n1,,2\n"},
		"cells in quotes":       {[][]string{{"a,b", "c\nd"}}, "\"a,b\",\"c\nd\"\n"},
	} {
		t.Run(name, func(t *testing.T) {
			g := &grid{rows: test.rows}
			s := openGrid(t, g)
			got, err := io.ReadAll(iotest.OneByteReader(s.Reader))
			if err != nil || string(got) != test.want || s.Delimiter != ',' || s.JSONL {
				t.Errorf("got %q (%v), want %q", got, err, test.want)
			}
			if s.Close(); !g.closed {
				t.Error("the worksheet stays open")
			}
		})
	}
}

func TestSheetFails(t *testing.T) {
	damaged := errors.New("damaged")
	s := openGrid(t, &grid{rows: [][]string{{"a"}}, err: damaged})
	if got, err := io.ReadAll(s.Reader); !errors.Is(err, damaged) || string(got) != "a\n" {
		t.Errorf("got %q (%v)", got, err)
	}
	s = openGrid(t, &grid{rows: [][]string{{"a"}}})
	s.Close()
	if got, err := io.ReadAll(s.Reader); err == nil {
		t.Errorf("closed, it is still read: %q", got)
	}
}
