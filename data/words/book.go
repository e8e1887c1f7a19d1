package words

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
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

// plurals are the languages whose code alone would bring another country's rule of plurals: our Portuguese is that of
// Portugal, where nought is plural.
var plurals = map[string]language.Tag{"pt": language.EuropeanPortuguese}

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
	tag, err := language.Parse(name)
	if err != nil {
		return fmt.Errorf("%s: %q is no language code: name the file by its language, such as fr.yaml", file, name)
	}
	if exact, ok := plurals[name]; ok {
		tag = exact
	}
	var tree map[string]any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		return fmt.Errorf("%s is not a table of sentences: %s", file, strings.Join(strings.Fields(err.Error()), " "))
	}
	messages, err := flatten("", tree, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := b.bundle.AddMessages(tag, messages...); err != nil {
		return fmt.Errorf("%s cannot be used: %w", file, err)
	}
	keys := map[string]bool{}
	for _, message := range messages {
		keys[message.ID] = true
	}
	b.keys[name] = keys
	b.languages = append(b.languages, name)
	slices.Sort(b.languages)
	return nil
}

// flatten turns a tree of sentences into messages, whose ids are the keys on the way joined by dots. A table that has
// "other" and nothing but plural categories is one sentence in several forms.
func flatten(prefix string, tree map[string]any, into []*i18n.Message) ([]*i18n.Message, error) {
	var err error
	for _, key := range slices.Sorted(maps.Keys(tree)) {
		id := prefix + key
		switch value := tree[key].(type) {
		case string:
			into = append(into, &i18n.Message{ID: id, Other: value})
		case map[string]any:
			if message := plural(id, value); message != nil {
				into = append(into, message)
				continue
			}
			if into, err = flatten(id+".", value, into); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("the key %s holds no sentence: put one in quotes behind it", id)
		}
	}
	return into, nil
}

// plural reads the forms of one sentence, nil where the table is none.
func plural(id string, forms map[string]any) *i18n.Message {
	message := &i18n.Message{ID: id}
	slots := map[string]*string{
		"zero": &message.Zero, "one": &message.One, "two": &message.Two, "few": &message.Few, "many": &message.Many, "other": &message.Other,
	}
	for category, value := range forms {
		text, ok := value.(string)
		if !ok || slots[category] == nil {
			return nil
		}
		*slots[category] = text
	}
	if message.Other == "" {
		return nil
	}
	return message
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
