package brief

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	texttemplate "text/template"

	"gopkg.in/yaml.v3"
)

// template is a Markdown file with its front matter.
type template struct {
	Words   string   `yaml:"words"`   // the group of its words in the language files
	Pages   int      `yaml:"pages"`   // how many pages it should have; 0 for as many as it needs
	Finding []string `yaml:"finding"` // indicators whose finding may be the title, the first first
	Title   string   `yaml:"title"`   // key of the title of a document that has no finding
	// Estimated and Impute are what is done about what is missing, unless the brief is asked for otherwise.
	Estimated bool     `yaml:"estimated"`
	Impute    []string `yaml:"impute"`
	body      string
	name      string
}

const folder = "templates"

// Templates lists the names of the templates of a file system in alphabetical order, those that lead with a finding
// before the others.
func Templates(files fs.FS) ([]string, error) {
	paths, err := fs.Glob(files, folder+"/*.md")
	if err != nil {
		return nil, fmt.Errorf("the templates cannot be listed: %w", err)
	}
	var names []string
	for _, path := range paths {
		name := strings.TrimSuffix(strings.TrimPrefix(path, folder+"/"), ".md")
		if name != "README" {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(plain(files, a), plain(files, b)), strings.Compare(a, b))
	})
	return names, nil
}

// plain is 1 for a template without a finding, which has a title of its own.
func plain(files fs.FS, name string) int {
	data, err := fs.ReadFile(files, folder+"/"+name+".md")
	if err != nil {
		return 0 // reading it says so
	}
	if t, err := parseTemplate(name, data); err == nil && t.Title != "" {
		return 1
	}
	return 0
}

func readTemplate(files fs.FS, name string) (*template, error) {
	names, err := Templates(files)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(names, name) {
		return nil, fmt.Errorf("there is no template %q: name one of %s", name, strings.Join(names, ", "))
	}
	data, err := fs.ReadFile(files, folder+"/"+name+".md")
	if err != nil {
		return nil, fmt.Errorf("the template %s cannot be read: %w", name, err)
	}
	return parseTemplate(name, data)
}

// parseTemplate splits the front matter, between two lines of three hyphens, from the Markdown.
func parseTemplate(name string, data []byte) (*template, error) {
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	rest, ok := strings.CutPrefix(text, "---\n")
	front, body, shut := strings.Cut(rest, "\n---\n")
	if !ok || !shut {
		return nil, fmt.Errorf("the template %s has no front matter: begin it with its parameters between two lines of ---", name)
	}
	out := &template{name: name, body: body}
	decoder := yaml.NewDecoder(strings.NewReader(front))
	decoder.KnownFields(true)
	if err := decoder.Decode(out); err != nil {
		return nil, fmt.Errorf("the front matter of the template %s cannot be read: %s", name, oneLine(err))
	}
	if out.Words == "" {
		return nil, fmt.Errorf("the front matter of the template %s lacks words: name the group of its words in the language files", name)
	}
	return out, nil
}

// oneLine makes one sentence of an error of YAML, which writes several lines.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// prose fills in what stands between {{ and }} in a template: say, years and where.
func (b *builder) prose(t *template) ([]byte, error) {
	missing := ""
	parsed, err := texttemplate.New(t.name).Funcs(texttemplate.FuncMap{
		"say": func(key string) string {
			if !b.Words.Has(key) {
				missing = key
			}
			return escapeMarkdown(b.Words.Say(key))
		},
		"years": b.years,
		"where": func() string { return escapeMarkdown(b.where()) },
	}).Parse(t.body)
	if err != nil {
		return nil, fmt.Errorf("the template %s cannot be read: %w", t.name, err)
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, nil); err != nil {
		return nil, fmt.Errorf("the template %s cannot be filled: %w", t.name, err)
	}
	if missing != "" {
		return nil, fmt.Errorf("the template %s says %q, which the language files lack: add it to each of them", t.name, missing)
	}
	return out.Bytes(), nil
}

var markdownMarks = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`)

func escapeMarkdown(text string) string { return markdownMarks.Replace(text) }
