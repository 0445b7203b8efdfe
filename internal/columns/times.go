package columns

import (
	"slices"
	"strings"
	"time"
)

// totals are what a column of seconds for all of it is called.
var totals = []string{
	"seconds", "total time", "interviewtime", "interviewtime. total time",
	"duration (in seconds)", "duration in seconds", "time taken (seconds)",
}

// What columns of when a form was begun and handed in are called, the best first.
var (
	starts = []string{"start time", "start date (utc)", "startdate", "startdate. date started", "date started", "started"}
	ends   = []string{"completion time", "submit date (utc)", "submitdate", "submitdate. date submitted", "date submitted", "finished"}
)

// times takes the columns of times: seconds, or when it began and ended.
func (h *headers) times(p *Plan) {
	for i := range h.header {
		if h.taken[i] {
			continue
		}
		if slices.Contains(totals, h.plain[i]) && p.Total < 0 {
			p.Total, h.taken[i] = i, true
		} else if q := h.timed(i); q >= 0 {
			p.Seconds[i], h.taken[i] = q, true
		}
	}
	p.Start, p.End = h.first(starts), h.first(ends)
	if p.Start < 0 || p.End < 0 {
		p.Start, p.End = -1, -1
		return
	}
	h.taken[p.Start], h.taken[p.End] = true, true
}

// timed finds the question whose time a column holds, as LimeSurvey has it:
// Question time: Q1, or Q1Time, or both; −1: none.
func (h *headers) timed(i int) int {
	if _, name, is := strings.Cut(h.plain[i], "question time: "); is {
		if q := h.question(name); len(q) > 0 {
			return q[0]
		}
	}
	if id, is := strings.CutSuffix(strings.TrimSpace(h.header[i]), "Time"); is { // and not overtime
		return h.id(strings.ToLower(id))
	}
	return -1
}

// first finds the first column with one of these headers that nobody has taken; −1: none.
func (h *headers) first(names []string) int {
	for _, name := range names {
		if i := slices.Index(h.plain, name); i >= 0 && !h.taken[i] {
			return i
		}
	}
	return -1
}

// layouts are the ways in which the tools write dates and times. Which of day and
// month comes first is not known, and hardly matters to the time between two.
var layouts = []string{
	"2006-01-02 15:04:05", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04", "1/2/06 15:04:05", "1/2/06 15:04", "1/2/2006 15:04:05",
	"1/2/2006 15:04", "1/2/2006 3:04:05 PM", "2/1/2006 15:04:05", "2/1/2006 15:04", "2.1.2006 15:04:05", "2.1.2006 15:04", "02-01-06 15:04",
}

// Elapsed is how many seconds lie between Start and End in a row; false: the row
// does not say, or not in a way that is known.
func (p *Plan) Elapsed(cells [][]byte) (seconds float64, known bool) {
	if p.Start < 0 {
		return 0, false
	}
	begun, ended := strings.TrimSpace(string(cells[p.Start])), strings.TrimSpace(string(cells[p.End]))
	for _, layout := range layouts {
		from, err := time.Parse(layout, begun)
		if err != nil {
			continue
		}
		if to, err := time.Parse(layout, ended); err == nil && !to.Before(from) {
			return to.Sub(from).Seconds(), true
		}
	}
	return 0, false
}
