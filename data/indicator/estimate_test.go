package indicator

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// frameOf adds the known numbers of a country and year: "worker 0-9=40", or "=120"
// for all.
func (b *book) frameOf(country string, year int, numbers ...string) {
	b.t.Helper()
	for _, number := range numbers {
		what, text, _ := strings.Cut(number, "=")
		kind, size, _ := strings.Cut(what, " ")
		known := 0
		if _, err := fmt.Sscan(text, &known); err != nil {
			b.t.Fatal(err)
		}
		row := Row{"country": country, "year": year, "known": known}
		if kind != "" {
			row["ilo_type"] = kind
		}
		if size != "" {
			row["size"] = size
		}
		b.add("population", row)
	}
}

// some adds active cooperatives of a country, type and number of persons.
func (b *book) some(count int, country, kind string, persons int, more ...Row) {
	b.t.Helper()
	for range count {
		row := Row{"status": "active", "country": country, "ilo_type": kind, "persons_working": persons}
		for _, m := range more {
			for k, v := range m {
				row[k] = v
			}
		}
		b.mapping(fmt.Sprint("u", b.n), 2021, row)
	}
}

// italy has Italy with a frame by type and, of workers, by size, and France
// without one. By hand: workers up to 9 stand 8 for 40 (5 each); 3 of 10 to 49 are
// too few and are joined with 3 of 50 to 249, 6 for 26 (13/3 each); the one of 250
// and more was reached in full; producers stand 6 for 30, and the 23 of other
// types, of which 2 answered, are joined with them: 8 for 53.
func italy(t testing.TB) *book {
	b := newBook(t)
	b.frameOf("IT", 2021, "=120", "worker 0-9=40", "worker 10-49=20", "worker 50-249=6", "worker 250+=1", "worker=60", "producer=30")
	b.some(8, "IT", "worker", 5)
	b.some(3, "IT", "worker", 20)
	b.some(3, "IT", "worker", 100)
	b.some(1, "IT", "worker", 400)
	b.some(6, "IT", "producer", 10)
	b.some(2, "IT", "multi", 30)
	b.some(10, "FR", "worker", 7)
	return b
}

func TestTheGoldenFrame(t *testing.T) {
	b := italy(t)
	for _, w := range []struct{ by, keys, value, flags string }{
		{"", "", "2955 23", "E"},
		{"country", "IT", "2955 23", "E"},
		{"country", "FR", "0 0", "O"},
		{"ilo_type", "worker", "2160 15", "E u"},
		{"ilo_type", "producer", "398 6", "E u"}, // 60 × 53/8 = 397.5
		{"ilo_type", "multi", "398 2", "E u"},
		{"size", "0-9", "200 8", "E u"},
		{"size", "10-49", "1055 11", "E u"}, // 60 × 13/3 + 120 × 53/8
		{"size", "250+", "400 1", "E u"},
	} {
		q := Query{Indicator: "I05", Estimated: true}
		keys := []string{"2021"}
		if w.by != "" {
			q.By, keys = []string{w.by}, append(keys, w.keys)
		}
		p := point(t, b.compute(q), keys...)
		equal(t, w.by+" "+w.keys, fmt.Sprint(p.Value, " ", p.N, " ", strings.Join(p.Flags, " ")), w.value+" "+w.flags)
	}
	r := b.compute(Query{Indicator: "I05", Estimated: true})
	equal(t, "frame", fmt.Sprintf("%+v", r.Estimated.Weights), "[{Country:IT Year:2021 Known:120 N:23 Strata:4 Joined:4 Trimmed:0 Lost:0 Raised:0 Alone:0}]")
	equal(t, "left out", fmt.Sprintf("%+v", r.Estimated.LeftOut), "[{Country:FR Year:2021 Type: Few:false}]")
	equal(t, "notes", fmt.Sprint(r.Notes), "[{strata_joined 4 4} {weighted 23 120}]")
	if plain := b.compute(Query{Indicator: "I05"}); plain.Estimated != nil || point(t, plain, "2021").Value.String() != "990" {
		t.Errorf("the reported total is %v", plain.Points)
	}
	b.add("context", Row{"country": "IT", "year": 2021, "measure": "employment", "value": 10000})
	for estimated, want := range map[bool]string{true: "29.550 false", false: " true"} {
		p := point(t, b.compute(Query{Indicator: "I30a", By: []string{"country"}, Estimated: estimated}), "2021", "IT")
		if got := fmt.Sprint(p.Value, " ", p.AtLeast); !strings.HasSuffix(got, want) {
			t.Errorf("the weight in employment is %s", got)
		}
	}
	section := b.compute(Query{Indicator: "I05", Estimated: true, Where: map[string][]string{"country": {"FR"}}})
	if p := point(t, section, "2021"); p.Known || section.Estimated.Weights != nil {
		t.Error("a country without a frame is estimated")
	}
}

// Where half of the cooperatives have weight 2, a weight of 40 is cut to 10: 150
// of the 300 have nobody to stand for them.
func TestWeightsAreTrimmedAtFiveTimesTheMedian(t *testing.T) {
	b := newBook(t)
	b.frameOf("IT", 2021, "worker=100", "producer=200", "consumer=0", "multi=0")
	b.some(50, "IT", "worker", 3)
	b.some(5, "IT", "producer", 8)
	r := b.compute(Query{Indicator: "I05", Estimated: true})
	equal(t, "total", point(t, r, "2021").Value.String(), "700") // 2 × 150 + 10 × 40
	equal(t, "notes", fmt.Sprint(r.Notes), "[{nobody 150 300} {trimmed 1 2} {weighted 55 300}]")
	b.add("context", Row{"country": "IT", "year": 2021, "measure": "employment", "value": 7000})
	p := point(t, b.compute(Query{Indicator: "I30a", Estimated: true}), "2021")
	equal(t, "weight", p.Value.String()+fmt.Sprint(p.AtLeast), "10.000true")
}

// Eight of sixteen answered: six give a figure, a secondary cooperative gives its
// memberships below, and to one the question does not apply. A dormant one stands
// for itself; two did not answer.
func TestWhoStandsForOthers(t *testing.T) {
	b := newBook(t)
	b.frameOf("IT", 2021, "=16")
	b.some(6, "IT", "worker", 5, Row{"members": 10})
	b.some(1, "IT", "worker", 5, Row{"members": 99, "level": "secondary"})
	b.some(1, "IT", "worker", 5, Row{"status:members": "not_applicable"})
	b.some(1, "IT", "worker", 5, Row{"members": 10, "status": "dormant"})
	b.some(2, "IT", "worker", 5)
	r := b.compute(Query{Indicator: "I04", Estimated: true})
	equal(t, "8 for 16", fmt.Sprint(point(t, r, "2021").Value, " ", point(t, r, "2021").N), "130 7") // 2 × 60 + 10
	equal(t, "frame", fmt.Sprintf("%+v", r.Estimated.Weights), "[{Country:IT Year:2021 Known:16 N:8 Strata:1 Joined:0 Trimmed:0 Lost:0 Raised:0 Alone:1}]")
	b.mapping("who", 2021, Row{"status": "active", "members": 10, "country": "IT"})
	b.frameOf("IT", 2021, "worker=12", "producer=4", "consumer=0", "multi=0")
	r = b.compute(Query{Indicator: "I04", Estimated: true})
	equal(t, "of unknown type", fmt.Sprint(point(t, r, "2021").Value), "133") // 60 × 15/8, with the producers and without the one of unknown type, and 20
}

func TestFramesThatSayTooLittle(t *testing.T) {
	for name, w := range map[string]struct {
		frame []string
		value string
		left  string
	}{
		"a type only":          {[]string{"worker=12"}, "60 6", "[{IT 2021 producer false}]"},
		"sizes not complete":   {[]string{"worker 0-9=12"}, "0 0", "[{IT 2021  false}]"},
		"sizes of all types":   {[]string{" 0-9=16", " 10-49=0", " 50-249=0", " 250+=0"}, "80 8", "[]"},
		"another year":         {nil, "0 0", "[{IT 2021  false}]"},
		"nonsense":             {[]string{"=-3", "worker=-5", "producer=-1", "consumer=0", "multi=-7"}, "40 8", "[]"},
		"fewer than were met":  {[]string{"=3"}, "40 8", "[]"},
		"the largest counts":   {[]string{"=8", "=24"}, "120 8", "[]"},
		"types before the sum": {[]string{"=99", "worker=12", "producer=4", "consumer=0", "multi=0"}, "80 8", "[]"},
	} {
		b := newBook(t)
		b.frameOf("IT", 2020, "=50")
		b.frameOf("IT", 2021, w.frame...)
		b.some(6, "IT", "worker", 5)
		b.some(2, "IT", "producer", 5)
		r := b.compute(Query{Indicator: "I05", Estimated: true})
		p := point(t, r, "2021")
		equal(t, name, fmt.Sprint(p.Value, " ", p.N, " ", r.Estimated.LeftOut), w.value+" "+w.left)
	}
	b := newBook(t)
	b.frameOf("IT", 2021, "=50")
	b.some(4, "IT", "worker", 5)
	r := b.compute(Query{Indicator: "I05", Estimated: true})
	equal(t, "too few", fmt.Sprint(r.Estimated.LeftOut, point(t, r, "2021").Known), "[{IT 2021  true}] false")
}

// Coverage counts a number once, whatever detail it is known in.
func TestCoverageCountsNoSizeTwice(t *testing.T) {
	for name, w := range map[string]struct {
		frame       []string
		all, worker string
	}{
		"all and parts":     {[]string{"=100", "worker=50", "worker 0-9=20", "worker 10-49=20", "worker 50-249=5", "worker 250+=5"}, "5.00", "10.00"},
		"types by size":     {[]string{"worker 0-9=20", "worker 10-49=20", "worker 50-249=5", "worker 250+=5", "producer=50"}, "5.00", "10.00"},
		"sizes only":        {[]string{" 0-9=50", " 10-49=30", " 50-249=15", " 250+=5"}, "5.00", ""},
		"one size":          {[]string{"worker 250+=5"}, "", ""},
		"one size of a sum": {[]string{"worker=50", "worker 250+=5"}, "10.00", "10.00"},
	} {
		b := newBook(t)
		b.frameOf("IT", 2021, w.frame...)
		b.some(5, "IT", "worker", 5)
		told := func(r *Result, keys ...string) string {
			if p := point(t, r, keys...); p.Known {
				return p.Value.String()
			}
			return ""
		}
		equal(t, name, told(b.compute(Query{Indicator: "I02"}), "2021"), w.all)
		equal(t, name+", by type", told(b.compute(Query{Indicator: "I02", By: []string{"ilo_type"}}), "2021", "worker"), w.worker)
	}
}

// Only levels are estimated: the matched change and its index are those of
// reported figures.
func TestChangesRestOnReportedFigures(t *testing.T) {
	b := newBook(t)
	for year := 2021; year <= 2023; year++ {
		for u := range 6 {
			b.mapping(fmt.Sprint("u", u), year, Row{"status": "active", "country": "IT", "persons_working": 10 + year - 2021})
		}
	}
	b.frameOf("IT", 2022, "=12")
	b.frameOf("IT", 2023, "=18")
	reported, both := b.compute(Query{Indicator: "I05"}), b.compute(Query{Indicator: "I05", Basis: Matched, Estimated: true, Decompose: true})
	equal(t, "index", line(both), line(reported))
	for i, p := range both.Points {
		equal(t, "G1", told(p.Matched), told(reported.Points[i].Matched))
		if p.All != nil {
			t.Error("the change of an estimated total is told")
		}
	}
	equal(t, "levels", fmt.Sprint(both.Points[0].Known, both.Points[1].Value, both.Points[2].Value), "false 132 216")
	if both.Decompositions != nil {
		t.Error("an estimated total is decomposed")
	}
	levels := b.compute(Query{Indicator: "I05", Estimated: true})
	if p := levels.Points[2]; levels.Basis != All || p.Change != nil {
		t.Errorf("%s, change %v", levels.Basis, p.Change)
	}
}

func TestWhatHasNoEstimate(t *testing.T) {
	b := italy(t)
	for _, code := range []string{"I01", "I08", "I15a", "I27", "I34b"} {
		if _, err := Compute(context.Background(), b.table, Query{Indicator: code, Estimated: true}); !errors.Is(err, ErrNoEstimate) {
			t.Errorf("%s: %v", code, err)
		}
	}
	_, err := Compute(context.Background(), Impute(b.table, Imputation{Ratio: true}), Query{Indicator: "I05", Estimated: true})
	if !errors.Is(err, ErrTwoRemedies) {
		t.Errorf("imputed: %v", err)
	}
}

func TestTracesTellWeights(t *testing.T) {
	b := italy(t)
	out, err := Trace(context.Background(), b.table, Query{Indicator: "I05", Estimated: true}, map[string]string{"year": "2021"})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, e := range out.Records {
		sum += e.Value.Float() * e.Weight.Float()
	}
	equal(t, "records", fmt.Sprintf("%d %.0f %d", len(out.Records), sum, len(out.Changes)), "23 2955 0")
}

func TestEstimatedTotalsAsSDMX(t *testing.T) {
	var out strings.Builder
	if err := WriteSDMX(&out, italy(t).compute(Query{Indicator: "I05", Estimated: true, By: []string{"country"}})); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{",FR,I05,_T,_T,_T,_T,_T,2021,,PS,0,,O,F,0,", ",IT,I05,_T,_T,_T,_T,_T,2021,2955,PS,0,0,E,F,23,19.2,estimated total: 23 stand for 120 known"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}
