package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const someRows = "id,q1,q2\na,1,5\nb,2,4\n"

// manyRows are someRows and more of them, a tenth as many in short mode: still far
// more than a pipe holds.
func manyRows(more int) string {
	if testing.Short() {
		more /= 10
	}
	return someRows + strings.Repeat("a,1,5\n", more)
}

// begun is a run that has read some of its table and waits for more of it.
type begun struct {
	dir  string
	run  *exec.Cmd
	pipe *os.File
	said *bytes.Buffer
}

// beginWaiting starts a run whose table comes through a pipe that stays open, and
// waits until its outputs are being written.
func beginWaiting(t *testing.T, rows string) *begun {
	t.Helper()
	b := &begun{dir: t.TempDir(), said: new(bytes.Buffer)}
	writeFiles(t, b.dir, map[string]string{"quiz.toml": cohortQuiz, "there.csv": "what stood there\n"})
	fifo := filepath.Join(b.dir, "table")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	b.run = rolefitCommand(t, "cohort", "score", fifo, "--quiz", "./quiz.toml", "-o", "there.csv", "--rejects", "rejects.csv", "--summary", "summary.json")
	b.run.Dir, b.run.Stderr = b.dir, b.said
	if err := b.run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.run.Process.Kill() })
	for start := time.Now(); len(b.temporary(t)) < 3; time.Sleep(5 * time.Millisecond) {
		if time.Since(start) > 20*time.Second {
			t.Fatal("it has not begun")
		}
	}
	if rows == "" {
		return b
	}
	var err error
	if b.pipe, err = os.OpenFile(fifo, os.O_WRONLY, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.pipe.Close() })
	if _, err := b.pipe.WriteString(rows); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *begun) temporary(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(b.dir, ".rolefit-*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// end waits for the run and gives its exit code; −1 when a signal killed it.
func (b *begun) end(t *testing.T) int {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- b.run.Wait() }()
	select {
	case <-done:
		return b.run.ProcessState.ExitCode()
	case <-time.After(20 * time.Second):
		t.Fatal("it does not end")
	}
	return 0
}

// checkUntouched: no file has its final name, and what stood there still does.
func (b *begun) checkUntouched(t *testing.T) {
	t.Helper()
	if old, err := os.ReadFile(filepath.Join(b.dir, "there.csv")); err != nil || string(old) != "what stood there\n" {
		t.Errorf("what stood there is %q, %v", old, err)
	}
	for _, name := range []string{"rejects.csv", "summary.json"} {
		if _, err := os.Stat(filepath.Join(b.dir, name)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCohortEndedBySignals: whatever ends it, and whatever it waits for.
func TestCohortEndedBySignals(t *testing.T) {
	much := manyRows(200_000)
	for name, one := range map[string]struct {
		signal syscall.Signal
		rows   string
		code   int
	}{
		"Ctrl-C":                   {syscall.SIGINT, much, 130},
		"Ctrl-C before any row":    {syscall.SIGINT, "", 130},
		"Ctrl-C within the header": {syscall.SIGINT, "id,q1", 130},
		"told to end":              {syscall.SIGTERM, much, 143},
		"terminal gone":            {syscall.SIGHUP, someRows, 129},
		"killed":                   {syscall.SIGKILL, much, -1},
	} {
		t.Run(name, func(t *testing.T) {
			b := beginWaiting(t, one.rows)
			if err := b.run.Process.Signal(one.signal); err != nil {
				t.Fatal(err)
			}
			if code := b.end(t); code != one.code {
				t.Errorf("exit code %d, want %d", code, one.code)
			}
			b.checkUntouched(t)
			if left := b.temporary(t); one.signal != syscall.SIGKILL && len(left) > 0 {
				t.Errorf("it leaves %q", left)
			}
			if b.said.Len() > 0 {
				t.Errorf("it says %q", b.said)
			}
		})
	}
}

// TestCohortEndsWhole: the same run, left alone, writes all of its files.
func TestCohortEndsWhole(t *testing.T) {
	b := beginWaiting(t, someRows)
	_ = b.pipe.Close()
	if code := b.end(t); code != exitDone || len(b.temporary(t)) > 0 {
		t.Errorf("exit code %d, it leaves %q", code, b.temporary(t))
	}
	for name, want := range map[string]string{"there.csv": "b,b,strong", "rejects.csv": "row,reason,id,q1,q2\n", "summary.json": `"rows":2`} {
		if got, err := os.ReadFile(filepath.Join(b.dir, name)); err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestCohortOnClosedPipe: who reads only the first lines hears nothing of the rest.
func TestCohortOnClosedPipe(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"quiz.toml": cohortQuiz, "t.csv": manyRows(300_000)})
	c := rolefitCommand(t, "cohort", "score", "t.csv", "--quiz", "./quiz.toml", "--rejects", "rejects.csv")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	c.Dir, c.Stdout, c.Stderr = dir, write, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	if _, err := read.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	_ = read.Close()
	_ = c.Wait()
	if said.Len() > 0 || c.ProcessState.ExitCode() != exitSignals+int(syscall.SIGPIPE) {
		t.Errorf("exit code %d, it says %q", c.ProcessState.ExitCode(), said.String())
	}
	names, err := filepath.Glob(filepath.Join(dir, ".*"))
	if _, missing := os.Stat(filepath.Join(dir, "rejects.csv")); err != nil || len(names) > 0 || missing == nil {
		t.Errorf("it leaves %q, %v, rejects.csv %v", names, err, missing)
	}
}

// TestCohortOnFullDisk: a file that may not grow is as good as a full disk.
func TestCohortOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"quiz.toml": cohortQuiz, "t.csv": manyRows(100_000), "there.csv": "what stood there\n"})
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(dir, "rolefit")); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string]string{
		"file may not grow": "-o there.csv --rejects rejects.csv", "device": "-o /dev/full --rejects rejects.csv", "stdout": "--rejects rejects.csv > /dev/full",
		"summary": "-o there.csv --rejects rejects.csv --summary /dev/full",
	} {
		t.Run(name, func(t *testing.T) {
			limit := ""
			if name == "file may not grow" {
				limit = "ulimit -f 64; trap '' XFSZ; "
			}
			c := exec.Command("sh", "-c", limit+"exec ./rolefit cohort score t.csv --quiz ./quiz.toml "+args)
			var said bytes.Buffer
			c.Dir, c.Stderr = dir, &said
			_ = c.Run()
			if code := c.ProcessState.ExitCode(); code != exitFailed || strings.Count(said.String(), "\n") != 1 {
				t.Errorf("exit code %d, it says %q", code, said.String())
			}
			b := &begun{dir: dir}
			b.checkUntouched(t)
			if left := b.temporary(t); len(left) > 0 {
				t.Errorf("it leaves %q", left)
			}
		})
	}
}
