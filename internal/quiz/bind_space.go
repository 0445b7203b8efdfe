package quiz

import (
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/text"
)

// space holds the ids of siblings, which must differ, and the references to
// them that lead nowhere.
type space struct {
	what   string
	at     map[string]doc.Span
	order  []string // the well-formed ones, in file order: what a reference may have meant
	broken *holes
	// fits reports whether a name that leads nowhere may be the lost id of a
	// sibling, by what the sibling is; spelling is judged elsewhere.
	fits func(h hole, name string, refs []reference) bool
}

// holes are the siblings whose id is not known, and the references that may
// mean them. Spaces that overlap share one.
type holes struct {
	all  []hole
	open bool // the whole list is missing or unreadable: any reference may be right
	refs []reference
}

// hole is a sibling whose id is missing, malformed or another's: that is
// reported, and a reference to the id it should have is no second fault.
type hole struct {
	index int    // of the sibling
	text  string // the malformed id
	twin  bool   // the id is another's
}

// reference is a use of an id that no sibling has.
type reference struct {
	rule, what, id, near string
	at                   doc.Span
	values               []*doc.Node // of a condition's key
}

func (b *binder) space(what string) *space {
	s := &space{what: what, at: make(map[string]doc.Span), broken: &holes{}}
	b.spaces = append(b.spaces, s)
	return s
}

func (s *space) has(id string) bool { _, ok := s.at[id]; return ok }

// add enters the id of a sibling. A malformed one is entered too, so that
// references that spell it the same way are no second fault.
func (s *space) add(index int, node *doc.Node) {
	if node == nil || node.Kind != doc.String {
		s.broken.all = append(s.broken.all, hole{index: index})
		return
	}
	id := node.Str
	switch {
	case s.has(id):
		s.broken.all = append(s.broken.all, hole{index: index, twin: true})
		return
	case ValidID(id):
		s.order = append(s.order, id)
	default:
		s.broken.all = append(s.broken.all, hole{index: index, text: id})
	}
	s.at[id] = node.Span
}

// unknown notes a reference that leads nowhere; settle reports it unless a
// fault reported elsewhere is why.
func (b *binder) unknown(r reference, among *space) {
	r.near = b.Near(r.id, among.order)
	among.broken.refs = append(among.broken.refs, r)
}

// settle reports the references that lead nowhere. Each hole explains one name.
func (b *binder) settle(s *space) {
	if s.broken.open {
		return
	}
	names, refs := byName(s.broken.refs)
	for _, h := range s.broken.all {
		i := slices.IndexFunc(names, func(name string) bool { return spelt(h, name) })
		if i < 0 {
			i = slices.IndexFunc(names, func(name string) bool { return s.fits(h, name, refs[name]) })
		}
		if i < 0 {
			continue
		}
		delete(refs, names[i])
		names = slices.Delete(names, i, i+1)
	}
	for _, r := range s.broken.refs {
		if refs[r.id] == nil {
			continue
		}
		b.Report(r.rule, r.at, "there is no %s %s", r.what, text.Quoted(r.id)).Suggestion = r.near
	}
	s.broken.refs = nil // the next space may share them
}

// byName sorts references by the id they use, in the order of first use.
func byName(all []reference) (names []string, refs map[string][]reference) {
	refs = make(map[string][]reference)
	for _, r := range all {
		if refs[r.id] == nil {
			names = append(names, r.id)
		}
		refs[r.id] = append(refs[r.id], r)
	}
	return names, refs
}

// spelt reports whether a malformed id is a misspelling of the name: "PM" or
// "company size" for pm and company-size.
func spelt(h hole, name string) bool {
	if h.text == "" || len(h.text) > 2*maxID {
		return false
	}
	id := strings.Map(func(r rune) rune {
		if ValidID(string(r)) {
			return r
		}
		return '-'
	}, strings.ToLower(h.text))
	id = strings.Trim(id, "-")
	return id == strings.Trim(name, "-") || len(id) > 3 && text.Near(id, []string{name}) != ""
}

// often: a name that is used more than once is hardly a slip of the pen. Every
// dimension that matters is both measured and weighed.
func often(_ hole, _ string, refs []reference) bool { return len(refs) > 1 }

// oftenOrFar also takes a name that is like no other, for an id that is lost.
func oftenOrFar(h hole, name string, refs []reference) bool {
	return often(h, name, refs) || !h.twin && refs[0].near == ""
}

// always: within one question, a lost option and an unknown one are the same.
func always(hole, string, []reference) bool { return true }
