package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path"
	"strconv"
	"strings"
)

// book is an XLSX file: parts in a zip, which point to one another by relationships.
type book struct {
	file     *os.File
	named    bool // the file has to be removed: the system could not do that while it is open
	most     limits
	left     int64                // how many bytes may still be unzipped
	parts    map[string]*zip.File // by partName
	sheets   []listed             // the worksheets, in order
	date1904 bool                 // days are counted from 1904, not from 1900
	texts    string               // the part with the shared strings
	shared   []string             // nil: they have not been read
	styles   []format             // the number format of each cell style
}

// listed is a worksheet that the workbook names.
type listed struct{ name, part string }

// partName is a name as parts are looked up by: some programs differ in case and slashes.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// read finds out what there is in a file of that size.
func (b *book) read(size int64) error {
	from := &boundedAt{from: b.file, left: maxDirectory}
	z, err := zip.NewReader(from, size)
	if err != nil {
		return err
	}
	from.left = math.MaxInt64 // what is unzipped is counted
	b.parts = make(map[string]*zip.File, len(z.File))
	for _, f := range z.File {
		b.parts[partName(f.Name)] = f
	}
	root, err := b.relations("")
	if err != nil {
		return err
	}
	for _, one := range root {
		if one.kind == "officeDocument" {
			return b.workbook(one.part)
		}
	}
	return errors.New("it has no workbook")
}

// boundedAt bounds how many bytes are read.
type boundedAt struct {
	from io.ReaderAt
	left int64
}

func (b *boundedAt) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, tooMuch("has too many parts")
	}
	return b.from.ReadAt(p, at)
}

// relation is how one part points to another.
type relation struct{ id, kind, part string }

// relations are those of a part, or those of the file for "".
func (b *book) relations(of string) (all []relation, err error) {
	dir, name := path.Split(of)
	err = b.elements(dir+"_rels/"+name+".rels", func(_ string, e xml.StartElement) error {
		to := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
		if !path.IsAbs(to) {
			to = path.Join(dir, to)
		}
		all = append(all, relation{attr(e, "Id"), path.Base(attr(e, "Type")), to})
		return nil
	})
	return all, err
}

// workbook reads the part that lists the worksheets, and the number formats.
func (b *book) workbook(name string) error {
	related, err := b.relations(name)
	if err != nil {
		return err
	}
	b.texts = path.Join(path.Dir(name), "sharedStrings.xml")
	sheets := make(map[string]string) // parts by the id of the relation to them
	for _, one := range related {
		switch one.kind {
		case "worksheet":
			sheets[one.id] = one.part
		case "sharedStrings":
			b.texts = one.part
		case "styles":
			if err := b.readStyles(one.part); err != nil {
				return err
			}
		}
	}
	return b.elements(name, func(around string, e xml.StartElement) error {
		switch {
		case e.Name.Local == "workbookPr":
			b.date1904 = isTrue(attr(e, "date1904"))
		case e.Name.Local == "sheet" && around == "sheets":
			if part := sheets[attr(e, "id")]; part != "" { // the others are charts
				b.sheets = append(b.sheets, listed{attr(e, "name"), part})
			}
		}
		return nil
	})
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// readStyles reads the number formats of the cells' styles.
func (b *book) readStyles(name string) error {
	codes, read := make(map[string]string), make(map[string]format)
	for id, code := range builtIn {
		codes[strconv.Itoa(id)] = code
	}
	return b.elements(name, func(around string, e xml.StartElement) error {
		switch id := attr(e, "numFmtId"); {
		case e.Name.Local == "numFmt" && around == "numFmts":
			codes[id] = attr(e, "formatCode")
		case e.Name.Local == "xf" && around == "cellXfs":
			if _, done := read[id]; !done {
				read[id] = parseFormat(codes[id])
			}
			b.styles = append(b.styles, read[id])
		}
		return nil
	})
}
