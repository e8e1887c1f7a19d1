package store

import (
	"slices"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// namedAfter makes a store whose interviews are named after their cooperative and year, as the hook of a workspace does it.
func namedAfter(t *testing.T) *Store {
	t.Helper()
	m := mapping()
	expression, err := xpath.Parse("concat(jr:choice-name(${subject}, '${subject}'), ' ', ${year})")
	if err != nil {
		t.Fatal(err)
	}
	m.InstanceName = expression
	cfg := config(cooperative(), m)
	cfg.Label = func(s *Store, f *form.Form, st record.State) string {
		if f.ID == "cooperative" {
			return st.Fields["name"].Value.String()
		}
		name := "?"
		if id, err := record.ParseID(st.Fields["subject"].Value.String()); err == nil {
			if subject, err := s.State(background, id); err == nil {
				name = subject.Fields["name"].Value.String()
			}
		}
		return name + " " + st.Fields["year"].Value.String()
	}
	return create(t, cfg)
}

func labels(t *testing.T, s *Store) []string {
	t.Helper()
	rows, err := s.List(background, "mapping", Query{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		out = append(out, row.Label)
	}
	return out
}

func TestANewNameReachesThoseNamedAfterIt(t *testing.T) {
	s := namedAfter(t)
	a, b := record.RegisterID("r", "cooperative", "a"), record.RegisterID("r", "cooperative", "b")
	batch := []Change{
		{Record: a, Kind: "cooperative", Set: answers("name", "Alpha")},
		{Kind: "mapping", Set: answers("subject", a, "year", 2015)},
		{Kind: "mapping", Set: answers("subject", b, "year", 2016)},
		{Kind: "mapping", Set: answers("subject", a, "year", 2017), Label: "Alpha 2017"},
	}
	if _, err := s.SaveAll(background, identity(1), slices.Values(batch), nil); err != nil {
		t.Fatal(err)
	}
	if got, want := labels(t, s), []string{"Alpha 2015", "? 2016", "Alpha 2017"}; !slices.Equal(got, want) {
		t.Errorf("of one batch: %q, want %q", got, want)
	}
	save(t, s, Change{Record: b, Kind: "cooperative", Set: answers("name", "Beta")})
	save(t, s, Change{Record: a, Kind: "cooperative", Parents: state(t, s, a).Heads, Set: answers("name", "Alef")})
	if got, want := labels(t, s), []string{"Alef 2015", "Beta 2016", "Alef 2017"}; !slices.Equal(got, want) {
		t.Errorf("after a late arrival and a new name: %q, want %q", got, want)
	}
	if hits, err := s.Search(background, "alef 2017", 0); len(hits) != 1 || err != nil {
		t.Error(hits, err)
	}
	before := verified(t, s)
	if sha, err := s.Rebuild(background, nil); sha != before.Derived || err != nil {
		t.Errorf("rebuilt %s, kept %s, %v", sha, before.Derived, err)
	}
}
