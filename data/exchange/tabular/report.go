package tabular

// ListLimit is how many refused rows, and how many different warnings, a report lists; all of them are counted.
const ListLimit = 1000

// Report says what an import did, or with DryRun what it would do.
type Report struct {
	Source   string       `json:"source"`
	DryRun   bool         `json:"dry_run"`
	Stored   bool         `json:"stored"` // all that could be; false after a dry run, and where the import was stopped
	Saved    int          `json:"saved"`  // records written, all of them or up to where the import was stopped
	Rows     int          `json:"rows"`   // rows of the file, blank ones left out
	Refused  int          `json:"refused"`
	Warned   int          `json:"warnings"`
	Kinds    []KindReport `json:"kinds"`
	Carried  int          `json:"carried_forward"` // rows whose figures repeat those of an earlier year
	Old      int          `json:"old"`             // rows whose figures are more than 730 days older than their year
	Refusals []Problem    `json:"refusals,omitempty"`
	Warnings []Problem    `json:"warning_list,omitempty"` // each with how many rows it is to be said of

	listed map[said]int // places in Warnings
}

// said is what a warning says, wherever it says it.
type said struct{ column, message string }

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

// warn counts a warning, and lists it unless the same was said of an earlier row.
func (r *Report) warn(p Problem) {
	r.Warned++
	key := said{p.Column, p.Message}
	if place, ok := r.listed[key]; ok {
		r.Warnings[place].More++
		return
	}
	if len(r.Warnings) >= ListLimit {
		return
	}
	if r.listed == nil {
		r.listed = map[said]int{}
	}
	r.listed[key] = len(r.Warnings)
	r.Warnings = append(r.Warnings, p)
}
