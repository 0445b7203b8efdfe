package diag

import "slices"

// Rule is one thing that can be wrong with a definition. Its id is a promise:
// once shipped it neither changes nor goes.
type Rule struct {
	ID       string
	Severity Severity
	Fires    string // when, in half a sentence
	Help     string // what to do
	Why      string // it matters
	Broken   string // an excerpt of a definition that breaks it; empty: it is not about what a file holds
	Mended   string // the same as it should be
	// Instead is what both stand for in the example that tests put them into;
	// empty: Mended is there as it is. Parts that are apart in the file are
	// parted by a line with an ellipsis, in all three.
	Instead string
}

// The ids of the rules.
const (
	Syntax              = "syntax"
	UnsupportedFormat   = "unsupported-format"
	UnknownKey          = "unknown-key"
	MissingKey          = "missing-key"
	WrongType           = "wrong-type"
	OutOfRange          = "out-of-range"
	BadID               = "bad-id"
	DuplicateID         = "duplicate-id"
	BadVersion          = "bad-version"
	BadURL              = "bad-url"
	BadDate             = "bad-date"
	EmptyText           = "empty-text"
	UnsafeText          = "unsafe-text"
	UnknownDimension    = "unknown-dimension"
	UnknownRole         = "unknown-role"
	UnknownQuestion     = "unknown-question"
	UnknownOption       = "unknown-option"
	UnknownRule         = "unknown-rule"
	ForwardCondition    = "forward-condition"
	NoScaleLabels       = "no-scale-labels"
	TooFewOptions       = "too-few-options"
	MisplacedKey        = "misplaced-key"
	UnmeasuredDimension = "unmeasured-dimension"
	WeightlessRole      = "weightless-role"
	Unscorable          = "unscorable"
	UnreachableOutcome  = "unreachable-outcome"
	DeadQuestion        = "dead-question"
	DeadStep            = "dead-step"
	DeadNote            = "dead-note"
	IO                  = "io"

	LopsidedOdds     = "lopsided-odds"
	FrequentTie      = "frequent-tie"
	StraightLine     = "straight-line"
	DominantQuestion = "dominant-question"
	ThinDimension    = "thin-dimension"
	OneWayKey        = "one-way-key"
	FreePoints       = "free-points"
	TwinRoles        = "twin-roles"
	UnusedDimension  = "unused-dimension"
	DuplicateText    = "duplicate-text"
	LongText         = "long-text"
	NoSteps          = "no-steps"
	StaleFact        = "stale-fact"
	StaleAllow       = "stale-allow"
	MissingText      = "missing-text"
)

// Rules returns every rule, errors first, in the order in which they are documented.
func Rules() []Rule { return rules }

// Warnings lists the ids of the rules that a file can accept.
func Warnings() []string {
	var ids []string
	for _, r := range rules {
		if r.Severity == Warning {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// RuleNamed returns the rule with this id, or nil.
func RuleNamed(id string) *Rule {
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &rules[i]
}
