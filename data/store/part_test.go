package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"coopatlas/data/record"
)

// peopled is a store of some records with blanks, equal values and deleted ones among them, in which small parts count
// as large, so that every way of finding them is taken.
func peopled(t testing.TB) (*Store, []record.ID) {
	t.Helper()
	s := create(t, config())
	s.bounds = bounds{few: 3, far: 4}
	var ids []record.ID
	for i := range 60 {
		set := answers("name", []string{"Alpha", "alpha", "Žitný", "beta", "Órgano", "合作社"}[i%6]+[]string{"", " " + strconv.Itoa(i%4)}[i%2], "country", []string{"CZ", "IT", "FR"}[i*i%3])
		if i%5 > 0 {
			set["founded"] = answer(1950 + i%7)
		}
		if i%4 > 0 {
			set["sectors"] = answer([][]string{{"food"}, {"food", "retail"}, {"care"}}[i%3])
		}
		ids = append(ids, save(t, s, Change{Kind: "cooperative", Set: set}).Record)
	}
	for i := range 90 {
		set := answers("subject", ids[i*7%20], "turnover", number(strconv.Itoa(i%6)+".5"))
		if i%3 > 0 {
			set["year"] = answer(2010 + i%5)
		}
		save(t, s, Change{Kind: "mapping", Set: set, Operation: []record.Operation{record.Edit, record.Submit, record.Validate}[i%3]})
	}
	for i := 0; i < 60; i += 9 {
		save(t, s, Change{Record: ids[i], Kind: "cooperative", Operation: record.Delete, Parents: state(t, s, ids[i]).Heads})
	}
	return s, ids
}

// drawCondition draws one of the conditions that lists are asked with.
func drawCondition(t *rapid.T, kind string, ids []record.ID) Condition {
	texts := func(values ...string) []string {
		return rapid.SliceOfN(rapid.SampledFrom(values), 1, 3).Draw(t, "values")
	}
	some := func() []string {
		var out []string
		for _, id := range rapid.SliceOfN(rapid.SampledFrom(ids), 1, 12).Draw(t, "ids") {
			out = append(out, id.String())
		}
		return out
	}
	ordered := rapid.SampledFrom([]Comparison{Equal, Unequal, Less, AtMost, More, AtLeast, In}).Draw(t, "comparison")
	one := func(column string, values []string) Condition {
		if ordered != In {
			values = values[:1]
		}
		return Condition{Column: column, Compare: ordered, Values: values}
	}
	both := []func() Condition{
		func() Condition { return one("label", texts("Alpha", "alpha", "beta", "Žitný 1")) },
		func() Condition {
			return Condition{Column: "label", Compare: Contains, Values: texts("a", "1", "č", "%", "合")[:1]}
		},
		func() Condition {
			return Condition{Column: "label", Compare: Words, Values: texts("al", "zitny 1", "合", "organo", "-")[:1]}
		},
		func() Condition { return one("state", texts("saved", "submitted", "validated", "deleted")) },
		func() Condition { return one("record", some()) },
		func() Condition { return one("conflicts", []string{"0", "1", "2"}) },
		func() Condition { return Condition{Column: "alias", Compare: Blank} },
	}
	own := map[string][]func() Condition{
		"cooperative": {
			func() Condition { return one("country", texts("CZ", "IT", "FR", "XX")) },
			func() Condition { return one("founded", texts("1950", "1952", "1956")) },
			func() Condition { return Condition{Column: "founded", Compare: Blank} },
			func() Condition { return Condition{Column: "sectors", Compare: Contains, Values: []string{"food"}} },
			func() Condition {
				return Condition{Column: "record", Compare: Referred, By: &By{Kind: "mapping", Path: "subject",
					Where: []Condition{{Column: "turnover", Values: texts("0.5", "3.5")[:1]}}}}
			},
		},
		"mapping": {
			func() Condition { return one("subject", some()) },
			func() Condition { return one("year", texts("2010", "2012")) },
			func() Condition { return one("turnover", texts("0.5", "2.5")) },
			func() Condition { return one("fiscal_end", texts("2020-01-01")) },
			func() Condition { return Condition{Column: "members/total", Compare: Filled} },
		},
	}
	return rapid.SampledFrom(append(both, own[kind]...)).Draw(t, "condition")()
}

// drawQuery draws a question for a part of a list.
func drawQuery(t *rapid.T, ids []record.ID) (string, Query) {
	kind := rapid.SampledFrom([]string{"cooperative", "mapping"}).Draw(t, "kind")
	columns := map[string][]string{"cooperative": {"name", "country", "founded", "sectors"}, "mapping": {"subject", "year", "turnover", "remarks"}}[kind]
	q := Query{Deleted: rapid.Bool().Draw(t, "deleted"), Columns: rapid.SliceOfNDistinct(rapid.SampledFrom(columns), 0, 3, rapid.ID).Draw(t, "columns"),
		Limit: rapid.IntRange(1, 30).Draw(t, "limit"), Offset: rapid.IntRange(0, 95).Draw(t, "offset")}
	for range rapid.IntRange(0, 2).Draw(t, "conditions") {
		q.Where = append(q.Where, drawCondition(t, kind, ids))
	}
	all := append([]string{"label", "state", "changed", "created", "conflicts", "record", "public"}, columns...)
	for range rapid.SampledFrom([]int{0, 1, 1, 1, 2}).Draw(t, "keys") {
		q.Sort = append(q.Sort, Order{rapid.SampledFrom(all).Draw(t, "key"), rapid.Bool().Draw(t, "descending")})
	}
	return kind, q
}

// TestPartsAreThoseOfTheWholeList: however a part of a list is found, it is what the whole list has at that place.
func TestPartsAreThoseOfTheWholeList(t *testing.T) {
	s, ids := peopled(t)
	rapid.Check(t, func(t *rapid.T) {
		kind, q := drawQuery(t, ids)
		whole := q
		whole.Limit, whole.Offset = 0, 0
		want, err := s.List(background, kind, whole)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "counted") {
			if n, err := s.Total(background, kind, q); n != len(want) || err != nil {
				t.Fatalf("%d rows are counted of %d, %v", n, len(want), err)
			}
		}
		want = want[min(q.Offset, len(want)):]
		want = want[:min(q.Limit, len(want))]
		got, err := s.List(background, kind, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) || len(got) > 0 && !cmp.Equal(got, want) {
			t.Fatalf("%s %+v\ngot %v\nwant %v", kind, q, shown(got), shown(want))
		}
	})
}

func shown(rows []Row) (out []string) {
	for _, row := range rows {
		out = append(out, row.Label+" "+row.Record.String()[:8])
	}
	return out
}

// TestWaysToPartsOfLists: which index a part of a list is found through.
func TestWaysToPartsOfLists(t *testing.T) {
	s, ids := peopled(t)
	year := []Condition{{Column: "year", Values: []string{"2012"}}}
	for name, test := range map[string]struct {
		query Query
		total int64
		want  string
	}{
		"sorted":                {Query{Sort: []Order{{"year", true}}}, 0, `m INDEXED BY "k_mapping by q_year"`},
		"default order":         {Query{}, 0, `m INDEXED BY "k_mapping as listed"`},
		"many fit":              {Query{Where: year, Sort: []Order{{"changed", true}}}, 1000, `o INDEXED BY "k_mapping by changed" CROSS JOIN`},
		"fewer fit":             {Query{Where: year, Sort: []Order{{"changed", true}}}, 20, `m INDEXED BY "k_mapping as listed"`},
		"two keys":              {Query{Sort: []Order{{"year", true}, {"label", false}}}, 0, `m INDEXED BY "k_mapping as listed"`},
		"few of a cooperative":  {Query{Where: []Condition{{Column: "subject", Values: []string{ids[50].String()}}}}, 0, `m INDEXED BY "i_k_mapping_q_subject"`},
		"one record":            {Query{Where: []Condition{{Column: "record", Values: []string{ids[1].String()}}}}, 0, "k_mapping m"},
		"not in lists":          {Query{Where: []Condition{{Column: "remarks", Compare: Filled}}}, 0, "k_mapping m NOT INDEXED"},
		"words, many fit":       {Query{Where: []Condition{{Column: "label", Compare: Words, Values: []string{"a"}}}, Sort: []Order{{"label", false}}}, 1000, `o INDEXED BY "k_mapping by label" CROSS JOIN`},
		"sorted by a reference": {Query{Sort: []Order{{"subject", false}}}, 0, `o INDEXED BY "i_k_mapping_q_subject" CROSS JOIN`},
	} {
		err := s.read(background, func(r querier) error {
			l, err := s.newLister(r, s.kinds()["mapping"], test.query)
			if err != nil {
				return err
			}
			from, err := l.arranged(5, test.total)
			if !strings.Contains(from, test.want) {
				t.Errorf("%s: %s, want %s", name, from, test.want)
			}
			return err
		})
		if err != nil {
			t.Error(name, err)
		}
	}
}

// TestCountsFollowChanges: a count that is remembered is that of the present state, whoever changed it.
func TestCountsFollowChanges(t *testing.T) {
	s, ids := peopled(t)
	other, err := Open(s.Dir(), config())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	where := []Condition{{Column: "country", Values: []string{"ZZ"}}}
	for i, by := range []*Store{s, other, s, other} {
		for range 2 {
			if n, err := s.Count(background, "cooperative", where); n != i || err != nil {
				t.Fatalf("%d, want %d, %v", n, i, err)
			}
		}
		id := ids[i*2+1]
		save(t, by, Change{Record: id, Kind: "cooperative", Parents: state(t, by, id).Heads, Set: answers("country", "ZZ")})
	}
}

func TestDistinct(t *testing.T) {
	s, _ := peopled(t)
	for path, want := range map[string]string{"country": "CZ IT", "founded": "1950 1951 1952 1953 1954 1955 1956"} {
		got, err := s.Distinct(background, "cooperative", path)
		if strings.Join(got, " ") != want || err != nil {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	for _, path := range []string{"sectors", "nonsense"} {
		if got, err := s.Distinct(background, "cooperative", path); err == nil {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got, err := s.Distinct(background, "mapping", "turnover"); len(got) != 6 || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if !slices.Contains([]string{"k_cooperative by label", "k_cooperative as listed"}, indexNames(t, s)[0]) {
		t.Error(indexNames(t, s))
	}
}

func indexNames(t testing.TB, s *Store) []string {
	t.Helper()
	var out []string
	err := s.write(background, urgent, func(tx *tx) error {
		there, err := tx.indexesOf("k_cooperative")
		for name := range there {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// words of names in several scripts.
var pieces = []string{"Forno", "São", "João", "ŁÓDŹ", "Straße", "İstanbul", "ışık", "협동조합", "あけぼの", "合作社", "प्रकाश", "सहकारी", "النور", "Їжак", "Ήλιος",
	"Đoàn", "Œuvre", "ﬁnal", "12", "2025", "ንጋት", "e\u0301te\u0301", "O’Neil", "x-y"}

// TestSearchFindsWhatAScanFinds: the search finds the records that reading every name finds, in any script.
func TestSearchFindsWhatAScanFinds(t *testing.T) {
	s := create(t, config())
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 4).Draw(t, "name"), rapid.SampledFrom([]string{" ", "-", "’"}).Draw(t, "between"))
		if _, err := s.Save(background, identity(1), Change{Kind: "cooperative", Set: answers("name", name, "country", "IT")}); err != nil {
			t.Fatal(err)
		}
		piece := []rune(rapid.SampledFrom(pieces).Draw(t, "wanted"))
		text := string(piece[:rapid.IntRange(1, len(piece)).Draw(t, "letters")])
		if rapid.Bool().Draw(t, "two") {
			text += " " + rapid.SampledFrom(pieces).Draw(t, "second")
		}
		want := map[record.ID]bool{}
		rows, err := s.List(background, "cooperative", Query{})
		for _, row := range rows {
			if wanted := words(text); len(wanted) > 0 && matches(words(row.Label), wanted) {
				want[row.Record] = true
			}
		}
		hits, err2 := s.Search(background, text, 10_000)
		for _, h := range hits {
			if !want[h.Record] {
				t.Errorf("%q finds %q", text, h.Label)
			}
			delete(want, h.Record)
		}
		if len(want) > 0 || err != nil || err2 != nil {
			t.Fatalf("%q does not find %d records, %v, %v", text, len(want), err, err2)
		}
	})
}

// TestSearchAmongVeryMany: of more records than are ranked, those come first whose name begins so, and none comes twice.
func TestSearchAmongVeryMany(t *testing.T) {
	s := create(t, config())
	err := s.write(background, urgent, func(tx *tx) error {
		return tx.exec("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) INSERT INTO search (rowid, label, body) SELECT 1000000 + x, 'other ante', '' FROM n", ranked)
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		save(t, s, Change{Kind: "cooperative", Set: answers("name", fmt.Sprintf("Ante %d", i))})
		save(t, s, Change{Kind: "mapping", Set: answers("remarks", "x")})
	}
	hits, err := s.Search(background, "an", 3)
	if err != nil || len(hits) != 3 || hits[0].Label != "Ante 0" || hits[2].Label != "Ante 2" {
		t.Error(hits, err)
	}
	if hits, err = s.Search(background, "ante", 3, "cooperative"); err != nil || len(hits) != 3 {
		t.Error(hits, err)
	}
	if hits, err = s.Search(background, "ante", 3, "mapping"); err != nil || len(hits) != 0 {
		t.Error(hits, err)
	}
}
