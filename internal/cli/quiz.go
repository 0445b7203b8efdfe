package cli

import (
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/score"
)

// quizOptions is what the command line of `rolefit quiz` says.
type quizOptions struct {
	output
	quiz    string
	answers string   // file of a sheet to score without asking
	single  []string // id=value
	noInput bool
	plain   bool
	resume  bool
	noSave  bool
	rescore bool
	explain bool
	seed    int64
	seeded  bool // --seed was given
}

func newQuiz(e *env) *cobra.Command {
	var o quizOptions
	c := &cobra.Command{
		Use:   "quiz [QUIZ]",
		Short: "Take a quiz, or score an answer sheet",
		Long: "quiz asks the questions, scores the answers and recommends. QUIZ is a built-in id\n" +
			"(rolefit list), a file, or - for standard input; left out, it is pm-po.",
		Example: "  rolefit quiz                               take it, with the arrow keys\n" +
			"  rolefit quiz pm-po-quick --plain           line by line, for a screen reader\n" +
			"  rolefit quiz --answers me.json             score a sheet without asking\n" +
			"  rolefit quiz --answers me.json --format json -o result.json\n" +
			"  rolefit quiz --answer scrum=yes            answer one question beforehand\n" +
			"  rolefit quiz --resume                      go on with an unfinished run",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeQuiz,
		RunE: func(c *cobra.Command, args []string) error {
			o.quiz = quizArg(args)
			o.seeded = c.Flags().Changed("seed")
			if c.Flags().Changed("answers") && o.answers == "" {
				return hint(errors.New("--answers names no file"), "is the variable empty that should hold it?")
			}
			e.plain = e.plain || o.plain
			return e.runQuiz(&o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.answers, "answers", "", "score this answer sheet (JSON or TOML `file`, or - for standard input) without asking")
	f.StringArrayVar(&o.single, "answer", nil, "give a single answer as `id=value`; a list as id=a,b (repeatable)")
	f.BoolVar(&o.noInput, "no-input", false, "never ask; say what is missing")
	f.BoolVar(&o.plain, "plain", false, "ask line by line, for screen readers, dumb terminals and pipes")
	f.BoolVar(&o.resume, "resume", false, "go on with the unfinished run that was saved last")
	f.BoolVar(&o.noSave, "no-save", false, "keep nothing on disk")
	f.BoolVar(&o.rescore, "rescore", false, "score a sheet of another state of the quiz by today's")
	f.BoolVar(&o.explain, "explain", true, "say what made the difference, how close it was and how firm it is")
	f.Int64Var(&o.seed, "seed", 0, "the `number` that shuffles are drawn from (default: a random one)")
	o.flags(c, formatNames(report.ResultFormats()))
	return c
}

func (e *env) runQuiz(o *quizOptions) error {
	debug.SetGCPercent(400) // a run is small, and over before a collection pays
	if o.quiz == stdin && o.answers == stdin {
		return hint(errors.New("the quiz and the answers cannot both come from standard input"), "name a file for one of them")
	}
	if o.resume && o.answers != "" {
		return hint(errors.New("--resume goes on asking and --answers does not ask"), "use one of them")
	}
	q, definition, err := e.definition(o.quiz)
	if err != nil {
		return err
	}
	given, err := givenAnswers(q, o.single)
	if err != nil {
		return err
	}
	compiled := score.Compile(q)
	sheet, forget, err := e.answered(compiled, o, given)
	if err != nil {
		return err
	}
	if err := e.result(compiled, o, sheet); err != nil {
		if forget != nil {
			e.say("Your answers are saved. With another -o: %s", o.again())
		}
		return err
	}
	if forget != nil {
		if err := e.remember(definition, q, sheet); err != nil {
			e.warn("the result could not be saved: %v", plainError(err))
			e.say("Your answers are kept. To try again: %s", o.again())
			return nil
		}
		if err := forget(); err != nil {
			e.warn("%v", plainError(err))
		}
	}
	return nil
}

// answered gets the whole sheet: from a file, from the flags, or by asking. forget
// is nil where nothing was saved on the way.
func (e *env) answered(c *score.Compiled, o *quizOptions, given quiz.Answers) (sheet *quiz.Sheet, forget func() error, err error) {
	switch {
	case o.answers != "":
		sheet, err := e.readSheet(c.Quiz, o)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(sheet.Answers, given)
		return sheet, nil, nil
	case o.noInput:
		return &quiz.Sheet{Answers: given}, nil, nil
	case o.quiz == stdin:
		return nil, nil, hint(errors.New("the quiz came from standard input, so the answers cannot"),
			"give a sheet with --answers FILE, or the quiz as a file")
	}
	return e.ask(c, o, given)
}

// givenAnswers reads the --answer flags.
func givenAnswers(q *quiz.Quiz, flags []string) (quiz.Answers, error) {
	given := make(quiz.Answers)
	for _, flag := range flags {
		id, value, ok := strings.Cut(flag, "=")
		if !ok {
			return nil, hint(fmt.Errorf("--answer %q is not id=value", flag), "write it like --answer scrum=yes")
		}
		one := q.Question(id)
		if one == nil {
			return nil, noSuchQuestion(q, id)
		}
		if _, twice := given[id]; twice {
			return nil, fmt.Errorf("--answer %s is given twice", id)
		}
		a, err := one.ParseAnswer(value)
		if err != nil {
			return nil, fmt.Errorf("--answer %s: %w", id, err)
		}
		given[id] = a
	}
	return given, nil
}

func noSuchQuestion(q *quiz.Quiz, id string) error {
	err := fmt.Errorf("the quiz %s has no question %q", q.ID, id)
	if near := q.NearQuestion(id); near != "" {
		return hint(err, "did you mean %s?", near)
	}
	return hint(err, "rolefit show %s prints the questions", q.ID)
}

func (e *env) readSheet(q *quiz.Quiz, o *quizOptions) (*quiz.Sheet, error) {
	name, src, err := o.answers, []byte(nil), error(nil)
	if name == stdin {
		name = "<stdin>"
		src, err = bounded(e.in)
	} else {
		src, err = readFile(name)
	}
	if err != nil {
		return nil, err
	}
	sheet, found := quiz.ReadSheet(q, name, src, o.rescore)
	if found != nil {
		return nil, found
	}
	if sheet.Digest == "" && sheet.Version != "" && sheet.Version != q.Version {
		e.warn("the sheet answers version %s of the quiz; this is %s", sheet.Version, q.Version)
	}
	return sheet, nil
}

// result scores the sheet and writes what it comes to.
func (e *env) result(c *score.Compiled, o *quizOptions, sheet *quiz.Sheet) error {
	r, err := c.Score(sheet.Answers)
	var incomplete *score.Incomplete
	if errors.As(err, &incomplete) {
		return hint(err, "answer them in the sheet or with --answer id=value, or run it without --answers and --no-input")
	}
	if err != nil {
		return err
	}
	r.Respondent = sheet.Respondent
	if len(r.Ignored) > 0 {
		e.warn("answered, but not asked on this way through the quiz, and so ignored: %s", strings.Join(r.Ignored, ", "))
	}
	full := &report.Result{Result: r, Answered: sheet.Finished}
	if o.explain {
		explainResult(c, full)
	}
	if err := writeAs(e, &o.output, report.ResultFormats(), full); err != nil {
		return err
	}
	if o.output.file != "" && o.output.file != stdin && isTerminal(e.terminal.in) && o.answers == "" && !o.noInput {
		e.say("Written: %s", o.output.file)
	}
	return nil
}

// explainResult adds to a result what explains it.
func explainResult(c *score.Compiled, r *report.Result) {
	ledger, near := c.Ledger(r.Result), odds.Around(c, r.Result, odds.DefaultLimits())
	r.Ledger, r.Near = &ledger, &near
}
