package browsertest

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"
)

// Paper is what a page is printed on.
type Paper int

// The two that the world prints on.
const (
	A4 Paper = iota
	Letter
)

func (p Paper) size() chromedp.PaperSize {
	if p == Letter {
		return chromedp.PaperLetter
	}
	return chromedp.PaperA4
}

const (
	inch   = 96  // in CSS pixels
	margin = 0.4 // on each side, in inches; the browser's own
)

// Screenshot writes a picture of the whole page to out, a PNG.
func (b *Browser) Screenshot(t testing.TB, file, scheme string, width int, out string) {
	t.Helper()
	_, err := b.show(file, view{scheme: scheme, width: width}, func(ctx context.Context, _ *watch) error {
		picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			return err
		}
		return os.WriteFile(out, picture, 0o644)
	})
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
}

// PDF prints the page. The test fails when there is nothing on the paper, and
// when the page is wider than the paper is between its margins: the browser
// would cut it or make it all smaller.
func (b *Browser) PDF(t testing.TB, file string, p Paper) []byte {
	t.Helper()
	size := p.size()
	between := int((size.Width - 2*margin) * inch)
	var printed []byte
	_, err := b.show(file, view{scheme: "light", width: between, media: "print"}, func(ctx context.Context, _ *watch) error {
		broken, err := promised(ctx, between)
		if err != nil {
			return err
		}
		for _, f := range broken {
			t.Errorf("%s, printed: %s", file, f)
		}
		printed, err = chromedp.Run(ctx, chromedp.PrintToPDF(
			chromedp.PDFPaper(size), chromedp.PDFMargin(margin), chromedp.PDFPrintBackground()))
		return err
	})
	if err != nil {
		t.Errorf("%s: %v", file, err)
	} else if !bytes.HasPrefix(printed, []byte("%PDF-")) || Pages(printed) == 0 {
		t.Errorf("%s: nothing was printed", file)
	}
	return printed
}

// onePage is how the browser's PDF writer begins a page; /Pages is their list.
var onePage = regexp.MustCompile(`/Type\s*/Page\b`)

// Pages counts the pages of what PDF printed.
func Pages(pdf []byte) int { return len(onePage.FindAll(pdf, -1)) }
