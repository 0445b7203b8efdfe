package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rolefit/rolefit/internal/golden"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rolefit": func() { os.Exit(Main()) }})
}

// TestScripts runs the whole command line on the scripts under testdata/script.
// What they compare with files of their own is golden.
func TestScripts(t *testing.T) {
	const folder = "../../testdata/script"
	if scripts, err := filepath.Glob(folder + "/*.txtar"); err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts in %s (%v)", folder, err)
	}
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // the scripts have ended: they run beside each other
		if t.Failed() {
			t.Log("to renew what the scripts compare with (cmp): " + golden.Switch)
		}
	})
	testscript.Run(t, testscript.Params{
		Dir:                 folder,
		UpdateScripts:       golden.Updating(),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TESTDATA", testdata)
			env.Setenv("HOME", env.WorkDir+"/home")
			env.Setenv("XDG_STATE_HOME", env.WorkDir+"/state")
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/data")
			env.Setenv("TERM", "xterm-256color")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "ids": ids},
	})
}

// ids puts the ids of the first two saved results into FIRST and SECOND, and
// asserts that nobody else can read them.
func ids(ts *testscript.TestScript, _ bool, _ []string) {
	folder := ts.MkAbs("data/rolefit/results")
	info, err := os.Stat(folder)
	ts.Check(err)
	files, err := os.ReadDir(folder)
	ts.Check(err)
	if info.Mode().Perm() != 0o700 || len(files) < 2 {
		ts.Fatalf("%s: mode %v, %d files", folder, info.Mode(), len(files))
	}
	for i, name := range []string{"FIRST", "SECOND"} {
		info, err := files[i].Info()
		ts.Check(err)
		if info.Mode().Perm() != 0o600 {
			ts.Fatalf("%s: mode %v", files[i].Name(), info.Mode())
		}
		ts.Setenv(name, strings.TrimSuffix(files[i].Name(), ".json"))
	}
}

// exits CODE COMMAND… runs rolefit and asserts its exit code exactly.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE ARGS…")
	}
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec("rolefit", args[1:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; want != strconv.Itoa(code) {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}
