package stats

import (
	"fmt"
	"testing"
)

// published is what is known of a data set.
type published struct {
	alpha, low, high  float64
	itemRest, dropped []float64
	suspect           int // the item keyed against the others, −1 for none
}

func (p published) check(t *testing.T, s *Scale, within float64) {
	t.Helper()
	near(t, "α", s.Alpha.Figure, p.alpha, within)
	if p.low != 0 {
		between(t, "α", s.Alpha.Interval, p.low, p.high, max(within, 1e-7))
	}
	for i, item := range s.Items {
		near(t, fmt.Sprintf("item %d: item-rest r", i+1), item.ItemRest.Figure, p.itemRest[i], within)
		if p.dropped != nil {
			near(t, fmt.Sprintf("item %d: α if dropped", i+1), item.AlphaDropped, p.dropped[i], within)
		}
		if item.Suspect != (i == p.suspect) {
			t.Errorf("item %d: suspect %v (r %v)", i+1, item.Suspect, item.ItemRest)
		}
	}
}

func TestEightRespondents(t *testing.T) {
	m := momentsOf(t, digitRows(eight, 3), 1, 5)
	s := NewScale(m, 2)
	published{
		alpha:    0.9472636816,
		itemRest: []float64{.9817372485, .7458698540, .8661380722, .9428635502},
		dropped:  []float64{.8963414634, .9698275862, .9344262295, .9095744681},
		suspect:  -1,
	}.check(t, s, 1e-9)
	near(t, "SEM", s.SEM, 7.0209084, 1e-7)
	near(t, "mean", s.Mean, 57.8125, 1e-9)
	unsaid(t, "ω", s.Omega, whyHeywood)

	pomp := []float64{93.75, 75, 56.25, 31.25, 6.25, 75, 37.5, 87.5}
	irv := []float64{1.89296945, 1, .5, .95742711, 1.89296945, 1.29099445, .57735027, 1.41421356}
	for i, row := range digitRows(eight, 3) {
		score := Score{Least: 4, Most: 20}
		for _, x := range row {
			score.Raw += x
		}
		near(t, eight[i]+": POMP", known(float(score.pomp())), pomp[i], 1e-9)
		near(t, eight[i]+": IRV", IRV(rawAnswers(eight[i])), irv[i], 5e-9)
	}

	s = NewScale(m, Fewest)
	few := "fewer than 10 complete respondents"
	unsaid(t, "α of 8", s.Alpha.Figure, few)
	unsaid(t, "ω of 8", s.Omega, few)
	unsaid(t, "SEM of 8", s.SEM, few)
	unsaid(t, "item-rest r of 8", s.Items[0].ItemRest.Figure, few)
	unsaid(t, "α if dropped of 8", s.Items[0].AlphaDropped, few)
	near(t, "the mean of 8 stays", s.Mean, 57.8125, 1e-9)
	near(t, "an item's mean stays", s.Items[0].Mean, 3.25, 1e-9)
}

func rawAnswers(line string) (raw []int) {
	for _, c := range line {
		raw = append(raw, int(c-'0'))
	}
	return raw
}

// The figures are those of psych 2.2.9 in R 4.2.2. The loadings behind ω, here and below:
//
//	omega1 <- function(x) { l <- fa(x, 1, fm="minres")$loadings[,1]; s <- apply(x, 2, sd)
//	  sum(l*s)^2 / (sum(l*s)^2 + sum(s^2*(1-l^2))) }
const omegaWithin = 1e-6 // psych stops its search a little early

func TestAttitude(t *testing.T) {
	s := NewScale(momentsOf(t, attitude, 0, 100), Fewest)
	published{ // psych::alpha(attitude)
		alpha: .843142769565, low: .739375685643, high: .915773072160,
		itemRest: []float64{.671262057224, .742109710222, .560711111480, .714445498134, .786275593834, .265034339197, .460810549468},
		dropped:  []float64{.809760206309, .796917457274, .827847765939, .803030975023, .795386574198, .863872311446, .840464868265},
		suspect:  -1,
	}.check(t, s, 1e-9)
	near(t, "ω", s.Omega, .860262393, omegaWithin)
	near(t, "mean", s.Mean, 60.438095238095, 1e-9)
	near(t, "SD", s.SD, 8.249789056082, 1e-9)
	near(t, "SEM", s.SEM, 8.249789056082*0.396052055, 1e-6)
	near(t, "rating's mean", s.Items[0].Mean, 64.633333333333, 1e-9)
	near(t, "rating's SD", s.Items[0].SD, 12.172561947586, 1e-9)
	between(t, "rating", s.Items[0].ItemRest.Interval, .410191527, .830650795, 1e-8) // psych::r.con(.671262, 30)
}

func TestMiskeyed(t *testing.T) {
	s := NewScale(momentsOf(t, digitRows(miskeyed), 1, 5), Fewest)
	published{ // psych::alpha(x)
		alpha: .509957389074, low: .289351711886, high: .679627695075,
		itemRest: []float64{.700703597676, .494431704289, .537089580507, .499411658524, .490362576336, -.678728773209},
		dropped:  []float64{.174768703142, .332141915931, .325131390349, .334590238219, .349666097220, .818966171404},
		suspect:  5,
	}.check(t, s, 1e-9)
	near(t, "ω", s.Omega, .716228113, omegaWithin)

	s = NewScale(momentsOf(t, digitRows(miskeyed, 5), 1, 5), Fewest)
	published{ // y <- x; y[,6] <- 6 - y[,6]; psych::alpha(y)
		alpha: .851569809139, low: .784750022370, high: .902961658219,
		itemRest: []float64{.749541452781, .626753108929, .615688344396, .613916865258, .534943790603, .678728773209},
		dropped:  []float64{.803630554268, .828887310320, .830952071698, .831124111374, .844773594665, .818966171404},
		suspect:  -1,
	}.check(t, s, 1e-9)
	near(t, "ω", s.Omega, .856301922, omegaWithin)
}

// A correlation that is below 0 by no more than chance accuses nobody.
func TestChanceIsNotSuspect(t *testing.T) {
	rows := digitRows(miskeyed, 5)
	for i, row := range rows {
		row[5] = rows[(i+19)%len(rows)][0] // another respondent's answer
	}
	item := NewScale(momentsOf(t, rows, 1, 5), Fewest).Items[5]
	if r := item.ItemRest; !(r.Value < 0 && r.Interval.Low < 0 && r.Interval.High > 0) || item.Suspect {
		t.Errorf("suspect %v: %+v", item.Suspect, r)
	}
}
