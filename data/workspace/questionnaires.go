package workspace

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
)

// questionnaireKind is the kind whose records hold the questionnaires that somebody put into the workspace.
const questionnaireKind = "questionnaire"

// Questionnaire is one version of the questionnaire of a kind. It is never changed.
type Questionnaire struct {
	Form    *form.Form
	Record  record.ID // that holds it; zero: the program brings it
	File    string    // that it was read from
	Note    string
	Before  string       // the version that its renames start from
	Renames form.Renames // since that version
	// Disputed tells that two people put in different tables under the same version: one of them is used, and the record
	// shows both.
	Disputed bool

	source form.Source
	lists  ownLists
}

// BuiltIn tells whether the program brings the questionnaire.
func (q *Questionnaire) BuiltIn() bool { return q.Record.IsZero() }

// Lists are the names of the files of choices that the questionnaire brings, in order.
func (q *Questionnaire) Lists() []string { return slices.Sorted(maps.Keys(q.lists)) }

// Source returns the tables of the questionnaire, as they were written.
func (q *Questionnaire) Source() (form.Source, error) {
	if q.BuiltIn() {
		return xlsform.KindSource(assets.FS(), q.Form.ID)
	}
	return q.source, nil
}

// ownLists are the lists of choices that a questionnaire brings in files beside it, by the name of the file.
type ownLists map[string]ownList

// ownList is one of them.
type ownList struct {
	text    string // the file
	choices []form.Choice
	places  map[string]int
}

func newOwnList(text string, choices []form.Choice) ownList {
	l := ownList{text: text, choices: choices, places: make(map[string]int, len(choices))}
	for i, c := range choices {
		if _, taken := l.places[c.Name]; !taken {
			l.places[c.Name] = i
		}
	}
	return l
}

// in gives the rows of a list in a language.
func (l ownList) in(language string) []interview.Choice {
	out := make([]interview.Choice, len(l.choices))
	for i := range l.choices {
		out[i] = l.at(i, language)
	}
	return out
}

func (l ownList) at(i int, language string) interview.Choice {
	c := l.choices[i]
	label := c.Label.In(language, "default")
	if label == "" {
		label = c.Name
	}
	return interview.Choice{Name: c.Name, Label: label, Attributes: c.Attributes}
}

// find is the row of a code, in a language.
func (l ownList) find(name, language string) (interview.Choice, bool) {
	i, ok := l.places[name]
	if !ok {
		return interview.Choice{}, false
	}
	return l.at(i, language), true
}

// formSet is all questionnaires there are at one moment.
type formSet struct {
	kinds    []string                    // those that the program brings first
	versions map[string][]*Questionnaire // by kind, oldest first
	troubles []Trouble
}

// Trouble is a record of a questionnaire that cannot be used.
type Trouble struct {
	Record        record.ID
	Kind, Version string
	Why           string // a sentence
}

// newest is the newest questionnaire of a kind; nil where there is none.
func (s *formSet) newest(kind string) *Questionnaire {
	if all := s.versions[kind]; len(all) > 0 {
		return all[len(all)-1]
	}
	return nil
}

// at is a version of a kind; nil where it is not here.
func (s *formSet) at(kind, version string) *Questionnaire {
	for _, q := range s.versions[kind] {
		if q.Form.Version == version {
			return q
		}
	}
	return nil
}

// forms are all versions of all kinds, oldest first.
func (s *formSet) forms() []*form.Form {
	var out []*form.Form
	for _, kind := range s.kinds {
		for _, q := range s.versions[kind] {
			out = append(out, q.Form)
		}
	}
	return out
}

// listOf is the list that a question takes its choices from, where its questionnaire brings it.
func (s *formSet) listOf(asked *form.Question) (ownList, bool) {
	if asked.File == "" {
		return ownList{}, false
	}
	for _, all := range s.versions {
		for _, q := range all {
			if list, ok := q.lists[asked.File]; ok && slices.Contains(q.Form.Questions, asked) {
				return list, true
			}
		}
	}
	return ownList{}, false
}

// shelf makes the set of questionnaires: from what the program brings, and from records. What it has compiled once it
// keeps.
type shelf struct {
	mutex    sync.Mutex
	builtIn  []*Questionnaire
	compiled map[[sha256.Size]byte]*Questionnaire
}

// openShelf compiles the questionnaires that the program brings, all at once: every command waits for it.
func openShelf() (*shelf, error) {
	s := &shelf{compiled: map[[sha256.Size]byte]*Questionnaire{}, builtIn: make([]*Questionnaire, len(kinds))}
	errs := make([]error, len(kinds))
	var wait sync.WaitGroup
	for i, kind := range kinds {
		wait.Go(func() {
			var f *form.Form
			f, errs[i] = compileKind(kind)
			s.builtIn[i] = &Questionnaire{Form: f}
		})
	}
	wait.Wait()
	return s, errors.Join(errs...)
}

// arrange makes the set of the questionnaires that the program brings and those of records. A record that cannot be
// used is left out and named.
func (s *shelf) arrange(stored []record.State) *formSet {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	set := &formSet{versions: map[string][]*Questionnaire{}}
	for _, q := range s.builtIn {
		set.kinds = append(set.kinds, q.Form.ID)
		set.versions[q.Form.ID] = []*Questionnaire{q}
	}
	var added []string
	personal := s.personalKinds(stored)
	for _, state := range stored {
		if state.Lifecycle == record.Deleted || len(state.Heads) == 0 {
			continue
		}
		q, err := s.read(state, personal)
		if err == nil {
			err = set.admit(q)
		}
		if err != nil {
			set.troubles = append(set.troubles, Trouble{state.Record, textOf(state, "form_id"), textOf(state, "version"), err.Error()})
			continue
		}
		if len(set.versions[q.Form.ID]) == 0 {
			added = append(added, q.Form.ID)
		}
		set.versions[q.Form.ID] = append(set.versions[q.Form.ID], q)
	}
	slices.Sort(added)
	set.kinds = append(set.kinds, added...)
	for kind, all := range set.versions {
		slices.SortFunc(all, func(a, b *Questionnaire) int { return form.CompareVersions(a.Form.Version, b.Form.Version) })
		set.versions[kind] = chained(all)
	}
	return set
}

// admit refuses a questionnaire that stands in the way of another one.
func (s *formSet) admit(q *Questionnaire) error {
	if why := s.reserved(q.Form.ID); why != "" {
		return errors.New(why)
	}
	if s.at(q.Form.ID, q.Form.Version) != nil {
		return fmt.Errorf("the version %s of %s is here already", q.Form.Version, q.Form.ID)
	}
	return nil
}

// chained gives each version what was renamed in those before it.
func chained(all []*Questionnaire) []*Questionnaire {
	var steps []form.Renames
	moved := false
	out := slices.Clone(all)
	for i, q := range all {
		steps = append(steps, q.Renames)
		moved = moved || len(q.Renames) > 0
		if moved {
			own := *q
			own.Form = q.Form.After(steps)
			out[i] = &own
		}
	}
	return out
}

// personalKinds are the kinds whose records have personal names.
func (s *shelf) personalKinds(stored []record.State) []string {
	var out []string
	for _, q := range s.builtIn {
		if q.Form.NamePersonal {
			out = append(out, q.Form.ID)
		}
	}
	for _, state := range stored {
		source := xlsform.Markdown("", textOf(state, "tables"))
		if rows := source.Settings.Rows; len(rows) > 0 && form.Yes(rows[0].Get("personal")) {
			out = append(out, textOf(state, "form_id"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// read makes the questionnaire that a record holds.
func (s *shelf) read(state record.State, personal []string) (*Questionnaire, error) {
	tables := textOf(state, "tables")
	lists := listTexts(state)
	key := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", tables, lists, personal))
	compiled := s.compiled[key]
	if compiled == nil {
		source := xlsform.Markdown(textOf(state, "file"), tables)
		source.PersonalKinds = personal
		f, problems := form.Compile(source)
		if f == nil {
			return nil, fmt.Errorf("it cannot be read: %s", form.Errors(problems)[0])
		}
		own, err := readLists(f, lists)
		if err != nil {
			return nil, err
		}
		compiled = &Questionnaire{Form: f, source: source, lists: own}
		s.compiled[key] = compiled
	}
	if f := compiled.Form; f.ID != textOf(state, "form_id") || f.Version != textOf(state, "version") {
		return nil, fmt.Errorf("its tables say %s %s", f.ID, f.Version)
	}
	out := *compiled
	out.Record, out.File, out.Note, out.Before = state.Record, textOf(state, "file"), textOf(state, "note"), textOf(state, "before")
	out.Disputed = len(state.Conflicts) > 0
	var err error
	out.Renames, err = ParseRenames(textOf(state, "renames"))
	return &out, err
}

func textOf(state record.State, path record.Path) string { return state.Fields[path].Value.String() }

// listTexts are the files of choices that a record of a questionnaire holds, by name.
func listTexts(state record.State) map[string]string {
	out := map[string]string{}
	for _, row := range state.Rows["lists"] {
		at := record.Path("lists").Row(row)
		if name := textOf(state, at+"/list_file"); name != "" {
			out[name] = textOf(state, at+"/list_text")
		}
	}
	return out
}

// readLists reads the files of choices of a questionnaire, with the columns that its questions name.
func readLists(f *form.Form, texts map[string]string) (ownLists, error) {
	out := ownLists{}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		value, label := "", ""
		for _, q := range f.Questions {
			if q.File == name {
				value, label = q.Parameters["value"], q.Parameters["label"]
				break
			}
		}
		choices, err := xlsform.ReadList(name, []byte(texts[name]), value, label)
		if err != nil {
			return nil, err
		}
		out[name] = newOwnList(texts[name], choices)
	}
	return out, nil
}

// set is the questionnaires as they are now.
func (w *Workspace) set() *formSet { return w.forms.Load() }

// readForms is the store's hook for the questionnaires of records.
func (w *Workspace) readForms(stored []record.State) []*form.Form {
	set := w.shelf.arrange(stored)
	w.forms.Store(set)
	return set.forms()
}

// Kinds returns the kinds of record that the workspace has: those that every workspace has first, those that others
// refer to before them, then the added ones by name.
func (w *Workspace) Kinds() []string { return slices.Clone(w.set().kinds) }

// Versions returns the questionnaires of a kind, oldest first; none where there is no such kind.
func (w *Workspace) Versions(kind string) []*Questionnaire {
	return slices.Clone(w.set().versions[kind])
}

// FormAt returns a version of a kind's questionnaire.
func (w *Workspace) FormAt(kind, version string) (*form.Form, bool) {
	if q := w.set().at(kind, version); q != nil {
		return q.Form, true
	}
	return nil, false
}

// Troubles are the records of questionnaires that cannot be used.
func (w *Workspace) Troubles() []Trouble { return slices.Clone(w.set().troubles) }

// Form returns the newest questionnaire of a kind.
func (w *Workspace) Form(kind string) (*form.Form, bool) {
	if q := w.set().newest(kind); q != nil {
		return q.Form, true
	}
	return nil, false
}

// ErrKind is wrapped where a kind of record is named that there is none of.
var ErrKind = errors.New("there is no such kind of record")

// MustKnow returns the newest questionnaire of a kind, or an error that wraps ErrKind and names those there are.
func (w *Workspace) MustKnow(kind string) (*form.Form, error) {
	if f, ok := w.Form(kind); ok {
		return f, nil
	}
	return nil, fmt.Errorf("%w: %q; there are %s", ErrKind, kind, strings.Join(w.set().kinds, ", "))
}
