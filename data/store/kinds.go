package store

import (
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// kind is what the store knows of a kind of record: its questions and the tables that its records are derived into.
type kind struct {
	name      string
	forms     []*form.Form // oldest first
	questions map[string]*question
	paths     []string // of the questions, in the order of the newest form, those of older ones last
	tables    []*table // the main one, its further parts, then those of repeats
	register  bool     // saved records count in frames
	secret    bool     // the name of a record is personal
	concepts  []*frameTable
	former    map[string][]string // the paths that questions and repeats had in earlier versions, by path
}

// question is a question as the store sees it. A private one is personal or a file: its values are in openings only.
type question struct {
	*form.Question
	private bool
	repeat  string // path of the innermost repeat, empty for none
}

func (k *kind) newest() *form.Form { return k.forms[len(k.forms)-1] }

// version returns the form of a version, or the newest where that is not at hand.
func (k *kind) version(version string) *form.Form {
	for _, f := range k.forms {
		if f.Version == version {
			return f
		}
	}
	return k.newest()
}

// kinds are the kinds of record as the questionnaires are now; the map and what it holds are never changed once they are
// here.
func (s *Store) kinds() map[string]*kind {
	if known := s.arranged.Load(); known != nil {
		return *known
	}
	return nil
}

func (s *Store) kind(name string) (*kind, error) {
	if k := s.kinds()[name]; k != nil {
		return k, nil
	}
	return nil, fmt.Errorf("%w: %q", ErrKind, name)
}

// readKinds arranges the questionnaires by kind. Where versions differ about a question the newest wins, except that
// what was personal once stays so.
func readKinds(cfg Config, forms []*form.Form) map[string]*kind {
	kinds := map[string]*kind{}
	for _, f := range forms {
		k := kinds[f.ID]
		if k == nil {
			k = &kind{name: f.ID, questions: map[string]*question{}, former: map[string][]string{}}
			kinds[f.ID] = k
		}
		k.forms = append(k.forms, f)
		k.secret = k.secret || f.NamePersonal
		k.register = slices.Contains(cfg.Registers, f.ID) || strings.EqualFold(f.Settings["lifecycle"], "none")
	}
	for _, k := range kinds {
		for _, f := range slices.Backward(k.forms) {
			k.read(f)
		}
		k.lookBack()
	}
	return kinds
}

// lookBack notes what questions and repeats were called in earlier versions. What was personal under an earlier name
// stays so.
func (k *kind) lookBack() {
	f := k.newest()
	if !f.Renamed() {
		return
	}
	for _, path := range k.paths {
		before := f.Former(path)
		if len(before) == 0 {
			continue
		}
		k.former[path] = before
		for _, old := range before {
			if q := k.questions[old]; q != nil && q.private {
				k.questions[path].private = true
			}
		}
	}
	for _, g := range f.Groups {
		if before := f.Former(g.Path); g.Repeat && len(before) > 0 {
			k.former[g.Path] = before
		}
	}
}

// field finds what a state says of a question: under its path, or under one that it had in an earlier version, with
// choices under their present names. place is the row of the repeat that the question lies in, empty outside repeats.
func (k *kind) field(st *record.State, place record.Path, path string) (record.Field, bool) {
	field, ok := st.Fields[at(place, path)]
	for _, old := range k.former[path] {
		if ok {
			break
		}
		field, ok = st.Fields[at(place, old)]
	}
	if f := k.newest(); ok && f.Renamed() {
		field.Value = recode(f, path, field.Value)
	}
	return field, ok
}

// recode gives choices their present names.
func recode(f *form.Form, path string, v record.Value) record.Value {
	switch v.Kind() {
	case record.TextValue:
		return record.Text(f.Recode(path, v.String()))
	case record.ListValue:
		names := slices.Clone(v.Items())
		for i, name := range names {
			names[i] = f.Recode(path, name)
		}
		return record.List(names)
	}
	return v
}

// at returns the path of a question in a row; a question that does not lie in the row's repeat has none.
func at(place record.Path, question string) record.Path {
	if place == "" {
		return record.Path(question)
	}
	inside, ok := strings.CutPrefix(question, place.Question()+"/")
	if !ok {
		return ""
	}
	return place + "/" + record.Path(inside)
}

// read adds the questions of a form, newest form first.
func (k *kind) read(f *form.Form) {
	for _, q := range f.Questions {
		if !q.Stored() {
			continue
		}
		private := personal(q) || q.Type.Storage() == form.StoreFile
		if known := k.questions[q.Path]; known != nil {
			known.private = known.private || private
			continue
		}
		own := &question{Question: q, private: private}
		if repeat := q.Repeat(); repeat != nil {
			own.repeat = repeat.Path
		}
		k.questions[q.Path] = own
		k.paths = append(k.paths, q.Path)
	}
}

func personal(q *form.Question) bool {
	if q.Personal {
		return true
	}
	for g := q.Parent; g != nil; g = g.Parent {
		if g.Personal {
			return true
		}
	}
	return false
}

// storage says how a question's values lie in derived tables.
type storage uint8

const (
	asText storage = iota
	asList
	asNumber // an integer count of 10^-scale
	asDate
	asReference // the key of the record referred to
)

// undeclared is how many digits after the point are kept of decimals whose question declares none.
const undeclared = 6

func (q *question) storage() (storage, uint8) {
	switch {
	case q.Kind != "" && q.Type.Storage() == form.StoreChoice:
		return asReference, 0
	case q.Storage() == form.StoreNumber, q.counts():
		return asNumber, q.scale()
	case q.Type.Storage() == form.StoreDate:
		return asDate, 0
	case q.Type.Storage() == form.StoreList:
		return asList, 0
	}
	return asText, 0
}

// counts tells whether a calculation gives a number: it has a unit, decimals, or says so.
func (q *question) counts() bool {
	if q.Type != form.TypeCalculate && q.Type != form.TypeHidden {
		return false
	}
	switch q.Extra["bind::type"] {
	case "int", "integer", "decimal":
		return true
	}
	return q.Unit != "" || q.Decimals > 0
}

func (q *question) scale() uint8 {
	switch {
	case q.Decimals > 0:
		return uint8(min(q.Decimals, 9))
	case q.Type == form.TypeDecimal || q.Type == form.TypeRange || q.Type == form.TypeCalculate:
		return undeclared
	}
	return 0
}

// columnType names what a column holds, so that a retyped question gets a new column.
func (q *question) columnType() string {
	name := q.Type.String()
	switch kept, scale := q.storage(); kept {
	case asNumber:
		return fmt.Sprintf("%s.%d", name, scale)
	case asReference:
		return name + " " + q.Kind
	}
	return name
}
