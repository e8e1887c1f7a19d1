package workspace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

const releaseKind = "release"

// ErrRelease is wrapped where a release cannot be made, or there is none that was asked for.
var ErrRelease = errors.New("there is no such release")

// ErrSubmitted is wrapped where a release would have to say what becomes of records that nobody has validated.
var ErrSubmitted = errors.New("some records are submitted, and nobody has validated them")

// Release is a frozen frame: which revisions it is made of, and with what its figures are made.
type Release struct {
	Record    record.ID       `json:"record"`
	Title     string          `json:"title"`
	Locked    string          `json:"locked"` // the day, such as 2026-03-01
	From      int             `json:"from,omitempty"`
	To        int             `json:"to,omitempty"`
	Years     []int           `json:"years,omitempty"` // these only, in order; nil: all from From to To
	Frame     string          `json:"frame"`           // SHA-256, in hexadecimal
	Chains    []store.Chain   `json:"-"`
	Revisions int             `json:"revisions"`
	Holds     string          `json:"holds"`
	Submitted bool            `json:"submitted"` // records that nobody validated count
	Rates     string          `json:"rates,omitempty"`
	RatesHash string          `json:"rates_hash,omitempty"`
	Program   string          `json:"program"`
	Sources   []string        `json:"sources,omitempty"` // attribution lines of the registers it holds
	About     indicator.About `json:"about"`
	Note      string          `json:"note,omitempty"`
	Reworded  string          `json:"reworded,omitempty"` // a line a concept: the years from which on it was asked otherwise
}

// Name is how lines under figures name the release: the first ten digits of its frame.
func (r Release) Name() string { return r.Frame[:min(10, len(r.Frame))] }

// Span is the years of the release.
func (r Release) Span() indicator.Span {
	return indicator.Span{From: r.From, To: r.To, Years: r.Years}
}

// Unvalidated says what becomes of submitted records that nobody has validated.
type Unvalidated uint8

// A release is refused while there are any, unless it says that they count or are left out.
const (
	RefuseSubmitted Unvalidated = iota
	CountSubmitted
	LeaveSubmitted
)

// ReleaseJob says which release is to be made.
type ReleaseJob struct {
	Title     string
	From, To  int   // years, 0 for the first and the last there are
	Years     []int // these only; nil: all from From to To
	Submitted Unvalidated
	Rates     string // vintage of the table that money is converted with; empty: the newest, if there is any
	Program   string // name and version of what makes it
	About     indicator.About
	Note      string
}

// MakeRelease freezes the present frame under a title. The error wraps ErrSubmitted where the job has to say what
// becomes of submitted records, and ErrRelease where the title is taken or nothing would be in it.
func (w *Workspace) MakeRelease(ctx context.Context, job ReleaseJob) (Release, error) {
	job.Title = strings.TrimSpace(job.Title)
	if err := w.titleIsFree(ctx, job.Title); err != nil {
		return Release{}, err
	}
	r := Release{
		Record: w.ids.next(), Title: job.Title, Locked: w.now().UTC().Format(time.DateOnly), From: job.From, To: job.To, Years: job.Years,
		Submitted: job.Submitted == CountSubmitted, Program: job.Program, About: job.About, Note: job.Note,
	}
	settings, err := w.Settings(ctx)
	if err != nil {
		return r, err
	}
	r.Sources = settings.Sources()
	if err := w.fixRates(ctx, &r, job.Rates); err != nil {
		return r, err
	}
	frame, err := w.still(ctx, &r)
	if err != nil {
		return r, err
	}
	defer frame.Close()
	reworded, err := w.rewordedNow(ctx)
	if err != nil {
		return r, err
	}
	r.Reworded = reworded.String()
	held, err := look(frame, r.Span())
	if err != nil {
		return r, err
	}
	if err := held.allow(job.Submitted); err != nil {
		return r, err
	}
	if r.Frame, r.Holds = frame.ID(), held.text(); job.Submitted == LeaveSubmitted {
		r.Holds += "; the submitted ones are left out"
	}
	own, err := w.Indicators(ctx)
	if err != nil {
		return r, err
	}
	if err := w.Store.Freeze(ctx, frame, questionsOf(own)); err != nil {
		return r, err
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: r.Record, Kind: releaseKind, Operation: record.Lock, Set: r.answers(), Label: r.Title})
	return r, err
}

func (w *Workspace) titleIsFree(ctx context.Context, title string) error {
	if title == "" {
		return fmt.Errorf("%w: give it a title", ErrRelease)
	}
	all, err := w.Releases(ctx)
	for _, r := range all {
		if strings.EqualFold(r.Title, title) {
			return fmt.Errorf("%w: one of %s is called %q already; give another title", ErrRelease, r.Locked, r.Title)
		}
	}
	return err
}

// still takes the frame together with the ends of the chains that it is made of.
func (w *Workspace) still(ctx context.Context, r *Release) (*store.Frame, error) {
	for {
		before, _, err := w.Store.Chains(ctx)
		if err != nil {
			return nil, err
		}
		frame, err := w.Store.Frame(ctx)
		if err != nil {
			return nil, err
		}
		r.Chains, r.Revisions, err = w.Store.Chains(ctx)
		if err == nil && slices.Equal(before, r.Chains) {
			return frame, nil
		}
		if err = errors.Join(err, frame.Close(), ctx.Err()); err != nil {
			return nil, err
		}
	}
}

// fixRates notes which table of rates money is converted with.
func (w *Workspace) fixRates(ctx context.Context, r *Release, vintage string) error {
	rates, err := w.Rates(ctx, vintage)
	if errors.Is(err, ErrRates) && vintage == "" {
		return nil
	}
	if err != nil {
		return err
	}
	r.Rates = rates.Vintage
	r.RatesHash, err = hashRates(rates)
	return err
}

// hashRates is the SHA-256 of a table of rates and its source.
func hashRates(rates *indicator.Rates) (string, error) {
	var text bytes.Buffer
	err := rates.Write(&text)
	sum := sha256.Sum256(append(text.Bytes(), rates.Source...))
	return hex.EncodeToString(sum[:]), err
}

// held is what a frame holds of interviews in some years.
type held struct {
	states    map[string]int
	from, to  int
	waves     map[string]bool
	countries map[string]bool
	subjects  map[string]bool
}

func look(src indicator.Source, span indicator.Span) (held, error) {
	out := held{states: map[string]int{}, waves: map[string]bool{}, countries: map[string]bool{}, subjects: map[string]bool{}}
	columns := map[string]*indicator.Column{}
	for _, concept := range []string{"year", "state", "wave", "country", "subject"} {
		c, err := src.Column("mapping", concept)
		if err != nil && !errors.Is(err, indicator.ErrNoColumn) {
			return out, err
		}
		columns[concept] = c
	}
	year := columns["year"]
	for row := range src.Rows("mapping") {
		if year == nil || !year.Valid.Get(row) {
			continue
		}
		y := int(year.Values[row])
		if !span.Covers(y) {
			continue
		}
		if out.from == 0 || y < out.from {
			out.from = y
		}
		out.to = max(out.to, y)
		state, _ := columns["state"].Text(row)
		out.states[state]++
		for concept, set := range map[string]map[string]bool{"wave": out.waves, "country": out.countries, "subject": out.subjects} {
			if text, ok := columns[concept].Text(row); ok {
				set[text] = true
			}
		}
	}
	return out, nil
}

// allow refuses what a release may not hold.
func (h held) allow(submitted Unvalidated) error {
	validated := h.states[string(record.Validated)] + h.states[string(record.Locked)]
	open := h.states[string(record.Submitted)] + h.states[string(record.Returned)]
	switch {
	case open > 0 && submitted == RefuseSubmitted:
		return fmt.Errorf("%w (%d of %d): validate them, or say whether the release counts them or leaves them out", ErrSubmitted, open, open+validated)
	case validated == 0 && (open == 0 || submitted != CountSubmitted):
		return fmt.Errorf("%w: it would hold no validated record of these years", ErrRelease)
	}
	return nil
}

func (h held) text() string {
	var states []string
	for _, state := range slices.Sorted(maps.Keys(h.states)) {
		states = append(states, fmt.Sprintf("%d %s", h.states[state], state))
	}
	return fmt.Sprintf("mapping: %s; %d cooperatives; years %d-%d; %d waves; countries %s", strings.Join(states, ", "),
		len(h.subjects), h.from, h.to, len(h.waves), strings.Join(slices.Sorted(maps.Keys(h.countries)), " "))
}

// texts are the answers of a release's record that are texts, by question.
func (r *Release) texts() map[record.Path]*string {
	return map[record.Path]*string{
		"title": &r.Title, "locked": &r.Locked, "frame": &r.Frame, "holds": &r.Holds, "rates": &r.Rates, "rates_hash": &r.RatesHash,
		"program": &r.Program, "note": &r.Note, "reworded": &r.Reworded, "quality/contact": &r.About.Contact, "quality/frame_used": &r.About.Frame,
		"quality/policy": &r.About.ReleasePolicy, "quality/coherence": &r.About.Coherence, "quality/revision": &r.About.Revision,
	}
}

func (r *Release) answers() map[record.Path]record.Answer {
	out := map[record.Path]record.Answer{}
	set := func(path record.Path, text string) {
		if text != "" {
			out[path] = record.Answer{Value: record.Text(text)}
		}
	}
	for path, text := range r.texts() {
		set(path, *text)
	}
	set("chains", writeChains(r.Chains))
	set("sources", strings.Join(r.Sources, "\n"))
	set("submitted", "left_out")
	if r.Submitted {
		set("submitted", "counted")
	}
	set("years", strings.Trim(fmt.Sprint(r.Years), "[]"))
	for path, number := range map[record.Path]int{"from": r.From, "to": r.To, "revisions": r.Revisions} {
		if number != 0 {
			out[path] = record.Answer{Value: record.Number(record.NewDecimal(int64(number), 0))}
		}
	}
	return out
}

// releaseOf reads a release from its record.
func releaseOf(row store.Row) (Release, error) {
	r := Release{Record: row.Record}
	text := func(path record.Path) string { return row.Values[path].Value.String() }
	for path, into := range r.texts() {
		*into = text(path)
	}
	for path, into := range map[record.Path]*int{"from": &r.From, "to": &r.To, "revisions": &r.Revisions} {
		*into, _ = strconv.Atoi(text(path)) // 0 where nothing is said
	}
	for _, year := range strings.Fields(text("years")) {
		if y, err := strconv.Atoi(year); err == nil {
			r.Years = append(r.Years, y)
		}
	}
	r.Submitted = text("submitted") == "counted"
	if lines := text("sources"); lines != "" {
		r.Sources = strings.Split(lines, "\n")
	}
	var err error
	if r.Chains, err = readChains(text("chains")); err != nil || len(r.Frame) != 2*sha256.Size {
		return r, fmt.Errorf("%w: the record of %q does not say which revisions it is made of", ErrRelease, r.Title)
	}
	return r, nil
}

// writeChains writes the ends of chains, one a line.
func writeChains(chains []store.Chain) string {
	var b strings.Builder
	for _, c := range chains {
		fmt.Fprintf(&b, "%s %s %d\n", c.Author, c.Last, c.Commits)
	}
	return b.String()
}

// readChains reads what writeChains wrote.
func readChains(text string) ([]store.Chain, error) {
	var out []store.Chain
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			return nil, fmt.Errorf("%q is no end of a chain", line)
		}
		author, err := record.ParseHash(fields[0])
		if err != nil {
			return nil, err
		}
		c := store.Chain{Author: record.Key(author)}
		if c.Last, err = record.ParseHash(fields[1]); err != nil {
			return nil, err
		}
		if c.Commits, err = strconv.Atoi(fields[2]); err != nil || c.Commits < 1 {
			return nil, fmt.Errorf("%q is no number of commits", fields[2])
		}
		out = append(out, c)
	}
	return out, nil
}
