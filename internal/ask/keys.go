package ask

import (
	"bytes"
	"errors"
	"os"
	"syscall"
	"time"
)

// How long the rest of a sequence may take, and the rest of a paste: a lone Esc
// is told from the start of a longer sequence by what follows, which a slow
// line sends a little later.
const (
	sequenceWait = 100 * time.Millisecond
	pasteFactor  = 10
)

var errTimeout = errors.New("nothing followed")

// keys is the one reader of a whole run, as a [terminal.FileReader]. It gives
// one rune or one whole key sequence a Read, so that the buffer of each
// prompt's own reader in survey never holds more than the key it hands on: keys
// typed ahead stay here, and sequences that survey's reader would stumble over
// never reach it. Signals become read errors, for only a read that returns lets
// the prompt end and the terminal be restored.
//
// On Windows survey reads the console itself and takes only the handle from here.
type keys struct {
	in      *os.File
	signals <-chan os.Signal
	resized func() // draws the page anew; nil: no page is on the screen

	reads   chan read
	asked   bool   // a read is under way
	pending []byte // read and not yet decoded
	ready   []byte // the rest of a key that was asked for in smaller pieces
	pasting bool
	wait    time.Duration // for the rest of a sequence
}

type read struct {
	data []byte
	err  error
}

func newKeys(in *os.File, signals <-chan os.Signal) *keys {
	return &keys{in: in, signals: signals, reads: make(chan read, 1), wait: sequenceWait}
}

// Fd returns the terminal's handle.
func (k *keys) Fd() uintptr { return k.in.Fd() }

// Read returns one key.
func (k *keys) Read(p []byte) (int, error) {
	for len(k.ready) == 0 {
		key, err := k.next()
		if err != nil {
			return 0, err
		}
		k.ready = key
	}
	n := copy(p, k.ready)
	k.ready = k.ready[n:]
	return n, nil
}

// next returns the next key; nil where what was read is no key and was dropped.
func (k *keys) next() ([]byte, error) {
	if k.pasting {
		return k.paste()
	}
	if bytes.HasPrefix(k.pending, []byte("\x1b[200~")) {
		k.pending, k.pasting = k.pending[6:], true
		return nil, nil
	}
	if key, n := decode(k.pending); n > 0 {
		k.pending = k.pending[n:]
		return bytes.Clone(key), nil
	}
	if len(k.pending) == 0 {
		return nil, k.fill(0)
	}
	err := k.fill(k.wait)
	if !errors.Is(err, errTimeout) {
		return nil, err
	}
	alone := len(k.pending) == 1 && k.pending[0] == esc
	k.pending = nil
	if alone {
		return []byte{esc}, nil
	}
	return nil, nil
}

// paste drops what is pasted: it is no answer to anything.
func (k *keys) paste() ([]byte, error) {
	if i := bytes.Index(k.pending, []byte(pasteEnd)); i >= 0 {
		k.pending, k.pasting = k.pending[i+len(pasteEnd):], false
		return nil, nil
	}
	if i := bytes.IndexByte(k.pending, ctrlC); i >= 0 {
		k.pending, k.pasting = k.pending[i:], false
		return nil, nil
	}
	k.pending = k.pending[max(0, len(k.pending)-len(pasteEnd)):]
	err := k.fill(pasteFactor * k.wait)
	if errors.Is(err, errTimeout) {
		k.pending, k.pasting = nil, false
		return nil, nil
	}
	return nil, err
}

// fill waits for more bytes, at most this long (0: as long as it takes). It
// reads only when asked to, so that nothing typed for a later program is
// taken; a read that a signal overtakes is kept for the next call.
func (k *keys) fill(wait time.Duration) error {
	if !k.asked {
		k.asked = true
		go k.read()
	}
	var timeout <-chan time.Time
	if wait > 0 {
		timeout = time.After(wait)
	}
	for {
		select {
		case sig, ok := <-k.signals:
			if err := k.signal(sig, ok); err != nil {
				return err
			}
		case r := <-k.reads:
			k.asked = false
			if len(r.data) == 0 && r.err != nil {
				return Interrupted{syscall.SIGHUP}
			}
			k.pending = append(k.pending, r.data...)
			return nil
		case <-timeout:
			return errTimeout
		}
	}
}

func (k *keys) read() {
	buffer := make([]byte, 1024)
	n, err := k.in.Read(buffer)
	k.reads <- read{buffer[:n], err}
}

func (k *keys) signal(sig os.Signal, open bool) error {
	if !open {
		k.signals = nil
		return nil
	}
	if redraws(sig) {
		if k.resized != nil {
			k.resized()
		}
		return nil
	}
	return interruptedBy(sig)
}

func interruptedBy(sig os.Signal) error {
	if s, ok := sig.(syscall.Signal); ok {
		return Interrupted{s}
	}
	return Interrupted{syscall.SIGINT}
}
