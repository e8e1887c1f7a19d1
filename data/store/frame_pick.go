package store

import (
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/indicator"
)

// pick finds the column of a question that feeds no concept, by its path, or that of its qualities or statuses; picked
// says whether there is one. What is personal, a file or free text can be no figure, nor can what lies in a repeat.
func (t *frameTable) pick(name string) (c *frameColumn, picked bool) {
	path := name
	for _, before := range [...]string{"quality:", "status:"} {
		path = strings.TrimPrefix(path, before)
	}
	if t.repeat != "" {
		return nil, false
	}
	_, home := t.kind.column(path)
	if home == nil || home.question.Concept != "" || home.question.repeat != "" || home.kept == asText && home.question.Type.Storage() == form.StoreText {
		return nil, false
	}
	for _, c := range home.shown(path) {
		if c.name == name {
			return c, true
		}
	}
	return nil, false
}

// Questions lists the paths of the questions that a frame shows by path, because they feed no concept, of a kind.
func (f *Frame) Questions(kind string) []string {
	var out []string
	if t := f.tables[kind]; t != nil {
		for _, path := range t.kind.paths {
			if _, picked := t.pick(path); picked {
				out = append(out, path)
			}
		}
	}
	return out
}

// readPicked makes a column from the derived rows, which takes longer than from chunks: nobody knew that it would be
// asked for.
func (f *Frame) readPicked(t *frozen, c *frameColumn) (*indicator.Column, error) {
	values, valid, texts := make([]int64, t.total), indicator.NewBits(t.total), map[int64]string{}
	b := newChunkBuilder(view{f.tx}, &frameTable{name: t.name, kind: t.kind, columns: []*frameColumn{c}})
	b.codes[0] = map[string]int64{}
	b.added = func(_ *frameColumn, code int64, text string) error {
		texts[code] = text
		return nil
	}
	for _, chunk := range t.chunks {
		if err := b.read(chunk[0]); err != nil {
			return nil, err
		}
		start := t.starts[chunk[0]]
		for i, v := range b.columns[0].values[:min(len(b.columns[0].values), int(chunk[1]))] {
			if b.columns[0].valid.Get(i) {
				values[start+i] = v
				valid.Set(start + i)
			}
		}
	}
	out := t.within(c, values, valid)
	if c.refers {
		return out, f.nameRecords(out, false)
	}
	if c.kind == indicator.Code {
		nameBy(out, texts)
	}
	return out, nil
}

// alsoOf lists, of names of columns, those of questions of a kind that a frame shows by path.
func (f *Frame) alsoOf(kind string, names []string) []*frameColumn {
	var out []*frameColumn
	t := f.tables[kind]
	for _, name := range names {
		c, picked := t.pick(name)
		if picked && !slices.ContainsFunc(out, func(have *frameColumn) bool { return have.name == name }) {
			out = append(out, c.questions[0].shown(name)...)
		}
	}
	return out
}
