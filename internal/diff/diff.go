// Package diff says what changed between two versions of a quiz, and what that
// does to answer sheets. It must not know files: both versions are read already.
package diff

import (
	"fmt"

	"github.com/rolefit/rolefit/internal/odds"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Class is what a change does to answer sheets.
type Class string

// The classes, the least first.
const (
	None    Class = ""
	Wording Class = "wording" // the digest stays
	Neutral Class = "neutral" // the digest changes; it is proved that no complete sheet gets another outcome
	Scoring Class = "scoring" // some sheet gets another outcome, or it is not proved that none does
)

// Change is one difference between two versions.
type Change struct {
	Where    string // question "set-vision", option "none"
	What     string // points.strategy; "" when all of it came or went
	From, To string // as people read them; "" for what is not there
	Class    Class
	Breaking bool        // sheets stored for the old version can no longer be read
	Intended bool        // it is gone, and listed as retired
	Moved    *odds.Moved // what the change does by itself; nil for wording, and where all changes together are neutral
	Why      string      // what else is to be said of it

	strict bool             // it can refuse sheets that used to be scored
	apply  func(*quiz.Quiz) // makes this change alone to a copy of the old version
}

// Diff is all that changed.
type Diff struct {
	Old, New *quiz.Quiz
	Changes  []Change    // in the order of the new version, what is gone behind
	Class    Class       // of all changes together
	Breaking bool        // some change is
	Moved    *odds.Moved // what all changes together do; nil when the digest stays
	Version  Version
}

// Found reports whether there is something to stop for: a change of scoring, a
// broken sheet, or a version that did not rise as it should.
func (d *Diff) Found() bool { return d.Class == Scoring || d.Breaking || !d.Version.OK }

// Of compares two versions of a quiz.
func Of(before, after *quiz.Quiz, limits odds.Limits) *Diff {
	d := &Diff{Old: before, New: after}
	l := &lister{old: before, new: after}
	l.list()
	d.Changes = l.all
	if before.Digest() != after.Digest() {
		d.Moved = odds.Compare(score.Compile(before), score.Compile(after), limits)
	}
	d.classify(limits)
	for _, c := range d.Changes {
		d.Class = larger(d.Class, c.Class)
		d.Breaking = d.Breaking || c.Breaking
	}
	if !unmoved(d.Moved) {
		d.Class = Scoring
	}
	d.Version = rise(d)
	return d
}

// aloneWork is about how many additions are spent on what single changes do, all together.
const aloneWork = 4_000_000_000

// classify says of every change what it does. Where all of them together move
// no sheet there is nothing to tell apart.
func (d *Diff) classify(limits odds.Limits) {
	changing := 0
	for i := range d.Changes {
		if d.Changes[i].apply != nil {
			changing++
		}
	}
	if changing == 0 {
		return
	}
	limits.Work = aloneWork / changing
	limits.Samples = min(limits.Samples, 20_000)
	base := score.Compile(d.Old)
	for i := range d.Changes {
		c := &d.Changes[i]
		switch {
		case c.apply == nil:
			continue
		case unmoved(d.Moved):
			c.Class = Neutral
		case changing == 1:
			c.Moved = d.Moved
			c.Class = classOf(c.Moved)
		default:
			alone := clone(d.Old)
			c.apply(alone)
			c.Moved = odds.Compare(base, score.Compile(alone), limits)
			c.Class = classOf(c.Moved)
		}
		if c.strict {
			c.Class = Scoring
		}
	}
}

// unmoved reports whether it is proved that no complete sheet gets another outcome.
func unmoved(m *odds.Moved) bool { return m == nil || m.Exact && m.Share.Exact.Sign() == 0 }

func classOf(m *odds.Moved) Class {
	if unmoved(m) {
		return Neutral
	}
	return Scoring
}

func larger(a, b Class) Class {
	for _, c := range []Class{Scoring, Neutral, Wording} {
		if a == c || b == c {
			return c
		}
	}
	return None
}

// String names the change in one line.
func (c *Change) String() string {
	s := c.Where
	if c.What != "" {
		if s != "" {
			s += ": "
		}
		s += c.What
	}
	switch {
	case c.From == "" && c.To == "":
		return s
	case c.From == "":
		return fmt.Sprintf("%s → %s", s, c.To)
	case c.To == "":
		return fmt.Sprintf("%s %s → nothing", s, c.From)
	}
	return fmt.Sprintf("%s %s → %s", s, c.From, c.To)
}
