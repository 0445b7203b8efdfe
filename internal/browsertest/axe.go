package browsertest

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeSource reads the axe-core that ROLEFIT_AXE names. Without one, the pages
// are checked for the rest, and the test fails in CI.
func axeSource(t testing.TB) string {
	t.Helper()
	file := os.Getenv("ROLEFIT_AXE")
	if file == "" {
		const missing = "no axe-core here, barriers are not looked for: npm install axe-core, and name its axe.min.js in ROLEFIT_AXE"
		if inCI() {
			t.Error(missing)
		} else {
			t.Log(missing)
		}
		return ""
	}
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("ROLEFIT_AXE: %v", err)
	}
	return string(src)
}

// barriers runs axe-core: the rules of WCAG 2.2 A and AA, and its best
// practices. It comes over the browser's protocol, which the page's
// Content-Security-Policy does not bind.
func (b *Browser) barriers(ctx context.Context, o Options, tell func(width int, what []string)) error {
	run, err := axeRun(o)
	if err != nil {
		return err
	}
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](b.axe)); err != nil {
		return err
	}
	for _, width := range ends {
		if err := resize(ctx, width); err != nil {
			return err
		}
		what, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](run, chromedp.EvalAwaitPromise))
		if err != nil {
			return err
		}
		tell(width, what)
	}
	return nil
}

// axeRun is the script that asks axe-core.
func axeRun(o Options) (string, error) {
	type rule struct {
		Enabled bool `json:"enabled"`
	}
	rules := map[string]rule{"target-size": {true}} // the one rule of AA that is off by default
	for _, id := range o.AxeOff {
		rules[id] = rule{}
	}
	options, err := json.Marshal(map[string]any{"resultTypes": []string{"violations"}, "rules": rules})
	return "axe.run(document, " + string(options) + ")" + told, err
}

// told makes a sentence of each broken rule, with the first places and why.
const told = `.then(result => result.violations.map(v => {
	const places = v.nodes.slice(0, 3).map(n => {
		const why = [...n.any, ...n.all, ...n.none][0]
		return n.html.slice(0, 200) + (why ? ': ' + why.message : '')
	})
	return 'axe ' + v.id + ': ' + v.help + ', ' + v.nodes.length + ' times: ' + places.join(' | ')
}))`
