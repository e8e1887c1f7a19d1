package tabular

import (
	"encoding/binary"
	"fmt"

	"coopatlas/data/record"
)

// gathered is what the first reading of a file found of one kind. A file may have a million rows, so it keeps no more
// than the second reading cannot find again: the line of each key, and of records that several rows describe their
// cells, packed into one string each.
type gathered struct {
	plan    *recordPlan
	lines   map[record.ID]int32 // of the kinds whose key stands on one row
	sheaves map[record.ID]sheaf // of the others
	scratch []byte
	cells   []string
}

// sheaf is what the rows of one record say together.
type sheaf struct {
	line  int32  // the first of them
	cells string // packed, in the order of the plan's bindings
}

func newGathered(rp *recordPlan) gathered {
	g := gathered{plan: rp, cells: make([]string, len(rp.bindings))}
	if rp.Repeated {
		g.sheaves = map[record.ID]sheaf{}
	} else {
		g.lines = map[record.ID]int32{}
	}
	return g
}

func (g *gathered) count() int { return len(g.lines) + len(g.sheaves) }

// unrepeated refuses a key that an earlier row has had.
func (g *gathered) unrepeated(m *mapped) (Problem, bool) {
	if first, taken := g.lines[m.record]; taken {
		return Problem{Line: m.line, Column: g.plan.Key[0], Message: fmt.Sprintf("the row repeats the key of line %d; if the register repeats such rows, say `repeated: true` in the mapping", first)}, false
	}
	return Problem{}, true
}

// take notes a row. Of records that several rows describe the last cell that is not blank counts.
func (g *gathered) take(row Row, m *mapped) {
	if !g.plan.Repeated {
		g.lines[m.record] = int32(m.line)
		return
	}
	for i, b := range g.plan.bindings {
		switch {
		case m.values[i].IsZero():
			g.cells[i] = ""
		case b.column < 0:
			g.cells[i] = m.values[i].String()
		default:
			g.cells[i] = row.Cells[b.column]
		}
	}
	g.scratch = pack(g.scratch[:0], g.cells)
	known, met := g.sheaves[m.record]
	switch {
	case !met:
		known.line = int32(m.line)
	case known.cells == string(g.scratch):
		return
	default:
		for i, earlier := range unpack(known.cells, len(g.cells)) {
			if g.cells[i] == "" {
				g.cells[i] = earlier
			}
		}
		g.scratch = pack(g.scratch[:0], g.cells)
	}
	known.cells = string(g.scratch)
	g.sheaves[m.record] = known
}

// give returns what was gathered of a record and forgets it; nil where it was given before.
func (g *gathered) give(id record.ID) *mapped {
	known, ok := g.sheaves[id]
	if !ok {
		return nil
	}
	delete(g.sheaves, id)
	m := &mapped{record: id, line: int(known.line), values: make([]record.Value, len(g.plan.bindings))}
	for i, text := range unpack(known.cells, len(m.values)) {
		b := g.plan.bindings[i]
		switch {
		case text == "":
		case b.column < 0:
			m.values[i] = record.Text(text)
		default:
			c, _ := b.cached(text) // it could be read before
			m.values[i] = c.value
		}
	}
	return m
}

// pack appends texts with their lengths before them.
func pack(to []byte, texts []string) []byte {
	for _, text := range texts {
		to = binary.AppendUvarint(to, uint64(len(text)))
		to = append(to, text...)
	}
	return to
}

// unpack returns n texts that were packed.
func unpack(packed string, n int) []string {
	texts := make([]string, n)
	for i := range texts {
		length, width := uvarint(packed)
		texts[i], packed = packed[width:width+length], packed[width+length:]
	}
	return texts
}

func uvarint(text string) (n, width int) {
	for shift := 0; ; shift += 7 {
		b := text[width]
		width++
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n, width
		}
	}
}
