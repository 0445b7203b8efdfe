package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/store"
	"github.com/rolefit/rolefit/internal/text"
)

// results is where finished runs are kept.
func results() store.Results {
	return store.Results{Dir: filepath.Join(xdg.DataHome, "rolefit", "results")}
}

// memory is a saved result: the answers, and the quiz as it was then, so that
// it comes to the same whatever becomes of the quiz.
type memory struct {
	Schema     int             `json:"schema"`
	Saved      time.Time       `json:"saved"`
	Sheet      json.RawMessage `json:"sheet"`
	Definition string          `json:"definition"`
}

// memorySchema is the version of saved results.
const memorySchema = 1

// remember keeps a finished run, and the definition that it answered.
func (e *env) remember(definition []byte, q *quiz.Quiz, sheet *quiz.Sheet) error {
	answers, err := sheet.JSON(q)
	if err != nil {
		return err
	}
	data, err := json.Marshal(memory{memorySchema, e.now().UTC().Truncate(time.Second), answers, string(definition)})
	if err != nil {
		return err
	}
	id, err := results().Save(e.now(), append(data, '\n'))
	if err != nil {
		return err
	}
	e.say("Saved: rolefit history show %s", id)
	return nil
}

// recall scores a saved result again.
func recall(saved store.Saved) (report.Remembered, error) {
	var m memory
	if saved.Err != nil {
		return report.Remembered{}, plainError(saved.Err)
	}
	if err := json.Unmarshal(saved.Data, &m); err != nil || m.Schema != memorySchema {
		return report.Remembered{}, errors.New("it is no saved result")
	}
	q, found := quiz.Decode(saved.ID, []byte(m.Definition))
	if found != nil {
		return report.Remembered{}, errors.New("its quiz cannot be read")
	}
	sheet, found := quiz.ReadSheet(q, saved.ID+".json", bytes.TrimSpace(m.Sheet), false)
	if found != nil {
		return report.Remembered{}, errors.New("its answers cannot be read")
	}
	r, err := score.Compile(q).Score(sheet.Answers)
	if err != nil {
		return report.Remembered{}, fmt.Errorf("it cannot be scored: %w", err)
	}
	r.Respondent = sheet.Respondent
	return report.Remembered{ID: saved.ID, Saved: m.Saved, Result: r}, nil
}

func newHistory(e *env) *cobra.Command {
	c := &cobra.Command{
		Use:   "history",
		Short: "Look at the results you have saved",
		Long: "history keeps what you answered, when you took a quiz on a terminal to its end, and what it came\n" +
			"to. It is kept on this computer alone, readable by you alone; --no-save keeps nothing.",
		Example: "  rolefit history                       what there is\n" +
			"  rolefit history show                  the latest result again\n" +
			"  rolefit history diff 20261123 20261201   what moved, and which answers moved it\n" +
			"  rolefit history rm --all              forget everything",
		Args: noSuchCommand,
	}
	list := newHistoryList(e)
	c.RunE = func(_ *cobra.Command, args []string) error { return list.RunE(list, args) }
	for _, sub := range []*cobra.Command{list, newHistoryShow(e), newHistoryDiff(e), newHistoryRemove(e)} {
		sub.Args = explained(sub.Args)
		c.AddCommand(sub)
	}
	return c
}

func newHistoryList(e *env) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use: "list", Short: "List the saved results, the latest first", Example: "  rolefit history list --format json",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			all, err := e.remembered()
			if err != nil {
				return err
			}
			return writeAs(e, &o, report.HistoryFormats(), all)
		},
	}
	o.flags(c, formatNames(report.HistoryFormats()))
	return c
}

func newHistoryShow(e *env) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use: "show [ID]", Short: "Show a saved result again", Example: "  rolefit history show\n  rolefit history show 20261123 --format markdown -o result.md",
		Args: cobra.MaximumNArgs(1), ValidArgsFunction: e.completeHistory,
		RunE: func(_ *cobra.Command, args []string) error {
			one, err := e.rememberedAs(strings.Join(args, ""))
			if err != nil {
				return err
			}
			full := &report.Result{Result: one.Result, Answered: one.Saved}
			explainResult(score.Compile(one.Quiz), full)
			return writeAs(e, &o, report.ResultFormats(), full)
		},
	}
	o.flags(c, formatNames(report.ResultFormats()))
	return c
}

func newHistoryDiff(e *env) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use: "diff ID ID", Short: "Say what moved between two results, and which answers moved it",
		Long: "diff compares two saved results of one quiz: the outcome, the fits, the scores, and every answer\n" +
			"that is another one, with what it did to the lead of one role over the other.",
		Example: "  rolefit history diff 20261123-190000 20261201-080000",
		Args:    cobra.ExactArgs(2), ValidArgsFunction: e.completeHistory,
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := e.rememberedAs(args[0])
			if err != nil {
				return err
			}
			b, err := e.rememberedAs(args[1])
			if err != nil {
				return err
			}
			if a.Quiz.ID != b.Quiz.ID {
				return fmt.Errorf("%s is a result of the quiz %s and %s one of %s: they cannot be compared", a.ID, a.Quiz.ID, b.ID, b.Quiz.ID)
			}
			return writeAs(e, &o, report.HistoryDiffFormats(), report.HistoryDiff{Old: a, New: b})
		},
	}
	o.flags(c, formatNames(report.HistoryDiffFormats()))
	return c
}

func newHistoryRemove(e *env) *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use: "rm ID...", Short: "Forget saved results", Example: "  rolefit history rm 20261123-190000\n  rolefit history rm --all",
		ValidArgsFunction: e.completeHistory,
		Args:              cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if all == (len(args) > 0) {
				return hint(errors.New("which results?"), "name their ids, or give --all alone for every one")
			}
			return e.forget(args, all)
		},
	}
	c.Flags().BoolVar(&all, "all", false, "forget every saved result, and every unfinished run")
	return c
}

// remembered reads all saved results, the latest first. What is none is skipped, and said.
func (e *env) remembered() ([]report.Remembered, error) {
	saved, err := results().All()
	if err != nil {
		return nil, plainError(err)
	}
	var all []report.Remembered
	for i := len(saved) - 1; i >= 0; i-- {
		one, err := recall(saved[i])
		if err != nil {
			e.warn("%s is skipped: %s", text.Line(saved[i].ID), text.Line(err.Error()))
			continue
		}
		all = append(all, one)
	}
	return all, nil
}

// rememberedAs finds a result by its id or how it begins; "" is the latest.
func (e *env) rememberedAs(id string) (report.Remembered, error) {
	saved, err := results().All()
	if err != nil {
		return report.Remembered{}, plainError(err)
	}
	found, err := pick(saved, id)
	if err != nil {
		return report.Remembered{}, err
	}
	one, err := recall(found)
	if err != nil {
		return one, fmt.Errorf("the saved result %s: %w", found.ID, err)
	}
	return one, nil
}

func pick(saved []store.Saved, id string) (store.Saved, error) {
	var matches []store.Saved
	for _, one := range saved {
		if one.ID == id {
			return one, nil
		}
		if strings.HasPrefix(one.ID, id) {
			matches = append(matches, one)
		}
	}
	switch {
	case len(saved) == 0:
		return store.Saved{}, hint(errors.New("nothing is saved yet"), "rolefit quiz saves a result when it is taken on a terminal to its end")
	case id == "":
		return saved[len(saved)-1], nil
	case len(matches) == 1:
		return matches[0], nil
	case len(matches) > 1:
		return store.Saved{}, hint(fmt.Errorf("%d saved results begin with %q", len(matches), id), "rolefit history lists them")
	}
	return store.Saved{}, hint(fmt.Errorf("there is no saved result %q", text.Line(id)), "rolefit history lists them")
}

// forget removes results; all of them, also those that cannot be read.
func (e *env) forget(ids []string, all bool) error {
	saved, err := results().All()
	if err != nil {
		return plainError(err)
	}
	var gone []string
	for _, id := range ids { // whole: the beginning of one could be that of another
		if !slices.ContainsFunc(saved, func(one store.Saved) bool { return one.ID == id }) {
			return hint(fmt.Errorf("there is no saved result %q", text.Line(id)), "rolefit history lists them; rm takes whole ids")
		}
		gone = append(gone, id)
	}
	for _, one := range saved {
		if all {
			gone = append(gone, one.ID)
		}
	}
	slices.Sort(gone)
	gone = slices.Compact(gone)
	for _, id := range gone {
		if err := results().Remove(id); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return plainError(err)
		}
	}
	if !all {
		e.say("forgotten: %s", text.Count(len(gone), "result"))
		return nil
	}
	n, err := forgetRuns()
	e.say("forgotten: %s, %s", text.Count(len(gone), "result"), text.Count(n, "unfinished run"))
	return err
}

// forgetRuns removes the unfinished runs of every quiz.
func forgetRuns() (n int, err error) {
	all, err := runs().Of("")
	if err != nil {
		return 0, plainError(err)
	}
	for _, run := range all {
		if _, err := run.Read(); err != nil {
			return n, plainError(err)
		}
		kept, err := run.Remove()
		if err != nil {
			return n, plainError(err)
		}
		if !kept {
			n++
		}
	}
	return n, nil
}

// completeHistory offers ids to the shell.
func (e *env) completeHistory(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	saved, _ := results().All()
	var ids []string
	for _, one := range saved {
		ids = append(ids, one.ID)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
