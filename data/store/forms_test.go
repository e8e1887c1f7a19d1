package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
)

// visits are three versions of a questionnaire: in the second the town, the visits and a choice are called otherwise,
// and in the third the town once more.
func visits(t testing.TB) [3]*form.Form {
	t.Helper()
	const text = `| survey | | | | | | |
| | type | name | label | list | concept | personal |
| | text | town | Town | 1 | town | |
| | integer | year | Year | 2 | year | |
| | select_one yn | agrees | Agrees | 3 | agrees | |
| | text | phone | Telephone | | | |
| | begin_repeat | visit | Visit | | | |
| | integer | hours | Hours | | hours | |
| | end_repeat | | | | | |
| choices | |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
| settings | |
| | form_id | version |
| | visits | 1 |
`
	steps := []form.Renames{{"town": "place", "visit": "call", "agrees:y": "yes", "phone": "mobile"}, {"place": "city"}}
	replaced := [][]string{nil, {"| town |", "| place |", "| visit |", "| call |", "| y |", "| yes |", "| phone | Telephone | | | |", "| mobile | Telephone | | | |"}}
	replaced = append(replaced, append(slices.Clone(replaced[1]), "| place |", "| city |"))
	replaced[2][1] = "| city |"
	var out [3]*form.Form
	for i, r := range replaced {
		source := strings.NewReplacer(append(slices.Clone(r), "| visits | 1 |", "| visits | "+string(rune('1'+i))+" |")...).Replace(text)
		if i == 0 {
			source = strings.Replace(source, "| phone | Telephone | | | |", "| phone | Telephone | | | yes |", 1)
		}
		f, problems := form.Compile(xlsform.Markdown("visits.md", source))
		if f == nil {
			t.Fatal(problems)
		}
		out[i] = f.After(steps[:i])
	}
	return out
}

// keeper is a questionnaire that holds questionnaires: each record names a version.
func keeper() *form.Form {
	f := &form.Form{ID: "questionnaire", Version: "1", Root: &form.Group{Name: "data"}, Settings: map[string]string{"lifecycle": "none"}}
	f.Questions = []*form.Question{{Name: "version", Path: "version", Type: form.TypeText, ListOrder: 1, Parent: f.Root}}
	return f
}

// holding is a store whose records of questionnaires say which versions of visits there are.
func holding(all [3]*form.Form) Config {
	cfg := config(keeper())
	cfg.FormKind = "questionnaire"
	cfg.ReadForms = func(stored []record.State) []*form.Form {
		forms := []*form.Form{keeper()}
		for _, f := range all {
			if slices.ContainsFunc(stored, func(st record.State) bool {
				return st.Lifecycle != record.Deleted && st.Fields["version"].Value.String() == f.Version
			}) {
				forms = append(forms, f)
			}
		}
		return forms
	}
	return cfg
}

func listed(t testing.TB, s *Store, columns ...string) string {
	t.Helper()
	rows, err := s.List(context.Background(), "visits", Query{Columns: columns, Sort: []Order{{Column: "created"}}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		var cells []string
		for _, c := range columns {
			cells = append(cells, row.Values[record.Path(c)].Value.String())
		}
		out = append(out, strings.Join(cells, " "))
	}
	return strings.Join(out, ", ")
}

func TestQuestionnairesOfRecords(t *testing.T) {
	all := visits(t)
	cfg := holding(all)
	s := create(t, cfg)
	if _, err := s.Save(t.Context(), identity(1), Change{Kind: "visits", Set: answers("town", "Rome")}); err == nil {
		t.Error("a record of a kind that nobody knows is kept")
	}
	save(t, s, Change{Kind: "questionnaire", Set: answers("version", "1")})
	row := record.Path("visit").Row(record.ID{1})
	first := save(t, s, Change{Kind: "visits", Set: answers("town", "Rome", "year", 2020, "agrees", "y", "phone", "0123"), Add: []record.Path{row}})
	save(t, s, Change{Record: first.Record, Kind: "visits", Parents: state(t, s, first.Record).Heads, Set: answers(string(row)+"/hours", 3)})
	second := save(t, s, Change{Kind: "questionnaire", Set: answers("version", "2")})
	save(t, s, Change{Kind: "visits", Set: answers("place", "Oslo", "year", 2022, "agrees", "n")})
	if got := listed(t, s, "place", "agrees"); got != "Rome yes, Oslo n" {
		t.Errorf("under the second version there are %q", got)
	}
	save(t, s, Change{Kind: "questionnaire", Set: answers("version", "3")})
	if got := listed(t, s, "city", "agrees", "year"); got != "Rome yes 2020, Oslo n 2022" {
		t.Errorf("under the third version there are %q", got)
	}
	counts, err := s.Versions(t.Context(), "visits")
	years, err2 := s.VersionYears(t.Context(), "visits", "year")
	if !maps.Equal(counts, map[string]int{"1": 1, "2": 1}) || len(years) != 2 || years[2020]["1"] != 1 || years[2022]["2"] != 1 || err != nil || err2 != nil {
		t.Errorf("versions %v by %v, %v, %v", counts, years, err, err2)
	}
	frame, err := s.Frame(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer frame.Close()
	if frame.Rows("visits.call") != 0 { // interviews count once they are submitted
		t.Error("a saved interview is in the frame")
	}
	verified(t, s)
	save(t, s, Change{Record: second.Record, Kind: "questionnaire", Operation: record.Delete, Parents: state(t, s, second.Record).Heads})
	again, err := Open(s.Dir(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := listed(t, again, "city"); got != "Rome, Oslo" {
		t.Errorf("opened again there are %q", got)
	}
	verified(t, again)
}

// Repeats under an earlier name are rows of their table, and what was personal under an earlier name stays so.
func TestFormerRowsAndSecrets(t *testing.T) {
	all := visits(t)
	s := create(t, config(all[0], all[1]))
	row := record.Path("visit").Row(record.ID{1})
	saved := save(t, s, Change{Kind: "visits", Operation: record.Submit, Set: answers(string(row)+"/hours", 3, "phone", "0123", "year", 2020), Add: []record.Path{row}})
	save(t, s, Change{Record: saved.Record, Kind: "visits", Parents: state(t, s, saved.Record).Heads, Set: answers("mobile", "0456")})
	frame, err := s.Frame(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer frame.Close()
	hours, err := frame.Column("visits.call", "hours")
	if err != nil || len(hours.Values) != 1 || hours.Values[0] != 3 {
		t.Errorf("hours are %+v, %v", hours, err)
	}
	bare, err := s.BareState(t.Context(), saved.Record)
	if err != nil || bare.Fields["mobile"].Commitment == nil {
		t.Error("a number that was personal as phone lies open as mobile")
	}
	verified(t, s)
}

// A kind whose name begins another's, or looks like it to a pattern, keeps its figures when the other is derived again.
func TestNeighboursKeepTheirFigures(t *testing.T) {
	named := func(id, version string) *form.Form {
		f := mapping()
		f.ID, f.Version = id, version
		return f
	}
	s := create(t, config(named("a_b", "1"), named("axb", "1")))
	save(t, s, Change{Kind: "axb", Operation: record.Submit, Set: answers("year", 2020)})
	count := func() int {
		frame, err := s.Frame(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer frame.Close()
		return frame.Rows("axb")
	}
	before := count()
	if err := s.rebuildKinds(t.Context(), []string{"a_b"}, nil); err != nil || count() != before || before != 1 {
		t.Errorf("%d figures, then %d, %v", before, count(), err)
	}
}

// TestOpeningGoesThroughNoRecords: the questionnaires that records hold are found by an index of their own.
func TestOpeningGoesThroughNoRecords(t *testing.T) {
	s := create(t, holding(visits(t)))
	var plan string
	var n int
	err := s.conn.QueryRowContext(background, "EXPLAIN QUERY PLAN SELECT key FROM records WHERE "+s.holdingForm()+" ORDER BY id").Scan(&n, &n, &n, &plan)
	if err != nil || !strings.Contains(plan, "records_of_forms") {
		t.Errorf("%q, %v", plan, err)
	}
}
