package quiz

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/mod/semver"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

const maxID = 64

// ValidID reports whether s can be an id: [a-z0-9][a-z0-9-]*, at most 64 long.
func ValidID(s string) bool {
	if s == "" || len(s) > maxID || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// notation is how a text must be written, and the rule that says so.
type notation struct {
	rule, what string
	valid      func(string) bool
}

var (
	anID      = notation{diag.BadID, "an id", ValidID}
	aVersion  = notation{diag.BadVersion, "a semantic version", validVersion}
	anAddress = notation{diag.BadURL, "an absolute https address", validURL}
)

// is reports a text that is written in another way.
func (b *binder) is(node *doc.Node, n notation) bool {
	valid := n.valid(node.Str)
	if !valid {
		b.Report(n.rule, node.Span, "%s is not %s", text.Quoted(node.Str), n.what)
	}
	return valid
}

// written reads a text of this notation; "" when there is none.
func (t *table) written(key string, n notation, want bind.Wants) string {
	if node := t.Typed(key, doc.String, want); node != nil && t.b.is(node, n) {
		return node.Str
	}
	return ""
}

// uniqueID reads the required `id` of a sibling and enters it in their space.
func (t *table) uniqueID(index int, among *space, reserved ...string) string {
	node := t.Typed("id", doc.String, bind.Required)
	if node == nil {
		among.add(index, nil)
		return ""
	}
	id := node.Str
	switch first, taken := among.at[id]; {
	case !t.b.is(node, anID):
	case slices.Contains(reserved, id):
		t.b.Report(diag.BadID, node.Span, "the id %s is reserved", text.Quoted(id)).
			Advise("choose another id: conditions and tests use this one for themselves")
	case taken:
		t.b.Report(diag.DuplicateID, node.Span, "%s id %s is already used", among.what, text.Quoted(id)).
			Relate(first, "first used here")
	}
	among.add(index, node)
	return id
}

// notRetired reports an id that is listed in `retired`: sheets stored long ago
// still mean the old thing by it.
func (t *table) notRetired(id, what string) {
	at, gone := t.b.retiredAt[id]
	if id == "" || !gone {
		return
	}
	t.b.Report(diag.DuplicateID, t.Get("id").Span, "%s id %s is retired", what, text.Quoted(id)).
		Relate(at, "retired here").
		Advise("choose a new id: stored answers still mean the old one")
}

// validVersion: three numbers, as Semantic Versioning 2.0.0 has them.
func validVersion(s string) bool {
	core, _, _ := strings.Cut(s, "+")
	core, _, _ = strings.Cut(core, "-")
	return semver.IsValid("v"+s) && strings.Count(core, ".") == 2
}

const maxURL = 2000

func validURL(s string) bool {
	odd := func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(" <>\"`{}|\\^", r) }
	if len(s) > maxURL || strings.ContainsFunc(s, odd) {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil
}

// date reads a TOML date without a time.
func (t *table) date(key string) time.Time {
	node := t.Get(key)
	if node == nil {
		return time.Time{}
	}
	if node.Kind != doc.Datetime || !node.DateOnly {
		t.b.Report(diag.BadDate, node.Span, "`%s` must be a date, not %s", key, dateNot(node))
		return time.Time{}
	}
	return node.Time
}

func dateNot(node *doc.Node) string {
	if node.Kind == doc.Datetime {
		return "one with a time"
	}
	return node.Kind.String()
}
