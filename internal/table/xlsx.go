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

// The bounds of an XLSX file: as it comes, and unzipped.
const (
	maxXLSX     = 256 << 20
	maxUnzipped = 1 << 30
	inMemory    = 16 << 20 // parts that are larger are unzipped to a temporary file
)

// openXLSX reads a worksheet as CSV. Cells are what a person sees in them;
// formulas are not computed: what was last computed stands there.
func openXLSX(r io.Reader, o Options) (*Source, error) {
	return openWorkbook(r, o, maxXLSX, maxUnzipped)
}

// openWorkbook does so within bounds, in bytes.
func openWorkbook(r io.Reader, o Options, zipped, unzipped int64) (*Source, error) {
	file, err := os.CreateTemp("", "rolefit-*.xlsx") // a zip is read from its end
	if err != nil {
		return nil, err
	}
	forget := func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	n, err := io.Copy(file, io.LimitReader(r, zipped+1))
	if err == nil && n > zipped {
		err = fmt.Errorf("the XLSX file is larger than %d MiB; save it as CSV UTF-8", zipped>>20)
	}
	if err != nil {
		forget()
		return nil, err
	}
	book, err := excelize.OpenFile(file.Name(), excelize.Options{UnzipSizeLimit: unzipped, UnzipXMLSizeLimit: min(inMemory, unzipped)})
	if err != nil {
		forget()
		return nil, openError(err, unzipped)
	}
	done := func() {
		_ = book.Close()
		forget()
	}
	name, err := worksheet(book, o.Sheet)
	if err != nil {
		done()
		return nil, err
	}
	read, write := io.Pipe()
	go func() { write.CloseWithError(copySheet(write, book, name)) }()
	return &Source{Reader: read, Delimiter: ',', close: func() {
		_ = read.CloseWithError(errors.New("closed"))
		done()
	}}, nil
}

func openError(err error, unzipped int64) error {
	if strings.Contains(err.Error(), "unzip size exceeds") {
		return fmt.Errorf("the XLSX file unzips to more than %d MiB; save it as CSV UTF-8", unzipped>>20)
	}
	return xlsxError(err)
}

func xlsxError(err error) error {
	return fmt.Errorf("this is no XLSX file that can be read (%w); save it again, or as CSV UTF-8", err)
}

// worksheet finds the sheet to read: the one named, or the first with rows.
func worksheet(book *excelize.File, name string) (string, error) {
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
			return "", xlsxError(err)
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
func copySheet(to io.Writer, book *excelize.File, name string) error {
	rows, err := book.Rows(name)
	if err != nil {
		return xlsxError(err)
	}
	defer rows.Close()
	w := bufio.NewWriterSize(to, 1<<16)
	var line []byte
	width := 0
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return xlsxError(err)
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
		return xlsxError(err)
	}
	return w.Flush()
}
