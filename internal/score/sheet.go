package score

import "github.com/rolefit/rolefit/internal/quiz"

// Sheet is one respondent's answers by alternative, and what becomes of them.
// It can be used again for the next respondent.
type Sheet struct {
	Chosen []int // question → the alternative given, Unknown for none. This is put in; Survey works out the rest

	Known    []int  // what conditions can see: key → value, Unknown while there is none
	Shown    []bool // question → these answers lead to it
	InPlay   []bool // question → its answer counts: it is scored, shown and answered
	Missing  []int  // required questions that are shown and not answered, in order
	Due      int    // scored questions that are shown
	Answered int    // how many of those are answered
}

// Sheet writes answers on a new sheet and surveys it. One that a question does
// not allow is no answer.
func (c *Compiled) Sheet(answers quiz.Answers) *Sheet {
	x := c.NewSheet()
	for i := range c.Questions {
		if a, ok := answers[c.Questions[i].ID]; ok {
			x.Chosen[i] = c.Questions[i].Index(a)
		}
	}
	c.Survey(x)
	return x
}

// Answers gives the answers of a surveyed sheet to the questions that it shows.
func (c *Compiled) Answers(x *Sheet) quiz.Answers {
	answers := make(quiz.Answers)
	for i, a := range x.Chosen {
		if x.Shown[i] && a >= 0 {
			answers[c.Questions[i].ID] = c.Questions[i].Alternatives[a]
		}
	}
	return answers
}

// Ignored names the questions that a surveyed sheet answers and does not show.
func (c *Compiled) Ignored(x *Sheet) (ids []string) {
	for i, a := range x.Chosen {
		if a >= 0 && !x.Shown[i] {
			ids = append(ids, c.Questions[i].ID)
		}
	}
	return ids
}

// Progress counts the questions that a surveyed sheet shows, context too, and
// those of them that it answers.
func (x *Sheet) Progress() (answered, shown int) {
	for i, one := range x.Shown {
		if one {
			shown++
		}
		if one && x.Chosen[i] >= 0 {
			answered++
		}
	}
	return answered, shown
}

// NewSheet makes an empty sheet.
func (c *Compiled) NewSheet() *Sheet {
	n := len(c.Questions)
	x := &Sheet{Chosen: make([]int, n), Known: make([]int, c.Keys()), Shown: make([]bool, n), InPlay: make([]bool, n)}
	for i := range x.Chosen {
		x.Chosen[i] = Unknown
	}
	c.Survey(x)
	return x
}

// Survey works out from the alternatives chosen which questions are shown and
// which answers count. There is no result yet.
func (c *Compiled) Survey(x *Sheet) { c.Walk(x, nil) }

// Walk is Survey for a sheet that is answered on the way: choose gives the
// alternative for each question that is shown, in the order of the file, and sees
// the sheet as it is so far.
func (c *Compiled) Walk(x *Sheet, choose func(question int) int) {
	x.Missing, x.Due, x.Answered = x.Missing[:0], 0, 0
	for i := range c.Questions {
		q := &c.Questions[i]
		x.Known[i], x.InPlay[i] = Unknown, false
		if x.Shown[i] = q.When.Holds(x.Known); !x.Shown[i] {
			continue
		}
		if choose != nil {
			x.Chosen[i] = choose(i)
		}
		a := x.Chosen[i]
		x.Known[i] = a
		if a < 0 && !q.Optional {
			x.Missing = append(x.Missing, i)
		}
		if !q.Scored {
			continue
		}
		x.Due++
		if a >= 0 {
			x.Answered++
			x.InPlay[i] = true
		}
	}
	c.Conclude(x, Unknown, Unknown)
}

// Conclude lets conditions see a result: its outcome and its strength, a place
// in quiz.Strengths.
func (c *Compiled) Conclude(x *Sheet, outcome, strength int) {
	x.Known[c.OutcomeKey()], x.Known[c.StrengthKey()] = outcome, strength
}

// Complete reports whether so many questions are answered that the sheet is
// scored: all that are required, or enough of the scored ones.
func (c *Compiled) Complete(x *Sheet) bool {
	return len(x.Missing) == 0 || x.Answered*100 >= c.Quiz.Scoring.MinComplete*x.Due
}
