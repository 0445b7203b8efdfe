package diag

import "slices"

// Rule is one thing that can be wrong with a definition. Its id is a promise:
// once shipped it neither changes nor goes.
type Rule struct {
	ID       string
	Severity Severity
	Fires    string // when, in half a sentence
	Help     string // what to do
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

var rules = []Rule{
	{Syntax, Error, "the TOML, or a `# rolefit:` comment in it, does not parse; or the file is not UTF-8, over 1 MiB, or nested too deep", "mend the TOML at this place"},
	{UnsupportedFormat, Error, "`format` is missing or not 1", "write `format = 1` at the top of the file"},
	{UnknownKey, Error, "a key that this format does not have", "remove it, or correct its spelling"},
	{MissingKey, Error, "a required key is absent", "add it"},
	{WrongType, Error, "a value of another type than the key takes", "write a value of the right type"},
	{OutOfRange, Error, "a number, a count or a length outside its limits, or a word that is none of those allowed", "bring it within the limits"},
	{BadID, Error, "an id is malformed or reserved", "use a to z, 0 to 9 and -, beginning with a letter or a digit, at most 64 characters"},
	{DuplicateID, Error, "an id stands twice among its siblings, or is in `retired`", "rename one of them"},
	{BadVersion, Error, "`version` is not a semantic version", "write it as major.minor.patch, such as \"1.0.0\""},
	{BadURL, Error, "a url is not an absolute https address", "write the whole address, beginning with https://"},
	{BadDate, Error, "a date is not a TOML date: it is in quotes, or has a time", "write it without quotes, such as 2026-11-23"},
	{EmptyText, Error, "a text that people read is blank", "write the text, or remove the key"},
	{UnsafeText, Error, "control characters or bidirectional overrides in a text", "remove the character"},
	{UnknownDimension, Error, "a reference to a dimension that does not exist", "name one of the file's dimensions, or add it"},
	{UnknownRole, Error, "a reference to a role or an outcome that does not exist", "name one of the file's roles, or add it"},
	{UnknownQuestion, Error, "a reference to a question that does not exist", "name one of the file's questions, or add it"},
	{UnknownOption, Error, "a reference to an option that does not exist", "name one of the question's options, or add it"},
	{UnknownRule, Error, "`allow` or an ignore comment names no rule that can be accepted", "name the id of a warning"},
	{ForwardCondition, Error, "a question's `when` names itself or a later question", "move the question behind the one it depends on"},
	{NoScaleLabels, Error, "a scale without labels", "give the question `labels`, or the file a [scale] with labels"},
	{TooFewOptions, Error, "a question with fewer than 2 alternatives", "give people at least two answers to choose from"},
	{MisplacedKey, Error, "a key that this kind of question does not use", "remove it, or change the kind"},
	{UnmeasuredDimension, Error, "no question can move a dimension that a role weighs", "add a question that measures it, or take it out of the weights"},
	{WeightlessRole, Error, "a role all of whose weights are 0 or missing", "say in `weights` what the role asks for"},
	{Unscorable, Error, "some path through the conditions leaves a role with no measured dimension", "ask everybody at least one question for each role"},
	{UnreachableOutcome, Error, "no answer sheet gets this role or hybrid", "change its weights or its margin, or remove it"},
	{DeadQuestion, Error, "a question whose condition no sheet can satisfy", "mend its `when`, or remove it"},
	{DeadStep, Error, "a step whose condition no sheet can satisfy", "mend its `when`, or remove it"},
	{DeadNote, Error, "a note whose condition no sheet can satisfy", "mend its `when`, or remove it"},
	{IO, Error, "a path cannot be read, or holds no definition", "check the path and its permissions"},

	{LopsidedOdds, Warning, "random answers give an outcome far too rarely or too often", "balance the points, the weights or the margins"},
	{FrequentTie, Warning, "many random sheets tie exactly for first place and no hybrid catches them", "add a hybrid, or vary the points"},
	{StraightLine, Warning, "always the first or always the last alternative gives a strong single role, in most orders of shuffled options", "reverse some items or reorder some options"},
	{DominantQuestion, Warning, "one question carries more than 25% of the range between two roles", "lower its points"},
	{ThinDimension, Warning, "a dimension with fewer than 3 questions, or fewer than half of the widest one's", "add questions for it"},
	{OneWayKey, Warning, "every scale item of a dimension is keyed the same way and there are 4 or more", "reverse some of them, by antonym"},
	{FreePoints, Warning, "an option that is at least as good as every sibling in every dimension", "give every option something of its own"},
	{TwinRoles, Warning, "two roles whose weights are proportional", "tell them apart, or merge them"},
	{UnusedDimension, Warning, "measured, but no role weighs it", "weigh it, or remove it"},
	{DuplicateText, Warning, "two questions, or two options or labels of one question, that read the same", "reword one of them"},
	{LongText, Warning, "a question over 200 or an option over 100 characters", "shorten it: it wraps in a terminal"},
	{NoSteps, Warning, "an outcome with no next step for some sheet that gets it", "add a step without a condition"},
	{StaleFact, Warning, "an `as_of` older than two years", "check the fact and date it anew"},
	{StaleAllow, Warning, "`allow` or an ignore comment names a rule that does not fire", "remove it from the list"},
	{MissingText, Warning, "no text where people would look for it", "write it"},
}

// RuleNamed returns the rule with this id, or nil.
func RuleNamed(id string) *Rule {
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &rules[i]
}
