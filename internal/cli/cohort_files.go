package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/report"
	"github.com/rolefit/rolefit/internal/store"
)

// cohortFiles are the outputs of a cohort: all of them whole, or none.
type cohortFiles struct {
	results io.Writer
	stdout  *bufio.Writer // where results go that have no file
	rejects *store.File
	summary *store.File
	report  *store.File
	open    []*store.File
}

// checkOutputs refuses files of which one would take another's place.
func checkOutputs(inputs []string, o *cohortOptions) error {
	all := []struct{ flag, file string }{{"-o", o.output.file}, {"--rejects", o.rejects}, {"--summary", o.summary}, {"--report", o.report}}
	read := append(slices.Clone(inputs), o.mapFile, o.anonymize)
	if isPath(o.quiz) {
		read = append(read, o.quiz)
	}
	for i, one := range all {
		switch {
		case one.file == "" || i == 0 && one.file == stdin:
			continue
		case one.file == stdin:
			return hint(fmt.Errorf("%s goes to a file, not to standard output", one.flag), "name a file")
		}
		if err := writable(one.file); err != nil {
			return err
		}
		for _, other := range all[:i] {
			if sameFile(one.file, other.file) {
				return hint(fmt.Errorf("%s and %s name the same file", other.flag, one.flag), "give each its own")
			}
		}
		for _, in := range read {
			if sameFile(one.file, in) {
				return hint(fmt.Errorf("%s would take the place of %s, which is read", one.flag, in), "name another file")
			}
		}
	}
	return nil
}

// sameFile reports whether two names lead to one regular file, which may not be there yet.
func sameFile(a, b string) bool {
	if b == "" || b == stdin {
		return false
	}
	first, err := os.Stat(a)
	if err != nil {
		a, errA := filepath.Abs(a)
		b, errB := filepath.Abs(b)
		return errA == nil && errB == nil && a == b
	}
	second, err := os.Stat(b)
	return err == nil && first.Mode().IsRegular() && os.SameFile(first, second)
}

// outputs makes the files that were asked for.
func (e *env) outputs(o *cohortOptions) (*cohortFiles, error) {
	f := &cohortFiles{stdout: bufio.NewWriterSize(e.out, 1<<16)}
	f.results = f.stdout
	for _, one := range []struct {
		name string
		use  func(*store.File)
	}{
		{o.output.file, func(file *store.File) { f.results = file }},
		{o.rejects, func(file *store.File) { f.rejects = file }},
		{o.summary, func(file *store.File) { f.summary = file }},
		{o.report, func(file *store.File) { f.report = file }},
	} {
		if one.name == "" || one.name == stdin {
			continue
		}
		file, err := store.Create(one.name)
		if err != nil {
			f.abort()
			return nil, plainError(err)
		}
		f.open = append(f.open, file)
		one.use(file)
	}
	return f, nil
}

// rejected is where rows go that could not be scored; nil: no file was named for them.
func (f *cohortFiles) rejected() io.Writer {
	if f.rejects == nil {
		return nil
	}
	return f.rejects
}

// commit writes the statistics and the report, and puts every file under its name.
func (f *cohortFiles) commit(s *cohort.Summary, people *cohort.Roster) error {
	if f.report != nil {
		if err := report.CohortHTML(f.report, s, people); err != nil {
			return err
		}
	}
	if f.summary != nil {
		if err := report.CohortJSON(f.summary, s); err != nil {
			return err
		}
	}
	if err := f.stdout.Flush(); err != nil {
		return err
	}
	for _, file := range f.open { // a full disk shows here, before any of them has its name
		if err := file.Sync(); err != nil {
			return err
		}
	}
	for len(f.open) > 0 {
		file := f.open[0]
		f.open = f.open[1:]
		if err := file.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// abort leaves nothing behind of what is not committed.
func (f *cohortFiles) abort() {
	for _, file := range f.open {
		file.Abort()
	}
	f.open = nil
}

// betweenShows is how long a progress line stands before the next one.
const betweenShows = 200 * time.Millisecond

// rowProgress shows on a terminal how many rows are scored; nil: standard error is none.
func (e *env) rowProgress() func(rows, bytes int64) {
	if !isTerminal(e.terminal.err) {
		return nil
	}
	last := e.now()
	return func(rows, bytes int64) {
		if now := e.now(); now.Sub(last) >= betweenShows {
			last = now
			fmt.Fprintf(e.err, "\r\x1b[K%d rows, %d MB", rows, bytes/1e6)
		}
	}
}

// clearProgress takes the progress line away.
func (e *env) clearProgress() {
	if isTerminal(e.terminal.err) {
		fmt.Fprint(e.err, "\r\x1b[K")
	}
}
