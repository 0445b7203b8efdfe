package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/rolefit/rolefit/internal/ask"
	"github.com/rolefit/rolefit/internal/cohort"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/xlsx"
)

// scoreTable opens one table and scores it. When the process is told to stop it
// does not wait for input that may never come.
func (e *env) scoreTable(ctx context.Context, s *cohort.Scoring, name string, o *cohortOptions) error {
	done := make(chan error, 1)
	go func() { done <- e.readTable(ctx, s, name, o) }()
	select {
	case err := <-done:
		return quietPipe(err)
	case <-ctx.Done():
	}
	select {
	case <-done: // temporary files are gone
	case <-time.After(betweenShows):
	}
	return context.Cause(ctx)
}

// lateCollection keeps memory from being collected while the tables and buffers
// are made that stay to the end: a collection would free none of it. With the first rows
// written, or with usual, it goes on as ever.
func lateCollection(progress func(rows, bytes int64)) (late func(rows, bytes int64), usual func()) {
	before := debug.SetGCPercent(collectLate)
	usual = sync.OnceFunc(func() { debug.SetGCPercent(before) })
	return func(rows, bytes int64) {
		usual()
		if progress != nil {
			progress(rows, bytes)
		}
	}, usual
}

// collectLate is by how many percent memory may grow meanwhile.
const collectLate = 1000

// quietPipe makes of a closed pipe the signal that other programs end by, without a word.
func quietPipe(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return ask.Interrupted{Signal: syscall.SIGPIPE}
	}
	return err
}

func (e *env) readTable(ctx context.Context, s *cohort.Scoring, name string, o *cohortOptions) error {
	in, shown, done, err := e.table(name)
	if err != nil {
		return err
	}
	defer done()
	src, err := rows.Open(in, rows.Options{Workbook: xlsx.Open, Sheet: o.sheet})
	if err != nil {
		return fmt.Errorf("%s: %w", shown, plainError(err))
	}
	defer src.Close()
	if err := s.Table(ctx, src); err != nil {
		return tableError(shown, err)
	}
	return nil
}

// tableError says which table it was, unless the error names a file of its own.
func tableError(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return plainError(err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// untilSignal ends the context when the process is told to stop, so that what
// was begun is taken away again. A closed pipe is such a signal, too.
func untilSignal(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	told := make(chan os.Signal, 1)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE} {
		if !signal.Ignored(s) { // as nohup wants it
			signal.Notify(told, s)
		}
	}
	go func() {
		select {
		case s := <-told:
			if n, ok := s.(syscall.Signal); ok {
				cancel(ask.Interrupted{Signal: n})
				return
			}
			cancel(errors.New("interrupted"))
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(told)
		cancel(nil)
	}
}
