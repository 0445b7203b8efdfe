package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

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
	file    *doc.File
	finder  *quiz.Finder
	below   int         // the first line that is no comment, behind the comment looked at last
	extents map[int]int // line where a key or a table begins → its last line
	pardons []*pardon
	found   diag.List
}

// suppress leaves out what the author accepts, and reports what is accepted in
// vain. Beside an error that is not told: rules may not have come to be looked at.
func suppress(q *quiz.Quiz, file *doc.File, finder *quiz.Finder, found diag.List) diag.List {
	s := &suppressor{file: file, finder: finder, extents: make(map[int]int)}
	if len(q.Allow) > 0 {
		for _, node := range file.Root.Fields["check"].Fields["allow"].Items {
			s.pardons = append(s.pardons, &pardon{rule: node.Str, at: node.Span})
		}
	}
	if len(file.Comments) > 0 {
		s.extent(file.Root)
		for _, at := range file.Comments {
			s.comment(at)
		}
	}
	kept := s.pardon(found)
	if !kept.Errors() && !s.found.Errors() {
		kept = append(kept, s.pardon(s.stale(false))...)
		kept = append(kept, s.stale(true)...)
	}
	return append(kept, s.found...)
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
			all = append(all, s.finder.Find(diag.StaleAllow, p.at, text.Quoted(p.rule)+" is accepted here and does not fire"))
		}
	}
	return all
}

// extent notes where keys and tables begin and end.
func (s *suppressor) extent(node *doc.Node) (end int) {
	end = node.Span.End
	if node == s.file.Root {
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
	if node != s.file.Root && !(node.Kind == doc.Array && node.Header) {
		from, _ := s.file.Position(start)
		to, _ := s.file.Position(max(start, end-1))
		s.extents[from] = max(s.extents[from], to)
	}
	return end
}

// A comment for this tool, and one that is well formed.
var (
	ours    = regexp.MustCompile(`^#\s*rolefit:`)
	ignores = regexp.MustCompile(`^#\s*rolefit:\s*ignore\s*\[([^\]]*)\](.*)$`)
)

func (s *suppressor) comment(at doc.Span) {
	words := s.file.Source[at.Start:at.End]
	if !ours.Match(words) {
		return
	}
	match := ignores.FindSubmatchIndex(words)
	if match == nil {
		s.malformed(at, "this comment is not one that rolefit knows")
		return
	}
	reason, colon := bytes.CutPrefix(bytes.TrimSpace(words[match[4]:match[5]]), []byte(":"))
	if !colon || len(bytes.TrimSpace(reason)) == 0 {
		s.malformed(at, "this comment gives no reason") // that is the fault, not what it accepts
	}
	from, to := s.covered(at)
	offset := at.Start + match[2]
	for part := range strings.SplitSeq(string(words[match[2]:match[3]]), ",") {
		id := strings.TrimSpace(part)
		start := offset + strings.Index(part, id)
		s.accept(id, doc.Span{Start: start, End: start + len(id)}, from, to)
		offset += len(part) + 1
	}
}

func (s *suppressor) malformed(at doc.Span, message string) {
	f := s.finder.Find(diag.Syntax, at, message)
	f.Help = "write `# rolefit: ignore[rule]: reason`"
	s.found = append(s.found, f)
}

// accept notes a pardon for a rule, if that is a warning.
func (s *suppressor) accept(id string, at doc.Span, from, to int) {
	rule := diag.RuleNamed(id)
	if rule != nil && rule.Severity == diag.Warning {
		s.pardons = append(s.pardons, &pardon{rule: id, at: at, from: from, to: to})
		return
	}
	message := "there is no rule " + text.Quoted(id)
	if rule != nil {
		message = text.Quoted(id) + " is an error, and only warnings can be accepted"
	}
	f := s.finder.Find(diag.UnknownRule, at, message)
	if rule == nil {
		f.Suggestion = text.Near(id, warnings())
	}
	s.found = append(s.found, f)
}

func warnings() []string {
	var ids []string
	for _, r := range diag.Rules() {
		if r.Severity == diag.Warning {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// covered gives the lines that a comment speaks of: its own, when something
// stands before it; else the key or the table that begins below it.
func (s *suppressor) covered(at doc.Span) (from, to int) {
	line, _ := s.file.Position(at.Start)
	begin := bytes.LastIndexByte(s.file.Source[:at.Start], '\n') + 1
	if len(bytes.TrimSpace(s.file.Source[begin:at.Start])) > 0 {
		return line, line
	}
	next := max(line+1, s.below)
	for strings.HasPrefix(strings.TrimSpace(s.file.Line(next)), "#") {
		next++
	}
	s.below = next
	return next, max(next, s.extents[next])
}
