package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/store"
)

// QuestionnaireFile is a questionnaire that somebody wants to put into the workspace: a file of a folder, with what it
// renames of the version before it. A rename to nothing says that a proposed one is none.
type QuestionnaireFile struct {
	Folder  fs.FS
	Name    string
	Renames form.Renames
	Note    string
}

// Proposal is a questionnaire that may be put into the workspace, with everything that is to be known before.
type Proposal struct {
	Source   form.Source
	Form     *form.Form // nil where it has errors
	Problems []form.Problem
	Findings []form.Finding // where Collect, Enketo and Coopatlas would differ
	// Former is the version before; nil where the kind is new.
	Former     *Questionnaire
	Difference form.Difference // from that version
	Undecided  []form.Rename   // what may have been renamed, and nobody has said
	Drafts     []DraftTrial
	Same       bool // it is here already, word for word
	Replaces   bool // the version is here with other tables, and no record was answered under it

	renames form.Renames
	texts   map[string]string
	lists   ownLists
	note    string
}

// Refused tells whether the questionnaire cannot be put in as it is.
func (p *Proposal) Refused() bool { return len(form.Errors(p.Problems)) > 0 }

// Loses tells whether a draft would lose something.
func (p *Proposal) Loses() bool {
	return slices.ContainsFunc(p.Drafts, func(d DraftTrial) bool { return len(d.Lost) > 0 })
}

// Propose reads a questionnaire and says all that is wrong with it, what it changes, and what becomes of drafts. Nothing
// is kept. The error says why the file cannot be read at all.
func (w *Workspace) Propose(ctx context.Context, from QuestionnaireFile) (*Proposal, error) {
	source, err := xlsform.Read(from.Folder, from.Name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from.Name, err)
	}
	set := w.set()
	source.PersonalKinds = set.personal()
	p := &Proposal{Source: source, note: from.Note, renames: form.Renames{}}
	p.version(set)
	p.Form, p.Problems = form.Compile(p.Source)
	p.Findings = form.Lint(p.Source)
	p.settings(set)
	if p.Form == nil {
		return p, nil
	}
	p.concepts(set)
	p.references(set)
	p.besides(w, from)
	p.compare(set, from.Renames)
	if err := p.present(ctx, w, set); err != nil {
		return nil, err
	}
	if p.Refused() || p.Same {
		return p, nil
	}
	p.Drafts, err = w.tryDrafts(ctx, p)
	return p, err
}

// personal are the kinds whose records have personal names.
func (s *formSet) personal() []string {
	var out []string
	for _, kind := range s.kinds {
		if s.newest(kind).Form.NamePersonal {
			out = append(out, kind)
		}
	}
	return out
}

func (p *Proposal) say(severity form.Severity, sheet, column string, row int, format string, args ...any) {
	p.Problems = append(p.Problems, form.Problem{Severity: severity, Sheet: sheet, Column: column, Row: row, Message: fmt.Sprintf(format, args...)})
}

// setting complains of a setting.
func (p *Proposal) setting(column, format string, args ...any) {
	row := 0
	if len(p.Source.Settings.Rows) > 0 {
		row = p.Source.Settings.Rows[0].Number
	}
	p.say(form.Error, "settings", column, row, format, args...)
}

// version writes the form_id and the version into the settings where the file leaves them to its name, so that the
// tables say them wherever they travel.
func (p *Proposal) version(set *formSet) {
	row := form.Row{Cells: map[string]string{}}
	if rows := p.Source.Settings.Rows; len(rows) > 0 {
		row = form.Row{Number: rows[0].Number, Cells: maps.Clone(rows[0].Cells)}
	}
	stem, _, _ := strings.Cut(path.Base(p.Source.Name), ".")
	sheet := form.Sheet{Name: "settings", Columns: slices.Clone(p.Source.Settings.Columns), Rows: []form.Row{row}}
	put := func(column, value string) {
		if row.Get(column) != "" {
			return
		}
		if row.Cells[column] = value; !slices.Contains(sheet.Columns, column) {
			sheet.Columns = append(sheet.Columns, column)
		}
	}
	put("form_id", stem)
	if len(set.versions[row.Get("form_id")]) == 0 {
		put("version", "1")
	}
	p.Source.Settings = sheet
}

// kindShape is what the name of a kind looks like: it stands in commands and routes.
var kindShape = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`)

// codeLists are the names of the code lists, which questionnaires read with pulldata as they read kinds.
var codeLists = [...]string{"country", "subdivision", "currency", "language", "isic4", "isic5"}

// reserved says in a sentence why a name cannot be that of a kind; empty where it can.
func (s *formSet) reserved(id string) string {
	if !kindShape.MatchString(id) {
		return fmt.Sprintf("%q cannot be the name of a kind; write a form_id that begins with a letter and has at most 64 letters, figures, _ and -", id)
	}
	if slices.Contains(codeLists[:], id) {
		return fmt.Sprintf("%s is the name of a code list; give the questionnaire another form_id", id)
	}
	for _, kind := range s.kinds {
		if kind != id && strings.EqualFold(kind, id) {
			return fmt.Sprintf("%s differs from the kind %s in capitals only; write %s, or another form_id", id, kind, kind)
		}
	}
	if slices.Contains(kinds[:], id) && register(s.versions[id][0].Form) {
		return fmt.Sprintf("%s is a register that the program itself leans on; give the questionnaire another form_id", id)
	}
	return ""
}

// settings holds form_id and version against what there is.
func (p *Proposal) settings(set *formSet) {
	row := p.Source.Settings.Rows[0]
	id, version := row.Get("form_id"), row.Get("version")
	if why := set.reserved(id); why != "" {
		p.setting("form_id", "%s", why)
		return
	}
	last := set.newest(id)
	switch {
	case last == nil:
	case version == "":
		p.setting("version", "there is no version, and %s has the version %s already; write a higher one", id, last.Form.Version)
	case set.at(id, version) == nil && form.CompareVersions(version, last.Form.Version) < 0:
		p.setting("version", "the version %s comes before %s, which is here already; write a higher one", version, last.Form.Version)
	}
}

// concepts refuses a version of a kind of the program that lists and figures could not read.
func (p *Proposal) concepts(set *formSet) {
	last := set.newest(p.Form.ID)
	if last == nil || !slices.Contains(kinds[:], p.Form.ID) {
		return
	}
	for _, concept := range []string{"subject", "wave", "year", "country"} {
		_, had := last.Form.ByConcept(concept)
		if _, has := p.Form.ByConcept(concept); had && !has {
			p.setting("form_id", "lists and figures of %s need a question with the concept %s, and no question has it; write it into its row", p.Form.ID, concept)
		}
	}
}

// references holds the kinds that questions refer to against those there are.
func (p *Proposal) references(set *formSet) {
	for _, q := range p.Form.Questions {
		if q.Kind != "" && q.Kind != p.Form.ID && set.newest(q.Kind) == nil {
			p.say(form.Error, "survey", "type", q.Row, "there is no kind of record %q; give the name of one (%s), or a file such as %s.csv", q.Kind, strings.Join(set.kinds, ", "), q.Kind)
		}
	}
}

// besides reads the files of choices that lie beside the questionnaire.
func (p *Proposal) besides(w *Workspace, from QuestionnaireFile) {
	p.texts = map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(p.Form.Instances)) {
		name := p.Form.Instances[id]
		if strings.HasPrefix(name, "kind:") || strings.HasPrefix(name, "list:") {
			continue
		}
		text, err := beside(from, name)
		_, known := w.Lists.List(name)
		switch {
		case err == nil && strings.EqualFold(path.Ext(name), ".csv"):
			p.texts[name] = text
		case known && errors.Is(err, fs.ErrNotExist):
		case err == nil || errors.Is(err, fs.ErrNotExist) && !strings.EqualFold(path.Ext(name), ".csv"):
			p.say(form.Warning, "survey", "type", p.rowOf(name), "choices are not read from %s, so that there are none; write them as a .csv with the columns name and label", name)
		case errors.Is(err, fs.ErrNotExist):
			p.say(form.Warning, "survey", "type", p.rowOf(name), "%s does not lie beside the questionnaire, so that it gives no choices; put it there", name)
		default:
			p.say(form.Error, "survey", "type", p.rowOf(name), "%s cannot be read: %v", name, err)
		}
	}
	var err error
	if p.lists, err = readLists(p.Form, p.texts); err != nil {
		p.say(form.Error, "survey", "type", 0, "%v", err)
	}
}

// rowOf is the row of the first question that takes its choices from a file.
func (p *Proposal) rowOf(file string) int {
	for _, q := range p.Form.Questions {
		if q.File == file {
			return q.Row
		}
	}
	return 0
}

// largestList is how many bytes a list of choices may have.
const largestList = 8 << 20

// beside reads a file that lies beside the questionnaire, or in the folder "media" there.
func beside(from QuestionnaireFile, name string) (string, error) {
	folder := path.Dir(from.Name)
	if !fs.ValidPath(path.Join(folder, name)) {
		return "", fs.ErrNotExist
	}
	data, err := fs.ReadFile(from.Folder, path.Join(folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		data, err = fs.ReadFile(from.Folder, path.Join(folder, "media", name))
	}
	if err == nil && len(data) > largestList {
		err = fmt.Errorf("it is larger than %d MB", largestList>>20)
	}
	return string(data), err
}

// compare says what the questionnaire changes of the version before it.
func (p *Proposal) compare(set *formSet, renames form.Renames) {
	for _, q := range set.versions[p.Form.ID] {
		if form.CompareVersions(q.Form.Version, p.Form.Version) < 0 {
			p.Former = q
		}
	}
	for old, to := range renames {
		if to != "" {
			p.renames[old] = to
		}
	}
	if p.Former == nil {
		if len(p.renames) > 0 {
			p.say(form.Error, "renames", "", 0, "%s is a new kind, so that nothing of it can be renamed; take the renames out", p.Form.ID)
		}
		return
	}
	p.Difference = form.Compare(p.Former.Form, p.Form, p.renames)
	for _, rename := range p.Difference.Unknown {
		p.say(form.Error, "renames", "", 0, "%s names nothing in one of the versions; correct it", rename)
	}
	for _, proposed := range p.Difference.Proposed {
		if _, decided := renames[proposed.Old]; !decided {
			p.Undecided = append(p.Undecided, proposed)
		}
	}
	p.reused()
}

// reused refuses names that meant something else before: answers given under an earlier version could not be told from
// new ones.
func (p *Proposal) reused() {
	for _, old := range slices.Sorted(maps.Keys(p.renames)) {
		to := p.renames[old]
		question, choice, coded := strings.Cut(old, ":")
		if !coded {
			p.taken(old, to)
			continue
		}
		if q, ok := p.Form.Question(p.renames.Path(question)); ok && p.Form.Lists[q.List] != nil {
			if _, still := p.Form.Lists[q.List].Choice(choice); still {
				p.say(form.Error, "renames", "", 0, "the choice %s is %s now, and there still is a choice %s; give that another name", old, to, choice)
			}
		}
	}
	p.Former.Form.EachRenamed(func(now, was, code string) {
		if _, again := p.Form.Question(was); code == "" && again {
			p.say(form.Error, "survey", "name", 0, "%s was the name of %s in an earlier version; choose another name", was, now)
		}
	})
}

// taken refuses a rename of a path that stays, or to one that was there.
func (p *Proposal) taken(old, to string) {
	_, still := p.Form.Question(old)
	_, stillGroup := p.Form.Group(old)
	_, was := p.Former.Form.Question(to)
	switch {
	case still || stillGroup:
		p.say(form.Error, "renames", "", 0, "%s is %s now, and there still is a row %s; give that another name", old, to, old)
	case was && p.renames.Path(to) == to:
		p.say(form.Error, "renames", "", 0, "%s cannot become %s, which was there before; choose another name", old, to)
	}
}

// present looks whether the version is here already, and whether it may be replaced.
func (p *Proposal) present(ctx context.Context, w *Workspace, set *formSet) error {
	here := set.at(p.Form.ID, p.Form.Version)
	if here == nil || p.Refused() {
		return nil
	}
	source, err := here.Source()
	if err != nil {
		return err
	}
	if xlsform.WriteMarkdown(source) == xlsform.WriteMarkdown(p.Source) && maps.Equal(here.lists.texts(), p.texts) && maps.Equal(here.Renames, p.renames) {
		p.Same = true
		return nil
	}
	use, err := w.use(ctx, p.Form.ID)
	if err != nil {
		return err
	}
	switch {
	case here.BuiltIn():
		p.setting("version", "the version %s of %s comes with the program; write a higher one", p.Form.Version, p.Form.ID)
	case use[p.Form.Version] != Use{} || set.newest(p.Form.ID) != here:
		p.setting("version", "the version %s of %s is here with other tables, and %d records and drafts were answered under it; write a higher one",
			p.Form.Version, p.Form.ID, use[p.Form.Version].Records+use[p.Form.Version].Drafts)
	default:
		p.Replaces = true
	}
	return nil
}

func (l ownLists) texts() map[string]string {
	out := map[string]string{}
	for name, list := range l {
		out[name] = list.text
	}
	return out
}

// Use is how much was answered under one version of a questionnaire.
type Use struct{ Records, Drafts int }

// Uses counts, by version, the records and drafts of a kind.
func (w *Workspace) Uses(ctx context.Context, kind string) (map[string]Use, error) {
	if _, err := w.MustKnow(kind); err != nil {
		return nil, err
	}
	return w.use(ctx, kind)
}

func (w *Workspace) use(ctx context.Context, kind string) (map[string]Use, error) {
	out := map[string]Use{}
	counts, err := w.Store.Versions(ctx, kind)
	if errors.Is(err, store.ErrKind) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	for version, n := range counts {
		out[version] = Use{Records: n}
	}
	drafts, err := w.Store.Drafts(ctx)
	for _, d := range drafts {
		if d.Kind == kind {
			one := out[d.Form]
			one.Drafts++
			out[d.Form] = one
		}
	}
	return out, err
}
