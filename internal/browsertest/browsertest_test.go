package browsertest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"image/png"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// good keeps every promise; the cases below break one each.
const good = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Good</title>%s
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; --ink: #111; --paper: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #111 } }
body { color: var(--ink); background: var(--paper); font: 1rem sans-serif }
.wide { overflow-x: auto }
.wide:focus-visible { outline: 2px solid }
pre { width: 900px }
</style></head><body><main><h1>Good</h1><p>Words to read.</p>
<div class="wide" tabindex="0" role="region" aria-label="Wide"><pre>a table that scrolls by itself</pre></div>
<svg role="img" aria-label="A bar" width="100" height="10" viewBox="0 0 100 10"><rect width="60" height="10" fill="currentColor"/></svg>
%s</main></body></html>
`

const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'">`

// write makes a page of good with more in its head and its body.
func write(t *testing.T, head, body string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a page.html")
	if err := os.WriteFile(name, fmt.Appendf(nil, good, head, body), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestBrowserFindings(t *testing.T) {
	b := Open(t)
	address := listen(t)
	closed := fmt.Sprintf(policy, styleHash())
	for name, c := range map[string]struct{ head, body, want string }{
		"good":              {},
		"good, with policy": {head: closed},
		"console":           {body: `<script>console.error('broken', 1)</script>`, want: `the console has a error: "broken" 1`},
		"warning":           {body: `<script>console.warn('careful')</script>`, want: `the console has a warning: "careful"`},
		"exception":         {body: `<script>nothing.there</script>`, want: "an exception: ReferenceError: nothing is not defined"},
		"script":            {body: `<script>window.pwned = 1</script>`, want: "a script ran: window.pwned is set"},
		"quiet script":      {body: `<script>document.title += '!'</script>`, want: "the page runs a script (line"},
		"handler":           {body: `<img alt="" src="data:," onerror="window.pwned = 1">`, want: "a script ran: window.pwned is set"},
		"dialog":            {body: `<script>alert('hello')</script>`, want: `a dialog opened: alert "hello"`},
		"halts":             {body: `<script>debugger</script>`, want: "the page runs a script"},
		"inline style":      {head: closed, body: `<p style="margin: 0">x</p>`, want: "the Content-Security-Policy refused style-src-attr inline"},
		"refused script":    {head: closed, body: `<script>window.pwned = 1</script>`, want: "the Content-Security-Policy refused script-src-elem inline"},
		"request":           {body: `<img alt="A dot" src="` + address + `/x.png">`, want: "the page asks for " + address + "/x.png"},
		"refused request":   {head: closed, body: `<img alt="A dot" src="` + address + `/x.png">`, want: "the Content-Security-Policy refused img-src " + address},
		"neighbour":         {head: `<link rel="stylesheet" href="style.css">`, want: "/style.css"},
		"moves on":          {head: `<meta http-equiv="refresh" content="0; url=` + address + `/next">`, want: "/next"},
		"frame":             {body: `<iframe title="x" src="` + address + `/frame"></iframe>`, want: "/frame"},
		"wide":              {body: `<div class="x"></div><style>.x { width: 500px; height: 1px }</style>`, want: `px wide in a window of 360 <pre></pre> <div class="x"></div> (light 360, dark 360)`},
		"low contrast": {body: `<p class="x">pale</p><style>@media (prefers-color-scheme: dark) { .x { color: #333 } }</style>`,
			want: "axe color-contrast: "},
		"pale drawing": {body: `<svg width="90" height="30"><text y="20">black</text></svg>`,
			want: `text in a drawing has a contrast of 1.11, not 4.5: <text y="20"></text> black (dark 360, dark 800, dark 1280)`},
		"drawing": {head: closed, body: `<svg width="90" height="60"><rect width="90" height="30" fill="oklch(0.2 0 0)"/>
			<text y="20" x="9" fill="#fff">on <tspan>dark</tspan></text><text y="50" fill="currentColor">on paper</text></svg>`},
		"pale on a bar": {body: `<svg width="90" height="30"><rect width="90" height="30" fill="#fff" fill-opacity="0.9"/>
			<text y="20" x="9" fill="#777" opacity="0.8">grey</text></svg>`, want: "text in a drawing has a contrast of"},
		"no alternative": {body: `<img src="data:,">`, want: "axe image-alt: "},
		"no header":      {body: `<table><tr><th></th></tr><tr><td>1</td></tr></table>`, want: "axe empty-table-header: "},
		"heading order":  {body: `<h4>Deep</h4>`, want: "axe heading-order: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if strings.HasPrefix(c.want, "axe") && b.axe == "" {
				t.Skip("no axe-core")
			}
			with := *b
			if c.want != "" && !strings.HasPrefix(c.want, "axe") {
				with.axe = "" // it takes half of the time
			}
			found, err := with.Findings(write(t, c.head, c.body), Options{})
			if err != nil {
				t.Fatal(err)
			}
			all := strings.Join(found, "\n")
			if !strings.Contains(all, c.want) || (c.want == "") != (all == "") {
				t.Errorf("got:\n%s\nwant: %s", all, c.want)
			}
			if name == "low contrast" && (!strings.HasSuffix(all, "(dark 1280, dark 360)") || len(found) != 1) {
				t.Errorf("not in dark alone:\n%s", all)
			}
		})
	}
}

func TestBrowserAxeOff(t *testing.T) {
	b := Open(t)
	found, err := b.Findings(write(t, "", `<h4>Deep</h4>`), Options{AxeOff: []string{"heading-order"}})
	if err != nil || len(found) != 0 {
		t.Errorf("%v: %v", err, found)
	}
}

func TestBrowserPictures(t *testing.T) {
	b := Open(t)
	file := write(t, "", `<div class="x"></div><style>.x { height: 2000px }</style>`)
	out := filepath.Join(t.TempDir(), "out.png")
	shades := make(map[string]uint32)
	for _, scheme := range []string{"light", "dark"} {
		b.Screenshot(t, file, scheme, 360, out)
		src, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(src))
		if err != nil {
			t.Fatal(err)
		}
		if size := picture.Bounds().Size(); size.X != 360 || size.Y < 2000 {
			t.Errorf("%s: not the whole page: %v", scheme, size)
		}
		shades[scheme], _, _, _ = picture.At(1, 1).RGBA()
	}
	if shades["light"] != 0xffff || shades["dark"] != 0x1111 {
		t.Errorf("corners: %x", shades)
	}
}

func TestBrowserPDF(t *testing.T) {
	b := Open(t)
	file := write(t, "", `<style>h2 { break-before: page } .wide { overflow: hidden }</style><h2>Two</h2><h2>Three</h2>`)
	for _, p := range []Paper{A4, Letter} {
		if n := Pages(b.PDF(t, file, p)); n != 3 {
			t.Errorf("paper %d: %d pages", p, n)
		}
	}
	said := &saying{TB: t}
	b.PDF(said, write(t, "", `<p class="x">x</p><style>@media print { .x { width: 800px } }</style>`), A4)
	if !strings.Contains(said.errors, "px wide in a window of 717") {
		t.Errorf("said: %s", said.errors)
	}
}

func TestBrowserCheck(t *testing.T) {
	b := Open(t)
	said := &saying{TB: t}
	b.Check(said, write(t, "", `<script>window.pwned = 1</script>`), Options{})
	b.Check(said, filepath.Join(t.TempDir(), "none.html"), Options{})
	if !strings.Contains(said.errors, "window.pwned is set (light 360, light 800,") || !strings.Contains(said.errors, "none.html: ") {
		t.Errorf("said: %s", said.errors)
	}
}

// TestBrowserEnds looks for what a browser leaves behind.
func TestBrowserEnds(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Run("one", func(t *testing.T) {
		b := Open(t)
		if _, err := b.Findings(write(t, "", ""), Options{}); err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS == "linux" && len(processes(tmp)) == 0 {
			t.Error("no process is seen: the test sees none left either")
		}
	})
	if left := processes(tmp); len(left) > 0 {
		t.Errorf("processes are left: %v", left)
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "*")); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
}

// processes gives those whose command line names folder (nothing but on Linux).
func processes(folder string) []string {
	var all []string
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range lines {
		if line, err := os.ReadFile(name); err == nil && bytes.Contains(line, []byte("="+folder)) {
			all = append(all, filepath.Dir(name))
		}
	}
	return all
}

// TestMissing: a machine without a browser leaves the test out, but not in CI.
func TestMissing(t *testing.T) {
	t.Setenv("CHROMIUM", filepath.Join(t.TempDir(), "none"))
	t.Setenv("ROLEFIT_AXE", "")
	for ci, want := range map[string]string{"true": "fatal: no browser here: install", "": "skip: no browser here: install"} {
		t.Setenv("CI", ci)
		said := &saying{TB: t}
		ended := make(chan bool)
		go func() {
			defer close(ended)
			Open(said)
		}()
		<-ended
		if !strings.HasPrefix(said.errors, want) {
			t.Errorf("CI=%s: %s", ci, said.errors)
		}
		said = &saying{TB: t}
		if src := axeSource(said); src != "" || (ci == "true") != strings.HasPrefix(said.errors, "error: no axe-core") {
			t.Errorf("CI=%s: %s", ci, said.errors)
		}
	}
}

// saying keeps what a test that fails would say.
type saying struct {
	testing.TB
	errors string
}

func (s *saying) Helper()                   {}
func (s *saying) Log(...any)                {}
func (s *saying) Error(a ...any)            { s.errors += "error: " + fmt.Sprintln(a...) }
func (s *saying) Errorf(f string, a ...any) { s.errors += "error: " + fmt.Sprintf(f+"\n", a...) }
func (s *saying) Fatal(a ...any)            { s.errors += "fatal: " + fmt.Sprintln(a...); runtime.Goexit() }
func (s *saying) Skip(a ...any)             { s.errors += "skip: " + fmt.Sprintln(a...); runtime.Goexit() }

// listen opens a port that pages try to reach. None may.
func listen(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Error("a page reached the network")
			_ = c.Close()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-ended
	})
	return "http://" + l.Addr().String()
}

// styleHash is what a policy names to let good's style be.
func styleHash() string {
	_, style, _ := strings.Cut(good, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	return base64.StdEncoding.EncodeToString(sum[:])
}
