package internal

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestActionTakesInputsAsData: an input that stood in a script would be run as a part of it.
func TestActionTakesInputsAsData(t *testing.T) {
	src, err := os.ReadFile("../.github/actions/validate/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct{ Description, Default string }
		Runs   struct {
			Using string
			Steps []struct {
				Uses, Shell, Run string
				Env              map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(src, &action); err != nil {
		t.Fatal(err)
	}
	if action.Runs.Using != "composite" || len(action.Runs.Steps) == 0 {
		t.Fatal("no composite action")
	}
	passed := ""
	for _, step := range action.Runs.Steps {
		if strings.Contains(step.Run, "${{") {
			t.Errorf("a script has an expression in it: %s", step.Run)
		}
		if step.Run != "" && step.Shell == "" {
			t.Errorf("a composite action's step needs a shell: %s", step.Run)
		}
		for _, value := range step.Env {
			passed += value
		}
	}
	for name, input := range action.Inputs {
		if input.Description == "" || !strings.Contains(passed, "${{ inputs."+name+" }}") {
			t.Errorf("input %s is not explained, or not passed on", name)
		}
	}
}

// TestHooks: pre-commit builds the commands of this module and runs the entries.
func TestHooks(t *testing.T) {
	src, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct{ ID, Name, Entry, Language, Files string }
	if err := yaml.Unmarshal(src, &hooks); err != nil {
		t.Fatal(err)
	}
	for _, h := range hooks {
		if h.ID == "" || h.Name == "" || h.Language != "golang" || !strings.HasPrefix(h.Entry, "rolefit ") || h.Files == "" {
			t.Errorf("incomplete: %+v", h)
		}
	}
	if len(hooks) == 0 {
		t.Error("no hooks")
	}
}

// TestActionScript runs the action's script as GitHub does.
func TestActionScript(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the whole program")
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "rolefit")
	if out, err := exec.Command("go", "build", "-o", bin, "../cmd/rolefit").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Mkdir(filepath.Join(dir, "good"), 0o700))
	if out, err := exec.Command(bin, "new", "fine", "--dir", filepath.Join(dir, "good")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	must(os.Mkdir(filepath.Join(dir, "bad one"), 0o700))
	must(os.WriteFile(filepath.Join(dir, "bad one", "quiz.toml"), []byte("format = 1\ntitel = \"x\"\n"), 0o600))
	script, err := filepath.Abs("../.github/actions/validate/check.sh")
	must(err)
	run := func(env ...string) (out string, code int) {
		c := exec.Command(bash, script)
		c.Dir = dir
		c.Env = append(os.Environ(), append(env, "ROLEFIT="+bin, "GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary"))...)
		text, err := c.CombinedOutput()
		var ended *exec.ExitError
		if err != nil && !errors.As(err, &ended) {
			t.Fatal(err)
		}
		return string(text), c.ProcessState.ExitCode()
	}
	if out, code := run("INPUT_PATHS=good", "INPUT_STRICT=true", "INPUT_MUTATE=true"); code != 0 || !strings.Contains(out, "mutants:") {
		t.Errorf("good: %d\n%s", code, out)
	}
	out, code := run("INPUT_PATHS= bad one \n\ngood\n", "INPUT_SARIF=out.sarif")
	if code != 1 || !strings.Contains(out, "::error file=bad one/quiz.toml,line=2,") || !strings.Contains(out, "ok ") {
		t.Errorf("bad: %d\n%s", code, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "out.sarif")); err != nil {
		t.Error(err)
	}
	if out, code := run("INPUT_PATHS=$(touch pwned); `touch pwned`"); code != 2 {
		t.Errorf("hostile: %d\n%s", code, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
		t.Error("an input was run as a command")
	}
}
