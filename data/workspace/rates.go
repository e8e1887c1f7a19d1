package workspace

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

const ratesKind = "rates"

// ErrRates is wrapped where a table of rates cannot be imported, or there is none that was asked for.
var ErrRates = errors.New("the table of rates cannot be used")

// RateTable is what a workspace says of one of its tables of rates.
type RateTable struct {
	Record  record.ID `json:"record"`
	Title   string    `json:"title"`
	Source  string    `json:"source"`
	Vintage string    `json:"vintage"` // the day on which the rates were taken, such as 2026-03-01
	Note    string    `json:"note,omitempty"`
	Lines   int       `json:"lines"`
	From    int       `json:"from"` // first year
	To      int       `json:"to"`   // last year
	// Currencies are those it has exchange rates of, in order.
	Currencies []string `json:"currencies,omitempty"`
}

// RatesJob is one import of a table of rates.
type RatesJob struct {
	Table io.Reader // CSV as indicator.ReadRateTable takes it
	// Source and Vintage stand for the columns of the table that are not there.
	Source, Vintage, Title, Note string
	DryRun                       bool
}

// ImportRates keeps a table of rates. The table of a vintage never changes: the same one again is no change, another one
// under its vintage is refused. Lines that cannot be used come back as problems with an error that wraps ErrRates;
// nothing is kept then.
func (w *Workspace) ImportRates(ctx context.Context, job RatesJob) (RateTable, []indicator.RateProblem, error) {
	rates, problems, err := indicator.ReadRateTable(job.Table, job.Source, job.Vintage)
	switch {
	case err != nil:
		return RateTable{}, problems, err
	case len(problems) > 0:
		return RateTable{}, problems, fmt.Errorf("%w: of some lines; correct them and import it again", ErrRates)
	case rates.Len() == 0:
		return RateTable{}, nil, fmt.Errorf("%w: it has no line", ErrRates)
	}
	if _, err := time.Parse(time.DateOnly, rates.Vintage); err != nil {
		return RateTable{}, nil, fmt.Errorf("%w: the vintage %q is no day; write it as 2026-03-01", ErrRates, rates.Vintage)
	}
	if rates.Source == "" {
		return RateTable{}, nil, fmt.Errorf("%w: nobody is named as its source", ErrRates)
	}
	if job.Title == "" {
		job.Title = rates.Source
	}
	var text bytes.Buffer
	if err := rates.Write(&text); err != nil {
		return RateTable{}, nil, err
	}
	out := describeRates(rates)
	out.Record, out.Title, out.Note = record.RegisterID("coopatlas", ratesKind, rates.Vintage), job.Title, job.Note
	if job.DryRun {
		return out, nil, nil
	}
	return out, nil, w.keepRates(ctx, out, text.String())
}

func describeRates(rates *indicator.Rates) RateTable {
	out := RateTable{Source: rates.Source, Vintage: rates.Vintage, Lines: rates.Len()}
	out.From, out.To = rates.Years()
	for _, line := range rates.Lines() {
		if line.Kind == indicator.RateAverage || line.Kind == indicator.RateYearEnd || line.Kind == indicator.RateFixed {
			out.Currencies = append(out.Currencies, line.Of)
		}
	}
	slices.Sort(out.Currencies)
	out.Currencies = slices.Compact(out.Currencies)
	return out
}

// keepRates saves a table unless it is there already.
func (w *Workspace) keepRates(ctx context.Context, table RateTable, text string) error {
	known, err := w.Store.Has(ctx, table.Record)
	if err != nil {
		return err
	}
	if known {
		return w.sameRates(ctx, table, text)
	}
	set := map[record.Path]record.Answer{}
	for path, value := range map[record.Path]string{
		"title": table.Title, "vintage": table.Vintage, "source": table.Source, "table": text, "note": table.Note,
	} {
		if value != "" {
			set[path] = record.Answer{Value: record.Text(value)}
		}
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: table.Record, Kind: ratesKind, Set: set, Label: table.Title + ", " + table.Vintage})
	return err
}

// sameRates refuses a table whose vintage is taken by another one.
func (w *Workspace) sameRates(ctx context.Context, table RateTable, text string) error {
	state, err := w.Store.State(ctx, table.Record)
	if err != nil {
		return err
	}
	if state.Lifecycle == record.Deleted {
		return fmt.Errorf("%w: that of the vintage %s was deleted; restore it, or import under another vintage", ErrRates, table.Vintage)
	}
	if state.Fields["table"].Value.String() != text || state.Fields["source"].Value.String() != table.Source {
		return fmt.Errorf("%w: another table has the vintage %s, and figures rest on it; import this one under the day it was taken", ErrRates, table.Vintage)
	}
	return nil
}

// RateTables lists the tables of rates, the newest vintage first.
func (w *Workspace) RateTables(ctx context.Context) ([]RateTable, error) {
	rows, err := w.rateRows(ctx, "")
	if err != nil {
		return nil, err
	}
	var out []RateTable
	for _, row := range rows {
		rates, err := readRates(row)
		if err != nil {
			return nil, err
		}
		table := describeRates(rates)
		table.Record, table.Title, table.Note = row.Record, row.Values["title"].Value.String(), row.Values["note"].Value.String()
		out = append(out, table)
	}
	return out, nil
}

// Rates gives the table of a vintage, or the newest where none is named. The error wraps ErrRates where there is none.
func (w *Workspace) Rates(ctx context.Context, vintage string) (*indicator.Rates, error) {
	rows, err := w.rateRows(ctx, vintage)
	if err != nil {
		return nil, err
	}
	switch {
	case len(rows) == 0 && vintage == "":
		return nil, fmt.Errorf("%w: the workspace has none; `coopctl rates` imports one", ErrRates)
	case len(rows) == 0:
		return nil, fmt.Errorf("%w: the workspace has none of the vintage %q; `coopctl rates` lists them", ErrRates, vintage)
	}
	return readRates(rows[0])
}

func (w *Workspace) rateRows(ctx context.Context, vintage string) ([]store.Row, error) {
	q := store.Query{
		Columns: []string{"title", "vintage", "source", "table", "note"},
		Sort:    []store.Order{{Column: "vintage", Descending: true}},
	}
	if vintage != "" {
		q.Where = []store.Condition{{Column: "vintage", Values: []string{vintage}}}
	}
	return w.Store.List(ctx, ratesKind, q)
}

func readRates(row store.Row) (*indicator.Rates, error) {
	vintage, source := row.Values["vintage"].Value.String(), row.Values["source"].Value.String()
	rates, problems, err := indicator.ReadRateTable(strings.NewReader(row.Values["table"].Value.String()), source, vintage)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("%w: %s", ErrRates, problems[0])
	}
	if err != nil {
		return nil, fmt.Errorf("the rates of %s: %w", vintage, err)
	}
	return rates, nil
}
