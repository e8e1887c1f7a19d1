package workspace

import (
	"errors"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

const someRates = "kind,of,year,value\naverage,GBP,2015,0.73\nyear_end,GBP,2015,0.74\ndeflator,GB,2015,100\n"

func importRates(t *testing.T, w *Workspace, vintage, table string) (RateTable, []indicator.RateProblem, error) {
	t.Helper()
	return w.ImportRates(t.Context(), RatesJob{Table: strings.NewReader(table), Source: "Central bank; Office", Vintage: vintage})
}

func TestRatesOfAVintageNeverChange(t *testing.T) {
	w := sessions(t)
	if _, err := w.Rates(t.Context(), ""); !errors.Is(err, ErrRates) {
		t.Fatalf("without a table: %v", err)
	}
	old, _, err := importRates(t, w, "2025-03-01", someRates)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := importRates(t, w, "2026-03-01", strings.Replace(someRates, "0.73", "0.735", 1)); err != nil {
		t.Fatal(err)
	}
	tables, err := w.RateTables(t.Context())
	if err != nil || len(tables) != 2 || tables[0].Vintage != "2026-03-01" || tables[1].Lines != 3 || tables[1].From != 2015 {
		t.Fatalf("%+v, %v", tables, err)
	}
	newest, err := w.Rates(t.Context(), "")
	if err != nil || newest.Vintage != "2026-03-01" || newest.Source != "Central bank; Office" {
		t.Errorf("the newest: %+v, %v", newest, err)
	}
	money := indicator.Money{Kind: indicator.EUR}
	for vintage, want := range map[string]string{"2025-03-01": "100/73", "2026-03-01": "200/147"} {
		if money.Rates, err = w.Rates(t.Context(), vintage); err != nil {
			t.Fatal(err)
		}
		if got := money.Factor("GBP", "GB", 2015, true); got == nil || got.String() != want {
			t.Errorf("%s: %v, want %s", vintage, got, want)
		}
	}
	if _, err := w.Rates(t.Context(), "2024-01-01"); !errors.Is(err, ErrRates) {
		t.Errorf("a vintage that is not there: %v", err)
	}
	shuffled := "year,value,of,kind\n2015,100.0,GB,deflator\n2015,0.730,GBP,average\n2015,0.74,GBP,year_end\n"
	if _, _, err := importRates(t, w, "2025-03-01", shuffled); err != nil {
		t.Errorf("the same table in another order: %v", err)
	}
	if h, err := w.Store.History(t.Context(), old.Record); err != nil || len(h.Revisions) != 1 {
		t.Errorf("the same table made a revision: %+v, %v", h, err)
	}
	if _, _, err := importRates(t, w, "2025-03-01", strings.Replace(someRates, "0.73", "0.8", 1)); !errors.Is(err, ErrRates) {
		t.Errorf("another table of the same vintage: %v", err)
	}
	if _, err := w.Revise(t.Context(), old.Record, record.Delete, nil, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := importRates(t, w, "2025-03-01", someRates); !errors.Is(err, ErrRates) {
		t.Errorf("a deleted table: %v", err)
	}
}

func TestRatesThatCannotBeImported(t *testing.T) {
	w := sessions(t)
	for vintage, table := range map[string]string{
		"yesterday": someRates, "2026-01-01": "kind,of,year,value\n", "2026-01-02": "kind,of\naverage,GBP\n",
		"2026-01-03": someRates + "average,USD,2015,-1\nfancy,USD,2015,1\n",
	} {
		_, problems, err := importRates(t, w, vintage, table)
		if err == nil {
			t.Errorf("%s: %q was taken", vintage, table)
		}
		if vintage == "2026-01-03" && (len(problems) != 2 || problems[0].Line != 5 || problems[1].Line != 6) {
			t.Errorf("problems %v", problems)
		}
	}
	if tables, err := w.RateTables(t.Context()); err != nil || len(tables) > 0 {
		t.Errorf("%v, %v", tables, err)
	}
	table, _, err := w.ImportRates(t.Context(), RatesJob{Table: strings.NewReader(someRates), Source: "Office", Vintage: "2026-01-01", DryRun: true})
	if tables, _ := w.RateTables(t.Context()); err != nil || len(tables) > 0 || table.Lines != 3 {
		t.Errorf("a dry run: %+v, %v, %v", table, tables, err)
	}
}
