package ask

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Session is one run through a quiz.
type Session struct {
	*score.Compiled // the quiz
	Seed            int64
	Answers         quiz.Answers       // in: given before (resumed or preset); out: all
	Given           map[string]bool    // answered beforehand: not asked, but editable in the review
	Seconds         map[string]float64 // question id → time spent, added up over visits
	Now             func() time.Time   // the clock; nil: Seconds is left as it is
	Saved           func() error       // called after every change of Answers; nil: it is not saved
	// Notice is told once when saving fails; nil: only the prompter is. A screen may hold the
	// terminal then (it shows the notice itself): print after Close.
	Notice func(string)
}

// Run asks until every shown question is answered or skipped and the person
// has reviewed the answers. Answers holds what is known whatever it returns.
func (s *Session) Run(p Prompter, w Welcome) error {
	r := newRun(s, p)
	if err := p.Welcome(r.welcome(w)); err != nil {
		return err
	}
	return r.walk()
}

// none is the place of no question: the review comes next.
const none = -1

// run is the state of a walk. Places are indices into order.
type run struct {
	*Session
	p       Prompter
	order   []int        // questions in the order asked
	sheet   *score.Sheet // what the answers come to
	skipped map[string]bool
	waiting quiz.Answers // given beforehand for questions that are not shown yet
	high    int          // the furthest place asked: up to it, forward is a walk through answers
	failed  bool         // saving failed, and was said
}

func newRun(s *Session, p Prompter) *run {
	if s.Answers == nil {
		s.Answers = quiz.Answers{}
	}
	if s.Seconds == nil {
		s.Seconds = map[string]float64{}
	}
	r := &run{Session: s, p: p, order: s.Quiz.Order(s.Seed), skipped: map[string]bool{}, waiting: quiz.Answers{}, high: none}
	for id := range s.Given {
		if a, ok := s.Answers[id]; ok {
			r.waiting[id] = a
		}
	}
	r.updateShown()
	return r
}

// updateShown works out what is shown now: an answer whose question is hidden is
// dropped, and one given beforehand is put in once its question is shown,
// which may show others.
func (r *run) updateShown() {
	r.sheet = r.Compiled.Sheet(r.Answers)
	r.Compiled.Walk(r.sheet, func(i int) int {
		q := &r.Questions[i]
		a, waits := r.waiting[q.ID]
		if !waits {
			return r.sheet.Chosen[i]
		}
		delete(r.waiting, q.ID)
		r.Answers[q.ID] = a
		return q.Index(a)
	})
	for i, shown := range r.sheet.Shown {
		if id := r.Questions[i].ID; !shown {
			delete(r.Answers, id)
			delete(r.Seconds, id)
			delete(r.skipped, id)
		}
	}
}

func (r *run) welcome(w Welcome) Welcome {
	if w.Title == "" {
		w.Title = r.Quiz.Title
	}
	if w.Intro == "" {
		w.Intro = r.Quiz.Intro
	}
	if w.Minutes == 0 {
		w.Minutes = r.Quiz.Minutes
	}
	done, count := r.sheet.Progress()
	if w.Questions == 0 {
		w.Questions = count
	}
	for _, q := range r.Quiz.Questions {
		w.Branches = w.Branches || q.When.Set
	}
	if w.Answered == 0 {
		w.Answered = done
	}
	return w
}

func (r *run) walk() error {
	at := r.next(none)
	for {
		var err error
		if at != none {
			at, err = r.visit(at)
		} else if at, err = r.review(); at == none && err == nil {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// visit asks the question at a place and returns the place to go to.
func (r *run) visit(at int) (int, error) {
	r.high = max(r.high, at)
	before := r.before(at)
	err := r.ask(at, before != none)
	switch {
	case errors.Is(err, ErrBack) && before == none:
		return at, nil
	case errors.Is(err, ErrBack):
		return before, nil
	case err != nil:
		return at, err
	}
	return r.next(at), nil
}

// review shows all answers and returns the place to go to, or none when the
// person is content.
func (r *run) review() (int, error) {
	for {
		rows, places := r.rows()
		edit, err := r.p.Review(rows)
		if errors.Is(err, ErrBack) {
			if r.high = r.before(len(r.order)); r.high != none {
				return r.high, nil
			}
			continue // there is nothing but what was given beforehand
		}
		if err != nil || edit < 0 {
			return none, err
		}
		if edit >= len(places) {
			return none, fmt.Errorf("ask: the review has no row %d", edit)
		}
		// From here on only what the change opens is asked, not the rest again.
		r.high = none
		if err := r.ask(places[edit], true); err != nil && !errors.Is(err, ErrBack) {
			return none, err
		}
		if at := r.next(none); at != none {
			return at, nil
		}
	}
}

// ask puts one question and keeps what comes of it.
func (r *run) ask(at int, canBack bool) error {
	q := r.Quiz.Questions[r.order[at]]
	item := r.item(at, canBack)
	stop := r.clock(q.ID)
	a, err := r.p.Ask(item)
	stop()
	switch {
	case errors.Is(err, ErrSkip) && q.Optional:
		delete(r.Answers, q.ID)
		r.skipped[q.ID] = true
	case err != nil:
		return err
	case !item.Form.Allows(a):
		return fmt.Errorf("ask: %v is no answer to question %s", a, q.ID)
	default:
		r.Answers[q.ID] = a
	}
	r.updateShown()
	r.save()
	return nil
}

// clock adds the time until its result is called to the question's.
func (r *run) clock(id string) (stop func()) {
	if r.Now == nil {
		return func() {}
	}
	start := r.Now()
	return func() { r.Seconds[id] += max(0, r.Now().Sub(start).Seconds()) }
}

func (r *run) save() {
	if r.Saved == nil {
		return
	}
	err := r.Saved()
	if err == nil || r.failed {
		return
	}
	r.failed = true
	notice := "Your answers cannot be saved: " + err.Error()
	if p, ok := r.p.(interface{ Notice(string) }); ok {
		p.Notice(notice)
	}
	if r.Notice != nil {
		r.Notice(notice)
	}
}

// next returns the place to go to from at: the next one that lacks an answer
// or was walked back over, or none. None before at can lack an answer: a change
// only opens questions that stand behind it.
func (r *run) next(at int) int {
	for i := at + 1; i < len(r.order); i++ {
		if r.lacks(i) || i <= r.high && r.visited(i) {
			return i
		}
	}
	return none
}

// before returns the last place before at that a person can go back to, or none.
func (r *run) before(at int) int {
	for i := at - 1; i >= 0; i-- {
		if r.visited(i) {
			return i
		}
	}
	return none
}

// lacks reports whether the question at a place is still to be asked.
func (r *run) lacks(at int) bool {
	q := r.Quiz.Questions[r.order[at]]
	_, answered := r.Answers[q.ID]
	return r.sheet.Shown[r.order[at]] && !answered && !r.skipped[q.ID]
}

// visited reports whether walking back and forth stops at a place.
func (r *run) visited(at int) bool {
	q := r.Quiz.Questions[r.order[at]]
	_, answered := r.Answers[q.ID]
	return r.sheet.Shown[r.order[at]] && !(answered && r.Given[q.ID])
}

func (r *run) item(at int, canBack bool) Item {
	q := r.Quiz.Questions[r.order[at]]
	current, answered := r.Answers[q.ID]
	number := 0
	for _, i := range r.order[:at+1] {
		if r.sheet.Shown[i] {
			number++
		}
	}
	done, total := r.sheet.Progress()
	return Item{
		Question: q, Form: q.Form(), Order: q.Order(r.Seed),
		Number: number, Total: total, Done: done, Label: r.label(q),
		Current: current, Answered: answered, CanBack: canBack,
	}
}

func (r *run) label(q *quiz.Question) string {
	dims := q.Dimensions()
	if !q.Scored() {
		return "About you"
	}
	if len(dims) == 1 {
		if d := r.Quiz.Dimension(dims[0]); d != nil {
			return d.Name
		}
	}
	return ""
}

// rows lists the shown questions with their answers, and their places.
func (r *run) rows() (rows []ReviewRow, places []int) {
	for at, i := range r.order {
		if !r.sheet.Shown[i] {
			continue
		}
		q := r.Quiz.Questions[i]
		a, ok := r.Answers[q.ID]
		rows = append(rows, ReviewRow{Question: q, Answer: describe(q.Form(), a, ok), Skipped: !ok})
		places = append(places, at)
	}
	return rows, places
}

func describe(f quiz.Form, a quiz.Answer, answered bool) string {
	if !answered {
		return ""
	}
	words := f.Describe(a)
	if len(words) == 0 {
		return "none"
	}
	if f.Ordered {
		for i := range words {
			words[i] = fmt.Sprintf("%d. %s", i+1, words[i])
		}
	}
	return strings.Join(words, "; ")
}

// Transcript gives the lines that stay on the terminal once the questions are
// gone from it.
func Transcript(s *Session, width int) []string {
	x, skipped := s.Compiled.Sheet(s.Answers), 0
	for i, q := range s.Quiz.Questions {
		if x.Shown[i] && x.Chosen[i] == score.Unknown && q.Optional {
			skipped++
		}
	}
	answered, _ := x.Progress()
	line := "✓ " + text.Count(answered, "question") + " answered"
	if skipped > 0 {
		line += fmt.Sprintf(", %d skipped", skipped)
	}
	total := 0.0
	for seconds := range maps.Values(s.Seconds) {
		total += seconds
	}
	if total >= 1 {
		line += " in " + duration(total)
	}
	return hang("", line, width)
}

// duration says seconds as people do: 4 min 10 s.
func duration(seconds float64) string {
	whole := int(seconds + 0.5)
	parts := []string{}
	for _, unit := range []struct {
		size int
		name string
	}{{3600, "h"}, {60, "min"}, {1, "s"}} {
		if n := whole / unit.size; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
		}
		whole %= unit.size
	}
	return strings.Join(parts, " ")
}
