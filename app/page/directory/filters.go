package directory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// kindCooperative is the kind that the list shows; kindMapping the one of its yearly figures.
const (
	kindCooperative = "cooperative"
	kindMapping     = "mapping"
)

// The filters of state.
const (
	stateExisting  = "existing"
	stateCeased    = "ceased"
	stateConflicts = "conflicts"
	stateDeleted   = "deleted"
)

// filters is what the list is narrowed to. The route holds it.
type filters struct{ text, country, sector, state string }

func readFilters(at page.Route) filters {
	return filters{at.Get("q"), at.Get("country"), at.Get("sector"), at.Get("state")}
}

func (f filters) route() string {
	return page.MakeRoute("directory", "q", f.text, "country", f.country, "sector", f.sector, "state", f.state)
}

// mostIDs is how many records one question to the store may name.
const mostIDs = 30_000

// mostHits is how many records a search by text may find.
const mostHits = 2_000

// errMany is returned where a filter leaves more records than can be asked for.
var errMany = errors.New("this leaves too many records to list; narrow it further")

// source asks the store for what the list shows. Its methods are called from jobs.
type source struct {
	space *workspace.Workspace
	mutex sync.Mutex
	of    filters // that ids were found for
	ids   []string
	known bool
}

// conditions are the filters as conditions on cooperatives; none tells that nothing can meet them.
func (s *source) conditions(ctx context.Context, f filters) (where []store.Condition, none bool, err error) {
	cooperative, err := s.space.MustKnow(kindCooperative)
	if err != nil {
		return nil, false, err
	}
	if f.country != "" {
		where = append(where, store.Condition{Column: pathOf(cooperative, "country"), Values: []string{f.country}})
	}
	switch f.state {
	case stateExisting:
		where = append(where, store.Condition{Column: pathOf(cooperative, "ceased"), Compare: store.Blank})
	case stateCeased:
		where = append(where, store.Condition{Column: pathOf(cooperative, "ceased"), Compare: store.Filled})
	case stateConflicts:
		where = append(where, store.Condition{Column: "conflicts", Compare: store.More, Values: []string{"0"}})
	case stateDeleted:
		where = append(where, store.Condition{Column: "state", Values: []string{string(record.Deleted)}})
	}
	if f.text == "" && f.sector == "" {
		return where, false, nil
	}
	ids, err := s.named(ctx, f)
	if err != nil || len(ids) == 0 {
		return where, true, err
	}
	return append(where, store.Condition{Column: "record", Compare: store.In, Values: ids}), false, nil
}

// named are the ids of the cooperatives that the search and the sector leave. The last answer is kept, because a list
// asks for it with each part of its rows.
func (s *source) named(ctx context.Context, f filters) ([]string, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := filters{text: f.text, sector: f.sector}
	if s.known && s.of == key {
		return s.ids, nil
	}
	var ids []string
	var err error
	if f.text != "" {
		ids, err = s.search(ctx, f.text)
	}
	if err == nil && f.sector != "" {
		var of []string
		of, err = s.inSector(ctx, f.sector)
		if ids = of; f.text != "" && err == nil {
			ids, err = s.both(ctx, f.text, of)
		}
	}
	if len(ids) > mostIDs {
		err = errMany
	}
	s.of, s.ids, s.known = key, ids, err == nil
	return ids, err
}

func (s *source) both(ctx context.Context, text string, of []string) ([]string, error) {
	found, err := s.search(ctx, text)
	slices.Sort(of)
	return slices.DeleteFunc(found, func(id string) bool {
		_, in := slices.BinarySearch(of, id)
		return !in
	}), err
}

func (s *source) search(ctx context.Context, text string) ([]string, error) {
	hits, err := s.space.Store.Search(ctx, text, mostHits)
	var ids []string
	for _, hit := range hits {
		if hit.Kind == kindCooperative {
			ids = append(ids, hit.Record.String())
		}
	}
	return ids, err
}

// inSector are the cooperatives with an interview of the ISIC section.
func (s *source) inSector(ctx context.Context, section string) ([]string, error) {
	mapping, err := s.space.MustKnow(kindMapping)
	if err != nil {
		return nil, err
	}
	subject := pathOf(mapping, "subject")
	rows, err := s.space.Store.List(ctx, kindMapping, store.Query{Columns: []string{subject}, Where: []store.Condition{{Column: pathOf(mapping, "section"), Values: []string{section}}}})
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.Values[record.Path(subject)].Value.String())
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// countries are those that cooperatives are in, by their names. The columns of figures know them without reading records.
func (s *source) countries(ctx context.Context, language string) ([]kit.Option, error) {
	frame, err := s.space.Store.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	column, err := frame.Column(kindCooperative, "country")
	if errors.Is(err, indicator.ErrNoColumn) {
		return nil, nil // no cooperative yet
	}
	if err != nil {
		return nil, err
	}
	var out []kit.Option
	list, ok := s.space.List(codes.CountryList)
	for _, value := range column.Dictionary {
		if code, found := list.Code(value); ok && found {
			out = append(out, kit.Option{Value: value, Label: code.Label(language)})
		}
	}
	slices.SortFunc(out, func(a, b kit.Option) int { return strings.Compare(a.Label, b.Label) })
	return out, nil
}

// forget drops what was found, so that the next question sees what was saved since.
func (s *source) forget() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.known = false
}

// pathOf is the path of the question of a concept, or of that name.
func pathOf(f *form.Form, concept string) string {
	if q, ok := f.ByConcept(concept); ok {
		return q.Path
	}
	if q, ok := workspace.FindQuestion(f, concept); ok {
		return q.Path
	}
	return concept
}
