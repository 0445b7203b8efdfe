// Package xlsx opens worksheets of XLSX files: rows of cells as a person sees them.
// It knows nothing of what the rows are for.
package xlsx

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/rolefit/rolefit/internal/rows"
)

// limits bound an XLSX file, in bytes.
type limits struct {
	zipped, unzipped int64
	inMemory         int64 // parts that are larger are unzipped to a temporary file
}

var usualLimits = limits{zipped: 256 << 20, unzipped: 1 << 30, inMemory: 16 << 20}

// Open opens the worksheet of that name, or the first that has rows for "". Cells
// are what a person sees in them; formulas are not computed: what was last computed
// stands there.
func Open(r io.Reader, name string) (rows.Sheet, error) { return open(r, name, usualLimits) }

// sheet is a worksheet that is read.
type sheet struct {
	rows *excelize.Rows
	book *excelize.File
	file *os.File
	most limits
}

func open(r io.Reader, name string, most limits) (*sheet, error) {
	file, err := os.CreateTemp("", "rolefit-*.xlsx") // a zip is read from its end
	if err != nil {
		return nil, err
	}
	s := &sheet{file: file, most: most}
	n, err := io.Copy(file, io.LimitReader(r, most.zipped+1))
	if err == nil && n > most.zipped {
		err = fmt.Errorf("the XLSX file is larger than %d MiB; save it as CSV UTF-8", most.zipped>>20)
	}
	if err == nil {
		err = s.find(name)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends reading, and takes the temporary file away.
func (s *sheet) Close() {
	if s.rows != nil {
		_ = s.rows.Close()
	}
	if s.book != nil {
		_ = s.book.Close()
	}
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

// find opens the file, and finds the worksheet to read.
func (s *sheet) find(name string) (err error) {
	defer s.most.caught(&err)
	s.book, err = excelize.OpenFile(s.file.Name(), excelize.Options{UnzipSizeLimit: s.most.unzipped, UnzipXMLSizeLimit: s.most.inMemory})
	if err != nil {
		return s.most.explain(err)
	}
	if name, err = s.most.worksheet(s.book, name); err != nil {
		return err
	}
	if s.rows, err = s.book.Rows(name); err != nil {
		return s.most.explain(err)
	}
	return nil
}

// caught makes an error of a panic: the library trusts what is in a file in more
// places than it checks.
func (most limits) caught(err *error) {
	if fault := recover(); fault != nil {
		*err = most.explain(fmt.Errorf("it is damaged: %v", fault))
	}
}

func (most limits) explain(err error) error {
	if strings.Contains(err.Error(), "unzip size exceeds") {
		return fmt.Errorf("the XLSX file unzips to more than %d MiB; save it as CSV UTF-8", most.unzipped>>20)
	}
	return fmt.Errorf("this is no XLSX file that can be read (%w); save it again, or as CSV UTF-8", err)
}

// worksheet finds the sheet to read: the one named, or the first with rows.
func (most limits) worksheet(book *excelize.File, name string) (string, error) {
	names := book.GetSheetList()
	if name != "" {
		for _, one := range names {
			if one == name {
				return one, nil
			}
		}
		return "", fmt.Errorf("there is no worksheet %q; there are %s", name, strings.Join(names, ", "))
	}
	for _, one := range names {
		rows, err := book.Rows(one)
		if err != nil {
			return "", most.explain(err)
		}
		some := rows.Next()
		_ = rows.Close()
		if some {
			return one, nil
		}
	}
	return "", errors.New("none of its worksheets has rows")
}

// Next reads the next row.
func (s *sheet) Next() (cells []string, err error) {
	defer s.most.caught(&err)
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return nil, s.most.explain(err)
		}
		return nil, io.EOF
	}
	if cells, err = s.rows.Columns(); err != nil {
		return nil, s.most.explain(err)
	}
	return cells, nil
}
