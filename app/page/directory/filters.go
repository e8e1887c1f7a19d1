package directory

import (
	"context"
	"slices"
	"strings"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// kindCooperative is the kind that the list shows at first; kindMapping the one of its yearly figures.
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
type filters struct{ kind, text, country, sector, state string }

func readFilters(space *workspace.Workspace, at page.Route) filters {
	return filters{kindOf(space, at), at.Get("q"), at.Get("country"), at.Get("sector"), at.Get("state")}
}

// none tells whether nothing narrows the list of the kind.
func (f filters) none() bool { return f == filters{kind: f.kind} }

func (f filters) route() string {
	kind := f.kind
	if kind == kindCooperative {
		kind = ""
	}
	return page.MakeRoute("directory", "kind", kind, "q", f.text, "country", f.country, "sector", f.sector, "state", f.state)
}

// source asks the store for what the list shows. Its methods are called from jobs.
type source struct{ space *workspace.Workspace }

// conditions are the filters as conditions on records of their kind.
func (s *source) conditions(f filters) (where []store.Condition, err error) {
	of, err := s.space.MustKnow(f.kind)
	if err != nil {
		return nil, err
	}
	if _, has := countryOf(s.space, f.kind); has && f.country != "" {
		where = append(where, store.Condition{Column: pathOf(of, "country"), Values: []string{f.country}})
	}
	switch f.state {
	case stateExisting:
		where = append(where, store.Condition{Column: pathOf(of, "ceased"), Compare: store.Blank})
	case stateCeased:
		where = append(where, store.Condition{Column: pathOf(of, "ceased"), Compare: store.Filled})
	case stateConflicts:
		where = append(where, store.Condition{Column: "conflicts", Compare: store.More, Values: []string{"0"}})
	case stateDeleted:
		where = append(where, store.Condition{Column: "state", Values: []string{string(record.Deleted)}})
	}
	if f.text != "" {
		where = append(where, store.Condition{Column: "label", Compare: store.Words, Values: []string{f.text}})
	}
	if f.sector == "" || f.kind != kindCooperative {
		return where, nil
	}
	mapping, err := s.space.MustKnow(kindMapping)
	if err != nil {
		return nil, err
	}
	return append(where, store.Condition{Column: "record", Compare: store.Referred, By: &store.By{Kind: kindMapping, Path: pathOf(mapping, "subject"),
		Where: []store.Condition{{Column: pathOf(mapping, "section"), Values: []string{f.sector}}}}}), nil
}

// countries are those that records of a kind belong to, by their names; none where the kind has no country.
func (s *source) countries(ctx context.Context, kind, language string) ([]kit.Option, error) {
	q, ok := countryOf(s.space, kind)
	if !ok {
		return nil, nil
	}
	values, err := s.space.Store.Distinct(ctx, kind, q.Path)
	if err != nil {
		return nil, err
	}
	var out []kit.Option
	list, ok := s.space.List(codes.CountryList)
	for _, value := range values {
		if code, found := list.Code(value); ok && found {
			out = append(out, kit.Option{Value: value, Label: code.Label(language)})
		}
	}
	slices.SortFunc(out, func(a, b kit.Option) int { return strings.Compare(a.Label, b.Label) })
	return out, nil
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
