package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/rolefit/rolefit/internal/ask"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/store"
)

// The ways to deal with an unfinished run.
const (
	goOn    = "go-on"
	anew    = "anew"
	discard = "discard"
)

// offer asks what to do about an unfinished run of the quiz, if there is one
// with an answer that can be read. What it decides is put into the options.
func (e *env) offer(p ask.Prompter, q *quiz.Quiz, o *quizOptions) error {
	run, src, err := runs().Latest(q.ID)
	if err != nil {
		return nil // there is none
	}
	changed := false
	sheet, found := quiz.ReadSheet(q, run.Path(), src, false)
	if found != nil {
		if sheet, found = quiz.ReadSheet(q, run.Path(), src, true); found != nil {
			return nil // it cannot be read, and stays where it is
		}
		changed = true
	}
	if len(sheet.Answers) == 0 {
		return nil
	}
	question := unfinished(q, sheet, run, e.now(), changed)
	answer, err := p.Ask(ask.Item{
		Question: question, Form: question.Form(), Order: []int{0, 1, 2}, Label: "Before you start",
	})
	if errors.Is(err, ask.ErrQuit) {
		e.say("Nothing has changed. To go on: %s%s", o.again(), map[bool]string{true: " --rescore"}[changed])
	}
	if err != nil {
		return err
	}
	switch question.Options[answer[0]].ID {
	case goOn:
		o.resume, o.rescore = true, o.rescore || changed
	case discard:
		return run.Remove()
	}
	return nil
}

// unfinished is the question what to do.
func unfinished(of *quiz.Quiz, sheet *quiz.Sheet, run *store.Run, now time.Time, changed bool) *quiz.Question {
	q := &quiz.Question{
		ID: "unfinished", Kind: quiz.DefaultKind,
		Ask:  fmt.Sprintf("You have an unfinished run: %s answered, saved %s.", progress(of, sheet), ago(now.Sub(run.Saved()))),
		Help: "Going on takes you to the first question that has no answer; you can still go back. Starting again asks everything anew.",
	}
	carryOn := "Go on with it"
	if changed {
		q.Ask += " The quiz has changed since."
		carryOn = "Go on with it, by the quiz as it is now"
	}
	q.Options = []quiz.Option{
		{ID: goOn, Text: carryOn},
		{ID: anew, Text: "Start again, and keep it for later"},
		{ID: discard, Text: "Start again, and forget it"},
	}
	return q
}

// progress says how far a sheet has come, of the questions that it leads to so far.
func progress(q *quiz.Quiz, sheet *quiz.Sheet) string {
	answered, asked := 0, 0
	for i, shown := range q.Shown(sheet.Answers) {
		if !shown {
			continue
		}
		asked++
		if _, ok := sheet.Answers[q.Questions[i].ID]; ok {
			answered++
		}
	}
	return fmt.Sprintf("%d of %d questions", answered, asked)
}

// ago words how long something lies back.
func ago(d time.Duration) string {
	switch hours := int(d.Hours()); {
	case d < time.Minute:
		return "just now"
	case d < 2*time.Minute:
		return "a minute ago"
	case hours < 1:
		return fmt.Sprintf("%d minutes ago", int(d.Minutes()))
	case hours < 2:
		return "an hour ago"
	case hours < 24:
		return fmt.Sprintf("%d hours ago", hours)
	case hours < 48:
		return "yesterday"
	}
	return fmt.Sprintf("%d days ago", int(d.Hours())/24)
}
