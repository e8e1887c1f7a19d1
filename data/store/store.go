package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// The parts of a workspace's folder.
const (
	databaseName = "workspace.db"
	filesName    = "files"
	outboxName   = "outbox"
	backupsName  = "backups"
)

// Store is an open workspace. Its methods may be called from several goroutines: one writes at a time, urgent writes
// (drafts, single saves) before bulk ones, and any number read.
type Store struct {
	dir         string
	cfg         Config
	db          *sql.DB   // the writer's handle
	conn        *sql.Conn // its only connection, used by whoever has the turn
	reads       *sql.DB
	turns       turns
	patience    time.Duration // how long to wait for another program that writes
	busy        int           // milliseconds that statements wait for readers
	bulks       atomic.Int64  // bulk transactions so far
	checkpoints *checkpointer
	arranged    atomic.Pointer[map[string]*kind]
	forming     sync.Mutex // held while questionnaires are read and laid out
	pack        *packer
	log         *bodyCache
	names       *nameIndex
	counts      *countCache
	bounds      bounds
	memorable   int   // records of a frame that remembers what was made of it
	unfinished  error // of an erasure that could not be finished when the workspace was opened

	random sync.Mutex // guards cfg.Random
}

// Create makes a workspace in a folder, which is made if it is not there, and opens it. It returns an error that
// wraps ErrExists where the folder holds one already.
func Create(dir string, cfg Config) (*Store, error) {
	if _, err := os.Stat(filepath.Join(dir, databaseName)); err == nil {
		return nil, fmt.Errorf("%s: %w; open it, or choose another folder", dir, ErrExists)
	}
	for _, part := range []string{"", filesName, outboxName, backupsName} {
		if err := os.MkdirAll(filepath.Join(dir, part), 0o700); err != nil {
			return nil, fmt.Errorf("making the workspace: %w", err)
		}
	}
	return open(dir, cfg)
}

// Open opens the workspace in a folder, brings its schema up to date after a safety copy, and derives again what
// new questionnaires change. It returns an error that wraps os.ErrNotExist, ErrEmpty, ErrForeign or ErrNewer where it cannot.
func Open(dir string, cfg Config) (*Store, error) {
	if _, err := os.Stat(filepath.Join(dir, databaseName)); err != nil {
		return nil, fmt.Errorf("%s holds no workspace (%s is missing): %w", dir, databaseName, os.ErrNotExist)
	}
	if err := notEmpty(filepath.Join(dir, databaseName)); err != nil {
		return nil, fmt.Errorf("opening the workspace %s: %w", dir, err)
	}
	return open(dir, cfg)
}

// notEmpty refuses a database file of no bytes, which SQLite would take for a new one: something has emptied it. While
// a workspace is being made everything may still be in the write-ahead log.
func notEmpty(file string) error {
	info, err := os.Stat(file)
	if err != nil || info.Size() > 0 {
		return err
	}
	if log, err := os.Stat(file + "-wal"); err == nil && log.Size() > 0 {
		return nil
	}
	return ErrEmpty
}

func open(dir string, cfg Config) (*Store, error) {
	s := &Store{dir: dir, cfg: cfg.withDefaults(), log: newBodyCache(cachedBodies), names: newNameIndex(), counts: newCountCache(), bounds: usualBounds, memorable: usualMemorable,
		patience: patience, busy: busyTimeout}
	if err := s.start(context.Background()); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the workspace %s: %w", dir, err), s.Close())
	}
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	file := filepath.Join(s.dir, databaseName)
	var err error
	if s.pack, err = newPacker(); err != nil {
		return err
	}
	if s.db, s.conn, err = openWriter(ctx, file); err != nil {
		return err
	}
	if err := migrate(ctx, s.conn, migrations[:], s.safetyCopy); err != nil {
		return err
	}
	if s.checkpoints, err = newCheckpointer(file); err != nil {
		return err
	}
	if s.reads, err = sql.Open("sqlite3", source(file, readerOptions())); err != nil {
		return err
	}
	s.reads.SetMaxIdleConns(readers) // more may be open: every frame holds one
	if err := s.layOut(ctx); err != nil {
		return err
	}
	if err := s.relabel(ctx, urgent); err != nil { // what a crash left undone
		return err
	}
	s.unfinished = s.resumeScrubs(ctx) // no reason to keep anybody from the workspace: the next opening tries again
	return nil
}

// Unfinished says why an erasure that was begun earlier could not be finished when the workspace was opened; nil where
// there is none. The erased values are gone from everything shown; copies of them may still lie where the error says.
func (s *Store) Unfinished() error { return s.unfinished }

// openWriter opens a database for one writer with a single connection.
func openWriter(ctx context.Context, file string) (*sql.DB, *sql.Conn, error) {
	db, err := sql.Open("sqlite3", source(file, writerOptions()))
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, "PRAGMA wal_autocheckpoint = 0") // the one pragma that a source cannot name
	}
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, conn, nil
}

// What the connections are opened with.
const (
	readers      = 4
	cachedBodies = 24 // decoded commits kept in memory
	busyTimeout  = 10_000
	writerCache  = 64 << 10 // KiB
	readerCache  = 16 << 10
)

func writerOptions() url.Values {
	return url.Values{
		"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_foreign_keys": {"on"}, "_txlock": {"immediate"},
		"_busy_timeout": {strconv.Itoa(busyTimeout)}, "_secure_delete": {"on"},
		"_cache_size": {strconv.Itoa(-writerCache)}, "_stmt_cache_size": {"256"},
	}
}

func readerOptions() url.Values {
	return url.Values{
		"mode": {"ro"}, "_query_only": {"on"}, "_foreign_keys": {"on"}, "_busy_timeout": {strconv.Itoa(busyTimeout)},
		"_cache_size": {strconv.Itoa(-readerCache)}, "_stmt_cache_size": {"64"},
	}
}

// source writes the data source name of a database file.
func source(file string, options url.Values) string {
	if absolute, err := filepath.Abs(file); err == nil {
		file = absolute
	}
	file = filepath.ToSlash(file)
	if file[0] != '/' {
		file = "/" + file // a Windows drive
	}
	return (&url.URL{Scheme: "file", Path: file, RawQuery: options.Encode()}).String()
}

// Dir returns the folder of the workspace.
func (s *Store) Dir() string { return s.dir }

// Close closes the workspace. What was saved stays saved even where it is never called.
func (s *Store) Close() error {
	var errs []error
	for _, c := range []io.Closer{closer(s.reads), closer(s.checkpoints), closer(s.conn), closer(s.db)} {
		if c != nil {
			errs = append(errs, c.Close())
		}
	}
	if s.pack != nil {
		s.pack.close()
	}
	return errors.Join(errs...)
}

// closer turns a nil pointer into a nil interface.
func closer[T any, P interface {
	*T
	io.Closer
}](p P) io.Closer {
	if p == nil {
		return nil
	}
	return p
}
