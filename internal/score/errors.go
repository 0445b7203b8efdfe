package score

import (
	"fmt"
	"strings"

	"github.com/rolefit/rolefit/internal/quiz"
)

// Incomplete says that a sheet answers too few of the questions it was shown.
type Incomplete struct {
	Quiz            *quiz.Quiz
	Missing         []string // ids of required questions without an answer
	Answered, Shown int      // of the scored questions
}

// Error implements error.
func (e *Incomplete) Error() string {
	return fmt.Sprintf("%d of %d scored questions are answered, and %d%% are needed; missing: %s",
		e.Answered, e.Shown, e.Quiz.Scoring.MinComplete, strings.Join(e.Missing, ", "))
}

// Unscorable says that a sheet measures nothing that a role asks for.
type Unscorable struct{ Role *quiz.Role }

// Error implements error.
func (e *Unscorable) Error() string {
	return fmt.Sprintf("the answers measure nothing that the role %q asks for, so the roles cannot be compared", e.Role.ID)
}
