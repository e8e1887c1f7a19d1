package indicator

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func (b *book) tie(from, to string, more Row) {
	b.t.Helper()
	row := Row{"tie_from": from, "tie_status": "confirmed", "tie_reported_by": "from"}
	if name, is := strings.CutPrefix(to, "org "); is {
		row["tie_to_organisation"] = name
	} else {
		row["tie_to"] = to
	}
	for k, v := range more {
		row[k] = v
	}
	b.add("relationship", row)
}

// By hand: a, b, c, d are active in 2023 and 2024, d of another country, e has
// ceased by 2024. 2023 has the pairs ab, ac, ae and a's federation; 2024 ab, ad
// and the federation.
func network4(t *testing.T) *book {
	b := newBook(t)
	for _, year := range []int{2023, 2024} {
		for _, unit := range []string{"a", "b", "c", "d", "e"} {
			row := Row{"status": "active", "country": "IT"}
			if unit == "d" {
				row["country"] = "FR"
			}
			if unit == "e" && year == 2024 {
				row["status"] = "ceased"
			}
			b.mapping(unit, year, row)
		}
	}
	b.tie("a", "b", nil)
	b.tie("b", "a", Row{"tie_since": 2020, "tie_status": "alleged"})
	b.tie("a", "c", Row{"tie_until": 2023, "tie_status": "ended"})
	b.tie("e", "a", Row{"tie_reported_by": "both"})
	b.tie("a", "d", Row{"tie_since": 2024})
	b.tie("a", "org f", nil)
	b.tie("b", "c", Row{"tie_status": "ended"}) // nobody knows when
	b.tie("c", "c", nil)
	b.tie("c", "z", Row{"tie_since": 2030})
	return b
}

func TestNetworkGolden(t *testing.T) {
	b := network4(t)
	// 2023: a has b, c, e and f; b, c and e have a: 7 ends of 5 cooperatives.
	links := b.compute(Query{Indicator: "I22c"})
	equal(t, "links 2023", point(t, links, "2023").Value.String(), "1.40")
	// 2024: a has b, d, f and the ceased e; b and d have a: 6 ends of 4.
	equal(t, "links 2024", point(t, links, "2024").Value.String(), "1.50")
	density := b.compute(Query{Indicator: "I22d"})
	equal(t, "density 2023", point(t, density, "2023").Value.String(), "30.000") // 2·3 / (5·4)
	equal(t, "density 2024", point(t, density, "2024").Value.String(), "33.333") // 2·2 / (4·3)
	equal(t, "density of Italy 2024", point(t, b.compute(Query{Indicator: "I22d", By: []string{"country"}}), "2024", "IT").Value.String(), "33.333")
	if p := point(t, b.compute(Query{Indicator: "I22d", By: []string{"country"}}), "2024", "FR"); p.Known || p.N != 1 {
		t.Errorf("one cooperative is no network: %+v", p)
	}
	for _, r := range []*Result{links, density} {
		if len(r.Notes) != 1 || r.Notes[0] != (Note{NoteOneSided, 3, 5}) {
			t.Errorf("of ab, ac, ae, ad and af, ab was told of by both and ae by both: %+v", r.Notes)
		}
	}
}

// Where nobody has recorded a link there is no figure: that is not a network
// without links. A cell with a link to an organisation only has a density of 0.
func TestNoLinksAreNotNone(t *testing.T) {
	b := newBook(t)
	for _, country := range []string{"IT", "FR"} {
		for u := range 2 {
			b.mapping(fmt.Sprint(country, u), 2024, Row{"country": country})
		}
	}
	for _, code := range []string{"I22c", "I22d"} {
		if p := point(t, b.compute(Query{Indicator: code}), "2024"); p.Known || p.N != 4 || fmt.Sprint(p.Flags) != "[O]" {
			t.Errorf("%s of no records: %+v", code, p)
		}
	}
	b.tie("IT0", "org f", nil)
	for code, want := range map[string]string{"I22c": "0.50", "I22d": "0.000"} {
		r := b.compute(Query{Indicator: code, By: []string{"country"}})
		equal(t, code, point(t, r, "2024", "IT").Value.String(), want)
		if p := point(t, r, "2024", "FR"); p.Known {
			t.Errorf("%s of a country without records: %+v", code, p)
		}
	}
}

func TestTraceOfLinks(t *testing.T) {
	b := network4(t)
	traced, err := Trace(context.Background(), b.table, Query{Indicator: "I22c"}, map[string]string{"year": "2023"})
	if err != nil || len(traced.Records) != 5 || traced.Records[0].Subject != "a" || traced.Records[0].Value.String() != "4" {
		t.Errorf("%+v %v", traced, err)
	}
	if _, err := Trace(context.Background(), b.table, Query{Indicator: "I22d"}, map[string]string{"year": "2023"}); err == nil || !strings.Contains(err.Error(), "trace I22c") {
		t.Errorf("density: %v", err)
	}
}

// A link told by one side, by the other, by both, or several times, counts once,
// and the links of all cooperatives are twice the pairs.
func TestSymmetrisedLinksCountOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(rt, "cooperatives")
		once, often := newBook(t), newBook(t)
		for u := range n {
			once.mapping(fmt.Sprint("u", u), 2024, nil)
			often.mapping(fmt.Sprint("u", u), 2024, nil)
		}
		pairs := 0
		for i := range n {
			for j := range i {
				if rapid.IntRange(0, 2).Draw(rt, "linked") == 0 {
					continue
				}
				pairs++
				a, b := fmt.Sprint("u", i), fmt.Sprint("u", j)
				once.tie(a, b, nil)
				for range rapid.IntRange(1, 3).Draw(rt, "times") {
					if rapid.Bool().Draw(rt, "turned") {
						a, b = b, a
					}
					often.tie(a, b, Row{"tie_reported_by": rapid.SampledFrom([]string{"from", "to", "both"}).Draw(rt, "by")})
				}
			}
		}
		for _, code := range []string{"I22c", "I22d"} {
			one, many := point(t, once.compute(Query{Indicator: code}), "2024"), point(t, often.compute(Query{Indicator: code}), "2024")
			if one.Value != many.Value {
				rt.Fatalf("%s is %s once and %s often", code, one.Value, many.Value)
			}
			want := float64(2*pairs) / float64(n)
			if code == "I22d" {
				want *= 100 / float64(n-1)
			}
			if got := one.Value.Float(); got-want > 0.006 || want-got > 0.006 {
				rt.Fatalf("%s is %v, want %v", code, got, want)
			}
		}
	})
}
