package codes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"coopatlas/assets"
)

// The names of the lists, as questionnaires call them.
const (
	CountryList     = "country.csv"
	SubdivisionList = "subdivision.csv"
	CurrencyList    = "currency.csv"
	LanguageList    = "language.csv"
	ISICList        = "isic4.csv" // Rev.4: sections to classes
	ISIC5List       = "isic5.csv" // Rev.5: sections
)

// languages are those in which the files that `make assets` brings name countries and subdivisions.
var languages = [...]string{"en", "fr", "es", "it", "pt"}

// Lists gives the code lists. A list is read when it is first asked for, once; Lists may be shared by goroutines.
type Lists struct {
	files    fs.FS
	versions map[string]string // of the packages under vendor
	readers  map[string]func() (*List, error)

	names      func() (*names, error)
	currencies func() (*currencies, error)
}

// Open prepares the lists of a tree of files with the folders "vendor" and "codes", usually assets.FS(). It reads
// nothing large. Its error wraps assets.ErrNotBuilt where the third-party files are missing.
func Open(files fs.FS) (*Lists, error) {
	l := &Lists{files: files}
	if err := l.readJSON("vendor/versions.json", &l.versions); err != nil {
		return nil, fmt.Errorf("code lists: %w", err)
	}
	l.names = sync.OnceValues(l.readNames)
	l.currencies = sync.OnceValues(l.readCurrencies)
	l.readers = map[string]func() (*List, error){
		CountryList:     sync.OnceValues(l.readCountries),
		SubdivisionList: sync.OnceValues(l.readSubdivisions),
		CurrencyList:    sync.OnceValues(l.readCurrencyList),
		LanguageList:    sync.OnceValues(l.readLanguages),
		ISICList:        sync.OnceValues(l.readISIC),
		ISIC5List:       sync.OnceValues(l.readISIC5),
	}
	return l, nil
}

// List returns the list of a name such as "country.csv"; false where there is none of that name or its file cannot
// be read (Load says why).
func (l *Lists) List(name string) (*List, bool) {
	list, err := l.Load(name)
	return list, err == nil
}

// ErrUnknownList is wrapped by Load where no list has the name.
var ErrUnknownList = errors.New("no such code list")

// Load returns the list of a name such as "country.csv", or an error that names the file that cannot be read.
func (l *Lists) Load(name string) (*List, error) {
	read, ok := l.readers[name]
	if !ok {
		return nil, fmt.Errorf("%w: %q; there are country.csv, subdivision.csv, currency.csv, language.csv, isic4.csv and isic5.csv", ErrUnknownList, name)
	}
	list, err := read()
	if err != nil {
		return nil, fmt.Errorf("code list %s: %w", name, err)
	}
	return list, nil
}

// read returns a file's contents; a missing third-party file is told as a program built without `make assets`.
func (l *Lists) read(path string) ([]byte, error) {
	data, err := fs.ReadFile(l.files, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, assets.ErrNotBuilt)
	}
	return data, err
}

func (l *Lists) readJSON(path string, into any) error {
	data, err := l.read(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// version names the standard and the package its codes were read from.
func (l *Lists) version(standard, pack string) string {
	return fmt.Sprintf("%s, %s %s", standard, pack, l.versions[pack])
}
