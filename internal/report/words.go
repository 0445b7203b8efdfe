package report

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// The sentences of a result, the same in every format.

func headline(r *score.Result) string {
	o := r.Outcome
	figure := strengthFigure(r, o.Fit)
	if o.Strength == "weak" {
		return fmt.Sprintf("None of these roles drew you much. The nearest is %s: a weak fit, %s of 100.", o.Name, figure)
	}
	if o.Kind == score.KindHybrid {
		return fmt.Sprintf("Your answers lie between two roles: %s. A %s fit, %s of 100.", o.Name, o.Strength, figure)
	}
	return fmt.Sprintf("Your answers point to %s: a %s fit, %s of 100.", o.Name, o.Strength, figure)
}

// strengthFigure shows a fit so that its side of the strengths can be seen.
func strengthFigure(r *score.Result, fit *big.Rat) string {
	s := r.Quiz.Scoring
	return text.Figure(fit, s.Moderate, s.Strong)
}

// weakness says what a weak fit means, plainly; "" for the others.
func weakness(r *score.Result) string {
	if r.Outcome.Strength != "weak" {
		return ""
	}
	return "Weak means that your answers show little interest in what these roles ask for, whichever of them comes first."
}

// band finds the hybrid that lies between the two leading roles, or nil.
func band(r *score.Result) *quiz.Hybrid {
	for i := range r.Quiz.Hybrids {
		h := &r.Quiz.Hybrids[i]
		if slices.Contains(h.Roles, r.Roles[0].Role.ID) && slices.Contains(h.Roles, r.Roles[1].Role.ID) {
			return h
		}
	}
	return nil
}

// marginSentence sets the margin against the hybrid band.
func marginSentence(r *score.Result) string {
	first, second := r.Roles[0].Role.Name, r.Roles[1].Role.Name
	if all := levelRoles(r); len(all) > 2 {
		return fmt.Sprintf("%s and %s are exactly level; the first two in the quiz's order count.", strings.Join(all[:len(all)-1], ", "), all[len(all)-1])
	}
	h := band(r)
	if h == nil {
		if r.Margin.Sign() == 0 {
			return fmt.Sprintf("%s and %s are exactly level; the first in the quiz's order is named.", first, second)
		}
		return fmt.Sprintf("%s leads %s by %s.", first, second, points(text.Figure(r.Margin, 0)))
	}
	figure := text.Figure(r.Margin, 0, h.Margin)
	switch {
	case r.Margin.Sign() == 0:
		return fmt.Sprintf("%s and %s are exactly level. A lead of up to %s counts as the hybrid.", first, second, points(fmt.Sprint(h.Margin)))
	case r.Outcome.ID == h.ID:
		return fmt.Sprintf("%s leads %s by %s: a lead of up to %d counts as the hybrid.", first, second, points(figure), h.Margin)
	}
	return fmt.Sprintf("%s leads %s by %s: more than the %d up to which it would be the hybrid.", first, second, points(figure), h.Margin)
}

// levelRoles names the roles that are level with the first.
func levelRoles(r *score.Result) []string {
	var all []string
	for _, role := range r.Roles {
		if role.Fit.Cmp(r.Roles[0].Fit) == 0 {
			all = append(all, role.Role.Name)
		}
	}
	return all
}

func points(figure string) string {
	if figure == "1" {
		return "1 point"
	}
	return figure + " points"
}

// The readings of a dimension's score: up to lowReading the low one, from
// highReading the high one, between them both hold a little.
var (
	lowReading  = big.NewRat(40, 1)
	highReading = big.NewRat(60, 1)
)

// level is −1 for a low score, 1 for a high one and 0 between.
func level(d score.DimensionScore) int {
	switch {
	case d.Score.Cmp(lowReading) <= 0:
		return -1
	case d.Score.Cmp(highReading) >= 0:
		return 1
	}
	return 0
}

// reading says in words what a dimension's score means; "" when the quiz has no words for it.
func reading(d score.DimensionScore) string {
	switch {
	case d.Score == nil:
		return "Not measured by the questions you answered."
	case level(d) < 0:
		return d.Dimension.Low
	case level(d) > 0:
		return d.Dimension.High
	case d.Dimension.Low == "" || d.Dimension.High == "":
		return ""
	}
	return fmt.Sprintf("Somewhere between “%s” and “%s”", d.Dimension.Low, d.Dimension.High)
}

func scoreFigure(d score.DimensionScore) string {
	if d.Score == nil {
		return "–"
	}
	return text.Figure(d.Score, 40, 60) // on its side of the readings
}

// missingSentence says how much of the quiz the result rests on; "" when all of it.
func missingSentence(r *score.Result) string {
	if len(r.Missing) == 0 {
		return ""
	}
	verb := "were"
	if len(r.Missing) == 1 {
		verb = "was"
	}
	return fmt.Sprintf("%d required %s %s not answered; the result rests on %d of %d scored questions.",
		len(r.Missing), text.Plural(len(r.Missing), "question", "questions"), verb, r.Answered, r.Shown)
}

// limits says what a result is not.
func limits() []string {
	return []string{
		"It shows what you prefer, not what you are able to do.",
		"It compares you with the roles as this quiz describes them, not with other people. There are no norms yet: 70 does not mean more than 70% of people.",
		"It is for exploring and for talking it over, never for choosing between applicants.",
	}
}

// checked says how old a fact is, and where to look; "" when it does not age.
func checked(asOf time.Time, url string) string {
	switch {
	case asOf.IsZero():
		return ""
	case url == "":
		return "As of " + day(asOf) + "; it may have changed."
	}
	return "As of " + day(asOf) + "; check the page, it may have changed."
}

// day writes a date; "" when there is none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}
