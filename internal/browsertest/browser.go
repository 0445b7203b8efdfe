// Package browsertest shows pages to a real browser, as tests do that hold a
// page to what is promised of it. It is for tests alone: no package that is
// built into the program imports it, nor the browser's protocol with it. It must
// not know what the pages are about.
package browsertest

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/debugger"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Nothing here waits for ever: a page that hangs is a finding, not a hung test.
const (
	startLimit = time.Minute
	tabLimit   = time.Minute
	limit      = 15 * time.Minute
)

// Find gives the browser of this machine: the program that CHROMIUM names, or
// the first on PATH that is known to speak the DevTools protocol.
func Find() (program string, ok bool) {
	names := []string{"chromium", "chromium-browser", "google-chrome", "chrome", "headless-shell"}
	if name := os.Getenv("CHROMIUM"); name != "" {
		names = []string{name}
	}
	for _, name := range names {
		if program, err := exec.LookPath(name); err == nil {
			return program, true
		}
	}
	return "", false
}

// inCI says whether a test must not be left out.
func inCI() bool { return os.Getenv("CI") == "true" }

// Browser is one headless browser without a network.
type Browser struct {
	ctx context.Context
	axe string // the source of axe-core; empty where there is none
}

// Open starts a browser that ends with the test. Where none is installed, the
// test is left out, and fails in CI. In short mode it is left out as well.
func Open(t testing.TB) *Browser {
	t.Helper()
	program, ok := Find()
	if !ok {
		const missing = "no browser here: install Debian's package chromium, or name a Chromium or Chrome in CHROMIUM"
		if inCI() {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	b := &Browser{axe: axeSource(t)}
	home, err := os.MkdirTemp("", "browser") // not the test's own: the path of a socket in it must be short
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), limit)
	ctx, release := chromedp.NewExecAllocator(ctx, flags(program, home)...)
	quiet := func(string, ...any) {} // events that are newer than the library are no news
	ctx, end := chromedp.NewContext(ctx, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	t.Cleanup(func() {
		end() // waits until every process is gone, and the profile with them
		release()
		stop()
		if err := os.RemoveAll(home); err != nil {
			t.Error(err)
		}
	})
	hung := time.AfterFunc(startLimit, stop)
	defer hung.Stop()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("%s does not start: %v", program, err)
	}
	b.ctx = ctx
	return b
}

func flags(program, home string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		// What it keeps beside its profile goes with it too.
		chromedp.Env("HOME="+home, "TMPDIR="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home),
		// Root has no sandbox, nor have most containers; the pages are our own.
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		// A page that asks for anything gets nothing, whatever the machine could reach.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-pings", true),
	)
}

// view is one way to look at a page.
type view struct {
	scheme string // light or dark
	width  int    // of the window, in CSS pixels
	media  string // print, or nothing for the screen
}

const height = 800

// show opens the file in a tab of its own and calls use when the page stands.
// It gives what it saw of the page, with an error too; nil where it saw none.
func (b *Browser) show(file string, v view, use func(ctx context.Context, w *watch) error) (*watch, error) {
	address, err := fileURL(file)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(b.ctx, tabLimit)
	defer stop()
	w := &watch{page: address}
	ctx, end := chromedp.NewContext(ctx, chromedp.WithListener(w.see))
	defer end()
	w.answer = func() { _ = dismiss(ctx) }
	if err := chromedp.Do(ctx, prepare(v), viewport(v.width), chromedp.Navigate(address), untilDrawn); err != nil {
		return w, err
	}
	return w, use(ctx, w)
}

func viewport(width int) chromedp.Action[chromedp.Void] {
	return chromedp.EmulateViewport(int64(width), height)
}

// resize gives the window another width and waits until the page has it.
func resize(ctx context.Context, width int) error {
	return chromedp.Do(ctx, viewport(width), untilDrawn)
}

// prepare is what the tab must know before the page comes.
func prepare(v view) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		look := emulation.SetEmulatedMediaParams{
			Media:    v.media,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}},
		}
		if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, look); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, t, debugger.Enable, debugger.EnableParams{}); err != nil {
			return err
		}
		// A page's debugger statement is a script like another, and must not halt the test.
		if _, err := cdp.Call(ctx, t, debugger.SetSkipAllPauses, debugger.SetSkipAllPausesParams{Skip: true}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: hearViolations})
		return err
	})
}

// untilDrawn waits until the page was laid out and drawn.
func untilDrawn(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	const drawn = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(1)))))`
	return chromedp.Evaluate[chromedp.Void](drawn, chromedp.EvalAwaitPromise)(ctx, t)
}

func dismiss(ctx context.Context) error {
	_, err := chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
	return err
}

func fileURL(file string) (string, error) {
	name, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(name); err != nil {
		return "", err
	}
	name = filepath.ToSlash(name)
	if name[0] != '/' { // C:/…
		name = "/" + name
	}
	return (&url.URL{Scheme: "file", Path: name}).String(), nil
}
