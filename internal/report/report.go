// Package report writes results, comparisons and role cards for people and for
// programs. A format of something is one row of a list here. It must not work
// anything out that two formats could show differently, nor know where what it
// writes goes.
package report

import (
	"io"
	"strings"
	"time"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// Look says how text for a terminal is laid out. The caller decides it once.
type Look struct {
	Width int  // cells; at least minWidth are used
	Color bool // emphasis by escape sequences
	Bars  bool // draw figures as bars; they are always there as numbers too
}

const (
	minWidth = 30
	maxWidth = 88 // longer lines are hard to read
)

func (l Look) width() int { return min(max(l.Width, minWidth), maxWidth) }

// bold sets text off where the terminal can; never the only mark of a meaning.
func (l Look) bold(s string) string { return l.paint("1", s) }

func (l Look) tint(s string) string { return l.paint("36", s) }

func (l Look) paint(code, s string) string {
	if !l.Color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Result is a scored sheet with what explains it, where that was worked out.
type Result struct {
	*score.Result
	Answered time.Time     // when the last question was answered; zero: not recorded
	Ledger   *score.Ledger // nil: no explanation was asked for
	Near     *odds.Near    // nil: the same
}

// Format is one way of writing something.
type Format[T any] struct {
	Name  string
	Write func(w io.Writer, v T, look Look) error
}

// ResultFormats lists the formats of a result, the default first.
func ResultFormats() []Format[*Result] {
	return []Format[*Result]{
		{"text", resultText},
		{"json", resultJSON},
		{"markdown", resultMarkdown},
		{"html", resultHTML},
	}
}

// CompareFormats lists the formats of a comparison of the roles, the default first.
func CompareFormats() []Format[*quiz.Quiz] {
	return []Format[*quiz.Quiz]{
		{"text", compareText},
		{"markdown", compareMarkdown},
		{"json", compareJSON},
		{"html", compareHTML},
	}
}

// OddsFormats lists the formats of the odds of a quiz, the default first.
func OddsFormats() []Format[*odds.Odds] {
	return []Format[*odds.Odds]{
		{"text", oddsText},
		{"json", oddsJSON},
		{"html", oddsHTML},
	}
}

// ListFormats lists the formats of a list of quizzes, the default first.
func ListFormats() []Format[[]*quiz.Quiz] {
	return []Format[[]*quiz.Quiz]{
		{"text", listText},
		{"json", listJSON},
	}
}

// page collects lines and writes them at once, so that a failed write leaves nothing half said.
type page struct {
	strings.Builder
	look Look
}

func (p *page) line(s string) { p.WriteString(strings.TrimRight(s, " ") + "\n") }

func (p *page) lines(all []string) {
	for _, s := range all {
		p.line(s)
	}
}

// hang adds a text behind a lead that stands before its first line.
func (p *page) hang(lead, s string) { p.lines(text.Hang(lead, s, p.look.width())) }

// gap adds a blank line.
func (p *page) gap() { p.WriteString("\n") }

func (p *page) flush(w io.Writer) error {
	_, err := io.WriteString(w, p.String())
	return err
}
