package store

import (
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// maxCommit is the greatest number of revisions that one commit of an import has.
const maxCommit = 1000

// sealed is changes made into revisions, ready to be signed and written.
type sealed struct {
	revisions []record.Revision
	labels    []string
	openings  []opening
	packed    []byte
}

// opening is a row of the table of openings; file is the hash of the attachment that the value describes, if any.
type opening struct {
	record.Opening
	file []byte
}

// Save keeps one change as one signed commit and returns its revision. It goes ahead of imports. The error wraps
// ErrNothing where there is nothing to save, ErrKind or ErrChange where the change does not fit the questionnaire.
func (s *Store) Save(ctx context.Context, by record.Identity, c Change) (record.Revision, error) {
	batch, err := s.seal(by, []Change{c})
	if err != nil {
		return record.Revision{}, err
	}
	if err := s.write(ctx, urgent, func(t *tx) error { return t.commit(by, batch) }); err != nil {
		return record.Revision{}, fmt.Errorf("saving record %s: %w", batch.revisions[0].Record, err)
	}
	return batch.revisions[0], nil
}

// SaveAll keeps many changes, as an import makes them, in commits of at most 1,000 revisions, each its own
// transaction; drafts and single saves go ahead in between. It reads changes as it goes, returns how many were saved,
// and stops at the first that cannot be. For a slice, hand in slices.Values.
func (s *Store) SaveAll(ctx context.Context, by record.Identity, changes iter.Seq[Change], progress Progress) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := make(chan *sealed, 1)
	type outcome struct {
		saved int
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		saved, err := s.writeBatches(ctx, by, batches, progress)
		cancel()
		done <- outcome{saved, err}
	}()
	err := s.sealBatches(ctx, by, changes, batches)
	close(batches)
	end := <-done
	if end.err != nil {
		err = end.err
	}
	return end.saved, err
}

// sealBatches makes changes into batches and hands them on, until they end or the writer stops.
func (s *Store) sealBatches(ctx context.Context, by record.Identity, changes iter.Seq[Change], to chan<- *sealed) error {
	var waiting []Change
	hand := func() error {
		batch, err := s.seal(by, waiting)
		if err != nil {
			return err
		}
		waiting = waiting[:0]
		select {
		case to <- batch:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for c := range changes {
		if waiting = append(waiting, c); len(waiting) < bulkCommit {
			continue
		}
		if err := hand(); err != nil {
			return err
		}
	}
	if len(waiting) == 0 {
		return ctx.Err()
	}
	return hand()
}

// bulkCommit is how many revisions an import's commits have: few enough that a draft waits tens of milliseconds.
const bulkCommit = maxCommit / 4

func (s *Store) writeBatches(ctx context.Context, by record.Identity, batches <-chan *sealed, progress Progress) (int, error) {
	saved := 0
	for batch := range batches {
		if err := s.write(ctx, bulk, func(t *tx) error { return t.commit(by, batch) }); err != nil {
			return saved, err
		}
		saved += len(batch.revisions)
		progress.tell(saved, 0)
	}
	return saved, nil
}

// seal makes changes into revisions, with commitments in place of personal values and files.
func (s *Store) seal(by record.Identity, changes []Change) (*sealed, error) {
	batch := &sealed{}
	encodings := make([][]byte, 0, len(changes))
	for _, c := range changes {
		k, err := s.kind(c.Kind)
		if err != nil {
			return nil, err
		}
		r, encoded, openings, err := s.sealOne(k, by, c)
		if err != nil {
			return nil, fmt.Errorf("record %s of %s: %w", r.Record, c.Kind, err)
		}
		batch.revisions = append(batch.revisions, r)
		batch.labels = append(batch.labels, c.Label)
		batch.openings = append(batch.openings, openings...)
		encodings = append(encodings, encoded)
	}
	batch.packed = s.pack.packBody(encodings)
	return batch, nil
}

// sealOne returns the revision, its canonical encoding and its openings.
func (s *Store) sealOne(k *kind, by record.Identity, c Change) (record.Revision, []byte, []opening, error) {
	r := record.Revision{
		Record: c.Record, Kind: c.Kind, Form: c.Form, Author: by.Key(), Time: s.cfg.Now(), Operation: c.Operation,
		Changes: record.Changes{Add: c.Add, Remove: c.Remove, Alias: c.Alias, Note: c.Note, Origin: c.Origin},
	}
	if r.Form == "" {
		r.Form = k.newest().Version
	}
	if r.Operation == "" {
		r.Operation = record.Edit
	}
	if r.Record.IsZero() {
		id, err := s.newID()
		if err != nil {
			return r, nil, nil, err
		}
		r.Record = id
	}
	if r.Operation == record.Erase {
		return r, nil, nil, fmt.Errorf("%w: erasing is not a change; use Erase", ErrChange)
	}
	writes, openings, err := s.commitments(k, c.Set)
	if err != nil {
		return r, nil, nil, err
	}
	if r.Changes.Set = writes; r.Operation == record.Edit && r.Changes.Empty() {
		return r, nil, nil, ErrNothing
	}
	final, encoded, err := r.SealedAs(c.Parents)
	if err != nil {
		return r, nil, nil, err
	}
	for i := range openings {
		openings[i].Record, openings[i].Revision = final.Record, final.ID
	}
	return final, encoded, openings, nil
}

// commitments makes answers into writes; those of personal questions and files are moved into openings.
func (s *Store) commitments(k *kind, set map[record.Path]record.Answer) (map[record.Path]record.Write, []opening, error) {
	if len(set) == 0 {
		return nil, nil, nil
	}
	writes := make(map[record.Path]record.Write, len(set))
	var openings []opening
	for _, path := range slices.Sorted(maps.Keys(set)) {
		answer := set[path]
		q, ok := k.questions[path.Question()]
		if !ok {
			return nil, nil, fmt.Errorf("%w: the questionnaire %s has no question %q", ErrChange, k.name, path)
		}
		if answer.Value.IsZero() || !q.private {
			writes[path] = record.Write{Answer: answer}
			continue
		}
		salt, err := s.salt()
		if err != nil {
			return nil, nil, err
		}
		commitment, value := answer.Value.Commit(salt)
		answer.Value = record.Value{}
		writes[path] = record.Write{Answer: answer, Commitment: &commitment}
		openings = append(openings, opening{record.Opening{Path: path, Salt: salt, Value: value}, q.fileHash(set[path].Value)})
	}
	return writes, openings, nil
}

// fileHash returns the hash of the attachment that an answer describes, nil where the question is not of a file.
func (q *question) fileHash(v record.Value) []byte {
	if q == nil || q.Type.Storage() != form.StoreFile {
		return nil
	}
	f, err := ParseFile(v)
	if err != nil {
		return nil
	}
	return f.SHA256[:]
}

func (s *Store) salt() (salt [32]byte, err error) {
	s.random.Lock()
	defer s.random.Unlock()
	_, err = io.ReadFull(s.cfg.Random, salt[:])
	return salt, err
}

func (s *Store) newID() (record.ID, error) {
	var random [10]byte
	s.random.Lock()
	defer s.random.Unlock()
	if _, err := io.ReadFull(s.cfg.Random, random[:]); err != nil {
		return record.ID{}, err
	}
	return record.NewID(s.cfg.Now(), random), nil
}

// commit signs a batch as the author's next commit, writes it, and derives what follows from it.
func (t *tx) commit(by record.Identity, batch *sealed) error {
	author, previous, err := t.author(by.Key(), by.Name)
	if err != nil {
		return err
	}
	c, err := by.Commit(previous, batch.revisions)
	if err != nil {
		return err
	}
	seq, err := t.addCommit(author, c.CommitHeader, nil, batch.packed)
	if err != nil {
		return err
	}
	if err := t.exec("UPDATE authors SET last = ?, name = ? WHERE key = ?", c.ID[:], by.Name, author); err != nil {
		return err
	}
	for i, r := range batch.revisions {
		if err := t.addRevision(r, position{seq, i}, batch.labels[i]); err != nil {
			return err
		}
	}
	if err := t.checkParents(); err != nil {
		return err
	}
	return t.derive(batch.openings)
}

// checkParents refuses changes made on versions that the workspace does not have, or that lie about their depth.
func (t *tx) checkParents() error {
	for _, rec := range t.order {
		depths := rec.depths()
		for _, r := range rec.added {
			if r.Kind != rec.added[0].Kind || rec.kind != "" && r.Kind != rec.kind {
				return fmt.Errorf("%w: record %s is not of the kind %s", ErrChange, r.Record, r.Kind)
			}
			for _, parent := range r.Parents {
				if _, ok := depths[parent]; !ok {
					return fmt.Errorf("%w: record %s has no version %s here; open it again and repeat the change", ErrChange, r.Record, parent)
				}
			}
			if err := r.CheckDepth(depths); err != nil {
				return err
			}
		}
	}
	return nil
}
