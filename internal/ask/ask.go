// Package ask puts a quiz's questions to a person.
//
// A [Session] knows which question comes next; a [Prompter] knows how to show
// it: [Screen] on a terminal, one question a screen, and [Lines] line by line,
// for screen readers, dumb terminals and pipes. Neither knows kinds of
// question: both read [quiz.Form] alone.
//
// It must not know what answers come to, nor where they are kept.
package ask

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// What a person asked for instead of answering.
var (
	ErrBack = errors.New("back to the question before")
	ErrSkip = errors.New("question skipped")
	ErrQuit = errors.New("left before the end")
)

// Interrupted says that a signal ended the questions: Ctrl-C (SIGINT), SIGTERM,
// or SIGHUP, which also stands for a terminal that was closed.
type Interrupted struct{ Signal syscall.Signal }

func (i Interrupted) Error() string { return "ended by a signal: " + i.Signal.String() }

// InputError says what is wrong with answers that come from a pipe.
type InputError struct {
	Line     int    // from 1; 0: none was read
	Question string // the question's id
	Ask      string // what it asks
	Message  string // what is wrong and what would be right
}

func (e InputError) Error() string {
	where := "standard input"
	if e.Line > 0 {
		where = fmt.Sprintf("line %d", e.Line)
	}
	return fmt.Sprintf("%s: question %q (%s): %s", where, shorten(e.Ask, 50), text.Line(e.Question), e.Message)
}

// Item is one question as it is put to the person.
type Item struct {
	Question      *quiz.Question
	Form          quiz.Form
	Order         []int       // entries in the order shown
	Number, Total int         // place among the questions now shown
	Done          int         // how many of those have an answer
	Label         string      // the one dimension it measures, "About you" for context, or ""
	Current       quiz.Answer // earlier answer, focused; nil: there is none
	Answered      bool        // Current is an earlier answer (it may be empty)
	CanBack       bool
}

// ReviewRow is one question of the review.
type ReviewRow struct {
	Question *quiz.Question
	Answer   string // in the words the person read
	Skipped  bool
}

// Welcome is what a person reads before the first question. What the session
// can know, it fills in where the caller left it empty.
type Welcome struct {
	Title     string
	Intro     string
	Questions int
	Branches  bool // the number depends on the answers
	Minutes   int  // how long it takes; 0: the author does not say
	Answered  int  // questions answered earlier, in a run that goes on
	Storage   []string
}

// Prompter puts things to a person.
type Prompter interface {
	// Welcome says what comes. On a screen it waits for Enter.
	Welcome(w Welcome) error
	// Ask returns an allowed answer, or ErrBack, ErrSkip (optional questions
	// only), ErrQuit, Interrupted or InputError.
	Ask(Item) (quiz.Answer, error)
	// Review shows all answers and returns the row to change, or -1 to go on.
	Review([]ReviewRow) (edit int, err error)
	// Close leaves the terminal as it was. It may be called again.
	Close() error
}

// sentences puts the facts of a welcome in words, a paragraph each.
func (w Welcome) sentences() []string {
	count := text.Count(w.Questions, "question")
	if w.Branches {
		count = "About " + count
	}
	if w.Minutes > 0 {
		count += ", about " + text.Count(w.Minutes, "minute")
	}
	facts := count + ". There are no right answers: say what is true of you."
	if w.Answered > 0 {
		facts += fmt.Sprintf(" You have answered %d already; it goes on from there.", w.Answered)
	}
	return append([]string{facts}, w.Storage...)
}

// shorten cuts s to one line of at most width cells.
func shorten(s string, width int) string {
	s = text.Line(s)
	if text.Width(s) <= width {
		return s
	}
	return text.Pad(s, width)
}
