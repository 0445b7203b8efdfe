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

// interview is a run of the questions with a person, or with whatever is at the
// other end of standard input.
type interview struct {
	*env
	o       *quizOptions
	c       *score.Compiled
	keep    bool // the answers are saved on the way
	sheet   *quiz.Sheet
	run     *store.Run
	notices []string // said once the screen is given back
}

// ask puts the questions and returns the finished sheet. What is saved of the run
// is to be forgotten once its result is out; forget is nil where nothing is.
func (e *env) ask(c *score.Compiled, o *quizOptions, given quiz.Answers) (sheet *quiz.Sheet, forget func() error, err error) {
	v := &interview{env: e, o: o, c: c, keep: isTerminal(e.terminal.in) && !o.noSave}
	if o.resume { // that there is nothing to go on with is said before the screen changes
		if err := v.begin(); err != nil {
			return nil, nil, err
		}
	}
	p, restore, err := e.prompter(o, v.keep)
	if err != nil {
		return nil, nil, err
	}
	defer restore()
	if err := v.start(p); err != nil {
		return nil, nil, err
	}
	s, err := v.talk(p, given)
	if err != nil {
		return nil, nil, err
	}
	v.finish(s, given)
	if v.keep {
		forget = func() error { _, err := v.run.Remove(); return err }
	}
	return v.sheet, forget, nil
}

// start has a sheet to fill: the person may go on with an unfinished one.
func (v *interview) start(p ask.Prompter) error {
	if v.keep && !v.o.resume {
		said, err := v.offer(p)
		if err != nil {
			_ = p.Close()
			if said != "" {
				v.say("%s", said)
			}
			return err
		}
		if said != "" {
			v.notices = append(v.notices, said)
		}
	}
	if v.sheet == nil {
		if err := v.begin(); err != nil {
			_ = p.Close()
			return err
		}
	}
	return nil
}

// talk runs the questions to their end and gives the terminal back.
func (v *interview) talk(p ask.Prompter, given quiz.Answers) (*ask.Session, error) {
	s := session(v.c, v.sheet, given)
	s.Now = v.now
	if v.keep {
		s.Saved = func() error {
			text, err := v.sheet.JSON(v.c.Quiz)
			if err != nil {
				return err
			}
			return v.run.Save(text)
		}
	}
	s.Notice = func(notice string) { v.notices = append(v.notices, notice) }
	err := s.Run(p, ask.Welcome{Storage: storage(v.keep, isTerminal(v.terminal.in))})
	if closing := p.Close(); err == nil {
		err = closing
	}
	for _, notice := range v.notices {
		v.warn("%s", notice)
	}
	if err != nil {
		saved := v.keep && len(s.Answers) > 0 && s.Saved() == nil // once more, with the time spent on the last question
		v.farewell(saved, err)
		return nil, err
	}
	return s, nil
}

// finish says how the questions went, before the result.
func (v *interview) finish(s *ask.Session, given quiz.Answers) {
	v.sheet.Finished = v.now()
	for _, line := range ask.Transcript(s, v.width(v.terminal.err)) {
		v.say("%s", line)
	}
	if isTerminal(v.terminal.out) {
		v.say("") // the result follows on the same screen
	}
	for _, id := range slices.Sorted(maps.Keys(given)) {
		if _, used := s.Answers[id]; !used {
			v.warn("--answer %s is not used: the question was not asked", id)
		}
	}
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
func (v *interview) begin() error {
	q, o := v.c.Quiz, v.o
	if !o.resume {
		seed := o.seed
		if !o.seeded {
			seed = v.seed()
		}
		now := v.now()
		v.sheet, v.run = quiz.NewSheet(q, seed, now), runs().New(q.ID, now, seed)
		return nil
	}
	found, err := pendingRun(q)
	switch {
	case err != nil:
		return hint(err, "remove that file, or leave out --resume")
	case found == nil:
		return hint(fmt.Errorf("there is no unfinished run of %s", q.ID), "rolefit quiz %s starts one", o.quiz)
	case found.stale != nil && !o.rescore:
		return found.stale
	}
	found.sheet.Resume(q, v.seed)
	v.sheet, v.run = found.sheet, found.run
	return nil
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
func (v *interview) farewell(saved bool, err error) {
	var interrupted ask.Interrupted
	if !errors.Is(err, ask.ErrQuit) && !errors.As(err, &interrupted) {
		return
	}
	if v.plain {
		v.say("") // the prompt's line ends here
	}
	if saved {
		v.say("Your answers so far are saved. To go on: %s", v.o.again())
		return
	}
	v.say("Left before the end; nothing was saved.")
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
