package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"coopatlas/data/record"
)

// Erase makes a signed erasure of paths of a record (none: the whole record) and carries it out: every personal value
// and file under them is deleted from the workspace, its drafts, its backups and its unsent bundles, so that no byte of
// it remains. Answers that are not personal stay in the log and are shown as erased. Where a reader holds an old view
// the error wraps ErrReaders; the erasure stands and is finished by the next call or when the workspace is opened.
func (s *Store) Erase(ctx context.Context, by record.Identity, id record.ID, paths []record.Path) (record.Revision, error) {
	if len(paths) == 0 {
		paths = []record.Path{""}
	}
	if err := s.checkOutbox(); err != nil {
		return record.Revision{}, err
	}
	h, err := s.History(ctx, id)
	if err != nil {
		return record.Revision{}, fmt.Errorf("erasing: %w", err)
	}
	st := h.State()
	r := record.Revision{
		Record: id, Kind: st.Kind, Form: st.Form, Author: by.Key(), Time: s.cfg.Now(), Operation: record.Erase,
		Changes: record.Changes{Erase: paths},
	}
	if r, err = r.Sealed(st.Heads); err != nil {
		return record.Revision{}, fmt.Errorf("erasing: %w", err)
	}
	batch := &sealed{revisions: []record.Revision{r}, labels: []string{""}}
	batch.packed = s.pack.encodeBody(batch.revisions)
	if err := s.write(ctx, urgent, func(t *tx) error { return t.commit(by, batch) }); err != nil {
		return record.Revision{}, fmt.Errorf("erasing record %s: %w", id, err)
	}
	return r, s.resumeScrubs(ctx)
}

func hasErasure(h *record.History) bool {
	return slices.ContainsFunc(h.Revisions, func(r record.Revision) bool { return r.Operation == record.Erase })
}

// erasedOf gathers what the erasures of a record cover, and the revisions that were made knowing of all of them.
func erasedOf(h *record.History) Erased {
	e := Erased{Kept: map[record.Hash]bool{}}
	for _, r := range h.Revisions {
		e.Record = r.Record
		e.Paths = append(e.Paths, r.Changes.Erase...)
	}
	slices.Sort(e.Paths)
	e.Paths = slices.Compact(e.Paths)
	for _, r := range h.Revisions {
		if len(h.ErasedBy(r.ID)) == 0 {
			e.Kept[r.ID] = true
		}
	}
	return e
}

// covers tells whether an opening of a revision under a path must go.
func (e Erased) covers(revision record.Hash, path record.Path) bool {
	return !e.Kept[revision] && slices.ContainsFunc(e.Paths, path.Within)
}

// applyErasures deletes the openings that the erasures in a record's history cover, blanks what drafts hold of them,
// and remembers that their bytes must be scrubbed. Nothing happens where there is nothing left to delete.
func (t *tx) applyErasures(key int64, h *record.History) error {
	e := erasedOf(h)
	openings, err := openingsOf(t, key, e.Record)
	if err != nil {
		return err
	}
	var files []byte
	found := false
	for _, o := range openings {
		if !e.covers(o.Revision, o.Path) {
			continue
		}
		found, files = true, append(files, o.file...)
		if err := t.exec("DELETE FROM openings WHERE record = ? AND revision = ? AND path = ?", key, o.Revision[:], string(o.Path)); err != nil {
			return err
		}
	}
	blanked, more, err := t.blankDraft(h, e)
	if err != nil {
		return err
	}
	files = append(files, more...)
	if !found && !blanked && !t.adds(e.Record, record.Erase) {
		return nil
	}
	return t.exec("INSERT INTO scrubs (record, files) VALUES (?, ?) ON CONFLICT (record) DO UPDATE SET files = files || excluded.files",
		key, append([]byte{}, files...))
}

// adds tells whether the transaction adds a revision of an operation to a record.
func (t *tx) adds(id record.ID, operation record.Operation) bool {
	rec := t.touched[id]
	return rec != nil && slices.ContainsFunc(rec.added, func(r record.Revision) bool { return r.Operation == operation })
}

// blankDraft deletes what the draft of a record holds under erased paths, unless it was opened after the erasure.
func (t *tx) blankDraft(h *record.History, e Erased) (blanked bool, files []byte, err error) {
	var draft int64
	var heads []byte
	err = t.row("SELECT key, heads FROM drafts WHERE record = ?", e.Record[:]).Scan(&draft, &heads)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil, nil
	}
	if err != nil || knowsErasures(h, splitHeads(heads)) {
		return false, nil, err
	}
	d, err := readDraft(t, DraftID(draft))
	if err != nil {
		return false, nil, err
	}
	for path, a := range d.Answers {
		if !slices.ContainsFunc(e.Paths, path.Within) {
			continue
		}
		blanked, files = true, append(files, t.fileHashOf(d.Kind, path, a.Value)...)
		if err := t.exec("DELETE FROM draft_answers WHERE draft = ? AND path = ?", draft, string(path)); err != nil {
			return false, nil, err
		}
	}
	return blanked, files, nil
}

// knowsErasures tells whether every erasure of a record is among the heads or their ancestors.
func knowsErasures(h *record.History, heads []record.Parent) bool {
	known := upTo(h.Revisions, heads)
	for _, r := range h.Revisions {
		if r.Operation == record.Erase && !slices.ContainsFunc(known, func(k record.Revision) bool { return k.ID == r.ID }) {
			return false
		}
	}
	return true
}

// unsent lists the files in the outbox.
func (s *Store) unsent() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.dir, outboxName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var files []string
	for _, e := range entries {
		files = append(files, filepath.Join(s.dir, outboxName, e.Name()))
	}
	return files, err
}

// checkOutbox refuses an erasure that could not reach an unsent bundle.
func (s *Store) checkOutbox() error {
	files, err := s.unsent()
	if err == nil && len(files) > 0 && s.cfg.Unsent == nil {
		err = fmt.Errorf("erasing: %s: %w", files[0], ErrUnsent)
	}
	return err
}
