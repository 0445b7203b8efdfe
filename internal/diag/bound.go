package diag

import "fmt"

// MostOfRule is how many findings of one rule are kept of one file: a hostile one
// has half a million. Each rule is cut by itself, so that none hides another.
const MostOfRule = 1000

// crowd is when a list that is still being made is thinned, so that it does
// not fill the memory first: all rules have room for what is kept of them.
const crowd = 100 * MostOfRule

// Add adds a finding, which may still be changed until the next one.
func (l *List) Add(f Finding) *Finding {
	if len(*l) >= crowd {
		*l = l.thin()
	}
	*l = append(*l, f)
	return &(*l)[len(*l)-1]
}

// Bound ends the making of a file's list: it is put in order, and the last
// that is kept of a rule says how many more there are.
func (l List) Bound() List {
	l.Sort()
	l = l.thin()
	for i := range l {
		if n := l[i].More; n > 0 {
			l[i].Message += fmt.Sprintf(" (and %d more of this sort in this file, which are not listed)", n)
		}
	}
	return l
}

// thin keeps the first findings of each rule and lets the last of them count the rest.
func (l List) thin() List {
	kept, last, more := l[:0], make(map[string]int), make(map[string]int)
	count := make(map[string]int)
	for _, f := range l {
		more[f.Rule] += f.More
		f.More = 0
		if count[f.Rule]++; count[f.Rule] > MostOfRule {
			more[f.Rule]++
			continue
		}
		last[f.Rule] = len(kept)
		kept = append(kept, f)
	}
	for rule, i := range last {
		kept[i].More = more[rule]
	}
	clear(l[len(kept):])
	return kept
}

// Count counts the findings by severity, with those that are not listed.
func (l List) Count() (errors, warnings int) {
	for _, f := range l {
		if f.Severity == Error {
			errors += 1 + f.More
		} else {
			warnings += 1 + f.More
		}
	}
	return errors, warnings
}
