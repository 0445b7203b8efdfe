package ask

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// scripted is a prompter that does what a script says, and fails the test
// when something else is asked, or something is left over.
type scripted struct {
	t       *testing.T
	steps   []step
	welcome Welcome
}

// step is one thing that is expected and done.
type step struct {
	ask    string // id of the question expected; "": the review
	see    string // what is seen, if it matters
	answer quiz.Answer
	err    error
	edit   int // review
	after  func()
}

func (s *scripted) next(what, see string) step {
	s.t.Helper()
	if len(s.steps) == 0 {
		s.t.Fatalf("%q is asked and nothing expected", what)
	}
	one := s.steps[0]
	s.steps = s.steps[1:]
	if one.ask != what || one.see != "" && one.see != see {
		s.t.Fatalf("asked %q (%s), expected %q (%s)", what, see, one.ask, one.see)
	}
	if one.after != nil {
		one.after()
	}
	return one
}

func (s *scripted) Welcome(w Welcome) error { s.welcome = w; return nil }
func (s *scripted) Close() error            { return nil }

func (s *scripted) Ask(item Item) (quiz.Answer, error) {
	see := fmt.Sprintf("%d/%d done %d %v back %v", item.Number, item.Total, item.Done, item.Current, item.CanBack)
	one := s.next(item.Question.ID, see)
	return one.answer, one.err
}

func (s *scripted) Review(rows []ReviewRow) (int, error) {
	var see []string
	for _, row := range rows {
		see = append(see, fmt.Sprintf("%s=%s", row.Question.ID, row.Answer))
	}
	one := s.next("", strings.Join(see, " "))
	return one.edit, one.err
}

func play(t *testing.T, s *Session, want error, steps ...step) *scripted {
	t.Helper()
	p := &scripted{t: t, steps: steps}
	if err := s.Run(p, Welcome{}); !errors.Is(err, want) {
		t.Fatalf("ended with %v, want %v", err, want)
	}
	if len(p.steps) > 0 {
		t.Fatalf("left over: %+v", p.steps)
	}
	return p
}

func pick(n ...int) quiz.Answer { return quiz.Answer(n) }

var accept = step{edit: -1}

func TestStraightThrough(t *testing.T) {
	s := &Session{Compiled: score.Compile(sample())}
	p := play(t, s, nil,
		step{ask: "company", see: "1/5 done 0 [] back false", answer: pick(0)},
		step{ask: "size", see: "2/6 done 1 [] back true", answer: pick(1)},
		step{ask: "launch", answer: pick(2)},
		step{ask: "vision", answer: pick(4)},
		step{ask: "enjoyed", err: ErrSkip},
		step{ask: "order", see: "6/6 done 4 [] back true", answer: pick(2, 0, 1)},
		step{see: "company=At a startup size=Many launch=The contract vision=Very much enjoyed= order=1. Ship; 2. Ask; 3. Write", edit: -1},
	)
	want := quiz.Answers{"company": {0}, "size": {1}, "launch": {2}, "vision": {4}, "order": {2, 0, 1}}
	if diff := cmp.Diff(want, s.Answers); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Welcome{Title: "Which is it?", Intro: "An introduction.", Questions: 5, Branches: true, Minutes: 3}, p.welcome); diff != "" {
		t.Error(diff)
	}
}

func TestBackAndForthWalksThroughAnswers(t *testing.T) {
	play(t, &Session{Compiled: score.Compile(sample())}, nil,
		step{ask: "company", answer: pick(1)},
		step{ask: "launch", answer: pick(0)},
		step{ask: "vision", err: ErrBack},
		step{ask: "launch", see: "2/5 done 2 [0] back true", err: ErrBack},
		step{ask: "company", see: "1/5 done 2 [1] back false", err: ErrBack}, // nothing before it
		step{ask: "company", answer: pick(1)},
		step{ask: "launch", see: "2/5 done 2 [0] back true", answer: pick(1)},
		step{ask: "vision", answer: pick(0)},
		step{ask: "enjoyed", err: ErrSkip},
		step{ask: "order", err: ErrBack},
		step{ask: "enjoyed", answer: pick(0)},
		step{ask: "order", answer: pick(0, 1, 2)},
		step{err: ErrBack},
		step{ask: "order", see: "5/5 done 5 [0 1 2] back true", err: ErrBack},
		step{ask: "enjoyed", see: "4/5 done 5 [0] back true", err: ErrSkip},
		step{ask: "order", answer: pick(0, 1, 2)},
		step{see: "company=At a large firm launch=The backlog vision=Not at all enjoyed= order=1. Ask; 2. Write; 3. Ship", edit: -1},
	)
}

func TestGateDropsAndAsksAgain(t *testing.T) {
	q := sample()
	// A second gate behind the first: hidden with it.
	q.Questions = append(q.Questions[:2:2], &quiz.Question{ID: "deep", Kind: "choice", Ask: "Deep?", When: when("size", "o1"), Options: options(false, "a", "b")}, q.Questions[2])
	s := &Session{Compiled: score.Compile(q), Now: (&clock{}).now}
	gone := func() {
		if len(s.Answers) != 1 {
			t.Errorf("answers to hidden questions are kept: %v", s.Answers)
		}
		if len(s.Seconds) != 1 {
			t.Errorf("their times are kept: %v", s.Seconds)
		}
	}
	play(t, s, nil,
		step{ask: "company", answer: pick(0)},
		step{ask: "size", answer: pick(0)},
		step{ask: "deep", answer: pick(1)},
		step{ask: "launch", err: ErrBack},
		step{ask: "deep", err: ErrBack},
		step{ask: "size", err: ErrBack},
		step{ask: "company", answer: pick(1)},
		step{ask: "launch", see: "2/2 done 1 [] back true", err: ErrBack, after: func() { delete(s.Seconds, "launch"); gone() }},
		step{ask: "company", answer: pick(0)},
		step{ask: "size", see: "2/3 done 1 [] back true", answer: pick(0)},
		step{ask: "deep", see: "3/4 done 2 [] back true", answer: pick(0)},
		step{ask: "launch", answer: pick(0)},
		accept,
	)
}

func TestSkippedBehindAGateIsAskedAgain(t *testing.T) {
	q := sample()
	q.Questions = q.Questions[:2]
	q.Questions[1].Optional = true
	play(t, &Session{Compiled: score.Compile(q)}, nil,
		step{ask: "company", answer: pick(0)},
		step{ask: "size", err: ErrSkip},
		step{edit: 0},
		step{ask: "company", answer: pick(1)},
		step{edit: 0},
		step{ask: "company", answer: pick(0)},
		step{ask: "size", answer: pick(0)},
		accept,
	)
}

func TestGivenAnswersOpenEachOther(t *testing.T) {
	q := sample()
	q.Questions = append(q.Questions[:2:2], &quiz.Question{ID: "deep", Kind: "choice", Ask: "Deep?", When: when("size", "o2"), Options: options(false, "a", "b")}, q.Questions[2])
	s := &Session{Compiled: score.Compile(q), Given: map[string]bool{"deep": true, "size": true}, Answers: quiz.Answers{"deep": {0}, "size": {1}}}
	play(t, s, nil,
		step{ask: "company", see: "1/2 done 0 [] back false", answer: pick(0)},
		step{ask: "launch", see: "4/4 done 3 [] back true", answer: pick(0)},
		accept,
	)
}

func TestReviewEdits(t *testing.T) {
	start := quiz.Answers{"company": {1}, "launch": {0}, "vision": {0}, "enjoyed": {0}, "order": {0, 1, 2}}
	s := &Session{Compiled: score.Compile(sample()), Answers: start}
	play(t, s, ErrQuit,
		step{edit: 1},
		step{ask: "launch", see: "2/5 done 5 [0] back true", err: ErrBack}, // leaves it
		step{edit: 1},
		step{ask: "launch", answer: pick(2)},
		step{edit: 3},
		step{ask: "enjoyed", err: ErrSkip}, // skipped is not asked again
		step{edit: 0},
		step{ask: "company", answer: pick(0)},
		step{ask: "size", see: "2/6 done 4 [] back true", err: ErrBack},
		step{ask: "company", see: "1/6 done 4 [0] back false", answer: pick(0)},
		step{ask: "size", answer: pick(1)},
		step{see: "company=At a startup size=Many launch=The contract vision=Not at all enjoyed= order=1. Ask; 2. Write; 3. Ship", edit: 0},
		step{ask: "company", err: ErrQuit},
		// left while changing an answer
	)
}

func TestLeaving(t *testing.T) {
	for _, want := range []error{ErrQuit, Interrupted{15}, InputError{Line: 3}} {
		s := &Session{Compiled: score.Compile(sample()), Now: (&clock{}).now}
		play(t, s, want, step{ask: "company", answer: pick(1)}, step{ask: "launch", err: want})
		if diff := cmp.Diff(quiz.Answers{"company": {1}}, s.Answers); diff != "" {
			t.Error(diff)
		}
		if s.Seconds["launch"] != 1 {
			t.Errorf("seconds %v", s.Seconds)
		}
	}
}

func TestResumeStartsAtTheFirstUnanswered(t *testing.T) {
	s := &Session{Compiled: score.Compile(sample()), Answers: quiz.Answers{"company": {1}, "vision": {1}, "size": {0}}}
	p := play(t, s, nil,
		step{ask: "launch", see: "2/5 done 2 [] back true", err: ErrBack, after: func() {
			if _, ok := s.Answers["size"]; ok {
				t.Error("the answer to a hidden question is kept")
			}
		}},
		step{ask: "company", see: "1/5 done 2 [1] back false", answer: pick(1)},
		step{ask: "launch", answer: pick(0)},
		step{ask: "enjoyed", answer: pick(0)}, // vision has its answer
		step{ask: "order", answer: pick(0, 1, 2)},
		accept,
	)
	if p.welcome.Answered != 2 {
		t.Errorf("welcome says %d", p.welcome.Answered)
	}
}

func TestGivenIsNotAskedButEditable(t *testing.T) {
	s := &Session{
		Compiled: score.Compile(sample()), Given: map[string]bool{"launch": true, "size": true, "order": true},
		Answers: quiz.Answers{"launch": {2}, "size": {1}, "order": {0, 1, 2}},
	}
	play(t, s, nil,
		step{ask: "company", see: "1/5 done 2 [] back false", answer: pick(0)}, // size comes into sight with its answer
		step{ask: "vision", see: "4/6 done 4 [] back true", err: ErrBack},
		step{ask: "company", answer: pick(0)},
		step{ask: "vision", answer: pick(3)},
		step{ask: "enjoyed", answer: pick(1)},
		step{edit: 1},
		step{ask: "size", see: "2/6 done 6 [1] back true", answer: pick(0)},
		step{edit: 0},
		step{ask: "company", answer: pick(1)},
		step{edit: 0},
		step{ask: "company", answer: pick(0)},
		step{ask: "size", see: "2/6 done 5 [] back true", answer: pick(1)}, // dropped with its gate: asked
		accept,
	)
	all := &Session{Compiled: score.Compile(sample()), Given: map[string]bool{"launch": true}, Answers: quiz.Answers{"launch": {2}}}
	all.Quiz.Questions = all.Quiz.Questions[2:3]
	play(t, all, nil, step{err: ErrBack}, accept) // nothing to go back to
}

func TestSecondsAddUp(t *testing.T) {
	s := &Session{Compiled: score.Compile(sample()), Now: (&clock{}).now, Seconds: map[string]float64{"company": 10}}
	play(t, s, ErrQuit,
		step{ask: "company", answer: pick(1)},
		step{ask: "launch", err: ErrBack},
		step{ask: "company", answer: pick(1)},
		step{ask: "launch", err: ErrQuit},
	)
	if diff := cmp.Diff(map[string]float64{"company": 12, "launch": 2}, s.Seconds); diff != "" {
		t.Error(diff)
	}
}

func TestSavedAfterEveryChange(t *testing.T) {
	var saved []int
	var told []string
	s := &Session{Compiled: score.Compile(sample()), Notice: func(m string) { told = append(told, m) }}
	s.Saved = func() error {
		saved = append(saved, len(s.Answers))
		return errors.New("disk full")
	}
	play(t, s, ErrQuit,
		step{ask: "company", answer: pick(1)},
		step{ask: "launch", answer: pick(1)},
		step{ask: "vision", err: ErrBack},
		step{ask: "launch", err: ErrQuit},
	)
	if diff := cmp.Diff([]int{1, 2}, saved); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Your answers cannot be saved: disk full"}, told); diff != "" {
		t.Error(diff)
	}
}

func TestShuffledQuizKeepsItsSeed(t *testing.T) {
	q := sample()
	q.Shuffle = true
	for seed := range int64(5) {
		s := &Session{Compiled: score.Compile(q), Seed: seed}
		var steps []step
		for _, i := range q.Order(seed) {
			if one := q.Questions[i]; one.ID != "size" {
				var first quiz.Answer
				for a := range one.Form().Alternatives() {
					first = append(quiz.Answer{}, a...)
					break
				}
				if one.ID == "company" {
					first = pick(1)
				}
				steps = append(steps, step{ask: one.ID, answer: first})
			}
		}
		play(t, s, nil, append(steps, accept)...)
	}
}

func TestBadPrompterIsAnError(t *testing.T) {
	p := &scripted{t: t, steps: []step{{ask: "company", answer: pick(7)}}}
	if err := (&Session{Compiled: score.Compile(sample())}).Run(p, Welcome{}); err == nil {
		t.Error("an answer that is none was taken")
	}
}

func TestTranscript(t *testing.T) {
	s := &Session{Compiled: score.Compile(sample()), Answers: quiz.Answers{"company": {1}, "launch": {0}, "vision": {0}, "order": {0, 1, 2}}, Seconds: map[string]float64{"launch": 200.4, "order": 50}}
	if diff := cmp.Diff([]string{"✓ 4 questions answered, 1 skipped in 4 min 10 s"}, Transcript(s, 80)); diff != "" {
		t.Error(diff)
	}
	if got := Transcript(s, 20); len(got) != 3 {
		t.Errorf("%q", got)
	}
	s.Seconds = nil
	if diff := cmp.Diff([]string{"✓ 4 questions answered, 1 skipped"}, Transcript(s, 0)); diff != "" {
		t.Error(diff)
	}
	if got := duration((time.Hour + time.Minute).Seconds()); got != "1 h 1 min" {
		t.Error(got)
	}
}
