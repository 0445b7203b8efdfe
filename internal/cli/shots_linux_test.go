package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"

	"github.com/rolefit/rolefit/internal/golden"
)

// The pictures of the terminal in the documents: what it shows, as SVG. TestShots
// holds them to what is true today.
const shotsFolder = "../../testdata/shots"

// shot is one picture: a command on a terminal of a size, keys, and what must be
// seen before each of them and at the end.
type shot struct {
	name       string
	cols, rows int
	most       int    // rows that are drawn; 0: all
	dir        string // where the command runs, in testdata
	args       []string
	keys       [][2]string // what is seen, and what is typed then
	until      string
}

var shots = []shot{
	{
		name: "question", cols: 80, rows: 14, args: []string{"quiz", "--no-save"}, until: "Question 3 of 31",
		keys: [][2]string{{"Enter", "\r"}, {"Question 1 of", "1\r"}, {"Question 2 of", "5\r"}, {"Question 3 of", "2"}},
	},
	{
		name: "review", cols: 80, rows: 20, args: []string{"quiz", "pm-po-quick", "--no-save"}, until: "❯ 2. ",
		keys: append(append([][2]string{{"Enter", "\r"}}, answersTo(10)...), [2]string{"See my result", "\x1b[B\x1b[B"}),
	},
	{name: "result", cols: 80, rows: 200, most: 61, dir: "answers", args: []string{"quiz", "--answers", "./pm-po.strategist.json"}, until: "answers say"},
	{name: "narrow", cols: 40, rows: 22, args: []string{"quiz", "pm-po-quick", "--no-save"}, until: "Question 1 of", keys: [][2]string{{"Enter", "\r"}, {"Question 1 of", "2"}}},
	{name: "validate", cols: 80, rows: 14, dir: "rules", args: []string{"validate", "./unknown-dimension.toml"}, until: "error"},
}

// answersTo answers so many questions by the first entry.
func answersTo(n int) [][2]string {
	var keys [][2]string
	for i := range n {
		keys = append(keys, [2]string{fmt.Sprintf("Question %d of", i+1), "1\r"})
	}
	return keys
}

func TestShots(t *testing.T) {
	for _, s := range shots {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			golden.Check(t, filepath.Join(shotsFolder, s.name+".svg"), s.take(t))
		})
	}
}

// take runs the command and draws what the terminal shows in the end.
func (s *shot) take(t *testing.T) []byte {
	c := rolefitCommand(t, s.args...)
	c.Dir = filepath.Join("../../testdata", s.dir)
	home := t.TempDir()
	c.Env = []string{"HOME=" + home, "TERM=xterm-256color", "PATH=" + os.Getenv("PATH")}
	f, err := pty.StartWithSize(c, &pty.Winsize{Rows: uint16(s.rows), Cols: uint16(s.cols)})
	if err != nil {
		t.Fatal(err)
	}
	var mutex sync.Mutex
	vt := vt10x.New(vt10x.WithSize(s.cols, s.rows))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for in := bufio.NewReader(f); ; {
			r, _, err := in.ReadRune() // the emulator loses characters that are cut in two
			if err != nil {
				return
			}
			mutex.Lock()
			_, _ = vt.Write([]byte(string(r)))
			mutex.Unlock()
		}
	}()
	shows := func(text string) bool {
		mutex.Lock()
		defer mutex.Unlock()
		return strings.Contains(vt.String(), text)
	}
	wait := func(text string) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); !shows(text); time.Sleep(2 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%q never came:\n%s", text, vt.String())
			}
		}
	}
	for _, k := range s.keys {
		wait(k[0])
		if _, err := f.WriteString(k[1]); err != nil {
			t.Fatal(err)
		}
	}
	wait(s.until)
	if s.keys == nil {
		_ = c.Wait()
		<-ended
	} else {
		time.Sleep(100 * time.Millisecond) // the last key's frame is whole
	}
	mutex.Lock()
	picture := drawTerminal(vt, s.most)
	mutex.Unlock()
	_ = c.Process.Kill()
	_ = c.Wait()
	_ = f.Close()
	return picture
}

const (
	cellWide = 8.4
	cellTall = 18
	padding  = 14
)

// drawTerminal draws a terminal's screen, without the empty lines at its end, and
// at most so many rows of it.
func drawTerminal(vt vt10x.Terminal, most int) []byte {
	cols, rows := vt.Size()
	if most > 0 {
		rows = min(rows, most)
	}
	for rows > 1 && strings.TrimSpace(lineOf(vt, rows-1, cols)) == "" {
		rows--
	}
	var b bytes.Buffer
	width, height := float64(cols)*cellWide+2*padding, rows*cellTall+2*padding
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#10151c"/>`+"\n")
	for y := range rows {
		for x := 0; x < cols; {
			x = drawRun(&b, vt, x, y, cols)
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func lineOf(vt vt10x.Terminal, y, cols int) string {
	var line strings.Builder
	for x := range cols {
		line.WriteRune(charOf(vt.Cell(x, y)))
	}
	return line.String()
}

func charOf(g vt10x.Glyph) rune {
	if g.Char == 0 {
		return ' '
	}
	return g.Char
}

// bold is the bit of a cell's mode.
const bold = 1 << 2

// drawRun draws the cells of one look from x on, and returns where the next begin.
func drawRun(b *bytes.Buffer, vt vt10x.Terminal, x, y, cols int) int {
	first := vt.Cell(x, y)
	var run strings.Builder
	end := x
	for ; end < cols; end++ {
		g := vt.Cell(end, y)
		if g.FG != first.FG || g.Mode != first.Mode || strings.HasSuffix(run.String(), "  ") && charOf(g) != ' ' {
			break
		}
		run.WriteRune(charOf(g))
	}
	words := strings.TrimRight(run.String(), " ")
	if words == "" {
		return end
	}
	fill := "#e8ebf0"
	if first.FG != vt10x.DefaultFG {
		fill = map[vt10x.Color]string{vt10x.Cyan: "#58cdbd", vt10x.LightCyan: "#7fe0d2", vt10x.Red: "#fb92a5", vt10x.Yellow: "#f0c35e", vt10x.Green: "#b1cf66"}[first.FG]
		if fill == "" {
			fill = "#adb7c4"
		}
	}
	weight := ""
	if first.Mode&bold != 0 {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" fill="%s"%s textLength="%.1f" xml:space="preserve">%s</text>`+"\n",
		padding+float64(x)*cellWide, padding+y*cellTall+13, fill, weight, float64(len([]rune(words)))*cellWide, html.EscapeString(words))
	return end
}
