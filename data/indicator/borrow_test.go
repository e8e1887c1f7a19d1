package indicator

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// trainingOf is an indicator over a questionnaire of one's own about training.
func trainingOf(t testing.TB, formula string, of ...string) Indicator {
	t.Helper()
	ind, err := Custom{Code: "U1", Name: Text{"en": "Hours of training"}, Kind: "training", Formula: formula, Of: of, Unit: "hours", Flow: true}.Indicator()
	if err != nil {
		t.Fatal(err)
	}
	return ind
}

// courses asks a mapping of three cooperatives, and a survey of training that asks them, and one more, for hours only.
func courses(t testing.TB) *book {
	b := newBook(t)
	for i, name := range []string{"a", "b", "c", "d"} {
		b.cooperative(name, Row{"country": []string{"IT", "FR", "IT", "FR"}[i], "founded": 2000})
	}
	b.mapping("a", 2021, Row{"ilo_type": "worker", "persons_working": 8, "country": "IT"})
	b.mapping("a", 2023, Row{"ilo_type": "worker", "persons_working": 12, "country": "IT"})
	b.mapping("b", 2022, Row{"ilo_type": "multi", "persons_working": 300, "country": "FR"})
	b.mapping("c", 2023, Row{"ilo_type": "worker", "persons_working": 20, "country": "IT", "status": "ceased"})
	for _, h := range []struct {
		unit        string
		year, hours int
	}{{"a", 2022, 100}, {"a", 2023, 120}, {"b", 2022, 400}, {"b", 2023, 500}, {"c", 2022, 60}, {"d", 2022, 5}, {"d", 2023, 7}} {
		b.n++
		b.add("training", Row{"record": fmt.Sprintf("t%03d", b.n), "state": "validated", "subject": h.unit, "year": h.year, "hours": h.hours})
	}
	return b
}

func TestQuestionnaireOfOnesOwnIsOfCooperatives(t *testing.T) {
	b, ind := courses(t), trainingOf(t, "sum", "hours")
	r, err := ComputeOf(context.Background(), b.table, ind, Query{MinN: MinNOff, Decompose: true})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "2022", point(t, r, "2022").Value.String(), "565")
	equal(t, "2023", point(t, r, "2023").Value.String(), "627")
	equal(t, "G1", told(point(t, r, "2023").Matched), "24.16 3 89.4") // a, b, d: 505 to 627
	equal(t, "G2, with c that the mapping says has ceased", told(point(t, r, "2023").Demographic), "10.97 4 100.0")
	equal(t, "sets", split(r.Decompositions[0]), "122 0 0 -60 0 0")
}

func TestClassesAreBorrowedFromTheMapping(t *testing.T) {
	b, ind := courses(t), trainingOf(t, "sum", "hours")
	for _, c := range []struct{ by, keys, want string }{
		{"ilo_type", "worker", "160"}, {"ilo_type", "multi", "400"}, {"ilo_type", Unknown, "5"},
		{"country", "IT", "160"}, {"country", "FR", "405"},
		{"size", "0-9", "100"}, {"size", "250+", "400"}, {"size", "10-49", "60"}, {"size", Unknown, "5"}, // of a the year before, of c the year after
	} {
		r, err := ComputeOf(context.Background(), b.table, ind, Query{By: []string{c.by}, Basis: All})
		if err != nil {
			t.Fatal(err)
		}
		equal(t, c.by+" "+c.keys, point(t, r, "2022", c.keys).Value.String(), c.want)
	}
	r, err := ComputeOf(context.Background(), b.table, ind, Query{By: []string{"size"}, Basis: All, From: 2023})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the size of the year itself", point(t, r, "2023", "10-49").Value.String(), "120")
}

func TestMappingIsNotChangedByOtherQuestionnaires(t *testing.T) {
	b := courses(t)
	before := b.compute(Query{Indicator: "I05", Basis: All, By: []string{"ilo_type"}})
	if _, err := ComputeOf(context.Background(), b.table, trainingOf(t, "median", "hours"), Query{By: []string{"ilo_type"}}); err != nil {
		t.Fatal(err)
	}
	if diff := sameAnswer(b.table, forgetful{b.table}, Query{Indicator: "I05", Basis: All, By: []string{"ilo_type"}}); diff != "" || len(before.Points) == 0 {
		t.Error(diff)
	}
}

// The order of records, of either kind, changes no number; what is remembered neither.
func TestBorrowingDoesNotHangOnOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := drawHistory(rt)
		var asked []Row
		for _, row := range h.rows {
			if rapid.IntRange(0, 2).Draw(rt, "asked") > 0 {
				asked = append(asked, Row{"record": fmt.Sprint("t", row["record"]), "state": "validated", "subject": row["subject"], "year": row["year"], "hours": rapid.IntRange(0, 99).Draw(rt, "hours")})
			}
		}
		table := func(random *rand.Rand) *Table {
			out := h.table(t, random)
			for _, i := range random.Perm(len(asked)) {
				if err := out.Add("training", asked[i]); err != nil {
					rt.Fatal(err)
				}
			}
			return out
		}
		ind := trainingOf(t, "sum", "hours")
		q := Query{By: []string{rapid.SampledFrom([]string{"country", "size", "ilo_type"}).Draw(rt, "by")}, MinN: MinNOff, Decompose: true, Of: &ind}
		one, other := table(rand.New(rand.NewPCG(1, 1))), table(rand.New(rand.NewPCG(2, 2)))
		if diff := sameFigures(one, other, q); diff != "" {
			rt.Fatal(diff)
		}
		remembers := newShelf(one)
		for range 2 {
			if diff := sameFigures(remembers, one, q); diff != "" {
				rt.Fatal(diff)
			}
		}
	})
}

// sameFigures compares answers without what names the frame.
func sameFigures(a, b Source, q Query) string {
	r, err1 := ComputeOf(context.Background(), a, *q.Of, q)
	s, err2 := ComputeOf(context.Background(), b, *q.Of, q)
	if err1 != nil || err2 != nil {
		if fmt.Sprint(err1) == fmt.Sprint(err2) {
			return ""
		}
		return fmt.Sprint(err1, err2)
	}
	if x, y := fmt.Sprintf("%+v", printed(r)), fmt.Sprintf("%+v", printed(s)); x != y {
		return x + "\n" + y
	}
	return ""
}

func printed(r *Result) []string {
	var out []string
	for _, p := range r.Points {
		out = append(out, fmt.Sprint(p.Keys, p.Value, p.N, told(p.Matched), told(p.Demographic), told(p.All)))
	}
	for _, d := range r.Decompositions {
		out = append(out, split(d))
	}
	return out
}

func TestRecordsWithoutASubjectAreRefused(t *testing.T) {
	b := newBook(t)
	b.add("training", Row{"record": "t1", "state": "validated", "year": 2022, "hours": 1})
	_, err := ComputeOf(context.Background(), b.table, trainingOf(t, "sum", "hours"), Query{})
	if err == nil {
		t.Fatal("nobody knows whom the record is about")
	}
	equal(t, "why", err.Error(), "the frame's training records have no subject or no year: check that the questionnaire has questions with the concepts subject and year")
}
