package browsertest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/debugger"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// hearViolations keeps what the page's Content-Security-Policy refused. It comes
// from outside of the page, so the policy lets it run.
const hearViolations = `addEventListener('securitypolicyviolation', e => {
	(globalThis[Symbol.for('violations')] ??= []).push(
		[e.effectiveDirective, e.blockedURI, e.sample].filter(s => s).join(' '))
})`

// watch collects what a page does that a report never does.
type watch struct {
	page   string // its address
	answer func() // closes a dialog

	mu    sync.Mutex
	begun bool // the page itself was asked for
	over  bool // what comes now is the test's own doing
	found []string
}

// stop ends the collecting and gives what there is.
func (w *watch) stop() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	return slices.Clone(w.found)
}

// see is called with every event of the tab, in their order.
func (w *watch) see(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if opening, ok := event.(*page.EventJavascriptDialogOpening); ok {
		w.add("a dialog opened: %s %q", opening.Type, opening.Message)
		go w.answer() // not from here: this is the loop that would read the reply
		return
	}
	if w.over {
		return
	}
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		w.called(e)
	case *runtime.EventExceptionThrown:
		w.add("an exception: %s", thrown(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelWarning || e.Entry.Level == log.EntryLevelError {
			w.add("the console has a %s: %s", e.Entry.Level, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		w.asked(e.Request.URL)
	case *debugger.EventScriptParsed:
		if e.URL == w.page {
			w.add("the page runs a script (line %d)", e.StartLine+1)
		}
	}
}

func (w *watch) add(format string, a ...any) {
	w.found = append(w.found, fmt.Sprintf(format, a...))
}

func (w *watch) called(e *runtime.EventConsoleAPICalled) {
	switch e.Type {
	case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
	default:
		return
	}
	var said []string
	for _, arg := range e.Args {
		if arg.Description != "" {
			said = append(said, arg.Description)
		} else {
			said = append(said, string(arg.Value))
		}
	}
	w.add("the console has a %s: %s", e.Type, strings.Join(said, " "))
}

// asked allows the page alone, and that once. What stands in an address itself
// (data:) goes nowhere; the page's policy refuses it, or does not.
func (w *watch) asked(address string) {
	switch {
	case address == w.page && !w.begun:
		w.begun = true
	case address == "about:blank", strings.HasPrefix(address, "data:"):
	default:
		w.add("the page asks for %s", address)
	}
}

func thrown(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}
