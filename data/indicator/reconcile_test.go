package indicator

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestAggregatesStandBesideTheMapping(t *testing.T) {
	b := newBook(t)
	for u := range 6 {
		family := []string{"worker", "social"}[u%2]
		b.mapping(fmt.Sprint("u", u), 2021, Row{"persons_working": 10, "members": 8, "turnover": 100, "currency": "EUR", "country": "IT", "family": family, "status": "active"})
	}
	aggregate := func(record, kind string, year int, more Row) {
		row := Row{"record": record, "state": "validated", "country": "IT", "enterprise_type": kind, "year": year, "scope": "affiliated", "currency": "EUR"}
		for k, v := range more {
			row[k] = v
		}
		b.add(kindAggregate, row)
	}
	aggregate("a1", "all", 2021, Row{"enterprises": 20, "worker_members": 100, "non_member_employees": 50})
	aggregate("a2", "worker", 2021, Row{"enterprises": 9, "turnover": 1000, "worker_members": 5}) // no employees: no employment
	aggregate("a3", "secondary", 2021, Row{"enterprises": 2})
	aggregate("a4", "worker", 2022, Row{"enterprises": 9})
	aggregate("a5", "all", 2021, Row{"enterprises": 7, "state": "submitted"})
	got, err := Reconcile(context.Background(), b.table, Query{Validated: true, Disclosure: true})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range got {
		mapped := "none"
		switch {
		case r.Mapped != nil && r.Mapped.Hidden:
			mapped = "c"
		case r.Mapped != nil:
			mapped = r.Mapped.Value.String()
		}
		lines = append(lines, fmt.Sprint(r.Record, " ", r.Year, " ", r.Type, " ", r.Indicator, " ", r.Aggregate, " ", r.Unit, " ", mapped))
	}
	equal(t, "lines", strings.Join(lines, "; "), "a1 2021 all I01 20 cooperatives 6; a1 2021 all I05 150 persons 60; a3 2021 secondary I01 2 cooperatives none; "+
		"a2 2021 worker I01 9 cooperatives 3; a2 2021 worker I13a 1000 EUR c; a4 2022 worker I01 9 cooperatives none")
	if years, err := Reconcile(context.Background(), b.table, Query{From: 2022}); err != nil || len(years) != 1 {
		t.Errorf("%+v, %v", years, err)
	}
	if none, err := Reconcile(context.Background(), newBook(t).table, Query{}); err != nil || none != nil {
		t.Errorf("without returns: %+v, %v", none, err)
	}
}
