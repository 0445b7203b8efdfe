package columns

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/score"
)

// awkward are option texts that are hard to tell apart in one cell: with
// separators, each the beginning of others. No two of them together read as a
// third, which no reader could tell from the two.
var awkward = []string{
	"Talk", "Talk to users", "Talk to users, then write", "Talk; then, \"sleep\"", "No", "yes, but", "a | b", "[none]", "\"quoted\"",
	"Café", "x < y", "R&D", "Talk to users; all", "write, then talk", "10 of 10", "ends with *", "ends with ;", ", begins so",
}

// wordy gives a random quiz texts that are hard to read back.
func wordy(t *rapid.T) *score.Compiled {
	q := quiztest.Quiz(t, quiztest.Small)
	all := rapid.Permutation(awkward).Draw(t, "texts")
	for i, one := range q.Questions {
		one.Ask = fmt.Sprintf("What, [if] any; of %d?", i)
		if rapid.Bool().Draw(t, "shares texts") {
			all = rapid.Permutation(awkward).Draw(t, "texts")
		}
		for j := range one.Options {
			one.Options[j].Text = all[(i*5+j)%len(all)]
		}
		for j := range one.Labels {
			one.Labels[j] = fmt.Sprintf("%d of 10 times", 10-j)
		}
	}
	return score.Compile(q)
}

// writer puts a sheet down as one of the tools does: headers, and the cells of one row.
type writer func(q *quiz.Quiz, answers quiz.Answers) (header, row []string)

// one writes a column for each question, headed by its text.
func textual(separator string, after bool) writer {
	return func(q *quiz.Quiz, answers quiz.Answers) (header, row []string) {
		for _, one := range q.Questions {
			form := one.Form()
			var texts []string
			for _, pick := range answers[one.ID] {
				texts = append(texts, form.Texts[pick])
			}
			cell := strings.Join(texts, separator)
			if after && form.List && len(texts) > 0 {
				cell += separator
			}
			header, row = append(header, one.Ask), append(row, cell)
		}
		return header, row
	}
}

// byIDs writes a column for each question, headed by its id.
func byIDs(q *quiz.Quiz, answers quiz.Answers) (header, row []string) {
	for _, one := range q.Questions {
		form := one.Form()
		var ids []string
		for _, pick := range answers[one.ID] {
			ids = append(ids, form.IDs[pick])
		}
		header, row = append(header, one.ID), append(row, strings.Join(ids, ";"))
	}
	return header, row
}

// inParts writes a column for each option of a multi and each place of a rank.
func inParts(base func(*quiz.Question) string, part func(one *quiz.Question, i int) string, cell func(one *quiz.Question, a quiz.Answer, given bool, i int) string) writer {
	return func(q *quiz.Quiz, answers quiz.Answers) (header, row []string) {
		for _, one := range q.Questions {
			form := one.Form()
			a, given := answers[one.ID]
			if !form.List {
				header, row = append(header, base(one)), append(row, cell(one, a, given, 0))
				continue
			}
			for i := range form.IDs {
				header, row = append(header, part(one, i)), append(row, cell(one, a, given, i))
			}
		}
		return header, row
	}
}

func limeCode(one *quiz.Question, a quiz.Answer, given bool, i int) string {
	form := one.Form()
	switch {
	case !given:
		return ""
	case form.Ordered:
		return fmt.Sprintf("AO%02d", a[i]+1)
	case form.List && slices.Contains(a, i):
		return "Y"
	case form.List:
		return "N"
	}
	return form.IDs[a[0]]
}

func limeText(one *quiz.Question, a quiz.Answer, given bool, i int) string {
	form := one.Form()
	switch {
	case !given:
		return ""
	case form.Ordered:
		return form.Texts[a[i]]
	case form.List && slices.Contains(a, i):
		return "Yes"
	case form.List:
		return "No"
	}
	return form.Texts[a[0]]
}

// gridded is Google's: an option of a rank is a row of a grid.
func gridded(q *quiz.Quiz, answers quiz.Answers) (header, row []string) {
	for _, one := range q.Questions {
		form := one.Form()
		a, given := answers[one.ID]
		if !form.Ordered {
			h, r := textual(", ", false)(&quiz.Quiz{Questions: []*quiz.Question{one}}, answers)
			header, row = append(header, h...), append(row, r...)
			continue
		}
		for i, text := range form.Texts {
			cell := ""
			if given {
				cell = fmt.Sprint(slices.Index(a, i) + 1)
			}
			header, row = append(header, one.Ask+" ["+text+"]"), append(row, cell)
		}
	}
	return header, row
}

// bare is Typeform's: an option of a multi has a column with its text as header and cell.
func bare(q *quiz.Quiz, answers quiz.Answers) (header, row []string) {
	for _, one := range q.Questions {
		form := one.Form()
		if !form.List || form.Ordered {
			h, r := textual(", ", false)(&quiz.Quiz{Questions: []*quiz.Question{one}}, answers)
			header, row = append(header, h...), append(row, r...)
			continue
		}
		for i, text := range form.Texts {
			cell := ""
			if slices.Contains(answers[one.ID], i) {
				cell = text
			}
			header, row = append(header, text), append(row, cell)
		}
		header, row = append(header, "Other"), append(row, "")
	}
	return header, row
}

var manners = map[string]writer{
	"ids": byIDs, "google": gridded, "typeform": bare,
	"microsoft": textual(";", true), "pipes": textual("|", false), "lines": textual(";\n", false),
	"limesurvey": inParts(
		func(one *quiz.Question) string { return strings.ToUpper(one.ID) },
		func(one *quiz.Question, i int) string {
			if one.Form().Ordered {
				return fmt.Sprintf("%s[%d]", one.ID, i+1)
			}
			return fmt.Sprintf("%s[SQ%03d]", one.ID, i+1)
		}, limeCode),
	"limesurvey full": inParts(
		func(one *quiz.Question) string { return "<p>" + one.Ask + "</p>" },
		func(one *quiz.Question, i int) string {
			if one.Form().Ordered {
				return fmt.Sprintf("%s [Rank %d]", one.Ask, i+1)
			}
			return one.Ask + " [" + one.Options[i].Text + "]"
		}, limeText),
	"limesurvey both": inParts(
		func(one *quiz.Question) string { return one.ID + ". " + one.Ask },
		func(one *quiz.Question, i int) string {
			if one.Form().Ordered {
				return fmt.Sprintf("%s[%d]. %s [Rank %d]", one.ID, i+1, one.Ask, i+1)
			}
			return fmt.Sprintf("%s[SQ%03d]. %s [%s]", one.ID, i+1, one.Ask, one.Options[i].Text)
		}, limeText),
}

// silent makes a sheet say what a table can: where nothing is picked there is
// nothing in a cell, which means no answer to an optional question, and none
// picked in one that has to be answered.
func silent(q *quiz.Quiz, answers quiz.Answers) {
	for _, one := range q.Questions {
		form := one.Form()
		if !form.List || form.Min > 0 {
			continue
		}
		if a, given := answers[one.ID]; len(a) == 0 && one.Optional {
			delete(answers, one.ID)
		} else if !given && !one.Optional {
			answers[one.ID] = quiz.Answer{}
		}
	}
}

// TestMannersReadBack writes random sheets as each of the tools does, and reads them.
func TestMannersReadBack(t *testing.T) {
	for name, write := range manners {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := wordy(t)
				want := quiztest.Answers(t, c.Quiz, rapid.Bool().Draw(t, "complete"))
				silent(c.Quiz, want)
				header, row := write(c.Quiz, want)
				p, err := New(c, header, Options{})
				if err != nil {
					t.Fatalf("%q: %v", header, err)
				}
				var cells [][]byte
				for _, cell := range row {
					cells = append(cells, []byte(cell))
				}
				got, err := readRow(c, p, cells)
				if err != nil {
					t.Fatalf("%q %q: %v", header, row, err)
				}
				if d := cmp.Diff(want, got); d != "" {
					t.Fatalf("%q %q: -want +got:\n%s", header, row, d)
				}
			})
		})
	}
}
