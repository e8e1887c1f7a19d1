package store

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/record"
)

func TestListConditions(t *testing.T) {
	s := create(t, config())
	var ids []record.ID
	for i, name := range []string{"Žitný družstvo", "Alpha", "beta_100%", "Gamma"} {
		ids = append(ids, save(t, s, Change{Kind: "cooperative", Set: answers("name", name, "founded", 1980+i, "country", []string{"CZ", "IT", "IT", "FR"}[i],
			"sectors", [][]string{{"food", "retail"}, {"foodstuffs"}, {"retail"}, nil}[i])}).Record)
	}
	save(t, s, Change{Record: ids[3], Kind: "cooperative", Operation: record.Delete, Parents: state(t, s, ids[3]).Heads})
	one := func(column string, compare Comparison, values ...string) []Condition {
		return []Condition{{Column: column, Compare: compare, Values: values}}
	}
	for name, test := range map[string]struct {
		query Query
		want  string
	}{
		"all":          {Query{}, "Žitný družstvo, Alpha, beta_100%"},
		"deleted too":  {Query{Deleted: true, Offset: 3}, "Gamma"},
		"equal":        {Query{Where: one("country", "", "IT")}, "Alpha, beta_100%"},
		"unequal":      {Query{Where: one("country", Unequal, "IT")}, "Žitný družstvo"},
		"number":       {Query{Where: one("founded", AtLeast, "1981")}, "Alpha, beta_100%"},
		"in":           {Query{Where: one("founded", In, "1980", "1982")}, "Žitný družstvo, beta_100%"},
		"contains":     {Query{Where: one("name", Contains, "_100%")}, "beta_100%"},
		"list item":    {Query{Where: one("sectors", Contains, "food")}, "Žitný družstvo"},
		"blank":        {Query{Deleted: true, Where: one("sectors", Blank)}, "Gamma"},
		"record":       {Query{Where: one("record", Equal, ids[1].String())}, "Alpha"},
		"label sorted": {Query{Sort: []Order{{"label", true}}, Limit: 2}, "Žitný družstvo, beta_100%"},
		"sorted":       {Query{Sort: []Order{{"country", false}, {"founded", true}}, Offset: 1}, "beta_100%, Alpha"},
		"both":         {Query{Where: append(one("country", Equal, "IT"), one("founded", Less, "1982")...)}, "Alpha"},
	} {
		rows, err := s.List(background, "cooperative", test.query)
		var labels []string
		for _, row := range rows {
			labels = append(labels, row.Label)
		}
		if got := strings.Join(labels, ", "); got != test.want || err != nil {
			t.Errorf("%s: %q, want %q, %v", name, got, test.want, err)
		}
	}
	for name, where := range map[string][]Condition{
		"column": one("hair", Equal, "red"), "repeat": one("links/link_kind", Equal, "split"), "number": one("founded", Equal, "long ago"),
		"values": one("founded", Equal), "comparison": one("founded", "~", "1"), "id": one("record", Equal, "me"),
	} {
		if _, err := s.List(background, "cooperative", Query{Where: where}); !errors.Is(err, ErrColumn) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestListValues(t *testing.T) {
	s := create(t, config())
	a := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	estimate := record.Answer{Value: number("12.5").Value, Quality: record.Estimated}
	save(t, s, Change{Kind: "mapping", Set: answers("subject", a, "year", record.Answer{Status: record.Refused}, "turnover", estimate, "members/total", 3)})
	rows, err := s.List(background, "mapping", Query{Where: []Condition{{Column: "subject", Values: []string{a.String()}}}})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	for path, want := range answers("subject", a, "year", record.Answer{Status: record.Refused}, "turnover", estimate) {
		if got := rows[0].Values[path]; !got.Equal(want) {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	rows, err = s.List(background, "mapping", Query{Columns: []string{"members/total"}})
	if err != nil || len(rows[0].Values) != 1 || !rows[0].Values["members/total"].Equal(answer(3)) {
		t.Error(rows, err)
	}
}

func TestListOfPersonalNames(t *testing.T) {
	s := create(t, config())
	for _, name := range []string{"Zoé", "Élodie", "Bruno"} {
		save(t, s, Change{Kind: "person", Set: answers("name", name, "role", "member")})
	}
	for name, test := range map[string]struct {
		query Query
		want  []string
	}{
		"as entered": {Query{Limit: 2}, []string{"Zoé", "Élodie"}},
		"sorted":     {Query{Sort: []Order{{"label", false}}}, []string{"Bruno", "Élodie", "Zoé"}},
		"contains":   {Query{Where: []Condition{{Column: "label", Compare: Contains, Values: []string{"OE"}}, {Column: "role", Values: []string{"member"}}}}, []string{"Zoé"}},
		"page":       {Query{Sort: []Order{{"label", true}}, Offset: 1, Limit: 1}, []string{"Élodie"}},
	} {
		rows, err := s.List(background, "person", test.query)
		var labels []string
		for _, row := range rows {
			labels = append(labels, row.Label)
		}
		if err != nil || !slices.Equal(labels, test.want) {
			t.Errorf("%s: %q, want %q, %v", name, labels, test.want, err)
		}
	}
	if n, err := s.Count(background, "person", []Condition{{Column: "label", Values: []string{"zoe"}}}); n != 1 || err != nil {
		t.Error(n, err)
	}
}

func TestSearchFoldsAccents(t *testing.T) {
	s := create(t, config())
	id := save(t, s, Change{Kind: "cooperative", Set: answers("name", "Coopérative Æther – São João")}).Record
	for query, want := range map[string]int{"cooperative": 1, "sao joao": 1, "SÃO coop": 1, "joa": 1, "joan": 0, `"*`: 0, "": 0} {
		if hits, err := s.Search(background, query, 0); len(hits) != want || err != nil {
			t.Errorf("%q: %v, %v", query, hits, err)
		}
	}
	save(t, s, Change{Record: id, Kind: "cooperative", Parents: state(t, s, id).Heads, Set: answers("name", "Renamed")})
	if hits, err := s.Search(background, "joao", 0); len(hits) != 0 || err != nil {
		t.Error("the old name is still found", hits, err)
	}
	save(t, s, Change{Record: id, Kind: "cooperative", Operation: record.Delete, Parents: state(t, s, id).Heads})
	if hits, err := s.Search(background, "renamed", 0); len(hits) != 0 || err != nil {
		t.Error("a deleted record is found", hits, err)
	}
}
