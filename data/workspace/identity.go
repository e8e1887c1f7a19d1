package workspace

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"

	"coopatlas/data/record"
)

// IdentityVariable is the environment variable that names another file for the person's signing identity.
const IdentityVariable = "COOPATLAS_IDENTITY"

// IdentityPath returns where the person's signing identity lies: the file that COOPATLAS_IDENTITY names, else
// coopatlas/identity.json in the user's configuration folder.
func IdentityPath() (string, error) {
	if path := os.Getenv(IdentityVariable); path != "" {
		return path, nil
	}
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for your identity: name a file in %s: %w", IdentityVariable, err)
	}
	return filepath.Join(folder, "coopatlas", "identity.json"), nil
}

// LoadIdentity reads the person's signing identity, or makes one of fresh randomness, under the given name (the
// account's where it is empty), where there is none yet. The file is readable by its owner only.
func LoadIdentity(name string) (record.Identity, error) {
	path, err := IdentityPath()
	if err != nil {
		return record.Identity{}, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeIdentity(path, name)
	}
	if err != nil {
		return record.Identity{}, fmt.Errorf("your identity cannot be read: %w", err)
	}
	identity, err := record.ParseIdentity(data)
	if err != nil {
		return record.Identity{}, fmt.Errorf("%s: %w; put a copy of yours there, or move the file away and a new identity is made", path, err)
	}
	keepPrivate(path)
	return identity, nil
}

// keepPrivate takes the right to read an identity from others, who could sign in its owner's name. Where a disk knows
// no such rights, or the file is another's, it stays as it is.
func keepPrivate(path string) {
	info, err := os.Stat(path)
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(path, 0o600)
	}
}

// makeIdentity makes an identity. Its file appears when it is whole, so that another Coopatlas that starts at the same
// moment, or a crash, finds a whole one or none.
func makeIdentity(path, name string) (record.Identity, error) {
	var seed [32]byte
	if _, err := rand.Read(seed[:]); err != nil {
		return record.Identity{}, err
	}
	if name == "" {
		name = accountName()
	}
	identity := record.NewIdentity(name, seed)
	err := placeNew(path, identity.Marshal())
	if errors.Is(err, fs.ErrExist) { // another Coopatlas was quicker
		return LoadIdentity(name)
	}
	if err != nil {
		return record.Identity{}, fmt.Errorf("your identity cannot be kept: %w; name a file that you may write in %s", err, IdentityVariable)
	}
	return identity, nil
}

// placeNew writes a file that only its owner reads and puts it in its place whole; the error wraps fs.ErrExist where
// there is a file already.
func placeNew(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // a temporary name
	if _, err = file.Write(data); err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err = os.Link(file.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Stat(path); err == nil { // a disk that knows no links
		return fs.ErrExist
	}
	return os.Rename(file.Name(), path)
}

func accountName() string {
	account, err := user.Current()
	switch {
	case err != nil:
		return "unnamed"
	case account.Name != "":
		return account.Name
	}
	return account.Username
}
