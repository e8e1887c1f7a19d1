package workspace

import (
	"context"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// countryKind is the kind of the forms of law and policy, which are public.
const countryKind = "macro"

// NamedTrace is a figure with the records that it rests on, and what those are called that may be named.
type NamedTrace struct {
	*indicator.Traced
	// Names are by the id of the interview's record: of cooperatives that agreed to be named in publications or as open
	// data, and of those whose figures are public.
	Names map[string]string `json:"names"`
}

// Trace gives the records that a figure rests on. The error wraps indicator.ErrConfidential where it is hidden. Of a
// release, confidential figures may be traced inside headquarters only: then the query is not under disclosure control,
// every record is named, and what comes of it must be marked.
func (f *Figures) Trace(ctx context.Context, q indicator.Query, cell map[string]string) (NamedTrace, error) {
	internal := !q.Disclosure
	q.Disclosure = true // what a release holds is the same inside headquarters
	q, err := f.ask(q)
	if err == nil {
		q, err = f.find(ctx, q)
	}
	if err != nil {
		return NamedTrace{}, err
	}
	if internal {
		q.Disclosure, q.Earlier = false, nil
	}
	traced, err := indicator.Trace(ctx, f.Source, q, cell)
	if err != nil {
		return NamedTrace{}, err
	}
	out := NamedTrace{traced, map[string]string{}}
	public := map[string]bool{}
	for _, e := range traced.Records {
		public[e.Record] = e.Public
		if err := f.name(ctx, out.Names, e.Record, internal || e.Public); err != nil {
			return out, err
		}
	}
	for _, c := range traced.Changes {
		for _, id := range []string{c.Before, c.After} {
			if err := f.name(ctx, out.Names, id, internal || public[id]); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// name notes what an interview's record is called, where that may be told.
func (f *Figures) name(ctx context.Context, names map[string]string, text string, always bool) error {
	id, err := record.ParseID(text)
	if _, known := names[text]; err != nil || known {
		return nil
	}
	state, err := f.w.Store.BareState(ctx, id)
	if err != nil {
		return err
	}
	form, err := f.w.MustKnow(state.Kind)
	if err != nil {
		return err
	}
	always = always || state.Kind == countryKind // named by its country and year
	if q, ok := FindQuestion(form, "named_use"); ok && !always {
		uses := strings.Fields(state.Fields[record.Path(q.Path)].Value.String())
		always = slices.Contains(uses, "case") || slices.Contains(uses, "open")
	}
	if always {
		names[text] = f.w.label(f.w.Store, form, state)
	}
	return nil
}
