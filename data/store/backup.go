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
)

// Backup copies the workspace, its database and its attachments, into a new folder and returns its path. to is that
// folder; empty: backups/<UTC time> in the workspace. It is written under a temporary name and renamed when whole.
// Copies outside backups/ are not reached by a later erasure.
func (s *Store) Backup(ctx context.Context, to string) (string, error) {
	if to == "" {
		to = filepath.Join(s.dir, backupsName, s.stamp())
	}
	if _, err := os.Stat(to); err == nil {
		return "", fmt.Errorf("making a backup: %s is there already; choose another name", to)
	}
	part := to + ".part"
	err := os.RemoveAll(part)
	if err == nil {
		err = os.MkdirAll(filepath.Join(part, filesName), 0o700)
	}
	if err == nil {
		err = s.copyInto(ctx, part)
	}
	if err == nil {
		err = os.Rename(part, to)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("making a backup: %w", err), os.RemoveAll(part))
	}
	return to, nil
}

// copyInto copies the database first, so that every attachment it names is copied after it.
func (s *Store) copyInto(ctx context.Context, folder string) error {
	if err := s.turns.take(ctx, bulk); err != nil {
		return err
	}
	err := vacuumInto(ctx, s.conn, filepath.Join(folder, databaseName))
	s.turns.pass()
	if err != nil {
		return err
	}
	return copyFolder(ctx, filepath.Join(s.dir, filesName), filepath.Join(folder, filesName))
}

// vacuumInto writes a compact copy of a database and makes sure that it is on disk.
func vacuumInto(ctx context.Context, conn *sql.Conn, file string) error {
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", file); err != nil {
		return err
	}
	return syncFile(file)
}

func syncFile(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// copyFolder copies the files of a folder without further folders; those being written are left out.
func copyFolder(ctx context.Context, from, to string) error {
	entries, err := os.ReadDir(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || e.Name()[0] == '.' {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := copyFile(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// Restore makes a workspace in the folder to from the backup in the folder from. to must not hold a workspace.
func Restore(from, to string) error {
	ctx := context.Background()
	if _, err := os.Stat(filepath.Join(to, databaseName)); err == nil {
		return fmt.Errorf("restoring to %s: %w; restore into another folder", to, ErrExists)
	}
	if err := checkBackup(ctx, filepath.Join(from, databaseName)); err != nil {
		return fmt.Errorf("restoring %s: %w", from, err)
	}
	for _, part := range []string{"", filesName, outboxName, backupsName} {
		if err := os.MkdirAll(filepath.Join(to, part), 0o700); err != nil {
			return fmt.Errorf("restoring to %s: %w", to, err)
		}
	}
	part := filepath.Join(to, databaseName+".part")
	err := errors.Join(os.RemoveAll(part), copyFolder(ctx, filepath.Join(from, filesName), filepath.Join(to, filesName)))
	if err == nil {
		err = copyFile(filepath.Join(from, databaseName), part)
	}
	if err == nil {
		err = os.Rename(part, filepath.Join(to, databaseName))
	}
	if err != nil {
		return fmt.Errorf("restoring to %s: %w", to, err)
	}
	return nil
}

// checkBackup refuses what is no workspace, a newer one, or damaged.
func checkBackup(ctx context.Context, file string) (err error) {
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("it holds no backup: %w", err)
	}
	db, err := sql.Open("sqlite3", source(file, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_busy_timeout": {strconv.Itoa(busyTimeout)}}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := schemaVersion(ctx, conn, len(migrations)); err != nil {
		return err
	}
	var answer string
	if err := conn.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer); err != nil || answer != "ok" {
		return errors.Join(fmt.Errorf("%w: %s", ErrLog, answer), err)
	}
	return nil
}
