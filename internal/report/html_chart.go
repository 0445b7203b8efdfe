package report

import (
	"fmt"
	"html/template"
	"math/big"
	"strconv"
	"strings"
)

// Charts are drawn in a box of 100 by 100 units at most that is stretched to its
// place, so nothing in them is text: the words and the figures stand beside them.

// rod is a rectangle of a chart.
type rod struct{ Class, X, Y, Width, Height string }

// rule is an upright line of a chart.
type rule struct{ Class, X, Top, Bottom string }

// barChart is one bar, on a track from 0 to 100.
type barChart struct {
	Rods  []rod
	Rules []rule
}

// barRow is one row of a table with bars.
type barRow struct {
	Name   template.HTML
	Words  template.HTML // below the name
	Figure string
	Bar    barChart
	Note   string // below the bar
}

// barTable is a chart of bars that is a table as well.
type barTable struct {
	Caption, Name, Unit, Chart string
	Rows                       []barRow
}

// units writes a length or a place of a drawing.
func units(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
}

// unitsOf does so for an exact figure. Nothing is decided by it.
func unitsOf(r *big.Rat) string {
	v, _ := r.Float64()
	return units(v)
}

// full draws a value from 0 to 100; nil draws an empty track.
func full(value *big.Rat, class string) barChart {
	if value == nil {
		return barChart{}
	}
	return barChart{Rods: []rod{{Class: class, X: "0", Width: unitsOf(value)}}}
}

// share draws a share of 1 with its interval, where it has one.
func share(value, low, high float64, class string) barChart {
	b := barChart{Rods: []rod{{Class: class, X: "0", Width: units(100 * value)}}}
	if low < high {
		b.Rods = append(b.Rods, rod{Class: "mark", X: units(100 * low), Width: "0.4"}, rod{Class: "mark", X: units(100*high - 0.4), Width: "0.4"})
	}
	return b
}

// diverging draws a value from the middle to the left or to the right; most is
// the largest of the chart.
func diverging(value, most *big.Rat, left bool, class string) barChart {
	b := barChart{Rules: []rule{{"rule", "50", "0", "10"}}}
	if most.Sign() == 0 {
		return b
	}
	size := new(big.Rat).Quo(new(big.Rat).Abs(value), most)
	width, _ := size.Float64()
	one := rod{Class: class, X: "50", Width: units(50 * width)}
	if left {
		one.X = units(50 - 50*width)
	}
	b.Rods = []rod{one}
	return b
}

// histogram is a chart of upright bars, side by side.
type histogram struct {
	Label string
	Rods  []rod
	Ends  []string // below it, from left to right
}

// tall is the height of a histogram's box.
const tall = 40

// newHistogram draws shares or counts; class says how bar i is filled.
func newHistogram(label string, heights []float64, ends []string, class func(i int) string) histogram {
	h := histogram{Label: label, Ends: ends}
	most := 0.0
	for _, v := range heights {
		most = max(most, v)
	}
	wide := 100 / float64(len(heights))
	for i, v := range heights {
		if v <= 0 {
			continue
		}
		height := max(v/most*tall, 0.4) // what is there is seen
		h.Rods = append(h.Rods, rod{class(i), units((float64(i) + 0.04) * wide), units(tall - height), units(0.92 * wide), units(height)})
	}
	return h
}

// keyed is a colour and what it stands for.
type keyed struct {
	Class string
	Name  template.HTML
}

// colours is how many there are for roles and hybrids; more take the first ones again.
const colours = 6

// colourOf is the class of an outcome: roles and then hybrids, as the quiz has them.
func colourOf(outcome int) string { return fmt.Sprintf("f%d", outcome%colours+1) }
