package cli

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// cohortOptions is what the command line of `rolefit cohort score` says.
type cohortOptions struct {
	quiz       string
	output     output
	rejects    string
	summary    string
	report     string
	id, by     string
	mapFile    string
	sheet      string
	anonymize  string
	rescore    bool
	explain    bool
	workers    int
	verbose    bool
	thresholds cohort.Thresholds
}

// cohortFormats are the formats of the results, the default first.
var cohortFormats = []string{"csv", "jsonl"}

func newCohortScore(e *env) *cobra.Command {
	o := cohortOptions{thresholds: cohort.DefaultThresholds()}
	c := &cobra.Command{
		Use:   "score FILE...",
		Short: "Score a table of respondents, a row each",
		Long: "score reads tables of answers (CSV, TSV, XLSX, or answer sheets as JSONL; - for standard input),\n" +
			"as Google Forms, Microsoft Forms, Typeform and LimeSurvey export them or as you write them. A\n" +
			"column belongs to a question when its header is the question's id or its text. Each row ends in\n" +
			"the results or among the rejects, in the order of the input; what to make of it all is said on\n" +
			"standard error. It ends with 1 when rows were rejected.",
		Example: "  rolefit cohort score answers.csv -o scored.csv --rejects rejects.csv\n" +
			"  rolefit cohort score export.xlsx --quiz ./my-quiz.toml --by Course --summary summary.json\n" +
			"  rolefit cohort score answers.csv -o scored.csv --report report.html\n" +
			"  rolefit cohort score - --format jsonl < answers.csv",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return e.runCohort(c.Context(), args, &o) },
	}
	f := c.Flags()
	f.StringVar(&o.quiz, "quiz", "pm-po", "the `quiz` that they answered")
	o.output.flags(c, cohortFormats)
	f.StringVar(&o.rejects, "rejects", "", "write the rows that could not be scored to this `file`")
	f.StringVar(&o.summary, "summary", "", "write the statistics to this `file`, as JSON")
	f.StringVar(&o.report, "report", "", "write a report for an instructor to this `file`, as HTML")
	f.StringVar(&o.id, "id", "", "the `column` that says who answered")
	f.StringVar(&o.by, "by", "", "the `column` to compare groups by")
	f.StringVar(&o.mapFile, "map", "", "a `file` that says which column is what, where it cannot be guessed")
	f.StringVar(&o.sheet, "sheet", "", "the `worksheet` of an XLSX file; the first one with rows if left out")
	f.StringVar(&o.anonymize, "anonymize", "", "replace ids by a hash, keyed with what is in this `file`")
	f.BoolVar(&o.rescore, "rescore", false, "take sheets that were answered on another state of the quiz (JSONL)")
	f.BoolVar(&o.explain, "explain", false, "with --format jsonl: add everybody's ledger, flips and steadiness")
	f.IntVar(&o.workers, "workers", 0, "how many rows are scored at once; 0: as many as there are cores")
	f.BoolVar(&o.verbose, "verbose", false, "say how many rows took the fast way, and why others did not")
	f.IntVar(&o.thresholds.LongString, "long-string", o.thresholds.LongString, "flag so many same scale answers in a row; 0: never")
	f.Float64Var(&o.thresholds.LowVariance, "low-variance", o.thresholds.LowVariance, "flag a standard deviation of the scale answers below this; 0: never")
	f.Float64Var(&o.thresholds.Fast, "fast", o.thresholds.Fast, "flag fewer `seconds` per question than this; 0: never")
	return c
}

func (e *env) runCohort(ctx context.Context, files []string, o *cohortOptions) error {
	if err := e.checkCohort(files, o); err != nil {
		return err
	}
	q, err := e.quiz(o.quiz)
	if err != nil {
		return err
	}
	c := score.Compile(q)
	options, err := e.cohortOptions(c, o)
	if err != nil {
		return err
	}
	ctx, done := untilSignal(ctx)
	defer done()
	out, err := e.outputs(o)
	if err != nil {
		return err
	}
	defer out.abort()
	options.Results, options.Rejects = out.results, out.rejected()
	var people *cohort.Roster
	if o.report != "" {
		people = cohort.NewRoster(c)
		options.Roster = people
	}
	progress, usual := lateCollection(options.Progress)
	defer usual()
	options.Progress = progress
	scoring := cohort.New(c, options)
	for _, name := range files {
		err := e.scoreTable(ctx, scoring, name, o)
		e.clearProgress()
		if err != nil {
			return err
		}
	}
	summary := scoring.Summary()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err := out.commit(summary, people); err != nil {
		return quietPipe(plainError(err))
	}
	return e.cohortDone(scoring, summary, o)
}

// cohortDone says what the respondents come to together.
func (e *env) cohortDone(scoring *cohort.Scoring, summary *cohort.Summary, o *cohortOptions) error {
	if err := report.CohortText(e.err, summary, e.lookOn(e.terminal.err)); err != nil {
		return err
	}
	if o.verbose {
		e.say("note: %s", laneWords(scoring.Lane()))
	}
	if summary.Rejected > 0 {
		return errFound
	}
	return nil
}

// laneWords says which rows took the fast way. It is as exact as the other; what it
// changes is the time.
func laneWords(l cohort.Lane) string {
	s := fmt.Sprintf("%d of %d scored rows took the fast way", l.Rows, l.Rows+l.Apart)
	switch {
	case l.Why != "":
		s += ": " + l.Why
	case l.Apart > 0:
		s += ": the figures of the others do not fit into 64 bits"
	}
	return s
}

// checkCohort refuses what cannot work before anything is read.
func (e *env) checkCohort(files []string, o *cohortOptions) error {
	if err := checkOutputs(files, o); err != nil {
		return err
	}
	inputs := append(slices.Clone(files), o.quiz)
	if slices.Index(inputs, stdin) != lastIndex(inputs, stdin) {
		return hint(errors.New("standard input can be read once only"), "name a file for the others")
	}
	switch {
	case o.explain && o.output.format != "jsonl":
		return hint(errors.New("--explain has no place in CSV"), "add --format jsonl")
	case o.workers < 0 || o.thresholds.LongString < 0 || !(o.thresholds.LowVariance >= 0) || !(o.thresholds.Fast >= 0):
		return errors.New("--workers, --long-string, --low-variance and --fast must not be negative")
	}
	return nil
}

func lastIndex(all []string, one string) int {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i] == one {
			return i
		}
	}
	return -1
}

// cohortOptions turns what the command line says into what scoring needs.
func (e *env) cohortOptions(c *score.Compiled, o *cohortOptions) (options cohort.Options, err error) {
	options = cohort.Options{
		Columns: columns.Options{ID: o.id, By: o.by}, Workers: o.workers, Thresholds: o.thresholds, Rescore: o.rescore,
		Notice: func(s string) { e.say("note: %s", text.Line(s)) }, Progress: e.rowProgress(),
	}
	if o.mapFile != "" {
		src, err := readFile(o.mapFile)
		if err != nil {
			return options, err
		}
		m, found := columns.ReadMap(c.Quiz, o.mapFile, src)
		if found != nil {
			return options, found
		}
		options.Columns.Map = m
	}
	if o.anonymize != "" {
		if options.Hash, err = keyedHash(o.anonymize); err != nil {
			return options, err
		}
	}
	if o.output.format == "jsonl" {
		var written report.Rows
		options.Encode = func(r *score.Result, id string) (head, rest []byte, err error) {
			full := &report.Result{Result: r}
			if o.explain {
				explainResult(c, full)
			}
			return written.JSON(full, id)
		}
	}
	return options, nil
}

// minKey is how many bytes a key must have at least, so that ids cannot be tried out.
const minKey = 16

// keyedHash replaces ids by HMAC-SHA-256 (RFC 2104), cut to 128 bits.
func keyedHash(file string) (func([]byte) string, error) {
	key, err := readFile(file)
	if err != nil {
		return nil, err
	}
	if len(key) < minKey {
		return nil, hint(fmt.Errorf("the key in %s has %d bytes; it takes at least %d", file, len(key), minKey),
			"head -c 32 /dev/urandom > %s makes one; keep it to yourself", file)
	}
	return func(id []byte) string {
		if len(id) == 0 {
			return ""
		}
		h := hmac.New(sha256.New, key)
		h.Write(id)
		return hex.EncodeToString(h.Sum(nil)[:16])
	}, nil
}
