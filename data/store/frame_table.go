package store

import (
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// chunkRows is how many rows of a kind one chunk of a column covers.
const chunkRows = 4096

// frameTable is a kind, or a repeat of one, as a frame shows it.
type frameTable struct {
	name    string // "mapping", or "cooperative.links" for a repeat
	kind    *kind
	repeat  string
	columns []*frameColumn
}

// frameColumn is one column of a frame, and what of the derived rows it is made of.
type frameColumn struct {
	name      string // the concept
	kind      indicator.ColumnKind
	scale     uint8
	from      origin
	questions []*column // that feed the concept, of the newest form first
	refers    bool      // values are keys of records
}

// origin says where the values of a frame's column come from.
type origin uint8

const (
	ofAnswer origin = iota
	ofQuality
	ofStatus
	ofRow // a fixed column of the row
)

// The columns that every table of a frame has. Those with a point are the frame's own: whether a row takes part, when
// it was changed, and the row of a repeat's owner.
const (
	columnRecord  = "record"
	columnState   = "state"
	columnPublic  = "public"
	columnUse     = ".use"
	columnChanged = ".changed"
	columnOwner   = ".row"
)

// frameTables says what tables a kind gives in a frame: its own, and one for each repeat with a concept in it. A kind
// that feeds no concept gives none: its records are no part of any frame.
func frameTables(k *kind) []*frameTable {
	feeds := func(t *table) bool {
		return slices.ContainsFunc(t.columns, func(c *column) bool { return c.question.Concept != "" })
	}
	if !slices.ContainsFunc(k.tables, feeds) {
		return nil
	}
	main := &frameTable{name: k.name, kind: k, columns: []*frameColumn{
		{name: columnRecord, kind: indicator.Code, from: ofRow, refers: true},
		{name: columnState, kind: indicator.Code, from: ofRow},
		{name: columnPublic, from: ofRow},
		{name: columnUse, from: ofRow},
		{name: columnChanged, from: ofRow},
	}}
	tables := []*frameTable{main}
	for _, t := range k.tables {
		own := main
		if t.repeat != "" {
			own = &frameTable{name: k.name + "." + lastName(t.repeat), kind: k, repeat: t.repeat, columns: []*frameColumn{
				{name: columnRecord, kind: indicator.Code, from: ofRow, refers: true},
				{name: columnOwner, from: ofRow},
			}}
			tables = append(tables, own)
		}
		for _, c := range t.columns {
			if c.question.Concept != "" {
				own.add(c)
			}
		}
	}
	return tables
}

func lastName(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

// add gives a question's concept its columns: the values, their quality and their status.
func (f *frameTable) add(c *column) {
	concept := c.question.Concept
	if have := f.column(concept); have != nil {
		if have.from == ofAnswer && have.kind == c.frameKind() && have.scale == c.scale && have.refers == (c.kept == asReference) {
			for _, name := range []string{concept, "quality:" + concept, "status:" + concept} {
				more := f.column(name)
				more.questions = append(more.questions, c)
			}
		}
		return
	}
	f.columns = append(f.columns, c.shown(concept)...)
}

// shown gives the columns that show a question under a name.
func (c *column) shown(name string) []*frameColumn {
	return []*frameColumn{
		{name: name, kind: c.frameKind(), scale: c.scale, refers: c.kept == asReference, questions: []*column{c}},
		{name: "quality:" + name, kind: indicator.Code, from: ofQuality, questions: []*column{c}},
		{name: "status:" + name, kind: indicator.Code, from: ofStatus, questions: []*column{c}},
	}
}

func (c *column) frameKind() indicator.ColumnKind {
	switch {
	case c.kept == asNumber:
		return indicator.Integer
	case c.kept == asDate || c.question.Type.Storage() == form.StoreDateTime:
		return indicator.Date
	}
	return indicator.Code
}

func (f *frameTable) column(name string) *frameColumn {
	for _, c := range f.columns {
		if c.name == name {
			return c
		}
	}
	return nil
}

// anchor is the column that every row of the table has a value in.
func (f *frameTable) anchor() string {
	if f.repeat != "" {
		return columnOwner
	}
	return columnUse
}

// takesPart tells whether a record of a state is in frames.
func (k *kind) takesPart(state record.Lifecycle) bool {
	return state.InFrame() || k.register && (state == record.Saved || state == record.Returned)
}
