package ask

import (
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

func TestLinesLook(t *testing.T) {
	var out strings.Builder
	item := withCurrent(itemOf(sample().Questions[2]), 0)
	l := NewLines(strings.NewReader("2\n"), &out, LineOptions{})
	if _, err := l.Ask(item); err != nil {
		t.Fatal(err)
	}
	want := `
Question 3 of 30. Research.
A launch date slips by two weeks. What do you look at first?
1. The customer's problem
2. The backlog
3. The contract
Answer 1 to 3, b back, h help, q quit (current answer: 1):
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestLinesWrap(t *testing.T) {
	for _, width := range []int{40, 80} {
		var out strings.Builder
		l := NewLines(strings.NewReader("h\nq\n"), &out, LineOptions{Interactive: true, Width: width})
		_ = l.Welcome(Welcome{Title: "Title", Intro: strings.Repeat("words ", 40), Questions: 3})
		_, _ = l.Ask(withCurrent(itemOf(sample().Questions[4]), 0, 1))
		for line := range strings.SplitSeq(out.String(), "\n") {
			if w := text.Width(strings.TrimRight(line, " ")); w > width {
				t.Errorf("%d cells: %q", w, line)
			}
		}
		if strings.ContainsAny(out.String(), "\x1b❯━[") {
			t.Errorf("more than words in %q", out.String())
		}
	}
}

func TestLinesPrompts(t *testing.T) {
	q := sample().Questions
	for want, item := range map[string]Item{
		"Answer 1 to 5, b back, h help, q quit:":                                                             itemOf(q[3]),
		"Answer with numbers separated by commas, 1 to 3 of them, b back, s skip, h help, q quit:":           itemOf(q[4]),
		"Answer with all 3 numbers, best first, like 3,1,2, b back, h help, q quit (current answer: 3,1,2):": withCurrent(itemOf(q[5]), 2, 0, 1),
	} {
		l := NewLines(strings.NewReader(""), io.Discard, LineOptions{})
		if got := l.question(item); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	none := itemOf(q[4])
	none.Form.Min, none.CanBack = 0, false
	l := NewLines(strings.NewReader(""), io.Discard, LineOptions{Interactive: true})
	want := "Answer with numbers separated by commas, up to 3 of them, or 0 for none, s skip, h help, q quit (current answer: none, Enter keeps it):"
	if got := l.question(withCurrent(none)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLinesFromAPipe(t *testing.T) {
	q := sample().Questions
	choice, scale, multi, rank := itemOf(q[2]), itemOf(q[3]), itemOf(q[4]), itemOf(q[5])
	first, free := choice, multi
	first.CanBack = false
	free.Form.Min = 0
	long := strings.Repeat("1", maxLine+10)
	for name, test := range map[string]struct {
		item  Item
		in    string
		want  quiz.Answer
		err   error
		fault string // of an InputError
		line  int
	}{
		"number":            {item: choice, in: "2\n", want: quiz.Answer{1}},
		"no newline":        {item: choice, in: "2", want: quiz.Answer{1}},
		"CRLF":              {item: choice, in: "2\r\n", want: quiz.Answer{1}},
		"byte order mark":   {item: choice, in: "\ufeff2\n", want: quiz.Answer{1}},
		"spaces":            {item: choice, in: "  2\t\n", want: quiz.Answer{1}},
		"blank lines":       {item: choice, in: "\n\r\n  \n2\n", want: quiz.Answer{1}},
		"comment":           {item: choice, in: "# 1\n#3\n2\n", want: quiz.Answer{1}},
		"beyond":            {item: choice, in: "# x\n4\n", fault: `"4" is not one of the answers: answer 1 to 3`, line: 2},
		"zero":              {item: choice, in: "0\n", fault: `"0" is not one of the answers`, line: 1},
		"word":              {item: choice, in: "yes\n", fault: `"yes" is not one of the answers`, line: 1},
		"two for one":       {item: choice, in: "1,2\n", fault: `"1,2" is not one of the answers`, line: 1},
		"a terminal escape": {item: choice, in: "\x1b[31m\n", fault: `"\u001B[31m" is not one`, line: 1},
		"nothing at all":    {item: choice, in: "", fault: "the input ended after 2 answers of 30; this one is next: answer 1 to 3", line: 0},
		"only blank":        {item: choice, in: "\n\n", fault: "the input ended", line: 2},
		"blank, current":    {item: withCurrent(choice, 0), in: "\n3\n", want: quiz.Answer{2}},
		"ends, current":     {item: withCurrent(choice, 0), in: "\n", fault: "the input ended", line: 1},
		"back":              {item: choice, in: "b\n", err: ErrBack},
		"Back":              {item: choice, in: "Back\n", err: ErrBack},
		"back at the first": {item: first, in: "b\n", fault: "this is the first question", line: 1},
		"skip":              {item: multi, in: "s\n", err: ErrSkip},
		"skip required":     {item: choice, in: "s\n", fault: "this question needs an answer", line: 1},
		"quit":              {item: choice, in: "q\n", err: ErrQuit},
		"help, then answer": {item: choice, in: "h\n?\n2\n", want: quiz.Answer{1}},
		"scale":             {item: scale, in: "5\n", want: quiz.Answer{4}},
		"multi":             {item: multi, in: "3, 1\n", want: quiz.Answer{0, 2}},
		"multi with spaces": {item: multi, in: "3 1,,2\n", want: quiz.Answer{0, 1, 2}},
		"multi: too many":   {item: multi, in: "1,2,3,4\n", fault: `"1,2,3,4" holds 4 numbers: answer with`, line: 1},
		"multi: twice":      {item: multi, in: "1,1\n", fault: "1 stands twice", line: 1},
		"multi: 0":          {item: multi, in: "0\n", fault: `"0" is not one of the answers`, line: 1},
		"multi: none":       {item: free, in: "0\n", want: quiz.Answer{}},
		"multi: 0 and 1":    {item: free, in: "0,1\n", fault: `"0" is not one of the answers`, line: 1},
		"multi: a comma":    {item: free, in: ",\n", fault: `"," holds 0 numbers`, line: 1},
		"rank":              {item: rank, in: "3,1,2\n", want: quiz.Answer{2, 0, 1}},
		"rank: too few":     {item: rank, in: "3,1\n", fault: `"3,1" holds 2 numbers: answer with all 3 numbers`, line: 1},
		"a very long line":  {item: choice, in: "#\n" + long + "\n2\n", fault: "the line is too long", line: 2},
	} {
		t.Run(name, func(t *testing.T) {
			l := NewLines(strings.NewReader(test.in), io.Discard, LineOptions{})
			got, err := l.Ask(test.item)
			var input InputError
			if errors.As(err, &input) {
				if test.fault == "" || !strings.Contains(input.Message, test.fault) || input.Line != test.line || input.Question != test.item.Question.ID {
					t.Errorf("fault %#v", input)
				}
				return
			}
			if test.fault != "" || !errors.Is(err, test.err) || !cmp.Equal(got, test.want) {
				t.Errorf("got %v, error %v", got, err)
			}
		})
	}
}

func TestInputErrorSaysWhere(t *testing.T) {
	l := NewLines(strings.NewReader("9"), io.Discard, LineOptions{})
	_, err := l.Ask(itemOf(sample().Questions[2]))
	want := `line 1: question "A launch date slips by two weeks. What do you loo…" (launch): "9" is not one of the answers: answer 1 to 3`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// repeat is a program that sends the same line for ever.
type repeat string

func (r repeat) Read(p []byte) (int, error) { return copy(p, r), nil }

func TestEndlessInputEnds(t *testing.T) {
	for _, line := range []repeat{"\n", "#\n", "x"} {
		_, err := NewLines(line, io.Discard, LineOptions{}).Ask(itemOf(sample().Questions[2]))
		if !errors.As(err, new(InputError)) {
			t.Errorf("%q: %v", string(line), err)
		}
	}
}

func TestLinesAskAPersonAgain(t *testing.T) {
	for name, test := range map[string]struct {
		item Item
		in   string
		want quiz.Answer
		err  error
		says string
	}{
		"bad answer":        {item: itemOf(sample().Questions[2]), in: "9\nx\n2\n", want: quiz.Answer{1}, says: `"9" is not one of the answers: answer 1 to 3.`},
		"nothing":           {item: itemOf(sample().Questions[2]), in: "\n2\n", want: quiz.Answer{1}, says: "Nothing was typed."},
		"optional, blank":   {item: itemOf(sample().Questions[4]), in: "\n2\n", want: quiz.Answer{1}, says: "Nothing was typed."},
		"keeps":             {item: withCurrent(itemOf(sample().Questions[2]), 2), in: "\n", want: quiz.Answer{2}, says: "Enter keeps it"},
		"keeps nothing":     {item: withCurrent(itemOf(sample().Questions[2]), 7), in: "\n2\n", want: quiz.Answer{1}, says: "Nothing was typed."},
		"help":              {item: itemOf(sample().Questions[2]), in: "h\n2\n", want: quiz.Answer{1}, says: "Think of the last time."},
		"too long":          {item: itemOf(sample().Questions[2]), in: strings.Repeat("x", 3*maxLine) + "1\n2\n", want: quiz.Answer{1}, says: "The line is too long"},
		"skip required":     {item: itemOf(sample().Questions[2]), in: "s\n2\n", want: quiz.Answer{1}, says: "This question needs an answer"},
		"Ctrl-D":            {item: itemOf(sample().Questions[2]), in: "", err: ErrQuit},
		"half, then Ctrl-D": {item: itemOf(sample().Questions[2]), in: "2", want: quiz.Answer{1}},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			got, err := NewLines(strings.NewReader(test.in), &out, LineOptions{Interactive: true}).Ask(test.item)
			if !errors.Is(err, test.err) || !cmp.Equal(got, test.want) || !strings.Contains(out.String(), test.says) {
				t.Errorf("got %v, error %v, said\n%s", got, err, out.String())
			}
		})
	}
}

func TestLinesSignals(t *testing.T) {
	for _, interactive := range []bool{true, false} {
		in, _ := io.Pipe()
		signals := make(chan os.Signal, 1)
		l := NewLines(in, io.Discard, LineOptions{Interactive: interactive, Signals: signals})
		signals <- syscall.SIGTERM
		if _, err := l.Ask(itemOf(sample().Questions[2])); !errors.Is(err, Interrupted{syscall.SIGTERM}) {
			t.Errorf("interactive %v: %v", interactive, err)
		}
	}
	l := NewLines(failing{}, io.Discard, LineOptions{Interactive: true})
	if _, err := l.Ask(itemOf(sample().Questions[2])); !errors.Is(err, Interrupted{syscall.SIGHUP}) {
		t.Errorf("a terminal that is gone: %v", err)
	}
}

// hangup is a terminal that is closed: the signal comes with the end of input.
type hangup chan os.Signal

func (h hangup) Read([]byte) (int, error) {
	h <- syscall.SIGHUP
	return 0, io.EOF
}

func TestLinesTellHangupFromCtrlD(t *testing.T) {
	h := make(hangup, 1)
	l := NewLines(h, io.Discard, LineOptions{Interactive: true, Signals: h})
	if _, err := l.Ask(itemOf(sample().Questions[2])); !errors.Is(err, Interrupted{syscall.SIGHUP}) {
		t.Error(err)
	}
	h <- syscall.SIGHUP // noticed only after the end of input
	if err := l.left(); !errors.Is(err, Interrupted{syscall.SIGHUP}) {
		t.Error(err)
	}
	if err := l.left(); !errors.Is(err, ErrQuit) {
		t.Error(err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, syscall.EIO }

func TestLinesReview(t *testing.T) {
	rows := []ReviewRow{{Question: sample().Questions[0], Answer: "At a startup"}, {Question: sample().Questions[4], Skipped: true}}
	for in, want := range map[string]struct {
		edit int
		err  error
	}{
		"\n": {-1, nil}, "2\n": {1, nil}, "9\nx\n1\n": {0, nil}, "q\n": {-1, ErrQuit}, "b\n": {-1, ErrBack}, "": {-1, ErrQuit},
		strings.Repeat("x", maxLine+1) + "\n1\n": {0, nil},
	} {
		var out strings.Builder
		edit, err := NewLines(strings.NewReader(in), &out, LineOptions{Interactive: true}).Review(rows)
		if edit != want.edit || !errors.Is(err, want.err) {
			t.Errorf("%.10q: %d, %v", in, edit, err)
		}
		if !strings.Contains(out.String(), "2. What did you enjoy?\n   Your answer: (skipped)\n") {
			t.Error(out.String())
		}
	}
	if edit, err := NewLines(failing{}, io.Discard, LineOptions{}).Review(rows); edit != -1 || err != nil {
		t.Errorf("a pipe was read: %d, %v", edit, err)
	}
}

// One reader for the whole run: all answers may come in one piece.
func TestLinesWholeRun(t *testing.T) {
	var out strings.Builder
	s := &Session{Compiled: score.Compile(sample()), Now: (&clock{}).now}
	l := NewLines(strings.NewReader("# mine\n1\n2\nb\n1\n2\r\n\n4\n1,3\n3 1 2"), &out, LineOptions{})
	if err := errors.Join(s.Run(l, Welcome{Storage: []string{"Kept here."}}), l.Close()); err != nil {
		t.Fatal(err)
	}
	want := quiz.Answers{"company": {0}, "size": {0}, "launch": {1}, "vision": {3}, "enjoyed": {0, 2}, "order": {2, 0, 1}}
	if diff := cmp.Diff(want, s.Answers); diff != "" {
		t.Error(diff)
	}
	for _, part := range []string{"Which is it?\n", "There are no right answers", "Kept here.\n", "Question 6 of 6."} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("no %q", part)
		}
	}
}

// clock goes on by a second with each look.
type clock struct{ n int }

func (c *clock) now() time.Time { c.n++; return time.Unix(int64(c.n), 0) }
