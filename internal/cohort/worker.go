package cohort

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

// worker scores chunks of a table, one after the other.
type worker struct {
	*job
	*tally
	cutter  rows.Cutter
	sheet   *sheet
	spelled []figure
	figures []figure // role → its fit
	last    *frame   // of the row before
	key     []byte
	raw     []int
	fits    []int64
	steps   []int
	cells   [][]byte         // of one field
	met     []map[string]int // field → cells that were read → what they mean
	metSize int              // bytes of those cells
	id      []byte
	lent    bool   // the id lies in the chunk
	room    []byte // of an id that does not
	shown   []byte // the id as the results have it
	item    []int
	out     *scored
	row     *quickRow // nil: the table is not of the usual kind
	shape   shape

	spent     map[string]float64 // question → seconds, where a sheet says so
	frames    map[string]*frame  // by the questions in play
	spellings map[int][]figure   // see scoreTexts
}

// scored is what a chunk comes to.
type scored struct {
	text    []byte
	rows    int
	rejects []reject
	ends    []int // by scored row: where its flags end, for those added later
	ids     ids   // of those rows
	gaps    []int // where the number of a row goes, by scored row; rows holds which
	which   []int
	people  []Person // nil: nobody asked
}

// reject is a row that could not be scored.
type reject struct {
	row    int // within the chunk, from 0
	record []byte
	reason string
}

func (j *job) newWorker() *worker {
	s := j.scorer
	w := &worker{
		job: j, tally: s.newTally(), cutter: j.newCutter(), sheet: s.newSheet(),
		spelled: hundredths(), raw: make([]int, len(s.c.Quiz.Dimensions)), fits: make([]int64, len(s.c.Weights)),
		figures: make([]figure, len(s.c.Weights)), met: make([]map[string]int, len(j.plan.Fields)), frames: make(map[string]*frame), spellings: make(map[int][]figure),
	}
	w.row = w.newQuickRow()
	return w
}

// rejection keeps a row only where somebody wants it.
func (w *worker) rejection(record []byte, why error) reject {
	r := reject{row: w.out.rows, reason: why.Error()}
	if w.keep {
		r.record = bytes.Clone(record)
	}
	return r
}

// newCutter cuts rows of a few cells too many, so that they can be counted, and
// none that have a million.
func (j *job) newCutter() rows.Cutter {
	return rows.Cutter{Delim: j.delim, Most: j.plan.Columns + maxColumns}
}

// chunk scores the records of a chunk; quoted says whether there may be a quote in it.
func (w *worker) chunk(data []byte, quoted bool, out *scored) {
	w.out = out
	whole := data
	if w.lines {
		w.sheets(data)
		return
	}
	for len(data) > 0 {
		if w.row != nil {
			if n := w.quickly(data); n > 0 {
				data = data[n:]
				out.rows++
				continue
			}
		}
		end := w.endOf(data, quoted)
		record := data[:end]
		data = data[end:]
		if rows.Blank(record) {
			continue
		}
		if err := w.record(record); err != nil {
			out.rejects = append(out.rejects, w.rejection(record, err))
			w.rejected++
		}
		out.rows++
	}
	out.ids.keep()
	w.rows += int64(out.rows)
	if w.cutter.Large() || cap(whole) > 4*rows.ChunkSize { // every worker would keep such a row
		w.cutter, w.cells = w.newCutter(), nil
	}
}

// endOf finds the end of the first record.
func (w *worker) endOf(data []byte, quoted bool) int {
	if quoted {
		return rows.EndOfRecord(data, w.cutter.Delim, true)
	}
	if end := bytes.IndexByte(data, '\n'); end >= 0 {
		return end + 1
	}
	return len(data)
}

// record scores one row. The error is why it cannot be scored.
func (w *worker) record(record []byte) error {
	if len(record) > rows.MaxRecord {
		return fmt.Errorf("the row is longer than %d MiB", rows.MaxRecord>>20)
	}
	cells, err := w.cutter.Cut(record)
	if err != nil {
		return err
	}
	if len(cells) != w.plan.Columns {
		return fmt.Errorf("the row has %d cells, and the header %d", len(cells), w.plan.Columns)
	}
	if err := w.read(cells); err != nil {
		return err
	}
	if err := w.identify(cells); err != nil {
		return err
	}
	if w.row != nil && w.quicklyRead() {
		return nil
	}
	return w.score(cells)
}

// identify takes the respondent's id from the row.
func (w *worker) identify(cells [][]byte) error {
	w.own(nil)
	if w.plan.ID < 0 {
		return nil
	}
	id := cells[w.plan.ID]
	switch {
	case len(id) > maxID:
		return errLongID
	case !utf8.Valid(id):
		return errNotUTF8
	case bytes.IndexByte(id, 0) >= 0:
		return errNUL
	}
	w.own(id)
	return nil
}

// own takes an id that is gone with the row.
func (w *worker) own(id []byte) {
	w.room = append(w.room[:0], id...)
	w.id, w.lent = w.room, false
}

// lend takes an id that lies in the chunk.
func (w *worker) lend(id []byte) { w.id, w.lent = id, true }

// score works out what the row comes to and writes it down.
func (w *worker) score(cells [][]byte) error {
	x := w.sheet
	w.survey(x)
	if err := w.incomplete(x); err != nil {
		return err
	}
	f := w.frame()
	if f.err != nil {
		return f.err
	}
	clear(w.raw)
	for i, a := range x.chosen {
		if x.inPlay[i] == 1 {
			for d, p := range w.c.Questions[i].Points[a] {
				w.raw[d] += p
			}
		}
	}
	flags := w.careless(cells)
	if w.encode != nil || !f.fast {
		return w.exactly(f, flags, cells)
	}
	f.FillFits64(w.raw, w.fits)
	v, margin := f.JudgeFits64(w.fits)
	w.count(f, v, flags, cells)
	for role, fit := range w.fits {
		w.figures[role] = w.spelled[roundHundredths(fit, f.scale)]
	}
	for d := range w.raw {
		w.raw[d] -= f.Min[d]
	}
	w.line(f, v, margin, flags)
	return nil
}

// frame is that of the questions in play.
func (w *worker) frame() *frame {
	if w.last != nil && bytes.Equal(w.key, w.sheet.inPlay) {
		return w.last
	}
	w.key = append(w.key[:0], w.sheet.inPlay...)
	f := w.frames[string(w.key)]
	if f == nil {
		if len(w.frames) >= maxFrames {
			clear(w.frames)
		}
		f = w.newFrame(w.key)
		w.frames[string(w.key)] = f
	}
	w.last = f
	return f
}

// careless flags the person.
func (w *worker) careless(cells [][]byte) flagSet {
	w.steps = w.steps[:0]
	for _, q := range w.scales {
		if a := w.sheet.chosen[q]; a >= 0 && w.sheet.shown[q] {
			w.steps = append(w.steps, a+1)
		}
	}
	set := w.thresholds.look(w.steps)
	if w.timed && w.hurried(cells) || w.spent != nil && w.hurriedSheet() {
		set |= 1 << fast
	}
	return set
}

// hurried reports whether the known times come to less per question than the threshold.
func (w *worker) hurried(cells [][]byte) bool {
	seconds, questions := 0.0, 0
	for _, column := range w.seconds {
		q := w.plan.Seconds[column]
		if t, err := strconv.ParseFloat(string(bytes.TrimSpace(cells[column])), 64); err == nil && t >= 0 && w.sheet.shown[q] {
			seconds += t
			questions++
		}
	}
	if questions == 0 {
		var known bool
		if seconds, known = w.allOfIt(cells); !known {
			return false
		}
		for i, a := range w.sheet.chosen {
			if a >= 0 && w.sheet.shown[i] {
				questions++
			}
		}
	}
	return questions > 0 && seconds < w.thresholds.Fast*float64(questions)
}

// allOfIt is how many seconds all of it took.
func (w *worker) allOfIt(cells [][]byte) (seconds float64, known bool) {
	if w.plan.Total < 0 {
		return w.plan.Elapsed(cells)
	}
	t, err := strconv.ParseFloat(string(bytes.TrimSpace(cells[w.plan.Total])), 64)
	return t, err == nil && t >= 0
}

// hurriedSheet does so by the times of a sheet.
func (w *worker) hurriedSheet() bool {
	seconds, questions := 0.0, 0
	for i := range w.c.Questions {
		if t, known := w.spent[w.c.Questions[i].ID]; known && w.sheet.shown[i] {
			seconds += t
			questions++
		}
	}
	w.times = w.times || questions > 0
	return questions > 0 && seconds < w.thresholds.Fast*float64(questions)
}

// count adds the row to the tally.
func (w *worker) count(f *frame, v score.Verdict, flags flagSet, cells [][]byte) {
	w.scored++
	w.outcomes[v.Outcome]++
	w.leads[v.First][v.Second]++
	for i := range w.tally.flags {
		if flags.has(flag(i)) {
			w.tally.flags[i]++
		}
	}
	for d, counts := range f.counts {
		if counts != nil {
			counts[w.raw[d]-f.Min[d]]++
		}
	}
	if w.plan.By >= 0 {
		w.inGroup(cells[w.plan.By], f, v)
	}
	w.reliability()
	if w.people {
		w.out.people = append(w.out.people, w.person(f, v, flags, cells))
	}
}

// reliability adds a row that has every answer that everybody is asked for.
func (w *worker) reliability() {
	for i, fixed := range w.fixed {
		if fixed && w.sheet.inPlay[i] == 0 {
			return
		}
	}
	c := w.complete
	c.n++
	for i, counts := range c.answers {
		if counts != nil {
			counts[w.sheet.chosen[i]]++
		}
	}
	for d, items := range w.items {
		w.item = w.item[:0]
		for _, q := range items {
			w.item = append(w.item, w.c.Questions[q].Points[w.sheet.chosen[q]][d])
		}
		c.scales[d].add(w.item, 1)
	}
	c.raw.add(w.fixedRaw(), 1)
}

// fixedRaw sums up the questions that everybody is asked.
func (w *worker) fixedRaw() []int {
	if !w.conditional {
		return w.raw
	}
	w.item = append(w.item[:0], make([]int, len(w.raw))...)
	for i, fixed := range w.fixed {
		if fixed {
			for d, p := range w.c.Questions[i].Points[w.sheet.chosen[i]] {
				w.item[d] += p
			}
		}
	}
	return w.item
}
