package record

import (
	"maps"
	"slices"
	"time"
)

// State is the present state of a record: a pure function of its revisions.
type State struct {
	Record    ID
	Kind      string
	Form      string // the form version of the greatest head
	Lifecycle Lifecycle
	Heads     []Parent
	Fields    map[Path]Field
	Rows      map[Path][]ID // the rows of each repeat, in the order of their ids
	Conflicts []Conflict    // each listed once, by path
	Alias     ID            // the record that this one is a duplicate of, zero for none
	Sources   []string      // the registers it was imported from
	Public    bool          // a register that publishes its figures per unit holds it
	Created   time.Time     // time of the first revision
	Changed   time.Time     // time of the newest revision
	Missing   []Hash        // parents that are not at hand
}

// Field is what a record says under one path now, and the revision that said so. Where several live writes differ the
// field is in conflict, and shown is the one of the greatest (depth, id).
type Field struct {
	Write
	Revision Hash
	Conflict bool
}

// ConflictKind says what two people disagree about.
type ConflictKind string

// The kinds of conflict: different answers to one question, a row removed by one and changed by another, the record
// deleted by one and changed by another, and two records that it is said to be a duplicate of.
const (
	FieldConflict  ConflictKind = "field"
	RowConflict    ConflictKind = "row"
	RecordConflict ConflictKind = "record"
	AliasConflict  ConflictKind = "alias"
)

// Conflict is one disagreement. Writes holds every distinct answer of a field, the one shown last; it is empty for
// the other kinds. Revisions are those that disagree.
type Conflict struct {
	Kind      ConflictKind
	Path      Path
	Writes    []Write
	Revisions []Hash
}

// Merge returns the state that revisions of one record give. Their order and repetition change nothing.
func Merge(revisions []Revision) State { return NewHistory(revisions).State() }

// State computes the present state, field by field: the live writes of a field are those that no other write of it
// descends from; one distinct value is the value, several are a conflict.
func (h *History) State() State {
	s := State{Fields: map[Path]Field{}, Rows: map[Path][]ID{}, Missing: h.Missing, Heads: h.Heads(), Lifecycle: Saved}
	if len(h.Revisions) == 0 {
		return s
	}
	last := h.Revisions[len(h.Revisions)-1]
	s.Record, s.Kind, s.Form, s.Created = last.Record, last.Kind, last.Form, h.Revisions[0].Time
	m := merger{History: h, state: &s}
	m.gather()
	m.mergeRows()
	m.mergeFields()
	m.mergeAlias()
	m.mergeRecord()
	slices.SortFunc(s.Conflicts, func(a, b Conflict) int { return compareConflicts(a, b) })
	return s
}

func compareConflicts(a, b Conflict) int {
	if a.Path != b.Path {
		return slices.Compare([]byte(a.Path), []byte(b.Path))
	}
	return slices.Compare([]byte(a.Kind), []byte(b.Kind))
}

// merger gathers, in one pass over the history, which revisions touch what.
type merger struct {
	*History
	state    *State
	writes   map[Path][]int // of each field
	added    map[Path][]int // of each row
	removed  map[Path][]int
	erasures []int
	aliases  []int
	deletes  []int
	present  []int // revisions that presuppose the record
	stages   []int // lifecycle operations
	edits    []int // revisions that change fields or rows
}

func (m *merger) gather() {
	room := 0
	for _, r := range m.Revisions {
		room = max(room, len(r.Changes.Set))
	}
	m.writes, m.added, m.removed = make(map[Path][]int, room), map[Path][]int{}, map[Path][]int{}
	m.state.Fields = make(map[Path]Field, room)
	for i, r := range m.Revisions {
		alone := []int{i} // shared by the fields that only this revision writes: what is appended to it is copied first
		for path := range r.Changes.Set {
			if by, written := m.writes[path]; written {
				m.writes[path] = append(by, i)
			} else {
				m.writes[path] = alone[:1:1]
			}
		}
		for _, row := range r.Changes.Add {
			m.added[row] = append(m.added[row], i)
		}
		for _, row := range r.Changes.Remove {
			m.removed[row] = append(m.removed[row], i)
		}
		m.sort(i, r)
		m.origin(r)
		if r.Time.After(m.state.Changed) {
			m.state.Changed = r.Time
		}
	}
}

// sort puts a revision into the lists that its operation belongs to.
func (m *merger) sort(i int, r Revision) {
	if len(r.Changes.Set)+len(r.Changes.Add)+len(r.Changes.Remove) > 0 {
		m.edits = append(m.edits, i)
	}
	if _, ok := r.Operation.reaches(); ok {
		m.stages = append(m.stages, i)
	}
	switch r.Operation {
	case Delete:
		m.deletes = append(m.deletes, i)
		return
	case Erase:
		m.erasures = append(m.erasures, i)
		return
	case Alias:
		m.aliases = append(m.aliases, i)
	}
	m.present = append(m.present, i)
}

func (m *merger) origin(r Revision) {
	o := r.Changes.Origin
	if o == nil {
		return
	}
	m.state.Public = m.state.Public || o.Public
	if !slices.Contains(m.state.Sources, o.Source) {
		m.state.Sources = append(m.state.Sources, o.Source)
		slices.Sort(m.state.Sources)
	}
}

// mergeRows decides which rows there are. Whoever writes into a row says that it is there.
func (m *merger) mergeRows() {
	present := map[Path][]int{}
	for row, by := range m.added {
		present[row] = append(present[row], by...)
	}
	for path, by := range m.writes {
		for _, row := range rowsOf(path) {
			present[row] = append(present[row], by...)
		}
	}
	for row, by := range present {
		removed, conflict := m.contest(by, m.removed[row])
		if conflict {
			m.conflict(RowConflict, row, nil, slices.Concat(by, m.removed[row]))
		}
		if repeat, id, ok := row.SplitRow(); ok && !removed {
			m.state.Rows[repeat] = append(m.state.Rows[repeat], id)
		}
	}
	for _, rows := range m.state.Rows {
		slices.SortFunc(rows, ID.Compare)
	}
}

// rowsOf returns the rows that a path lies in, outermost first.
func rowsOf(path Path) []Path {
	var rows []Path
	for i, c := range []byte(path) {
		if c == ']' {
			rows = append(rows, path[:i+1])
		}
	}
	return rows
}

func (m *merger) hasRow(row Path) bool {
	repeat, id, ok := row.SplitRow()
	return ok && slices.Contains(m.state.Rows[repeat], id)
}

func (m *merger) mergeFields() {
	for path, by := range m.writes {
		if rows := rowsOf(path); slices.ContainsFunc(rows, func(row Path) bool { return !m.hasRow(row) }) {
			continue
		}
		if len(by) == 1 && len(m.erasures) == 0 {
			r := m.Revisions[by[0]]
			m.state.Fields[path] = Field{Write: r.Changes.Set[path], Revision: r.ID}
			continue
		}
		live := m.live(by)
		writes, sources := m.distinct(path, live)
		shown := len(writes) - 1
		field := Field{Write: writes[shown], Revision: m.Revisions[sources[shown]].ID, Conflict: len(writes) > 1}
		if field.Conflict {
			m.conflict(FieldConflict, path, writes, live)
		}
		m.state.Fields[path] = field
	}
}

// distinct returns the different answers among live writes in the order of the last revision that gave each, and
// that revision. An erased write holds nothing to disagree about, so it counts only where no other is left.
func (m *merger) distinct(path Path, live []int) (writes []Write, sources []int) {
	erased := -1
	for _, i := range live {
		if m.erased(path, i) {
			erased = i
			continue
		}
		w := m.Revisions[i].Changes.Set[path]
		if same := slices.IndexFunc(writes, w.Equal); same >= 0 {
			writes, sources = slices.Delete(writes, same, same+1), slices.Delete(sources, same, same+1)
		}
		writes, sources = append(writes, w), append(sources, i)
	}
	if len(writes) == 0 {
		return []Write{{Answer: Answer{Status: Erased}}}, []int{erased}
	}
	return writes, sources
}

// erased tells whether the write of path by the revision at place i does not descend from an erasure of it.
func (m *merger) erased(path Path, i int) bool {
	return slices.ContainsFunc(m.erasures, func(e int) bool {
		return !m.descends(i, e) && m.Revisions[e].erases(path)
	})
}

func (r Revision) erases(path Path) bool {
	return slices.ContainsFunc(r.Changes.Erase, path.Within)
}

// ErasedBy returns the paths among those that revision writes which an erasure in the history covers: their openings
// must be deleted, or dropped unread where they come late.
func (h *History) ErasedBy(revision Hash) []Path {
	place, ok := h.place[revision]
	if !ok {
		return nil
	}
	var paths []Path
	for path := range h.Revisions[place].Changes.Set {
		for e, r := range h.Revisions {
			if r.Operation == Erase && !h.descends(place, e) && r.erases(path) {
				paths = append(paths, path)
				break
			}
		}
	}
	slices.Sort(paths)
	return paths
}

func (m *merger) mergeAlias() {
	distinct := map[ID]bool{}
	live := m.live(m.aliases)
	for _, i := range live {
		m.state.Alias = m.Revisions[i].Changes.Alias
		distinct[m.state.Alias] = true
	}
	if len(distinct) > 1 {
		m.conflict(AliasConflict, "", nil, live)
	}
}

// mergeRecord decides whether the record is there, and how far it has come. A lifecycle operation covers its
// ancestors only: validated or locked is a record that has one head and no edit beside or after that operation.
func (m *merger) mergeRecord() {
	deleted, conflict := m.contest(m.present, m.deletes)
	if conflict {
		m.conflict(RecordConflict, "", nil, slices.Concat(m.present, m.deletes))
	}
	if deleted {
		m.state.Lifecycle = Deleted
		return
	}
	stages := m.live(m.stages)
	if len(stages) == 0 {
		return
	}
	reached := map[Lifecycle]bool{}
	for _, i := range stages {
		to, _ := m.Revisions[i].Operation.reaches()
		reached[to] = true
	}
	to := slices.Collect(maps.Keys(reached))
	m.state.Lifecycle = Submitted
	switch {
	case len(to) > 1:
	case to[0] == Returned:
		m.state.Lifecycle = Returned
	case len(m.state.Heads) == 1 && !m.editedAfter(stages):
		m.state.Lifecycle = to[0]
	}
}

// editedAfter tells whether a change was made that none of the stages descends from or is.
func (m *merger) editedAfter(stages []int) bool {
	return slices.ContainsFunc(m.edits, func(e int) bool {
		return !slices.ContainsFunc(stages, func(s int) bool { return s == e || m.descends(s, e) })
	})
}

func (m *merger) conflict(kind ConflictKind, path Path, writes []Write, by []int) {
	c := Conflict{Kind: kind, Path: path, Writes: writes}
	slices.Sort(by)
	for _, i := range slices.Compact(by) {
		c.Revisions = append(c.Revisions, m.Revisions[i].ID)
	}
	m.state.Conflicts = append(m.state.Conflicts, c)
}
