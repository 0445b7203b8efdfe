package cohort

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/rolefit/rolefit/internal/columns"
	"github.com/rolefit/rolefit/internal/lane"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

// worker scores chunks of a table, one after the other.
type worker struct {
	*job
	*tally
	reader *lane.Reader
	cutter rows.Cutter
	row    row
	sheet  *score.Sheet // for the plain way
	scan   scan         // of a line of JSONL
	group  *group       // of the row before
	cells  [][]byte     // of one field
	steps  []int
	whole  []int // raw sums of the questions that everybody is asked
	item   []int
	out    *chunk
	usual  int // bytes that a chunk comes to
}

// row is what one respondent comes to. It is used again for the next one.
type row struct {
	id        []byte
	plain     bool               // the id can be written as it is
	lent      bool               // the id lies in the chunk
	cells     [][]byte           // by column; of a row that took the lane, those alone that say who, which group and how long
	spent     map[string]float64 // question → seconds, where a sheet says so
	situation *lane.Situation
	raw       []int // dimension → sum above the least
	verdict   score.Verdict
	strength  int           // a place in quiz.Strengths
	fits      []int64       // role → fit times the frame's scale; where the frame is small
	margin    int64         // in the same unit
	result    *score.Result // nil: the figures above say it all
	flags     flagSet
}

// chunk is what a run of rows comes to.
type chunk struct {
	text    []byte
	rows    int
	lane    Lane
	rejects []reject
	seams   []seam // places in the text where something is put in when rows are in order
	ids     ids    // of the scored rows that have one
	people  people
}

// seam is a place in a chunk's text.
type seam struct {
	at  int32
	row int32 // within the chunk: its number is put in; −1: what an id that comes again adds to the flags
}

func (o *chunk) reset() {
	o.ids.reset()
	o.people.reset()
	*o = chunk{text: o.text[:0], seams: o.seams[:0], ids: o.ids, people: o.people}
}

func (j *job) newWorker() *worker {
	t, roles, dimensions := j.newTally(), len(j.c.Weights), len(j.items)
	w := &worker{
		job: j, tally: t, cutter: j.newCutter(), scan: newScan(j.c.Quiz), sheet: j.c.NewSheet(), whole: lane.Apart[int](dimensions),
		row: row{raw: lane.Apart[int](dimensions), fits: lane.Apart[int64](roles)},
	}
	if j.plane != nil {
		t.places = newPlaces(&Plane{X: j.plane.X, Y: j.plane.Y, outcomes: j.plane.outcomes})
	}
	w.reader = j.lane.NewReader(t.counted)
	return w
}

// newCutter cuts rows of a few cells too many, so that they can be counted, and
// none that have a million.
func (j *job) newCutter() rows.Cutter {
	return rows.Cutter{Delim: j.delim, Most: j.plan.Columns + maxColumns}
}

// chunk scores the rows of a chunk.
func (w *worker) chunk(in rows.Chunk, out *chunk) {
	w.out = out
	out.text = slices.Grow(out.text, w.usual)
	if w.lines {
		w.sheets(in.Data)
	} else {
		w.table(in)
	}
	out.ids.keep()
	w.usual = min(len(out.text)+len(out.text)/16, 4*rows.ChunkSize)
	w.rows += int64(out.rows)
	if w.cutter.Large() || cap(in.Data) > 4*rows.ChunkSize { // every worker would keep such a row
		w.cutter, w.cells = w.newCutter(), nil
	}
	w.row.id, w.row.cells = nil, nil // they lie in the chunk, and would keep it
	clear(w.reader.Cells)
}

func (w *worker) table(in rows.Chunk) {
	for data := in.Data; len(data) > 0; {
		if n := w.reader.Row(data); n > 0 && n <= rows.MaxRecord && !w.plain {
			w.row.cells, w.row.lent = w.reader.Cells, true
			w.judge(data[:n], w.score())
			data = data[n:]
			continue
		}
		end := endOf(data, w.delim, in.Quoted)
		record := data[:end]
		data = data[end:]
		if rows.Blank(record) {
			continue
		}
		err := w.read(record)
		if err == nil {
			w.out.lane.Met++
			err = w.score()
		}
		w.judge(record, err)
	}
}

// judge notes how a row ended.
func (w *worker) judge(record []byte, err error) {
	if err != nil {
		w.out.rejects = append(w.out.rejects, w.rejection(record, err))
		w.rejected++
	}
	w.out.rows++
}

// endOf finds the end of the first record.
func endOf(data []byte, delim byte, quoted bool) int {
	if quoted {
		return rows.EndOfRecord(data, delim, true)
	}
	if end := bytes.IndexByte(data, '\n'); end >= 0 {
		return end + 1
	}
	return len(data)
}

// read reads a row cell by cell. The error is why it cannot be read.
func (w *worker) read(record []byte) error {
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
	w.reader.Begin()
	for i := range w.plan.Fields {
		f := &w.plan.Fields[i]
		a, err := w.answer(f, cells)
		if err != nil {
			return err
		}
		w.reader.Put(f.Question, a)
	}
	w.reader.Learn(record)
	w.row.cells, w.row.lent = cells, false
	return nil
}

// answer reads what the cells of a field mean.
func (w *worker) answer(f *columns.Field, cells [][]byte) (alternative int, err error) {
	w.cells = w.cells[:0]
	for _, column := range f.Columns {
		if len(cells[column]) > columns.MaxAnswer {
			return 0, fmt.Errorf("%s: the cell is longer than %d KiB", w.c.Questions[f.Question].ID, columns.MaxAnswer>>10)
		}
		w.cells = append(w.cells, cells[column])
	}
	if len(w.cells) == 1 {
		if a, known := f.Known[string(w.cells[0])]; known {
			return a, nil
		}
	}
	return f.Read(w.cells)
}

// Words for what is wrong with an id.
var (
	errNotUTF8 = errors.New("the id is not UTF-8; save the table as CSV UTF-8")
	errLongID  = fmt.Errorf("the id is longer than %d bytes", maxID)
	errNUL     = errors.New("the id holds a NUL byte")
)

// maxID bounds an id, in bytes.
const maxID = 4096

// identify takes the respondent's id from the row.
func (w *worker) identify() error {
	w.row.id, w.row.plain = nil, true
	if w.plan.ID < 0 {
		return nil
	}
	id := w.row.cells[w.plan.ID]
	switch w.row.plain = plainID(id); {
	case len(id) > maxID:
		return errLongID
	case w.row.plain:
	case !utf8.Valid(id):
		return errNotUTF8
	case bytes.IndexByte(id, 0) >= 0:
		return errNUL
	}
	w.row.id = id
	return nil
}

// score works out what a row comes to, tallies it and writes it down. The error
// is why it cannot be scored.
func (w *worker) score() error {
	x := &w.row
	if w.lines {
		x.plain = plainID(x.id)
	} else if err := w.identify(); err != nil {
		return err
	}
	x.situation = w.reader.Situation()
	if x.situation.Err != nil {
		return x.situation.Err
	}
	w.reader.Sums(x.situation, x.raw)
	x.flags = w.careless()
	w.decide()
	w.count(x)
	if w.people {
		w.out.people.add(w, x)
	}
	return w.write(x)
}

// decide judges the row: by the lane's figures where they are enough, otherwise
// as a single sheet is judged.
func (w *worker) decide() {
	x, f := &w.row, w.row.situation.Frame
	if x.result = nil; f.Small && w.encode == nil && !w.plain {
		w.out.lane.Rows++
		f.Fits(x.raw, x.fits)
		x.verdict, x.margin = f.JudgeFits64(x.fits)
		x.strength = f.Strength64(x.verdict, x.fits)
		return
	}
	w.out.lane.Apart++
	for q := range w.sheet.Chosen {
		w.sheet.Chosen[q] = w.reader.Chosen(q)
	}
	w.c.Survey(w.sheet)
	x.result = w.c.ScoreIn(f.Frame, w.sheet)
	x.verdict = score.Verdict{First: x.result.Roles[0].Index, Second: x.result.Roles[1].Index, Outcome: x.result.Verdict()}
	x.strength = w.c.StrengthOf(x.result.Outcome.Fit)
}
