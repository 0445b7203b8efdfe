package diag

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rolefit/rolefit/internal/text"
)

// Headline is the finding on one line: place, severity, message, rule.
func (f Finding) Headline() string {
	line := fmt.Sprintf("%s: %s: %s", text.Line(f.Place.String()), f.Severity, text.Line(f.Message))
	if f.Rule != "" {
		line += " [" + f.Rule + "]"
	}
	return line
}

// WriteText writes the findings for people: headline, the line with a caret
// under the fault, related places, and what to do.
func (l List) WriteText(w io.Writer) error {
	var b strings.Builder
	for i, f := range l {
		if i > 0 {
			b.WriteByte('\n')
		}
		f.writeText(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f Finding) writeText(b *strings.Builder) {
	b.WriteString(f.Headline() + "\n")
	f.writeExcerpt(b)
	for _, r := range f.Related {
		fmt.Fprintf(b, "%s: note: %s\n", text.Line(r.Place.String()), text.Line(r.Message))
	}
	if f.Witness != nil {
		fmt.Fprintf(b, "for example, as a persona would have it:\nanswers = %s\n", InlineTOML(f.Witness))
	}
	if help := f.Advice(); help != "" {
		fmt.Fprintf(b, "help: %s\n", help)
	}
}

// Advice is what to do about the finding; "" where neither it nor its rule says.
func (f Finding) Advice() string {
	switch {
	case f.Suggestion != "":
		return fmt.Sprintf("did you mean `%s`?", text.Line(f.Suggestion))
	case f.Help != "":
		return text.Line(f.Help)
	}
	if rule := RuleNamed(f.Rule); rule != nil {
		return rule.Help
	}
	return ""
}

// InlineTOML writes answers, as a sheet holds them, so that they can be pasted into a test. Ids are bare
// keys and need no escapes.
func InlineTOML(witness map[string]any) string {
	var all []string
	for _, id := range slices.Sorted(maps.Keys(witness)) {
		var value string
		switch v := witness[id].(type) {
		case []string:
			quoted := make([]string, len(v))
			for i, s := range v {
				quoted[i] = strconv.Quote(s)
			}
			value = "[" + strings.Join(quoted, ", ") + "]"
		case string:
			value = strconv.Quote(v)
		default:
			value = fmt.Sprint(v)
		}
		all = append(all, id+" = "+value)
	}
	return "{ " + strings.Join(all, ", ") + " }"
}

// excerptWidth bounds the excerpt of a line; what is longer is cut around the fault.
const excerptWidth = 100

// writeExcerpt shows the first line of the place with a caret line below it.
func (f Finding) writeExcerpt(b *strings.Builder) {
	if len(f.Source) == 0 || strings.TrimSpace(f.Source[0]) == "" {
		return
	}
	line := []rune(f.Source[0])
	cut := max(f.SourceColumn, 1) // the column of the first character
	start := min(max(f.Place.Column-cut, 0), len(line))
	end := len(line)
	if f.Place.EndLine == f.Place.Line {
		end = min(max(f.Place.EndColumn-cut, start), len(line))
	}
	cutStart, cutEnd := window(len(line), start)
	end = min(end, cutEnd)
	before, marked := show(line[cutStart:start]), show(line[start:end])
	number := fmt.Sprint(f.Place.Line)
	gutter := strings.Repeat(" ", len(number))
	fmt.Fprintf(b, "%s |\n", gutter)
	fmt.Fprintf(b, "%s | %s%s%s\n", number, before, marked, strings.TrimRight(show(line[end:cutEnd]), " "))
	caret := "^" + strings.Repeat("~", max(0, text.Width(marked)-1))
	fmt.Fprintf(b, "%s | %s%s\n", gutter, strings.Repeat(" ", text.Width(before)), caret)
}

// window chooses which part of a long line is shown.
func window(length, start int) (from, to int) {
	if length <= excerptWidth {
		return 0, length
	}
	from = max(0, min(start-excerptWidth/3, length-excerptWidth))
	return from, min(length, from+excerptWidth)
}

// show makes a piece of a source line safe and keeps its width countable.
func show(line []rune) string {
	return text.Clean(strings.ReplaceAll(string(line), "\t", " "))
}
