package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
)

// limits bound an XLSX file, in bytes.
type limits struct {
	zipped, unzipped int64
	inMemory         int64 // parts that are larger are unzipped to a temporary file
}

var usualLimits = limits{zipped: 256 << 20, unzipped: 1 << 30, inMemory: 16 << 20}

// openXLSX reads a worksheet as CSV. Cells are what a person sees in them;
// formulas are not computed: what was last computed stands there.
func openXLSX(r io.Reader, o Options, most limits) (*Source, error) {
	file, err := os.CreateTemp("", "rolefit-*.xlsx") // a zip is read from its end
	if err != nil {
		return nil, err
	}
	forget := func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	n, err := io.Copy(file, io.LimitReader(r, most.zipped+1))
	if err == nil && n > most.zipped {
		err = fmt.Errorf("the XLSX file is larger than %d MiB; save it as CSV UTF-8", most.zipped>>20)
	}
	if err != nil {
		forget()
		return nil, err
	}
	book, name, err := most.open(file.Name(), o)
	if err != nil {
		forget()
		return nil, err
	}
	read, write := io.Pipe()
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		write.CloseWithError(most.copySheet(write, book, name))
	}()
	return &Source{Reader: read, Delimiter: ',', close: func() {
		_ = read.CloseWithError(errors.New("closed"))
		<-copied // the book is read until then
		_ = book.Close()
		forget()
	}}, nil
}

// open opens a file, and finds the worksheet to read.
func (most limits) open(file string, o Options) (book *excelize.File, sheet string, err error) {
	defer most.caught(&err)
	book, err = excelize.OpenFile(file, excelize.Options{UnzipSizeLimit: most.unzipped, UnzipXMLSizeLimit: most.inMemory})
	if err != nil {
		return nil, "", most.explain(err)
	}
	if sheet, err = most.worksheet(book, o.Sheet); err != nil {
		_ = book.Close()
		return nil, "", err
	}
	return book, sheet, nil
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

// copySheet writes a worksheet as CSV, every row as wide as the first.
func (most limits) copySheet(to io.Writer, book *excelize.File, name string) (err error) {
	defer most.caught(&err)
	rows, err := book.Rows(name)
	if err != nil {
		return most.explain(err)
	}
	defer rows.Close()
	w := bufio.NewWriterSize(to, 1<<16)
	var line []byte
	width := 0
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return most.explain(err)
		}
		if strings.Join(cells, "") == "" {
			continue // an empty row is none
		}
		if width == 0 {
			width = len(cells)
		}
		for len(cells) < width {
			cells = append(cells, "") // a row ends with its last cell that has something
		}
		for len(cells) > width && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		line = line[:0]
		for i, cell := range cells {
			if i > 0 {
				line = append(line, ',')
			}
			line = AppendCell(line, []byte(cell), ',')
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return most.explain(err)
	}
	return w.Flush()
}
