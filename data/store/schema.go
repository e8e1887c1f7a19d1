package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// applicationID marks a database as a Coopatlas workspace: the letters "Coop".
const applicationID = 0x436f6f70

// migrations bring the schema from one version to the next; a database's user_version is how many it has had.
// What has been released is never edited. The tables of kinds are not here: columns.go lays them out by the forms.
var migrations = [...]string{`
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The log. Bodies are laid out in log.go; revised is null where the body holds every revision of the commit.
CREATE TABLE authors (key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT NOT NULL, last BLOB) STRICT;
CREATE TABLE commits (
	seq INTEGER PRIMARY KEY, id BLOB NOT NULL, author INTEGER NOT NULL REFERENCES authors, previous BLOB NOT NULL,
	signature BLOB NOT NULL, revised BLOB, body BLOB NOT NULL
) STRICT;
CREATE INDEX commits_by_author ON commits (author);
CREATE TABLE records (key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind TEXT, row INTEGER) STRICT;
CREATE TABLE revisions (
	record INTEGER NOT NULL, seq INTEGER NOT NULL, pos INTEGER NOT NULL, mark INTEGER NOT NULL,
	PRIMARY KEY (record, seq, pos)
) STRICT, WITHOUT ROWID;

-- Personal values and descriptions of files: the only place where they are, beside drafts.
CREATE TABLE openings (
	record INTEGER NOT NULL, revision BLOB NOT NULL, path TEXT NOT NULL, salt BLOB NOT NULL, value BLOB NOT NULL,
	file BLOB, PRIMARY KEY (record, revision, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX openings_by_file ON openings (file) WHERE file IS NOT NULL;
CREATE TABLE scrubs (record INTEGER PRIMARY KEY, files BLOB NOT NULL) STRICT;

CREATE TABLE drafts (
	key INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, form TEXT NOT NULL, heads BLOB NOT NULL,
	cursor TEXT NOT NULL DEFAULT '', opened INTEGER NOT NULL, changed INTEGER NOT NULL
) STRICT;
CREATE TABLE draft_answers (
	draft INTEGER NOT NULL REFERENCES drafts ON DELETE CASCADE, path TEXT NOT NULL, value BLOB NOT NULL,
	status INTEGER NOT NULL, quality INTEGER NOT NULL, file BLOB, PRIMARY KEY (draft, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft_rows (
	draft INTEGER NOT NULL REFERENCES drafts ON DELETE CASCADE, path TEXT NOT NULL, removed INTEGER NOT NULL,
	PRIMARY KEY (draft, path)
) STRICT, WITHOUT ROWID;

-- What is derived, beside the tables of kinds.
CREATE TABLE kinds (name TEXT PRIMARY KEY, next INTEGER NOT NULL DEFAULT 0, signature BLOB) STRICT, WITHOUT ROWID;
CREATE TABLE kind_tables (
	name TEXT PRIMARY KEY COLLATE NOCASE, kind TEXT NOT NULL, repeat TEXT NOT NULL, part INTEGER NOT NULL,
	UNIQUE (kind, repeat, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE kind_columns (
	kind TEXT NOT NULL, path TEXT NOT NULL, type TEXT NOT NULL, in_table TEXT NOT NULL COLLATE NOCASE,
	name TEXT NOT NULL COLLATE NOCASE, PRIMARY KEY (kind, path, type), UNIQUE (in_table, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE relabels (record INTEGER PRIMARY KEY) STRICT;
CREATE TABLE frame_chunks (
	kind TEXT NOT NULL, concept TEXT NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (kind, concept, chunk)
) STRICT;
CREATE TABLE frame_codes (
	kind TEXT NOT NULL, concept TEXT NOT NULL, code INTEGER NOT NULL, text TEXT NOT NULL,
	PRIMARY KEY (kind, concept, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE frame_dirty (kind TEXT NOT NULL, chunk INTEGER NOT NULL, PRIMARY KEY (kind, chunk)) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (label, body, tokenize = "unicode61 remove_diacritics 2");
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
`, `
-- Lists count their rows once in each state of a kind, and the full-text index holds words as search.go folds them.
ALTER TABLE kinds ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
CREATE VIRTUAL TABLE found USING fts5 (
	label, body, prefix = "1 2", tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mc'"
);
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);
INSERT INTO found (rowid, label, body) SELECT rowid, findable(label), findable(body) FROM search;
DROP TABLE search;
ALTER TABLE found RENAME TO search;
`}

// migrate brings the schema up to date: each migration in one transaction, after a safety copy.
func migrate(ctx context.Context, conn *sql.Conn, steps []string, copyFirst func(version int) error) error {
	version, err := schemaVersion(ctx, conn, len(steps))
	if err == nil && version < len(steps) {
		err = conn.Raw(teach)
	}
	if err != nil {
		return err
	}
	for ; version < len(steps); version++ {
		if version > 0 {
			if err := copyFirst(version); err != nil {
				return fmt.Errorf("making a safety copy: %w", err)
			}
		}
		script := []string{
			"BEGIN IMMEDIATE", steps[version], fmt.Sprintf("PRAGMA application_id = %d", applicationID),
			fmt.Sprintf("PRAGMA user_version = %d", version+1), "COMMIT",
		}
		if _, err := conn.ExecContext(ctx, strings.Join(script, ";\n")); err != nil {
			_, _ = conn.ExecContext(ctx, "ROLLBACK") // the error above says more
			return fmt.Errorf("bringing the schema to version %d: %w", version+1, err)
		}
	}
	return nil
}

// teach gives a connection the functions that migrations use.
func teach(conn any) error {
	return conn.(*sqlite3.SQLiteConn).RegisterFunc("findable", findable, true)
}

// schemaVersion reads how many migrations the database has had and refuses what is no workspace, or one that has had
// more than the newest version known.
func schemaVersion(ctx context.Context, conn *sql.Conn, newest int) (int, error) {
	var version, application, tables int
	err := conn.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version),
		(SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)`).
		Scan(&version, &application, &tables)
	switch {
	case err != nil:
		return 0, err
	case application != applicationID && tables > 0:
		return 0, ErrForeign
	case version > newest:
		return 0, ErrNewer
	}
	return version, nil
}

// safetyCopy copies the database into backups/ before a migration.
func (s *Store) safetyCopy(version int) error {
	folder := filepath.Join(s.dir, backupsName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	name := fmt.Sprintf("schema-%d-%s.db", version, s.stamp())
	return vacuumInto(context.Background(), s.conn, filepath.Join(folder, name))
}

// stamp is the present time as names of backups carry it.
func (s *Store) stamp() string { return s.cfg.Now().UTC().Format("20060102T150405.000Z") }
