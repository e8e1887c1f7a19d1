package record_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"coopatlas/data/record"
)

// line is one revision of a history written down in a test: its name, the names of its parents, and what it does.
type line struct {
	name    string
	parents string // names, one letter each
	op      record.Operation
	set     map[record.Path]int64
	add     []record.Path
	remove  []record.Path
	erase   []record.Path
	alias   record.ID
	origin  string
}

var subject = record.ID{1, 6: 0x70, 8: 0x80}

// write seals the lines of a history in order.
func write(t testing.TB, lines []line) (map[string]record.Revision, []record.Revision) {
	t.Helper()
	byName := map[string]record.Revision{}
	var all []record.Revision
	for i, l := range lines {
		r := record.Revision{Record: subject, Kind: "mapping", Form: "1", Operation: l.op, Time: time.Unix(int64(i), 0),
			Changes: record.Changes{Set: map[record.Path]record.Write{}, Add: l.add, Remove: l.remove, Erase: l.erase, Alias: l.alias}}
		if r.Operation == "" {
			r.Operation = record.Edit
		}
		for path, n := range l.set {
			r.Changes.Set[path] = record.Write{Answer: record.Answer{Value: record.Int(n)}}
		}
		if l.origin != "" {
			r.Changes.Origin = &record.Origin{Source: l.origin, Row: record.Hash{byte(i)}}
		}
		var parents []record.Parent
		for _, p := range l.parents {
			parents = append(parents, record.Parent{ID: byName[string(p)].ID, Depth: byName[string(p)].Depth})
		}
		sealed, err := r.Sealed(parents)
		if err != nil {
			t.Fatalf("%s: %v", l.name, err)
		}
		byName[l.name] = sealed
		all = append(all, sealed)
	}
	return byName, all
}

// said writes the fields of a state as "a=1 b=2!" with ! for a conflict and "erased" in place of an erased value.
func said(s record.State) string {
	var parts []string
	for path, field := range s.Fields {
		value := field.Value.String()
		if field.Status != record.Answered {
			value = field.Status.String()
		}
		if field.Conflict {
			value += "!"
		}
		parts = append(parts, fmt.Sprintf("%s=%s", path, value))
	}
	slices.Sort(parts)
	return fmt.Sprint(parts)
}

type fields = map[record.Path]int64

func TestStateOfFields(t *testing.T) {
	facts := []struct {
		name      string
		lines     []line
		fields    string
		lifecycle record.Lifecycle
		conflicts int
	}{
		{"nothing submitted", []line{{name: "a", set: fields{"x": 1}}}, "[x=1]", record.Saved, 0},
		{"a later write wins", []line{{name: "a", set: fields{"x": 1}}, {name: "b", parents: "a", set: fields{"x": 2}}}, "[x=2]", record.Saved, 0},
		{"different fields merge", []line{{name: "a", set: fields{"x": 1, "y": 1}}, {name: "b", parents: "a", set: fields{"x": 2}}, {name: "c", parents: "a", set: fields{"y": 3}}}, "[x=2 y=3]", record.Saved, 0},
		{"the same answer twice is one", []line{{name: "a", set: fields{"x": 1}}, {name: "b", parents: "a", set: fields{"x": 2}}, {name: "c", parents: "a", set: fields{"x": 2}}}, "[x=2]", record.Saved, 0},
		{"the next save settles it", []line{{name: "a"}, {name: "b", parents: "a", set: fields{"x": 2}}, {name: "c", parents: "a", set: fields{"x": 3}}, {name: "d", parents: "bc", set: fields{"x": 4}}}, "[x=4]", record.Saved, 0},
		{"the deeper write is shown", []line{{name: "a"}, {name: "b", parents: "a", set: fields{"x": 9}}, {name: "c", parents: "a", set: fields{"y": 1}}, {name: "d", parents: "c", set: fields{"x": 1}}}, "[x=1! y=1]", record.Saved, 1},
		{"merging writes nothing", []line{{name: "a"}, {name: "b", parents: "a", set: fields{"x": 2}}, {name: "c", parents: "a", set: fields{"x": 3}}, {name: "d", parents: "bc", set: fields{"y": 4}}}, "", record.Saved, 1},
		{"validated", []line{{name: "a", op: record.Submit, set: fields{"x": 1}}, {name: "b", parents: "a", op: record.Validate}}, "[x=1]", record.Validated, 0},
		{"a register's row", []line{{name: "a", op: record.Validate, set: fields{"x": 1}, origin: "r"}}, "[x=1]", record.Validated, 0},
		{"an edit after validation", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Validate}, {name: "c", parents: "b", set: fields{"x": 1}}}, "[x=1]", record.Submitted, 0},
		{"an edit beside validation", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Validate}, {name: "c", parents: "a", set: fields{"x": 1}}}, "[x=1]", record.Submitted, 0},
		{"validated again over both", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Validate}, {name: "c", parents: "a", set: fields{"x": 1}}, {name: "d", parents: "bc", op: record.Validate}}, "[x=1]", record.Validated, 0},
		{"locked", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Validate}, {name: "c", parents: "b", op: record.Lock}}, "[]", record.Locked, 0},
		{"reopened", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Lock}, {name: "c", parents: "b", op: record.Reopen}}, "[]", record.Submitted, 0},
		{"returned and being mended", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Return}, {name: "c", parents: "b", set: fields{"x": 1}}}, "[x=1]", record.Returned, 0},
		{"returned and submitted again", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Return}, {name: "c", parents: "b", op: record.Submit, set: fields{"x": 1}}}, "[x=1]", record.Submitted, 0},
		{"returned by one, validated by another", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Return}, {name: "c", parents: "a", op: record.Validate}}, "[]", record.Submitted, 0},
		{"deleted", []line{{name: "a", set: fields{"x": 1}}, {name: "b", parents: "a", op: record.Delete}}, "[x=1]", record.Deleted, 0},
		{"deleted beside an edit", []line{{name: "a"}, {name: "b", parents: "a", op: record.Delete}, {name: "c", parents: "a", set: fields{"x": 1}}}, "[x=1]", record.Saved, 1},
		{"restored", []line{{name: "a", op: record.Submit}, {name: "b", parents: "a", op: record.Delete}, {name: "c", parents: "b", op: record.Restore}}, "[]", record.Submitted, 0},
		{"erased", []line{{name: "a", set: fields{"p/x": 1, "y": 1}}, {name: "b", parents: "a", op: record.Erase, erase: []record.Path{"p"}}}, "[p/x=erased y=1]", record.Saved, 0},
		{"erased beside a write", []line{{name: "a"}, {name: "b", parents: "a", op: record.Erase, erase: []record.Path{"x"}}, {name: "c", parents: "a", set: fields{"x": 1}}}, "[x=erased]", record.Saved, 0},
		{"written again after erasure", []line{{name: "a", set: fields{"x": 1}}, {name: "b", parents: "a", op: record.Erase, erase: []record.Path{""}}, {name: "c", parents: "b", set: fields{"x": 2}}}, "[x=2]", record.Saved, 0},
		{"erased one and written one", []line{{name: "a"}, {name: "b", parents: "a", op: record.Erase, erase: []record.Path{"x"}}, {name: "c", parents: "a", set: fields{"x": 1}}, {name: "d", parents: "b", set: fields{"x": 2}}}, "[x=2]", record.Saved, 0},
		{"validation survives erasure", []line{{name: "a", op: record.Validate, set: fields{"x": 1}}, {name: "b", parents: "a", op: record.Erase, erase: []record.Path{"x"}}}, "[x=erased]", record.Validated, 0},
	}
	for _, fact := range facts {
		_, all := write(t, fact.lines)
		s := record.Merge(all)
		if got := said(s); fact.fields != "" && got != fact.fields || s.Lifecycle != fact.lifecycle || len(s.Conflicts) != fact.conflicts {
			t.Errorf("%s: %s %s with %d conflicts; want %s %s with %d", fact.name, got, s.Lifecycle, len(s.Conflicts), fact.fields, fact.lifecycle, fact.conflicts)
		}
	}
}

func TestStateOfRows(t *testing.T) {
	row := record.Path("votes").Row(record.ID{2, 6: 0x70, 8: 0x80})
	other := record.Path("votes").Row(record.ID{3, 6: 0x70, 8: 0x80})
	add := line{name: "a", add: []record.Path{row, other}, set: fields{row + "/share": 1}}
	facts := []struct {
		name      string
		lines     []line
		rows      int
		fields    string
		conflicts int
	}{
		{"added", []line{add}, 2, "", 0},
		{"removed", []line{add, {name: "b", parents: "a", remove: []record.Path{row}}}, 1, "[]", 0},
		{"removed twice", []line{add, {name: "b", parents: "a", remove: []record.Path{row}}, {name: "c", parents: "a", remove: []record.Path{row}}}, 1, "[]", 0},
		{"removed beside a change", []line{add, {name: "b", parents: "a", remove: []record.Path{row}}, {name: "c", parents: "a", set: fields{row + "/share": 2}}}, 2, "", 1},
		{"decided to keep", []line{add, {name: "b", parents: "a", remove: []record.Path{row}}, {name: "c", parents: "a", set: fields{row + "/share": 2}}, {name: "d", parents: "bc", add: []record.Path{row}}}, 2, "", 0},
		{"decided to remove", []line{add, {name: "b", parents: "a", remove: []record.Path{row}}, {name: "c", parents: "a", set: fields{row + "/share": 2}}, {name: "d", parents: "bc", remove: []record.Path{row}}}, 1, "[]", 0},
	}
	for _, fact := range facts {
		_, all := write(t, fact.lines)
		s := record.Merge(all)
		if got := said(s); len(s.Rows["votes"]) != fact.rows || fact.fields != "" && got != fact.fields || len(s.Conflicts) != fact.conflicts {
			t.Errorf("%s: %d rows, %s, %v; want %d, %s, %d conflicts", fact.name, len(s.Rows["votes"]), got, s.Conflicts, fact.rows, fact.fields, fact.conflicts)
		}
	}
}

func TestConflictShowsEveryAnswerOnce(t *testing.T) {
	byName, all := write(t, []line{{name: "a"}, {name: "b", parents: "a", set: fields{"x": 1}}, {name: "c", parents: "a", set: fields{"x": 2}}, {name: "d", parents: "a", set: fields{"x": 1}}})
	s := record.Merge(append(all, all...))
	if len(s.Conflicts) != 1 || len(s.Conflicts[0].Writes) != 2 || len(s.Conflicts[0].Revisions) != 3 {
		t.Fatalf("conflicts: %+v", s.Conflicts)
	}
	c := s.Conflicts[0]
	if c.Kind != record.FieldConflict || c.Path != "x" || !c.Writes[1].Equal(s.Fields["x"].Write) {
		t.Errorf("the answer shown is not the last of %+v", c)
	}
	greatest := slices.MaxFunc([]record.Revision{byName["b"], byName["c"], byName["d"]}, func(a, b record.Revision) int { return a.ID.Compare(b.ID) })
	if s.Fields["x"].Revision != greatest.ID {
		t.Error("shown is not the answer of the greatest (depth, id)")
	}
}

func TestMissingParents(t *testing.T) {
	byName, _ := write(t, []line{{name: "a", set: fields{"x": 1}}, {name: "b", parents: "a", set: fields{"x": 2}}, {name: "c", parents: "b", set: fields{"x": 3}}})
	h := record.NewHistory([]record.Revision{byName["a"], byName["c"]})
	s := h.State()
	if said(s) != "[x=1]" || len(h.Pending) != 1 || !slices.Equal(s.Missing, []record.Hash{byName["b"].ID}) {
		t.Errorf("state %s, pending %d, missing %v", said(s), len(h.Pending), s.Missing)
	}
	if empty := record.NewHistory([]record.Revision{byName["c"]}).State(); len(empty.Fields) != 0 || len(empty.Missing) != 1 {
		t.Errorf("a history without its root: %+v", empty)
	}
}

func TestAlias(t *testing.T) {
	one, two := record.ID{8}, record.ID{9}
	_, all := write(t, []line{{name: "a"}, {name: "b", parents: "a", op: record.Alias, alias: one}})
	if s := record.Merge(all); s.Alias != one || len(s.Conflicts) != 0 {
		t.Errorf("alias %v, %v", s.Alias, s.Conflicts)
	}
	_, all = write(t, []line{{name: "a"}, {name: "b", parents: "a", op: record.Alias, alias: one}, {name: "c", parents: "a", op: record.Alias, alias: two}})
	if s := record.Merge(all); len(s.Conflicts) != 1 || s.Conflicts[0].Kind != record.AliasConflict {
		t.Errorf("two aliases: %v", s.Conflicts)
	}
}

func TestLastImport(t *testing.T) {
	_, all := write(t, []line{
		{name: "a", set: fields{"x": 1, "y": 1}, origin: "register"},
		{name: "b", parents: "a", set: fields{"x": 5}},
		{name: "c", parents: "b", set: fields{"y": 2}, origin: "register"},
	})
	row, fields, found := record.NewHistory(all).LastImport("register")
	if !found || row != (record.Hash{2}) || fields["x"].Value.String() != "1" || fields["y"].Value.String() != "2" {
		t.Errorf("last import: %v %v %v", row, fields, found)
	}
	if _, _, found := record.NewHistory(all).LastImport("another"); found {
		t.Error("found an import of a source that was never imported")
	}
}
