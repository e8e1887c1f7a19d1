package indicator

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryBadLineOfRatesIsNamed(t *testing.T) {
	table := "of,kind,value,year\nGBP,average,0.85,2015\nGBP,averag,0.85,2016\n,average,1,2015\nUSD,average,1.1.1,2015\nGBP,average,0.86,2015\nGBP,average,-1,2017\nDEM,fixed,1.95583,\n"
	rates, problems, err := ReadRateTable(strings.NewReader(table), "Central bank", "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	if diff := cmp.Diff([]int{3, 4, 5, 6, 7}, lines); diff != "" {
		t.Errorf("the lines named: %s%v", diff, problems)
	}
	if rates.Len() != 2 || rates.Source != "Central bank" || rates.Vintage != "2026-03-01" {
		t.Errorf("%d lines of %q, %q", rates.Len(), rates.Source, rates.Vintage)
	}
	if from, to := rates.Years(); from != 2015 || to != 2015 {
		t.Errorf("years %d to %d", from, to)
	}
	for _, bad := range []string{"", "of,kind\nGBP,average\n", "of,kind,value,year\n\"GBP"} {
		if _, _, err := ReadRateTable(strings.NewReader(bad), "a", "b"); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	if _, problems, _ := ReadRateTable(strings.NewReader(goldenRates), "", "2030-01-01"); len(problems) != 13 {
		t.Errorf("another vintage than that of the import: %d problems", len(problems))
	}
}

func TestRatesAreWrittenAsTheyWereRead(t *testing.T) {
	var first, second bytes.Buffer
	if err := golden(t).Write(&first); err != nil {
		t.Fatal(err)
	}
	again, problems, err := ReadRateTable(bytes.NewReader(first.Bytes()), golden(t).Source, "2026-01-01")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if err := again.Write(&second); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first.String(), second.String()); diff != "" {
		t.Error(diff)
	}
	if again.Len() != golden(t).Len() || again.Source != golden(t).Source {
		t.Errorf("%d lines of %d, from %q", again.Len(), golden(t).Len(), again.Source)
	}
}

func FuzzReadRateTable(f *testing.F) {
	f.Add(goldenRates, "", "")
	f.Add("of,kind,value,year\nGBP,average,0.85,2015\n", "a", "b")
	f.Fuzz(func(t *testing.T, table, source, vintage string) {
		rates, _, err := ReadRateTable(strings.NewReader(table), source, vintage)
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := rates.Write(&out); err != nil {
			t.Error(err)
		}
	})
}
