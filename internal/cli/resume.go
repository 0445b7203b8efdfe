package cli

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/rolefit/rolefit/internal/ask"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/store"
)

// The ways to deal with an unfinished run.
const (
	goOn    = "go-on"
	anew    = "anew"
	discard = "discard"
)

// pending is an unfinished run that can be gone on with.
type pending struct {
	run   *store.Run
	sheet *quiz.Sheet
	stale diag.List // what tells that the quiz has changed since it was answered; nil: it has not
	older int       // how many more there are
}

// pendingRun finds the run of a quiz that was saved last, of those with an answer that
// can be read; nil when there is none. The error says what is wrong with the
// last of them, where none can be read.
func pendingRun(q *quiz.Quiz) (found *pending, err error) {
	all, err := runs().Of(q.ID)
	if err != nil {
		return nil, plainError(err)
	}
	var first error
	for _, run := range all {
		src, err := run.Read()
		if err != nil {
			first = cmp.Or(first, plainError(err))
			continue
		}
		p := &pending{run: run}
		if p.sheet, p.stale = quiz.ReadSheet(q, run.Path(), src, false); p.stale != nil {
			sheet, wrong := quiz.ReadSheet(q, run.Path(), src, true)
			if wrong != nil {
				first = cmp.Or(first, fmt.Errorf("%s is no sheet of this quiz: %s", run.Path(), wrong[0].Message))
				continue
			}
			p.sheet = sheet
		}
		switch {
		case len(p.sheet.Answers) == 0:
		case found == nil:
			found = p
		default:
			found.older++
		}
	}
	if found == nil {
		return nil, first
	}
	return found, nil
}

// offer asks what to do about an unfinished run of the quiz, if there is one. What
// it decides is put into the options. said is for after the screen is gone.
func (v *interview) offer(p ask.Prompter) (said string, err error) {
	found, _ := pendingRun(v.c.Quiz)
	if found == nil {
		return "", nil // what cannot be read stays where it is
	}
	question := unfinished(v.c, found, v.now())
	answer, err := p.Ask(ask.Item{
		Question: question, Form: question.Form(), Order: []int{0, 1, 2}, Label: "Before you start",
	})
	var interrupted ask.Interrupted
	if errors.Is(err, ask.ErrQuit) || errors.As(err, &interrupted) {
		return fmt.Sprintf("Nothing has changed. To go on: %s%s", v.o.again(), map[bool]string{true: " --rescore"}[found.stale != nil]), err
	}
	if err != nil {
		return "", err
	}
	switch question.Options[answer[0]].ID {
	case goOn:
		v.o.resume, v.o.rescore = true, v.o.rescore || found.stale != nil
	case discard:
		kept, err := found.run.Remove()
		if kept {
			said = "The unfinished run is kept: another terminal goes on with it."
		}
		return said, err
	}
	return "", nil
}

// unfinished is the question what to do.
func unfinished(c *score.Compiled, found *pending, now time.Time) *quiz.Question {
	how := progress(c, found.sheet.Answers) + " answered"
	if saved := found.run.Saved(); !saved.IsZero() {
		how += ", saved " + ago(now.Sub(saved))
	}
	if found.older > 0 {
		how += fmt.Sprintf(" (and %d older)", found.older)
	}
	q := &quiz.Question{
		ID: "unfinished", Kind: quiz.DefaultKind,
		Ask:  "You have an unfinished run: " + how + ".",
		Help: "Going on takes you to the first question that has no answer; you can still go back. Starting again asks everything anew.",
	}
	carryOn := "Go on with it"
	if found.stale != nil {
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

// progress says how many questions are answered, of the questions that their answers lead to so far.
func progress(c *score.Compiled, answers quiz.Answers) string {
	answered, shown := c.Sheet(answers).Progress()
	return fmt.Sprintf("%d of %d questions", answered, shown)
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
