package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"
)

// notesMost is how large the log may grow before it begins anew, in bytes.
const notesMost = 1 << 20

// notes are the log of errors and what is written where the program ends by a fault. They lie in the user's
// configuration folder, beside the identity, and hold no answers.
type notes struct {
	file  *os.File
	fault *os.File
	now   func() time.Time
	crash string // what an earlier start left; "" for none
}

// openNotes opens both, and sets what an earlier start left of a fault aside.
func openNotes(now func() time.Time) (*notes, error) {
	base, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("there is no folder for the log: %w", err)
	}
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700) // the toolkit keeps pictures there, and complains where the folder is new
	}
	return openNotesIn(filepath.Join(base, "coopatlas"), now)
}

func openNotesIn(dir string, now func() time.Time) (*notes, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the log cannot be kept: %w", err)
	}
	n := &notes{now: now}
	fault := filepath.Join(dir, "fault.txt")
	if info, err := os.Stat(fault); err == nil && info.Size() > 0 {
		n.crash = filepath.Join(dir, "crash-"+info.ModTime().UTC().Format("20060102-150405")+".txt")
		if err := os.Rename(fault, n.crash); err != nil {
			n.crash = ""
		}
	}
	path, flags := filepath.Join(dir, "log.txt"), os.O_WRONLY|os.O_CREATE|os.O_APPEND
	if info, err := os.Stat(path); err == nil && info.Size() > notesMost {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	var err error
	if n.file, err = os.OpenFile(path, flags, 0o600); err != nil {
		return nil, fmt.Errorf("the log cannot be kept: %w", err)
	}
	if n.fault, err = os.OpenFile(fault, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
		return nil, fmt.Errorf("the log cannot be kept: %w", err)
	}
	return n, debug.SetCrashOutput(n.fault, debug.CrashOptions{})
}

// log notes an error that the person was shown.
func (n *notes) log(err error) {
	fmt.Fprintf(n.file, "%s %v\n", n.now().UTC().Format(time.RFC3339), err)
}

// close ends the notes.
func (n *notes) close() {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	_ = n.fault.Close()
	_ = n.file.Close()
}
