package browsertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// Options loosens a check.
type Options struct {
	AxeOff []string // rules of axe-core that the page is let off
}

// What a page must stand. axe-core reads it at the ends: the width between
// tells it nothing new.
var (
	schemes = []string{"light", "dark"}
	widths  = []int{360, 800, 1280}
	ends    = []int{1280, 360}
)

// Check fails the test with each finding about the page.
func (b *Browser) Check(t testing.TB, file string, o Options) {
	t.Helper()
	found, err := b.Findings(file, o)
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
	for _, f := range found {
		t.Errorf("%s: %s", file, f)
	}
}

// Findings opens the file in a fresh tab for each colour scheme, at each width,
// and gives what is wrong with it: each thing once, with the views that show it.
func (b *Browser) Findings(file string, o Options) ([]string, error) {
	all := make([][]finding, len(schemes))
	errs := make([]error, len(schemes))
	var both sync.WaitGroup
	for i, scheme := range schemes {
		both.Go(func() { all[i], errs[i] = b.look(file, scheme, o) })
	}
	both.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("in %s: %w", schemes[i], err)
		}
	}
	return merge(slices.Concat(all...)), nil
}

// finding is one thing that is wrong, and the view that shows it.
type finding struct{ what, where string }

func merge(all []finding) []string {
	var order []string
	where := make(map[string][]string)
	for _, f := range all {
		if where[f.what] == nil {
			order = append(order, f.what)
		}
		if !slices.Contains(where[f.what], f.where) {
			where[f.what] = append(where[f.what], f.where)
		}
	}
	for i, what := range order {
		order[i] = fmt.Sprintf("%s (%s)", what, strings.Join(where[what], ", "))
	}
	return order
}

// look gives what is wrong in one scheme. All that the page does is collected
// before axe-core comes in, which does things of its own.
func (b *Browser) look(file, scheme string, o Options) (found []finding, err error) {
	add := func(where string, what ...string) {
		for _, one := range what {
			found = append(found, finding{what: one, where: where})
		}
	}
	at := func(width int) string { return fmt.Sprintf("%s %d", scheme, width) }
	w, err := b.show(file, view{scheme: scheme, width: widths[0]}, func(ctx context.Context, w *watch) error {
		for _, width := range widths {
			broken, err := promised(ctx, width)
			if err != nil {
				return err
			}
			add(at(width), broken...)
		}
		w.stop()
		if b.axe == "" {
			return nil
		}
		return b.barriers(ctx, o, func(width int, what []string) { add(at(width), what...) })
	})
	if w == nil {
		return nil, err
	}
	did := w.stop()
	add(scheme, did...)
	if len(did) > 0 && err != nil { // such as a page that leaves for another one
		add(scheme, "the page could not be looked at: "+err.Error())
		err = nil
	}
	return found, err
}

// promised asks the page itself what it breaks in a window of that width.
func promised(ctx context.Context, width int) ([]string, error) {
	if err := resize(ctx, width); err != nil {
		return nil, err
	}
	broken, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](promises))
	if err != nil {
		return nil, err
	}
	pale, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](drawnText))
	return append(broken, pale...), err
}

// promises also names the elements that are wider than the window.
const promises = `(() => {
	const found = (globalThis[Symbol.for('violations')] ?? []).map(v => 'the Content-Security-Policy refused ' + v)
	if (typeof globalThis.pwned !== 'undefined') found.push('a script ran: window.pwned is set')
	const wide = document.scrollingElement.scrollWidth
	if (wide > innerWidth) {
		const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
		const names = out.slice(0, 3).map(e => e.cloneNode(false).outerHTML.slice(0, 120))
		found.push(['the page is ' + wide + ' px wide in a window of ' + innerWidth, ...names].join(' '))
	}
	return found
})()`
