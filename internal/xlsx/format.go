package xlsx

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// format is a number format (ECMA-376 part 1, 18.8.31): a section for positive
// numbers, and perhaps one for negative ones and one for zero. None: General.
type format []section

// section is what a format has for some numbers.
type section struct {
	pieces   []piece
	general  bool // it is not followed: the number is shown as General has it
	date     bool
	zeros    int  // how many digits stand before the point at least
	decimals int  // and behind it; in a date, how many of a second's parts
	optional int  // the decimals that are left out when they are zero
	thousand bool // digits are grouped by three
	percents int  // the number is shown 100 times as large, each
}

// piece is a part of a section.
type piece struct {
	kind byte   // the letter that stands for it in codes, in lower case, or one of these:
	text string // as it is in the code; in a date, its layout for time.Format
}

const (
	nothing = 0   // colours and alignment
	literal = 'l' // text that stands as it is
	places  = '0' // digits, with their point and commas
	odd     = 'o' // what is not followed: powers of ten, fractions, conditions
	hours   = 'H' // elapsed in all
	minutes = 'N'
	seconds = 'S'
)

// builtIn are the formats that files have by their number alone.
var builtIn = [...]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss",
	22: "m/d/yy hh:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
	41: `#,##0;(#,##0);"-"`, 42: `"$"#,##0;"$"(#,##0);"$-"`, 43: `#,##0.00;(#,##0.00);"-"`, 44: `"$"#,##0.00;"$"(#,##0.00);"$-"`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}

// maxCode is how many bytes of a format's code are looked at; Excel has no longer ones.
const maxCode = 255

// parseFormat reads a format's code; every code is one.
func parseFormat(code string) format {
	if code == "" || len(code) > maxCode || strings.EqualFold(code, "general") {
		return nil
	}
	f := format{{}}
	for code != "" {
		one, length := firstPiece(code)
		code = code[length:]
		switch last := &f[len(f)-1]; one.kind {
		case nothing:
		case ';':
			f = append(f, section{})
		default:
			last.pieces = append(last.pieces, one)
		}
	}
	if last := len(f) - 1; last >= 3 || f[last].has("@") {
		f = f[:last] // it is for texts, which stand as they are
	}
	for i := range f {
		if f[i].date = f[i].has("ymdhsHNS"); f[i].date {
			f[i].settleDate()
		} else {
			f[i].settle()
		}
	}
	return f
}

// has reports whether there is a piece of one of these kinds.
func (s *section) has(kinds string) bool {
	return slices.ContainsFunc(s.pieces, func(one piece) bool { return strings.IndexByte(kinds, one.kind) >= 0 })
}

// firstPiece is the piece that a code begins with, and how many bytes it takes.
func firstPiece(code string) (piece, int) {
	letter := code[0] | 0x20 // in lower case
	_, size := utf8.DecodeRuneInString(code)
	_, next := utf8.DecodeRuneInString(code[size:])
	switch {
	case code[0] == '"':
		text, _, _ := strings.Cut(code[1:], `"`)
		return piece{literal, text}, min(len(text)+2, len(code))
	case code[0] == '\\':
		return piece{literal, code[size : size+next]}, size + next
	case code[0] == '_' || code[0] == '*': // space as wide as the next character, or filled with it
		return piece{}, size + next
	case code[0] == '[':
		return bracketed(code)
	case strings.IndexByte("0#?.,", code[0]) >= 0:
		run := code[:len(code)-len(strings.TrimLeft(code, "0#?.,"))]
		return piece{places, run}, len(run)
	case strings.IndexByte(";%@/", code[0]) >= 0:
		return piece{code[0], code[:1]}, 1
	case letter == 'e':
		return piece{odd, code[:1]}, 1
	case strings.IndexByte("ymdhs", letter) >= 0:
		run := code[:len(code)-len(strings.TrimLeft(code, string([]byte{letter, letter &^ 0x20})))]
		return piece{letter, strings.ToLower(run)}, len(run)
	}
	for _, word := range []string{"AM/PM", "A/P", "General"} {
		if len(code) >= len(word) && strings.EqualFold(code[:len(word)], word) {
			return piece{letter, word}, len(word)
		}
	}
	return piece{literal, code[:size]}, size
}

// bracketed reads what stands in brackets: elapsed time, a currency, a condition, or a colour.
func bracketed(code string) (piece, int) {
	inner, _, closed := strings.Cut(code[1:], "]")
	if !closed || inner == "" {
		return piece{odd, code}, len(code)
	}
	length := len(inner) + 2
	switch unit := strings.ToLower(inner[:1]); {
	case strings.Contains("hms", unit) && strings.Trim(strings.ToLower(inner), unit) == "":
		return piece{[]byte{hours, minutes, seconds}[strings.Index("hms", unit)], inner}, length
	case unit == "$":
		currency, _, _ := strings.Cut(inner[1:], "-")
		return piece{literal, currency}, length
	case strings.Contains("<>=", unit):
		return piece{odd, inner}, length
	}
	return piece{}, length
}
