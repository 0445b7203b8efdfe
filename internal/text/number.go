package text

import (
	"fmt"
	"math/big"
	"strings"
)

// Decimal writes r with this many decimals, rounded half away from zero. Zero has no sign.
func Decimal(r *big.Rat, digits int) string {
	s := r.FloatString(digits) // rounds half away from zero
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// Data writes r as data files hold it: rounded to two decimals, half away from
// zero, with at least one decimal (80.0, 16.5, 71.25).
func Data(r *big.Rat) string {
	s := Decimal(r, 2)
	return strings.TrimSuffix(s, "0")
}

// maxDigits bounds the decimals that Figure tries.
const maxDigits = 6

// Figure writes r for people: as a whole number, or with as many decimals as it
// takes to show on which side of every threshold it lies.
func Figure(r *big.Rat, thresholds ...int) string {
	for digits := range maxDigits {
		s := Decimal(r, digits)
		shown, _ := new(big.Rat).SetString(s)
		if sameSides(r, shown, thresholds) {
			return s
		}
	}
	return Decimal(r, maxDigits)
}

func sameSides(a, b *big.Rat, thresholds []int) bool {
	for _, t := range thresholds {
		at := big.NewRat(int64(t), 1)
		if a.Cmp(at) != b.Cmp(at) {
			return false
		}
	}
	return true
}

// Count says how many there are of a thing whose plural ends in s: 1 question, 2 questions.
func Count(n int, noun string) string { return fmt.Sprintf("%d %s", n, Plural(n, noun, noun+"s")) }

// Plural is the word for n things.
func Plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
