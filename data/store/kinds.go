package store

import (
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/form"
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

func (s *Store) kind(name string) (*kind, error) {
	if k := s.kinds[name]; k != nil {
		return k, nil
	}
	return nil, fmt.Errorf("%w: %q", ErrKind, name)
}

// readKinds arranges the questionnaires by kind. Where versions differ about a question the newest wins, except that
// what was personal once stays so.
func readKinds(cfg Config) map[string]*kind {
	kinds := map[string]*kind{}
	for _, f := range cfg.Forms {
		k := kinds[f.ID]
		if k == nil {
			k = &kind{name: f.ID, questions: map[string]*question{}}
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
	}
	return kinds
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
	case q.Type.Storage() == form.StoreNumber, q.counts():
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
