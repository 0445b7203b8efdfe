package diff

import (
	"errors"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Person is one stored answer sheet, scored by both versions.
type Person struct {
	Name     string // of the respondent, else of the file
	From, To string // outcomes; To is "" where the new version has none for the sheet
	Why      string // why not
}

// Moved reports whether the new version comes to something else.
func (p *Person) Moved() bool { return p.From != p.To }

// Panel scores stored sheets by both versions.
type Panel struct {
	old, new *score.Compiled
	rescore  bool
}

// NewPanel prepares for sheets of the old version; with rescore also for those
// that were answered on another state of it.
func NewPanel(before, after *quiz.Quiz, rescore bool) *Panel {
	return &Panel{score.Compile(before), score.Compile(after), rescore}
}

// Score reads one sheet, JSON or TOML. What the old version cannot read or score
// is an error; what the new one cannot is a finding about the change, and part of the result.
func (p *Panel) Score(name string, src []byte) (Person, error) {
	sheet, found := quiz.ReadSheet(p.old.Quiz, name, src, p.rescore)
	if found != nil {
		return Person{}, found
	}
	before, err := p.old.Score(sheet.Answers)
	if err != nil {
		return Person{}, err
	}
	person := Person{Name: sheet.Respondent, From: before.Outcome.ID}
	if person.Name == "" {
		person.Name = name
	}
	person.To, err = p.outcome(name, src)
	var list diag.List
	switch {
	case errors.As(err, &list):
		person.Why = list[0].Message
	case err != nil:
		person.Why = err.Error()
	}
	return person, nil
}

// outcome is what the new version makes of the same sheet.
func (p *Panel) outcome(name string, src []byte) (string, error) {
	sheet, found := quiz.ReadSheet(p.new.Quiz, name, src, true)
	if found != nil {
		return "", found
	}
	r, err := p.new.Score(sheet.Answers)
	if err != nil {
		return "", err
	}
	return r.Outcome.ID, nil
}
