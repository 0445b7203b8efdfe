package columns

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolefit/rolefit/internal/chance"
	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/rows"
	"github.com/rolefit/rolefit/internal/score"
)

// Template writes the header row of a table for a quiz, and people with random but
// valid ones: the questions that conditions hide are left empty. The same seed
// gives the same rows.
func Template(w io.Writer, q *quiz.Quiz, people int, seed int64) error {
	header := []string{"id"}
	for _, one := range q.Questions {
		header = append(header, one.ID)
	}
	if err := rows.WriteRow(w, header); err != nil {
		return err
	}
	if people == 0 {
		return nil
	}
	c := score.Compile(q)
	x := c.NewSheet()
	source := chance.New(seed, "template")
	digits := len(fmt.Sprint(people))
	for row := range people {
		for i, one := range c.Questions {
			x.Chosen[i] = source.Below(len(one.Alternatives))
		}
		c.Survey(x)
		cells := []string{fmt.Sprintf("r%0*d", digits, row+1)}
		for i, shown := range x.Shown {
			cell := ""
			if shown {
				cell = cellOf(q.Questions[i].Form(), c.Questions[i].Alternatives[x.Chosen[i]])
			}
			cells = append(cells, cell)
		}
		if err := rows.WriteRow(w, cells); err != nil {
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
