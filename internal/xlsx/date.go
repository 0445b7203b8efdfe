package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// endOfTime is the first day that is no date any more: 10000-01-01.
const endOfTime = 2958466

// layouts are what time.Format has for a letter, once to four times.
func layouts(letter byte) [4]string {
	switch letter {
	case 'y':
		return [4]string{"06", "06", "2006", "2006"}
	case 'm':
		return [4]string{"1", "01", "Jan", "January"}
	case 'n': // minutes
		return [4]string{"4", "04", "04", "04"}
	case 'd':
		return [4]string{"2", "02", "Mon", "Monday"}
	case 's':
		return [4]string{"5", "05", "05", "05"}
	case 'i': // hours to 12
		return [4]string{"3", "03", "03", "03"}
	case 'h':
		return [4]string{"h", "15", "15", "15"} // there is no layout for hours without a zero before them
	}
	return [4]string{}
}

// settleDate finds the layouts for a section's pieces, and which m are minutes.
func (s *section) settleDate() {
	noon := s.has("a")
	before := byte(0) // the last letter of a date or time
	for i := range s.pieces {
		one := &s.pieces[i]
		letter := one.kind
		switch letter {
		case 'm':
			if before == 'h' || before == hours || s.after(i) == 's' || s.after(i) == seconds {
				one.kind = 'n'
			}
		case 'h':
			if noon {
				one.kind = 'i'
			}
		case 'a':
			one.text = "PM"
			continue
		case places:
			s.fraction(one, before == 's' || before == seconds)
			continue
		case literal, '%', '/':
			one.kind = literal
			continue
		case 'y', 'd', 's', hours, minutes, seconds:
		default:
			s.general = true
		}
		before = letter
		if all := layouts(one.kind); all[0] != "" {
			one.text = all[min(len(one.text), 4)-1]
		}
	}
}

// after is the next letter of a date or time; 0 if there is none.
func (s *section) after(i int) byte {
	for _, one := range s.pieces[i+1:] {
		if strings.IndexByte("ymdhsHNS", one.kind) >= 0 {
			return one.kind
		}
	}
	return 0
}

// fraction settles a point, a comma, or parts of a second.
func (s *section) fraction(one *piece, ofSecond bool) {
	switch {
	case strings.Trim(one.text, ".,") == "":
		one.kind = literal
	case ofSecond && strings.Trim(one.text[1:], "0") == "" && one.text[0] == '.':
		one.text = one.text[:min(len(one.text), 4)]
		s.decimals = len(one.text) - 1
	default:
		s.general = true
	}
}

// moment shows a number as the date and time of so many days since 1900 began, or 1904.
// The leap day that Excel has in 1900 and nobody else is not made up for.
func (s *section) moment(x float64, date1904 bool) string {
	begin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		begin = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	unit := time.Second / time.Duration(math.Pow10(s.decimals))
	days, part := math.Modf(x)
	inDay := time.Duration(math.Round(part*float64(24*time.Hour/unit))) * unit
	t := begin.AddDate(0, 0, int(days)).Add(inDay)
	elapsed := int64(days)*86400 + int64(inDay/time.Second)
	var b strings.Builder
	for _, one := range s.pieces {
		switch {
		case one.kind == literal:
			b.WriteString(one.text)
		case one.kind == hours:
			b.WriteString(padded(elapsed/3600, len(one.text)))
		case one.kind == minutes:
			b.WriteString(padded(elapsed/60, len(one.text)))
		case one.kind == seconds:
			b.WriteString(padded(elapsed, len(one.text)))
		case one.text == "h":
			b.WriteString(strconv.Itoa(t.Hour()))
		default:
			b.WriteString(t.Format(one.text))
		}
	}
	return b.String()
}

// padded is a number of at least so many digits.
func padded(n int64, digits int) string {
	text := strconv.FormatInt(n, 10)
	return strings.Repeat("0", max(0, digits-len(text))) + text
}
