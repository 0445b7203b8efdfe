package cohort

import "fmt"

// maxAnswer bounds a cell with an answer, in bytes: what is longer is none, and
// comparing it with the options would take several times its room.
const maxAnswer = 64 << 10

// read finds the answers in a row's cells.
func (w *worker) read(cells [][]byte) error {
	for i := range w.sheet.chosen {
		w.sheet.chosen[i] = -1
	}
	for i := range w.plan.Fields {
		f := &w.plan.Fields[i]
		if len(f.Columns) == 1 {
			cell := cells[f.Columns[0]]
			a, known := f.Known[string(cell)]
			if !known {
				a, known = w.met[i][string(cell)]
			}
			if known {
				w.sheet.chosen[f.Question] = a
				continue
			}
		}
		w.cells = w.cells[:0]
		for _, column := range f.Columns {
			if len(cells[column]) > maxAnswer {
				return fmt.Errorf("%s: the cell is longer than %d KiB", w.c.Questions[f.Question].ID, maxAnswer>>10)
			}
			w.cells = append(w.cells, cells[column])
		}
		a, err := f.Read(w.cells)
		if err != nil {
			return err
		}
		w.sheet.chosen[f.Question] = a
		if len(f.Columns) == 1 {
			w.meet(i, w.cells[0], a)
		}
	}
	return nil
}

// What a worker remembers of cells that it has read, in bytes: lists of options come
// again and again in the same spelling.
const (
	maxMet     = 1 << 20
	maxMetCell = 1 << 9
	metRoom    = 1 << 6 // that a cell takes beside its own
)

// meet remembers what a cell of a field of one column means.
func (w *worker) meet(field int, cell []byte, alternative int) {
	if len(cell) > maxMetCell || w.metSize >= maxMet {
		return
	}
	w.metSize += len(cell) + metRoom
	if w.met[field] == nil {
		w.met[field] = make(map[string]int)
	}
	w.met[field][string(cell)] = alternative
}
