package ask

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// LineOptions says whom Lines talks to.
type LineOptions struct {
	Interactive bool // a person types: a bad answer is asked again
	Width       int  // that text is wrapped to, in cells; 0: it is not wrapped
	Signals     <-chan os.Signal
}

// maxIgnored bounds the blank lines and comments in a row from a pipe, for a
// program that sends nothing else would be waited for without end.
const maxIgnored = 1000

// Lines asks line by line: no escapes, no boxes, everything in words.
type Lines struct {
	in  *lineReader
	out io.Writer
	o   LineOptions
}

// NewLines returns a prompter over one reader for the whole run.
func NewLines(in io.Reader, out io.Writer, o LineOptions) *Lines {
	return &Lines{in: newLineReader(in, o.Signals), out: out, o: o}
}

// Close does nothing: nothing was changed.
func (l *Lines) Close() error { return nil }

// Welcome says what comes.
func (l *Lines) Welcome(w Welcome) error {
	paragraphs := []string{w.Title}
	if strings.TrimSpace(w.Intro) != "" {
		paragraphs = append(paragraphs, w.Intro)
	}
	return l.say(append(paragraphs, w.sentences()...)...)
}

// Ask puts one question and reads lines until one of them answers it.
func (l *Lines) Ask(item Item) (quiz.Answer, error) {
	if err := l.put(item); err != nil {
		return nil, err
	}
	for {
		if err := l.prompt(l.question(item)); err != nil {
			return nil, err
		}
		a, again, err := l.reply(item)
		if !again {
			return a, err
		}
	}
}

func (l *Lines) put(item Item) error {
	lines := []string{""}
	head := fmt.Sprintf("Question %d of %d.", item.Number, item.Total)
	switch {
	case item.Total == 0: // it is asked before the quiz
		head = item.Label
	case item.Label != "":
		head += " " + item.Label + "."
	}
	lines = append(lines, hang("", head, l.o.Width)...)
	lines = append(lines, hang("", item.Question.Ask, l.o.Width)...)
	for place, entry := range item.Order {
		lines = append(lines, hang(strconv.Itoa(place+1)+". ", item.Form.Texts[entry], l.o.Width)...)
	}
	return l.write(strings.Join(lines, "\n") + "\n")
}

// question is the line that says how to answer.
func (l *Lines) question(item Item) string {
	parts := []string{howTo(item.Form)}
	if item.CanBack {
		parts = append(parts, "b back")
	}
	if item.Question.Optional {
		parts = append(parts, "s skip")
	}
	parts = append(parts, "h help", "q quit")
	line := strings.Join(parts, ", ")
	if now := current(item); now != "" {
		line += " (current answer: " + now
		if l.o.Interactive {
			line += ", Enter keeps it"
		}
		line += ")"
	}
	return line + ":"
}

// howTo says what an answer looks like.
func howTo(f quiz.Form) string {
	n := len(f.IDs)
	if !f.List {
		return fmt.Sprintf("Answer 1 to %d", n)
	}
	if f.Ordered {
		return fmt.Sprintf("Answer with all %d numbers, best first, like %s", n, example(n))
	}
	how := "Answer with numbers separated by commas, "
	switch {
	case f.Min == f.Max:
		how += fmt.Sprintf("exactly %d of them", f.Min)
	case f.Min == 0:
		how += fmt.Sprintf("up to %d of them", f.Max)
	default:
		how += fmt.Sprintf("%d to %d of them", f.Min, f.Max)
	}
	if f.Min == 0 {
		how += ", or 0 for none"
	}
	return how
}

// example is an order of n numbers that is not the one shown: 3,1,2.
func example(n int) string {
	numbers := []string{strconv.Itoa(n)}
	for i := 1; i < n; i++ {
		numbers = append(numbers, strconv.Itoa(i))
	}
	return strings.Join(numbers, ",")
}

// current gives the earlier answer in the numbers shown.
func current(item Item) string {
	if !item.Answered || !item.Form.Allows(item.Current) {
		return ""
	}
	if len(item.Current) == 0 {
		return "none"
	}
	var numbers []string
	for _, entry := range item.Current {
		numbers = append(numbers, strconv.Itoa(slices.Index(item.Order, entry)+1))
	}
	return strings.Join(numbers, ",")
}

// reply reads a line and makes an answer of it; again asks for another.
func (l *Lines) reply(item Item) (a quiz.Answer, again bool, err error) {
	line, err := l.line()
	switch {
	case errors.Is(err, errLongLine):
		return l.wrong(item, "the line is too long: "+lowerFirst(howTo(item.Form)))
	case errors.Is(err, io.EOF):
		return nil, false, l.ended(item)
	case errors.Is(err, errBlank):
		return nil, false, l.fault(item, fmt.Sprintf("more than %d lines hold no answer: %s", maxIgnored, lowerFirst(howTo(item.Form))))
	case err != nil:
		return nil, false, err
	case line == "" && item.Answered && item.Form.Allows(item.Current):
		return item.Current, false, nil
	case line == "":
		return l.wrong(item, "nothing was typed")
	}
	switch strings.ToLower(line) {
	case "q", "quit":
		return nil, false, ErrQuit
	case "h", "help", "?":
		return nil, true, l.help(item)
	case "b", "back":
		if !item.CanBack {
			return l.wrong(item, "this is the first question, there is none to go back to")
		}
		return nil, false, ErrBack
	case "s", "skip":
		if !item.Question.Optional {
			return l.wrong(item, "this question needs an answer: "+lowerFirst(howTo(item.Form)))
		}
		return nil, false, ErrSkip
	}
	a, fault := parse(line, item)
	if fault != "" {
		return l.wrong(item, fault)
	}
	return a, false, nil
}

// wrong explains a bad line to a person, who is asked again, or ends a pipe.
func (l *Lines) wrong(item Item, message string) (quiz.Answer, bool, error) {
	if !l.o.Interactive {
		return nil, false, l.fault(item, message)
	}
	err := l.say(upperFirst(message) + ".")
	return nil, err == nil, err
}

func (l *Lines) fault(item Item, message string) error {
	return InputError{Line: l.in.number, Question: item.Question.ID, Ask: item.Question.Ask, Message: message}
}

// ended: on a terminal the end of input is Ctrl-D or a closed window, and
// then a signal says which.
func (l *Lines) ended(item Item) error {
	if l.o.Interactive {
		return l.left()
	}
	return l.fault(item, fmt.Sprintf("the input ended after %s of %d; this one is next: %s",
		text.Count(item.Done, "answer"), item.Total, lowerFirst(howTo(item.Form))))
}

func (l *Lines) left() error {
	select {
	case sig, open := <-l.in.signals:
		if open && !redraws(sig) {
			return interruptedBy(sig)
		}
	default:
	}
	return ErrQuit
}

func (l *Lines) help(item Item) error {
	paragraphs := []string{item.Question.Ask}
	if strings.TrimSpace(item.Question.Help) != "" {
		paragraphs = append(paragraphs, item.Question.Help)
	}
	paragraphs = append(paragraphs, howTo(item.Form)+", then press Enter. b goes back, s skips a question that may be skipped, q quits.")
	return l.say(paragraphs...)
}

var errBlank = errors.New("only blank lines")

// line returns the next line that is no comment; from a pipe, no blank one either.
func (l *Lines) line() (string, error) {
	for range maxIgnored + 1 {
		line, err := l.in.next()
		if err != nil {
			return "", l.broken(err)
		}
		if strings.HasPrefix(line, "#") || line == "" && !l.o.Interactive {
			continue
		}
		return line, nil
	}
	return "", errBlank
}

// broken turns the read error of a terminal that is gone into a hangup.
func (l *Lines) broken(err error) error {
	var interrupted Interrupted
	known := errors.Is(err, io.EOF) || errors.Is(err, errLongLine) || errors.As(err, &interrupted)
	if l.o.Interactive && !known {
		return Interrupted{syscall.SIGHUP}
	}
	return err
}

// Review shows a person all answers; a pipe has given its answers already.
func (l *Lines) Review(rows []ReviewRow) (edit int, err error) {
	if !l.o.Interactive {
		return -1, nil
	}
	if err := l.list(rows); err != nil {
		return -1, err
	}
	for {
		if err := l.prompt("Press Enter to see your result, or a number to change that answer, b back, q quit:"); err != nil {
			return -1, err
		}
		line, err := l.line()
		switch {
		case errors.Is(err, io.EOF):
			return -1, l.left()
		case errors.Is(err, errLongLine):
			line = "?"
		case err != nil:
			return -1, err
		}
		switch strings.ToLower(line) {
		case "":
			return -1, nil
		case "q", "quit":
			return -1, ErrQuit
		case "b", "back":
			return -1, ErrBack
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(rows) {
			return n - 1, nil
		}
		if err := l.say(fmt.Sprintf("That is none of the numbers 1 to %d.", len(rows))); err != nil {
			return -1, err
		}
	}
}

func (l *Lines) list(rows []ReviewRow) error {
	lines := []string{"", "Your answers."}
	for i, row := range rows {
		lead := strconv.Itoa(i+1) + ". "
		lines = append(lines, hang(lead, row.Question.Ask, l.o.Width)...)
		lines = append(lines, hang(strings.Repeat(" ", len(lead)), "Your answer: "+row.words(), l.o.Width)...)
	}
	return l.write(strings.Join(lines, "\n") + "\n")
}

// prompt ends in a space where a person types on, else in a newline.
func (l *Lines) prompt(line string) error {
	end := "\n"
	if l.o.Interactive {
		end = " "
	}
	return l.write(strings.Join(hang("", line, l.o.Width), "\n") + end)
}

func (l *Lines) say(paragraphs ...string) error {
	var lines []string
	for _, paragraph := range paragraphs {
		lines = append(lines, hang("", text.Line(paragraph), l.o.Width)...)
	}
	return l.write(strings.Join(lines, "\n") + "\n")
}

func (l *Lines) write(s string) error {
	_, err := io.WriteString(l.out, s)
	return err
}
