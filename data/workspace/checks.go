package workspace

import (
	"context"

	"coopatlas/data/check"
	"coopatlas/data/record"
)

// Stand says where a finding stands.
type Stand string

// A finding is to be looked at until somebody is asked or it is accepted. A query whose value has changed since is
// settled.
const (
	StandOpen     Stand = "open"
	StandAsked    Stand = "asked"
	StandAnswered Stand = "answered"
	StandAccepted Stand = "accepted"
	StandSettled  Stand = "settled"
)

// Stands are all stands, in the order in which they follow.
func Stands() []Stand {
	return []Stand{StandOpen, StandAsked, StandAnswered, StandAccepted, StandSettled}
}

// Checked is a finding with what has become of it. Where the interview has been returned, or its value has changed, the
// finding is made from the query: then only its record, concept, year, rule and values are known.
type Checked struct {
	check.Finding
	Stand Stand  `json:"stand"`
	Query *Query `json:"query,omitempty"` // the newest about it
}

// Checks lays the queries of the workspace beside what was found: findings first, in their order, then queries about
// interviews that are out of the frame or have changed, the oldest first.
func (w *Workspace) Checks(ctx context.Context, look *check.Look, cfg check.Config) ([]Checked, error) {
	queries, err := w.Queries(ctx, QuerySelection{})
	if err != nil {
		return nil, err
	}
	newest := map[string]*Query{}
	for i := range queries {
		newest[queries[i].Finding] = &queries[i]
	}
	var out []Checked
	found := map[string]bool{}
	for _, f := range look.Findings(check.Config{}) {
		found[f.Key()] = newest[f.Key()] != nil
	}
	for _, f := range look.Findings(cfg) {
		q := newest[f.Key()]
		out = append(out, Checked{f, standOf(q), q})
	}
	for i := range queries {
		q := &queries[i]
		if found[q.Finding] || newest[q.Finding] != q {
			continue
		}
		if f := q.finding(); cfg.Keeps(f) {
			out = append(out, Checked{f, q.stand(), q})
		}
	}
	return out, nil
}

// standOf is where a finding stands that the frame still shows.
func standOf(q *Query) Stand {
	if q == nil {
		return StandOpen
	}
	switch q.Progress {
	case QueryOpen:
		return StandAsked
	case QueryAnswered:
		return StandAnswered
	case QueryAccepted:
		return StandAccepted
	}
	return StandOpen // closed, and still as it was
}

// stand is where a query stands whose finding the frame does not show.
func (q *Query) stand() Stand {
	if q.Stage.InFrame() || q.Progress == QueryClosed || q.Progress == QueryAccepted {
		return StandSettled
	}
	return standOf(q)
}

// finding is what a query tells of the finding that it was about.
func (q *Query) finding() check.Finding {
	f := check.Finding{Record: q.About.String(), Rule: q.Rule, Concept: q.Concept, Year: q.Year, State: string(q.Stage)}
	if q.Stage == "" {
		f.State = string(record.Returned)
	}
	// A value that is no number any more stays nothing.
	_ = f.Seen.UnmarshalText([]byte(q.Seen))
	_ = f.Expected.UnmarshalText([]byte(q.Expected))
	return f
}

// CheckedNames gives what the interviews of findings are called, by their records.
func (w *Workspace) CheckedNames(ctx context.Context, of []Checked) (map[string]string, error) {
	ids := map[string]bool{}
	for _, c := range of {
		ids[c.Record] = true
	}
	rows, err := w.interviewRows(ctx, ids)
	names := make(map[string]string, len(rows))
	for id, row := range rows {
		names[id] = row.Label
	}
	return names, err
}
