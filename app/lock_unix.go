//go:build !windows

package app

import (
	"errors"
	"os"
	"syscall"
)

// lock holds a file until unlock is called or the program ends, however it ends. The error is errTaken where another
// program holds it.
func lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errTaken
		}
		return nil, err
	}
	return func() { _ = file.Close() }, nil
}
