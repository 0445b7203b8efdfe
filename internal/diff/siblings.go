package diff

import (
	"slices"

	"github.com/rolefit/rolefit/internal/quiz"
)

// siblings are things of one kind that both versions have in an order, each with an id.
type siblings[T any] struct {
	where, kind string
	id          func(T) string
	old, new    []T
	list        func(*quiz.Quiz) *[]T // where a quiz keeps them
}

// pairs calls visit for those that both versions have.
func (s siblings[T]) pairs(visit func(a, b T)) {
	for _, b := range s.new {
		if i := s.find(s.old, s.id(b)); i >= 0 {
			visit(s.old[i], b)
		}
	}
}

// lists notes what is new, what is gone and what stands in another order; mark says more of each.
func (s siblings[T]) lists(l *lister, mark func(c *Change, gone bool)) {
	for _, one := range s.new {
		if s.find(s.old, s.id(one)) < 0 {
			mark(l.scored(Change{Where: s.named(one), What: "is new"},
				func(q *quiz.Quiz) { *s.list(q) = s.with(*s.list(q), one) }), false)
		}
	}
	for _, one := range s.old {
		if id := s.id(one); s.find(s.new, id) < 0 {
			mark(l.scored(Change{Where: s.named(one), What: "is gone", Intended: slices.Contains(l.new.Retired, id)},
				func(q *quiz.Quiz) { *s.list(q) = s.without(*s.list(q), id) }), true)
		}
	}
	if !slices.Equal(s.shared(s.old, s.new), s.shared(s.new, s.old)) {
		l.scored(Change{Where: s.where, What: "order of the " + s.kind + "s"},
			func(q *quiz.Quiz) { *s.list(q) = s.ordered(*s.list(q)) })
	}
}

// unmarked is the mark of what no stored answer names: none.
func unmarked(*Change, bool) {}

func (s siblings[T]) named(one T) string { return join(s.where, named(s.kind, s.id(one))) }

func join(where, part string) string {
	if where == "" {
		return part
	}
	return where + ", " + part
}

func (s siblings[T]) find(all []T, id string) int {
	return slices.IndexFunc(all, func(one T) bool { return s.id(one) == id })
}

// shared lists the ids of those that others has too.
func (s siblings[T]) shared(all, others []T) []string {
	var ids []string
	for _, one := range all {
		if id := s.id(one); s.find(others, id) >= 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

func (s siblings[T]) without(all []T, id string) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return s.id(one) == id })
}

// with puts one in where it stands in the new version: behind the last of those
// before it that are there.
func (s siblings[T]) with(all []T, one T) []T {
	at := 0
	for _, sibling := range s.new[:s.find(s.new, s.id(one))] {
		at = max(at, s.find(all, s.id(sibling))+1)
	}
	return slices.Insert(slices.Clone(all), at, one)
}

// ordered sorts those that both versions have as the new one does; others keep their places.
func (s siblings[T]) ordered(all []T) []T {
	var common []T
	for _, one := range s.new {
		if i := s.find(all, s.id(one)); i >= 0 {
			common = append(common, all[i])
		}
	}
	sorted := slices.Clone(all)
	for i, one := range all {
		if s.find(s.new, s.id(one)) >= 0 {
			sorted[i], common = common[0], common[1:]
		}
	}
	return sorted
}
