package score

import (
	"math/big"
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Result is what one answer sheet comes to. Fits, scores and the margin are
// exact, in points from 0 to 100.
type Result struct {
	Quiz       *quiz.Quiz
	Respondent string
	Answers    quiz.Answers // the answers that were used: of shown questions only
	Outcome    Outcome
	Margin     *big.Rat // fit of the first role less fit of the second
	Roles      []RoleFit
	Dimensions []DimensionScore // in the order of the quiz
	Steps      []quiz.Step      // next steps whose conditions hold
	Notes      []quiz.Note      // notes whose conditions hold
	Missing    []string         // required questions shown and not answered
	Ignored    []string         // answered questions that are not shown
	Shown      int              // how many scored questions were shown
	Answered   int              // how many of those were answered

	frame   *Frame
	chosen  []int // question → alternative, Unknown where it does not count
	known   []int // what conditions can see
	raw     []int // dimension → sum of points
	verdict int   // the outcome, as Verdict numbers it
}

// Outcome is the role or hybrid a sheet leads to.
type Outcome struct {
	ID       string
	Kind     string // KindRole or KindHybrid
	Name     string
	Tagline  string
	Summary  string
	Fit      *big.Rat // a hybrid's is the mean of the two leading roles'
	Strength string   // strong, moderate or weak
	Margin   int      // a hybrid's band; 0 for a role
}

// The kinds of outcome.
const (
	KindRole   = "role"
	KindHybrid = "hybrid"
)

// RoleFit is a role's fit. Roles are ranked by fit, equal ones by their order in the file.
type RoleFit struct {
	Role  *quiz.Role
	Index int // of the role in the quiz
	Fit   *big.Rat
}

// DimensionScore is a dimension's part of a result.
type DimensionScore struct {
	Dimension *quiz.Dimension
	Raw       int      // sum of points
	Min, Max  int      // what the same questions could have given
	Score     *big.Rat // nil: unmeasured on this sheet
}

// Score scores one respondent's answers. The error is an *Incomplete or an *Unscorable.
func (c *Compiled) Score(answers quiz.Answers) (*Result, error) {
	return c.ScoreSheet(c.Sheet(answers))
}

// ScoreSheet scores a sheet that has been surveyed, and concludes it. The result
// keeps nothing of it. The error is an *Incomplete or an *Unscorable.
func (c *Compiled) ScoreSheet(x *Sheet) (*Result, error) {
	if !c.Complete(x) {
		return nil, &Incomplete{Quiz: c.Quiz, Missing: c.ids(x.Missing), Answered: x.Answered, Shown: x.Due}
	}
	frame, err := c.Frame(x.InPlay)
	if err != nil {
		return nil, err
	}
	return c.ScoreIn(frame, x), nil
}

// ScoreIn is ScoreSheet for a complete sheet whose frame is known.
func (c *Compiled) ScoreIn(frame *Frame, x *Sheet) *Result {
	r := &Result{
		Quiz: c.Quiz, Answers: c.Answers(x), Missing: c.ids(x.Missing), Ignored: c.Ignored(x), Shown: x.Due, Answered: x.Answered,
		frame: frame, chosen: counted(x),
	}
	r.raw = c.sum(r.chosen)
	c.dimensions(r)
	c.rank(r)
	c.decide(r, x)
	c.advise(r)
	return r
}

// ids names questions.
func (c *Compiled) ids(questions []int) (ids []string) {
	for _, i := range questions {
		ids = append(ids, c.Questions[i].ID)
	}
	return ids
}

// counted gives for each question that counts the alternative chosen.
func counted(x *Sheet) []int {
	chosen := slices.Clone(x.Chosen)
	for i, in := range x.InPlay {
		if !in {
			chosen[i] = Unknown
		}
	}
	return chosen
}

// Chosen gives for each question that counts the alternative chosen, Unknown for the others.
func (r *Result) Chosen() []int { return r.chosen }

// Known is what conditions can see of this sheet and its result.
func (r *Result) Known() []int { return r.known }

// Frame is the arithmetic of this sheet's questions.
func (r *Result) Frame() *Frame { return r.frame }

// Verdict is the outcome, as Frame.Judge numbers it.
func (r *Result) Verdict() int { return r.verdict }

// sum adds the points of the chosen alternatives, by dimension.
func (c *Compiled) sum(chosen []int) []int {
	raw := make([]int, len(c.Quiz.Dimensions))
	for i, alternative := range chosen {
		if alternative < 0 {
			continue
		}
		for d, p := range c.Questions[i].Points[alternative] {
			raw[d] += p
		}
	}
	return raw
}

// dimensions computes score(d) = 100·(raw−min)/(max−min), the percent of the
// maximum possible (POMP: Cohen, Cohen, Aiken & West 1999).
func (c *Compiled) dimensions(r *Result) {
	for d := range c.Quiz.Dimensions {
		s := DimensionScore{Dimension: &c.Quiz.Dimensions[d], Raw: r.raw[d], Min: r.frame.Min[d], Max: r.frame.Max[d]}
		if s.Max > s.Min {
			s.Score = big.NewRat(int64(100*(s.Raw-s.Min)), int64(s.Max-s.Min))
		}
		r.Dimensions = append(r.Dimensions, s)
	}
}

// rank orders the roles by fit(r) = Σ|w|·g / Σ|w| over the measured dimensions.
func (c *Compiled) rank(r *Result) {
	for i := range c.Quiz.Roles {
		r.Roles = append(r.Roles, RoleFit{Role: &c.Quiz.Roles[i], Index: i, Fit: r.frame.Fit(i, r.raw)})
	}
	slices.SortStableFunc(r.Roles, func(a, b RoleFit) int { return b.Fit.Cmp(a.Fit) })
	r.Margin = new(big.Rat).Sub(r.Roles[0].Fit, r.Roles[1].Fit)
}

// decide names the outcome that the frame judges these sums to be.
func (c *Compiled) decide(r *Result, x *Sheet) {
	verdict := r.frame.Judge(r.raw)
	r.verdict, r.Outcome = verdict.Outcome, c.outcome(verdict.Outcome)
	r.Outcome.Fit = r.frame.OutcomeFit(verdict, r.raw)
	strength := c.StrengthOf(r.Outcome.Fit)
	r.Outcome.Strength = quiz.Strengths()[strength]
	c.Conclude(x, verdict.Outcome, strength)
	r.known = slices.Clone(x.Known)
}

// outcome is what the quiz says of one, whoever gets it.
func (c *Compiled) outcome(n int) Outcome {
	if h := n - len(c.Quiz.Roles); h >= 0 {
		hybrid := &c.Quiz.Hybrids[h]
		return Outcome{
			ID: hybrid.ID, Kind: KindHybrid, Name: hybrid.Name, Tagline: hybrid.Tagline, Summary: hybrid.Summary,
			Margin: hybrid.Margin,
		}
	}
	role := &c.Quiz.Roles[n]
	return Outcome{ID: role.ID, Kind: KindRole, Name: role.Name, Tagline: role.Tagline, Summary: role.Summary}
}

// advise picks the steps and notes whose conditions hold.
func (c *Compiled) advise(r *Result) {
	for i, step := range c.StepsOf(r.verdict) {
		if c.Steps[r.verdict][i].Holds(r.known) {
			r.Steps = append(r.Steps, step)
		}
	}
	for i := range c.Notes {
		if c.Notes[i].Holds(r.known) {
			r.Notes = append(r.Notes, c.Quiz.Notes[i])
		}
	}
}

// StepsOf lists the next steps of an outcome, whenever they are shown.
func (c *Compiled) StepsOf(outcome int) []quiz.Step {
	if h := outcome - len(c.Quiz.Roles); h >= 0 {
		return c.Quiz.Hybrids[h].Steps
	}
	return c.Quiz.Roles[outcome].Steps
}
