package cohort

import (
	"bytes"
	"errors"
	"io"
	"sync/atomic"
)

// chunkSize is what is read at a time: large enough to be worth a worker's
// while, small enough to stay in its cache.
const chunkSize = 256 << 10

// maxRecord bounds a row, in bytes.
const maxRecord = 16 << 20

// chunks cuts a table into runs of whole records.
type chunks struct {
	r     io.Reader
	delim byte
	lines bool // a record is a line, whatever stands in it (JSONL)
	rest  []byte
	done  bool
	quote bool // there may be a quote in what next returned last
	free  chan []byte
	size  int          // how much is read at a time
	read  atomic.Int64 // bytes so far
}

func newChunks(r io.Reader, buffers int) *chunks {
	return &chunks{r: r, size: chunkSize, free: make(chan []byte, buffers)}
}

// next returns the next run of records; io.EOF behind the last.
func (c *chunks) next() ([]byte, error) {
	data := append(c.buffer(), c.rest...)
	c.rest = c.rest[:0]
	searched := 0 // no record ends before it
	c.quote = bytes.IndexByte(data, '"') >= 0
	for {
		old := len(data)
		if !c.done {
			var err error
			if data, err = c.fill(data); err != nil {
				return nil, err
			}
		}
		if len(data) == 0 {
			return nil, io.EOF
		}
		c.quote = c.quote || bytes.IndexByte(data[old:], '"') >= 0
		if c.done {
			return data, nil
		}
		if end := c.lastEnd(data, &searched); end > 0 {
			c.rest = append(c.rest, data[end:]...)
			return data[:end], nil
		}
		if len(data) > maxRecord+c.size {
			if oldMac(data) {
				return nil, errOldMac
			}
			return nil, errEndless
		}
	}
}

// errEndless stops at what is no table of rows.
var errEndless = errors.New("a row is longer than 16 MiB; is a quote opened and never closed?")

// errOldMac stops at lines that end as they did on computers before 2001.
var errOldMac = errors.New("its lines end with a carriage return alone; save it as CSV UTF-8")

// oldMac reports whether carriage returns stand where line ends should.
func oldMac(data []byte) bool {
	data = bytes.TrimRight(data, "\r\n")
	return bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0
}

func (c *chunks) buffer() []byte {
	select {
	case b := <-c.free:
		return b[:0]
	default:
		return make([]byte, 0, c.size+c.size/8)
	}
}

// recycle takes a chunk's room back.
func (c *chunks) recycle(data []byte) {
	if cap(data) > 2*c.size {
		return
	}
	select {
	case c.free <- data:
	default:
	}
}

// fill reads one more block behind data.
func (c *chunks) fill(data []byte) ([]byte, error) {
	n := len(data)
	if cap(data)-n < c.size {
		grown := make([]byte, n, 2*cap(data)+c.size)
		copy(grown, data)
		data = grown
	}
	more, err := io.ReadFull(c.r, data[n:n+c.size])
	c.read.Add(int64(more))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		c.done, err = true, nil
	}
	return data[:n+more], err
}

// lastEnd finds where the last whole record ends; 0 when there is none.
func (c *chunks) lastEnd(data []byte, searched *int) int {
	if c.lines || !c.quote {
		return bytes.LastIndexByte(data, '\n') + 1
	}
	end := *searched
	for end < len(data) {
		next := endOfRecord(data[end:], c.delim, false)
		if next < 0 {
			break
		}
		end += next
	}
	return end
}

// first takes the first record that is not an empty line: the header.
func (c *chunks) first() ([]byte, error) {
	data, err := c.next()
	if err != nil {
		return nil, err
	}
	for at := 0; at < len(data); {
		end := at + endOfRecord(data[at:], c.delim, c.done)
		if record := data[at:end]; !blank(record) {
			header := bytes.Clone(record)
			c.rest = append(bytes.Clone(data[end:]), c.rest...)
			return header, nil
		}
		at = end
	}
	return c.first()
}
