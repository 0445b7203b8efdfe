package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/rolefit/rolefit/"

// allowed is the policy of which way imports point: a package may import the
// ones named here and nothing else of this module. A new package goes in at the
// lowest place that its imports allow. What is for tests alone is named by none.
var allowed = map[string]string{
	"internal/text":          "",
	"internal/doc":           "internal/text",
	"internal/chance":        "",
	"internal/stats":         "",
	"quizzes":                "",
	"internal/starter":       "",
	"internal/jsonout":       "internal/text",
	"internal/junit":         "",
	"internal/diag":          "internal/text",
	"internal/findings":      "internal/text internal/diag internal/jsonout internal/junit",
	"internal/bind":          "internal/text internal/doc internal/diag",
	"internal/quiz":          "internal/text internal/doc internal/diag internal/bind internal/chance",
	"internal/store":         "",
	"internal/quiz/quiztest": "internal/quiz", // for tests alone
	"internal/browsertest":   "",              // for tests alone
	"internal/golden":        "",              // for tests alone
	"internal/score":         "internal/text internal/quiz",
	"internal/odds":          "internal/quiz internal/score internal/chance internal/stats",
	"internal/persona":       "internal/text internal/doc internal/diag internal/bind internal/quiz internal/score internal/odds",
	"internal/ask":           "internal/text internal/quiz internal/score",
	"internal/check":         "internal/text internal/doc internal/diag internal/bind internal/quiz internal/score internal/odds",
	"internal/diff":          "internal/text internal/diag internal/quiz internal/score internal/odds",
	"internal/rows":          "internal/text",
	"internal/xlsx":          "internal/rows", // imported by cli alone
	"internal/columns":       "internal/text internal/doc internal/diag internal/bind internal/chance internal/quiz internal/score internal/rows",
	"internal/lane":          "internal/score internal/rows internal/columns",
	"internal/cohort":        "internal/text internal/quiz internal/score internal/rows internal/columns internal/lane internal/stats",
	"internal/report":        "internal/text internal/doc internal/diag internal/quiz internal/score internal/odds internal/persona internal/diff internal/stats internal/cohort internal/jsonout internal/junit",
	"internal/cli": "internal/text internal/doc internal/diag internal/quiz internal/store internal/score " +
		"internal/odds internal/check internal/persona internal/ask internal/diff internal/starter internal/rows internal/xlsx internal/columns internal/cohort internal/report internal/findings quizzes",
	"cmd/rolefit": "internal/cli",
}

// TestImportsPointDown reads every source file's imports and holds them
// against the policy.
func TestImportsPointDown(t *testing.T) {
	seen := make(map[string]bool)
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		from := path.Dir(strings.TrimPrefix(filepath.ToSlash(name), "../"))
		policy, known := allowed[from]
		if !known {
			t.Errorf("%s: package %s is not in the policy of this test", name, from)
		}
		seen[from] = true
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			to, _ := strconv.Unquote(spec.Path.Value)
			rest, ours := strings.CutPrefix(to, module)
			if ours && !strings.Contains(" "+policy+" ", " "+rest+" ") {
				t.Errorf("%s imports %s: the policy does not let %s do that", name, rest, from)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for from := range allowed {
		if !seen[from] {
			t.Errorf("the policy names %s, which has no source files", from)
		}
		if name, ours := strings.CutPrefix(from, "internal/"); ours && !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("the page of the house does not name %s", name)
		}
	}
}

// TestEdgesStayAtTheEdge: streams, exits, the clock and the environment are
// known to package cli alone (and to what tests alone use).
func TestEdgesStayAtTheEdge(t *testing.T) {
	forbidden := []string{"os.Std", "os.Exit", "os.Getenv", "os.LookupEnv", "time.Now(", "rand.Int"}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		if at := filepath.ToSlash(name); strings.HasPrefix(at, "cli/") || strings.HasPrefix(at, "browsertest/") || strings.HasPrefix(at, "golden/") {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, word := range forbidden {
			if strings.Contains(string(src), word) {
				t.Errorf("%s uses %s…: it comes in from internal/cli", name, word)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
