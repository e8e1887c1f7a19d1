package record

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// ErrRevision is wrapped where a revision breaks the rules that every revision keeps.
var ErrRevision = errors.New("not a valid revision")

// Revision is one saved change of one record. It is immutable: ID is the SHA-256 of the canonical encoding of the
// rest (see Sealed). Depth is one more than the greatest depth of its parents; Time is for people and decides nothing.
type Revision struct {
	ID        Hash
	Record    ID
	Kind      string // the kind's form id, such as "mapping"
	Form      string // the version of the form that the answers were given under
	Parents   []Hash // the heads that the change was made on, in order of their bytes
	Author    Key
	Time      time.Time
	Depth     uint32
	Operation Operation
	Changes   Changes
}

// Changes holds only what a revision sets.
type Changes struct {
	Set    map[Path]Write
	Add    []Path // rows of repeats, such as "votes[0190…]"
	Remove []Path // rows of repeats
	Erase  []Path // with operation erase: fields, rows or groups; "" is the whole record
	Alias  ID     // with operation alias: the record that this one is a duplicate of
	Note   string // why: the reason of a return, the comment of a correction
	Origin *Origin
}

// Write is what a revision sets one field to. A personal value and a file are not in the revision: Commitment stands
// in their place, and the value lies in an Opening.
type Write struct {
	Answer
	Commitment *Hash
}

// Equal tells whether both writes set the same answer, or commit to the same opening.
func (w Write) Equal(other Write) bool {
	if (w.Commitment == nil) != (other.Commitment == nil) {
		return false
	}
	return w.Answer.Equal(other.Answer) && (w.Commitment == nil || *w.Commitment == *other.Commitment)
}

// Origin says which row of which register a revision was imported from. Row is the hash of the mapped row, by which
// a later import knows what changed at the source; Public says that the register publishes its figures per unit.
type Origin struct {
	Source string
	Row    Hash
	Public bool
}

// Parent is what a new revision needs to know of a head it is made on.
type Parent struct {
	ID    Hash
	Depth uint32
}

// Sealed returns the revision with its parents in order, its depth, its time in whole milliseconds and its id.
// It returns an error that wraps ErrRevision where the revision breaks a rule.
func (r Revision) Sealed(parents []Parent) (Revision, error) {
	r, _, err := r.SealedAs(parents)
	return r, err
}

// SealedAs is Sealed for who goes on to write the revision down: it returns its canonical encoding too.
func (r Revision) SealedAs(parents []Parent) (Revision, []byte, error) {
	r.Parents, r.Depth = nil, 0
	for _, parent := range parents {
		r.Parents = append(r.Parents, parent.ID)
		r.Depth = max(r.Depth, parent.Depth)
	}
	r.Depth++
	slices.SortFunc(r.Parents, Hash.Compare)
	r.Parents = slices.Compact(r.Parents)
	r.Time = r.Time.UTC().Truncate(time.Millisecond)
	for _, paths := range []*[]Path{&r.Changes.Add, &r.Changes.Remove, &r.Changes.Erase} {
		*paths = slices.Compact(slices.Sorted(slices.Values(*paths)))
	}
	if err := r.check(); err != nil {
		return Revision{}, nil, err
	}
	encoded := EncodeRevision(r)
	r.ID = sha256.Sum256(encoded)
	return r, encoded, nil
}

// check says what rule a revision breaks, if any. What depends on other revisions, as depth does, is checked where
// they are known (CheckDepth).
func (r Revision) check() error {
	var broken string
	c := r.Changes
	switch {
	case r.Record.IsZero() || r.Kind == "":
		broken = "it names no record or no kind"
	case !r.Operation.Known():
		broken = fmt.Sprintf("its operation %q is unknown; get a newer Coopatlas", r.Operation)
	case r.Depth == 0 || (r.Depth == 1) != (len(r.Parents) == 0):
		broken = "its depth does not fit its parents"
	case !slices.IsSortedFunc(r.Parents, Hash.Compare) || hasRepeated(r.Parents):
		broken = "its parents are not in order"
	case (r.Operation == Erase) != (len(c.Erase) > 0):
		broken = "erasing goes with paths, and only with them"
	case (r.Operation == Alias) != !c.Alias.IsZero():
		broken = "an alias goes with the record it stands for, and only with it"
	}
	if broken != "" {
		return fmt.Errorf("%w: record %s: %s", ErrRevision, r.Record, broken)
	}
	return r.checkWrites()
}

func hasRepeated(sorted []Hash) bool {
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			return true
		}
	}
	return false
}

func (r Revision) checkWrites() error {
	for path, write := range r.Changes.Set {
		if path == "" || write.Status > Erased || !write.Quality.Valid() || write.Commitment != nil && !write.Value.IsZero() {
			return fmt.Errorf("%w: record %s: what it writes to %q is not an answer", ErrRevision, r.Record, path)
		}
	}
	for _, row := range slices.Concat(r.Changes.Add, r.Changes.Remove) {
		if _, _, ok := row.SplitRow(); !ok {
			return fmt.Errorf("%w: record %s: %q is not a row", ErrRevision, r.Record, row)
		}
	}
	for _, row := range r.Changes.Remove {
		if r.Changes.touches(row) {
			return fmt.Errorf("%w: record %s: it removes row %q and writes to it", ErrRevision, r.Record, row)
		}
	}
	return nil
}

// touches tells whether the changes add the row, or write into it.
func (c Changes) touches(row Path) bool {
	for path := range c.Set {
		if path.Within(row) {
			return true
		}
	}
	return slices.ContainsFunc(c.Add, func(added Path) bool { return added.Within(row) })
}

// CheckDepth tells whether the depth of the revision is one more than the greatest of its parents', which must all be
// among known; a revision with an unknown parent cannot be checked yet and passes.
func (r Revision) CheckDepth(known map[Hash]uint32) error {
	depth := uint32(0)
	for _, parent := range r.Parents {
		of, ok := known[parent]
		if !ok {
			return nil
		}
		depth = max(depth, of)
	}
	if r.Depth != depth+1 {
		return fmt.Errorf("%w: revision %s of record %s has depth %d, its parents ask for %d", ErrRevision, r.ID, r.Record, r.Depth, depth+1)
	}
	return nil
}

func wireOf(r Revision) wire {
	w := wire{
		Format: format, Record: r.Record, Kind: r.Kind, Form: r.Form, Parents: r.Parents, Author: r.Author,
		Time: r.Time.UnixMilli(), Depth: r.Depth, Operation: r.Operation,
		Changes: wireOfChanges{Add: r.Changes.Add, Remove: r.Changes.Remove, Erase: r.Changes.Erase, Note: r.Changes.Note},
	}
	if len(r.Changes.Set) > 0 {
		w.Changes.Set = make(map[Path]wireOfWrite, len(r.Changes.Set))
	}
	for path, write := range r.Changes.Set {
		out := wireOfWrite{Status: write.Status, Quality: write.Quality, Commitment: write.Commitment}
		if !write.Value.IsZero() {
			out.Value = &write.Value
		}
		w.Changes.Set[path] = out
	}
	if !r.Changes.Alias.IsZero() {
		w.Changes.Alias = &r.Changes.Alias
	}
	if o := r.Changes.Origin; o != nil {
		w.Changes.Origin = &wireOfOrigin{Source: o.Source, Row: o.Row, Public: o.Public}
	}
	return w
}

func (w wire) revision() Revision {
	r := Revision{
		Record: w.Record, Kind: w.Kind, Form: w.Form, Parents: w.Parents, Author: w.Author,
		Time: time.UnixMilli(w.Time).UTC(), Depth: w.Depth, Operation: w.Operation,
		Changes: Changes{Add: w.Changes.Add, Remove: w.Changes.Remove, Erase: w.Changes.Erase, Note: w.Changes.Note},
	}
	if len(w.Changes.Set) > 0 {
		r.Changes.Set = make(map[Path]Write, len(w.Changes.Set))
	}
	for path, write := range w.Changes.Set {
		in := Write{Answer: Answer{Status: write.Status, Quality: write.Quality}, Commitment: write.Commitment}
		if write.Value != nil {
			in.Value = *write.Value
		}
		r.Changes.Set[path] = in
	}
	if w.Changes.Alias != nil {
		r.Changes.Alias = *w.Changes.Alias
	}
	if o := w.Changes.Origin; o != nil {
		r.Changes.Origin = &Origin{Source: o.Source, Row: o.Row, Public: o.Public}
	}
	return r
}

// Paths returns the paths of the fields that the revision writes, in order.
func (c Changes) Paths() []Path { return slices.Sorted(maps.Keys(c.Set)) }

// Empty tells whether nothing is set, added, removed, erased or said.
func (c Changes) Empty() bool {
	return len(c.Set) == 0 && len(c.Add) == 0 && len(c.Remove) == 0 && len(c.Erase) == 0 && c.Alias.IsZero() && c.Note == "" && c.Origin == nil
}
