package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/text"
	"github.com/rolefit/rolefit/quizzes"
)

func newRoles(e *env) *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "roles [QUIZ] [ROLE]",
		Short: "Show a role's card: what it is, its path, how to break in, its credentials",
		Example: "  rolefit roles                every role of the default quiz\n" +
			"  rolefit roles po             one of them\n" +
			"  rolefit roles pm-po-quick pm",
		Args:              cobra.MaximumNArgs(2),
		ValidArgsFunction: e.completeRole,
		RunE: func(_ *cobra.Command, args []string) error {
			name, role := splitRole(args)
			q, err := e.quiz(name)
			if err != nil {
				return err
			}
			roles, err := rolesNamed(q, role)
			if err != nil {
				return err
			}
			return e.write(file, func(w io.Writer) error { return report.RoleCards(w, q, roles, e.look()) })
		},
	}
	fileFlag(c, &file)
	return c
}

// completeRole offers quizzes first, also the roles of the default one, and then
// the roles of the quiz that was named.
func (e *env) completeRole(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		all, files := completeQuiz(c, args, word)
		return append(e.roleIDs(quizArg(nil)), all...), files
	}
	if len(args) > 1 || args[0] == stdin {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return e.roleIDs(args[0]), cobra.ShellCompDirectiveNoFileComp
}

// roleIDs lists the roles of a quiz; none where it cannot be read.
func (e *env) roleIDs(name string) []string {
	q, err := e.quiz(name)
	if err != nil {
		return nil
	}
	var ids []string
	for _, r := range q.Roles {
		ids = append(ids, r.ID+"\t"+text.Line(r.Name))
	}
	return ids
}

// splitRole reads [QUIZ] [ROLE]: a single argument that is no quiz is a role of the default one.
func splitRole(args []string) (name, role string) {
	switch {
	case len(args) == 2:
		return args[0], args[1]
	case len(args) == 1 && args[0] != stdin && !isPath(args[0]) && quizzes.Source(args[0]) == nil:
		return quizArg(nil), args[0]
	}
	return quizArg(args), ""
}

// rolesNamed finds one role, or all of them for an empty id.
func rolesNamed(q *quiz.Quiz, id string) ([]*quiz.Role, error) {
	var all []*quiz.Role
	var ids []string
	for i := range q.Roles {
		all = append(all, &q.Roles[i])
		ids = append(ids, q.Roles[i].ID)
	}
	if id == "" {
		return all, nil
	}
	if i := slices.Index(ids, id); i >= 0 {
		return all[i : i+1], nil
	}
	err := fmt.Errorf("the quiz %s has no role %q", q.ID, id)
	if near := text.Near(id, append(ids, quizzes.IDs()...)); near != "" {
		return nil, hint(err, "did you mean %s?", near)
	}
	return nil, hint(err, "its roles are %s", strings.Join(ids, " and "))
}
