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
	chosen  []int // question → alternative, −1 where it does not count
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

// Score scores the answers of one sheet. The error is an *Incomplete or an *Unscorable.
func (c *Compiled) Score(answers quiz.Answers) (*Result, error) {
	r := &Result{Quiz: c.Quiz, Answers: make(quiz.Answers)}
	r.chosen = c.survey(r, answers)
	if err := c.complete(r); err != nil {
		return nil, err
	}
	var err error
	if r.frame, err = c.Frame(r.InPlay()); err != nil {
		return nil, err
	}
	r.raw = c.sum(r.chosen)
	c.dimensions(r)
	c.rank(r)
	c.decide(r)
	c.advise(r)
	return r, nil
}

// InPlay tells for each question whether its answer counts on this sheet.
func (r *Result) InPlay() []bool {
	in := make([]bool, len(r.chosen))
	for i, alternative := range r.chosen {
		in[i] = alternative >= 0
	}
	return in
}

// Chosen gives for each question that counts the alternative chosen, −1 for the others.
func (r *Result) Chosen() []int { return r.chosen }

// Frame is the arithmetic of this sheet's questions.
func (r *Result) Frame() *Frame { return r.frame }

// Verdict is the outcome, as Frame.Judge numbers it.
func (r *Result) Verdict() int { return r.verdict }

// Raw is the sum of points, by dimension.
func (r *Result) Raw() []int { return r.raw }

// survey sorts the answers into used, missing and ignored. It returns, for each
// question that counts, the alternative chosen, and −1 for the others.
func (c *Compiled) survey(r *Result, answers quiz.Answers) []int {
	chosen := make([]int, len(c.Questions))
	for i, shown := range c.Quiz.Shown(answers) {
		chosen[i] = -1
		q, id := &c.Questions[i], c.Questions[i].ID
		a, answered := answers[id]
		switch {
		case !shown && answered:
			r.Ignored = append(r.Ignored, id)
		case shown && answered:
			r.Answers[id] = a
		case shown && !c.Quiz.Questions[i].Optional:
			r.Missing = append(r.Missing, id)
		}
		if !shown || !q.Scored {
			continue
		}
		r.Shown++
		if answered {
			r.Answered++
			chosen[i] = q.Index(a)
		}
	}
	return chosen
}

// complete refuses a sheet with too many answers missing.
func (c *Compiled) complete(r *Result) error {
	if len(r.Missing) == 0 || r.Answered*100 >= c.Quiz.Scoring.MinComplete*r.Shown {
		return nil
	}
	return &Incomplete{Quiz: c.Quiz, Missing: r.Missing, Answered: r.Answered, Shown: r.Shown}
}

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
func (c *Compiled) decide(r *Result) {
	verdict := r.frame.Judge(r.raw)
	r.verdict = verdict.Outcome
	if h := verdict.Outcome - len(c.Quiz.Roles); h >= 0 {
		hybrid := &c.Quiz.Hybrids[h]
		mean := new(big.Rat).Add(r.Roles[0].Fit, r.Roles[1].Fit)
		mean.Mul(mean, big.NewRat(1, 2))
		r.Outcome = Outcome{
			ID: hybrid.ID, Kind: KindHybrid, Name: hybrid.Name, Tagline: hybrid.Tagline, Summary: hybrid.Summary,
			Fit: mean, Strength: c.Strength(mean), Margin: hybrid.Margin,
		}
		return
	}
	role, fit := &c.Quiz.Roles[verdict.Outcome], r.Roles[0].Fit
	r.Outcome = Outcome{
		ID: role.ID, Kind: KindRole, Name: role.Name, Tagline: role.Tagline, Summary: role.Summary,
		Fit: fit, Strength: c.Strength(fit),
	}
}

// advise picks the steps and notes whose conditions hold.
func (c *Compiled) advise(r *Result) {
	facts := c.Quiz.FactsOf(r.Answers, r.Outcome.ID, r.Outcome.Strength)
	for _, s := range c.stepsOf(r.Outcome.ID) {
		if s.When.Holds(facts) {
			r.Steps = append(r.Steps, s)
		}
	}
	for _, n := range c.Quiz.Notes {
		if n.When.Holds(facts) {
			r.Notes = append(r.Notes, n)
		}
	}
}

func (c *Compiled) stepsOf(outcome string) []quiz.Step {
	if role := c.Quiz.Role(outcome); role != nil {
		return role.Steps
	}
	for i := range c.Quiz.Hybrids {
		if c.Quiz.Hybrids[i].ID == outcome {
			return c.Quiz.Hybrids[i].Steps
		}
	}
	return nil
}
