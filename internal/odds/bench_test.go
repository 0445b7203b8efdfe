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
// scales, a dimension a role ("own"), four dimensions that all roles share, with
// items of weight 1 to 3 ("mixed"), or with items alike but a different number of them
// in each dimension, so that the ranges have no common factor ("uneven").
func BenchmarkGrowth(b *testing.B) {
	for _, roles := range []int{2, 3, 4, 5} {
		for _, questions := range []int{10, 24, 48, 60, 100} {
			for _, shape := range []string{"own", "mixed", "uneven"} {
				c := score.Compile(synthetic(roles, questions, shape))
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
func synthetic(roles, questions int, shape string) *quiz.Quiz {
	q := &quiz.Quiz{ID: "synthetic", Scoring: quiz.Scoring{Strong: 65, Moderate: 45, MinComplete: 100}}
	dims := 4
	if shape == "own" {
		dims = roles
	}
	for d := range dims {
		q.Dimensions = append(q.Dimensions, quiz.Dimension{ID: fmt.Sprint("d", d)})
	}
	for i := range questions {
		w, d := 1, i%dims
		if shape == "mixed" {
			w = 1 + i*7%3
		}
		if shape == "uneven" {
			d = unevenly(i, questions)
		}
		q.Questions = append(q.Questions, &quiz.Question{
			ID: fmt.Sprint("q", i), Kind: "scale", Labels: make([]string, 5), Measures: quiz.Points{fmt.Sprint("d", d): w},
		})
	}
	for r := range roles {
		weights := quiz.Points{fmt.Sprint("d", r%dims): 3}
		if shape != "own" {
			weights[fmt.Sprint("d", (r+1)%dims)] = 2
		}
		q.Roles = append(q.Roles, quiz.Role{ID: fmt.Sprint("r", r), Weights: weights})
	}
	q.Hybrids = []quiz.Hybrid{{ID: "h", Roles: []string{"r0", "r1"}, Margin: 10}}
	return q
}

// unevenly deals n items to four dimensions: 24 make 4, 5, 7 and 8; 60 make 13, 14, 16 and 17.
func unevenly(i, n int) int {
	for d, size := range []int{max(1, n/4-2), max(1, n/4-1), n/4 + 1} {
		if i < size {
			return d
		}
		i -= size
	}
	return 3
}
