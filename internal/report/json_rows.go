package report

import (
	"bytes"
	"sync"
	"time"

	"github.com/rolefit/rolefit/internal/jsonout"
)

// Rows writes results as rows of a cohort. Most of a row are its steps and notes, and
// the same few come again and again: each is put into JSON once. Several goroutines
// may use it.
type Rows struct{ known sync.Map } // advice → its JSON

// advice tells steps and notes apart.
type advice struct {
	title, kind, detail, url string // of a note, its text is the detail
	asOf                     time.Time
}

// jsonWho is what a row begins with.
type jsonWho struct {
	Schema int     `json:"schema"`
	ID     *string `json:"id"`
}

// JSON writes a result in two parts: up to the number of its row, and from behind
// its flags to the line end. The keys behind those are the ones of a result by itself.
func (w *Rows) JSON(r *Result, id string) (head, rest []byte, err error) {
	head, err = members(jsonWho{jsonout.Schema, jsonout.Maybe(id)})
	if err != nil {
		return nil, nil, err
	}
	if rest, err = members(figuresJSON(r)); err != nil {
		return nil, nil, err
	}
	rest = append(rest[1:], `,"steps":[`...)
	for i := range r.Steps {
		s := &r.Steps[i]
		if rest, err = w.item(rest, i, advice{s.Title, s.Kind, s.Detail, s.URL, s.AsOf}, func() any { return stepJSON(s) }); err != nil {
			return nil, nil, err
		}
	}
	rest = append(rest, `],"notes":[`...)
	for i := range r.Notes {
		n := &r.Notes[i]
		if rest, err = w.item(rest, i, advice{detail: n.Text, url: n.URL, asOf: n.AsOf}, func() any { return noteJSON(n) }); err != nil {
			return nil, nil, err
		}
	}
	gaps, err := members(gapsJSON(r))
	if err != nil {
		return nil, nil, err
	}
	rest = append(append(append(rest, "],"...), gaps[1:]...), "}\n"...)
	return append(head, `,"row":`...), rest, nil
}

// item writes the ith item of a list.
func (w *Rows) item(b []byte, i int, key advice, of func() any) ([]byte, error) {
	if i > 0 {
		b = append(b, ',')
	}
	if known, is := w.known.Load(key); is {
		return append(b, known.([]byte)...), nil
	}
	one, err := members(of())
	if err != nil {
		return nil, err
	}
	one = append(one, '}')
	w.known.Store(key, one)
	return append(b, one...), nil
}

// members are an object that has not ended: without its last brace.
func members(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := jsonout.Write(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes()[:b.Len()-len("}\n")], nil
}
