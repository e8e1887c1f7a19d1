package questionnaires

import (
	"context"
	"slices"
	"strings"

	"coopatlas/app/kit"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// The columns of the list.
const (
	titleColumn     = "title"
	versionColumn   = "version"
	languagesColumn = "languages"
	recordsColumn   = "records"
)

func (p *Page) columns() []kit.TableColumn {
	return []kit.TableColumn{{Name: titleColumn, Title: p.say("column.title")}, {Name: versionColumn, Title: p.say("column.version")},
		{Name: languagesColumn, Title: p.say("column.languages")}, {Name: recordsColumn, Title: p.say("column.records"), Number: true}}
}

// rows reads the rows of the list; it runs in the background.
func (p *Page) rows() func(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
	space, say := p.s.Workspace(), p.s.Words()
	return func(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
		kinds := offered(space)
		out := kit.TablePage{Total: len(kinds)}
		for _, kind := range kinds[min(q.Offset, len(kinds)):] {
			row, err := listed(ctx, space, say, kind)
			if err != nil {
				return out, err
			}
			out.Rows = append(out.Rows, row)
		}
		return out, nil
	}
}

// offered are the kinds that people fill: those that the program keeps its own books in are left out.
func offered(space *workspace.Workspace) []string {
	return slices.DeleteFunc(space.Kinds(), func(kind string) bool {
		q := space.Versions(kind)[0]
		return q.BuiltIn() && strings.EqualFold(q.Form.Settings["lifecycle"], "none")
	})
}

// listed is the row of a kind.
func listed(ctx context.Context, space *workspace.Workspace, say *words.Words, kind string) (kit.TableRow, error) {
	all := space.Versions(kind)
	newest := all[len(all)-1]
	records, err := space.Store.Count(ctx, kind, nil)
	title := kit.Cell{Text: titleOf(newest.Form, say.Language())}
	if slices.ContainsFunc(all, func(q *workspace.Questionnaire) bool { return q.Disputed }) {
		title = kit.Tell(kit.Warn, title.Text)
	}
	version := newest.Form.Version
	if len(all) > 1 {
		version += " (" + say.Say("questionnaires.versions", len(all)) + ")"
	}
	return kit.TableRow{Key: kind, Cells: map[string]kit.Cell{titleColumn: title, versionColumn: {Text: version},
		languagesColumn: {Text: languagesOf(newest.Form)}, recordsColumn: {Text: say.Integer(int64(records))}}}, err
}

// titleOf is the title of a questionnaire; its kind where it has none.
func titleOf(f *form.Form, language string) string {
	if title := f.Title.In(language, f.DefaultLanguage); title != "" {
		return title
	}
	return f.ID
}

// languagesOf names the languages of a questionnaire.
func languagesOf(f *form.Form) string {
	var out []string
	for _, code := range f.Languages {
		if code == "default" {
			code = "–"
		}
		out = append(out, code)
	}
	return strings.Join(out, ", ")
}

// known is what is shown of one version of a questionnaire.
type known struct {
	shown      *workspace.Questionnaire
	all        []*workspace.Questionnaire // oldest first
	uses       map[string]workspace.Use
	before     *workspace.Questionnaire // that the difference is from; nil where there is none
	difference form.Difference
	findings   []form.Finding
	tables     string // as text
	troubles   []workspace.Trouble
}

// read reads what is shown of a version of a kind; version is the newest where it is empty, and from the one before.
func read(ctx context.Context, space *workspace.Workspace, kind, version, from string) (known, error) {
	out := known{all: space.Versions(kind), troubles: space.Troubles()}
	var err error
	if out.shown, err = space.Questionnaire(kind, version); err != nil {
		return out, err
	}
	if out.uses, err = space.Uses(ctx, kind); err != nil {
		return out, err
	}
	for i, q := range out.all {
		if q.Form.Version == from && q != out.shown || out.before == nil && i+1 < len(out.all) && out.all[i+1].Form.Version == out.shown.Form.Version {
			out.before = q
		}
	}
	if out.before != nil {
		if out.difference, err = space.Compare(kind, out.before.Form.Version, out.shown.Form.Version); err != nil {
			return out, err
		}
	}
	source, err := out.shown.Source()
	if err != nil {
		return out, err
	}
	out.findings, out.tables = form.Lint(source), xlsform.WriteMarkdown(source)
	return out, nil
}
