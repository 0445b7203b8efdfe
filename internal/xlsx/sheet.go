package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// sheet is a worksheet that is read row by row.
type sheet struct {
	*book
	part  *part // nil: none is open
	some  bool  // a cell that has something has begun
	rows  int   // so far, with the empty ones
	cells int   // so far, with the empty ones before others in a row

	row     []string
	rowText int  // bytes of its cells
	ready   bool // the row has ended

	column int // of the cell that is read, from 1; before a row's first 0
	kind   string
	style  int
	text   []byte
}

// begin turns to a worksheet.
func (s *sheet) begin(name string) (err error) {
	s.end()
	*s = sheet{book: s.book}
	s.part, err = s.open(name, math.MaxInt64)
	return err
}

func (s *sheet) end() {
	if s.part != nil {
		s.part.close()
		s.part = nil
	}
}

// seek goes on to the first cell that has something, and reports whether there is one.
func (s *sheet) seek() (bool, error) {
	for !s.some {
		if err := s.step(); err != nil {
			if errors.Is(err, io.EOF) {
				return false, nil
			}
			return false, err
		}
	}
	return true, nil
}

// next reads the next row that has something; io.EOF behind the last.
func (s *sheet) next() ([]string, error) {
	s.row, s.ready = s.row[:0], false
	for !s.ready {
		if err := s.step(); err != nil {
			return nil, err
		}
	}
	return s.row, nil
}

// step reads on by a token.
func (s *sheet) step() error {
	token, err := s.part.token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF // its rows have not ended
		}
		return err
	}
	switch e := token.(type) {
	case xml.StartElement:
		return s.begins(e)
	case xml.CharData:
		if s.part.within(0) == "v" || s.part.inText() {
			s.text = append(s.text, e...)
		}
		if len(s.text) > maxText {
			return errLong
		}
	case xml.EndElement:
		return s.ends(e.Name.Local)
	}
	return nil
}

func (s *sheet) begins(e xml.StartElement) (err error) {
	switch e.Name.Local {
	case "row":
		s.row, s.rowText, s.column = s.row[:0], 0, 0
		if s.rows++; s.rows > maxRows {
			return tooMuch(fmt.Sprintf("has more than %d rows, which is the most that Excel has", maxRows))
		}
	case "c":
		s.text, s.kind, s.style = s.text[:0], attr(e, "t"), 0
		if style := attr(e, "s"); style != "" {
			if s.style, err = strconv.Atoi(style); err != nil {
				return err
			}
		}
		s.column++
		if place := attr(e, "r"); place != "" {
			s.column, err = columnOf(place)
		}
		if s.column > maxColumns {
			return tooMuch(fmt.Sprintf("has more than %d columns, which is the most that Excel has", maxColumns))
		}
	case "v", "is":
		s.some = true
	}
	return err
}

func (s *sheet) ends(name string) error {
	switch name {
	case "c":
		cell, err := s.cell()
		if err != nil || cell == "" {
			return err
		}
		return s.put(cell)
	case "row":
		s.ready = len(s.row) > 0
	case "sheetData":
		return io.EOF
	}
	return nil
}

// put gives a cell its place in the row.
func (s *sheet) put(cell string) error {
	more := max(0, s.column-len(s.row))
	for range more {
		s.row = append(s.row, "")
	}
	s.row[s.column-1] = cell
	if s.cells += more; s.cells > maxCells {
		return tooMuch(fmt.Sprintf("has more than %d cells", maxCells))
	}
	if s.rowText += len(cell); s.rowText > maxRowText {
		return tooMuch(fmt.Sprintf("has a row of more than %d MiB", maxRowText>>20))
	}
	return nil
}

// cell is what a person sees in the cell that was read.
func (s *sheet) cell() (string, error) {
	switch s.kind {
	case "s":
		if len(s.text) == 0 {
			return "", nil
		}
		return s.sharedText(string(s.text))
	case "inlineStr", "str":
		return unescape(s.text), nil
	case "b":
		switch string(s.text) {
		case "0":
			return "FALSE", nil
		case "1":
			return "TRUE", nil
		}
	case "n", "":
		return s.format().number(string(s.text), s.date1904), nil
	}
	return string(s.text), nil // an error, a date of ISO 8601
}

// format is the cell's number format; nil, which is General, if it has none.
func (s *sheet) format() format {
	if s.style < 0 || s.style >= len(s.styles) {
		return nil
	}
	return s.styles[s.style]
}

// columnOf is the column, from 1, of a place such as B7.
func columnOf(place string) (int, error) {
	column := 0
	for _, c := range strings.ToUpper(place[:min(len(place), 8)]) {
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	if column == 0 {
		return 0, fmt.Errorf("%.20q is no place of a cell", place)
	}
	return column, nil
}
