package diff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
)

func (l *lister) questions() {
	s := siblings[*quiz.Question]{
		kind: "question", id: func(q *quiz.Question) string { return q.ID }, old: l.old.Questions, new: l.new.Questions,
		list: func(q *quiz.Quiz) *[]*quiz.Question { return &q.Questions },
	}
	s.pairs(func(a, b *quiz.Question) { l.question(s.named(b), a, b) })
	s.lists(l, func(c *Change, gone bool) { c.Breaking = gone })
}

func (l *lister) question(where string, a, b *quiz.Question) {
	l.texts(where, [][3]string{{"ask", a.Ask, b.Ask}, {"help", a.Help, b.Help}})
	l.value(where, "shuffle", a.Shuffle, b.Shuffle)
	own := func(q *quiz.Quiz) *quiz.Question { return q.Question(b.ID) }
	if a.Kind != b.Kind {
		l.scored(Change{Where: where, What: "kind", From: a.Kind, To: b.Kind, Breaking: true, Why: "it is answered in another way"},
			func(q *quiz.Quiz) { *own(q) = *cloneQuestion(b) })
		return
	}
	l.asked(where, a, b, own)
	l.points(where, "measures", a.Measures, b.Measures, func(q *quiz.Quiz) *quiz.Points { return &own(q).Measures })
	l.labels(where, a, b, own)
	l.pick(where, a, b, own)
	l.options(where, a, b, own)
}

// asked notes whether and when the question is put.
func (l *lister) asked(where string, a, b *quiz.Question, own func(*quiz.Quiz) *quiz.Question) {
	if a.Optional != b.Optional {
		c := l.scored(Change{Where: where, What: "optional", From: strconv.FormatBool(a.Optional), To: strconv.FormatBool(b.Optional)},
			func(q *quiz.Quiz) { own(q).Optional = b.Optional })
		c.strict = a.Optional && b.Scored()
		if c.strict {
			c.Why = "sheets without an answer to it become incomplete"
		}
	}
	if from, to := whenText(a.When), whenText(b.When); from != to {
		l.scored(Change{Where: where, What: "when", From: from, To: to}, func(q *quiz.Quiz) { own(q).When = b.When })
	}
}

// whenText writes a condition for people; "" is none.
func whenText(w quiz.When) string {
	if !w.Set {
		return ""
	}
	var clauses []string
	for _, clause := range w.Any {
		var tests []string
		for _, t := range clause {
			tests = append(tests, t.Key+" = "+strings.Join(t.Values, " or "))
		}
		slices.Sort(tests)
		clauses = append(clauses, "{ "+strings.Join(tests, ", ")+" }")
	}
	return strings.Join(clauses, " or ")
}

func (l *lister) labels(where string, a, b *quiz.Question, own func(*quiz.Quiz) *quiz.Question) {
	if len(a.Labels) != len(b.Labels) {
		c := l.number(where, "steps of the scale", len(a.Labels), len(b.Labels), func(q *quiz.Quiz) { own(q).Labels = b.Labels }, "")
		if c.Breaking = len(b.Labels) < len(a.Labels); c.Breaking {
			c.Why = fmt.Sprintf("steps above %d are gone", len(b.Labels))
		}
		return
	}
	for i := range a.Labels {
		l.texts(where, [][3]string{{fmt.Sprintf("label %d", i+1), a.Labels[i], b.Labels[i]}})
	}
}

func (l *lister) pick(where string, a, b *quiz.Question, own func(*quiz.Quiz) *quiz.Question) {
	if !a.Form().List || a.Form().Ordered {
		return
	}
	if c := l.number(where, "pick.min", a.Pick.Min, b.Pick.Min, func(q *quiz.Quiz) { own(q).Pick.Min = b.Pick.Min }, ""); c != nil {
		c.Breaking = b.Pick.Min > a.Pick.Min
	}
	if pickAll(a, b) {
		return // the options say it
	}
	if c := l.number(where, "pick.max", a.Pick.Max, b.Pick.Max, func(q *quiz.Quiz) { own(q).Pick.Max = b.Pick.Max }, ""); c != nil {
		c.Breaking = b.Pick.Max < a.Pick.Max
	}
}

// pickAll reports whether as many may be picked as there are options, in both versions.
func pickAll(a, b *quiz.Question) bool {
	return a.Pick.Max == len(a.Options) && b.Pick.Max == len(b.Options)
}

func (l *lister) options(where string, a, b *quiz.Question, own func(*quiz.Quiz) *quiz.Question) {
	s := siblings[quiz.Option]{
		where: where, kind: "option", id: func(o quiz.Option) string { return o.ID }, old: a.Options, new: b.Options,
		list: func(q *quiz.Quiz) *[]quiz.Option { return &own(q).Options },
	}
	s.pairs(func(before, after quiz.Option) {
		place := s.named(after)
		l.texts(place, [][3]string{{"text", before.Text, after.Text}})
		l.value(place, "fixed", before.Fixed, after.Fixed)
		l.points(place, "points", before.Points, after.Points, func(q *quiz.Quiz) *quiz.Points {
			options := own(q).Options
			return &options[s.find(options, after.ID)].Points
		})
	})
	ranked := b.Form().Ordered
	s.lists(l, func(c *Change, gone bool) {
		if c.Breaking = gone || ranked; ranked && !gone {
			c.Why = "stored orders leave it out"
		}
		if change := c.apply; pickAll(a, b) {
			c.apply = func(q *quiz.Quiz) {
				change(q)
				own(q).Pick.Max = len(own(q).Options)
			}
		}
	})
}
