package rows

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

func utf16Of(s string, order binary.AppendByteOrder, mark bool) []byte {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, unit := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}

// opened opens an input and reads all of it.
func opened(t testing.TB, data []byte, o Options) (text string, s *Source, err error) {
	t.Helper()
	s, err = Open(bytes.NewReader(data), o)
	if err != nil {
		return "", nil, err
	}
	defer s.Close()
	all, err := io.ReadAll(s.Reader)
	return string(all), s, err
}

func TestOpen(t *testing.T) {
	long := "a;b\n" + strings.Repeat("1,5;zwölf\n", 20_000) // more than is looked at
	for name, test := range map[string]struct {
		data  []byte
		text  string
		delim byte
		jsonl bool
	}{
		"commas":               {[]byte("a,b\n1,2\n"), "a,b\n1,2\n", ',', false},
		"semicolons":           {[]byte("a;b;c,d\n1;2;3\n"), "a;b;c,d\n1;2;3\n", ';', false},
		"tabs":                 {[]byte("a\tb\tc;d,e\n"), "a\tb\tc;d,e\n", '\t', false},
		"more than tabs":       {[]byte("a\tb;c;d\n"), "a\tb;c;d\n", ';', false},
		"one column":           {[]byte("a\n1\n"), "a\n1\n", ',', false},
		"quoted are not told":  {[]byte("\"a,b,c,d\";b;c\n"), "\"a,b,c,d\";b;c\n", ';', false},
		"a line end in quotes": {[]byte("\"a\n,,,,\";b;c\n,,,,,,\n"), "\"a\n,,,,\";b;c\n,,,,,,\n", ';', false},
		"only the first line":  {[]byte("a;b\n1,2,3,4,5\n"), "a;b\n1,2,3,4,5\n", ';', false},
		"empty lines first":    {[]byte("\r\n\na;b\n"), "\r\n\na;b\n", ';', false},
		"byte order mark":      {[]byte("\xef\xbb\xbfä,b\n"), "ä,b\n", ',', false},
		"UTF-16 LE":            {utf16Of("ä;b\r\n1;😀\r\n", binary.LittleEndian, true), "ä;b\r\n1;😀\r\n", ';', false},
		"UTF-16 BE":            {utf16Of("a\tb\n", binary.BigEndian, true), "a\tb\n", '\t', false},
		"long UTF-16":          {utf16Of(long, binary.LittleEndian, true), long, ';', false},
		"long":                 {[]byte(long), long, ';', false},
		"JSONL":                {[]byte(" {\"answers\":{}}\n"), " {\"answers\":{}}\n", ',', true},
		"JSONL with a mark":    {[]byte("\xef\xbb\xbf{}\n"), "{}\n", ',', true},
		"nothing":              {nil, "", ',', false},
	} {
		t.Run(name, func(t *testing.T) {
			text, s, err := opened(t, test.data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if text != test.text {
				t.Errorf("got %.80q, want %.80q", text, test.text)
			}
			if s.JSONL != test.jsonl || !test.jsonl && s.Delimiter != test.delim {
				t.Errorf("delimiter %q jsonl %v, want %q %v", s.Delimiter, s.JSONL, test.delim, test.jsonl)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		o    Options
		want string
	}{
		"old Excel":             {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Options{}, ".xls"},
		"a password":            {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Options{}, "password"},
		"UTF-16 without mark":   {utf16Of("respondent,energy\n", binary.LittleEndian, false), Options{}, "save it as CSV UTF-8"},
		"and the other way":     {utf16Of("respondent,energy\n", binary.BigEndian, false), Options{}, "save it as CSV UTF-8"},
		"a sheet of no XLSX":    {[]byte("a,b\n"), Options{Sheet: "One"}, "no worksheets"},
		"XLSX without a reader": {[]byte("PK\x03\x04 and so on"), Options{}, "save it as CSV UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := opened(t, test.data, test.o)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
