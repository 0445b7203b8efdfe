package doc

import (
	"bytes"
	"encoding/json"
	"math"
	"time"
)

// MarshalJSON writes the node as JSON, keys in the order of the file. Dates are
// texts; nan and inf, which JSON has no word for, are null.
func (n *Node) MarshalJSON() ([]byte, error) {
	switch n.Kind {
	case Table:
		return n.marshalTable()
	case Array:
		if n.Items == nil {
			return []byte("[]"), nil
		}
		return json.Marshal(n.Items)
	case String:
		return marshalText(n.Str)
	case Integer:
		return json.Marshal(n.Int)
	case Float:
		if math.IsNaN(n.Float) || math.IsInf(n.Float, 0) {
			return []byte("null"), nil
		}
		return json.Marshal(n.Float)
	case Bool:
		return json.Marshal(n.Bool)
	case Datetime:
		if n.DateOnly {
			return json.Marshal(n.Time.Format(time.DateOnly))
		}
		return json.Marshal(n.Time.Format(time.RFC3339Nano))
	}
	return []byte("null"), nil
}

func (n *Node) marshalTable() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, key := range n.Keys {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := marshalText(key)
		if err != nil {
			return nil, err
		}
		value, err := n.Fields[key].MarshalJSON()
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshalText leaves <, > and & as they are: this is no HTML.
func marshalText(s string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
