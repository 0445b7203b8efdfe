package rows

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

// Sheet is a worksheet, read from its first row to its last. It has to be closed.
type Sheet interface {
	Next() (cells []string, err error) // the next row, until the next call; io.EOF when there is none
	Close()
}

// openSheet reads a worksheet as CSV.
func openSheet(r io.Reader, o Options) (*Source, error) {
	if o.Workbook == nil {
		return nil, errors.New("this is an XLSX file; save it as CSV UTF-8")
	}
	sheet, err := o.Workbook(r, o.Sheet)
	if err != nil {
		return nil, err
	}
	text := &sheetText{sheet: sheet}
	return &Source{Reader: text, Delimiter: ',', close: text.close}, nil
}

// sheetText is a worksheet as CSV: without empty rows, and every row at least as
// wide as the first.
type sheetText struct {
	sheet  Sheet
	width  int    // of the first row; 0: it has not been read
	line   []byte // the row that is read
	rest   []byte // what of it has still to be read
	err    error  // what comes behind it; nil: the next row
	using  sync.Mutex
	closed atomic.Bool
}

// close ends reading, also while another goroutine reads.
func (t *sheetText) close() {
	t.closed.Store(true)
	t.using.Lock()
	defer t.using.Unlock()
	t.sheet.Close()
}

func (t *sheetText) Read(p []byte) (n int, err error) {
	t.using.Lock()
	defer t.using.Unlock()
	for n < len(p) {
		for len(t.rest) == 0 && t.err == nil {
			t.next()
		}
		if len(t.rest) == 0 {
			break
		}
		copied := copy(p[n:], t.rest)
		t.rest = t.rest[copied:]
		n += copied
	}
	if n == 0 && len(p) > 0 {
		return 0, t.err
	}
	return n, nil
}

// next reads a row, and has nothing left to read where it is empty.
func (t *sheetText) next() {
	if t.closed.Load() {
		t.err = errors.New("closed")
		return
	}
	cells, err := t.sheet.Next()
	if err != nil {
		t.err = err
		return
	}
	last := len(cells) - 1
	for last >= 0 && cells[last] == "" {
		last--
	}
	if last < 0 {
		return
	}
	if t.width == 0 {
		t.width = len(cells)
	}
	t.line = t.line[:0]
	for i := range max(t.width, last+1) {
		if i > 0 {
			t.line = append(t.line, ',')
		}
		if i <= last {
			t.line = AppendCell(t.line, []byte(cells[i]), ',')
		}
	}
	t.line = append(t.line, '\n')
	t.rest = t.line
}
