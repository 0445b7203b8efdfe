package persona

import (
	"maps"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// How a persona answers what is not given. The alternatives of a question have
// one order, quiz.Form.Alternatives: a scale's steps, a choice's options, a multi's sets
// from the smallest to the largest, a rank's orders beginning with the file's.
const (
	fillNone   = "none"
	fillFirst  = "first"
	fillLast   = "last"
	fillMiddle = "middle" // of two in the middle the first
)

// filled adds an answer to every question that is shown and not given, optional
// ones too. Questions are looked at in the order of the file, since an answer
// decides what is shown behind it.
func filled(c *score.Compiled, given quiz.Answers, fill string) quiz.Answers {
	answers := make(quiz.Answers)
	maps.Copy(answers, given)
	if fill == fillNone || fill == "" {
		return answers
	}
	x := c.Sheet(given)
	c.Walk(x, func(i int) int {
		if x.Chosen[i] != score.Unknown {
			return x.Chosen[i]
		}
		return choose(len(c.Questions[i].Alternatives), fill)
	})
	maps.Copy(answers, c.Answers(x))
	return answers
}

// choose gives one of n alternatives.
func choose(n int, fill string) int {
	switch fill {
	case fillFirst:
		return 0
	case fillLast:
		return n - 1
	}
	return (n - 1) / 2
}
