package indicator

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"
)

// Imputation says how missing values may be filled in (domain reference, B.4).
// What is filled in has the quality I, is no part of a matched change, and the
// share that it makes up stands with every figure. Estimated totals, which weight
// what is missing away, have nothing filled in.
type Imputation struct {
	Subtotals bool `json:"subtotals,omitempty"` // the one part or total that is missing, from the others
	Carry     bool `json:"carry,omitempty"`     // the last wave's value times the matched growth of section and country; once only
	Ratio     bool `json:"ratio,omitempty"`     // persons times the ratio to persons of section, size and country
}

// None says whether nothing is filled in.
func (m Imputation) None() bool { return m == Imputation{} }

// ParseImputation reads the names of methods: subtotals, carry and ratio.
func ParseImputation(names []string) (Imputation, error) {
	var out Imputation
	for _, name := range names {
		switch strings.TrimSpace(name) {
		case "subtotals":
			out.Subtotals = true
		case "carry":
			out.Carry = true
		case "ratio":
			out.Ratio = true
		default:
			return out, fmt.Errorf("there is no imputation %q: use subtotals, carry or ratio", name)
		}
	}
	return out, nil
}

const (
	imputeFrom  = 10 // cooperatives that a growth or a ratio needs
	imputeLimit = 50 // percent of a figure above which it is not published
	personsName = "persons_working"
	groupSep    = "\x00"
)

// filledIn are the totals that are carried forward or filled in by ratio to
// persons; true for money.
var filledIn = map[string]bool{
	"members": false, personsName: false, "fte": false, "turnover": true, "value_added": true, "assets": true, "equity": true,
}

// subtotals are totals with their parts.
var subtotals = [...][]string{
	{"members", "members_natural", "members_legal"},
	{"members_natural", "members_f", "members_m", "members_x"},
	{personsName, "worker_members", "non_member_employees", "other_members_employed"},
	{"worker_members", "workers_f", "workers_m", "workers_x"},
	{"non_member_employees", "employees_f", "employees_m", "employees_x"},
}

// Impute gives a source with missing values of interviews filled in. The
// reported values stay as they are.
func Impute(src Source, how Imputation) Source {
	if how.None() {
		return src
	}
	out := &imputing{src: src, how: how, made: map[string]*Column{}}
	out.ready = Prepare(out)
	return out
}

// imputing is a source with values filled in.
type imputing struct {
	src   Source
	how   Imputation
	ready *Prepared

	mu   sync.Mutex
	rows *chosen
	made map[string]*Column // values and qualities, by concept
}

func (s *imputing) Prepared() *Prepared  { return s.ready }
func (s *imputing) Rows(kind string) int { return s.src.Rows(kind) }
func (s *imputing) Newest() time.Time    { return s.src.Newest() }
func (s *imputing) ID() string           { return s.src.ID() }
func (s *imputing) fills(c string) bool  { return s.how.Subtotals && inSubtotals(c) || s.carries(c) }
func (s *imputing) carries(c string) bool {
	_, ok := filledIn[c]
	return ok && (s.how.Carry || s.how.Ratio)
}

func inSubtotals(concept string) bool {
	return slices.ContainsFunc(subtotals[:], func(sum []string) bool { return slices.Contains(sum, concept) })
}

// Column gives a concept, with its missing values filled in, or its quality.
func (s *imputing) Column(kind, concept string) (*Column, error) {
	name := strings.TrimPrefix(concept, "quality:")
	if kind != kindMapping || !s.fills(name) {
		return s.src.Column(kind, concept)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.made[concept]; c != nil {
		return c, nil
	}
	reported, err := s.src.Column(kind, name)
	if err != nil || reported.Kind != Integer {
		return s.src.Column(kind, concept)
	}
	if err := s.fill(name, reported); err != nil {
		return nil, err
	}
	return s.made[concept], nil
}

// fill makes the values and the qualities of a concept.
func (s *imputing) fill(concept string, reported *Column) error {
	if s.rows == nil {
		rows, err := prepared(s.src).choose(context.Background(), false)
		if err != nil {
			return err
		}
		s.rows = rows
	}
	f, err := s.filler(concept, reported)
	if err != nil {
		return err
	}
	if s.how.Subtotals {
		if err := f.subtotals(); err != nil {
			return err
		}
	}
	if s.how.Carry && s.carries(concept) {
		if err := f.carry(); err != nil {
			return err
		}
	}
	if s.how.Ratio && s.carries(concept) && concept != personsName {
		if err := f.ratio(); err != nil {
			return err
		}
	}
	quality, err := s.src.Column(kindMapping, "quality:"+concept)
	if err != nil && !errors.Is(err, ErrNoColumn) {
		return err
	}
	s.made[concept], s.made["quality:"+concept] = f.out, f.qualities(quality)
	return nil
}

// filler fills in one concept. Its columns are in the order of the frame.
type filler struct {
	*chosen
	src      Source
	concept  string
	reported *Column
	out      *Column
	new      Bits // rows that were filled in
	na       *Column
	isNA     []bool
}

func (s *imputing) filler(concept string, reported *Column) (*filler, error) {
	out := *reported
	out.Values, out.Valid = slices.Clone(reported.Values), slices.Clone(reported.Valid.Grow(len(reported.Values)))
	f := &filler{chosen: s.rows, src: s.src, concept: concept, reported: reported, out: &out, new: NewBits(len(reported.Values))}
	var err error
	f.na, err = column(s.src, kindMapping, "status:"+concept)
	f.isNA = matches(f.na, "not_applicable")
	return f, err
}

// at is where in the frame a row comes.
func (f *filler) at(row int) int {
	if f.order == nil {
		return row
	}
	return int(f.order[row])
}

// missing says whether a row is that of an active cooperative that should have
// a value and has none yet.
func (f *filler) missing(row int) bool {
	at := f.at(row)
	return f.flags[row]&(used|active) == used|active && !f.out.Valid.Get(at) && !hit(f.na, f.isNA, at)
}

func (f *filler) set(row int, value int64) {
	at := f.at(row)
	f.out.Values[at] = value
	f.out.Valid.Set(at)
	f.new.Set(at)
}

// subtotals fills in the one of a total and its parts that is missing.
func (f *filler) subtotals() error {
	for _, sum := range subtotals {
		own := slices.Index(sum, f.concept)
		if own < 0 {
			continue
		}
		columns := make([]*Column, len(sum))
		for i, name := range sum {
			c, err := column(f.src, kindMapping, name)
			if err != nil {
				return err
			}
			columns[i] = c
		}
		for row := range f.flags {
			if f.missing(row) {
				if value, ok := rest(columns, own, f.at(row)); ok && value >= 0 {
					f.set(row, value)
				}
			}
		}
	}
	return nil
}

// rest is the total less the parts, or the sum of the parts where the total is
// the one that is missing; ok is false where another is missing too.
func rest(columns []*Column, own, at int) (value int64, ok bool) {
	for i, c := range columns {
		if i == own {
			continue
		}
		if c == nil || !c.Valid.Get(at) || c.Scale != 0 {
			return 0, false
		}
		if i == 0 || own == 0 {
			value += c.Values[at]
		} else {
			value -= c.Values[at]
		}
	}
	return value, true
}

// ratioOf is what a group of cooperatives reported twice: at two years, or of
// the concept and of persons.
type ratioOf struct {
	n          int
	upper, per big.Int
}

// times multiplies a value by the ratio, rounded half away from zero.
func (r *ratioOf) times(value int64) (int64, bool) {
	if r == nil || r.n < imputeFrom || r.per.Sign() <= 0 || r.upper.Sign() < 0 {
		return 0, false
	}
	v := new(big.Rat).SetFrac(&r.upper, &r.per)
	d := roundRat(v.Mul(v, new(big.Rat).SetInt64(value)), 0).Units.Big()
	return d.Int64(), d.IsInt64()
}

func (r *ratioOf) add(upper, per int64) {
	r.n++
	r.upper.Add(&r.upper, big.NewInt(upper))
	r.per.Add(&r.per, big.NewInt(per))
}

// groups gives a row its group by breakdowns, with the currency for money.
func (f *filler) groups(names ...string) (func(row int) (string, bool), error) {
	if filledIn[f.concept] {
		names = append(names, "currency")
	}
	dims := make([]*classes, len(names))
	for i, name := range names {
		d, err := f.classesOf(name)
		if err != nil {
			return nil, err
		}
		dims[i] = d
	}
	return func(row int) (string, bool) {
		labels := make([]string, len(dims))
		for i, d := range dims {
			if labels[i] = d.labels[d.codes[row]]; labels[i] == Unknown {
				return "", false
			}
		}
		return strings.Join(labels, groupSep), true
	}, nil
}

// carry multiplies the value of the last wave by the matched growth of section
// and country. A value that was carried or filled in itself is not carried again.
func (f *filler) carry() error {
	group, err := f.groups("section", "country")
	if err != nil {
		return err
	}
	before := f.waves()
	growth := map[string]*ratioOf{}
	key := func(of string, row int) string { return fmt.Sprint(f.yearOf[row], groupSep, of) }
	f.pairs(before, func(s, row int) {
		if of, ok := group(row); ok && f.reports(row) && f.flags[s]&(carried|irregular) == 0 && f.flags[row]&(carried|irregular) == 0 {
			r := growth[key(of, row)]
			if r == nil {
				r = &ratioOf{}
				growth[key(of, row)] = r
			}
			r.add(f.reported.Values[f.at(row)], f.reported.Values[f.at(s)])
		}
	})
	f.pairs(before, func(s, row int) {
		of, ok := group(s)
		if !ok || !f.missing(row) || f.flags[s]&carried != 0 {
			return
		}
		if value, ok := growth[key(of, row)].times(f.reported.Values[f.at(s)]); ok {
			f.set(row, value)
		}
	})
	return nil
}

// reports says whether a row counts and has a value of its own.
func (f *filler) reports(row int) bool {
	return f.flags[row]&used != 0 && f.reported.Valid.Get(f.at(row))
}

// waves gives for each year the year before it in which anybody reported, -1 for
// none.
func (f *filler) waves() []int16 {
	any := make([]bool, len(f.years))
	for row := range f.flags {
		if f.reports(row) {
			any[f.yearOf[row]] = true
		}
	}
	out, last := make([]int16, len(f.years)), int16(-1)
	for y := range any {
		if out[y] = last; any[y] {
			last = int16(y)
		}
	}
	return out
}

// pairs calls for every row that counts with the row of the same cooperative in
// the wave before, where that has a value.
func (f *filler) pairs(before []int16, do func(s, row int)) {
	for u := range int32(len(f.start) - 1) {
		from, to := f.rowsOf(u)
		for row := from; row < to; row++ {
			if f.flags[row]&used == 0 {
				continue
			}
			for s := from; s < row; s++ {
				if f.yearOf[s] == before[f.yearOf[row]] && f.reports(int(s)) {
					do(int(s), int(row))
				}
			}
		}
	}
}

// ratio multiplies the persons working by the ratio to persons of section, size
// and country in the same year.
func (f *filler) ratio() error {
	group, err := f.groups("section", "size", "country")
	if err != nil {
		return err
	}
	persons, err := column(f.src, kindMapping, personsName)
	if err != nil || persons == nil {
		return err
	}
	ratios := map[string]*ratioOf{}
	key := func(of string, row int) string { return fmt.Sprint(f.yearOf[row], groupSep, of) }
	for row := range f.flags {
		if of, ok := group(row); ok && f.reports(row) && persons.Valid.Get(f.at(row)) {
			r := ratios[key(of, row)]
			if r == nil {
				r = &ratioOf{}
				ratios[key(of, row)] = r
			}
			r.add(f.reported.Values[f.at(row)], persons.Values[f.at(row)])
		}
	}
	for row := range f.flags {
		of, ok := group(row)
		if !ok || !f.missing(row) || !persons.Valid.Get(f.at(row)) {
			continue
		}
		if value, ok := ratios[key(of, row)].times(persons.Values[f.at(row)]); ok {
			f.set(row, value)
		}
	}
	return nil
}

// qualities gives the reported qualities with I where a value was filled in.
func (f *filler) qualities(reported *Column) *Column {
	out := &Column{Name: "quality:" + f.concept, Kind: Code, Values: make([]int64, len(f.out.Values)), Valid: NewBits(len(f.out.Values))}
	if reported != nil {
		copy(out.Values, reported.Values)
		out.Dictionary = slices.Clone(reported.Dictionary)
	}
	imputedCode := int64(slices.Index(out.Dictionary, "I"))
	if imputedCode < 0 {
		imputedCode, out.Dictionary = int64(len(out.Dictionary)), append(out.Dictionary, "I")
	}
	for row := range out.Values {
		switch {
		case f.new.Get(row):
			out.Values[row] = imputedCode
			out.Valid.Set(row)
		case reported != nil && reported.Valid.Get(row):
			out.Valid.Set(row)
		}
	}
	return out
}

// Withhold takes back the figures of a result of which more than half is filled
// in, and the changes of reported totals that rest on them.
func (r *Result) Withhold() {
	gone := map[string]bool{}
	for i := range r.Points {
		pt := &r.Points[i]
		cell := strings.Join(pt.Keys[1:], groupSep)
		before := gone[cell]
		gone[cell] = pt.Known && pt.Imputed.Share > imputeLimit
		if gone[cell] {
			pt.Known, pt.Value, pt.Quartiles, pt.Bounds = false, Decimal{}, nil, nil
			pt.Flags = append([]string{FlagMissing}, slices.DeleteFunc(slices.Clone(pt.Flags), func(f string) bool { return f == FlagMissing })...)
		}
		if gone[cell] || before {
			if pt.Change == pt.All {
				pt.Change = nil
			}
			pt.All = nil
		}
	}
}
