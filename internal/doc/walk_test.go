package doc

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

// walk visits a node and all below it in order, with their paths.
func walk(path string, n *Node, visit func(path string, n *Node)) {
	visit(path, n)
	for _, key := range n.Keys {
		walk(strings.TrimPrefix(path+"."+key, "."), n.Fields[key], visit)
	}
	for i, item := range n.Items {
		walk(fmt.Sprintf("%s[%d]", path, i), item, visit)
	}
}

// value turns a node back into what the decoder gives, times as text.
func value(n *Node) any {
	switch n.Kind {
	case String:
		return n.Str
	case Integer:
		return n.Int
	case Float:
		if math.IsNaN(n.Float) {
			return "nan"
		}
		return n.Float
	case Bool:
		return n.Bool
	case Datetime:
		return n.Time.UTC().Format(time.RFC3339Nano)
	case Array:
		items := []any{}
		for _, item := range n.Items {
			items = append(items, value(item))
		}
		return items
	case Table:
		fields := map[string]any{}
		for key, field := range n.Fields {
			fields[key] = value(field)
		}
		return fields
	}
	return nil
}

// normal brings a decoded value into the form that value gives.
func normal(v any) any {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) {
			return "nan"
		}
	case time.Time:
		t, _ := zoneless(v)
		return t.UTC().Format(time.RFC3339Nano)
	case []any:
		return normalItems(v)
	case []map[string]any:
		return normalItems(v)
	case map[string]any:
		fields := map[string]any{}
		for key, field := range v {
			fields[key] = normal(field)
		}
		return fields
	}
	return v
}

func normalItems[T any](list []T) []any {
	items := []any{}
	for _, item := range list {
		items = append(items, normal(item))
	}
	return items
}

// checkShape says that the places of a tree are in range and nested as the
// text is, and that its tables are whole.
func checkShape(t *testing.T, f *File) {
	t.Helper()
	for _, c := range f.Comments {
		if text := string(f.Source[c.Start:c.End]); text[0] != '#' || strings.ContainsAny(text, "\r\n") {
			t.Errorf("comment %q", text)
		}
	}
	walk("", f.Root, func(path string, n *Node) {
		if n.Kind == Invalid {
			t.Errorf("%s: no kind", path)
		}
		if len(n.Keys) != len(n.Fields) {
			t.Errorf("%s: %d keys, %d fields", path, len(n.Keys), len(n.Fields))
		}
		for _, s := range []Span{n.Key, n.Span} {
			if s.Start < 0 || s.Start > s.End || s.End > len(f.Source) {
				t.Fatalf("%s: span %v of %d bytes", path, s, len(f.Source))
			}
		}
		checkInside(t, f, path, n)
	})
}

// checkInside says that what is written within brackets stands within them,
// one after the other, each key before its value.
func checkInside(t *testing.T, f *File, path string, n *Node) {
	t.Helper()
	if n == f.Root || n.Header || !strings.ContainsRune("[{", rune(f.Source[n.Span.Start])) {
		return
	}
	at := n.Span.Start + 1
	for _, item := range n.Items {
		if item.Key != (Span{}) || item.Span.Start < at {
			t.Errorf("%s: item %v key %v before %d", path, item.Span, item.Key, at)
		}
		at = item.Span.End
	}
	for _, key := range n.Keys {
		if field := n.Fields[key]; field.Key.Start < n.Span.Start || field.Key != field.Span && field.Key.End > field.Span.Start {
			t.Errorf("%s.%s: key %v, value %v", path, key, field.Key, field.Span)
		} else if field.Span.End >= n.Span.End {
			t.Errorf("%s.%s: ends at %d, its table at %d", path, key, field.Span.End, n.Span.End)
		}
	}
	if at >= n.Span.End {
		t.Errorf("%s: items end at %d, the list at %d", path, at, n.Span.End)
	}
}
