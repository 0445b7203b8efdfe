// Package xlsx opens worksheets of XLSX files (ECMA-376): rows of cells as a person
// sees them. It reads what others wrote, in one go and within limits, and knows
// nothing of what the rows are for. Formulas are not computed: what was last
// computed stands there.
package xlsx

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/rolefit/rolefit/internal/rows"
)

// limits bound an XLSX file, in bytes.
type limits struct {
	zipped, unzipped int64
	inMemory         int64 // the shared strings with what it takes to keep them
}

var usualLimits = limits{zipped: 256 << 20, unzipped: 1 << 30, inMemory: 64 << 20}

// These bound what is read at a time, and what a worksheet may have: Excel itself has
// no more rows and columns, and 32,767 characters a cell.
const (
	maxRows      = 1 << 20
	maxColumns   = 1 << 14
	maxCells     = 1 << 26  // with the empty ones between others
	maxText      = 1 << 20  // bytes of a cell, and of a piece of XML
	maxRowText   = 8 << 20  // bytes of a row's cells
	maxPart      = 16 << 20 // bytes unzipped of a part that is no worksheet and has no texts
	maxElements  = 1 << 19  // of such a part
	maxDirectory = 4 << 20  // bytes of what says where the parts are
	maxDepth     = 64       // elements within elements
	maxRatio     = 200      // bytes unzipped for one zipped, once they are more than these:
	minRatio     = 16 << 20
)

// tooMuch is a limit that a file goes beyond.
type tooMuch string

func (e tooMuch) Error() string { return "the XLSX file " + string(e) + "; save it as CSV UTF-8" }

// Open opens the worksheet of that name, or for "" the first that has rows.
func Open(r io.Reader, name string) (rows.Sheet, error) {
	s, err := open(r, name, usualLimits)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func open(r io.Reader, name string, most limits) (s *sheet, err error) {
	file, err := os.CreateTemp("", "rolefit-*.xlsx") // a zip is read from its end
	if err != nil {
		return nil, err
	}
	s = &sheet{book: &book{file: file, most: most, left: most.unzipped}}
	s.named = os.Remove(file.Name()) != nil
	n, err := io.Copy(file, io.LimitReader(r, most.zipped+1))
	if err == nil && n > most.zipped {
		err = tooMuch(fmt.Sprintf("is larger than %d MiB", most.zipped>>20))
	}
	if err == nil {
		err = s.find(name, n)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// find reads what the file has, and finds the worksheet.
func (s *sheet) find(name string, size int64) (err error) {
	defer s.most.caught(&err)
	if err := s.read(size); err != nil {
		return s.most.explain(err)
	}
	var names []string
	for _, one := range s.sheets {
		names = append(names, one.name)
		if name != "" && name != one.name {
			continue
		}
		if err := s.begin(one.part); err != nil {
			return s.most.explain(err)
		}
		some, err := name != "", error(nil)
		if !some {
			some, err = s.seek()
		}
		if some || err != nil {
			return s.most.explain(err)
		}
	}
	if name != "" {
		return fmt.Errorf("there is no worksheet %q; there are %s", name, strings.Join(names, ", "))
	}
	return errors.New("none of its worksheets has rows")
}

// Next reads the next row that is not empty.
func (s *sheet) Next() (cells []string, err error) {
	defer s.most.caught(&err)
	cells, err = s.next()
	if err != nil && !errors.Is(err, io.EOF) {
		err = s.most.explain(err)
	}
	return cells, err
}

// Close ends reading, and takes the temporary file away.
func (s *sheet) Close() {
	s.end()
	_ = s.file.Close()
	if s.named {
		_ = os.Remove(s.file.Name())
	}
}

// caught makes an error of a panic: no file ends the program.
func (most limits) caught(err *error) {
	if fault := recover(); fault != nil {
		*err = most.explain(fmt.Errorf("it is damaged: %v", fault))
	}
}

// explain says what to do about an error; nil stays nil.
func (most limits) explain(err error) error {
	var much tooMuch
	switch {
	case err == nil:
		return nil
	case errors.As(err, &much):
		return much
	}
	return fmt.Errorf("this is no XLSX file that can be read (%w); save it again, or as CSV UTF-8", err)
}
