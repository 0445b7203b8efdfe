package quiz

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// Digest is the SHA-256, in hex, of what decides how answers are scored: a
// change of wording keeps it, a change of points, weights, margins, options or
// conditions does not. Steps and notes are advice about a result and not part of it.
func (q *Quiz) Digest() string { return q.digest }

// ShortDigest is as much of the digest as people are shown.
func (q *Quiz) ShortDigest() string { return q.digest[:min(12, len(q.digest))] }

// canonical is the scoring-relevant content in a fixed order. Its JSON (keys
// in this order, maps sorted by key, zero points left out) is what is hashed.
type canonical struct {
	Format     int
	ID         string
	Scoring    Scoring
	Dimensions []string
	Questions  []canonicalQuestion
	Roles      []canonicalRole
	Hybrids    []canonicalHybrid
}

type canonicalQuestion struct {
	ID, Kind string
	Optional bool
	When     When
	Entries  []string
	Min, Max int
	Measures Points
	Points   []Points
}

type canonicalRole struct {
	ID      string
	Weights Points
}

type canonicalHybrid struct {
	ID     string
	Roles  []string
	Margin int
}

func digest(q *Quiz) string {
	c := canonical{Format: Format, ID: q.ID, Scoring: q.Scoring}
	for _, d := range q.Dimensions {
		c.Dimensions = append(c.Dimensions, d.ID)
	}
	for _, one := range q.Questions {
		c.Questions = append(c.Questions, canonicalOf(q, one))
	}
	for _, r := range q.Roles {
		c.Roles = append(c.Roles, canonicalRole{r.ID, nonZero(r.Weights)})
	}
	for _, h := range q.Hybrids {
		c.Hybrids = append(c.Hybrids, canonicalHybrid{h.ID, slices.Sorted(slices.Values(h.Roles)), h.Margin})
	}
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and whole numbers always marshal
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func canonicalOf(quiz *Quiz, q *Question) canonicalQuestion {
	form := q.Form()
	c := canonicalQuestion{
		ID: q.ID, Kind: q.Kind, Optional: q.Optional, When: canonicalWhen(quiz, q.When),
		Entries: form.IDs, Min: form.Min, Max: form.Max, Measures: nonZero(q.Measures),
	}
	for _, o := range q.Options {
		c.Points = append(c.Points, nonZero(o.Points))
	}
	return c
}

// canonicalWhen puts the keys of each clause, and the values of each key, in
// the order of the quiz: how a condition is written down does not matter.
func canonicalWhen(quiz *Quiz, w When) When {
	c := When{Set: w.Set}
	for _, clause := range w.Any {
		var tests Clause
		for _, one := range quiz.Questions {
			for _, t := range clause {
				if t.Key == one.ID {
					tests = append(tests, Test{t.Key, inOrder(one.Form().IDs, t.Values)})
				}
			}
		}
		c.Any = append(c.Any, tests)
	}
	return c
}

// inOrder gives the ids that are among the values, each once.
func inOrder(ids, values []string) []string {
	var found []string
	for _, id := range ids {
		if slices.Contains(values, id) {
			found = append(found, id)
		}
	}
	return found
}

func nonZero(p Points) Points {
	kept := make(Points)
	for id, n := range p {
		if n != 0 {
			kept[id] = n
		}
	}
	return kept
}
