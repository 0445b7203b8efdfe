package report

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// The explanations of a result in words, the same in every format.

// pulls is how many answers are named for each side.
const pulls = 3

// pull is what one answer did, in words.
type pull struct {
	size     string // +5.2
	question string
	answer   string
}

// strongest names the answers that pulled most towards one role.
func strongest(l *score.Ledger, role *quiz.Role) []pull {
	var all []pull
	for _, e := range l.Effects {
		if e.Favours != role || len(all) == pulls {
			continue
		}
		size := new(big.Rat).Abs(e.Size)
		all = append(all, pull{"+" + text.Decimal(size, 1), e.Question.Ask, answerWords(e.Question, e.Answer)})
	}
	return all
}

// answerWords gives an answer as the person read it.
func answerWords(q *quiz.Question, a quiz.Answer) string {
	words := q.Form().Describe(a)
	if len(words) == 0 {
		return "none of them"
	}
	separator := ", "
	if q.Form().Ordered {
		separator = ", then "
	}
	return listed(words, separator)
}

// listed puts each text in quotes, and drops those that it has of its own.
func listed(words []string, separator string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = text.Curly(strings.Trim(text.Line(w), "“”"))
	}
	return strings.Join(all, separator)
}

// listedChanges is the most answers that a flip spells out.
const listedChanges = 4

// flipSentence says how close another outcome is; the changes follow when it ends with a colon.
func flipSentence(r *Result, f odds.Flip) string {
	name := outcomeName(r.Quiz, f.Outcome)
	n := len(f.Changes)
	switch {
	case f.Why != "":
		return fmt.Sprintf("How far it is to %s was not worked out: %s.", name, f.Why)
	case n == 0:
		return fmt.Sprintf("No other answers to these questions lead to %s.", name)
	case n == 1:
		return fmt.Sprintf("One different answer would have made this %s:", name)
	case n <= listedChanges:
		return fmt.Sprintf("%s different answers would have made this %s:", numbers[n], name)
	}
	return fmt.Sprintf("It would have taken at least %d different answers to make this %s.", n, name)
}

var numbers = []string{"No", "One", "Two", "Three", "Four"}

// changesOf are the changes that a sentence with a colon announces.
func changesOf(f odds.Flip) []odds.Change {
	if len(f.Changes) > listedChanges {
		return nil
	}
	return f.Changes
}

func changeWords(c odds.Change) string {
	return fmt.Sprintf("%s %s instead of %s", text.Line(c.Question.Ask), answerWords(c.Question, c.To), answerWords(c.Question, c.From))
}

func outcomeName(q *quiz.Quiz, id string) string {
	if role := q.Role(id); role != nil {
		return text.Line(role.Name)
	}
	for _, h := range q.Hybrids {
		if h.ID == id {
			return text.Line(h.Name)
		}
	}
	return id
}

// steadySentence says how firm the outcome is; "" when there is nothing to say.
func steadySentence(r *Result) string {
	var parts []string
	always := true
	for _, s := range r.Near.Steadiness {
		if s.Same == nil {
			continue
		}
		always = always && s.Same.Cmp(big.NewRat(1, 1)) == 0
		share := percent(s.Same)
		switch len(parts) {
		case 0:
			share = fmt.Sprintf("Change %s at random, and the outcome stays the same in %s of cases", changed[s.Changed], share)
		default:
			share = fmt.Sprintf("change %s, in %s", changed[s.Changed], share)
		}
		parts = append(parts, share)
	}
	switch {
	case parts == nil:
		return ""
	case always:
		return fmt.Sprintf("Change up to %s, whichever and however, and the outcome stays the same.", plenty[len(parts)])
	}
	return strings.Join(parts, "; ") + "."
}

var (
	changed = []string{"none", "one answer", "two", "three"}
	plenty  = []string{"none", "one answer", "two answers", "three answers"}
)

// nearest puts the flips that take fewest changes first, and those that do not exist last.
func nearest(flips []odds.Flip) []odds.Flip {
	size := func(f odds.Flip) int {
		if f.Changes == nil {
			return math.MaxInt
		}
		return len(f.Changes)
	}
	sorted := slices.Clone(flips)
	slices.SortStableFunc(sorted, func(a, b odds.Flip) int { return cmp.Compare(size(a), size(b)) })
	return sorted
}

// percent shows a share so that neither all nor nothing is said of less.
func percent(share *big.Rat) string {
	return text.Figure(new(big.Rat).Mul(share, big.NewRat(100, 1)), 0, 100) + "%"
}

// explain writes the explanations for a terminal.
func (p *page) explain(r *Result) {
	if r.Ledger != nil {
		p.heading("What made the difference")
		for _, role := range []*quiz.Role{r.Ledger.First, r.Ledger.Second} {
			p.pulls(role, strongest(r.Ledger, role))
		}
		p.hang(indent, "Points are of the lead, against the average answer to the same question.")
	}
	if r.Near == nil {
		return
	}
	p.heading("How close it was")
	for _, f := range nearest(r.Near.Flips) {
		p.hang(indent, flipSentence(r, f))
		for _, c := range changesOf(f) {
			p.hang(indent+indent+"- ", changeWords(c))
		}
	}
	if words := steadySentence(r); words != "" {
		p.hang(indent, words)
	}
}

func (p *page) pulls(role *quiz.Role, all []pull) {
	if len(all) == 0 {
		p.hang(indent, "No answer pulled towards "+text.Line(role.Name)+".")
		return
	}
	p.hang(indent, "Towards "+text.Line(role.Name)+":")
	for _, one := range all {
		lead := indent + indent + text.Pad(one.size, 6)
		p.hang(lead, text.Line(one.question)+" "+one.answer)
	}
}

// markdownExplain writes the same in Markdown.
func (p *page) markdownExplain(r *Result) {
	if r.Ledger != nil {
		p.section("What made the difference")
		p.line("| Towards | Points of the lead | Question | Answer |\n| --- | ---: | --- | --- |")
		for _, role := range []*quiz.Role{r.Ledger.First, r.Ledger.Second} {
			for _, one := range strongest(r.Ledger, role) {
				p.line(fmt.Sprintf("| %s | %s | %s | %s |", md(role.Name), one.size, md(one.question), md(one.answer)))
			}
		}
	}
	if r.Near == nil {
		return
	}
	p.section("How close it was")
	for _, f := range nearest(r.Near.Flips) {
		p.line("- " + md(flipSentence(r, f)))
		for _, c := range changesOf(f) {
			p.line("  - " + md(changeWords(c)))
		}
	}
	if words := steadySentence(r); words != "" {
		p.line("- " + md(words))
	}
}
