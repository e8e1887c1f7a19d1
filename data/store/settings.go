package store

import (
	"context"
	"database/sql"
	"errors"
)

// Setting returns a setting of the workspace, such as its name, its language, or its letterhead as JSON; found is
// false where it was never set.
func (s *Store) Setting(ctx context.Context, key string) (value string, found bool, err error) {
	err = s.read(ctx, func(q querier) error {
		return q.row("SELECT value FROM settings WHERE key = ?", key).Scan(&value)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, err
}

// SetSetting keeps a setting; the empty value removes it.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	return s.write(ctx, urgent, func(t *tx) error {
		if value == "" {
			return t.exec("DELETE FROM settings WHERE key = ?", key)
		}
		return t.exec("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", key, value)
	})
}

// Settings returns every setting of the workspace.
func (s *Store) Settings(ctx context.Context) (map[string]string, error) {
	all := map[string]string{}
	err := s.read(ctx, func(q querier) error {
		return each(q, func(rows *sql.Rows) error {
			var key, value string
			if err := rows.Scan(&key, &value); err != nil {
				return err
			}
			all[key] = value
			return nil
		}, "SELECT key, value FROM settings")
	})
	return all, err
}
