package rows

import (
	"bytes"
	"errors"
	"io"
	"sync/atomic"
)

// ChunkSize is what is read at a time: large enough to be worth a worker's
// while, small enough to stay in its cache.
const ChunkSize = 256 << 10

// MaxRecord bounds a row, in bytes.
const MaxRecord = 16 << 20

// Slack is how many bytes of room there are behind the data of a chunk at least, so
// that whoever looks at several at a time need not look where it ends.
const Slack = 8

// Chunk is a run of whole records.
type Chunk struct {
	Data   []byte
	Quoted bool // there may be a quote in it
}

// Chunks cuts a table into runs of whole records.
type Chunks struct {
	Lines bool // a record is a line, whatever stands in it (JSONL)
	Size  int  // how many bytes are read at a time
	r     io.Reader
	delim byte
	rest  []byte
	done  bool
	quote bool // there may be a quote in the chunk at hand
	free  chan []byte
	read  atomic.Int64
}

// NewChunks reads a table whose cells are parted by delim. So many buffers are kept
// for the chunks to come.
func NewChunks(r io.Reader, delim byte, buffers int) *Chunks {
	return &Chunks{r: r, delim: delim, Size: ChunkSize, free: make(chan []byte, buffers)}
}

// Read is how many bytes were read so far. It may be called at any time.
func (c *Chunks) Read() int64 { return c.read.Load() }

// Next returns the next run of records; io.EOF behind the last.
func (c *Chunks) Next() (Chunk, error) {
	data, err := c.next()
	return Chunk{data, c.quote}, err
}

func (c *Chunks) next() ([]byte, error) {
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
		if len(data) > MaxRecord+c.Size {
			if OldMac(data) {
				return nil, ErrOldMac
			}
			return nil, errEndless
		}
	}
}

// errEndless stops at what is no table of rows.
var errEndless = errors.New("a row is longer than 16 MiB; is a quote opened and never closed?")

// ErrOldMac stops at lines that end as they did on computers before 2001.
var ErrOldMac = errors.New("its lines end with a carriage return alone; save it as CSV UTF-8")

// OldMac reports whether carriage returns stand where line ends should.
func OldMac(data []byte) bool {
	data = bytes.TrimRight(data, "\r\n")
	return bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0
}

func (c *Chunks) buffer() []byte {
	select {
	case b := <-c.free:
		return b[:0]
	default:
		return make([]byte, 0, c.Size+c.Size/8+Slack)
	}
}

// Recycle takes a chunk's room back.
func (c *Chunks) Recycle(data []byte) {
	if cap(data) > 2*c.Size {
		return
	}
	select {
	case c.free <- data:
	default:
	}
}

// fill reads one more block behind data.
func (c *Chunks) fill(data []byte) ([]byte, error) {
	n := len(data)
	if cap(data)-n < c.Size+Slack {
		grown := make([]byte, n, 2*cap(data)+c.Size+Slack)
		copy(grown, data)
		data = grown
	}
	more, err := io.ReadFull(c.r, data[n:n+c.Size])
	c.read.Add(int64(more))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		c.done, err = true, nil
	}
	return data[:n+more], err
}

// lastEnd finds where the last whole record ends; 0 when there is none.
func (c *Chunks) lastEnd(data []byte, searched *int) int {
	if c.Lines || !c.quote {
		return bytes.LastIndexByte(data, '\n') + 1
	}
	end := *searched
	for end < len(data) {
		next := EndOfRecord(data[end:], c.delim, false)
		if next < 0 {
			break
		}
		end += next
	}
	return end
}

// First takes the first record that is not an empty line: the header.
func (c *Chunks) First() ([]byte, error) {
	data, err := c.next()
	if err != nil {
		return nil, err
	}
	for at := 0; at < len(data); {
		end := at + EndOfRecord(data[at:], c.delim, c.done)
		if record := data[at:end]; !Blank(record) {
			header := bytes.Clone(record)
			c.rest = append(bytes.Clone(data[end:]), c.rest...)
			return header, nil
		}
		at = end
	}
	return c.First()
}
