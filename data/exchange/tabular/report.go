package tabular

import (
	"strings"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// ListLimit is how many refused rows, and how many warnings, a report lists; all of them are counted.
const ListLimit = 1000

// Report says what an import did, or with DryRun what it would do.
type Report struct {
	Source   string       `json:"source"`
	DryRun   bool         `json:"dry_run"`
	Stored   bool         `json:"stored"` // false after a dry run, and where Strict and a refused row stopped it
	Rows     int          `json:"rows"`   // rows of the file, blank ones left out
	Refused  int          `json:"refused"`
	Warned   int          `json:"warnings"`
	Kinds    []KindReport `json:"kinds"`
	Carried  int          `json:"carried_forward"` // rows whose figures repeat those of an earlier year
	Old      int          `json:"old"`             // rows whose figures are more than 730 days older than their year
	Refusals []Problem    `json:"refusals,omitempty"`
	Warnings []Problem    `json:"warning_list,omitempty"`
}

// KindReport counts the records of one kind that a file gave.
type KindReport struct {
	Kind      string `json:"kind"`
	Title     string `json:"title"`
	Records   int    `json:"records"`
	New       int    `json:"new"`
	Changed   int    `json:"changed"`
	Unchanged int    `json:"unchanged"`
	Kept      int    `json:"kept"` // locked or deleted here, so left as they are
}

// Nothing tells whether the import had nothing new to say.
func (r *Report) Nothing() bool {
	for _, k := range r.Kinds {
		if k.New+k.Changed > 0 {
			return false
		}
	}
	return true
}

func (r *Report) refuse(p Problem) {
	r.Refused++
	if len(r.Refusals) < ListLimit {
		r.Refusals = append(r.Refusals, p)
	}
}

func (r *Report) warn(p Problem) {
	r.Warned++
	if len(r.Warnings) < ListLimit {
		r.Warnings = append(r.Warnings, p)
	}
}

// ages gathers what tells figures that are carried forward or old: the unit, the year and the end of the fiscal year.
type ages struct {
	accounts []indicator.Account
}

func (a *ages) add(rp *recordPlan, m mapped) {
	if rp.subject == "" || rp.year == "" || rp.fiscalEnd == "" {
		return
	}
	var account indicator.Account
	for i, b := range rp.bindings {
		switch b.path {
		case rp.subject:
			account.Unit = m.values[i].String()
		case rp.year:
			if n, ok := m.values[i].Number(); ok {
				account.Year = int(n.Float())
			}
		case rp.fiscalEnd:
			account.End, account.Known = day(m.values[i])
		}
	}
	if account.Known && account.Year > 0 {
		a.accounts = append(a.accounts, account)
	}
}

func day(v record.Value) (int64, bool) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(v.String()))
	return indicator.Days(t), err == nil
}

func (a *ages) count() (carried, old int) {
	for _, flag := range indicator.CarriedForward(a.accounts) {
		if flag {
			carried++
		}
	}
	for _, account := range a.accounts {
		if indicator.Old(account.Year, account.End) {
			old++
		}
	}
	return carried, old
}
