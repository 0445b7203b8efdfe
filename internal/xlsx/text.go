package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sharedText is a shared string. They are read when the first is asked for.
func (b *book) sharedText(number string) (string, error) {
	if b.shared == nil {
		if err := b.readTexts(); err != nil {
			return "", err
		}
	}
	n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 64)
	if err != nil || n >= uint64(len(b.shared)) {
		return "", fmt.Errorf("it has no shared string %.20q", number)
	}
	return b.shared[n], nil
}

// perText is about what a string takes beside its bytes.
const perText = 32

func (b *book) readTexts() error {
	p, err := b.open(b.texts, math.MaxInt64)
	if err != nil {
		return err
	}
	defer p.close()
	room := b.most.inMemory
	var item []byte
	for {
		token, err := p.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.CharData:
			if p.inText() {
				item = append(item, e...)
			}
		case xml.EndElement:
			if e.Name.Local == "si" {
				b.shared = append(b.shared, unescape(item))
				room -= int64(len(item)) + perText
				item = item[:0]
			}
		}
		if int64(len(item)) > room {
			return tooMuch(fmt.Sprintf("has more than %d MiB of texts", b.most.inMemory>>20))
		}
	}
}

// unescape is a text whose control characters are written as _x000D_ (ST_Xstring).
func unescape(b []byte) string {
	if !bytes.Contains(b, []byte("_x")) {
		return string(b)
	}
	text := make([]byte, 0, len(b))
	for len(b) > 0 {
		if unit, is := escaped(b); is {
			text = utf8.AppendRune(text, unit)
			b = b[len("_x000D_"):]
			continue
		}
		text = append(text, b[0])
		b = b[1:]
	}
	return string(text)
}

// escaped is the character that a text begins with in this way.
func escaped(b []byte) (rune, bool) {
	if len(b) < len("_x000D_") || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(unit), err == nil
}
