package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/text"
)

func newExplain(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: "Explain a rule of validate",
		Long: "explain says what a rule of rolefit validate is about, why it matters, and how what breaks\n" +
			"it is mended. Without RULE it lists all rules.",
		Example:           "  rolefit explain\n  rolefit explain straight-line",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(ruleIDs(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return e.write("", func(w io.Writer) error { return report.RuleList(w, diag.Rules(), e.look()) })
			}
			return e.runExplain(args[0])
		},
	}
}

func ruleIDs() []string {
	var ids []string
	for _, r := range diag.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

func (e *env) runExplain(id string) error {
	rule := diag.RuleNamed(id)
	if rule == nil {
		err := fmt.Errorf("there is no rule %q", id)
		if near := text.Near(id, ruleIDs()); near != "" {
			return hint(err, "did you mean %s?", near)
		}
		return hint(err, "rolefit explain lists all rules")
	}
	return e.write("", func(w io.Writer) error { return report.RulePage(w, rule, e.look()) })
}
