package store

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// advice is what a person can do where the storage itself fails.
const (
	adviceFull     = "free some space on the disk and try again; what was stored before stays"
	adviceReadOnly = "nothing can be written there: ask for the right to, or copy the workspace to a folder of yours"
	adviceOpen     = "see whether workspace.db is a file that you may read and write"
	adviceDamaged  = "the file workspace.db is damaged: restore the newest backup into a new folder"
	adviceBusy     = "another program keeps the workspace busy: try again when it is done"
	adviceDisk     = "the disk or the network drive fails: copy the workspace to another disk, and verify the copy"
)

// Advice says in a clause what a person can do about an error that comes from the storage itself: a full disk, a
// folder that cannot be written to, a damaged file. It is empty where the error says so itself.
func Advice(err error) string {
	var failed sqlite3.Error
	if errors.As(err, &failed) {
		switch failed.Code {
		case sqlite3.ErrFull:
			return adviceFull
		case sqlite3.ErrReadonly, sqlite3.ErrPerm:
			return adviceReadOnly
		case sqlite3.ErrCantOpen:
			return adviceOpen
		case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
			return adviceDamaged
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			return adviceBusy
		case sqlite3.ErrIoErr:
			return adviceDisk
		}
		return ""
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return adviceFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return adviceReadOnly
	}
	return ""
}
