package assets

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed all:forms all:templates all:lang all:codes all:icons all:vendor
var files embed.FS

// ErrNotBuilt is wrapped by every read of a third-party file in a program that was built before `make assets` ran.
var ErrNotBuilt = errors.New("this program was built without its third-party files: run `make assets` in the source folder and build again")

// FS returns all embedded files: forms, templates, lang, codes, icons and vendor.
func FS() fs.FS { return files }

// Vendor reads a third-party file by its path below assets/vendor, such as "fonts/NotoSans-Regular.ttf".
// Its error wraps ErrNotBuilt where the file is missing.
func Vendor(path string) ([]byte, error) {
	data, err := files.ReadFile("vendor/" + path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, ErrNotBuilt)
	}
	return data, err
}

// Icon returns one of the line icons by its name, such as "home", as an SVG file of 24 units.
func Icon(name string) ([]byte, error) {
	data, err := files.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil, fmt.Errorf("there is no icon %q: %w", name, err)
	}
	return data, nil
}
