package indicator

import "time"

// OldAfter is the number of days after which accounts are old: between their
// end and 31 December of the reference year.
const OldAfter = 730

// Account is the fiscal year that a record rests on.
type Account struct {
	Unit  string // the cooperative
	Year  int    // reference year of the record
	End   int64  // last day of the fiscal year, in days since 1970-01-01
	Known bool   // End is known
}

// Days gives the calendar day of a time as days since 1970-01-01.
func Days(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// yearOfDay gives the calendar year of a day since 1970-01-01.
func yearOfDay(day int64) int { return time.Unix(day*86400, 0).UTC().Year() }

// CarriedForward flags the accounts that repeat earlier ones: the same unit has
// a record of an earlier reference year whose fiscal year ends on the same day
// (domain reference, B.2). The order of the accounts does not matter.
func CarriedForward(accounts []Account) []bool {
	type key struct {
		unit string
		end  int64
	}
	first := make(map[key]int, len(accounts))
	for _, a := range accounts {
		k := key{a.Unit, a.End}
		if y, seen := first[k]; a.Known && (!seen || a.Year < y) {
			first[k] = a.Year
		}
	}
	flags := make([]bool, len(accounts))
	for i, a := range accounts {
		flags[i] = a.Known && first[key{a.Unit, a.End}] < a.Year
	}
	return flags
}

// Old says whether accounts that end on a day are old in a reference year: more
// than 730 days before its 31 December (domain reference, B.2).
func Old(year int, end int64) bool { return lastDay(year)-end > OldAfter }

// lastDay is 31 December of a year in days since 1970-01-01.
func lastDay(year int) int64 {
	return time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC).Unix() / 86400
}
