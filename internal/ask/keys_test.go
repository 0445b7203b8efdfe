package ask

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// pipeKeys is a reader of keys and what writes to it.
func pipeKeys(t *testing.T, wait time.Duration) (k *keys, write func(string)) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(); r.Close() })
	k = newKeys(r, nil)
	k.wait = wait
	return k, func(s string) {
		if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
	}
}

// step lets the reader look once and returns the key it found, if any.
func (k *keys) step(t *testing.T) string {
	t.Helper()
	key, err := k.next()
	if err != nil && err != errTimeout {
		t.Fatal(err)
	}
	return string(key)
}

func TestSequenceInPieces(t *testing.T) {
	k, write := pipeKeys(t, time.Minute)
	write("\x1b")
	k.step(t)
	write("[")
	k.step(t)
	write("B漢"[:3])
	k.step(t)
	if got := k.step(t); got != "\x1b[B" {
		t.Errorf("got %q", got)
	}
	write("B漢"[3:])
	k.step(t)
	if got := k.step(t); got != "漢" {
		t.Errorf("got %q", got)
	}
}

func TestSequencesThatNeverEnd(t *testing.T) {
	for in, want := range map[string]string{"\x1b": "\x1b", "\x1b[": "", "\x1b]11;": "", "\x1bO": "", "\xe6": ""} {
		k, write := pipeKeys(t, time.Millisecond)
		write(in)
		k.step(t)
		if got := k.step(t); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		write("2")
		k.step(t)
		if got := k.step(t); got != "2" {
			t.Errorf("%q eats the next key: got %q", in, got)
		}
	}
}

func TestPaste(t *testing.T) {
	read := func(k *keys) string {
		b := make([]byte, 1)
		if _, err := k.Read(b); err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for name, in := range map[string]string{
		"whole": "\x1b[200~1\rq\r\x1b[201~2", "long": "\x1b[200~" + strings.Repeat("q\r", 1000) + "\x1b[201~2",
		"two": "\x1b[200~1\x1b[201~\x1b[200~q\x1b[201~2", "empty": "\x1b[200~\x1b[201~2",
	} {
		k, write := pipeKeys(t, time.Minute)
		write(in)
		if got := read(k); got != "2" {
			t.Errorf("%s: got %q", name, got)
		}
	}
	k, write := pipeKeys(t, time.Minute)
	write("\x1b[200~q\r\x1b[20")
	for range 2 { // one to read it, one to see that it is a paste
		k.step(t)
	}
	write("1~2")
	k.step(t) // drops what came and reads on
	if got := read(k); got != "2" {
		t.Errorf("an end in pieces: got %q", got)
	}
	k, write = pipeKeys(t, time.Minute)
	write("\x1b[200~never ends\x03")
	if got := read(k); got != "\x03" {
		t.Errorf("Ctrl-C in a paste: got %q", got)
	}
	k, write = pipeKeys(t, time.Millisecond)
	write("\x1b[200~never ends")
	for k.step(t); k.pasting || len(k.pending) > 0; {
		k.step(t)
	}
	write("2")
	if got := read(k); got != "2" {
		t.Errorf("after a paste without end: got %q", got)
	}
}
