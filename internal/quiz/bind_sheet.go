package quiz

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// sheetBinder reads answers against the quiz they are for.
type sheetBinder struct {
	*bind.Reader
	of *Quiz
}

func (b *sheetBinder) sheet(rescore bool) *Sheet {
	t := b.Table(b.File.Root, "sheet")
	s := &Sheet{
		Quiz:       t.Text("quiz", 0),
		Version:    t.Text("version", 0),
		Digest:     t.Text("digest", 0),
		Seed:       b.seed(t),
		Started:    b.moment(t, "started"),
		Finished:   b.moment(t, "finished"),
		Respondent: b.respondent(t),
	}
	if b.foreign(t, s) || !rescore && b.outdated(t, s) {
		return nil
	}
	answers := t.Typed("answers", doc.Table, bind.Required)
	s.Answers = b.answers(answers)
	s.Seconds = b.seconds(t)
	t.Done()
	return s
}

// foreign reports a sheet that belongs to another quiz; nothing more is said of it then.
func (b *sheetBinder) foreign(t *bind.Table, s *Sheet) bool {
	if s.Quiz == "" || s.Quiz == b.of.ID {
		return false
	}
	b.Report("", t.Node.Fields["quiz"].Span, "this sheet answers the quiz %s, not %s", text.Quoted(s.Quiz), text.Quoted(b.of.ID)).
		Advise("score it with the quiz it is for: rolefit quiz " + text.Line(s.Quiz) + " --answers " + text.Line(b.File.Name))
	return true
}

// outdated reports a sheet whose quiz has since changed in a way that can change its result.
func (b *sheetBinder) outdated(t *bind.Table, s *Sheet) bool {
	node := t.Node.Fields["digest"]
	if node == nil || node.Kind != doc.String || sameDigest(s.Digest, b.of.Digest()) {
		return false
	}
	b.Report("", node.Span, "this sheet was answered on another state of the quiz: digest %s, now %s (version %s)",
		text.Quoted(shorten(s.Digest)), b.of.ShortDigest(), b.of.Version).
		Advise("points, options or conditions have changed since; --rescore scores it by today's quiz all the same")
	return true
}

// sameDigest accepts a digest in full or, as people are shown it, its first 12 digits or more.
func sameDigest(given, want string) bool {
	return len(given) >= 12 && strings.HasPrefix(want, strings.ToLower(given))
}

func shorten(digest string) string { return digest[:min(12, len(digest))] }

func (b *sheetBinder) seed(t *bind.Table) *int64 {
	node := t.Typed("seed", doc.Integer, 0)
	if node == nil {
		return nil
	}
	return &node.Int
}

// moment reads an RFC 3339 time; TOML may write it without quotes.
func (b *sheetBinder) moment(t *bind.Table, key string) time.Time {
	node := t.Get(key)
	switch {
	case node == nil || node.Kind == doc.Null:
		return time.Time{}
	case node.Kind == doc.Datetime && !node.DateOnly:
		return node.Time
	case node.Kind == doc.String:
		if at, err := time.Parse(time.RFC3339, node.Str); err == nil {
			return at
		}
	}
	b.Report("", node.Span, "`%s` must be a time such as 2026-11-23T18:30:00Z", key)
	return time.Time{}
}

// respondent reads who answered: a name or a number of the caller's own.
func (b *sheetBinder) respondent(t *bind.Table) string {
	node := t.Get("respondent")
	switch {
	case node == nil || node.Kind == doc.Null:
		return ""
	case node.Kind == doc.Integer:
		return strconv.FormatInt(node.Int, 10)
	}
	b.Is(node, "`respondent`", doc.String)
	return node.Str
}

func (b *sheetBinder) answers(node *doc.Node) Answers {
	answers := make(Answers)
	if node == nil {
		return answers
	}
	for _, id := range node.Keys {
		value := node.Fields[id]
		q := b.question(id, value)
		if q == nil || value.Kind == doc.Null {
			continue // null is how exports write "not answered"
		}
		if a, ok := b.answer(q, value); ok {
			answers[id] = a
		}
	}
	return answers
}

// question finds the question that a key of the sheet names.
func (b *sheetBinder) question(id string, node *doc.Node) *Question {
	if q := b.of.Question(id); q != nil {
		return q
	}
	b.Report(diag.UnknownQuestion, node.Key, "the quiz %s has no question %s", text.Quoted(b.of.ID), text.Quoted(id)).
		Suggestion = b.of.NearQuestion(id)
	return nil
}

func questionIDs(q *Quiz) []string {
	ids := make([]string, len(q.Questions))
	for i, one := range q.Questions {
		ids[i] = one.ID
	}
	return ids
}

// answer reads the value given to one question.
func (b *sheetBinder) answer(q *Question, node *doc.Node) (Answer, bool) {
	form := q.Form()
	values := []*doc.Node{node}
	if form.List {
		if !b.Is(node, "the answer to "+text.Quoted(q.ID), doc.Array) {
			return nil, false
		}
		values = node.Items
	}
	a := Answer{}
	for _, value := range values {
		pick, ok := b.pickOf(q, form, value)
		if !ok {
			return nil, false
		}
		if slices.Contains(a, pick) {
			b.Report(diag.DuplicateID, value.Span, "%s is given twice", text.Quoted(form.IDs[pick]))
			return nil, false
		}
		a = append(a, pick)
	}
	if problem := form.problem(a); problem != "" {
		b.Report(diag.OutOfRange, node.Span, "the answer to %s %s", text.Quoted(q.ID), problem)
		return nil, false
	}
	return form.normal(a), true
}

// pickOf reads one entry: an option's id or a scale's step.
func (b *sheetBinder) pickOf(q *Question, form Form, node *doc.Node) (int, bool) {
	if form.Steps {
		step, ok := wholeNumber(node)
		switch {
		case !ok:
			b.Is(node, "the answer to "+text.Quoted(q.ID), doc.Integer)
			return 0, false
		case step < 1 || step > int64(len(form.IDs)):
			b.Report(diag.OutOfRange, node.Span, "%s has no step %d: its steps are 1 to %d", text.Quoted(q.ID), step, len(form.IDs))
			return 0, false
		}
		return int(step) - 1, true
	}
	if !b.Is(node, "an answer to "+text.Quoted(q.ID), doc.String) {
		return 0, false
	}
	pick := form.index(node.Str)
	if pick < 0 {
		b.Report(diag.UnknownOption, node.Span, "question %s has no option %s", text.Quoted(q.ID), text.Quoted(node.Str)).Suggest(node.Str, form.IDs)
	}
	return pick, pick >= 0
}

// wholeNumber also takes 4.0: JSON has only one kind of number.
func wholeNumber(node *doc.Node) (int64, bool) {
	if node.Kind == doc.Integer {
		return node.Int, true
	}
	whole := node.Kind == doc.Float && node.Float == math.Trunc(node.Float) && math.Abs(node.Float) < 1<<31
	return int64(node.Float), whole
}

// problem says, behind "the answer …", why the picks are not allowed; "" when they are.
func (f Form) problem(a Answer) string {
	switch n := len(a); {
	case n >= f.Min && n <= f.Max:
		return ""
	case f.Ordered:
		return fmt.Sprintf("must put all %d options in order; it has %d", f.Max, n)
	case f.Min == f.Max:
		return fmt.Sprintf("must pick %d options; it picks %d", f.Min, n)
	case n < f.Min:
		return fmt.Sprintf("must pick at least %d; it picks %d", f.Min, n)
	default:
		return fmt.Sprintf("may pick at most %d; it picks %d", f.Max, n)
	}
}

// normal sorts the picks where their order means nothing.
func (f Form) normal(a Answer) Answer {
	if !f.Ordered {
		slices.Sort(a)
	}
	return a
}

func (b *sheetBinder) seconds(t *bind.Table) map[string]float64 {
	node := t.Typed("seconds", doc.Table, 0)
	if node == nil {
		return nil
	}
	seconds := make(map[string]float64)
	for _, id := range node.Keys {
		value := node.Fields[id]
		if b.question(id, value) == nil {
			continue
		}
		n, ok := value.Float, value.Kind == doc.Float
		if value.Kind == doc.Integer {
			n, ok = float64(value.Int), true
		}
		if !ok || math.IsNaN(n) || math.IsInf(n, 0) || n < 0 {
			b.Report("", value.Span, "the seconds spent on %s must be a number of at least 0", text.Quoted(id))
			continue
		}
		seconds[id] = n
	}
	return seconds
}

// ParseAnswer reads an answer as a person types it: an option's id, a step
// number, or ids parted by commas (none for an empty list). The error says what would be right.
func (q *Question) ParseAnswer(s string) (Answer, error) {
	form := q.Form()
	words := []string{strings.TrimSpace(s)}
	if form.List {
		words = strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
	}
	a := Answer{}
	for _, word := range words {
		pick := form.index(word)
		if pick < 0 {
			return nil, form.noSuch(word)
		}
		if slices.Contains(a, pick) {
			return nil, fmt.Errorf("%s is given twice", text.Quoted(word))
		}
		a = append(a, pick)
	}
	if problem := form.problem(a); problem != "" {
		return nil, fmt.Errorf("the answer %s", problem)
	}
	return form.normal(a), nil
}

func (f Form) noSuch(word string) error {
	if f.Steps {
		return fmt.Errorf("%s is not a step: the steps are 1 to %d", text.Quoted(word), len(f.IDs))
	}
	if near := text.Near(word, f.IDs); near != "" {
		return fmt.Errorf("there is no option %s: did you mean `%s`?", text.Quoted(word), near)
	}
	return fmt.Errorf("there is no option %s: the options are %s", text.Quoted(word), strings.Join(f.IDs, ", "))
}
