package cli

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/diff"
	"github.com/rolefit/rolefit/internal/report"
)

// diffOptions is what the command line of `rolefit diff` says.
type diffOptions struct {
	output
	answers  []string
	rescore  bool
	counting counting
}

// diffMemory is more than the odds of one quiz take: two versions have more different sums.
const diffMemory = 512

func newDiff(e *env) *cobra.Command {
	var o diffOptions
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what changed between two versions of a quiz, and whose outcome moves",
		Long: "diff lists what changed and says of each change whether it is wording (the digest stays),\n" +
			"neutral (no complete answer sheet gets another outcome: proved), scoring (with the exact share of\n" +
			"sheets whose outcome moves, and one of them) or breaking (stored sheets cannot be read any more).\n" +
			"The share speaks of somebody who answers every question of either version at random, with the\n" +
			"answers that both have. It ends with 1 when anything is scoring or breaking, or when the version\n" +
			"did not rise as semantic versioning asks: breaking major, scoring minor, anything else patch.",
		Example: "  rolefit diff old.toml ./quiz.toml\n" +
			"  git show HEAD:quiz.toml | rolefit diff - ./quiz.toml\n" +
			"  rolefit diff old.toml new.toml --answers sheets.jsonl",
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: completeFiles,
		RunE:              func(_ *cobra.Command, args []string) error { return e.runDiff(args[0], args[1], &o) },
	}
	f := c.Flags()
	f.StringArrayVar(&o.answers, "answers", nil, "say who moves: answer sheets of OLD, a `file` each or JSONL (repeatable)")
	f.BoolVar(&o.rescore, "rescore", false, "take sheets that were answered on another state of OLD")
	o.counting.flags(c, diffMemory)
	o.output.flags(c, formatNames(report.DiffFormats()))
	return c
}

func (e *env) runDiff(before, after string, o *diffOptions) error {
	if err := o.counting.check(); err != nil {
		return err
	}
	if before == stdin && after == stdin {
		return hint(errors.New("OLD and NEW cannot both come from standard input"), "name a file for one of them")
	}
	a, err := e.quiz(before)
	if err != nil {
		return err
	}
	b, err := e.quiz(after)
	if err != nil {
		return err
	}
	people, err := e.panel(diff.NewPanel(a, b, o.rescore), o.answers)
	if err != nil {
		return err
	}
	d := &report.Diff{Diff: diff.Of(a, b, o.counting.limits()), People: people}
	if err := writeAs(e, &o.output, report.DiffFormats(), d); err != nil {
		return err
	}
	if d.Found() {
		return errFound
	}
	return nil
}

// panel scores the sheets that were asked for.
func (e *env) panel(p *diff.Panel, files []string) ([]diff.Person, error) {
	var people []diff.Person
	for _, file := range files {
		sheets, err := sheetsIn(file)
		if err != nil {
			return nil, err
		}
		for _, s := range sheets {
			person, err := p.Score(s.name, s.src)
			if found := (diag.List{}); err != nil && !errors.As(err, &found) {
				err = fmt.Errorf("%s: %w", s.name, err)
			}
			if err != nil {
				return nil, err
			}
			people = append(people, person)
		}
	}
	return people, nil
}

// sheetSource is one answer sheet as it stands in a file.
type sheetSource struct {
	name string
	src  []byte
}

// maxSheets bounds a file of many sheets, in bytes.
const maxSheets = 256 << 20

// sheetsIn reads a file of one sheet, or of one a line.
func sheetsIn(file string) ([]sheetSource, error) {
	if lower := strings.ToLower(file); !strings.HasSuffix(lower, ".jsonl") && !strings.HasSuffix(lower, ".ndjson") {
		src, err := readFile(file)
		return []sheetSource{{file, src}}, err
	}
	src, err := readUpTo(file, maxSheets+1)
	if err != nil {
		return nil, err
	}
	if len(src) > maxSheets {
		return nil, hint(fmt.Errorf("%s is larger than %d MiB", file, maxSheets>>20), "split it into several files")
	}
	var all []sheetSource
	for i, line := range bytes.Split(src, []byte("\n")) {
		if len(bytes.TrimSpace(line)) > 0 {
			all = append(all, sheetSource{fmt.Sprintf("%s:%d", file, i+1), line})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s holds no answer sheet", file)
	}
	return all, nil
}
