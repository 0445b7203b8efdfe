package bind

import (
	"fmt"
	"strconv"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/doc"
)

// SetSubjects names what each finding is in by ids, for those who follow a
// finding from one state of a file to the next.
func SetSubjects(file *doc.File, found diag.List) {
	if len(found) == 0 || file.Root == nil {
		return
	}
	l := locator{file: file, at: make(map[[2]int]string)}
	l.walk(file.Root, "")
	for i := range found {
		found[i].Subject = l.at[[2]int{found[i].Place.Line, found[i].Place.Column}]
	}
}

// locator finds the path of ids that leads to a place.
type locator struct {
	file *doc.File
	at   map[[2]int]string
}

// walk enters a node and what is in it. A key and its value have one path; the
// outermost of those that begin at a place is taken.
func (l *locator) walk(node *doc.Node, path string) {
	for _, span := range []doc.Span{node.Key, node.Span} {
		line, column := l.file.Position(span.Start)
		if _, taken := l.at[[2]int{line, column}]; !taken && path != "" && span != (doc.Span{}) {
			l.at[[2]int{line, column}] = path
		}
	}
	for _, key := range node.Keys {
		l.walkField(node.Fields[key], join(path, key))
	}
	for i, item := range node.Items {
		l.walk(item, join(path, strconv.Itoa(i)))
	}
}

// walkField goes on with a key's value. The tables of a list go by their ids,
// those of a test by their names, which stay when the list is put in another order.
func (l *locator) walkField(value *doc.Node, path string) {
	used := make(map[string]int)
	for i, item := range value.Items {
		name := strconv.Itoa(i)
		id := item.Fields["id"]
		if path == "persona" {
			id = item.Fields["name"]
		}
		if id != nil && id.Kind == doc.String && id.Str != "" {
			name = id.Str
		}
		if used[name]++; used[name] > 1 {
			name += fmt.Sprintf("~%d", used[name])
		}
		l.walk(item, join(path, name))
	}
	if value.Kind == doc.Array {
		value = &doc.Node{Key: value.Key, Span: value.Span}
	}
	l.walk(value, path)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
