package cohort

import (
	"strings"

	"github.com/rolefit/rolefit/internal/stats"
)

// A flag marks a person whose answers are worth a second look. It never rejects
// anybody: such signs do not reliably beat chance on their own (Yentes & Wilhelm;
// doi 10.3758/s13428-024-02484-3).
type flag int

const (
	longString  flag = iota // the same step of the scales many times in a row (Johnson 2005)
	lowVariance             // hardly any spread over the scales (IRV: Dunn et al. 2018)
	fast                    // little time per question (Huang et al. 2012)
	duplicate               // an id that has been there before
	flagKinds
)

var flagNames = [flagKinds]string{"long-string", "low-variance", "fast", "duplicate-id"}

// Thresholds say when a person is flagged.
type Thresholds struct {
	LongString  int     // this many same answers in a row; 0: never
	LowVariance float64 // a standard deviation (n−1) of the raw scale answers below this; 0: never
	Fast        float64 // seconds per question below this; 0: never
}

// DefaultThresholds are what is used unless the caller says otherwise: ten in a
// row, a standard deviation of 0.5 steps, and two seconds a question (Huang et al. 2012).
func DefaultThresholds() Thresholds { return Thresholds{10, 0.5, 2} }

// minScales is how many scale answers the first two flags need.
const minScales = 5

// flagSet is a set of flags.
type flagSet uint8

func (f flagSet) has(one flag) bool { return f&(1<<one) != 0 }

// flagSets are the sets of flags as the output writes them.
var flagSets = spellFlags()

func spellFlags() (all [1 << flagKinds]string) {
	for set := range all {
		var names []string
		for i, name := range flagNames {
			if flagSet(set).has(flag(i)) {
				names = append(names, name)
			}
		}
		all[set] = strings.Join(names, ";")
	}
	return all
}

// look flags one person by the steps given to the scales, in order.
func (t *Thresholds) look(steps []int) (set flagSet) {
	if len(steps) < minScales {
		return 0
	}
	if t.LongString > 0 && stats.LongString(steps) >= min(t.LongString, len(steps)) {
		set |= 1 << longString
	}
	if irv := stats.IRV(steps); irv.Known() && irv.Value < t.LowVariance {
		set |= 1 << lowVariance
	}
	return set
}

// flagList names the flags of a set.
func flagList(set flagSet) []string {
	list := []string{}
	for i, name := range flagNames {
		if set.has(flag(i)) {
			list = append(list, name)
		}
	}
	return list
}
