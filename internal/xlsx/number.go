package xlsx

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// number is a number as the format shows it; what is no number stands as it is.
func (f format) number(s string, date1904 bool) string {
	s = strings.TrimSpace(s)
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.Trim(s, "+-.0123456789Ee") != "" {
		return s
	}
	plain := decimal(s, x)
	if len(f) == 0 {
		return plain
	}
	chosen, sign := &f[0], ""
	switch {
	case x < 0 && len(f) > 1:
		chosen = &f[1]
	case x == 0 && len(f) > 2:
		chosen = &f[2]
	case x < 0:
		sign = "-"
	}
	switch {
	case chosen.general || chosen.date && (x < 0 || x >= endOfTime):
		return plain
	case chosen.date:
		return chosen.moment(x, date1904)
	}
	return sign + chosen.shown(strings.TrimPrefix(plain, "-"))
}

// decimal is a number in the digits of General: 15 of them, as many as Excel has, but
// all of a whole number, which may be somebody's id.
func decimal(s string, x float64) string {
	if len(s) > 15 && s[0] != '0' && strings.Trim(s, "0123456789") == "" {
		return s
	}
	if x != math.Trunc(x) {
		x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	}
	if size := math.Abs(x); x != 0 && (size < 1e-9 || size >= 1e21) {
		return strconv.FormatFloat(x, 'E', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// settle finds out what the pieces of a section for numbers come to.
func (s *section) settle() {
	found := false
	for i := range s.pieces {
		switch one := &s.pieces[i]; one.kind {
		case places:
			if strings.Trim(one.text, ".,") == "" {
				one.kind = literal
				continue
			}
			s.general = s.general || found || !s.count(one.text)
			found = true
		case '%':
			s.percents++
		case literal, '@', 'g':
		default:
			s.general = true
		}
	}
}

// count counts the places of digits; false: they are not followed, as a number is
// shown by its thousands, or has two points.
func (s *section) count(pattern string) bool {
	whole, part, _ := strings.Cut(pattern, ".")
	s.thousand = strings.Contains(whole, ",")
	if strings.HasSuffix(whole, ",") || strings.ContainsAny(part, ".,") {
		return false
	}
	s.zeros = len(strings.TrimLeft(strings.ReplaceAll(whole, ",", ""), "#?"))
	s.decimals = len(part)
	s.optional = len(part) - len(strings.TrimRight(part, "#?"))
	return true
}

// shown is a number that is not negative, as the section shows it.
func (s *section) shown(plain string) string {
	var b strings.Builder
	for _, one := range s.pieces {
		switch one.kind {
		case places:
			b.WriteString(s.digits(plain))
		case '@', 'g':
			b.WriteString(plain)
		default:
			b.WriteString(one.text)
		}
	}
	return b.String()
}

// digits rounds a number to the section's places, halves away from zero. One digit
// stands before the point also where Excel has none: a zero that nobody sees is lost.
func (s *section) digits(plain string) string {
	n, _ := new(big.Rat).SetString(plain)
	for range s.percents {
		n.Mul(n, big.NewRat(100, 1))
	}
	whole, part, _ := strings.Cut(n.FloatString(s.decimals), ".")
	whole = strings.Repeat("0", max(0, s.zeros-len(whole))) + whole
	for i := len(whole) - 3; s.thousand && i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	for range s.optional {
		part = strings.TrimSuffix(part, "0")
	}
	if part != "" {
		part = "." + part
	}
	return whole + part
}
