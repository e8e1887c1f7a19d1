package store

import (
	"context"
	"database/sql"
	"sync"
)

// checkpointer moves what was written from the write-ahead log into the database, on a connection of its own, so that
// nobody who writes waits for it. SQLite would do it within a commit: measured, a draft then waits for over a second
// while an import runs.
type checkpointer struct {
	db   *sql.DB
	work sync.Mutex // held while a checkpoint runs

	mu    sync.Mutex
	due   int // how much was written since the last
	tasks sync.WaitGroup
}

func newCheckpointer(file string) (*checkpointer, error) {
	db, err := sql.Open("sqlite3", source(file, writerOptions()))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &checkpointer{db: db}, nil
}

// A checkpoint is made after this many revisions and draft answers: a few dozen megabytes of log.
const checkpointEvery = 8000

// wrote counts what was written. It tells whether a checkpoint is due, and then starts to count again.
func (c *checkpointer) wrote(n int) (due bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.due += n; c.due < checkpointEvery {
		return false
	}
	c.due = 0
	return true
}

// run makes a checkpoint as far as readers allow. The second pass moves what was written during the first, so that the
// log begins anew with the next write.
func (c *checkpointer) run(ctx context.Context) error {
	c.work.Lock()
	defer c.work.Unlock()
	for range 2 {
		if _, err := c.db.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
			return err
		}
	}
	return nil
}

func (c *checkpointer) Close() error {
	if c == nil {
		return nil
	}
	c.tasks.Wait()
	return c.db.Close()
}

// emptyLog moves the whole write-ahead log into the database and cuts it to nothing. It must be called with the turn.
// The error is ErrReaders where somebody still reads from it.
func (s *Store) emptyLog(ctx context.Context) error {
	s.checkpoints.work.Lock()
	defer s.checkpoints.work.Unlock()
	var busy, frames, moved int
	err := s.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if err == nil && busy != 0 {
		err = ErrReaders
	}
	return err
}

// checkpoint makes a checkpoint where one is due: a bulk writer waits for it, others do not. It returns nothing: what
// was written is kept and read whether it succeeds or not, and the next one does what it left.
func (s *Store) checkpoint(ctx context.Context, u urgency, written int) {
	switch {
	case !s.checkpoints.wrote(max(1, written)):
	case u == urgent:
		s.checkpoints.tasks.Go(func() { _ = s.checkpoints.run(context.Background()) })
	default:
		_ = s.checkpoints.run(ctx)
	}
}
