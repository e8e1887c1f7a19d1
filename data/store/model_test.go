package store

import (
	"cmp"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// drawAnswers makes answers to a mapping interview.
func drawAnswers(t *rapid.T) map[record.Path]record.Answer {
	set := map[record.Path]record.Answer{}
	number := func(path record.Path) {
		a := record.Answer{Value: record.Int(int64(rapid.IntRange(-5, 5).Draw(t, string(path))))}
		switch rapid.IntRange(0, 5).Draw(t, "what") {
		case 0:
			return
		case 1:
			a = record.Answer{Status: rapid.SampledFrom([]record.Status{record.DontKnow, record.Refused, record.NotCollected}).Draw(t, "status")}
		case 2:
			a.Quality = rapid.SampledFrom([]record.Quality{record.Audited, record.Estimated, record.Imputed}).Draw(t, "quality")
		}
		set[path] = a
	}
	number("year")
	number("members/total")
	if rapid.Bool().Draw(t, "remarked") {
		set["remarks"] = answer(rapid.SampledFrom([]string{"one", "two", "three"}).Draw(t, "remarks"))
	}
	set["turnover"] = record.Answer{Value: record.Number(record.NewDecimal(int64(rapid.IntRange(-999, 999).Draw(t, "turnover")), 2))}
	return set
}

// fill saves random interviews, some of them in several steps, and returns their states.
func fill(t *rapid.T, s *Store) []record.State {
	var states []record.State
	for range rapid.IntRange(0, 8).Draw(t, "records") {
		var id record.ID
		var heads []record.Parent
		for step := range rapid.IntRange(1, 3).Draw(t, "steps") {
			operation := rapid.SampledFrom([]record.Operation{record.Edit, record.Submit, record.Validate, record.Return, record.Delete}).Draw(t, "operation")
			r, err := s.Save(background, identity(byte(step)), Change{Record: id, Kind: "mapping", Parents: heads, Operation: operation, Set: drawAnswers(t)})
			if err != nil {
				t.Fatal(err)
			}
			id, heads = r.Record, []record.Parent{{ID: r.ID, Depth: r.Depth}}
		}
		st, err := s.State(background, id)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, st)
	}
	return states
}

// TestListsAndFramesShowTheStates: what lists and figures say is what the states say, record by record.
func TestListsAndFramesShowTheStates(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		s := scratch(t, dir)
		defer discard(t, s)
		states := fill(t, s)
		checkList(t, s, states)
		f, err := s.Frame(background)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		states = slices.DeleteFunc(states, func(st record.State) bool { return !st.Lifecycle.InFrame() })
		for concept, path := range map[string]record.Path{"year": "year", "members": "members/total", "turnover": "turnover"} {
			values, err1 := f.Column("mapping", concept)
			quality, err2 := f.Column("mapping", "quality:"+concept)
			status, err3 := f.Column("mapping", "status:"+concept)
			if err := cmp.Or(err1, err2, err3); err != nil || len(values.Values) != len(states) {
				t.Fatalf("%s: %d rows for %d records, %v", concept, len(values.Values), len(states), err)
			}
			for i, st := range states {
				checkCell(t, st.Fields[path], i, values, quality, status)
			}
		}
	})
}

func checkCell(t *rapid.T, field record.Field, row int, values, quality, status *indicator.Column) {
	number, known := field.Value.Number()
	if known != values.Valid.Get(row) || known && record.NewDecimal(values.Values[row], values.Scale) != number {
		t.Fatalf("%s: %d for %v", values.Name, values.Values[row], field.Answer)
	}
	grade, _ := quality.Text(row)
	if want := qualityText(field.Quality); grade != want {
		t.Fatalf("%s: %q for %v", quality.Name, grade, field.Answer)
	}
	reason, given := status.Text(row)
	if given != (field.Status != record.Answered) || given && reason != field.Status.String() {
		t.Fatalf("%s: %q for %v", status.Name, reason, field.Answer)
	}
}

// checkList compares a filtered and sorted list with the same done by hand.
func checkList(t *rapid.T, s *Store, states []record.State) {
	least := rapid.IntRange(-5, 5).Draw(t, "least")
	rows, err := s.List(background, "mapping", Query{
		Columns: []string{"members/total"}, Sort: []Order{{"members/total", true}},
		Where: []Condition{{Column: "members/total", Compare: AtLeast, Values: []string{strconv.Itoa(least)}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	total := func(st record.State) record.Decimal { n, _ := st.Fields["members/total"].Value.Number(); return n }
	var want []record.State
	for _, st := range states {
		_, known := st.Fields["members/total"].Value.Number()
		if known && total(st).Coefficient >= int64(least) && st.Lifecycle != record.Deleted {
			want = append(want, st)
		}
	}
	slices.SortStableFunc(want, func(a, b record.State) int { return cmp.Compare(total(b).Coefficient, total(a).Coefficient) })
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(rows), len(want))
	}
	for i, row := range rows {
		if row.Record != want[i].Record || row.Lifecycle != want[i].Lifecycle || !row.Values["members/total"].Equal(want[i].Fields["members/total"].Answer) {
			t.Fatalf("row %d is %+v, want %+v", i, row, want[i])
		}
	}
}

// TestADraftSavesWhatWasTyped: after any steps of typing, the record says what the person saw last.
func TestADraftSavesWhatWasTyped(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		s := scratch(t, dir)
		defer discard(t, s)
		r, err := s.Save(background, identity(1), Change{Kind: "mapping", Operation: record.Submit, Set: drawAnswers(t)})
		if err != nil {
			t.Fatal(err)
		}
		before, _ := s.State(background, r.Record)
		d, err := s.OpenDraft(background, DraftOf{Record: r.Record, Kind: "mapping"})
		if err != nil || !slices.Equal(d.Heads, before.Heads) {
			t.Fatal(d, err)
		}
		typed := map[record.Path]record.Answer{}
		for range rapid.IntRange(0, 5).Draw(t, "steps") {
			for path, a := range drawAnswers(t) {
				typed[path] = a
				if err := s.SetDraft(background, d.ID, path, a); err != nil {
					t.Fatal(err)
				}
			}
		}
		saved, err := s.SaveDraft(background, identity(2), d.ID, Change{Operation: record.Validate})
		if err != nil {
			t.Fatal(err)
		}
		after, _ := s.State(background, r.Record)
		for path, a := range typed {
			_, written := saved.Changes.Set[path]
			if !after.Fields[path].Answer.Equal(a) || written == before.Fields[path].Answer.Equal(a) {
				t.Fatalf("%s: typed %v over %v, written %t, is %v", path, a, before.Fields[path].Answer, written, after.Fields[path].Answer)
			}
		}
	})
}
