package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"
)

func TestAdvice(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{sqlite3.Error{Code: sqlite3.ErrFull}, adviceFull},
		{&fs.PathError{Op: "write", Path: "file", Err: syscall.ENOSPC}, adviceFull},
		{sqlite3.Error{Code: sqlite3.ErrReadonly}, adviceReadOnly},
		{&fs.PathError{Op: "mkdir", Path: "folder", Err: syscall.EACCES}, adviceReadOnly},
		{sqlite3.Error{Code: sqlite3.ErrCantOpen}, adviceOpen},
		{sqlite3.Error{Code: sqlite3.ErrCorrupt}, adviceDamaged},
		{sqlite3.Error{Code: sqlite3.ErrNotADB}, adviceDamaged},
		{sqlite3.Error{Code: sqlite3.ErrBusy}, adviceBusy},
		{sqlite3.Error{Code: sqlite3.ErrIoErr}, adviceDisk},
		{sqlite3.Error{Code: sqlite3.ErrConstraint}, ""},
		{ErrNotFound, ""},
		{nil, ""},
	} {
		if got := Advice(c.err); got != c.want {
			t.Errorf("%v: %q", c.err, got)
		}
		if got := Advice(fmt.Errorf("saving: %w", errors.Join(c.err, errors.New("and more")))); got != c.want {
			t.Errorf("%v, wrapped: %q", c.err, got)
		}
	}
}

// What is no database of ours is refused with something to do, whatever its bytes are.
func TestOpeningWhatIsDamaged(t *testing.T) {
	s := create(t, config())
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "Abeille")})
	s.Close()
	file := filepath.Join(s.Dir(), databaseName)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty": {}, "its head only": whole[:50], "half of it": whole[:len(whole)/2], "text": []byte("no database, however long this text goes on and on"),
	} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		again, err := Open(s.Dir(), config())
		if err == nil {
			again.Close()
		}
		if err == nil || Advice(err) == "" && !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
