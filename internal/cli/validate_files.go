package cli

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rolefit/rolefit/internal/check"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/findings"
	"github.com/rolefit/rolefit/internal/persona"
)

// target is one file to check, or a path at which there is none.
type target struct {
	path  string
	fault string // why it cannot be checked
}

// shown is what findings call it.
func (t target) shown(o *validateOptions) string {
	if t.path == stdin {
		return o.stdinName
	}
	return t.path
}

const definitionEnding = ".toml"

// findDefinitions lists what the paths name, each file once, in their order.
func (e *env) findDefinitions(paths []string) []target {
	var all []target
	seen := make(map[string]bool)
	for _, path := range paths {
		for _, t := range definitions(path) {
			if key := filepath.Clean(t.path); !seen[key] {
				seen[key] = true
				all = append(all, t)
			}
		}
	}
	return all
}

func definitions(path string) []target {
	if path == stdin {
		return []target{{path: stdin}}
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return []target{{path: path, fault: fault(err)}}
	case info.IsDir():
		return folder(path)
	}
	return []target{{path: path}}
}

// fault words an error without the path, which a finding has already.
func fault(err error) string {
	if os.IsNotExist(err) {
		return "this path does not exist"
	}
	if os.IsPermission(err) {
		return "permission denied"
	}
	return plainError(err).Error()
}

// folder lists the definitions below a folder and their tests, in the order of
// their names. A folder that holds tests alone is a fault.
func folder(root string) []target {
	var all []target
	some := false
	walkFiles(root, func(path string, err error) {
		switch {
		case err != nil:
			all = append(all, target{path: path, fault: fault(err)})
			some = true
		case strings.HasSuffix(path, definitionEnding):
			all = append(all, target{path: path})
			some = some || !persona.IsTest(path)
		}
	})
	if !some {
		all = append(all, target{path: root, fault: "this folder holds no definition (*.toml)"})
	}
	return all
}

// workers is how many files are checked at a time.
const workers = 2

// checkAll checks the files side by side and gives them in their order.
func (e *env) checkAll(all []target, o *validateOptions) []findings.File {
	files, tests := make([]findings.File, len(all)), make([]*persona.Reading, len(all))
	next := make(chan int)
	var wait sync.WaitGroup
	for range min(workers, len(all)) {
		wait.Go(func() {
			for i := range next {
				files[i], tests[i] = e.checkOne(all[i], o)
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wait.Wait()
	return withQuizzes(files, tests)
}

// withQuizzes adds the quizzes that tests could not be held against and that
// are not among the files themselves: each once, however many tests it has.
func withQuizzes(files []findings.File, tests []*persona.Reading) []findings.File {
	here := make(map[string]bool)
	for _, f := range files {
		here[wholePath(f.Path)] = true
	}
	var all []findings.File
	for i, f := range files {
		all = append(all, f)
		if t := tests[i]; t != nil && len(t.QuizFound) > 0 && !here[wholePath(t.QuizPath)] {
			here[wholePath(t.QuizPath)] = true
			all = append(all, findings.File{Path: t.QuizPath, Repo: repoPath(t.QuizPath), Source: t.QuizSource, Found: t.QuizFound})
		}
	}
	return all
}

// wholePath is one name for a file, however it is called.
func wholePath(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return filepath.Clean(path)
}

// checkOne checks a definition, or a test, which is read for its quiz too.
func (e *env) checkOne(t target, o *validateOptions) (findings.File, *persona.Reading) {
	shown := t.shown(o)
	f := findings.File{Path: shown, Repo: repoPath(shown)}
	src, err := []byte(nil), error(nil)
	switch {
	case t.fault != "":
	case t.path == stdin:
		src, err = bounded(e.in)
	default:
		src, err = readFile(t.path)
	}
	if err != nil {
		t.fault = err.Error()
	}
	if t.fault != "" {
		f.Found = diag.List{{Rule: diag.IO, Severity: diag.Error, Place: diag.Place{Path: shown}, Message: t.fault}}
		return f, nil
	}
	if f.Source = src; src == nil {
		f.Source = []byte{}
	}
	if persona.IsTest(shown) {
		test := persona.Examine(shown, src, openQuiz)
		f.Found = test.Found
		return f, test
	}
	f.Found = check.Check(shown, src, e.now())
	return f, nil
}

// repoPath gives a path from the root of the repository that it lies in; from
// the working folder, where there is no repository.
func repoPath(path string) string {
	whole, err := filepath.Abs(path)
	here, errHere := os.Getwd()
	if err != nil || errHere != nil {
		return filepath.ToSlash(path)
	}
	for root := here; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, ".git")); err == nil {
			here = root
			break
		}
		if root == filepath.Dir(root) {
			break
		}
	}
	if inside, err := filepath.Rel(here, whole); err == nil && filepath.IsLocal(inside) {
		return filepath.ToSlash(inside)
	}
	return filepath.ToSlash(whole)
}
