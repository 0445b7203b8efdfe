package quiz

import "iter"

// Alternatives yields every allowed answer, each once and always in the same
// order: by how many entries are picked, then by the entries in file order.
// The slice is reused: copy it to keep it.
func (f Form) Alternatives() iter.Seq[Answer] {
	return func(yield func(Answer) bool) {
		for size := f.Min; size <= f.Max; size++ {
			p := picker{n: len(f.IDs), size: size, ordered: f.Ordered, yield: yield, used: make([]bool, len(f.IDs))}
			if !p.walk(make(Answer, 0, size), 0) {
				return
			}
		}
	}
}

// Count returns the number of allowed answers.
func (f Form) Count() int {
	total := 0
	for size := f.Min; size <= f.Max; size++ {
		ways := 1
		for i := range size {
			ways *= len(f.IDs) - i
			if !f.Ordered {
				ways /= i + 1
			}
		}
		total += ways
	}
	return total
}

type picker struct {
	n, size int
	ordered bool
	used    []bool
	yield   func(Answer) bool
}

func (p *picker) walk(picks Answer, from int) bool {
	if len(picks) == p.size {
		return p.yield(picks)
	}
	for i := from; i < p.n; i++ {
		if p.used[i] {
			continue
		}
		p.used[i] = true
		next := i + 1
		if p.ordered {
			next = 0
		}
		if !p.walk(append(picks, i), next) {
			return false
		}
		p.used[i] = false
	}
	return true
}
