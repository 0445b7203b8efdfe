package quiz

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
		c.Questions = append(c.Questions, canonicalOf(one))
	}
	for _, r := range q.Roles {
		c.Roles = append(c.Roles, canonicalRole{r.ID, nonZero(r.Weights)})
	}
	for _, h := range q.Hybrids {
		c.Hybrids = append(c.Hybrids, canonicalHybrid{h.ID, h.Roles, h.Margin})
	}
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and whole numbers always marshal
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func canonicalOf(q *Question) canonicalQuestion {
	form := q.Form()
	c := canonicalQuestion{
		ID: q.ID, Kind: q.Kind, Optional: q.Optional, When: q.When,
		Entries: form.IDs, Min: form.Min, Max: form.Max, Measures: nonZero(q.Measures),
	}
	for _, o := range q.Options {
		c.Points = append(c.Points, nonZero(o.Points))
	}
	return c
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
