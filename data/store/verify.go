package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"coopatlas/data/record"
)

// Report is what Verify found.
type Report struct {
	Commits, Revisions, Records, Openings, Files int
	Pending                                      []record.Hash // revisions whose parents are missing
	Missing                                      []record.Hash // those parents
	Gaps                                         []record.Hash // commits that others follow and that are not here
	Problems                                     []string      // one sentence each; none in a sound workspace
	Derived                                      string        // SHA-256 of the derived rows, as Rebuild returns it
}

// maxProblems is how many problems are told; a damaged file would give millions.
const maxProblems = 100

func (r *Report) problem(format string, args ...any) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// Verify checks everything that can be: the database's own integrity, the hash and signature of every commit, the
// chain of every author, the depth and place of every revision, that openings fit their commitments, that what is
// derived is what the log gives, and that attachments are there. The error is of the checking, not of what it found.
func (s *Store) Verify(ctx context.Context, progress Progress) (Report, error) {
	v := verifier{Store: s, ctx: ctx, progress: progress, commits: map[record.Hash]bool{}, followed: map[record.Hash]bool{}}
	if s.unfinished != nil {
		v.report.problem("An erasure is not finished: %v.", s.unfinished)
	}
	for _, step := range []func() error{v.checkDatabase, v.checkLog, v.checkRecords, v.checkRows, v.checkFiles} {
		if err := step(); err != nil {
			return v.report, fmt.Errorf("verifying: %w", err)
		}
	}
	return v.report, nil
}

type verifier struct {
	*Store
	ctx      context.Context
	report   Report
	progress Progress
	done     int
	total    int
	commits  map[record.Hash]bool
	followed map[record.Hash]bool
}

func (v *verifier) step(n int) error {
	v.done += n
	v.progress.tell(min(v.done, v.total), v.total)
	return v.ctx.Err()
}

// checkDatabase asks SQLite itself. It does so on a connection of its own: the full-text index of one that has been
// checked before is checked against what that connection remembers of it.
func (v *verifier) checkDatabase() (err error) {
	err = v.read(v.ctx, func(q querier) error {
		return q.row("SELECT (SELECT count(*) FROM commits) + (SELECT count(*) FROM records)").Scan(&v.total)
	})
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", source(filepath.Join(v.dir, databaseName), readerOptions()))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(v.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	q := copied{v.ctx, conn}
	err = each(q, func(rows *sql.Rows) error {
		var answer string
		if err := rows.Scan(&answer); err != nil {
			return err
		}
		if answer != "ok" {
			v.report.problem("The database file is damaged (%s); restore the newest backup.", answer)
		}
		return nil
	}, "PRAGMA integrity_check")
	if err != nil {
		return err
	}
	return each(q, func(*sql.Rows) error {
		v.report.problem("The database file is damaged (a reference leads nowhere); restore the newest backup.")
		return nil
	}, "PRAGMA foreign_key_check")
}

// checkLog checks every commit and that the index of revisions knows each of its revisions.
func (v *verifier) checkLog() error {
	err := v.Commits(v.ctx, 0, func(seq int64, c record.Commit) error {
		v.report.Commits++
		v.report.Revisions += len(c.Revisions)
		v.commits[c.ID] = true
		if !c.Previous.IsZero() {
			v.followed[c.Previous] = true
		}
		if err := checkCommit(c); err != nil {
			v.report.problem("Commit %d is not what its author signed: %v.", seq, err)
		}
		if err := v.checkIndex(seq, c); err != nil {
			return err
		}
		return v.step(1)
	})
	if errors.Is(err, ErrLog) || errors.Is(err, record.ErrEncoding) {
		v.report.problem("The log cannot be read beyond commit %d: %v.", v.report.Commits, err)
		err = nil
	}
	for id := range v.followed {
		if !v.commits[id] {
			v.report.Gaps = append(v.report.Gaps, id)
		}
	}
	slices.SortFunc(v.report.Gaps, record.Hash.Compare)
	return err
}

func (v *verifier) checkIndex(seq int64, c record.Commit) error {
	return v.read(v.ctx, func(q querier) error {
		for pos, r := range c.Revisions {
			var count int
			err := q.row(`SELECT count(*) FROM revisions JOIN records ON key = record
				WHERE id = ? AND seq = ? AND pos = ? AND mark = ?`, r.Record[:], seq, pos, mark(r.ID)).Scan(&count)
			if err != nil {
				return err
			}
			if count != 1 {
				v.report.problem("The index of revisions does not know revision %d of commit %d; restore the newest backup.", pos+1, seq)
			}
		}
		return nil
	})
}

// checkRecords checks the history, openings and derived rows of every record.
func (v *verifier) checkRecords() error {
	for after := int64(0); ; {
		count := 0
		err := v.read(v.ctx, func(q querier) error {
			recs, err := recordsAfter(q, after, rebuildBatch)
			for _, rec := range recs {
				if err == nil {
					err = v.checkRecord(q, rec)
				}
				after = rec.key
			}
			count = len(recs)
			return err
		})
		if err != nil || count == 0 {
			return err
		}
		if err := v.step(count); err != nil {
			return err
		}
	}
}

func (v *verifier) checkRecord(q querier, rec *touched) error {
	v.report.Records++
	revisions, err := v.revisionsOf(q, rec.key)
	if err != nil {
		v.report.problem("Record %s cannot be read: %v.", rec.id, err)
		return nil
	}
	rec.old = revisions
	if err := rec.checkDepths(); err != nil {
		v.report.problem("Record %s has a wrong history: %v.", rec.id, err)
	}
	h := record.NewHistory(revisions)
	for _, r := range h.Pending {
		v.report.Pending = append(v.report.Pending, r.ID)
	}
	v.report.Missing = append(v.report.Missing, h.Missing...)
	if err := v.checkOpenings(q, rec, h); err != nil {
		return err
	}
	return v.checkDerived(q, rec, h)
}

// checkOpenings checks that openings fit, and that none outlived an erasure.
func (v *verifier) checkOpenings(q querier, rec *touched, h *record.History) error {
	openings, err := openingsOf(q, rec.key, rec.id)
	if err != nil {
		return err
	}
	for _, o := range openings {
		v.report.Openings++
		all := slices.Concat(h.Revisions, h.Pending)
		i := slices.IndexFunc(all, func(r record.Revision) bool { return r.ID == o.Revision })
		if i < 0 || all[i].Changes.Set[o.Path].Commitment == nil {
			v.report.problem("Record %s keeps a personal value of %s that no revision commits to.", rec.id, o.Path)
			continue
		}
		if _, err := o.Open(*all[i].Changes.Set[o.Path].Commitment); err != nil {
			v.report.problem("Record %s keeps another personal value of %s than was saved.", rec.id, o.Path)
		}
		if slices.Contains(h.ErasedBy(o.Revision), o.Path) {
			v.report.problem("Record %s still keeps an erased value of %s; erase it again.", rec.id, o.Path)
		}
	}
	return nil
}

// checkDerived compares the derived rows of a record with what its history gives.
func (v *verifier) checkDerived(q querier, rec *touched, h *record.History) error {
	st := h.State()
	k := v.kinds()[st.Kind]
	if k == nil || len(st.Heads) == 0 {
		return nil
	}
	d := deriver{kind: k, key: rec.key, row: rec.row, state: st, label: v.nameOf(k, st), refer: func(id record.ID) (any, error) {
		to, err := findRecord(q, id)
		return to.keyOr(-1), err
	}}
	want, err := d.derive()
	if err != nil {
		return err
	}
	for _, t := range k.tables {
		have, err := storedRows(q, t, rec.row)
		if err != nil {
			return err
		}
		var due [][]any
		for _, row := range want.rows {
			if row.table == t {
				due = append(due, row.values)
			}
		}
		if !slices.EqualFunc(have, due, func(a, b []any) bool { return slices.EqualFunc(a, b, reflectEqual) }) {
			v.report.problem("What lists and figures show of record %s differs from its history; rebuild the workspace.", rec.id)
			return nil
		}
	}
	return nil
}

func reflectEqual(a, b any) bool { return reflect.DeepEqual(a, b) }

// storedRows reads the rows of a record in a derived table, values in the order of the insert statement.
func storedRows(q querier, t *table, row int64) ([][]any, error) {
	names := t.fixed()
	for i, name := range names {
		if name == "extra" {
			names[i] = "json(extra)"
		}
	}
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	order := ""
	if t.repeat != "" {
		order = " ORDER BY place"
	}
	var out [][]any
	err := each(q, func(rows *sql.Rows) error {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		out = append(out, values)
		return rows.Scan(into...)
	}, "SELECT "+strings.Join(names, ", ")+" FROM "+t.name+" WHERE row = ?"+order, row)
	return out, err
}

// checkRows checks that there are no derived rows beside those of records.
func (v *verifier) checkRows() error {
	return v.read(v.ctx, func(q querier) error {
		for _, name := range kindNames(v.kinds()) {
			for _, t := range v.kinds()[name].tables {
				var strays int
				err := q.row("SELECT count(*) FROM "+t.name+" WHERE row NOT IN (SELECT row FROM records WHERE kind = ? AND row IS NOT NULL)", name).Scan(&strays)
				if err != nil {
					return err
				}
				if strays > 0 {
					v.report.problem("Lists of %s have %d rows that belong to no record; rebuild the workspace.", name, strays)
				}
			}
		}
		var err error
		v.report.Derived, err = v.derivedHash(q)
		return err
	})
}

// checkFiles checks that every attachment that is described is there and is what it was.
func (v *verifier) checkFiles() error {
	var files []record.Hash
	err := v.read(v.ctx, func(q querier) error {
		return each(q, func(rows *sql.Rows) error {
			var sum []byte
			err := rows.Scan(&sum)
			files = append(files, record.Hash(sum))
			return err
		}, "SELECT file FROM openings WHERE file IS NOT NULL UNION SELECT file FROM draft_answers WHERE file IS NOT NULL")
	})
	for _, sum := range files {
		v.report.Files++
		if err := v.checkFile(sum); err != nil {
			v.report.problem("The attachment %s is missing or damaged (%v); copy it from a backup.", sum, err)
		}
	}
	return err
}

func (v *verifier) checkFile(sum record.Hash) error {
	file, err := os.Open(v.filePath(sum))
	if err != nil {
		return err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, interrupted{v.ctx, file}); err != nil {
		return err
	}
	if record.Hash(h.Sum(nil)) != sum {
		return errors.New("its contents have changed")
	}
	return nil
}
