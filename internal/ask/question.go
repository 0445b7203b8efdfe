package ask

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/AlecAivazis/survey/v2/terminal"

	"github.com/rolefit/rolefit/internal/quiz"
)

// entryKeys name the entries, in the order shown: digits, then the letters that
// are no command.
const entryKeys = "123456789acdefgilmnoprtuvwxyz"

// questionPage asks one question. Where one entry is the answer, nothing is
// focused before a key is pressed: a focus would suggest an answer, and a
// second Enter would give it unread.
type questionPage struct {
	item    Item
	noSave  bool
	focus   int         // place in item.Order; -1: none
	picks   quiz.Answer // of a list, in the order picked
	last    rune        // the key before
	message string
	inRow   bool      // drawn side by side
	help    *textPage // open help
}

func newQuestionPage(item Item, noSave bool) *questionPage {
	q := &questionPage{item: item, noSave: noSave, focus: -1}
	if item.Form.List {
		q.focus = 0
	}
	// An earlier answer that the quiz no longer allows is none.
	if item.Answered && item.Form.Allows(item.Current) && len(item.Current) > 0 {
		q.focus = slices.Index(item.Order, item.Current[0])
		if item.Form.List {
			q.picks = slices.Clone(item.Current)
		}
	}
	return q
}

// answer returns what Enter confirmed.
func (q *questionPage) answer() quiz.Answer {
	if !q.item.Form.List {
		return quiz.Answer{q.item.Order[q.focus]}
	}
	a := append(quiz.Answer{}, q.picks...)
	if !q.item.Form.Ordered {
		slices.Sort(a)
	}
	return a
}

func (q *questionPage) press(r rune) (done bool, err error) {
	if q.help != nil {
		if !q.help.scrolls(r) {
			q.help = nil
		}
		return false, nil
	}
	q.message = ""
	r = unicode.ToLower(r)
	defer func() { q.last = r }()
	switch r {
	case '\r', '\n':
		return q.enter(), nil
	case 'q':
		return false, ErrQuit
	case 'b', terminal.KeyBackspace, terminal.KeyDelete:
		return q.back()
	case 's':
		return q.skip()
	case '?', 'h':
		q.help = q.helpPage()
	case terminal.KeyEscape:
		q.message = "Nothing to close here: q quits, ? shows help"
	default:
		return q.choose(r)
	}
	return false, nil
}

// choose handles the keys that move and pick.
func (q *questionPage) choose(r rune) (done bool, err error) {
	switch r {
	case terminal.KeyArrowLeft:
		if !q.item.Form.Steps { // the steps stand side by side
			return q.back()
		}
		q.move(-1)
	case terminal.KeyArrowUp, 'k':
		q.move(-1)
	case terminal.KeyArrowRight:
		if q.item.Form.Steps {
			q.move(1)
		}
	case terminal.KeyArrowDown, 'j':
		q.move(1)
	case terminal.SpecialKeyHome:
		q.focus = 0
	case terminal.SpecialKeyEnd:
		q.focus = len(q.item.Order) - 1
	case terminal.KeySpace:
		q.space()
	default:
		q.byKey(r)
	}
	return false, nil
}

// move shifts the focus; from none, it comes in at the near end.
func (q *questionPage) move(by int) {
	n := len(q.item.Order)
	if q.focus < 0 && by < 0 {
		q.focus = n
	}
	q.focus = min(max(q.focus+by, 0), n-1)
}

// byKey focuses the entry that a key names; in a list it also toggles it.
func (q *questionPage) byKey(r rune) {
	place := strings.IndexRune(entryKeys, r)
	if q.item.Form.Steps {
		place = q.step(r)
	}
	if place < 0 || place >= len(q.item.Order) {
		return
	}
	q.focus = place
	if q.item.Form.List {
		q.toggle()
	}
}

// step reads a digit of a step's number: 1 and then 0 is the tenth.
func (q *questionPage) step(r rune) int {
	if r < '0' || r > '9' {
		return -1
	}
	if teen := 9 + int(r-'0'); q.last == '1' && q.focus == 0 && teen < len(q.item.Order) {
		return teen
	}
	return int(r-'0') - 1
}

func (q *questionPage) space() {
	if q.item.Form.List {
		q.toggle()
		return
	}
	q.message = "Enter answers; arrows or digits choose"
}

// toggle picks the focused entry or takes the pick away; later places move up.
func (q *questionPage) toggle() {
	entry := q.item.Order[q.focus]
	if i := slices.Index(q.picks, entry); i >= 0 {
		q.picks = slices.Delete(q.picks, i, i+1)
		return
	}
	if len(q.picks) >= q.item.Form.Max {
		q.message = fmt.Sprintf("No more than %d: take one away first", q.item.Form.Max)
		return
	}
	q.picks = append(q.picks, entry)
}

// enter reports whether the answer is complete, and says what it lacks.
func (q *questionPage) enter() bool {
	f := q.item.Form
	switch missing := f.Min - len(q.picks); {
	case !f.List && q.focus < 0:
		q.message = "Choose one first"
	case f.List && missing > 0 && f.Ordered:
		q.message = fmt.Sprintf("Give every one a place first: %d left", missing)
	case f.List && missing > 0:
		q.message = fmt.Sprintf("Pick at least %d", f.Min)
	default:
		return true
	}
	return false
}

func (q *questionPage) back() (bool, error) {
	if !q.item.CanBack {
		q.message = "This is the first question"
		return false, nil
	}
	return false, ErrBack
}

func (q *questionPage) skip() (bool, error) {
	if !q.item.Question.Optional {
		q.message = "This question needs an answer"
		return false, nil
	}
	return false, ErrSkip
}

// limits says how many entries a list takes; nothing for a single answer.
func limits(f quiz.Form) string {
	n := len(f.IDs)
	switch {
	case !f.List:
		return ""
	case f.Ordered:
		return fmt.Sprintf("Put all %d in order: Space or a digit gives the next place, again takes it away", n)
	case f.Min == f.Max:
		return fmt.Sprintf("Pick exactly %d", f.Min)
	case f.Min == 0 && f.Max >= n:
		return "Pick any number, or none"
	case f.Min == 0:
		return fmt.Sprintf("Pick up to %d, or none", f.Max)
	case f.Max >= n:
		return fmt.Sprintf("Pick %d or more", f.Min)
	}
	return fmt.Sprintf("Pick %d to %d", f.Min, f.Max)
}
