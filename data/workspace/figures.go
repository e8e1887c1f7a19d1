package workspace

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

const releasedKind = "released"

// ErrInternal is wrapped where confidential figures are asked of a release.
var ErrInternal = errors.New("a release never shows confidential figures")

// Figures answers queries over one frame: the present one, or that of a release. Figures under disclosure control keep
// the pattern of what earlier releases told and hid. It must be closed, and is for one goroutine.
type Figures struct {
	Source  indicator.Source
	Release *Release // nil: the present frame

	w         *Workspace
	what      string
	reworded  reworded // when questions were asked otherwise
	again     bool     // what is made was made before, and is made as it was then
	after     []string
	earlier   *indicator.Register
	told      *indicator.Register
	differing []indicator.ReleasedCell
	imputed   bool
	own       []OwnIndicator
	declared  bool // own is read
	close     func() error
}

// FiguresOf says which frame figures are asked of, and what is made of them.
type FiguresOf struct {
	Release string // as Workspace.Release finds it; empty: the present frame
	// What names what leaves headquarters, the same for the same thing: see What. Empty: the figures are only looked at.
	What string
	// Impute says how missing values are filled in; nothing is by default.
	Impute indicator.Imputation
}

// What names a thing that is made of figures, such as a brief and what it was asked for, in one way only.
func What(verb string, asked any) string {
	data, err := json.Marshal(asked)
	if err != nil {
		return verb // what cannot be written is told apart from nothing
	}
	return verb + " " + string(data)
}

// Figures opens the frame that figures are asked of.
func (w *Workspace) Figures(ctx context.Context, of FiguresOf) (*Figures, error) {
	f := &Figures{w: w, what: of.What, told: indicator.NewRegister()}
	if of.Release == "" {
		frame, err := w.Store.Frame(ctx)
		if err != nil {
			return nil, err
		}
		f.Source, f.close = frame, frame.Close
	} else {
		r, err := w.Release(ctx, of.Release)
		if err != nil {
			return nil, err
		}
		frozen, err := w.frozen(ctx, r)
		if err != nil {
			return nil, err
		}
		f.Release, f.Source, f.close = &r, frozen, frozen.Close
	}
	f.Source, f.imputed = indicator.Impute(f.Source, of.Impute), !of.Impute.None()
	err := f.remember(ctx)
	if err == nil {
		err = f.recall(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// recall finds out when questions were asked otherwise: a release keeps what was known when it was made.
func (f *Figures) recall(ctx context.Context) (err error) {
	if f.Release == nil {
		f.reworded, err = f.w.rewordedNow(ctx)
		return err
	}
	if f.reworded, err = readReworded(f.Release.Reworded); err != nil {
		err = fmt.Errorf("%w: the record of %q is damaged: %w", ErrRelease, f.Release.Title, err)
	}
	return err
}

// Close lets the frame go.
func (f *Figures) Close() error { return f.close() }

// Compute answers a query. Of a release it keeps to its years and records; the error wraps ErrInternal where its
// confidential figures are asked for.
func (f *Figures) Compute(ctx context.Context, q indicator.Query) (*indicator.Result, error) {
	q, err := f.ask(q)
	if err == nil {
		q, err = f.find(ctx, q)
	}
	if err != nil {
		return nil, err
	}
	result, err := indicator.Compute(ctx, f.Source, q)
	if err == nil && f.imputed {
		result.Withhold()
	}
	if ind, ok := q.Asked(); ok && err == nil && ind.OfCooperatives() { // of other kinds no line is drawn
		result.Reword(f.reworded.of(ind.Reads())...)
	}
	if err == nil && q.Disclosure {
		f.told.Add(q, result)
		f.differing = append(f.differing, f.earlier.Differences(q, result)...)
	}
	return result, err
}

// ask keeps a query to what a release holds.
func (f *Figures) ask(q indicator.Query) (indicator.Query, error) {
	if q.Disclosure {
		q.Earlier = f.earlier
	}
	r := f.Release
	if r == nil {
		return q, nil
	}
	if !q.Disclosure {
		return q, fmt.Errorf("%w: leave --internal out, or ask the present data", ErrInternal)
	}
	span := indicator.Span{From: q.From, To: q.To, Years: q.Years}.Within(r.Span())
	if span.Years != nil && len(span.Years) == 0 {
		return q, fmt.Errorf("%w: %s holds the years %s, and none of those that are asked for", ErrRelease, r.Title, r.Span())
	}
	q = span.Of(q)
	q.Validated = q.Validated || !r.Submitted
	return q, nil
}

// Rates gives the table of rates of a vintage: where none is named, the release's own, else the newest.
func (f *Figures) Rates(ctx context.Context, vintage string) (*indicator.Rates, error) {
	if f.Release == nil || vintage != "" && vintage != f.Release.Rates {
		return f.w.Rates(ctx, vintage)
	}
	if f.Release.Rates == "" {
		return nil, fmt.Errorf("%w: the release %s was made without one; name a vintage", ErrRates, f.Release.Title)
	}
	if err := f.w.checkRates(ctx, *f.Release); err != nil {
		return nil, err
	}
	return f.w.Rates(ctx, f.Release.Rates)
}

// Differing are the cells that were told earlier and are told again with one to four cooperatives more or fewer, which
// the difference of the two would tell of.
func (f *Figures) Differing() []indicator.ReleasedCell { return f.differing }

// Title is the release's title, empty for the present frame.
func (f *Figures) Title() string {
	if f.Release == nil {
		return ""
	}
	return f.Release.Title
}

// releasedCells is one record of what was told and hidden.
type releasedCells struct {
	id      string
	release string
	what    string
	after   []string
	cells   []indicator.ReleasedCell
	created time.Time
}

// remember reads what earlier releases told and hid. What was made before is made again with what was known then, so
// that it comes out the same.
func (f *Figures) remember(ctx context.Context) error {
	all, err := f.w.released(ctx)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(all, func(r releasedCells) bool {
		return f.Release != nil && f.what != "" && r.what == f.what && r.release == f.Release.Record.String()
	}); i >= 0 {
		f.again = true
		then := all[i].after
		all = slices.DeleteFunc(all, func(r releasedCells) bool { return !slices.Contains(then, r.id) })
	}
	f.earlier = indicator.NewRegister()
	for _, r := range all {
		f.after = append(f.after, r.id)
		f.earlier.Put(r.cells...)
	}
	slices.Sort(f.after)
	return nil
}

// Released is the register of what all releases told and hid; queries under disclosure control take it as Earlier.
func (w *Workspace) Released(ctx context.Context) (*indicator.Register, error) {
	all, err := w.released(ctx)
	out := indicator.NewRegister()
	for _, r := range all {
		out.Put(r.cells...)
	}
	return out, err
}

// released reads the records of released cells, the oldest first.
func (w *Workspace) released(ctx context.Context) ([]releasedCells, error) {
	rows, err := w.Store.List(ctx, releasedKind, store.Query{
		Columns: []string{"release", "what", "cells", "after"}, Sort: []store.Order{{Column: "created"}},
	})
	if err != nil {
		return nil, err
	}
	var out []releasedCells
	for _, row := range rows {
		text := func(path record.Path) string { return row.Values[path].Value.String() }
		r := releasedCells{id: row.Record.String(), release: text("release"), what: text("what"), after: strings.Fields(text("after")), created: row.Created}
		if r.cells, err = readCells(text("cells")); err != nil {
			return nil, fmt.Errorf("the record %s of released cells: %w", row.Record, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// Keep enters what was told and hidden into the register of released cells, where it leaves headquarters. Only figures
// of a release are entered, each thing once.
func (f *Figures) Keep(ctx context.Context) error {
	if f.Release == nil || f.what == "" || f.again {
		return nil
	}
	set := map[record.Path]record.Answer{}
	cells := writeCells(f.told.Cells())
	for path, text := range map[record.Path]string{
		"release": f.Release.Record.String(), "what": f.what, "cells": cells, "after": strings.Join(f.after, "\n"),
	} {
		if text != "" {
			set[path] = record.Answer{Value: record.Text(text)}
		}
	}
	id := record.RegisterID("coopatlas", releasedKind, f.Release.Record.String(), f.what, cells, strings.Join(f.after, "\n"))
	_, err := f.w.Store.Save(ctx, f.w.Identity, store.Change{Record: id, Kind: releasedKind, Operation: record.Lock, Set: set, Label: f.what})
	return err
}

// writeCells writes released cells as CSV: indicator, of, year, hidden and n.
func writeCells(cells []indicator.ReleasedCell) string {
	var b strings.Builder
	out := csv.NewWriter(&b)
	for _, c := range cells {
		_ = out.Write([]string{c.Indicator, c.Of, strconv.Itoa(c.Year), strconv.FormatBool(c.Hidden), strconv.Itoa(c.N)}) // a builder takes all
	}
	out.Flush()
	return b.String()
}

// readCells reads what writeCells wrote.
func readCells(text string) ([]indicator.ReleasedCell, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = 5
	lines, err := in.ReadAll()
	if err != nil {
		return nil, err
	}
	out := make([]indicator.ReleasedCell, len(lines))
	for i, line := range lines {
		year, err1 := strconv.Atoi(line[2])
		hidden, err2 := strconv.ParseBool(line[3])
		n, err3 := strconv.Atoi(line[4])
		if err := errors.Join(err1, err2, err3); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		out[i] = indicator.ReleasedCell{Indicator: line[0], Of: line[1], Year: year, Hidden: hidden, N: n}
	}
	return out, nil
}
