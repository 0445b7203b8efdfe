package ask

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
)

// maxLine bounds an input line, in bytes.
const maxLine = 64 << 10

var errLongLine = errors.New("the line is longer than 64 KiB")

// lineReader is the one reader of a whole run: what is read ahead for one
// question is there for the next.
type lineReader struct {
	in      *bufio.Reader
	signals <-chan os.Signal
	number  int // of the last line read, from 1
	reads   chan lineRead
	asked   bool
	inLong  bool // the rest of a long line comes first
}

type lineRead struct {
	line string
	err  error
}

func newLineReader(in io.Reader, signals <-chan os.Signal) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, maxLine), signals: signals, reads: make(chan lineRead, 1)}
}

// next returns the next line without white space around it. The last one needs
// no newline; then io.EOF. A signal ends the wait; the read that it
// overtakes is kept.
func (l *lineReader) next() (string, error) {
	if !l.asked {
		l.asked = true
		go func() {
			line, err := l.read()
			l.reads <- lineRead{line, err}
		}()
	}
	for {
		select {
		case sig, open := <-l.signals:
			if !open {
				l.signals = nil
			} else if !redraws(sig) {
				return "", interruptedBy(sig)
			}
		case r := <-l.reads:
			l.asked = false
			return l.line(r)
		}
	}
}

func (l *lineReader) line(r lineRead) (string, error) {
	if r.err != nil && (r.line == "" || !errors.Is(r.err, io.EOF)) {
		if errors.Is(r.err, errLongLine) {
			l.number++
		}
		return "", r.err
	}
	l.number++
	line := r.line
	if l.number == 1 {
		line = strings.TrimPrefix(line, "\ufeff") // a byte order mark
	}
	return strings.TrimSpace(line), nil
}

func (l *lineReader) read() (string, error) {
	for {
		piece, err := l.in.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		switch {
		case l.inLong:
			l.inLong = long
			if err != nil && !long {
				return "", err
			}
		case long:
			l.inLong = true
			return "", errLongLine
		default:
			return string(piece), err
		}
	}
}
