package tabular

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// ages gathers what tells figures that are carried forward or old, in 16 bytes a row.
type ages struct {
	units map[string]int32
	rows  []age
}

// age is the unit, the reference year and the end of the fiscal year of one row.
type age struct {
	unit, year int32
	end        int64
}

func (a *ages) add(rp *recordPlan, m *mapped) {
	if rp.subject < 0 || rp.year < 0 || rp.fiscalEnd < 0 {
		return
	}
	year, numbered := m.values[rp.year].Number()
	end, known := day(m.values[rp.fiscalEnd])
	if !numbered || !known {
		return
	}
	name := m.values[rp.subject].String()
	unit, met := a.units[name]
	if !met {
		if a.units == nil {
			a.units = map[string]int32{}
		}
		unit = int32(len(a.units))
		a.units[strings.Clone(name)] = unit
	}
	a.rows = append(a.rows, age{unit, int32(year.Float()), end})
}

func day(v record.Value) (int64, bool) {
	t, err := time.Parse(time.DateOnly, v.String())
	return indicator.Days(t), err == nil
}

// count returns how many rows repeat figures of an earlier year, and how many hold figures that are old.
func (a *ages) count() (carried, old int) {
	slices.SortFunc(a.rows, func(x, y age) int { return cmp.Compare(x.unit, y.unit) })
	var accounts []indicator.Account
	for i, row := range a.rows {
		if indicator.Old(int(row.year), row.end) {
			old++
		}
		accounts = append(accounts, indicator.Account{Year: int(row.year), End: row.end, Known: true})
		if i+1 < len(a.rows) && a.rows[i+1].unit == row.unit {
			continue
		}
		for _, flag := range indicator.CarriedForward(accounts) {
			if flag {
				carried++
			}
		}
		accounts = accounts[:0]
	}
	return carried, old
}
