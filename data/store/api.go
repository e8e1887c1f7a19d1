package store

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

var errSoon = errors.New("soon")

type Store struct{}

func Create(dir string, cfg Config) (*Store, error) { return nil, errSoon }
func Open(dir string, cfg Config) (*Store, error)   { return nil, errSoon }
func (s *Store) Close() error                       { return errSoon }
func (s *Store) Dir() string                        { return "" }

func (s *Store) Save(ctx context.Context, by record.Identity, c Change) (record.Revision, error) {
	return record.Revision{}, errSoon
}

// SaveAll: slices.Values(changes) for a slice; commits of at most 1,000; returns how many were saved.
func (s *Store) SaveAll(ctx context.Context, by record.Identity, changes iter.Seq[Change], progress Progress) (int, error) {
	return 0, errSoon
}
func (s *Store) Receive(ctx context.Context, commits []record.Commit, openings []record.Opening) (Received, error) {
	return Received{}, errSoon
}

// Commits calls fn for each commit of the log after the place given, in the order of the log.
func (s *Store) Commits(ctx context.Context, after int64, fn func(seq int64, c record.Commit) error) error {
	return errSoon
}

type Received struct{ Revisions, Known, Pending, Openings, Dropped int }

func (s *Store) State(ctx context.Context, id record.ID) (record.State, error) {
	return record.State{}, errSoon
}
func (s *Store) BareState(ctx context.Context, id record.ID) (record.State, error) {
	return record.State{}, errSoon
}
func (s *Store) History(ctx context.Context, id record.ID) (*record.History, error) {
	return nil, errSoon
}
func (s *Store) Revisions(ctx context.Context, id record.ID) ([]record.Revision, error) {
	return nil, errSoon
}

type DraftID int64
type Draft struct {
	ID              DraftID
	Record          record.ID
	Kind, Form      string
	Heads           []record.Parent // the heads the draft was opened on
	Answers         map[record.Path]record.Answer
	Add, Remove     []record.Path
	Cursor          string
	Opened, Changed time.Time
}

// DraftOf says what a draft is opened on. Record zero: a new record.
type DraftOf struct {
	Record     record.ID
	Kind, Form string
	Heads      []record.Parent
}

// DraftChange is one step of typing, kept in one transaction.
type DraftChange struct {
	Set         map[record.Path]record.Answer
	Forget      []record.Path // answers taken back: the record's own stand again
	Add, Remove []record.Path
	Cursor      *string
}

func (s *Store) OpenDraft(ctx context.Context, of DraftOf) (Draft, error) { return Draft{}, errSoon } // the one there is of that record, or a new one
func (s *Store) Draft(ctx context.Context, id DraftID) (Draft, error)     { return Draft{}, errSoon }
func (s *Store) Drafts(ctx context.Context) ([]Draft, error)              { return nil, errSoon }
func (s *Store) SetDraft(ctx context.Context, id DraftID, path record.Path, a record.Answer) error {
	return errSoon
}
func (s *Store) UpdateDraft(ctx context.Context, id DraftID, c DraftChange) error { return errSoon }
func (s *Store) DropDraft(ctx context.Context, id DraftID) error                  { return errSoon }

// SaveDraft saves what the person changed and removes the draft; of c only Operation, Form, Note and Label are used.
func (s *Store) SaveDraft(ctx context.Context, by record.Identity, id DraftID, c Change) (record.Revision, error) {
	return record.Revision{}, errSoon
}

// Condition: Column is a question's path ("country", "members/total"), or "label", "state", "public", "record", "created", "changed", "conflicts".
type Condition struct {
	Column  string
	Compare Comparison // "=", "<>", "<", "<=", ">", ">=", "in", "blank", "contains"
	Values  []string
}
type Comparison string
type Order struct {
	Column     string
	Descending bool
}
type Query struct {
	Where         []Condition
	Sort          []Order
	Columns       []string // paths of questions whose values are wanted in Row.Values; nil: the form's list columns
	Limit, Offset int
	Deleted       bool // deleted records too
}
type Row struct {
	Record           record.ID
	Label            string
	Lifecycle        record.Lifecycle
	Created, Changed time.Time
	Conflicts        int
	Public           bool
	Alias            record.ID
	Values           map[record.Path]record.Answer
}
type Hit struct {
	Record      record.ID
	Kind, Label string
}

func (s *Store) List(ctx context.Context, kind string, q Query) ([]Row, error) { return nil, errSoon }
func (s *Store) Count(ctx context.Context, kind string, where []Condition) (int, error) {
	return 0, errSoon
}
func (s *Store) Search(ctx context.Context, text string, limit int) ([]Hit, error) {
	return nil, errSoon
}

// Frame implements indicator.Source; Close it.
type Frame struct{}

func (s *Store) Frame(ctx context.Context) (*Frame, error)              { return nil, errSoon }
func (f *Frame) Rows(kind string) int                                   { return 0 }
func (f *Frame) Column(kind, concept string) (*indicator.Column, error) { return nil, errSoon }
func (f *Frame) Newest() time.Time                                      { return time.Time{} }
func (f *Frame) ID() string                                             { return "" }
func (f *Frame) Close() error                                           { return errSoon }

func (s *Store) Rebuild(ctx context.Context, progress Progress) (sha string, err error) {
	return "", errSoon
}

type Report struct {
	Commits, Revisions, Records, Openings, Files int
	Pending                                      []record.Hash // revisions whose parents are missing
	Missing                                      []record.Hash // those parents
	Problems                                     []string
	Derived                                      string // SHA-256 of the derived rows
}

func (s *Store) Verify(ctx context.Context, progress Progress) (Report, error) {
	return Report{}, errSoon
}

// Backup writes a copy into to; empty: backups/<UTC time> in the workspace. It returns the folder.
func (s *Store) Backup(ctx context.Context, to string) (string, error) { return "", errSoon }
func Restore(from, to string) error                                    { return errSoon }

// FileInfo describes an attachment; Value is the answer of a file question.
type FileInfo struct {
	Name, MediaType string
	Size            int64
	SHA256          record.Hash
}

func (f FileInfo) Value() record.Value           { return record.Value{} }
func ParseFile(v record.Value) (FileInfo, error) { return FileInfo{}, errSoon }
func (s *Store) AddFile(ctx context.Context, name string, r io.Reader) (FileInfo, error) {
	return FileInfo{}, errSoon
}
func (s *Store) OpenFile(f FileInfo) (io.ReadCloser, error) { return nil, errSoon }

// Erase of paths (none: the whole record).
func (s *Store) Erase(ctx context.Context, by record.Identity, id record.ID, paths []record.Path) (record.Revision, error) {
	return record.Revision{}, errSoon
}
func (s *Store) Setting(ctx context.Context, key string) (string, bool, error) {
	return "", false, errSoon
}
func (s *Store) SetSetting(ctx context.Context, key, value string) error { return errSoon }
func (s *Store) Settings(ctx context.Context) (map[string]string, error) { return nil, errSoon }
