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
	known := make(map[string][]string)
	facts := func(key string) []string { return known[key] }
	for i, q := range c.Quiz.Questions {
		if !q.When.Holds(facts) {
			continue
		}
		if _, ok := answers[q.ID]; !ok {
			answers[q.ID] = choose(c.Questions[i].Alternatives, fill)
		}
		known[q.ID] = q.Form().Matches(answers[q.ID])
	}
	return answers
}

func choose(all []quiz.Answer, fill string) quiz.Answer {
	switch fill {
	case fillFirst:
		return all[0]
	case fillLast:
		return all[len(all)-1]
	}
	return all[(len(all)-1)/2]
}
