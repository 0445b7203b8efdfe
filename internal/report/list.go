package report

import (
	"io"

	"github.com/rolefit/rolefit/internal/jsonout"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// listText writes the built-in quizzes for people.
func listText(w io.Writer, quizzes []*quiz.Quiz, look Look) error {
	p := &page{look: look}
	for i, q := range quizzes {
		if i > 0 {
			p.gap()
		}
		p.hang(look.bold(q.ID)+"  ", text.Line(q.Title))
		p.hang(indent, extent(q))
		if q.Summary != "" {
			p.hang(indent, q.Summary)
		}
	}
	return p.flush(w)
}

// extent says how long a quiz is.
func extent(q *quiz.Quiz) string {
	s := text.Count(len(q.Questions), "question")
	if q.Minutes > 0 {
		s += ", about " + text.Count(q.Minutes, "minute")
	}
	return s + ", version " + q.Version
}

type jsonList struct {
	Schema  int            `json:"schema"`
	Quizzes []jsonListItem `json:"quizzes"`
}

type jsonListItem struct {
	jsonQuiz
	Title     string  `json:"title"`
	Summary   *string `json:"summary"`
	Questions int     `json:"questions"`
	Minutes   *int    `json:"minutes"`
}

// listJSON writes the built-in quizzes for programs.
func listJSON(w io.Writer, quizzes []*quiz.Quiz, _ Look) error {
	out := jsonList{Schema: jsonout.Schema, Quizzes: []jsonListItem{}}
	for _, q := range quizzes {
		item := jsonListItem{jsonQuiz: quizJSON(q), Title: q.Title, Summary: jsonout.Maybe(q.Summary), Questions: len(q.Questions)}
		if q.Minutes > 0 {
			item.Minutes = &q.Minutes
		}
		out.Quizzes = append(out.Quizzes, item)
	}
	return jsonout.Write(w, out)
}
