package quiz

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rolefit/rolefit/internal/diag"
)

// The tests here plant one fault at a time into good quizzes, at every line
// where it can stand, and want that one finding, there and nowhere else.

var (
	keyLine = regexp.MustCompile(`^(\s*)([a-z_]+)(\s*=\s*)(.+)$`)
	header  = regexp.MustCompile(`^(\[\[?)([a-z.]+)(\]\]?)$`)
	idLine  = regexp.MustCompile(`^(id\s*=\s*)"([^"]+)"$`)
)

// eachLine calls f for each line of some good quizzes, with the line of its
// header and a function that decodes the quiz with the line replaced.
func eachLine(t *testing.T, f func(line string, head, at int, with func(string) diag.List)) {
	for _, name := range []string{
		"../../testdata/quiz/good/full.toml", "../../testdata/quiz/good/minimal.toml",
		"../../quizzes/pm-po-quick.toml",
	} {
		every := 1
		lines := strings.Split(string(read(t, name)), "\n")
		if len(lines) > 300 {
			every = 5 // of a long quiz every fifth line is enough
		}
		if testing.Short() {
			every *= 4
		}
		head := 1 // the line of the last header; the first line for the file itself
		for i, line := range lines {
			if strings.HasPrefix(line, "[") {
				head = i + 1
			}
			if i%every != 0 {
				continue
			}
			f(line, head, i+1, func(text string) diag.List {
				changed := append([]string(nil), lines...)
				changed[i] = text
				_, found := Decode(name, []byte(strings.Join(changed, "\n")))
				return found
			})
		}
	}
}

// want checks that there is one finding of the rule at the place.
func want(t *testing.T, found diag.List, rule string, line, column int, what string) {
	t.Helper()
	if len(found) == 1 && found[0].Rule == rule && found[0].Place.Line == line && found[0].Place.Column == column {
		return
	}
	var got []string
	for _, f := range found {
		got = append(got, f.Headline())
	}
	t.Errorf("line %d, %s: want one %s at column %d, got\n\t%s", line, what, rule, column, strings.Join(got, "\n\t"))
}

// mistype swaps the first two letters that differ.
func mistype(word string) string {
	for i := len(word) - 2; i >= 0; i-- {
		if word[i] != word[i+1] && word[i] != '_' && word[i+1] != '_' {
			return word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:]
		}
	}
	return word + "x"
}

func TestMistypedKeyIsOneFinding(t *testing.T) {
	skip := regexp.MustCompile(`^(wood|metal|paper|smith)$`) // ids, not keys
	eachLine(t, func(line string, head, at int, with func(string) diag.List) {
		m := keyLine.FindStringSubmatch(line)
		if m == nil || skip.MatchString(m[2]) {
			return
		}
		for _, wrong := range []string{mistype(m[2]), m[2] + "s", strings.ToUpper(m[2])} {
			want(t, with(m[1]+wrong+m[3]+m[4]), diag.UnknownKey, at, len(m[1])+1, wrong)
		}
	})
}

func TestMistypedHeaderIsOneFinding(t *testing.T) {
	eachLine(t, func(line string, head, at int, with func(string) diag.List) {
		m := header.FindStringSubmatch(line)
		if m == nil {
			return
		}
		before, last := "", m[2]
		if i := strings.LastIndex(m[2], "."); i >= 0 {
			before, last = m[2][:i+1], m[2][i+1:]
		}
		for _, wrong := range []string{mistype(last), last + "s"} {
			found := with(m[1] + before + wrong + m[3])
			if len(found) > 0 && found[0].Rule == diag.Syntax {
				continue // tables below it make it two definitions: TOML's own rule
			}
			want(t, found, diag.UnknownKey, at, len(m[1])+len(before)+1, wrong)
		}
	})
}

func TestLostIDIsOneFinding(t *testing.T) {
	eachLine(t, func(line string, head, at int, with func(string) diag.List) {
		m := idLine.FindStringSubmatch(line)
		if m == nil {
			return
		}
		want(t, with(""), diag.MissingKey, head, 1, "no id "+m[2])
		want(t, with(m[1]+"7"), diag.WrongType, at, len(m[1])+1, "id 7 for "+m[2])
		for _, wrong := range []string{strings.ToUpper(m[2]), "?!", "", m[2] + " x", strings.Repeat("y", 65), "é"} {
			want(t, with(fmt.Sprintf("%s%q", m[1], wrong)), diag.BadID, at, len(m[1])+1, fmt.Sprintf("%q for %s", wrong, m[2]))
		}
	})
}

// TestWrongTypeIsOneFinding gives every key a value that no key takes.
func TestWrongTypeIsOneFinding(t *testing.T) {
	exception := map[string]string{"format": diag.UnsupportedFormat, "as_of": diag.BadDate}
	eachLine(t, func(line string, head, at int, with func(string) diag.List) {
		m := keyLine.FindStringSubmatch(line)
		if m == nil || strings.Contains(m[4], `"""`) || strings.HasSuffix(m[4], "[") {
			return
		}
		rule := exception[m[2]]
		if rule == "" {
			rule = diag.WrongType
		}
		for _, value := range []string{"12:30:00"} {
			want(t, with(m[1]+m[2]+m[3]+value), rule, at, len(m[1]+m[2]+m[3])+1, m[2]+" = "+value)
		}
	})
}
