package odds

import (
	"fmt"
	"testing"

	"github.com/rolefit/rolefit/internal/quiz"
	"github.com/rolefit/rolefit/internal/score"
)

// BenchmarkBuiltIn is the whole of `rolefit odds` behind decoding.
//
//	go test -run '^$' -bench . -benchmem ./internal/odds
func BenchmarkBuiltIn(b *testing.B) {
	for _, name := range []string{"pm-po", "pm-po-quick"} {
		c := builtIn(b, name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if o, err := Of(c, DefaultLimits()); err != nil || !o.Exact {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkGrowth shows how cost grows with roles and questions: five-step
// scales, a dimension a role ("own"), or four dimensions shared by all roles
// with weights that have no common factor, and ranges that have none either
// ("mixed": as hard as such a quiz gets).
func BenchmarkGrowth(b *testing.B) {
	for _, roles := range []int{2, 3, 4, 5} {
		for _, questions := range []int{10, 24, 48, 60, 100} {
			for _, shape := range []string{"own", "mixed"} {
				c := score.Compile(synthetic(roles, questions, shape == "mixed"))
				b.Run(fmt.Sprintf("%s/roles=%d/questions=%d", shape, roles, questions), func(b *testing.B) {
					b.ReportAllocs()
					exact := 0.0
					for b.Loop() {
						o, err := Of(c, DefaultLimits())
						if err != nil {
							b.Fatal(err)
						}
						if o.Exact {
							exact = 1
						}
					}
					b.ReportMetric(exact, "exact")
				})
			}
		}
	}
}

// synthetic makes a quiz of five-step scales.
func synthetic(roles, questions int, mixed bool) *quiz.Quiz {
	q := &quiz.Quiz{ID: "synthetic", Scoring: quiz.Scoring{Strong: 65, Moderate: 45, MinComplete: 100}}
	dims := roles
	if mixed {
		dims = 4
	}
	for d := range dims {
		q.Dimensions = append(q.Dimensions, quiz.Dimension{ID: fmt.Sprint("d", d)})
	}
	for i := range questions {
		w := 1
		if mixed {
			w = 1 + i*7%3
		}
		q.Questions = append(q.Questions, &quiz.Question{
			ID: fmt.Sprint("q", i), Kind: "scale", Labels: make([]string, 5), Measures: quiz.Points{fmt.Sprint("d", i%dims): w},
		})
	}
	for r := range roles {
		weights := quiz.Points{fmt.Sprint("d", r%dims): 3}
		if mixed {
			weights[fmt.Sprint("d", (r+1)%dims)] = 2
		}
		q.Roles = append(q.Roles, quiz.Role{ID: fmt.Sprint("r", r), Weights: weights})
	}
	q.Hybrids = []quiz.Hybrid{{ID: "h", Roles: []string{"r0", "r1"}, Margin: 10}}
	return q
}
