package ask

import (
	"fmt"

	"github.com/rolefit/rolefit/internal/quiz"
)

// options returns options o1, o2… with these texts, with points if scored.
func options(scored bool, texts ...string) []quiz.Option {
	list := make([]quiz.Option, len(texts))
	for i, t := range texts {
		list[i] = quiz.Option{ID: fmt.Sprintf("o%d", i+1), Text: t}
		if scored {
			list[i].Points = quiz.Points{"research": i}
		}
	}
	return list
}

func when(key string, values ...string) quiz.When {
	return quiz.When{Set: true, Any: []quiz.Clause{{{Key: key, Values: values}}}}
}

// sample is a quiz with every kind of question and a gate.
func sample() *quiz.Quiz {
	return &quiz.Quiz{
		ID: "sample", Title: "Which is it?", Intro: "An introduction.", Minutes: 3,
		Dimensions: []quiz.Dimension{{ID: "research", Name: "Research"}},
		Questions: []*quiz.Question{
			{ID: "company", Kind: "choice", Ask: "Where do you work?", Options: options(false, "At a startup", "At a large firm")},
			{ID: "size", Kind: "choice", Ask: "How many are you?", When: when("company", "o1"), Options: options(false, "Few", "Many")},
			{ID: "launch", Kind: "choice", Ask: "A launch date slips by two weeks. What do you look at first?", Help: "Think of the last time.", Options: options(true, "The customer's problem", "The backlog", "The contract")},
			{ID: "vision", Kind: "scale", Ask: "Deciding what comes in three years", Measures: quiz.Points{"research": 1}, Labels: []string{"Not at all", "A little", "Somewhat", "A lot", "Very much"}},
			{ID: "enjoyed", Kind: "multi", Ask: "What did you enjoy?", Optional: true, Pick: quiz.Pick{Min: 1, Max: 3}, Options: options(true, "Calls", "Stories", "Numbers", "Plans")},
			{ID: "order", Kind: "rank", Ask: "Put these in order", Options: options(true, "Ask", "Write", "Ship")},
		},
	}
}

// itemOf is a question as a session would put it.
func itemOf(q *quiz.Question) Item {
	return Item{Question: q, Form: q.Form(), Order: q.Order(0), Number: 3, Total: 30, Done: 2, Label: "Research", CanBack: true}
}

func withCurrent(item Item, picks ...int) Item {
	item.Current, item.Answered = quiz.Answer(picks), true
	return item
}
