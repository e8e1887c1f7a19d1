package workspace

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"

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
		return record.Identity{}, fmt.Errorf("%s: %w", path, err)
	}
	return identity, nil
}

func makeIdentity(path, name string) (record.Identity, error) {
	var seed [32]byte
	if _, err := rand.Read(seed[:]); err != nil {
		return record.Identity{}, err
	}
	if name == "" {
		name = accountName()
	}
	identity := record.NewIdentity(name, seed)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return record.Identity{}, fmt.Errorf("your identity cannot be kept: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) { // another Coopatlas was quicker
		return LoadIdentity(name)
	}
	if err != nil {
		return record.Identity{}, fmt.Errorf("your identity cannot be kept: %w", err)
	}
	if _, err = file.Write(identity.Marshal()); err == nil {
		err = file.Sync()
	}
	return identity, errors.Join(err, file.Close())
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
