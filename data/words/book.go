package words

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

// Folder is where Open looks for the language files, if the file system has it; else they lie at its root.
const Folder = "lang"

// Book holds the sentences of all languages. It is safe for use by many goroutines once opened.
type Book struct {
	bundle    *i18n.Bundle
	keys      map[string]map[string]bool
	languages []string
}

// Open reads every .yaml file of the folder "lang" of a file system, or of its root where there is no such folder.
// A file is named by its language ("fr.yaml"). English must be there, because the other languages fall back on it.
func Open(fsys fs.FS) (*Book, error) {
	if info, err := fs.Stat(fsys, Folder); err == nil && info.IsDir() {
		sub, err := fs.Sub(fsys, Folder)
		if err != nil {
			return nil, fmt.Errorf("the folder %s cannot be read: %w", Folder, err)
		}
		fsys = sub
	}
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("the language files cannot be listed: %w", err)
	}
	book := &Book{bundle: i18n.NewBundle(language.English), keys: map[string]map[string]bool{}}
	book.bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for _, file := range files {
		if err := book.read(fsys, file); err != nil {
			return nil, err
		}
	}
	if book.keys["en"] == nil {
		return nil, errors.New("the language files lack en.yaml: put the English sentences there")
	}
	return book, nil
}

func (b *Book) read(fsys fs.FS, file string) error {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", file, err)
	}
	name := strings.TrimSuffix(path.Base(file), ".yaml")
	if _, err := language.Parse(name); err != nil {
		return fmt.Errorf("%s: %q is no language code: name the file by its language, such as fr.yaml", file, name)
	}
	messages, err := b.bundle.ParseMessageFileBytes(data, file)
	if err != nil {
		return fmt.Errorf("%s is not a table of sentences: %w", file, err)
	}
	keys := map[string]bool{}
	for _, message := range messages.Messages {
		keys[message.ID] = true
	}
	b.keys[name] = keys
	b.languages = append(b.languages, name)
	slices.Sort(b.languages)
	return nil
}

// Languages lists the codes of the languages the book has, in alphabetical order.
func (b *Book) Languages() []string { return slices.Clone(b.languages) }

// Keys lists the keys of one language in alphabetical order; none where the book lacks the language.
func (b *Book) Keys(code string) []string {
	keys := make([]string, 0, len(b.keys[code]))
	for key := range b.keys[code] {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// In returns the words of a language given by its code ("fr", "fr-BE"); English where the book lacks it.
func (b *Book) In(code string) *Words {
	tag, err := language.Parse(code)
	if err != nil {
		tag = language.English
	}
	base, _ := tag.Base()
	found := "en"
	if b.keys[base.String()] != nil {
		found = base.String()
	}
	return &Words{
		language:  found,
		book:      b,
		localizer: i18n.NewLocalizer(b.bundle, found),
		marks:     marksOf(found),
	}
}
