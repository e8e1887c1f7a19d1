package indicator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ErrConfidential is wrapped where the records behind a figure may not be told,
// because the figure itself is hidden.
var ErrConfidential = errors.New("the figure is confidential")

// Traced is a figure with the records that it rests on.
type Traced struct {
	Point Point `json:"point"`
	// Ratio says that a record gives a value and a base, whose sums are divided.
	Ratio   bool       `json:"ratio"`
	Records []Evidence `json:"records"`
	// From is the year before that the change is from, 0 in the first year.
	From int `json:"from,omitempty"`
	// Changes are what cooperatives gave to the change of the reported total, by
	// set; nil where the change is confidential.
	Changes []Contribution `json:"changes,omitempty"`
}

// Evidence is what one record gives to a level.
type Evidence struct {
	Record      string  `json:"record"`
	Subject     string  `json:"subject"` // the cooperative's record; of other kinds the country, or the record itself
	Value       Decimal `json:"value"`
	Base        Decimal `json:"base"` // of ratios; else the same as Value
	Carried     bool    `json:"carried_forward,omitempty"`
	Old         bool    `json:"old,omitempty"`
	Imputed     bool    `json:"imputed,omitempty"`
	Unvalidated bool    `json:"unvalidated,omitempty"`
	Public      bool    `json:"public,omitempty"`
	// Weight is for how many cooperatives the record stands in an estimated total,
	// with four decimals; nil in a reported one.
	Weight *Decimal `json:"weight,omitempty"`
}

// Contribution is what one cooperative, or several that are one by continuity,
// gives to a change.
type Contribution struct {
	Set    string  `json:"set"`              // M, N, B, D, E or L
	Before string  `json:"before,omitempty"` // the record at the first year; of a group that of its largest member
	After  string  `json:"after,omitempty"`  // likewise at the second year
	From   Decimal `json:"from"`
	To     Decimal `json:"to"`
	Group  bool    `json:"group,omitempty"` // several cooperatives, joined by a merger, split or takeover
}

// Trace gives the records that one figure of a query's answer rests on. The cell
// names the year and a class of each breakdown of the query. The error wraps
// ErrConfidential where the query is under disclosure control and the figure is
// hidden; figures of births, deaths and survival have no trace.
func Trace(ctx context.Context, src Source, q Query, cell map[string]string) (*Traced, error) {
	ind, ok := q.Asked()
	if !ok {
		return nil, fmt.Errorf("there is no indicator %q: name one of the catalogue, such as I04 or I13", q.Indicator)
	}
	if ind.Formula.trait().lives {
		return nil, fmt.Errorf("%s counts events of cooperatives, not answers of records: trace I01, among which they are counted", ind.Code)
	}
	if ind.Formula == Density {
		return nil, fmt.Errorf("%s counts pairs of cooperatives, not answers of records: trace I22c, which gives the links of each", ind.Code)
	}
	q.Totals, q.Decompose = false, ind.OfCooperatives()
	result, err := ComputeOf(ctx, src, ind, q)
	if err != nil {
		return nil, err
	}
	at, err := result.find(cell)
	if err != nil {
		return nil, err
	}
	out := &Traced{Point: result.Points[at]}
	if out.Point.Hidden {
		return nil, fmt.Errorf("%w: the records behind it are not told", ErrConfidential)
	}
	if q, err = q.complete(ind); err != nil {
		return nil, err
	}
	if ind, err = ind.variant(src, cell[Answer]); err != nil {
		return nil, err
	}
	p, err := newPanel(ctx, prepared(src).of(ind), ind, q)
	if err != nil {
		return nil, err
	}
	var weights *weighting
	if q.Estimated {
		if weights, err = p.weighted(); err != nil {
			return nil, err
		}
	}
	t := &tracer{panel: p, weights: weights, year: out.Point.Year, keys: out.Point.Keys[1:]}
	if ind.item != "" {
		t.keys = t.keys[:len(t.keys)-1]
	}
	return out, t.trace(out, result.tellsSets(out.Point.Keys))
}

// find gives the place of the point that a cell names.
func (r *Result) find(cell map[string]string) (int, error) {
	for name := range cell {
		if !slices.Contains(r.By, name) {
			return 0, fmt.Errorf("the figures are not broken down by %s: name a class of %s", name, strings.Join(r.By, ", "))
		}
	}
	for _, name := range r.By {
		if cell[name] == "" {
			return 0, fmt.Errorf("the cell names no %s: name a class of %s", name, strings.Join(r.By, ", "))
		}
	}
	for i := range r.Points {
		if !slices.ContainsFunc(r.By, func(name string) bool { return r.Points[i].Keys[slices.Index(r.By, name)] != cell[name] }) {
			return i, nil
		}
	}
	return 0, errors.New("there is no figure for these classes and this year")
}

// tellsSets says whether the sets of the change of a point may be told.
func (r *Result) tellsSets(keys []string) bool {
	i := slices.IndexFunc(r.Decompositions, func(d Decomposition) bool { return slices.Equal(d.Keys, keys) })
	return i >= 0 && !r.Decompositions[i].Hidden
}

// variant is the indicator of one answer, or itself where it has none.
func (i Indicator) variant(src Source, answer string) (Indicator, error) {
	all, err := i.variants(src)
	if err != nil || !i.answered() {
		return i, err
	}
	at := slices.IndexFunc(all, func(v Indicator) bool { return v.item == answer })
	if at < 0 {
		return i, fmt.Errorf("%s has no answer %q", i.Code, answer)
	}
	return all[at], nil
}

// tracer lists what one cell and year rest on.
type tracer struct {
	*panel
	weights         *weighting // of an estimated total
	year            int
	keys            []string
	cell            int32
	record, subject *Column
}

func (t *tracer) trace(out *Traced, sets bool) error {
	var err error
	if t.record, err = t.column("record"); err != nil {
		return err
	}
	if t.subject, err = t.column(t.prepared.shape.unit); err != nil {
		return err
	}
	t.cell = int32(slices.IndexFunc(t.cells.keys, func(keys []string) bool { return slices.Equal(keys, t.keys) }))
	out.Ratio = t.ind.Formula == Ratio || t.ind.Formula == Share || t.ind.Formula == Rate
	for row := range t.flags {
		if t.inRange(row) && t.flags[row]&valued != 0 && t.cells.of[row] == t.cell && t.years[t.yearOf[row]] == t.year && t.counts(row) {
			out.Records = append(out.Records, t.evidence(row))
		}
	}
	slices.SortStableFunc(out.Records, func(a, b Evidence) int { return b.Value.Units.Minus(a.Value.Units).Sign() })
	if out.Point.All == nil || !sets {
		return nil
	}
	out.From = out.Point.All.From
	return t.change(out)
}

// counts says whether a row is part of the total: of an estimated one only what
// has a weight.
func (t *tracer) counts(row int) bool { return t.weights == nil || t.weights.of[row] >= 0 }

func (t *tracer) evidence(row int) Evidence {
	f := t.flags[row]
	out := Evidence{
		Value: Decimal{fromInt(t.num[row]), t.scale}, Base: Decimal{fromInt(t.den[row]), t.denScale},
		Carried: f&carried != 0, Old: f&old != 0, Imputed: f&imputed != 0, Unvalidated: f&unvalidated != 0, Public: f&public != 0,
	}
	if t.weights != nil {
		w := roundRat(t.weights.weight[t.weights.of[row]], weightDecimals)
		out.Weight = &w
	}
	out.Record, _ = t.record.Text(row)
	out.Subject, _ = t.subject.Text(row)
	return out
}

// change lists what became of the values since the year before. Values of the two
// years that the pairing does not list are those lost and entered.
func (t *tracer) change(out *Traced) error {
	s, _ := slices.BinarySearch(t.years, out.From)
	e, _ := slices.BinarySearch(t.years, t.year)
	w, err := t.pairingOf(t.ctx, []span{{int16(s), int16(e)}})
	if err != nil {
		return err
	}
	listed := NewBits(t.count())
	for _, run := range w.runs {
		for i := range run {
			t.contribute(out, &run[i], listed)
		}
	}
	for i := range w.groups {
		t.contributeGroup(out, &w.groups[i], listed)
	}
	for row := range t.flags {
		if t.flags[row]&valued == 0 || listed.Get(row) {
			continue
		}
		switch int(t.yearOf[row]) {
		case s:
			t.contribute(out, &ends{rows: [2]int32{int32(row), -1}, set: SetLost}, listed)
		case e:
			t.contribute(out, &ends{rows: [2]int32{-1, int32(row)}, set: SetEntered}, listed)
		}
	}
	slices.SortStableFunc(out.Changes, func(a, b Contribution) int {
		return strings.Index("MNBDEL", a.Set) - strings.Index("MNBDEL", b.Set)
	})
	return nil
}

func (t *tracer) contribute(out *Traced, e *ends, listed Bits) {
	c := Contribution{Set: e.set.String(), From: Decimal{Scale: t.scale}, To: Decimal{Scale: t.scale}}
	for end, row := range e.rows {
		if row >= 0 {
			listed.Set(int(row))
			t.tell(&c, end, row, fromInt(t.num[row]))
		}
	}
	if t.cells.of[e.lead()] == t.cell {
		out.Changes = append(out.Changes, c)
	}
}

func (t *tracer) contributeGroup(out *Traced, g *continuityPair, listed Bits) {
	c := Contribution{Set: g.set.String(), Group: true, From: Decimal{Scale: t.scale}, To: Decimal{Scale: t.scale}}
	for end, row := range g.rows {
		for _, of := range g.all[end] {
			listed.Set(int(of))
		}
		if row >= 0 {
			t.tell(&c, end, row, g.sums[end].num)
		}
	}
	if t.cells.of[g.lead()] == t.cell {
		out.Changes = append(out.Changes, c)
	}
}

// tell names the record at one end of a change, and what was given there.
func (t *tracer) tell(c *Contribution, end int, row int32, gave Int128) {
	if end == 0 {
		c.Before, c.From.Units = t.name(row), gave
	} else {
		c.After, c.To.Units = t.name(row), gave
	}
}

func (t *tracer) name(row int32) string {
	text, _ := t.record.Text(int(row))
	return text
}

// ParseCell reads a cell as people write it: year=2014,country=IT.
func ParseCell(text string) (map[string]string, error) {
	out := map[string]string{}
	for part := range strings.SplitSeq(text, ",") {
		name, class, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok || name == "" || class == "" {
			return nil, fmt.Errorf("the cell %q is not written as year=2014,country=IT", text)
		}
		if out[name] != "" {
			return nil, fmt.Errorf("the cell %q names %s twice", text, name)
		}
		out[name] = class
	}
	if _, err := strconv.Atoi(out["year"]); err != nil {
		return nil, fmt.Errorf("the cell %q names no year: write year=2014", text)
	}
	return out, nil
}
