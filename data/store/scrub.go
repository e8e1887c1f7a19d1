package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"coopatlas/data/record"
)

// scrub is the part of an erasure that goes beyond deleting rows: no byte may remain on disk.
type scrub struct {
	keys   []int64
	erased []Erased
	files  []record.Hash // attachments that erased values described
}

// resumeScrubs finishes the erasures whose bytes have not been scrubbed yet.
func (s *Store) resumeScrubs(ctx context.Context) error {
	job, err := s.dueScrubs(ctx)
	if err != nil || len(job.keys) == 0 {
		return err
	}
	steps := []func(context.Context, scrub) error{s.removeFiles, s.scrubDatabase, s.scrubBackups, s.scrubOutbox}
	for _, step := range steps {
		if err := step(ctx, job); err != nil {
			return fmt.Errorf("finishing an erasure: %w", err)
		}
	}
	return s.write(ctx, urgent, func(t *tx) error {
		for _, key := range job.keys {
			if err := t.exec("DELETE FROM scrubs WHERE record = ?", key); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) dueScrubs(ctx context.Context) (scrub, error) {
	var job scrub
	err := s.read(ctx, func(q querier) error {
		err := each(q, func(rows *sql.Rows) error {
			var key int64
			var files []byte
			err := rows.Scan(&key, &files)
			job.keys = append(job.keys, key)
			job.files = append(job.files, splitHashes(files)...)
			return err
		}, "SELECT record, files FROM scrubs ORDER BY record")
		if err != nil {
			return err
		}
		for _, key := range job.keys {
			revisions, err := s.revisionsOf(q, key)
			if err != nil {
				return err
			}
			job.erased = append(job.erased, erasedOf(record.NewHistory(revisions)))
		}
		return nil
	})
	return job, err
}

// removeFiles deletes attachments that nobody uses any more.
func (s *Store) removeFiles(ctx context.Context, job scrub) error {
	for _, sum := range job.files {
		used := false
		err := s.read(ctx, func(q querier) (err error) {
			used, err = usesFile(q, sum)
			return err
		})
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := os.Remove(s.filePath(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func usesFile(q querier, sum record.Hash) (bool, error) {
	var count int
	err := q.row("SELECT (SELECT count(*) FROM openings WHERE file = ?1) + (SELECT count(*) FROM draft_answers WHERE file = ?1)", sum[:]).Scan(&count)
	return count > 0, err
}

// scrubDatabase rewrites the database without the bytes of deleted rows, and empties its write-ahead log.
func (s *Store) scrubDatabase(ctx context.Context, _ scrub) error {
	if err := s.turns.take(ctx, urgent); err != nil {
		return err
	}
	defer s.turns.pass()
	if err := s.emptyLog(ctx); err != nil {
		return err
	}
	if _, err := s.conn.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	return s.emptyLog(ctx)
}

// scrubBackups rewrites the backups and safety copies of the workspace.
func (s *Store) scrubBackups(ctx context.Context, job scrub) error {
	entries, err := os.ReadDir(filepath.Join(s.dir, backupsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(s.dir, backupsName, e.Name())
		var failed error
		switch {
		case strings.HasSuffix(e.Name(), ".part"):
			failed = os.RemoveAll(path) // a backup that was broken off
		case e.IsDir():
			failed = scrubBackup(ctx, filepath.Join(path, databaseName), filepath.Join(path, filesName), job)
		default:
			failed = scrubBackup(ctx, path, "", job)
		}
		if failed != nil && !errors.Is(failed, ErrForeign) {
			err = errors.Join(err, fmt.Errorf("%s cannot be rewritten without what was erased; mend or delete it, then erase again: %w", path, failed))
		}
	}
	return err
}

// isDatabase tells whether a file begins as databases do; what an operating system leaves in folders does not.
func isDatabase(file string) (bool, error) {
	const mark = "SQLite format 3\x00"
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, len(mark))
	if _, err := io.ReadFull(f, head); err == io.EOF || err == io.ErrUnexpectedEOF {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return string(head) == mark, nil
}

// scrubBackup deletes from one copy of the database, and from its attachments, what was erased, and puts a compact
// copy in its place.
func scrubBackup(ctx context.Context, file, files string, job scrub) (err error) {
	if ours, err := isDatabase(file); err != nil || !ours {
		return err
	}
	db, conn, err := openWriter(ctx, file)
	if err != nil {
		return err
	}
	fresh := file + ".part"
	err = scrubCopy(ctx, conn, files, job)
	if err == nil {
		err = os.RemoveAll(fresh)
	}
	if err == nil {
		err = vacuumInto(ctx, conn, fresh)
	}
	if err = errors.Join(err, conn.Close(), db.Close()); err != nil {
		return errors.Join(err, os.RemoveAll(fresh))
	}
	if err := os.Rename(fresh, file); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(file+"-wal"), os.RemoveAll(file+"-shm"))
}

// copied reads and writes a copy of a database that is not the workspace's own.
type copied struct {
	ctx  context.Context
	conn *sql.Conn
}

func (c copied) query(query string, args ...any) (*sql.Rows, error) {
	return c.conn.QueryContext(c.ctx, query, args...)
}

func (c copied) row(query string, args ...any) *sql.Row {
	return c.conn.QueryRowContext(c.ctx, query, args...)
}

func (c copied) exec(query string, args ...any) error {
	_, err := c.conn.ExecContext(c.ctx, query, args...)
	return err
}

func scrubCopy(ctx context.Context, conn *sql.Conn, files string, job scrub) error {
	c := copied{ctx, conn}
	if _, err := schemaVersion(ctx, conn, len(migrations)); err != nil {
		return err
	}
	gone := job.files
	for _, e := range job.erased {
		more, err := c.erase(e)
		if err != nil {
			return err
		}
		gone = append(gone, more...)
	}
	if files == "" {
		return nil
	}
	for _, sum := range gone {
		used, err := usesFile(c, sum)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := os.Remove(filepath.Join(files, sum.String())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// erase deletes the openings and draft answers of one record that an erasure covers, and returns the files they named.
func (c copied) erase(e Erased) ([]record.Hash, error) {
	var gone []record.Hash
	rec, err := findRecord(c, e.Record)
	if err != nil {
		return nil, err
	}
	if rec != nil {
		openings, err := openingsOf(c, rec.key, e.Record)
		if err != nil {
			return nil, err
		}
		for _, o := range openings {
			if !e.covers(o.Revision, o.Path) {
				continue
			}
			gone = append(gone, splitHashes(o.file)...)
			if err := c.exec("DELETE FROM openings WHERE record = ? AND revision = ? AND path = ?", rec.key, o.Revision[:], string(o.Path)); err != nil {
				return nil, err
			}
		}
	}
	more, err := c.eraseDraft(e)
	return append(gone, more...), err
}

func (c copied) eraseDraft(e Erased) ([]record.Hash, error) {
	type answer struct {
		draft int64
		path  record.Path
		file  []byte
	}
	var answers []answer
	err := each(c, func(rows *sql.Rows) error {
		var a answer
		err := rows.Scan(&a.draft, &a.path, &a.file)
		answers = append(answers, a)
		return err
	}, "SELECT draft, path, file FROM draft_answers JOIN drafts ON drafts.key = draft WHERE record = ?", e.Record[:])
	if err != nil {
		return nil, err
	}
	var gone []record.Hash
	for _, a := range answers {
		if !slices.ContainsFunc(e.Paths, a.path.Within) {
			continue
		}
		gone = append(gone, splitHashes(a.file)...)
		if err := c.exec("DELETE FROM draft_answers WHERE draft = ? AND path = ?", a.draft, string(a.path)); err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// scrubOutbox has unsent bundles rewritten.
func (s *Store) scrubOutbox(ctx context.Context, job scrub) error {
	files, err := s.unsent()
	if err != nil || len(files) == 0 {
		return err
	}
	if err := s.checkOutbox(); err != nil {
		return err
	}
	for _, file := range files {
		if err := s.cfg.Unsent(ctx, file, job.erased); err != nil {
			return fmt.Errorf("unsent bundle %s: %w", filepath.Base(file), err)
		}
	}
	return nil
}
