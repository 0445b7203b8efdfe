package xlsx

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// part is one of the XML files in the zip.
type part struct {
	xml  *xml.Decoder
	zip  io.Closer
	in   *bufio.Reader
	left int      // how many bytes the token that is read may still have
	path []string // the local names of the open elements, the outermost first
}

// open opens a part of at most so many bytes.
func (b *book) open(name string, most int64) (*part, error) {
	f := b.parts[partName(name)]
	if f == nil {
		return nil, fmt.Errorf("it has no part %s", name)
	}
	if f.UncompressedSize64 > uint64(b.left) {
		return nil, b.unzips()
	}
	content, err := f.Open()
	if err != nil {
		return nil, err
	}
	p := &part{zip: content, in: bufio.NewReaderSize(&unzipped{Reader: content, book: b, file: f, most: most}, 1<<16)}
	p.xml = xml.NewDecoder(p)
	return p, nil
}

func (p *part) close() { _ = p.zip.Close() }

// ReadByte bounds a token while the decoder reads it: it keeps all of it.
func (p *part) ReadByte() (byte, error) {
	if p.left--; p.left < 0 {
		return 0, errLong
	}
	return p.in.ReadByte()
}

func (p *part) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }

var errLong = tooMuch(fmt.Sprintf("has a cell of more than %d MiB", maxText>>20))

// token reads the next token, whose bytes are good until the one after it; io.EOF
// behind the last. An element without content begins and ends.
func (p *part) token() (xml.Token, error) {
	p.left = maxText
	token, err := p.xml.RawToken()
	if err != nil {
		if errors.Is(err, io.EOF) && len(p.path) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	switch e := token.(type) {
	case xml.StartElement:
		if len(p.path) == maxDepth {
			return nil, fmt.Errorf("its elements are nested more than %d deep", maxDepth)
		}
		p.path = append(p.path, e.Name.Local)
	case xml.EndElement:
		if p.within(0) != e.Name.Local {
			return nil, fmt.Errorf("</%.20s> ends what does not begin", e.Name.Local)
		}
		p.path = p.path[:len(p.path)-1]
	}
	return token, nil
}

// within is the innermost open element, or the one so many around it; "" if there is none.
func (p *part) within(around int) string {
	if around >= len(p.path) {
		return ""
	}
	return p.path[len(p.path)-1-around]
}

// inText reports whether characters belong to a string item: not to how it is pronounced.
func (p *part) inText() bool { return p.within(0) == "t" && p.within(1) != "rPh" }

// elements calls visit where an element of a part begins, in the element around it.
func (b *book) elements(name string, visit func(around string, e xml.StartElement) error) error {
	p, err := b.open(name, maxPart)
	if err != nil {
		return err
	}
	defer p.close()
	for n := 0; n <= maxElements; {
		token, err := p.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if e, begins := token.(xml.StartElement); begins {
			n++
			err = visit(p.within(1), e)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return tooMuch(fmt.Sprintf("has a part of more than %d elements (%s)", maxElements, name))
}

// attr is the value of an attribute; "" if there is none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// unzipped counts what a part comes to: what the zip says of it may be a lie.
type unzipped struct {
	io.Reader
	book       *book
	file       *zip.File
	read, most int64
}

func (u *unzipped) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	u.read += int64(n)
	u.book.left -= int64(n)
	switch {
	case u.book.left < 0:
		return 0, u.book.unzips()
	case u.read > u.most:
		return 0, tooMuch(fmt.Sprintf("has a part of more than %d MiB (%s)", u.most>>20, u.file.Name))
	case u.read > minRatio && u.read/maxRatio > int64(u.file.CompressedSize64):
		return 0, tooMuch(fmt.Sprintf("unzips to more than %d times its size", maxRatio))
	}
	return n, err
}

func (b *book) unzips() error {
	return tooMuch(fmt.Sprintf("unzips to more than %d MiB", b.most.unzipped>>20))
}
