package check

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
	"github.com/rolefit/rolefit/internal/text"
)

// unreachableOutcome looks for outcomes that no sheet gets: proved, never guessed.
func unreachableOutcome(s *subject) {
	if s.odds == nil || !s.odds.Exact {
		return
	}
	for i, o := range s.outcomes() {
		if s.odds.Outcomes[i].Exact.Sign() == 0 {
			s.unreachable[i] = true
			s.report(spot(o.node, "id"), "no answers lead to %s", text.Quoted(o.id))
		}
	}
}

// bounds gives the least and the most usual share of an outcome.
func bounds(outcomes int) (low, high *big.Rat) {
	if outcomes <= 4 {
		return big.NewRat(1, 20), big.NewRat(3, 5)
	}
	return big.NewRat(1, int64(5*outcomes)), big.NewRat(3, int64(outcomes))
}

// lopsidedOdds looks for outcomes that random answers hardly ever or nearly
// always get. Where one takes too much, it is why others are rare.
func lopsidedOdds(s *subject) {
	if s.odds == nil || len(s.unreachable) > 0 { // that is why others are lopsided
		return
	}
	low, high := bounds(len(s.odds.Outcomes))
	var rare, common []int
	for i, share := range s.odds.Outcomes {
		switch {
		case below(high, share):
			common = append(common, i)
		case above(low, share):
			rare = append(rare, i)
		}
	}
	outcomes := s.outcomes()
	for _, i := range common {
		f := s.report(spot(outcomes[i].node, "id"), "random answers lead to %s %s of the time: more than %s", text.Quoted(outcomes[i].id), s.percent(i), percent(high))
		for _, j := range rare {
			f.Relate(spot(outcomes[j].node, "id"), fmt.Sprintf("and only %s to %s", s.percent(j), text.Quoted(outcomes[j].id)))
		}
	}
	if common != nil {
		return
	}
	for _, i := range rare {
		s.report(spot(outcomes[i].node, "id"), "random answers lead to %s only %s of the time: less than %s", text.Quoted(outcomes[i].id), s.percent(i), percent(low))
	}
}

// below reports whether a share is surely larger than the limit, above whether
// it is surely smaller: an estimate counts only with its whole interval.
func below(limit *big.Rat, s odds.Share) bool { return end(s, s.Low).Cmp(limit) > 0 }
func above(limit *big.Rat, s odds.Share) bool { return end(s, s.High).Cmp(limit) < 0 }

// end is one of a share's interval; of an exact share both are the share itself.
func end(s odds.Share, estimate float64) *big.Rat {
	if s.Exact != nil {
		return s.Exact
	}
	return new(big.Rat).SetFloat64(estimate)
}

func (s *subject) percent(outcome int) string { return shareText(s.odds.Outcomes[outcome]) }

func shareText(share odds.Share) string {
	if share.Exact != nil {
		return percent(share.Exact)
	}
	return fmt.Sprintf("about %.1f%%", 100*share.Share)
}

// percent shows an exact share to one decimal, or as small as it is.
func percent(share *big.Rat) string {
	f, _ := new(big.Rat).Mul(share, big.NewRat(100, 1)).Float64()
	switch {
	case share.Sign() > 0 && f < 0.1:
		return fmt.Sprintf("%.2g%%", f)
	case share.Cmp(big.NewRat(1, 1)) < 0 && f > 99.9:
		return "more than 99.9%"
	}
	return fmt.Sprintf("%.3g%%", f)
}

// frequentTie looks for ties for first place where the order of the file decides.
func frequentTie(s *subject) {
	limit := big.NewRat(1, 20)
	if s.twins() { // they tie wherever they lead, and are reported for it
		return
	}
	if s.odds == nil || !below(limit, s.odds.Uncaught) {
		return
	}
	f := s.report(s.File.Root.List("role")[0].Span,
		"%s of random sheets tie exactly for first place and no hybrid catches them: the order of the roles in the file decides", shareText(s.odds.Uncaught))
	for r := range s.samples() {
		if r.Margin.Sign() == 0 && r.Outcome.Kind == score.KindRole {
			f.Witness = s.witness(r.Answers, nil)
			return
		}
	}
}

// straightDraws is how many orders of shuffled options are tried. Of a sheet
// that has none, one is enough.
const straightDraws = 101

// straightLine looks for a strong result that comes from where the answers
// stand: for most of the orders in which shuffled options may be shown.
func straightLine(s *subject) {
	draws := 1
	if slices.ContainsFunc(s.quiz.Questions, func(q *quiz.Question) bool { return q.Shuffle }) {
		draws = straightDraws
	}
	for _, end := range []string{"first", "last"} {
		times, shown := make(map[int]int), make(map[int]quiz.Answers)
		source := rand.New(rand.NewPCG(3, 3))
		for range draws {
			r, err := s.c.ScoreSheet(s.walk(func(i int) int { return s.straight(i, end == "last", source) }))
			if err != nil || r.Outcome.Kind != score.KindRole || r.Outcome.Strength != "strong" {
				continue
			}
			times[r.Verdict()]++
			shown[r.Verdict()] = r.Answers
		}
		for verdict, o := range s.outcomes() {
			if 2*times[verdict] > draws {
				f := s.report(spot(o.node, "id"), "always taking the %s answer makes a strong %s: where answers stand decides", end, text.Quoted(o.id))
				f.Witness = s.witness(shown[verdict], nil)
			}
		}
	}
}

// straight is the alternative of a person who always takes the first,
// or the last: any of the same size, where options are shuffled and do not keep their places.
func (s *subject) straight(question int, last bool, source *rand.Rand) int {
	q, all := s.quiz.Questions[question], s.c.Questions[question].Alternatives
	end := 0
	if last {
		end = len(all) - 1
	}
	loose := func(a quiz.Answer) bool {
		return len(a) == len(all[end]) && !slices.ContainsFunc(a, func(o int) bool { return q.Options[o].Fixed })
	}
	ordered := q.Form().Ordered // all options are in each of its alternatives
	if !q.Shuffle || !ordered && !loose(all[end]) {
		return end
	}
	var free []int
	for i, a := range all {
		if ordered || loose(a) {
			free = append(free, i)
		}
	}
	return free[source.IntN(len(free))]
}

// dominance is how much of the difference between two roles a question can make.
type dominance struct {
	a, b  int
	share *big.Rat
}

// dominantQuestion looks for questions that make more than a quarter of the
// difference between two roles, on some way.
func dominantQuestion(s *subject) {
	if s.odds == nil { // a way that leaves a role unmeasured is the fault
		return
	}
	worst := make([]dominance, len(s.quiz.Questions))
	looked := make(map[string]bool)
	work := 0
	for _, w := range s.ways {
		in := w.InPlay()
		key := fmt.Sprint(in)
		if looked[key] {
			continue
		}
		looked[key] = true
		frame, err := s.c.Frame(in)
		if work += s.swingWork(in); err != nil || work > maxSwings {
			continue
		}
		s.dominances(frame, in, worst)
	}
	for i, d := range worst {
		if d.share == nil {
			continue
		}
		q := s.quiz.Questions[i]
		s.report(spot(s.question(i), "id"), "the question %s alone makes %s of the difference between %s and %s: more than 25%%",
			text.Quoted(q.ID), percent(d.share), text.Quoted(s.quiz.Roles[d.b].ID), text.Quoted(s.quiz.Roles[d.a].ID))
	}
}

// maxSwings bounds the arithmetic of one file.
const maxSwings = 20_000_000

func (s *subject) swingWork(in []bool) int {
	alternatives, roles := 0, len(s.c.Weights)
	for i, q := range s.c.Questions {
		if in[i] {
			alternatives += len(q.Alternatives)
		}
	}
	return alternatives * roles * (len(s.quiz.Dimensions) + roles)
}

// dominances notes for each question in play where it dominates most.
func (s *subject) dominances(f *score.Frame, in []bool, worst []dominance) {
	roles := len(s.c.Weights)
	fits := make([][][]*big.Int, len(in)) // question, role, alternative → what it adds to the fit
	for i := range in {
		if in[i] {
			fits[i] = addends(f, roles, s.c.Questions[i].Points)
		}
	}
	for a := range roles {
		for b := range a {
			swings, total := make([]*big.Int, len(in)), new(big.Int)
			for i := range in {
				if in[i] {
					swings[i] = swing(fits[i][a], fits[i][b])
					total.Add(total, swings[i])
				}
			}
			noteDominant(swings, total, a, b, worst)
		}
	}
}

func noteDominant(swings []*big.Int, total *big.Int, a, b int, worst []dominance) {
	for i, swing := range swings {
		if swing == nil || new(big.Int).Lsh(swing, 2).Cmp(total) <= 0 {
			continue
		}
		share := new(big.Rat).SetFrac(swing, total)
		if worst[i].share == nil || share.Cmp(worst[i].share) > 0 {
			worst[i] = dominance{a, b, share}
		}
	}
}

// addends gives what each alternative adds to each role's fit, scaled.
func addends(f *score.Frame, roles int, points [][]int) [][]*big.Int {
	all := make([][]*big.Int, roles)
	for r := range roles {
		_, slope := f.Line(r)
		for _, p := range points {
			sum, part := new(big.Int), new(big.Int)
			for d, n := range p {
				if n != 0 {
					sum.Add(sum, part.Mul(slope[d], big.NewInt(int64(n))))
				}
			}
			all[r] = append(all[r], sum)
		}
	}
	return all
}

// swing is the range of the difference between two roles over the alternatives.
func swing(a, b []*big.Int) *big.Int {
	all := make([]*big.Int, len(a))
	for i := range a {
		all[i] = new(big.Int).Sub(a[i], b[i])
	}
	cmp := func(x, y *big.Int) int { return x.Cmp(y) }
	return new(big.Int).Sub(slices.MaxFunc(all, cmp), slices.MinFunc(all, cmp))
}
