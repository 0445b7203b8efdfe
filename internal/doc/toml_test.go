package doc

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

// validTOML has documents of every kind of thing that TOML knows.
var validTOML = []string{
	"", "\n", " \t\r\n#x", "a=1 # no line end", "# é\n", "\"a\\tb\" = 1\n'a\\tb' = 2",
	"true = 1\n1 = 2\n3.2 = 3\ninf.nan = 4\n- = 5\n_ = 6\n2026-11-23 = 7", "a.b.c = 1\na.b.d = 2\na.e = 3",
	"[a]\n[a.b]\n[a.b.c]", "[a.b.c]\n[a.b]\n[a]", "[a.b]\n[c]\n[a]", "[ a . 'b' . \"c\" ]", "[\"\"]\n'' = 1", "[a.'']\n",
	"[a]\nb.c = 1\n[a.b.d]\nx = 1", "[a]\nb.c = 1\n[[a.b.d]]\n[[a.b.d]]\nx = 1", "[x.y.z]\n[x]\ny.w = 1",
	"[[a]]\n[[a]]", "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]\n", "[[a.b]]\n[a]\nc = 1", "[[a]]\nb.c = 1\n[[a]]\nb.c = 2",
	"[[a]]\n[a.b]\nx=1\n[[a]]\n[a.b]\nx=1", "[a]\n[[a.b]]\n[a.b.c]\n[[a.b]]\n[a.b.c]",
	"a = []\nb = [[], [[]]]\nc = [1,2,]\nd = [\n# x\n1 # y\n, # z\n]\ne = [1, 'x', {}, [1.5], 10:00]",
	"a = {}\nb = { }\nc = {x=1}\nd = {x=1,}\ne = {\n}\nf = {\n#x\n'x'=1, # y\ny.z=[{}], }\n",
	"a = {b.c=1, b.d=2, e={f=3}}", "a = [{x=[{y=1}]},{x=1}]", "a = [{b=1}]\nc=[{b=1},{b=2},{}]\nd=[{}, 1]",
	"a = {b=[{c={d=[1]}},{c={}}]}", "a = [[{b=1}],{c=1}]\nb = 1",
	`a = "\b\t\n\f\r\e\"\\\x41\u00e9\U0001F3B2"`, `a = "\x00\x7f"`, `a = 'C:\x'`, "a = \"\t\"\nb = '\t'", "a = \"é 日本 🎲 \u0085\"",
	"a = \"\"\"\"\"\"\nb = ''''''\nc = \"\"\"\"\"\"\"\nd = \"\"\"\"\"\"\"\"\ne='''''''\nf=''''''''",
	"a = \"\"\"\n\nx\"\"\"\nb = \"\"\"x\\\n\n  y\"\"\"\nc = \"\"\"\\  \n  x\\\ny\"\"\"", "a = \"\"\"a \\\" \\\"\\\"\\\" \\\\\"\"\"", "a = \"\"\"x\"\" \"\" \"y\"\"\"\"\"",
	"a = '''\n\\x \\\n'''", "a = \"\"\"\r\nx\r\n\\\r\n y\"\"\"",
	"a = 0\nb = -0\nc = +0\nd = 9223372036854775807\ne = -9223372036854775808\nf = 1_0\ng = 0x0\nh = 0o17\ni = 0b1_0\nj=0xAbC",
	"a = 0.0\nb = -0.0\nc = 1e1\nd = 1E+1_0\ne = 1.5_0e-1\nf = inf\ng = +inf\nh = -inf\ni = nan\nj = +nan\nk = -nan\nl = 0e0\nm = 1e06",
	"a = true\nb = false", "a = [true,false]",
	"a = 1979-05-27T07:32:00Z\nb = 1979-05-27T00:32:00-07:00\nc = 1979-05-27 07:32:00.999999+01:00\nd = 1979-05-27t07:32:00z",
	"a = 1979-05-27T07:32:00\nb = 1979-05-27 07:32\nc = 1979-05-27\nd = 07:32:00.5\ne = 07:32\nf = 2000-02-29\ng = 0001-01-01",
	"a = [1979-05-27 , 1979-05-27 07:32 ]\nb = {c = 1979-05-27 }", "id = 1\nID = 2\nId = 3",
	strings.Repeat("x.", MaxDepth-1) + "y = 1", "a = " + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth),
}

// invalidTOML has documents that must be refused, and where: the text at
// fault, in ‹ ›, which are not part of the document.
var invalidTOML = []string{
	// keys
	"‹=› 1", "a‹›", "a‹›\n", "a ‹b› = 1", "a. ‹=› 1", "‹.›a = 1", "a.‹.›b = 1", "\"\"‹\"›a\"\"\" = 1", "‹\"a›\n\" = 1", "‹é› = 1", "\"‹\\q›\" = 1", "‹!› = 1", "[a]\n‹:› = 1",
	"a = 1\n‹a› = 2", "a = 1\n‹'a'› = 2", "'\\u0061' = 1\na = 2\n‹\"\\u0061\"› = 2", "a.b = 1\n‹a› = 2", "a = 1\n‹a›.b = 2", "a.b = 1\na.‹b›.c = 1", "a = []\n‹a›.b = 1",
	// headers
	"[‹]›", "[a‹›", "[a‹›\n]", "[a]‹x›", "[a] ‹b› = 1", "[[a]‹›", "[[a]‹ ›]", "[ ‹[›a]]", "[[‹]›]", "[a.‹]›", "[‹.›a]", "[a..b‹›]"[:3] + "‹.›b]", "[a=‹›"[:2] + "‹=›1]", "[\"‹\\q›\"]", "[a ‹b›]", "[‹é›]",
	"[a]\n‹[a]›", "[a.b]\n[a]\n‹[a]›", "a = 1\n‹[a]›", "a = 1\n[‹a›.b]", "a.b = 1\n‹[a]›", "[a]\nb.c = 1\n‹[a.b]›", "a = {}\n‹[a]›", "a = {}\n[‹a›.b]", "a = {b={}}\n[‹a›.b.c]", "a = [{}]\n‹[[a]]›", "a = [{}]\n[‹a›.b]", "a = []\n‹[[a]]›",
	"[a]\n‹[[a]]›", "[[a]]\n‹[a]›", "[a.b]\n‹[[a]]›", "[[a.b]]\n‹[[a]]›", "[[a]]\n[a.b]\n‹[a.b]›", "a = {}\n‹a›.b = 1", "a = {b=1}\n‹a›.c = 1", "[a.b]\n[a]\n‹b›.c = 1", "[[a.b]]\n[a]\n‹b›.c = 1", "[a.b.c]\n[a]\nb.‹c›.d = 1",
	// lists and inline tables
	"a = ‹[›", "a = ‹[›1", "a = ‹[›1,\n\n# x", "a = [‹,›]", "a = [1‹,›,2]"[:6] + ",‹,›2]", "a = [1 ‹2›]", "a = [1]‹]›", "a = [1‹}›", "a = [b ‹=› 1]"[:4] + "[‹b› = 1]", "a = [1, ‹[›",
	"a = ‹{›", "a = ‹{›b=1", "a = {‹,›}", "a = {b=1,‹,›}", "a = {b=1 ‹c›=2}", "a = {b‹}›", "a = {b=‹}›", "a = {b=1, ‹b›=2}", "a = {b={c=1}, ‹b›.d=2}", "a = {b.c=1, ‹b›=2}", "a = {b=1}‹}›", "a = {b‹›\n=1}", "a = {b=‹›\n1}", "a = {‹[›b]}",
	// strings
	"a = ‹\"x›", "a = ‹\"x›\n\"", "a = ‹'x›\r\n", "a = ‹\"x\\\"›", "a = ‹\"\"\"›x\"\"", "a = ‹'''›x''\n", "a = \"‹\\q›\"", "a = \"‹\\ ›\"", "a = \"‹\\x›4\"", "a = \"‹\\u›12\"", "a = \"‹\\u›D800\"", "a = \"‹\\U›00110000\"", "a = \"\"\"‹\\ ›x\"\"\"", "a = \"\"\"‹\\q›\"\"\"",
	"a = \"\"\"x‹\"\"\"\"\"\"›", "a = \"\"\"\\\\‹\"\"\"\"\"\"›", "a = \"\"\"\\\"\\\\‹\"\"\"\"\"\"\"›", "a = '''x‹''''''›", "a = 'it'‹s›'", "a = \"x\" ‹\"›y\"", "a = ‹“›x”", "a = ‹‘›x’",
	// values
	"a = ‹›", "a = ‹›\nb = 1", "a = ‹#› x", "a = ‹x›", "a = ‹True›", "a = ‹TRUE›, b", "a = ‹yes›", "a = ‹null›", "a = 1 ‹2›", "a = 1 ‹b› = 2", "a = 1‹,›", "a = ‹.5›", "a = ‹-›", "a = ‹+a›", "a = ‹infinity›", "a = ‹--1›", "a = ‹/›", "a = ‹=›", "a = ‹a-b›", "a = ‹c:/x y›"[:8] + "/x› y",
	"a = ‹1__0›", "a = ‹_1›", "a = ‹1_›", "a = ‹01›", "a = ‹-01›", "a = ‹9223372036854775808›", "a = ‹-9223372036854775809›\nb=1", "a = ‹0x›", "a = ‹0xg›", "a = ‹0b2›", "a = ‹0o8›", "a = ‹+0x1›", "a = ‹0X1›", "a = ‹5x›", "a = ‹1.›", "a = ‹1.e5›", "a = ‹1e›", "a = ‹1.2.3›", "a = ‹1e5.5›", "a = ‹1e999›", "a = ‹00.5›", "a = ‹++1›",
	"a = ‹2026-13-01›", "a = ‹2026-02-29›", "a = ‹2026-1-1›", "a = ‹2026-11-23T25:00:00Z›", "a = ‹2026-11-23T10›", "a = ‹10:60›", "a = ‹1:00›", "a = ‹2026-11-23 1›", "a = ‹2026-11-23T10:00:00+1›", "a = 2026-11-23 ‹x›", "a = ‹2026-11-23T›",
	"a = ‹1__0›\nb = [1 2]", "a = [‹1__0›, 5 6]",
	// characters
	"a = 1‹\r›b = 2", "# x‹\x01›", "a = \"‹\x1b›[0m\"", "a = '‹\x7f›'", "a = \"\"\"‹\r›\"\"\"", "a = \"‹\x00›\"", "‹\x00›", "a = \"‹\xff›\"", "é = \"x‹\xc3›\"", "‹\xff\xfe›a\x00", "‹\xfe\xff›\x00a", "\ufeff‹\ufeff›a = 1",
	// depth
	strings.Repeat("x.", MaxDepth) + "‹y› = 1", "a = " + strings.Repeat("[", MaxDepth) + "‹[›" + strings.Repeat("]", MaxDepth+1), "[" + strings.Repeat("x.", MaxDepth) + "‹y›]", "[" + strings.Repeat("x.", MaxDepth-1) + "y]\n‹a› = 1",
}

func TestTOMLValid(t *testing.T) {
	for _, text := range validTOML {
		f, err := TOML("x", []byte(text))
		if err != nil {
			t.Errorf("%q: %v at %v", text, err, err.Span)
			continue
		}
		checkShape(t, f)
		var want map[string]any
		if _, err := toml.Decode(text, &want); err != nil {
			t.Fatal(err)
		}
		// cmp takes exponential time for lists that nest as deep as these.
		if got := value(f.Root); !reflect.DeepEqual(normal(want), got) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestTOMLInvalid(t *testing.T) {
	for _, marked := range invalidTOML {
		before, rest, _ := strings.Cut(marked, "‹")
		bad, after, ok := strings.Cut(rest, "›")
		if !ok {
			t.Fatalf("%q marks nothing", marked)
		}
		before = strings.TrimPrefix(before, "\ufeff")
		want := Span{len(before), len(before) + len(bad)}
		f, err := TOML("x", []byte(strings.NewReplacer("‹", "", "›", "").Replace(marked)))
		switch {
		case err == nil:
			t.Errorf("%q is accepted: %v", marked, value(f.Root))
			continue
		case f == nil || f.Root != nil:
			t.Errorf("%q: file %v", marked, f)
		case err.Span != want:
			t.Errorf("%q: at %v, want %v: %s", marked, err.Span, want, err)
		}
		checkMessage(t, marked, err.Message)
		_ = after
	}
}

// checkMessage says that a message is one line that can be printed as it is.
func checkMessage(t *testing.T, text, message string) {
	t.Helper()
	for _, r := range message {
		if r < ' ' || r == 0x7f || r == 0xfffd {
			t.Errorf("%.60q: message %q", text, message)
		}
	}
	for _, noise := range []string{"toml:", "last key", "EOF", "%!", "json:"} {
		if strings.Contains(message, noise) {
			t.Errorf("%.60q: message %q has %q", text, message, noise)
		}
	}
	if message == "" || len(message) > 4*maxMessage {
		t.Errorf("%.60q: message of %d bytes", text, len(message))
	}
}

func TestTOMLMessages(t *testing.T) {
	for text, want := range map[string]string{
		"x = foo":                    `"foo" is no value; text stands in quotes, and numbers begin with a digit`,
		"x = False":                  `"False" is written in lower case: false`,
		"x = \"a":                    `this string has no closing " on its line; text of several lines stands between """ and """`,
		"x = 1 y":                    `expected a key and its value to end with a new line or a comment, but got 'y' instead`,
		"[a\n":                       `expected '.' or ']' to end table name, but got the end of the line instead`,
		"[a":                         `expected '.' or ']' to end table name, but got the end of the file instead`,
		"x = [1 2]":                  `expected a comma or the list's closing ']', but got '2'`,
		"x = 99999999999999999999":   `99999999999999999999 is too large or too small for an integer (64 bits)`,
		"a = 1\na = 2":               `the key "a" stands twice in one table; remove or rename one of the two`,
		"x = 2026-02-30":             `not a date or time that exists: "2026-02-30"`,
		"\"\x1b[0m\" = 1":            `the control character U+001B may not stand in TOML; in a string in double quotes write \u001B`,
		"'\u202e' = 1\n'\u202e' = 1": `the key "\u202e" stands twice in one table; remove or rename one of the two`,
		"a = 5\u202e":                `expected a key and its value to end with a new line or a comment, but got '\u202e' instead`,
	} {
		if _, err := TOML("x", []byte(text)); err == nil || err.Message != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestTOMLValues(t *testing.T) {
	f, err := TOML("x", []byte("a = \"\"\"\nx\\\n y\"\"\"\nb = 2026-11-23\nc = 2026-11-23 10:00\nd = 2026-11-23T10:00:00+02:00\ne = 0x10\nf = 4.0\n[[g]]\nb = true"))
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	get := f.Root.Fields
	if get["a"].Str != "xy" || get["e"].Int != 16 || get["f"].Float != 4 || !get["g"].Items[0].Fields["b"].Bool {
		t.Error(value(f.Root))
	}
	if n := get["b"]; n.Time != day || !n.DateOnly {
		t.Error(n.Time, n.DateOnly)
	}
	if n := get["c"]; n.Time != day.Add(10*time.Hour) || n.DateOnly {
		t.Error(n.Time, n.DateOnly)
	}
	if n := get["d"]; n.Time.Format(time.RFC3339) != "2026-11-23T10:00:00+02:00" || n.DateOnly {
		t.Error(n.Time, n.DateOnly)
	}
	if diff := cmp.Diff([]string{"a", "b", "c", "d", "e", "f", "g"}, f.Root.Keys); diff != "" {
		t.Error(diff)
	}
}
