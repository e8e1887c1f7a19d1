package tabular

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
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

// Problem is something about a row that a person should know: why it was refused, or a warning about an answer.
type Problem struct {
	Line    int    `json:"line"`             // in the file, counted from 1
	Column  string `json:"column,omitempty"` // of the file; the kind and the question's path where no column is to blame
	Message string `json:"message"`
	More    int    `json:"more,omitempty"` // later rows of which the same is to be said
}

// String says where and what.
func (p Problem) String() string {
	where := fmt.Sprintf("line %d", p.Line)
	switch {
	case p.More == 1:
		where += " and 1 more"
	case p.More > 1:
		where += fmt.Sprintf(" and %d more", p.More)
	}
	if p.Column != "" {
		where += ", " + p.Column
	}
	return where + ": " + p.Message
}

// rowReader turns rows into mapped records. What it read is valid until the next row.
type rowReader struct {
	plan    *plan
	warn    func(Problem)
	records []mapped // one a kind
	keys    []string
}

// read maps one row to one record a kind; ok is false, with the reason, where the row must be refused.
func (r *rowReader) read(row Row) (refused Problem, ok bool) {
	if row.Problem != "" {
		return Problem{Line: row.Line, Message: row.Problem}, false
	}
	r.begin()
	for k, rp := range r.plan.records {
		m := &r.records[k]
		id, problem := r.identify(rp, row)
		if problem.Message != "" {
			return problem, false
		}
		m.record, m.line = id, row.Line
		for i, b := range rp.bindings {
			value, problem := r.value(b, row)
			if problem.Message != "" {
				return problem, false
			}
			m.values[i] = value
		}
	}
	return Problem{}, true
}

// begin makes room for the records of a row, once.
func (r *rowReader) begin() {
	if r.records != nil {
		return
	}
	r.records = make([]mapped, len(r.plan.records))
	for k, rp := range r.plan.records {
		r.records[k].values = make([]record.Value, len(rp.bindings))
	}
}

// identify makes the record's id of the key columns, none of which may be blank.
func (r *rowReader) identify(rp *recordPlan, row Row) (record.ID, Problem) {
	r.keys = r.keys[:0]
	for i, place := range rp.keys {
		key := strings.TrimSpace(row.Cells[place])
		if key == "" {
			return record.ID{}, Problem{Line: row.Line, Column: rp.Key[i], Message: "the key is blank, so it cannot be told which record the row is"}
		}
		r.keys = append(r.keys, key)
	}
	return record.RegisterID(r.plan.mapping.Source, rp.Kind, r.keys...), Problem{}
}

func (r *rowReader) value(b *binding, row Row) (record.Value, Problem) {
	if b.column < 0 {
		return record.Text(r.records[b.refers].record.String()), Problem{}
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

// field is one answer that a kind's records have from the file: a constant, or what a binding reads.
type field struct {
	path     record.Path
	binding  int // place among the bindings, -1 for a constant
	quality  record.Quality
	constant record.Answer
}

// answer returns the field's answer in a row; blank where the row says nothing.
func (f *field) answer(m *mapped) record.Answer {
	if f.binding < 0 {
		return f.constant
	}
	value := m.values[f.binding]
	if value.IsZero() {
		return record.Answer{}
	}
	return record.Answer{Value: value, Quality: f.quality}
}

// answers returns the record's answers by path, constants included and blanks left out.
func (rp *recordPlan) answers(m *mapped) map[record.Path]record.Answer {
	out := make(map[record.Path]record.Answer, len(rp.fields)+8) // room for what is calculated
	for i := range rp.fields {
		if a := rp.fields[i].answer(m); !a.Blank() {
			out[rp.fields[i].path] = a
		}
	}
	return out
}

// hash is the SHA-256 of the mapped row: of every answer with its path, in order, blanks left out. Equal hashes of two
// imports mean that the source said the same, so that it must not be changed between versions without need: the first
// import after such a change compares every record with its history.
func (rp *recordPlan) hash(m *mapped) record.Hash {
	text := make([]byte, 0, 1024)
	for i := range rp.fields {
		a := rp.fields[i].answer(m)
		if a.Blank() {
			continue
		}
		text = append(text, byte(a.Value.Kind()), byte(a.Status), byte(a.Quality))
		text = pack(text, []string{string(rp.fields[i].path)})
		if a.Value.Kind() == record.ListValue {
			items := a.Value.Items()
			text = pack(binary.AppendUvarint(text, uint64(len(items))), items)
			continue
		}
		text = pack(text, []string{a.Value.String()})
	}
	return sha256.Sum256(text)
}

// fold brings a text to the form in which texts are compared; signs alone, such as "-", stay as they are.
func fold(text string) string {
	if folded := codes.Fold(text); folded != "" {
		return folded
	}
	return strings.TrimSpace(text)
}
