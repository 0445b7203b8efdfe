package cohort

import (
	"slices"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/text"
)

// Header lists the columns of the results; id names the first.
func Header(q *quiz.Quiz, id string) []string {
	columns := []string{id, "outcome", "strength", "margin"}
	for _, r := range q.Roles {
		columns = append(columns, "fit_"+r.ID)
	}
	for _, d := range q.Dimensions {
		columns = append(columns, d.ID)
	}
	return append(columns, "missing", "flags", "quiz", "version", "digest")
}

// write writes a row of the results.
func (w *worker) write(x *row) error {
	if w.encode != nil {
		return w.writeJSON(x)
	}
	b := append(w.appendID(w.out.text, x), ',')
	b = append(b, w.labels[x.verdict.Outcome][x.strength]...)
	if x.result == nil {
		b = w.appendFigures(b, x)
	} else {
		b = w.appendExact(b, x)
	}
	for i, q := range x.situation.Missing {
		if i > 0 {
			b = append(b, ';')
		}
		b = append(b, w.c.Questions[q].ID...)
	}
	b = append(b, ',')
	b = append(b, flagSets[x.flags]...)
	w.remember(x, len(b))
	w.out.text = append(b, w.tail...)
	return nil
}

// appendFigures writes margin, fits and scores with the texts of the lane.
func (w *worker) appendFigures(b []byte, x *row) []byte {
	f := x.situation.Frame
	at := len(b)
	b = slices.Grow(b, 8*(2+len(x.fits)+len(x.raw)))
	b = b[:cap(b)]
	at = f.Figure(x.margin).Put(b, at)
	for _, fit := range x.fits {
		at = f.Figure(fit).Put(b, at)
	}
	for d, scores := range f.Scores {
		if scores == nil {
			b[at] = ','
			at++
			continue
		}
		at = scores[x.raw[d]].Put(b, at)
	}
	return b[:at]
}

// appendExact writes them from the result of a single sheet.
func (w *worker) appendExact(b []byte, x *row) []byte {
	fits := make([]string, len(x.result.Roles))
	for _, one := range x.result.Roles {
		fits[one.Index] = text.Data(one.Fit)
	}
	b = append(b, text.Data(x.result.Margin)+","+strings.Join(fits, ",")+","...)
	for _, d := range x.result.Dimensions {
		if d.Score != nil {
			b = append(b, text.Data(d.Score)...)
		}
		b = append(b, ',')
	}
	return b
}

// writeJSON writes a row in full; its number is put in later.
func (w *worker) writeJSON(x *row) error {
	id := w.shownID(x.id)
	x.result.Respondent = id
	head, rest, err := w.encode(x.result, id)
	if err != nil {
		return err
	}
	b := append(w.out.text, head...)
	w.out.seams = append(w.out.seams, seam{int32(len(b)), int32(w.out.rows)})
	b = append(b, `,"flags":[`...)
	for i, name := range flagList(x.flags) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `"`+name+`"`...)
	}
	w.remember(x, len(b))
	w.out.text = append(append(b, "],"...), rest...)
	return nil
}

// remember keeps the id until rows are put in order, and where its flags end.
// Several people without an id are not the same one.
func (w *worker) remember(x *row, end int) {
	if len(x.id) == 0 {
		return
	}
	w.out.seams = append(w.out.seams, seam{int32(end), -1})
	if x.lent {
		w.out.ids.add(x.id)
	} else {
		w.out.ids.addCopy(x.id)
	}
}

// shownID is the id as the results have it, before a format makes it harmless.
func (w *worker) shownID(id []byte) string {
	if w.hash != nil {
		return w.hash(id)
	}
	return string(id)
}

// appendID writes the id so that neither a spreadsheet nor a terminal makes more of it.
func (w *worker) appendID(b []byte, x *row) []byte {
	switch {
	case w.hash != nil:
		return append(b, w.hash(x.id)...)
	case x.plain:
		return append(b, x.id...)
	}
	return rows.AppendCell(b, []byte(rows.Safe(text.Clean(string(x.id)))), ',')
}

// plainID reports whether an id can be written as it is.
func plainID(id []byte) bool {
	for _, c := range id {
		if !harmless[c] {
			return false
		}
	}
	return len(id) == 0 || id[0] != '-' && id[0] != '@' && id[0] != ' '
}

// harmless bytes need no care wherever they stand but first.
var harmless = func() (all [256]bool) {
	for c := range all {
		all[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 0 && strings.IndexByte("-_.@/: ", byte(c)) >= 0
	}
	return all
}()
