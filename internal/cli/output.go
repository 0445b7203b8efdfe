package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/store"
	"github.com/rolefit/rolefit/internal/text"
)

// output is where a command's result goes: --format and -o.
type output struct {
	format string
	file   string
}

// flags adds them to a command, which refuses an unknown format before it runs.
func (o *output) flags(c *cobra.Command, formats []string) {
	c.PreRunE = func(*cobra.Command, []string) error { return o.check(formats) }
	c.Flags().StringVar(&o.format, "format", formats[0], "how to write it: "+strings.Join(formats, ", "))
	fileFlag(c, &o.file)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// fileFlag is -o, the same on every command that has it.
func fileFlag(c *cobra.Command, file *string) {
	c.Flags().StringVarP(file, "output", "o", "", "write to this `file`, whole or not at all, instead of standard output")
}

// check refuses an unknown format, and a file that cannot be written.
func (o *output) check(formats []string) error {
	if slices.Contains(formats, o.format) {
		return writable(o.file)
	}
	err := fmt.Errorf("there is no format %q here", o.format)
	if near := text.Near(o.format, formats); near != "" {
		return hint(err, "did you mean %s?", near)
	}
	return hint(err, "the formats are %s", strings.Join(formats, ", "))
}

// writable refuses a file that cannot be written before any work is done.
func writable(file string) error {
	if file == "" || file == stdin {
		return nil
	}
	if isFolder(file) {
		return hint(fmt.Errorf("%s is a folder", file), "name a file in it with -o")
	}
	if folder := filepath.Dir(file); !isFolder(folder) {
		return hint(fmt.Errorf("%s cannot be written: there is no folder %s", file, folder), "make the folder first, or name another file with -o")
	}
	return nil
}

// write sends what fill produces to the file or to standard output, complete or not at all.
func (e *env) write(file string, fill func(io.Writer) error) error {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return err
	}
	if file == "" || file == stdin {
		_, err := e.out.Write(b.Bytes())
		return err
	}
	if err := store.WriteFile(file, b.Bytes()); err != nil {
		return plainError(err)
	}
	return nil
}

// formatNames lists the names of a list of formats.
func formatNames[T any](formats []report.Format[T]) []string {
	all := make([]string, len(formats))
	for i, f := range formats {
		all[i] = f.Name
	}
	return all
}

// writeAs writes v in the format that was asked for, where it was asked for.
func writeAs[T any](e *env, o *output, formats []report.Format[T], v T) error {
	return e.write(o.file, func(w io.Writer) error {
		for _, f := range formats {
			if f.Name == o.format {
				return f.Write(w, v, e.look())
			}
		}
		return nil
	})
}

// stream is write for what need not fit into memory.
func (e *env) stream(file string, fill func(io.Writer) error) error {
	if file == "" || file == stdin {
		b := bufio.NewWriterSize(e.out, 1<<16)
		if err := fill(b); err != nil {
			return err
		}
		return b.Flush()
	}
	f, err := store.Create(file)
	if err != nil {
		return plainError(err)
	}
	b := bufio.NewWriterSize(f, 1<<16)
	if err = fill(b); err == nil {
		err = b.Flush()
	}
	if err != nil {
		f.Abort()
		return plainError(err)
	}
	return plainError(f.Commit())
}
