package ask

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// decodeAll is what a reader makes of a whole stream; left over is what is
// not complete.
func decodeAll(s string) (keys []string, rest string) {
	b := []byte(s)
	for {
		key, n := decode(b)
		if n == 0 {
			return keys, string(b)
		}
		if key != nil {
			keys = append(keys, string(key))
		}
		b = b[n:]
	}
}

func TestDecode(t *testing.T) {
	for in, want := range map[string]struct {
		keys string // separated by spaces
		rest string
	}{
		"12é漢":                       {keys: "1 2 é 漢"},
		"\x1b[A\x1bOB\x1b[1~\x1b[4~": {keys: "\x1b[A \x1b[B \x1b[H \x1b[F"},
		"\x1b[7~\x1b[8~\x1bOH\x1bOF": {keys: "\x1b[H \x1b[F \x1b[H \x1b[F"},
		"\x1bOM":                     {keys: "\r"},
		"\x1b[15~x":                  {keys: "x"},
		"\x1b[Zx\x1b[1;5Ay":          {keys: "x y"},
		"\x1bbx":                     {keys: "x"},
		"\x1béx":                     {keys: "x"},
		"\x1b\x1b[Ax":                {keys: "x"},
		"\x1b\x1bOAx":                {keys: "x"},
		"\x1b\x1bbx":                 {keys: "x"},
		"\x1b[M !!x":                 {keys: "x"},
		"\x1b[[Ax":                   {keys: "x"},
		"\x1b]11;rgb:0/0/0\ax":       {keys: "x"},
		"\x1b]11;rgb:0/0/0\x1b\\x":   {keys: "x"},
		"\x1bP1$r0m\x1b\\x":          {keys: "x"},
		"\xffx\x80":                  {keys: "x"},
		"\x1b":                       {rest: "\x1b"},
		"\x1b[1":                     {rest: "\x1b[1"},
		"\x1b]11;rgb":                {rest: "\x1b]11;rgb"},
		"\x1b\xc3":                   {rest: "\x1b\xc3"},
		"\xc3":                       {rest: "\xc3"},
		"\x1b[1\x03":                 {keys: "\x03"},
		"\x1b]never ends\x03x":       {keys: "\x03 x"},
		"\x1b]broken off\x1b[A":      {keys: "\x1b[A"},
		"\x1b[1\x1b[B":               {keys: "\x1b[B"},
	} {
		keys, rest := decodeAll(in)
		if got := strings.Join(keys, " "); got != want.keys || rest != want.rest {
			t.Errorf("%q: keys %q rest %q, want %q and %q", in, got, rest, want.keys, want.rest)
		}
	}
	if _, rest := decodeAll("\x1b]" + strings.Repeat("x", stringLimit+1)); rest != "" {
		t.Error("a control string without end is waited for")
	}
}

// Keys come through whatever stands between them.
func TestDecodeKeepsKeysAmongNoise(t *testing.T) {
	noise := []string{"\x1b[15~", "\x1b[Z", "\x1bb", "\x1b]11;rgb:1/2/3\x1b\\", "\x1b[<0;1;1M", "\x1b[M !!", "\x1b[1;5A", "\xff", "\x1b[3~"}
	keys := []string{"1", "q", "\r", "漢", "\x1b[A", "\x1b[F", " ", "\x03"}
	rapid.Check(t, func(t *rapid.T) {
		var stream strings.Builder
		var want []string
		for range rapid.IntRange(0, 20).Draw(t, "n") {
			stream.WriteString(rapid.SampledFrom(append(noise, "")).Draw(t, "noise"))
			key := rapid.SampledFrom(keys).Draw(t, "key")
			stream.WriteString(key)
			want = append(want, key)
		}
		got, rest := decodeAll(stream.String())
		if diff := cmp.Diff(want, got); diff != "" || rest != "" {
			t.Fatalf("%q: rest %q, %s", stream.String(), rest, diff)
		}
	})
}

// Any bytes at all: decode goes on, and never past the end.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"\x1b[A", "\x1b]x\x1b", "\x1b[M", "\x1b\x1b[", "\xf0\x9f", "\x1bO1"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, s string) { decodeAll(s) })
}

// What the command decides (streams, environment, clock) is not read here, and
// no kind of question is known by its name.
func TestNothingIsReadDirectly(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file.Name(), "_test.go") || !strings.HasSuffix(file.Name(), ".go") {
			continue
		}
		source, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"os.Std", "os.Getenv", "os.LookupEnv", "time.Now()", "signal.Notify", `"choice"`, `"scale"`, `"multi"`, `"rank"`, ".Kind", "[6n"} {
			if strings.Contains(string(source), bad) {
				t.Errorf("%s: %s", file.Name(), bad)
			}
		}
	}
}
