package cli

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/quiz"
)

func newSchema(e *env) *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the quiz format, for editors",
		Long: "schema prints the JSON Schema (2020-12) of the quiz format. With this first line in a\n" +
			"definition, editors that know Taplo (Even Better TOML in VS Code) complete and check it:\n\n" +
			"  #:schema ./rolefit.schema.json",
		Example: "  rolefit schema -o rolefit.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return e.write(file, func(w io.Writer) error {
				_, err := w.Write(quiz.Schema())
				return err
			})
		},
	}
	fileFlag(c, &file)
	return c
}
