package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rolefit/rolefit/internal/bind"
	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/text"
)

// pardon accepts the findings of one rule, in the whole file or in some lines.
type pardon struct {
	rule     string
	at       doc.Span // where it names the rule
	from, to int      // lines; 0: the whole file
	used     bool
}

// covers reports whether a finding of its rule is what the author accepts. Errors never are.
func (p *pardon) covers(f diag.Finding) bool {
	return f.Severity == diag.Warning && (p.from == 0 || f.Place.Line <= p.to && f.Place.EndLine >= p.from)
}

// suppressor works through what a file accepts.
type suppressor struct {
	*bind.Reader             // its list is of what is wrong with the comments
	below        int         // the first line that is no comment, behind the comment looked at last
	extents      map[int]int // line where a key or a table begins → its last line
	pardons      []*pardon
}

// suppress leaves out what the author accepts of what a reader found, and
// reports what is accepted in vain. Beside an error that is not told: rules may
// not have come to be looked at.
func suppress(q *quiz.Quiz, r *bind.Reader) diag.List {
	found := r.Found
	r.Found = nil
	s := &suppressor{Reader: r, extents: make(map[int]int)}
	if len(q.Allow) > 0 {
		for _, node := range r.File.Root.Fields["check"].Fields["allow"].Items {
			s.pardons = append(s.pardons, &pardon{rule: node.Str, at: node.Span})
		}
	}
	if len(r.File.Comments) > 0 {
		s.extent(r.File.Root)
		for _, at := range r.File.Comments {
			s.comment(at)
		}
	}
	kept := s.pardon(found)
	if !kept.Errors() && !s.Found.Errors() {
		kept = append(kept, s.pardon(s.stale(false))...)
		kept = append(kept, s.stale(true)...)
	}
	return append(kept, s.Found...)
}

// pardon leaves out what is accepted.
func (s *suppressor) pardon(found diag.List) diag.List {
	byRule := make(map[string][]*pardon)
	for _, p := range s.pardons {
		byRule[p.rule] = append(byRule[p.rule], p)
	}
	return slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool {
		accepted := false
		for _, p := range byRule[f.Rule] {
			if p.covers(f) {
				p.used, accepted = true, true
			}
		}
		return accepted
	})
}

// stale reports what is accepted and does not fire; last is for the rule that
// reports it, which may be accepted too.
func (s *suppressor) stale(last bool) diag.List {
	var all diag.List
	for _, p := range s.pardons {
		if !p.used && (p.rule == diag.StaleAllow) == last {
			all = append(all, s.Find(diag.StaleAllow, p.at, "%s is accepted here and does not fire", text.Quoted(p.rule)))
		}
	}
	return all
}

// extent notes where keys and tables begin and end.
func (s *suppressor) extent(node *doc.Node) (end int) {
	end = node.Span.End
	if node == s.File.Root {
		end = 0
	}
	for _, key := range node.Keys {
		end = max(end, s.extent(node.Fields[key]))
	}
	for _, item := range node.Items {
		end = max(end, s.extent(item))
	}
	start := node.Span.Start
	if node.Key != (doc.Span{}) && !node.Header {
		start = node.Key.Start
	}
	if node != s.File.Root && !(node.Kind == doc.Array && node.Header) {
		from, _ := s.File.Position(start)
		to, _ := s.File.Position(max(start, end-1))
		s.extents[from] = max(s.extents[from], to)
	}
	return end
}

// ignores is what a comment for this tool says behind its name.
var ignores = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*ignore\s*\[([^\]]*)\](.*)$`) })

func (s *suppressor) comment(at doc.Span) {
	words, ours := bytes.CutPrefix(bytes.TrimLeft(s.File.Source[at.Start+1:at.End], " \t\f\r"), []byte("rolefit:"))
	if !ours {
		return
	}
	match := ignores().FindSubmatchIndex(words)
	if match == nil {
		s.malformed(at, "this comment is not one that rolefit knows")
		return
	}
	reason, colon := bytes.CutPrefix(bytes.TrimSpace(words[match[4]:match[5]]), []byte(":"))
	if !colon || len(bytes.TrimSpace(reason)) == 0 {
		s.malformed(at, "this comment gives no reason") // that is the fault, not what it accepts
	}
	from, to := s.covered(at)
	offset := at.End - len(words) + match[2]
	for part := range strings.SplitSeq(string(words[match[2]:match[3]]), ",") {
		id := strings.TrimSpace(part)
		start := offset + strings.Index(part, id)
		if at := (doc.Span{Start: start, End: start + len(id)}); s.Acceptable(id, at) {
			s.pardons = append(s.pardons, &pardon{rule: id, at: at, from: from, to: to})
		}
		offset += len(part) + 1
	}
}

func (s *suppressor) malformed(at doc.Span, message string) {
	s.Report(diag.Syntax, at, "%s", message).Advise("write `# rolefit: ignore[rule]: reason`")
}

// covered gives the lines that a comment speaks of: its own, when something
// stands before it; else the key or the table that begins below it.
func (s *suppressor) covered(at doc.Span) (from, to int) {
	line, _ := s.File.Position(at.Start)
	begin := bytes.LastIndexByte(s.File.Source[:at.Start], '\n') + 1
	if len(bytes.TrimSpace(s.File.Source[begin:at.Start])) > 0 {
		return line, line
	}
	next := max(line+1, s.below)
	for strings.HasPrefix(strings.TrimSpace(s.File.Line(next)), "#") {
		next++
	}
	s.below = next
	return next, max(next, s.extents[next])
}
