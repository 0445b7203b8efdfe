package diff

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// lister walks both versions and notes what differs.
type lister struct {
	old, new *quiz.Quiz
	all      []Change
}

func (l *lister) list() {
	l.head()
	l.dimensions()
	l.questions()
	l.roles()
	l.hybrids()
	l.advice("", "contrasts", l.old.Contrasts, l.new.Contrasts)
	l.advice("", "notes", l.old.Notes, l.new.Notes)
}

func named(kind, id string) string { return fmt.Sprintf("%s %q", kind, id) }

// texts notes those texts (what it is, old, new) that differ.
func (l *lister) texts(where string, all [][3]string) {
	for _, t := range all {
		if t[1] != t[2] {
			l.all = append(l.all, Change{Where: where, What: t[0], From: said(t[1]), To: said(t[2]), Class: Wording})
		}
	}
}

// said is a text as a report repeats it; "" where there is none.
func said(s string) string {
	if s == "" {
		return ""
	}
	return text.Curly(s)
}

// advice notes lists that differ and that no score depends on.
func (l *lister) advice(where, what string, from, to any) {
	if !reflect.DeepEqual(from, to) {
		l.all = append(l.all, Change{Where: where, What: what, Class: Wording})
	}
}

// value notes a setting that differs and that no score depends on.
func (l *lister) value(where, what string, from, to any) {
	if from != to {
		l.all = append(l.all, Change{Where: where, What: what, From: fmt.Sprint(from), To: fmt.Sprint(to), Class: Wording})
	}
}

// scored notes a change that can bear on results.
func (l *lister) scored(c Change, apply func(*quiz.Quiz)) *Change {
	c.apply = apply
	l.all = append(l.all, c)
	return &l.all[len(l.all)-1]
}

func (l *lister) head() {
	a, b := l.old, l.new
	if a.ID != b.ID {
		c := l.scored(Change{What: "id", From: a.ID, To: b.ID, Breaking: true}, func(q *quiz.Quiz) { q.ID = b.ID })
		c.Why = "sheets name the quiz they answer"
	}
	l.texts("", [][3]string{
		{"title", a.Title, b.Title}, {"summary", a.Summary, b.Summary}, {"intro", a.Intro, b.Intro},
		{"lang", a.Lang, b.Lang}, {"license", a.License, b.License},
	})
	l.value("", "retired", strings.Join(a.Retired, ", "), strings.Join(b.Retired, ", "))
	l.value("", "minutes", a.Minutes, b.Minutes)
	l.value("", "shuffle", a.Shuffle, b.Shuffle)
	l.advice("", "check.allow", a.Allow, b.Allow)
	l.scoring()
}

func (l *lister) scoring() {
	a, b := l.old.Scoring, l.new.Scoring
	l.number("", "scoring.strong", a.Strong, b.Strong, func(q *quiz.Quiz) { q.Scoring.Strong = b.Strong }, "strengths move, outcomes do not")
	l.number("", "scoring.moderate", a.Moderate, b.Moderate, func(q *quiz.Quiz) { q.Scoring.Moderate = b.Moderate }, "strengths move, outcomes do not")
	why := "sheets with answers missing that were refused are scored"
	if b.MinComplete > a.MinComplete {
		why = "sheets with answers missing that were scored are refused"
	}
	c := l.number("", "scoring.min_complete", a.MinComplete, b.MinComplete, func(q *quiz.Quiz) { q.Scoring.MinComplete = b.MinComplete }, why)
	if c != nil {
		c.strict = b.MinComplete > a.MinComplete
	}
}

// number notes a number that differs; it returns nil when it does not.
func (l *lister) number(where, what string, from, to int, apply func(*quiz.Quiz), why string) *Change {
	if from == to {
		return nil
	}
	return l.scored(Change{Where: where, What: what, From: strconv.Itoa(from), To: strconv.Itoa(to), Why: why}, apply)
}

// points notes each number of a table that differs.
func (l *lister) points(where, table string, from, to quiz.Points, of func(*quiz.Quiz) *quiz.Points) {
	ids := make(map[string]bool)
	for id := range from {
		ids[id] = true
	}
	for id := range to {
		ids[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		l.number(where, table+"."+id, from[id], to[id], func(q *quiz.Quiz) { set(of(q), id, to[id]) }, "")
	}
}

func (l *lister) dimensions() {
	s := siblings[quiz.Dimension]{
		kind: "dimension", id: func(d quiz.Dimension) string { return d.ID }, old: l.old.Dimensions, new: l.new.Dimensions,
		list: func(q *quiz.Quiz) *[]quiz.Dimension { return &q.Dimensions },
	}
	s.pairs(func(a, b quiz.Dimension) {
		l.texts(s.named(b), [][3]string{{"name", a.Name, b.Name}, {"about", a.About, b.About}, {"low", a.Low, b.Low}, {"high", a.High, b.High}})
	})
	s.lists(l, unmarked)
}

func (l *lister) roles() {
	s := siblings[quiz.Role]{
		kind: "role", id: func(r quiz.Role) string { return r.ID }, old: l.old.Roles, new: l.new.Roles,
		list: func(q *quiz.Quiz) *[]quiz.Role { return &q.Roles },
	}
	s.pairs(func(a, b quiz.Role) {
		where := s.named(b)
		l.texts(where, [][3]string{{"name", a.Name, b.Name}, {"tagline", a.Tagline, b.Tagline}, {"summary", a.Summary, b.Summary}})
		l.points(where, "weights", a.Weights, b.Weights, func(q *quiz.Quiz) *quiz.Points { return &q.Role(b.ID).Weights })
		l.advice(where, "path", a.Path, b.Path)
		l.advice(where, "steps", a.Steps, b.Steps)
	})
	s.lists(l, unmarked)
}

func (l *lister) hybrids() {
	s := siblings[quiz.Hybrid]{
		kind: "hybrid", id: func(h quiz.Hybrid) string { return h.ID }, old: l.old.Hybrids, new: l.new.Hybrids,
		list: func(q *quiz.Quiz) *[]quiz.Hybrid { return &q.Hybrids },
	}
	s.pairs(func(a, b quiz.Hybrid) {
		where := s.named(b)
		own := func(q *quiz.Quiz) *quiz.Hybrid { return &q.Hybrids[s.find(q.Hybrids, b.ID)] }
		l.texts(where, [][3]string{{"name", a.Name, b.Name}, {"tagline", a.Tagline, b.Tagline}, {"summary", a.Summary, b.Summary}})
		l.number(where, "margin", a.Margin, b.Margin, func(q *quiz.Quiz) { own(q).Margin = b.Margin }, "")
		if !slices.Equal(slices.Sorted(slices.Values(a.Roles)), slices.Sorted(slices.Values(b.Roles))) {
			l.scored(Change{Where: where, What: "roles", From: strings.Join(a.Roles, ", "), To: strings.Join(b.Roles, ", ")},
				func(q *quiz.Quiz) { own(q).Roles = b.Roles })
		}
		l.advice(where, "steps", a.Steps, b.Steps)
	})
	s.lists(l, unmarked)
}
