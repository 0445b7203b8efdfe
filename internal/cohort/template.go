package cohort

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/chance"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// Template writes the header row of a table for a quiz, and rows random but
// valid ones: the questions that conditions hide are left empty. The same seed
// gives the same rows.
func Template(w io.Writer, q *quiz.Quiz, rows int, seed int64) error {
	header := []string{"id"}
	for _, one := range q.Questions {
		header = append(header, one.ID)
	}
	if err := writeRow(w, header); err != nil {
		return err
	}
	if rows == 0 {
		return nil
	}
	s := newScorer(score.Compile(q))
	source := chance.New(seed, "template")
	digits := len(fmt.Sprint(rows))
	x := s.newSheet()
	for row := range rows {
		cells := []string{fmt.Sprintf("r%0*d", digits, row+1)}
		for i := range q.Questions {
			x.shown[i] = s.shown(x, i)
			x.chosen[i] = source.Below(len(s.c.Questions[i].Alternatives))
			cell := ""
			if x.shown[i] {
				cell = cellOf(q.Questions[i].Form(), s.c.Questions[i].Alternatives[x.chosen[i]])
			}
			cells = append(cells, cell)
		}
		if err := writeRow(w, cells); err != nil {
			return err
		}
	}
	return nil
}

// cellOf writes an answer as a cell: ids, several of them joined by ;.
func cellOf(form quiz.Form, a quiz.Answer) string {
	ids := make([]string, len(a))
	for i, pick := range a {
		ids[i] = form.IDs[pick]
	}
	return strings.Join(ids, ";")
}
