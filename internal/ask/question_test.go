package ask

import (
	"errors"
	"strings"
	"testing"

	"github.com/AlecAivazis/survey/v2/terminal"
	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
)

// typed presses keys on a page and says how it ended.
func typed(p *questionPage, keys string) (done bool, err error) {
	for _, r := range keys {
		if done, err = p.press(r); done || err != nil {
			return done, err
		}
	}
	return false, nil
}

const (
	keyUp, keyDown    = string(rune(terminal.KeyArrowUp)), string(rune(terminal.KeyArrowDown))
	keyLeft, keyRight = string(rune(terminal.KeyArrowLeft)), string(rune(terminal.KeyArrowRight))
	keyHome, keyEnd   = string(rune(terminal.SpecialKeyHome)), string(rune(terminal.SpecialKeyEnd))
)

func TestKeys(t *testing.T) {
	q := sample()
	choice, scale, multi, rank := q.Questions[2], q.Questions[3], q.Questions[4], q.Questions[5]
	long := &quiz.Question{ID: "nps", Kind: "scale", Ask: "?", Measures: quiz.Points{"d": 1}, Labels: strings.Split("abcdefghijk", "")}
	for name, test := range map[string]struct {
		item    Item
		keys    string
		want    quiz.Answer
		err     error
		message string
	}{
		"digit and Enter":           {item: itemOf(choice), keys: "2\r", want: quiz.Answer{1}},
		"newline is Enter":          {item: itemOf(choice), keys: "2\n", want: quiz.Answer{1}},
		"a digit does not answer":   {item: itemOf(choice), keys: "2", message: ""},
		"the last digit counts":     {item: itemOf(choice), keys: "213\r", want: quiz.Answer{2}},
		"digit beyond":              {item: itemOf(choice), keys: "29\r", want: quiz.Answer{1}},
		"j and k":                   {item: itemOf(choice), keys: "jjk\r", want: quiz.Answer{0}},
		"up from nothing":           {item: itemOf(choice), keys: keyUp + "\r", want: quiz.Answer{2}},
		"no wrap below":             {item: itemOf(choice), keys: "jjjjjj\r", want: quiz.Answer{2}},
		"no wrap above":             {item: itemOf(choice), keys: "3kkkkkk\r", want: quiz.Answer{0}},
		"End and Home":              {item: itemOf(choice), keys: keyEnd + keyHome + "\r", want: quiz.Answer{0}},
		"End":                       {item: itemOf(choice), keys: keyEnd + "\r", want: quiz.Answer{2}},
		"right does nothing":        {item: itemOf(choice), keys: keyRight + "\r", message: "Choose one first"},
		"the current answer stays":  {item: withCurrent(itemOf(choice), 2), keys: "\r", want: quiz.Answer{2}},
		"current out of range":      {item: withCurrent(itemOf(choice), 99), keys: "\r", message: "Choose one first"},
		"current of minus one":      {item: withCurrent(itemOf(choice), -1), keys: keyDown + "\r", want: quiz.Answer{0}},
		"left goes back":            {item: itemOf(choice), keys: keyLeft, err: ErrBack},
		"quit":                      {item: itemOf(choice), keys: "Q", err: ErrQuit},
		"required":                  {item: itemOf(choice), keys: "s", message: "This question needs an answer"},
		"scale: left and right":     {item: itemOf(scale), keys: keyRight + keyRight + keyRight + keyLeft + "\r", want: quiz.Answer{1}},
		"scale: no focus at first":  {item: itemOf(scale), keys: "\r", message: "Choose one first"},
		"scale: left stays":         {item: itemOf(scale), keys: "1" + keyLeft + keyLeft + "\r", want: quiz.Answer{0}},
		"scale: b goes back":        {item: itemOf(scale), keys: "b", err: ErrBack},
		"scale: 10":                 {item: itemOf(long), keys: "10\r", want: quiz.Answer{9}},
		"scale: 11":                 {item: itemOf(long), keys: "11\r", want: quiz.Answer{10}},
		"scale: 1 and 2":            {item: itemOf(long), keys: "12\r", want: quiz.Answer{1}},
		"scale: 1 alone":            {item: itemOf(long), keys: "1\r", want: quiz.Answer{0}},
		"scale: no letters":         {item: itemOf(long), keys: "2a\r", want: quiz.Answer{1}},
		"multi: digits toggle":      {item: itemOf(multi), keys: "3132\r", want: quiz.Answer{0, 1}},
		"multi: Space toggles":      {item: itemOf(multi), keys: " j j  \r", want: quiz.Answer{0, 1}},
		"multi: a fourth":           {item: itemOf(multi), keys: "1234", message: "No more than 3: take one away first"},
		"multi: none":               {item: itemOf(multi), keys: "\r", message: "Pick at least 1"},
		"multi: skip":               {item: itemOf(multi), keys: "s", err: ErrSkip},
		"multi: earlier answer":     {item: withCurrent(itemOf(multi), 1, 2), keys: "1\r", want: quiz.Answer{0, 1, 2}},
		"multi: up, Space":          {item: itemOf(multi), keys: keyUp + " \r", want: quiz.Answer{0}},
		"rank: digits":              {item: itemOf(rank), keys: "312\r", want: quiz.Answer{2, 0, 1}},
		"rank: taken away":          {item: itemOf(rank), keys: "3123" + "3\r", want: quiz.Answer{0, 1, 2}},
		"rank: Space":               {item: itemOf(rank), keys: "j k j" + "j \r", want: quiz.Answer{1, 0, 2}},
		"rank: not all":             {item: itemOf(rank), keys: "31\r", message: "Give every one a place first: 1 left"},
		"rank: earlier answer":      {item: withCurrent(itemOf(rank), 1, 2, 0), keys: "\r", want: quiz.Answer{1, 2, 0}},
		"rank: earlier, incomplete": {item: withCurrent(itemOf(rank), 1), keys: "\r", message: "Give every one a place first: 3 left"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newQuestionPage(test.item, false)
			done, err := typed(p, test.keys)
			if !errors.Is(err, test.err) || done != (test.want != nil) || p.message != test.message {
				t.Fatalf("done %v, error %v, message %q", done, err, p.message)
			}
			if done && !cmp.Equal(p.answer(), test.want) {
				t.Errorf("answer %v, want %v", p.answer(), test.want)
			}
		})
	}
}

// An empty answer is one where the quiz allows it, and is not nil.
func TestNothingPickedIsAnAnswer(t *testing.T) {
	q := sample().Questions[4]
	q.Pick.Min = 0
	p := newQuestionPage(itemOf(q), false)
	if done, _ := typed(p, "\r"); !done {
		t.Fatal("not taken")
	}
	if a := p.answer(); a == nil || len(a) != 0 {
		t.Errorf("answer %#v", a)
	}
}

// Entries are shown in the order given, and answered as the entries they are.
func TestShuffledEntries(t *testing.T) {
	item := itemOf(sample().Questions[2])
	item.Order = []int{2, 0, 1}
	p := newQuestionPage(item, false)
	typed(p, "1\r")
	if got := p.answer(); !cmp.Equal(got, quiz.Answer{2}) {
		t.Errorf("answer %v", got)
	}
	if p := newQuestionPage(withCurrent(item, 0), false); p.focus != 1 {
		t.Errorf("focus %d", p.focus)
	}
}

func TestEntryKeysAreNoCommands(t *testing.T) {
	if len(entryKeys) < 26 || strings.ContainsAny(entryKeys, "bjkqsh?") {
		t.Errorf("entry keys %q", entryKeys)
	}
}

func TestLimits(t *testing.T) {
	for want, pick := range map[string]quiz.Pick{
		"Pick 1 to 3": {Min: 1, Max: 3}, "Pick exactly 2": {Min: 2, Max: 2}, "Pick any number, or none": {Max: 4},
		"Pick up to 2, or none": {Max: 2}, "Pick 2 or more": {Min: 2, Max: 4},
	} {
		q := sample().Questions[4]
		q.Pick = pick
		if got := limits(q.Form()); got != want {
			t.Errorf("%v: %q, want %q", pick, got, want)
		}
	}
}

func TestQuitHintWithoutSaving(t *testing.T) {
	item := itemOf(sample().Questions[2])
	if s := uncoloured(newQuestionPage(item, true), 80, 24); strings.Contains(s, "save") || !strings.Contains(s, "q quit") {
		t.Error(s)
	}
}
