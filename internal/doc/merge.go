package doc

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// merge puts decoded values into the nodes that the scan has placed. It
// gives the first node where the two disagree, else nil.
func merge(n *Node, value any) *Node {
	ok := false
	switch n.Kind {
	case Table:
		return mergeTable(n, value)
	case Array:
		return mergeList(n, value)
	case String:
		n.Str, ok = value.(string)
	case Integer:
		n.Int, ok = value.(int64)
	case Float:
		n.Float, ok = value.(float64)
	case Bool:
		n.Bool, ok = value.(bool)
	case Datetime:
		var t time.Time
		t, ok = value.(time.Time)
		n.Time, n.DateOnly = zoneless(t)
	}
	if !ok {
		return n
	}
	return nil
}

func mergeTable(n *Node, value any) *Node {
	fields, ok := value.(map[string]any)
	if !ok || len(fields) != len(n.Keys) {
		return n
	}
	for _, key := range n.Keys {
		field, ok := fields[key]
		if !ok {
			return n.Fields[key]
		}
		if bad := merge(n.Fields[key], field); bad != nil {
			return bad
		}
	}
	return nil
}

// mergeList fills a list; the decoder gives one made by headers another type.
func mergeList(n *Node, value any) *Node {
	switch items := value.(type) {
	case []any:
		return mergeItems(n, items)
	case []map[string]any:
		return mergeItems(n, items)
	}
	return n
}

func mergeItems[T any](n *Node, items []T) *Node {
	if len(items) != len(n.Items) {
		return n
	}
	for i, item := range items {
		if bad := merge(n.Items[i], item); bad != nil {
			return bad
		}
	}
	return nil
}

// reread has the decoder read every value by itself, at the place where the
// scan found it. The decoder accepts some valid files and loses keys of them:
// dotted keys at a path that an earlier list item wrote as an inline list. It
// gives the first node that cannot be read, else nil.
func reread(n *Node, src []byte) *Node {
	switch n.Kind {
	case Table:
		for _, key := range n.Keys {
			if bad := reread(n.Fields[key], src); bad != nil {
				return bad
			}
		}
		return nil
	case Array:
		for _, item := range n.Items {
			if bad := reread(item, src); bad != nil {
				return bad
			}
		}
		return nil
	}
	if n.simple(src[n.Span.Start:n.Span.End]) {
		return nil
	}
	const key = "v"
	values, refusal := decode(append([]byte(key+" = "), src[n.Span.Start:n.Span.End]...))
	if refusal != nil {
		return n
	}
	return merge(n, values[key])
}

// simple reads the values that can be read without the decoder: decimal whole
// numbers, true and false, and texts on one line without escapes.
func (n *Node) simple(text []byte) bool {
	switch n.Kind {
	case Integer:
		whole, err := strconv.ParseInt(string(text), 10, 64)
		n.Int = whole
		return err == nil
	case Bool:
		n.Bool = text[0] == 't'
		return true
	case String:
		long := len(text) > 2 && text[1] == text[0]
		n.Str = string(text[1 : len(text)-1])
		return !long && (text[0] == '\'' || bytes.IndexByte(text, '\\') < 0)
	}
	return false
}

// zoneless takes the machine's own time zone out of a decoded time: the decoder
// uses it for times without an offset, and for an offset that is the same.
func zoneless(t time.Time) (same time.Time, dateOnly bool) {
	zone := t.Location().String()
	if strings.HasSuffix(zone, "-local") {
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		return t, zone == "date-local"
	}
	if _, offset := t.Zone(); offset != 0 {
		return t.In(time.FixedZone("", offset)), false
	}
	return t.UTC(), false
}
