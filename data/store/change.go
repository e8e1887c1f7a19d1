package store

import (
	"errors"

	"coopatlas/data/record"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrNothing  = errors.New("nothing was changed, so there is nothing to save")
	ErrNotFound = errors.New("there is no such record in this workspace")
	ErrKind     = errors.New("this workspace has no questionnaire for that kind of record")
	ErrNewer    = errors.New("this workspace was made by a newer Coopatlas; install that version to open it")
	ErrForeign  = errors.New("this is not a Coopatlas workspace")
	ErrEmpty    = errors.New("workspace.db is empty: restore the newest backup; where nothing was kept yet, delete the folder and make the workspace anew")
	ErrExists   = errors.New("there is a workspace already")
	ErrChange   = errors.New("the change cannot be saved")
	ErrDraft    = errors.New("there is no such draft")
	ErrUnsent   = errors.New("the outbox holds a file that this program cannot rewrite; send it or delete it, then erase again")
	ErrReaders  = errors.New("another reader holds an old view of the workspace; close open figures and reports, then erase again")
)

// Change is one change of one record, as a person or an import makes it. Personal answers and files are given as they
// are; the store puts commitments into the revision and keeps the values in openings.
type Change struct {
	Record    record.ID       // zero: a new record with a new UUIDv7
	Kind      string          // the kind's form id
	Form      string          // the version of the form answered; empty: the newest the workspace has
	Parents   []record.Parent // the heads the change was made on; nil: none
	Operation record.Operation
	Set       map[record.Path]record.Answer
	Add       []record.Path // rows of repeats
	Remove    []record.Path
	Alias     record.ID // with operation alias
	Note      string
	Origin    *record.Origin
	Label     string // the record's name after the change, if the caller has worked it out; else Config.Label is asked
}

// Progress is told, now and then, how much is done of how much; total is 0 where it is not known beforehand.
type Progress func(done, total int)

func (p Progress) tell(done, total int) {
	if p != nil {
		p(done, total)
	}
}
