package rows

import (
	"bytes"
	"errors"
)

// The records of a table are those of encoding/csv (RFC 4180): a line each,
// empty lines left out, a line end inside quotes part of its cell. Lines without
// a quote are cut here; what has one is held to the same rules cell by cell.

// EndOfRecord finds where the record that begins data ends: behind its line
// end. It returns −1 when data ends first and more may follow (last is false).
func EndOfRecord(data []byte, delim byte, last bool) int {
	line := bytes.IndexByte(data, '\n')
	if line < 0 {
		if last {
			return len(data)
		}
		if bytes.IndexByte(data, '"') < 0 {
			return -1
		}
		line = len(data)
	}
	if bytes.IndexByte(data[:line], '"') < 0 {
		return line + 1
	}
	at := 0
	for {
		if at >= len(data) || data[at] != '"' {
			// A bare cell. A quote in it is a fault, and ends the record with the line.
			next := bytes.IndexByte(data[at:line], delim)
			if next < 0 {
				return atLine(data, line, last)
			}
			if bytes.IndexByte(data[at:at+next], '"') >= 0 {
				return atLine(data, line, last)
			}
			at += next + 1
			continue
		}
		end := endOfQuotes(data, at)
		if end < 0 {
			if last {
				return len(data)
			}
			return -1
		}
		if end > line { // the cell ran over line ends: the record's line is a later one
			if line = bytes.IndexByte(data[end:], '\n'); line >= 0 {
				line += end
			} else {
				line = len(data)
			}
		}
		if end == len(data) {
			return atLine(data, line, last)
		}
		if data[end] != delim {
			return atLine(data, line, last) // the record's end, or a fault
		}
		at = end + 1
	}
}

// atLine is the end of a record that ends with the line end at this place.
func atLine(data []byte, line int, last bool) int {
	switch {
	case line < len(data):
		return line + 1
	case last:
		return len(data)
	}
	return -1
}

// endOfQuotes finds what stands behind the quote that closes a cell whose
// opening quote is at this place; −1 when there is none.
func endOfQuotes(data []byte, at int) int {
	at++
	for {
		next := bytes.IndexByte(data[at:], '"')
		if next < 0 {
			return -1
		}
		at += next + 1
		if at == len(data) || data[at] != '"' {
			return at
		}
		at++
	}
}

// TrimLine takes the line end off a record.
func TrimLine(record []byte) []byte {
	if n := len(record); n > 0 && record[n-1] == '\n' {
		record = record[:n-1]
	}
	if n := len(record); n > 0 && record[n-1] == '\r' {
		record = record[:n-1]
	}
	return record
}

// Cutter cuts records into cells. Cells without a quote are parts of the record;
// the others stand in its own room. Both hold until the next record.
type Cutter struct {
	Delim byte
	Most  int // more cells than that are an error; 0: any number may be
	cells [][]byte
	room  []byte
}

// Large reports whether the cutter has met a record so long that its room is worth giving up.
func (c *Cutter) Large() bool { return cap(c.room) > roomy }

// roomy bounds how much more room than its record a cutter makes, in bytes.
const roomy = 64 << 10

// ErrMany is the error of a record with more than Most cells.
var ErrMany = errors.New("the row has far more cells than the header")

// Words for what else is wrong with a record.
var (
	errBareQuote = errors.New("a quote stands in a cell that does not begin with one")
	errQuote     = errors.New("a quoted cell goes on behind its closing quote")
	errOpenQuote = errors.New("a quote is opened and never closed")
)

// Cut returns the cells of a record.
func (c *Cutter) Cut(record []byte) ([][]byte, error) {
	c.cells, c.room = c.cells[:0], c.room[:0]
	line := TrimLine(record)
	if bytes.IndexByte(line, '"') < 0 {
		for {
			next := bytes.IndexByte(line, c.Delim)
			if next < 0 {
				c.cells = append(c.cells, line)
				return c.cells, nil
			}
			if len(c.cells) == c.Most && c.Most > 0 {
				return nil, ErrMany
			}
			c.cells = append(c.cells, line[:next])
			line = line[next+1:]
		}
	}
	if cap(c.room) < len(record) {
		c.room = make([]byte, 0, max(len(record), min(2*len(record), roomy))) // cells keep pointing into it, so it must not move
	}
	return c.cutQuoted(line)
}

func (c *Cutter) cutQuoted(line []byte) ([][]byte, error) {
	for at := 0; ; at++ {
		if len(c.cells) == c.Most && c.Most > 0 {
			return nil, ErrMany
		}
		if at >= len(line) || line[at] != '"' {
			next := bytes.IndexByte(line[at:], c.Delim)
			if next < 0 {
				next = len(line) - at
			}
			cell := line[at : at+next]
			if bytes.IndexByte(cell, '"') >= 0 {
				return nil, errBareQuote
			}
			c.cells = append(c.cells, cell)
			if at += next; at == len(line) {
				return c.cells, nil
			}
			continue
		}
		end := endOfQuotes(line, at)
		if end < 0 {
			return nil, errOpenQuote
		}
		inside := line[at+1 : end-1]
		if bytes.IndexByte(inside, '"') >= 0 || bytes.IndexByte(inside, '\r') >= 0 {
			inside = c.unquote(inside)
		}
		c.cells = append(c.cells, inside)
		if at = end; at == len(line) {
			return c.cells, nil
		}
		if line[at] != c.Delim {
			return nil, errQuote
		}
	}
}

// unquote writes the inside of a quoted cell: doubled quotes once, line ends as one character.
func (c *Cutter) unquote(inside []byte) []byte {
	from := len(c.room)
	for len(inside) > 0 {
		switch {
		case inside[0] == '"':
			inside = inside[1:] // the first of two
			c.room = append(c.room, '"')
		case inside[0] == '\r' && len(inside) > 1 && inside[1] == '\n':
			inside = inside[1:]
			c.room = append(c.room, '\n')
		default:
			c.room = append(c.room, inside[0])
		}
		inside = inside[1:]
	}
	return c.room[from:len(c.room):len(c.room)]
}

// Blank reports whether a record is an empty line, which is none.
func Blank(record []byte) bool { return len(TrimLine(record)) == 0 }
