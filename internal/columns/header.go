package columns

import (
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// What is set aside is compiled when the first table is read, not at every start.
var (
	inline = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)</?(?:a|b|big|code|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>`)
	})
	tags      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`</?[a-zA-Z][^<>]*>|<!--.*?-->`) })
	invisible = strings.NewReplacer("\u200b", "", "\u2060", "", "\ufeff", "", "\u00ad", "")
)

// fold sets aside what tools add to a text and what people do not see: HTML,
// case, white space, Unicode's different spellings of one letter.
func fold(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = html.UnescapeString(tags().ReplaceAllString(inline().ReplaceAllString(s, ""), " "))
	}
	s = norm.NFC.String(strings.ToLower(invisible.Replace(s)))
	return strings.Join(strings.Fields(s), " ")
}

// plain sets aside a star behind a required question as well.
func plain(s string) string { return strings.TrimRight(fold(s), "* ") }

// idHeaders are what a column of ids is usually called, the best first.
var idHeaders = []string{
	"respondent", "respondent id", "id", "id. response id", "response id", "participant", "participant id", "student id", "token",
	"username", "user name", "email", "e-mail", "email address", "e-mail address", "#",
}

// people takes the columns that say who somebody is, and which group they belong to.
func (h *headers) people(p *Plan) {
	named := func(name, flag string, shared bool) int {
		i := slices.Index(h.header, name)
		again := i >= 0 && slices.Contains(h.header[i+1:], name)
		if i < 0 {
			i = slices.Index(h.plain, plain(name))
			again = i >= 0 && slices.Contains(h.plain[i+1:], plain(name))
		}
		switch {
		case i < 0:
			h.fault("there is no column %q for %s; the columns are %s", shown(name), flag, h.some())
		case again:
			h.fault("several columns are called %q, which %s names: rename all but one", shown(name), flag)
		case h.taken[i] && !shared:
			h.fault("%s answers a question, and cannot be %s too", h.column(i), flag)
		default:
			return i
		}
		return -1
	}
	if h.o.ID != "" {
		p.ID = named(h.o.ID, "--id", false)
	} else {
		for _, name := range idHeaders {
			if i := slices.Index(h.plain, name); i >= 0 && !h.taken[i] {
				p.ID = i
				break
			}
		}
	}
	if h.o.By != "" {
		p.By = named(h.o.By, "--by", true) // people may be compared by an answer
	}
	for _, i := range []int{p.ID, p.By} {
		if i >= 0 {
			h.taken[i] = true
		}
	}
}

// some lists columns that nobody has taken.
func (h *headers) some() string {
	var names []string
	for i, header := range h.header {
		if !h.taken[i] && len(names) < 8 {
			names = append(names, shown(header))
		}
	}
	if len(names) == 0 {
		return "all taken by questions"
	}
	return strings.Join(names, ", ")
}

// fields makes a field of each question that has columns, and misses those that must have them.
func (h *headers) fields(p *Plan) {
	var missing []string
	for q, one := range h.c.Quiz.Questions {
		column, whole := h.whole[q]
		parts := h.parts[q]
		switch {
		case whole && parts != nil:
			h.fault("%s answers %s, and other columns answer parts of it: remove one or the other", h.column(column), one.ID)
		case whole:
			p.Fields = append(p.Fields, wholeField(h.c, q, column, h.manner[q], h.o.Map))
		case parts != nil && h.unfit(q):
		case parts != nil:
			p.Fields = append(p.Fields, partsField(h.c, q, parts, h.manner[q], h.o.Map))
		case !one.Optional && !one.When.Set:
			missing = append(missing, one.ID)
		}
	}
	if len(missing) == 0 {
		return
	}
	listed := strings.Join(missing[:min(len(missing), 5)], ", ")
	if len(missing) > 5 {
		listed += ", …"
	}
	h.fault("no column answers %s: a header is a question's id or its text; name others with --map FILE", listed)
}

// unfit reports a question whose columns, one for each part, are too few or too many.
func (h *headers) unfit(q int) bool {
	one, parts, how := h.c.Quiz.Questions[q], h.parts[q], h.manner[q]
	n := len(one.Options)
	switch {
	case how.coded && len(parts) != n, how.coded && slices.Max(slices.Collect(maps.Keys(parts))) >= n:
		h.fault("the options of %s have columns told apart by number alone, %d of them, and it has %d: name them with --map FILE", one.ID, len(parts), n)
	case how.places && len(parts) < n:
		h.fault("%s is ranked in several columns, and some of its places have none", one.ID)
	case len(parts) < n: // picks would be lost without a word
		var missing []string
		for i, option := range one.Options {
			if _, there := parts[i]; !there {
				missing = append(missing, fmt.Sprintf("%q", shown(option.Text)))
			}
		}
		h.fault("%s has a column for each option, but for %s: add what is missing, or name it with --map FILE", one.ID, strings.Join(missing, ", "))
	default:
		return false
	}
	return true
}
