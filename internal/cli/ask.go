package cli

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/adrg/xdg"

	"github.com/rolefit/rolefit/internal/ask"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/store"
)

// ask puts the questions to a person, or to whatever is at the other end of
// standard input, and returns the finished sheet. What is saved of the run is to be
// forgotten once its result is out.
func (e *env) ask(c *score.Compiled, o *quizOptions, given quiz.Answers) (sheet *quiz.Sheet, forget func() error, err error) {
	q := c.Quiz
	person := isTerminal(e.terminal.in)
	keep := person && !o.noSave
	var run *store.Run
	var notices []string // said once the screen is given back
	if o.resume {        // that there is nothing to go on with is said before the screen changes
		if sheet, run, err = e.begin(q, o); err != nil {
			return nil, nil, err
		}
	}
	p, restore, err := e.prompter(o, keep)
	if err != nil {
		return nil, nil, err
	}
	defer restore()
	if keep && !o.resume {
		said, err := e.offer(p, c, o)
		if err != nil {
			_ = p.Close()
			if said != "" {
				e.say("%s", said)
			}
			return nil, nil, err
		}
		if said != "" {
			notices = append(notices, said)
		}
	}
	if sheet == nil {
		if sheet, run, err = e.begin(q, o); err != nil {
			_ = p.Close()
			return nil, nil, err
		}
	}
	s := session(c, sheet, given)
	s.Now = e.now
	if keep {
		s.Saved = func() error {
			text, err := sheet.JSON(q)
			if err != nil {
				return err
			}
			return run.Save(text)
		}
	}
	s.Notice = func(notice string) { notices = append(notices, notice) }
	err = s.Run(p, ask.Welcome{Storage: storage(keep, person)})
	if closing := p.Close(); err == nil {
		err = closing
	}
	for _, notice := range notices {
		e.warn("%s", notice)
	}
	if err != nil {
		saved := keep && len(s.Answers) > 0 && s.Saved() == nil // once more, with the time spent on the last question
		e.farewell(o, saved, err)
		return nil, nil, err
	}
	sheet.Finished = e.now()
	for _, line := range ask.Transcript(s, e.width(e.terminal.err)) {
		e.say("%s", line)
	}
	if isTerminal(e.terminal.out) {
		e.say("") // the result follows on the same screen
	}
	for _, id := range slices.Sorted(maps.Keys(given)) {
		if _, used := s.Answers[id]; !used {
			e.warn("--answer %s is not used: the question was not asked", id)
		}
	}
	if !keep {
		return sheet, nil, nil
	}
	return sheet, func() error { _, err := run.Remove(); return err }, nil
}

// session prepares a run over the answers of a sheet; it fills the sheet in place.
func session(c *score.Compiled, sheet *quiz.Sheet, given quiz.Answers) *ask.Session {
	preset := make(map[string]bool)
	for id, a := range given {
		sheet.Answers[id] = a
		preset[id] = true
	}
	return &ask.Session{Compiled: c, Seed: *sheet.Seed, Answers: sheet.Answers, Given: preset, Seconds: sheet.Seconds}
}

// runs is where unfinished runs are kept.
func runs() store.Runs { return store.Runs{Dir: filepath.Join(xdg.StateHome, "rolefit", "runs")} }

// begin starts a sheet, or takes the unfinished one up again.
func (e *env) begin(q *quiz.Quiz, o *quizOptions) (*quiz.Sheet, *store.Run, error) {
	if !o.resume {
		seed := o.seed
		if !o.seeded {
			seed = e.seed()
		}
		now := e.now()
		return quiz.NewSheet(q, seed, now), runs().New(q.ID, now, seed), nil
	}
	found, err := pendingRun(q)
	switch {
	case err != nil:
		return nil, nil, hint(err, "remove that file, or leave out --resume")
	case found == nil:
		return nil, nil, hint(fmt.Errorf("there is no unfinished run of %s", q.ID), "rolefit quiz %s starts one", o.quiz)
	case found.stale != nil && !o.rescore:
		return nil, nil, found.stale
	}
	found.sheet.Resume(q, e.seed)
	return found.sheet, found.run, nil
}

func storage(keep, person bool) []string {
	switch {
	case keep:
		return []string{"Your answers are kept on this computer, in " + runs().Dir + ", so that you can stop and go on later. " +
			"When you finish, they move to your results in " + results().Dir + "; rolefit history shows them, and rolefit history rm forgets them. " +
			"Nothing is sent anywhere. --no-save keeps nothing."}
	case person:
		return []string{"Nothing is kept on disk and nothing is sent anywhere."}
	}
	return nil
}

// farewell says what became of the answers when a person left before the end.
func (e *env) farewell(o *quizOptions, saved bool, err error) {
	var interrupted ask.Interrupted
	if !errors.Is(err, ask.ErrQuit) && !errors.As(err, &interrupted) {
		return
	}
	if e.plain {
		e.say("") // the prompt's line ends here
	}
	if saved {
		e.say("Your answers so far are saved. To go on: %s", o.again())
		return
	}
	e.say("Left before the end; nothing was saved.")
}

// again is the command that goes on with this run.
func (o *quizOptions) again() string {
	command := "rolefit quiz " + o.quiz + " --resume"
	if o.plain {
		command += " --plain"
	}
	return command
}

// prompter chooses how to ask. The second result gives signals back.
func (e *env) prompter(o *quizOptions, keep bool) (ask.Prompter, func(), error) {
	person := isTerminal(e.terminal.in)
	if !person {
		// Signals keep their usual effect: there is no terminal to restore.
		return ask.NewLines(e.in, e.err, ask.LineOptions{}), func() {}, nil
	}
	out, closeOut := e.drawOn()
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, append(resizeSignals(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)...)
	restore := func() {
		signal.Stop(signals)
		closeOut()
	}
	if e.plain || out == nil {
		lines := ask.LineOptions{Interactive: true, Width: e.width(out), Signals: signals}
		if out == nil {
			return ask.NewLines(e.in, e.err, lines), restore, nil
		}
		return ask.NewLines(e.in, out, lines), restore, nil
	}
	screen, err := ask.NewScreen(ask.Terminal{In: e.terminal.in, Out: out, Color: e.color(out), Signals: signals, NoSave: !keep})
	if err != nil {
		restore()
		return nil, nil, err
	}
	return screen, restore, nil
}

// drawOn is where a person sees the questions: standard error, else the
// controlling terminal; nil when there is neither.
func (e *env) drawOn() (out *os.File, closeOut func()) {
	if isTerminal(e.terminal.err) {
		return e.terminal.err, func() {}
	}
	f, err := os.OpenFile(controllingTerminal, os.O_WRONLY, 0)
	if err != nil {
		return nil, func() {}
	}
	return f, func() { _ = f.Close() }
}
