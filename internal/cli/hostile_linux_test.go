package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The most that checking one file may take, however it was made. On a machine
// with nothing else to do it is below two seconds.
const (
	mostTime = 8 * time.Second
	mostMiB  = 350
)

const hostileHead = "format = 1\nid = \"h\"\nversion = \"1.0.0\"\ntitle = \"H\"\n[scale]\nlabels = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n"

// each joins what a function makes of the numbers from 0 on.
func each(n int, make func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(make(i))
	}
	return b.String()
}

// large is a quiz that is well formed and has as much as is asked for.
func large(dimensions, roles int, questions string) string {
	return hostileHead + each(dimensions, func(i int) string { return fmt.Sprintf("[[dimension]]\nid = \"d%d\"\nabout = \"x\"\n", i) }) +
		questions + each(roles, func(r int) string {
		weights := each(dimensions, func(d int) string { return fmt.Sprintf("d%d = %d, ", d, 1+(r*13+d*7)%9) })
		return fmt.Sprintf("[[role]]\nid = \"r%d\"\ntagline = \"t\"\nweights = { %s }\nstep = [{ title = \"s\" }]\n", r, strings.TrimSuffix(weights, ", "))
	})
}

func scaleOf(i, dimensions int, when string) string {
	measures := each(dimensions, func(d int) string { return fmt.Sprintf("d%d = %d, ", d, 1+(i*7+d*3)%5) })
	return fmt.Sprintf("[[question]]\nid = \"q%d\"\nkind = \"scale\"\nask = \"Q%d?\"\nhelp = \"h\"\nmeasures = { %s }\n%s", i, i, strings.TrimSuffix(measures, ", "), when)
}

func gateOf(i int) string {
	return fmt.Sprintf("[[question]]\nid = \"g%d\"\nask = \"G%d?\"\nhelp = \"h\"\noption = [{ id = \"a\", text = \"A\" }, { id = \"b\", text = \"B\" }]\n", i, i)
}

func multiOf(i int) string {
	options := each(10, func(o int) string {
		return fmt.Sprintf("{ id = \"o%d\", text = \"T%d\", points = { d%d = %d } }, ", o, o, (i+o)%4, 1+(o*3+i)%7)
	})
	return fmt.Sprintf("[[question]]\nid = \"m%d\"\nkind = \"multi\"\nask = \"M%d?\"\nhelp = \"h\"\noption = [%s]\n", i, i, options)
}

// hostile are files made to take long or to fill the memory, and the rule that
// each breaks; "" for those that are only large.
func hostile() map[string]struct{ src, rule string } {
	numbered := func(format string) func(int) string {
		return func(i int) string { return fmt.Sprintf(format, i) }
	}
	repeat := func(piece string, n int) string { return strings.Repeat(piece, n) }
	gated := func(i int) string { return gateOf(i) + scaleOf(i, 4, fmt.Sprintf("when = { g%d = \"a\" }\n", i)) }
	return map[string]struct{ src, rule string }{
		"mebibyte of comments":  {repeat("# x\n", 1<<18-100) + hostileHead, "missing-key"},
		"faults on one line":    {"dimension = [" + repeat("1,", 500_000) + "]\n" + hostileHead, "wrong-type"},
		"tables on one line":    {hostileHead + "\nquestion = [" + repeat("{a=1},", 170_000) + "]\n", ""},
		"repeated keys":         {hostileHead + repeat("a = 1\n", 100_000), "syntax"},
		"unknown keys":          {hostileHead + each(80_000, numbered("k%d = 1\n")), "unknown-key"},
		"brackets":              {hostileHead + "x = " + repeat("[", 900_000), "syntax"},
		"braces":                {hostileHead + "x = " + repeat("{a=", 300_000), "syntax"},
		"dots":                  {hostileHead + repeat("a.", 500_000) + "b = 1", "syntax"},
		"bad ids":               {hostileHead + each(20_000, numbered("[[dimension]]\nid = \"B%d\"\n")), "bad-id"},
		"bad ids on one line":   {"retired = [" + each(90_000, numbered("\"B%d\",")) + "]\n" + hostileHead, "bad-id"},
		"unknown dimensions":    {large(2, 1, scaleOf(0, 2, "")) + "[[role]]\nid = \"z\"\n[role.weights]\n" + each(60_000, numbered("dx%d = 1\n")), "unknown-dimension"},
		"comments that pardon":  {large(4, 4, each(20, func(i int) string { return scaleOf(i, 4, "") })) + repeat("# rolefit: ignore[long-text]: why\n", 25_000), "stale-allow"},
		"comments that do not":  {large(4, 4, each(20, func(i int) string { return scaleOf(i, 4, "") })) + repeat("# rolefit: ignore[long]: why\n", 25_000), "unknown-rule"},
		"500 questions":         {large(4, 4, each(500, func(i int) string { return scaleOf(i, 4, "") })), ""},
		"250 gates":             {large(4, 4, each(250, gated)), ""},
		"30 multis of 10":       {large(4, 4, each(30, multiOf)), ""},
		"16 roles, 16 measures": {large(16, 16, each(100, func(i int) string { return scaleOf(i, 16, "") })), ""},
	}
}

// TestHostileDefinitions checks each of them in a process of its own.
func TestHostileDefinitions(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector takes its own time and memory")
	}
	if testing.Short() {
		t.Skip("each of them takes a second")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, one := range hostile() {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "hostile.toml")
			if err := os.WriteFile(file, []byte(one.src), 0o600); err != nil {
				t.Fatal(err)
			}
			c := exec.Command(self)
			c.Args = []string{"rolefit", "validate", file}
			start := time.Now()
			var out strings.Builder
			c.Stdout = &out
			memory := runMeasured(t, c)
			took := time.Since(start)
			if code := c.ProcessState.ExitCode(); code != exitDone && code != exitFound {
				t.Errorf("exit code %d", code)
			}
			if !strings.Contains(out.String(), "["+one.rule) {
				t.Errorf("no %s among what was found", one.rule)
			}
			if took > mostTime || memory > mostMiB {
				t.Errorf("it took %v and %d MiB", took, memory)
			}
		})
	}
}

// TestOpenQuizTakesPlainFiles: a test that names a pipe does not wait for it.
func TestOpenQuizTakesPlainFiles(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.toml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := openQuiz(pipe)
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a pipe was taken for a definition")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for the pipe")
	}
}
