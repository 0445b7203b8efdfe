package cohort

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/quiz/quiztest"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/stats"
	"github.com/rolefit/rolefit/internal/text"
)

// respondent is a row of a drawn table: what it says, and whether it can be read.
type respondent struct {
	id, group string
	answers   quiz.Answers
	cells     []string // as the table has them
	broken    bool
}

// drawQuiz draws any quiz, or one that the fast way can score.
func drawQuiz(t *rapid.T) *quiz.Quiz {
	size := quiztest.Size{Dimensions: 3, Questions: 9, Roles: 3, Entries: 4, Conditions: true}
	if rapid.Bool().Draw(t, "any kind") {
		return quiztest.Quiz(t, size)
	}
	size.Conditions = false
	q := quiztest.Quiz(t, size)
	for _, one := range q.Questions {
		if one.Kind != "scale" {
			one.Kind, one.Pick = "choice", quiz.Pick{}
		}
		for j := range one.Options {
			one.Options[j].ID = string(rune('a' + j))
		}
	}
	return q
}

// cell writes an answer as a table has it; nil is none.
func cell(one *quiz.Question, a quiz.Answer, answered bool) string {
	if !answered {
		return ""
	}
	form := one.Form()
	var ids []string
	for _, entry := range a {
		ids = append(ids, form.IDs[entry])
	}
	if form.List && len(ids) == 0 {
		return "[]" // an empty cell may mean no answer
	}
	return strings.Join(ids, ";")
}

func drawPerson(t *rapid.T, q *quiz.Quiz) respondent {
	p := respondent{
		id:    rapid.SampledFrom([]string{"", "ann", "bob", "c,d", "=1+1", "-1", " x", "é\n", "bob\x1b[2J", "@a", "\"q\""}).Draw(t, "id"),
		group: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "group"),
	}
	complete := rapid.IntRange(0, 2).Draw(t, "complete") > 0
	p.answers = quiztest.Answers(t, q, complete)
	if rapid.IntRange(0, 5).Draw(t, "answers what is hidden") == 0 {
		for _, one := range q.Questions {
			if _, answered := p.answers[one.ID]; !answered && rapid.Bool().Draw(t, "too") {
				p.answers[one.ID] = quiztest.Answer(t, one)
			}
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "straight") == 0 {
		for _, one := range q.Questions {
			if _, answered := p.answers[one.ID]; answered && one.Kind == "scale" {
				p.answers[one.ID] = quiz.Answer{0}
			}
		}
	}
	p.cells = []string{p.id, p.group}
	for _, one := range q.Questions {
		a, answered := p.answers[one.ID]
		p.cells = append(p.cells, cell(one, a, answered))
		if form := one.Form(); !answered && form.List && form.Min == 0 && !form.Ordered && !one.Optional {
			p.answers[one.ID] = quiz.Answer{} // an empty cell says so here
		}
	}
	switch rapid.IntRange(0, 15).Draw(t, "fault") {
	case 0:
		p.cells[2+rapid.IntRange(0, len(q.Questions)-1).Draw(t, "where")] = rapid.SampledFrom([]string{"zzz", "99", "\x00", "\xff", "1;zz"}).Draw(t, "what")
		p.broken = true
	case 1:
		p.cells, p.broken = append(p.cells, "more"), true
	case 2:
		p.cells, p.broken = p.cells[:len(p.cells)-1], true
	}
	return p
}

// drawTable draws a quiz and people who answer it, as a table.
func drawTable(t *rapid.T, most int) (*score.Compiled, []respondent, []byte) {
	c := score.Compile(drawQuiz(t))
	all := make([]respondent, rapid.IntRange(1, most).Draw(t, "people"))
	for i := range all {
		all[i] = drawPerson(t, c.Quiz)
	}
	return c, all, written(t, c.Quiz, all)
}

// written writes the table as CSV, with cells quoted here and there that need not be.
func written(t *rapid.T, q *quiz.Quiz, all []respondent) []byte {
	header := []string{"id", "group"}
	for _, one := range q.Questions {
		header = append(header, one.ID)
	}
	table := [][]string{header}
	for _, p := range all {
		table = append(table, p.cells)
	}
	end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
	quotes := rapid.Bool().Draw(t, "quotes")
	var b []byte
	for _, row := range table {
		for i, c := range row {
			if i > 0 {
				b = append(b, ',')
			}
			if quotes && rapid.Bool().Draw(t, "quoted") {
				b = append(b, `"`+strings.ReplaceAll(c, `"`, `""`)+`"`...)
			} else {
				b = rows.AppendCell(b, []byte(c), ',')
			}
		}
		b = append(b, end...)
	}
	if rapid.Bool().Draw(t, "no line end at the end") && !all[len(all)-1].broken {
		b = bytes.TrimSuffix(b, []byte(end))
	}
	return b
}

// ran is what scoring a table came to.
type ran struct {
	results, rejects string
	summary          *Summary
}

func tryScore(c *score.Compiled, data []byte, o Options) (ran, error) {
	out, _, err := tryLane(c, data, o)
	return out, err
}

// tryLane says as well how many rows took the lane.
func tryLane(c *score.Compiled, data []byte, o Options) (ran, Lane, error) {
	var results, rejects bytes.Buffer
	o.Results, o.Rejects = &results, &rejects
	s := New(c, o)
	src, err := rows.Open(bytes.NewReader(data), rows.Options{})
	if err != nil {
		return ran{}, Lane{}, err
	}
	defer src.Close()
	if err := s.Table(context.Background(), src); err != nil {
		return ran{}, Lane{}, err
	}
	return ran{results.String(), rejects.String(), s.Summary()}, s.Lane(), nil
}

// model scores people one by one, with nothing of what makes a cohort quick.
type model struct {
	c        *score.Compiled
	results  bytes.Buffer
	rejected []int
	scored   []*score.Result
	groups   []string
	flags    [flagKinds]int64
	seen     map[string]bool
}

func modelOf(c *score.Compiled, all []respondent, th Thresholds) *model {
	m := &model{c: c, seen: make(map[string]bool)}
	_ = rows.WriteRow(&m.results, Header(c.Quiz, "id"))
	for i, p := range all {
		r, err := c.Score(p.answers)
		if p.broken || err != nil {
			m.rejected = append(m.rejected, i+1)
			continue
		}
		m.scored, m.groups = append(m.scored, r), append(m.groups, p.group)
		m.write(p, r, m.flagsOf(p, th))
	}
	return m
}

func (m *model) flagsOf(p respondent, th Thresholds) []string {
	var steps []int
	shown := quiztest.Shown(m.c.Quiz, p.answers)
	for i, one := range m.c.Quiz.Questions {
		if a, answered := p.answers[one.ID]; answered && shown[i] && one.Kind == "scale" {
			steps = append(steps, a[0]+1)
		}
	}
	set := th.look(steps)
	if p.id != "" && m.seen[p.id] {
		set |= 1 << duplicate
	}
	m.seen[p.id] = true
	for f := range m.flags {
		if set.has(flag(f)) {
			m.flags[f]++
		}
	}
	return flagList(set)
}

func (m *model) write(p respondent, r *score.Result, flags []string) {
	row := []string{text.Clean(p.id), r.Outcome.ID, r.Outcome.Strength, text.Data(r.Margin)}
	for i := range m.c.Quiz.Roles {
		at := slices.IndexFunc(r.Roles, func(f score.RoleFit) bool { return f.Index == i })
		row = append(row, text.Data(r.Roles[at].Fit))
	}
	for _, d := range r.Dimensions {
		row = append(row, "")
		if d.Score != nil {
			row[len(row)-1] = text.Data(d.Score)
		}
	}
	q := m.c.Quiz
	_ = rows.WriteRow(&m.results, append(row, strings.Join(r.Missing, ";"), strings.Join(flags, ";"), q.ID, q.Version, q.ShortDigest()))
}

// items are the questions asked of everybody that move a dimension.
func (m *model) items(d int) (all []int) {
	for i, q := range m.c.Questions {
		if q.Scored && !m.c.Quiz.Questions[i].When.Set && q.Min[d] != q.Max[d] {
			all = append(all, i)
		}
	}
	return all
}

// complete are the results with an answer to all that is scored and asked of everybody.
func (m *model) complete() (all []*score.Result) {
	for _, r := range m.scored {
		whole := true
		for i, q := range m.c.Questions {
			whole = whole && (!q.Scored || m.c.Quiz.Questions[i].When.Set || r.Chosen()[i] >= 0)
		}
		if whole {
			all = append(all, r)
		}
	}
	return all
}

// moments are those of columns, a dimension and a question each.
func (m *model) moments(columns [][2]int) *stats.Moments {
	least, most := make([]int64, len(columns)), make([]int64, len(columns))
	for i, c := range columns {
		least[i], most[i] = int64(m.c.Questions[c[1]].Min[c[0]]), int64(m.c.Questions[c[1]].Max[c[0]])
	}
	all := &stats.Moments{Sum: make([]int64, len(columns)), Min: least, Max: most}
	for i := range columns {
		all.Cross = append(all.Cross, make([]int64, len(columns)-i))
	}
	for _, r := range m.complete() {
		all.N++
		for i, c := range columns {
			all.Sum[i] += m.points(r, c)
			for j, other := range columns[i:] {
				all.Cross[i][j] += m.points(r, c) * m.points(r, other)
			}
		}
	}
	return all
}

// points of a dimension that a question earned.
func (m *model) points(r *score.Result, column [2]int) int64 {
	d, q := column[0], column[1]
	return int64(m.c.Questions[q].Points[r.Chosen()[q]][d])
}

func (m *model) scale(d int) *stats.Scale {
	var columns [][2]int
	for _, q := range m.items(d) {
		columns = append(columns, [2]int{d, q})
	}
	return stats.NewScale(m.moments(columns), stats.Fewest)
}

func (m *model) spread(d int, group func(i int) bool) stats.Spread {
	return stats.Describe(func(yield func(stats.Score, int64) bool) {
		for i, r := range m.scored {
			one := r.Dimensions[d]
			if group(i) && !yield(stats.Score{Raw: int64(one.Raw), Least: int64(one.Min), Most: int64(one.Max)}, 1) {
				return
			}
		}
	})
}

// contrast is that of two roles' fits, from what each question adds to their difference.
func (m *model) contrast(a, b int) stats.Contrast {
	allMeasured := true
	part := func(role, d int) *big.Rat {
		total, widths := int64(0), make([]int64, len(m.c.Quiz.Dimensions))
		for e, w := range m.c.Weights[role] {
			for _, q := range m.items(e) {
				widths[e] += int64(m.c.Questions[q].Max[e] - m.c.Questions[q].Min[e])
			}
			if widths[e] > 0 {
				total += int64(max(w, -w))
			}
		}
		allMeasured = allMeasured && total > 0
		if widths[d] == 0 || total == 0 {
			return new(big.Rat)
		}
		return big.NewRat(100*int64(m.c.Weights[role][d]), widths[d]*total)
	}
	for role := range m.c.Weights {
		part(role, 0)
	}
	if !allMeasured {
		return stats.ContrastOf(int64(len(m.complete())), new(big.Rat), nil, stats.Fewest)
	}
	weight := make([]*big.Rat, len(m.c.Quiz.Dimensions))
	for d := range weight {
		weight[d] = new(big.Rat).Sub(part(a, d), part(b, d))
	}
	return m.difference(weight)
}

// difference is the contrast of dimensions that weigh so much in it.
func (m *model) difference(weight []*big.Rat) stats.Contrast {
	var strata [][]int // their questions
	for d, w := range weight {
		if items := m.items(d); w.Sign() != 0 && len(items) > 0 {
			strata = joined(strata, items)
		}
	}
	all := slices.Concat(strata...)
	if slices.ContainsFunc(strata, func(s []int) bool { return len(s) < 2 }) {
		strata = [][]int{all}
	}
	var sums []stats.Stratum
	for _, s := range strata {
		own := new(big.Rat)
		for _, q := range s {
			own.Add(own, m.variance(weight, q))
		}
		sums = append(sums, stats.Stratum{Parts: len(s), Own: own, All: m.variance(weight, s...)})
	}
	return stats.ContrastOf(int64(len(m.complete())), m.variance(weight, all...), sums, stats.Fewest)
}

// joined adds the questions of a dimension, in one stratum with those that share one.
func joined(strata [][]int, questions []int) [][]int {
	var apart [][]int
	for _, s := range strata {
		if !slices.ContainsFunc(s, func(q int) bool { return slices.Contains(questions, q) }) {
			apart = append(apart, s)
			continue
		}
		for _, q := range s {
			if !slices.Contains(questions, q) {
				questions = append(questions, q)
			}
		}
	}
	return append(apart, questions)
}

// variance (n−1) of what questions add to a difference, respondent by respondent.
func (m *model) variance(weight []*big.Rat, questions ...int) *big.Rat {
	sum, squares := new(big.Rat), new(big.Rat)
	for _, r := range m.complete() {
		one := new(big.Rat)
		for _, q := range questions {
			for d, w := range weight {
				one.Add(one, new(big.Rat).Mul(w, big.NewRat(m.points(r, [2]int{d, q}), 1)))
			}
		}
		sum.Add(sum, one)
		squares.Add(squares, one.Mul(one, one))
	}
	if len(m.complete()) < 2 {
		return new(big.Rat)
	}
	return stats.Variance(int64(len(m.complete())), sum, squares)
}

func (r ran) String() string {
	return fmt.Sprintf("%s\n%s\n%+v", r.results, r.rejects, r.summary)
}
