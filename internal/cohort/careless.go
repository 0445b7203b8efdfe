package cohort

import (
	"bytes"
	"strconv"
)

// careless flags the row.
func (w *worker) careless() (set flagSet) {
	x := &w.row
	if !x.situation.Steps || w.reader.Even() {
		w.steps = w.steps[:0]
		for _, q := range w.scales {
			if a := w.reader.Chosen(q); a >= 0 && x.situation.Shown[q] {
				w.steps = append(w.steps, a+1)
			}
		}
		set = w.thresholds.look(w.steps)
	}
	if w.timed && w.hurried() || x.spent != nil && w.hurriedSheet() {
		set |= 1 << fast
	}
	return set
}

// hurried reports whether the known times come to less per question than the threshold.
func (w *worker) hurried() bool {
	x := &w.row
	seconds, questions := 0.0, 0
	for _, column := range w.seconds {
		q := w.plan.Seconds[column]
		if t, known := secondsIn(x.cells[column]); known && x.situation.Shown[q] {
			seconds += t
			questions++
		}
	}
	if questions == 0 {
		var known bool
		if seconds, known = w.allOfIt(); !known {
			return false
		}
		for i, shown := range x.situation.Shown {
			if shown && w.reader.Chosen(i) >= 0 {
				questions++
			}
		}
	}
	return questions > 0 && seconds < w.thresholds.Fast*float64(questions)
}

func secondsIn(cell []byte) (seconds float64, known bool) {
	t, err := strconv.ParseFloat(string(bytes.TrimSpace(cell)), 64)
	return t, err == nil && t >= 0
}

// allOfIt is how many seconds all of it took.
func (w *worker) allOfIt() (seconds float64, known bool) {
	if w.plan.Total < 0 {
		return w.plan.Elapsed(w.row.cells)
	}
	return secondsIn(w.row.cells[w.plan.Total])
}

// hurriedSheet does so by the times of a sheet.
func (w *worker) hurriedSheet() bool {
	seconds, questions := 0.0, 0
	for i := range w.c.Questions {
		if t, known := w.row.spent[w.c.Questions[i].ID]; known && w.row.situation.Shown[i] {
			seconds += t
			questions++
		}
	}
	w.times = w.times || questions > 0
	return questions > 0 && seconds < w.thresholds.Fast*float64(questions)
}
