package doc

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostileSize is how large the hard texts are made.
var hostileSize = MaxSize

// fill repeats a piece up to that size.
func fill(before, piece, after string) string {
	return before + strings.Repeat(piece, (hostileSize-len(before)-len(after))/len(piece)) + after
}

// number repeats a piece with %x as its number up to that size.
func number(before, piece string) string {
	b := []byte(before)
	for i := 0; ; i++ {
		next := fmt.Appendf(nil, piece, i)
		if len(b)+len(next) > hostileSize {
			return string(b)
		}
		b = append(b, next...)
	}
}

func deep(open, inner, closing string, n int) string {
	return strings.Repeat(open, n) + inner + strings.Repeat(closing, n)
}

// hostileTOML has texts of the largest size that are hard on some reader.
func hostileTOML() map[string]string {
	path := strings.Repeat("a.", MaxDepth-2) + "a"
	return map[string]string{
		"lists unclosed":        fill("a=", "[", ""),
		"tables unclosed":       fill("a=", "{a=", ""),
		"a long dotted key":     fill("", "a.", "a=1"),
		"a long header":         fill("[", "a.", "a]"),
		"list headers":          fill("", "[[a]]\n", ""),
		"list headers, tables":  fill("", "[[a]]\n[a.b]\n", ""),
		"one header again":      fill("", "[a.b.c]\n", ""),
		"opening brackets":      fill("", "[", ""),
		"headers unclosed":      fill("", "[a", ""),
		"deep list headers":     fill("", "[["+path+"]]\n", ""),
		"one key again":         fill("", "a=1\n", ""),
		"keys":                  number("", "%x=1\n"),
		"headers":               number("", "[%x]\n"),
		"headers and keys":      number("", "[%x]\na=1\n"),
		"keys, deep header":     number("["+path+"]\n", "%x=1\n"),
		"keys, long header":     number("["+strings.Repeat("a", 1000)+"]\n", "%x=1\n"),
		"keys, longest header":  number("["+strings.Repeat("a", hostileSize/2)+"]\n", "%x=1\n"),
		"deep dotted keys":      number("", path+"%x=1\n"),
		"other dotted keys":     number("", "%x."+path+"=1\n"),
		"deep tables":           number("", "%x="+deep("{a=", "1", "}", MaxDepth-2)+"\n"),
		"deep tables in a list": fill("a=[", deep("{a=", "1", "}", MaxDepth-3)+",", "]"),
		"deep lists and tables": fill("a=[", deep("[{a=", "1", "}]", MaxDepth/2-2)+",", "]"),
		"deep lists":            fill("a=[", deep("[", "1", "]", MaxDepth-2)+",", "]"),
		"small tables":          fill("a=[", "{},", "]"),
		"small tables with key": fill("a=[", "{a=1},", "]"),
		"small tables, deep":    fill(deep("a={", "a=[", "", 20), "{a=1},", "]"+strings.Repeat("}", 20)),
		"small tables as keys":  number("", "%x={a=1}\n"),
		"small dotted tables":   number("", "%x.a=1\n"),
		"keys of one table":     number("a={", "b%x=1,") + "",
		"small lists":           fill("a=[", "[],", "]"),
		"numbers":               fill("a=[", "1,", "]"),
		"strings":               fill("a=[", `"",`, "]"),
		"times":                 fill("a=[", "00:00,", "]"),
		"a string":              fill(`a="`, "x", `"`),
		"a string of escapes":   fill(`a="`, `\n`, `"`),
		"a string of lines":     fill(`a="""`, "x\\\n", `"""`),
		"a string of quotes":    fill(`a="""`, `"x`, `"""`),
		"a string, unclosed":    fill(`a="`, "x", ""),
		"long string, unclosed": fill(`a="""`, `"x`, ""),
		"quotes":                fill(`a=`, `"`, ""),
		"single quotes":         fill(`a=`, "'", ""),
		"a long key":            fill("", "a", "=1"),
		"a long quoted key":     fill(`"`, `\t`, `"=1`),
		"a long key, deep":      fill("a.", "b", "="+deep("{a=", "1", "}", MaxDepth-4)),
		"a key, unclosed":       fill(`"`, "a", ""),
		"a key without value":   fill("", "a", ""),
		"an integer":            fill("a=", "1", ""),
		"a fraction":            fill("a=1.", "1", ""),
		"an integer, spaced":    fill("a=1", "_1", ""),
		"a date":                fill("a=2020-01-01", " ", ""),
		"a word":                fill("a=", "x", ""),
		"space":                 fill("a=", " ", "1"),
		"lines":                 fill("", "\n", ""),
		"comments":              fill("", "#\n", ""),
		"comments in a list":    fill("a=[", "#\n", "]"),
		"escape characters":     fill("", "\x1b", ""),
		"not UTF-8":             fill("#", "\xff", ""),
		"NUL bytes":             fill("", "\x00", ""),
	}
}

func hostileJSON() map[string]string {
	return map[string]string{
		"lists unclosed":   fill("", "[", ""),
		"objects unclosed": fill("", `{"a":`, ""),
		"lists":            fill(`{"a":[`, "[],", "[]]}"),
		"numbers":          fill(`{"a":[`, "1,", "1]}"),
		"strings":          fill(`{"a":[`, `"",`, "1]}"),
		"escapes":          fill(`{"a":[`, `"\n",`, "1]}"),
		"a string":         fill(`{"a":"`, `\n`, `"}`),
		"half surrogates":  fill(`{"a":"`, `\ud800`, `"}`),
		"unclosed string":  fill(`{"a":"`, `\n`, ""),
		"one key again":    fill(`{"a":1`, `,"a":1`, "}"),
		"keys":             number(`{"a":1`, `,"%x":1`) + "",
		"objects":          fill(`{"a":[`, `{"a":1},`, "1]}"),
		"a number":         fill(`{"a":`, "1", "}"),
		"a long fraction":  fill(`{"a":1.`, "1", "}"),
		"space":            fill("{", " ", "}"),
	}
}

type reader func(string, []byte) (*File, *SyntaxError)

// TestHostile says that the hardest texts end soon, as an error or a tree. The
// limit is far above what is measured, for slow machines and the race detector.
func TestHostile(t *testing.T) {
	limit := 5 * time.Second
	if raceEnabled {
		limit *= 10
	}
	defer func() { hostileSize = MaxSize }()
	switch {
	case testing.Short():
		hostileSize = MaxSize / 256
	case raceEnabled:
		hostileSize = MaxSize / 8
	}
	run := func(format string, read reader, texts map[string]string) {
		for name, text := range texts {
			t.Run(format+"/"+name, func(t *testing.T) {
				if !testing.Short() {
					runtime.GC() // what the last text left behind is not this one's
				}
				start := time.Now()
				f, err := read("x", []byte(text))
				took := time.Since(start)
				if took > limit {
					t.Errorf("took %v", took)
				}
				if err != nil {
					checkMessage(t, name, err.Message)
				} else {
					checkShape(t, f)
				}
				t.Logf("%v %.100v", took, err)
			})
		}
	}
	run("TOML", TOML, hostileTOML())
	run("JSON", JSON, hostileJSON())
}

func TestTooLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("megabytes")
	}
	for _, read := range []reader{TOML, JSON} {
		f, err := read("x", []byte(fill("", "\n", "")+" "))
		if err == nil || f == nil || f.Root != nil || !strings.Contains(err.Message, "1 MiB") {
			t.Errorf("%v", err)
		}
		if line, column := f.Position(err.Span.Start); line != 1 || column != 1 {
			t.Errorf("%d:%d", line, column)
		}
	}
	if _, err := TOML("x", []byte("\ufeff"+fill("", "\n", ""))); err != nil {
		t.Error(err)
	}
}

// TestBudget says that a megabyte of honest text stays within the budget.
func TestBudget(t *testing.T) {
	if testing.Short() {
		t.Skip("megabytes")
	}
	for _, piece := range []string{
		"[[question]]\nid=\"a%x\"\nask=\"Which?\"\n",
		"[[question.option]]\nid = \"a%x\"\ntext = \"Call three customers who left\"\npoints = { strategy = 2, research = 1 }\n",
		"q%x = 5\n",
		"[[persona]]\nname = \"%x\"\nanswers = { vision = 5, free = \"interviews\" }\n[persona.expect]\noutcome = \"pm\"\nfit = { pm = { min = 70 }, po = { max = 40 } }\n",
	} {
		if _, err := TOML("x", []byte(number("", piece))); err != nil {
			t.Errorf("%q: %v", piece, err)
		}
	}
}
