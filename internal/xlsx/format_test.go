package xlsx

import "testing"

// TestFormats: what a person sees in Excel, where excelize and Excel differ and where
// a comparison over random workbooks does not come.
func TestFormats(t *testing.T) {
	for _, test := range []struct{ code, number, want string }{
		{"", "4", "4"},
		{"", " 4.5 ", "4.5"},
		{"", "0.30000000000000004", "0.3"},
		{"", "1.23E+15", "1230000000000000"},
		{"", "1234567890123456789", "1234567890123456789"}, // an id
		{"", "-1234567890123456", "-1234567890123456"},
		{"", "1E+21", "1E+21"},
		{"", "1.5E-12", "1.5E-12"},
		{"", "0.00001", "0.00001"},
		{"", "4 of 5", "4 of 5"},
		{"", "NaN", "NaN"},
		{"", "0x10", "0x10"},
		{"", "1e999", "1e999"},
		{"General", "491701234567", "491701234567"},
		{`General" points"`, "4", "4 points"},
		{"0", "1234567890123456789", "1234567890123456789"},
		{"0.00", "1.005", "1.01"}, // as Excel rounds, not as its float64 would
		{"0.0", "-0.25", "-0.3"},
		{"0%", "0.145", "15%"},
		{"#,##0.00", "1234567.5", "1,234,567.50"},
		{"0.0;-0.0;none", "0", "0"}, // n, o and e are no literals
		{`0.0;-0.0;"none"`, "0", "none"},
		{"0;;", "-3", ""},
		{"0.00E+00", "12345", "12345"},
		{"# ?/?", "0.5", "0.5"},
		{"[>100]0.0;0", "7.25", "7.25"},
		{"[Blue]0.0", "7.25", "7.3"},
		{"0,", "12345", "12345"},
		{"000-00", "12345", "12345"},
		{`0" / 5"`, "4", "4 / 5"},
		{"_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "-1234", "(1,234)"},
		{"@", "007", "7"},
		{"0.0.0", "1", "1"},
		{"\"", "1", ""},
		{"[", "1", "1"},
		{"\\", "1", ""},
		{"yyyy-mm-dd", "46349", "2026-11-23"},
		{"yyyy-mm-dd", "-1", "-1"},
		{"yyyy-mm-dd", "2958466", "2958466"},
		{"d.m.yy h:mm", "46349.375", "23.11.26 9:00"},
		{"hh:mm:ss", "46349.3999999", "09:36:00"}, // the nearest second
		{"mm:ss.0", "0.00001", "00:00.9"},
		{"h:mm AM/PM", "0.5", "12:00 PM"},
		{"h:mm AM/PM", "0.01", "12:14 AM"},
		{"hh:mm am/pm", "0.75", "06:00 PM"},
		{"[h]:mm:ss", "1.5", "36:00:00"},
		{"[mm]:ss", "0.1", "144:00"},
		{"[ss]", "0.00001", "01"},
		{"[$-407]d. mmmm yyyy", "46349", "23. November 2026"},
		{"d/m/yyyy", "46349", "23/11/2026"},
		{"dddd", "46349", "Monday"},
		{"yyyy 0", "46349", "46349"},
	} {
		if got := parseFormat(test.code).number(test.number, false); got != test.want {
			t.Errorf("%s in %q: got %q, want %q", test.number, test.code, got, test.want)
		}
	}
	if got := parseFormat("yyyy-mm-dd").number("44887", true); got != "2026-11-23" {
		t.Errorf("days since 1904: got %s", got)
	}
}

func FuzzFormat(f *testing.F) {
	for _, code := range formats {
		f.Add(code, 46349.375)
	}
	f.Add("[h", 1.0)
	f.Add("0.#?.0,;\\", -1.0)
	f.Fuzz(func(t *testing.T, code string, x float64) {
		shown := parseFormat(code).number(decimal("", x), true)
		if len(shown) > 10_000 {
			t.Errorf("%q has %d bytes", code, len(shown))
		}
	})
}
