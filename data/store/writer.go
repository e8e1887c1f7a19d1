package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"coopatlas/data/record"
)

// urgency says who goes first where several wait to write.
type urgency int

// A person who types or saves goes ahead of an import.
const (
	urgent urgency = iota
	bulk
)

// turns is the queue in front of the one writer: first come first served, urgent before bulk.
type turns struct {
	mu      sync.Mutex
	busy    bool
	waiting [2][]chan struct{}
}

// take waits for the turn. It returns the context's error where that ends first.
func (q *turns) take(ctx context.Context, u urgency) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	q.mu.Lock()
	if !q.busy {
		q.busy = true
		q.mu.Unlock()
		return nil
	}
	ready := make(chan struct{})
	q.waiting[u] = append(q.waiting[u], ready)
	q.mu.Unlock()
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		q.withdraw(u, ready)
		return ctx.Err()
	}
}

// withdraw leaves the queue; a turn that was given in the same moment is passed on.
func (q *turns) withdraw(u urgency, ready chan struct{}) {
	q.mu.Lock()
	i := slices.Index(q.waiting[u], ready)
	if i >= 0 {
		q.waiting[u] = slices.Delete(q.waiting[u], i, i+1)
	}
	q.mu.Unlock()
	if i < 0 {
		q.pass()
	}
}

// pass gives the turn to the next in the queue.
func (q *turns) pass() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for u := range q.waiting {
		if len(q.waiting[u]) > 0 {
			close(q.waiting[u][0])
			q.waiting[u] = q.waiting[u][1:]
			return
		}
	}
	q.busy = false
}

// querier is what reads of the database are made on: the writer's transaction or a reader's snapshot.
type querier interface {
	query(query string, args ...any) (*sql.Rows, error)
	row(query string, args ...any) *sql.Row
}

// tx is a transaction of the writer. Statements run without a context: it is asked before the turn, so that nothing
// is broken off half-way.
type tx struct {
	*Store
	touched map[record.ID]*touched
	order   []*touched       // in the order they were touched
	next    map[string]int64 // the next row of each kind that got one
	dirty   map[chunk]bool   // chunks of frames to be made again
	listed  map[string]bool  // kinds whose lists have changed
	renamed bool             // records are due to be named again
	after   []func()         // run when the transaction has been kept, before the next one begins
}

func (t *tx) query(query string, args ...any) (*sql.Rows, error) {
	return t.conn.QueryContext(context.Background(), query, args...)
}

func (t *tx) row(query string, args ...any) *sql.Row {
	return t.conn.QueryRowContext(context.Background(), query, args...)
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.conn.ExecContext(context.Background(), query, args...)
	return err
}

// insert runs a statement and returns the key of the row it made.
func (t *tx) insert(query string, args ...any) (int64, error) {
	result, err := t.conn.ExecContext(context.Background(), query, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// write waits for the turn and runs do in a transaction that is kept where do returns nil; then it takes over the
// questionnaires that were written, and names records again that are named after those that were.
func (s *Store) write(ctx context.Context, u urgency, do func(t *tx) error) error {
	renamed, forms := false, false
	err := s.transact(ctx, u, func(t *tx) error {
		err := do(t)
		renamed, forms = t.renamed, t.holdsForm()
		return err
	})
	if err == nil && forms {
		err = s.layOut(context.WithoutCancel(ctx))
	}
	if err != nil || !renamed {
		return err
	}
	return s.relabel(context.WithoutCancel(ctx), u) // what was written is kept: it is too late to stop
}

// transact is write without what follows from new names.
func (s *Store) transact(ctx context.Context, u urgency, do func(t *tx) error) error {
	t := &tx{Store: s, touched: map[record.ID]*touched{}, next: map[string]int64{}, dirty: map[chunk]bool{}, listed: map[string]bool{}}
	if err := s.turns.take(ctx, u); err != nil {
		return err
	}
	if err := t.run(ctx, do); err != nil {
		return err
	}
	s.checkpoint(ctx, u, len(t.order))
	if u == bulk {
		s.giveWay()
	}
	return nil
}

// Another program may write to the same workspace. One that waits looks every so often whether it may begin, and one
// that writes much holds still now and then for longer than that, so that nobody waits for the end of an import.
const (
	lookEvery = 2 * time.Millisecond
	holdStill = 5 * time.Millisecond
	stillEach = 8 // bulk transactions
	patience  = time.Minute
)

// giveWay holds still where it is time to.
func (s *Store) giveWay() {
	if s.bulks.Add(1)%stillEach == 0 {
		time.Sleep(holdStill)
	}
}

// begin begins to write once no other program does. After a minute of waiting it returns SQLite's error.
func (t *tx) begin(ctx context.Context) error {
	if err := t.exec("PRAGMA busy_timeout = 0"); err != nil {
		return err
	}
	err := t.exec("BEGIN IMMEDIATE")
	for range int(t.patience / lookEvery) {
		if !isBusy(err) || ctx.Err() != nil {
			break
		}
		time.Sleep(lookEvery)
		err = t.exec("BEGIN IMMEDIATE")
	}
	if isBusy(err) && ctx.Err() != nil {
		err = ctx.Err()
	}
	if restored := t.exec(fmt.Sprintf("PRAGMA busy_timeout = %d", t.busy)); err == nil && restored != nil {
		_ = t.exec("ROLLBACK") // the error says more
		err = restored
	}
	return err
}

func isBusy(err error) bool {
	var failed sqlite3.Error
	return errors.As(err, &failed) && failed.Code == sqlite3.ErrBusy
}

// run is the transaction, during the turn.
func (t *tx) run(ctx context.Context, do func(t *tx) error) error {
	defer t.turns.pass()
	if err := t.begin(ctx); err != nil {
		return err
	}
	kept := false
	defer func() {
		if !kept {
			_ = t.exec("ROLLBACK") // the error that led here says more
		}
	}()
	if err := do(t); err != nil {
		return err
	}
	if err := t.flush(); err != nil {
		return err
	}
	if err := t.exec("COMMIT"); err != nil {
		return err
	}
	kept = true
	for _, f := range t.after {
		f()
	}
	return nil
}

// view is a reader's snapshot: all its reads see the same moment.
type view struct{ tx *sql.Tx }

func (v view) query(query string, args ...any) (*sql.Rows, error) { return v.tx.Query(query, args...) }
func (v view) row(query string, args ...any) *sql.Row             { return v.tx.QueryRow(query, args...) }

// read runs do on a snapshot.
func (s *Store) read(ctx context.Context, do func(q querier) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	snapshot, err := s.reads.Begin()
	if err != nil {
		return err
	}
	defer snapshot.Rollback() //nolint:errcheck // a snapshot changes nothing
	return do(view{snapshot})
}

// each runs scan on every row of a query.
func each(q querier, scan func(rows *sql.Rows) error, query string, args ...any) error {
	rows, err := q.query(query, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := scan(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
