package tabular

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/codes"
	"coopatlas/data/record"
)

// mapped is what a row says of one record: one value a binding, in the order of the plan's bindings.
type mapped struct {
	record record.ID
	line   int
	values []record.Value
}

// Problem is something about one row that a person should know: why it was refused, or a warning about an answer.
type Problem struct {
	Line    int    // in the file, counted from 1
	Column  string // of the file, or the path of the question where no column is to blame
	Message string
}

// String says where and what.
func (p Problem) String() string {
	if p.Column == "" {
		return fmt.Sprintf("line %d: %s", p.Line, p.Message)
	}
	return fmt.Sprintf("line %d, %s: %s", p.Line, p.Column, p.Message)
}

// rowReader turns rows into mapped records.
type rowReader struct {
	plan *plan
	warn func(Problem)
}

// read maps one row to one record a kind; ok is false, with the reason, where the row must be refused.
func (r *rowReader) read(row Row) (records []mapped, refused Problem, ok bool) {
	if row.Problem != "" {
		return nil, Problem{Line: row.Line, Message: row.Problem}, false
	}
	byKind := make(map[string]record.ID, len(r.plan.records))
	for _, rp := range r.plan.records {
		id, problem := rp.identify(r.plan.mapping.Source, row)
		if problem.Message != "" {
			return nil, problem, false
		}
		byKind[rp.Kind] = id
		m := mapped{record: id, line: row.Line, values: make([]record.Value, len(rp.bindings))}
		for i, b := range rp.bindings {
			value, problem := r.value(b, row, byKind)
			if problem.Message != "" {
				return nil, problem, false
			}
			m.values[i] = value
		}
		records = append(records, m)
	}
	return records, Problem{}, true
}

// identify makes the record's id of the key columns, none of which may be blank.
func (rp *recordPlan) identify(source string, row Row) (record.ID, Problem) {
	keys := make([]string, len(rp.keys))
	for i, place := range rp.keys {
		keys[i] = strings.TrimSpace(row.Cells[place])
		if keys[i] == "" {
			return record.ID{}, Problem{Line: row.Line, Column: rp.Key[i], Message: "the key is blank, so it cannot be told which record the row is"}
		}
	}
	return record.RegisterID(source, rp.Kind, keys...), Problem{}
}

func (r *rowReader) value(b *binding, row Row, byKind map[string]record.ID) (record.Value, Problem) {
	if b.column < 0 {
		return record.Text(byKind[b.rule.Record].String()), Problem{}
	}
	c, err := b.cached(row.Cells[b.column])
	if err != nil {
		problem := Problem{Line: row.Line, Column: b.name, Message: err.Error()}
		if b.rule.Unknown != "blank" {
			return record.Value{}, problem
		}
		problem.Message += "; left blank"
		r.warn(problem)
		return record.Value{}, Problem{}
	}
	if c.warning != "" {
		r.warn(Problem{Line: row.Line, Column: b.name, Message: c.warning})
	}
	return c.value, Problem{}
}

// cacheLimit bounds how many readings of cells a binding remembers: registers repeat names of countries and sectors.
const cacheLimit = 4096

func (b *binding) cached(text string) (cell, error) {
	if len(b.choiceNames)+len(b.values) == 0 {
		return b.answer(text)
	}
	if c, ok := b.readings[text]; ok {
		return c, nil
	}
	c, err := b.answer(text)
	if err == nil && len(b.readings) < cacheLimit {
		b.readings[strings.Clone(text)] = c
	}
	return c, err
}

// answers returns the record's answers by path, constants included and blanks left out.
func (rp *recordPlan) answers(m mapped) map[record.Path]record.Answer {
	out := maps.Clone(rp.constants)
	for i, b := range rp.bindings {
		if !m.values[i].IsZero() {
			out[b.path] = record.Answer{Value: m.values[i], Quality: b.quality}
		}
	}
	return out
}

// hash is the SHA-256 of the mapped row: of every answer with its path, in order, blanks left out.
func hash(answers map[record.Path]record.Answer) record.Hash {
	h := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(answers)) {
		a := answers[path]
		value := a.Value.Canonical()
		var head [10]byte
		binary.BigEndian.PutUint32(head[0:], uint32(len(path)))
		binary.BigEndian.PutUint32(head[4:], uint32(len(value)))
		head[8], head[9] = byte(a.Status), byte(a.Quality)
		h.Write(head[:])
		h.Write([]byte(path))
		h.Write(value)
	}
	return record.Hash(h.Sum(nil))
}

// merge lays a later row of the same record over what earlier rows said: the last cell that is not blank counts.
func (m *mapped) merge(later mapped) {
	for i, value := range later.values {
		if !value.IsZero() {
			m.values[i] = value
		}
	}
}

// fold brings a text to the form in which texts are compared; signs alone, such as "-", stay as they are.
func fold(text string) string {
	if folded := codes.Fold(text); folded != "" {
		return folded
	}
	return strings.TrimSpace(text)
}
