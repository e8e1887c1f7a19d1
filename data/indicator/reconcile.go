package indicator

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Reconciled is a figure of an aggregate return beside that of the mapping for
// the same country, type and year. They are two statistics of the same thing and
// never added.
type Reconciled struct {
	Year      int     `json:"year"`
	Country   string  `json:"country"`
	Type      string  `json:"type"`  // of enterprise, as the return names it
	Scope     string  `json:"scope"` // affiliated, or all of the country
	Indicator string  `json:"indicator"`
	Unit      string  `json:"unit"`
	Record    string  `json:"record"` // the return
	Aggregate Decimal `json:"aggregate"`
	// Mapped is the point of the mapping; nil where it has none, or has no class for
	// the type.
	Mapped *Point `json:"mapped,omitempty"`
}

// kindAggregate are the returns that count many enterprises at once.
const kindAggregate = "aggregate"

// returned says which concepts of a return make up an indicator.
var returned = [...]struct {
	indicator string
	concepts  []string
}{
	{"I01", []string{"enterprises"}},
	{"I04", []string{"memberships"}},
	{"I05", []string{"worker_members", "non_member_employees"}},
	{"I06", []string{"within_scope"}},
	{"I13a", []string{"turnover"}},
}

// classOf gives the breakdown and class of the mapping for a type of enterprise;
// no breakdown for all types.
func classOf(enterprise string) (by, class string, ok bool) {
	switch enterprise {
	case "all":
		return "", "", true
	case "worker", "social", "artisan", "other_worker_owned":
		return "family", enterprise, true
	case "producer", "consumer", "multi":
		return "ilo_type", enterprise, true
	}
	return "", "", false
}

// Reconcile puts the aggregate returns of a frame beside the figures of the
// mapping, in the order of year, country, type and indicator. Of the query the
// years, the states, the disclosure control and the earlier cells are used.
func Reconcile(ctx context.Context, src Source, q Query) ([]Reconciled, error) {
	r := &reconciler{ctx: ctx, src: src, query: q, points: map[string]map[string]*Point{}}
	names := []string{"record", "country", "enterprise_type", "scope", "year", "currency", "state"}
	for _, of := range returned {
		names = append(names, of.concepts...)
	}
	r.columns = map[string]*Column{}
	for _, name := range names {
		c, err := column(src, kindAggregate, name)
		if err != nil {
			return nil, err
		}
		r.columns[name] = c
	}
	for row := range src.Rows(kindAggregate) {
		if err := r.take(row); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.out, func(a, b Reconciled) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), strings.Compare(a.Country, b.Country), strings.Compare(a.Type, b.Type),
			strings.Compare(a.Indicator, b.Indicator), strings.Compare(a.Record, b.Record))
	})
	return r.out, nil
}

type reconciler struct {
	ctx     context.Context
	src     Source
	query   Query
	columns map[string]*Column
	points  map[string]map[string]*Point // by indicator and breakdowns, then by keys
	out     []Reconciled
}

func (r *reconciler) text(name string, row int) string {
	text, _ := r.columns[name].Text(row)
	return text
}

// take takes in one return.
func (r *reconciler) take(row int) error {
	year := r.columns["year"]
	if year == nil || !year.Valid.Get(row) || !r.query.covers(int(year.Values[row])) {
		return nil
	}
	if state := r.text("state", row); r.query.Validated && state != "validated" && state != "locked" {
		return nil
	}
	for _, of := range returned {
		sum, ok := r.sum(of.concepts, row)
		if !ok {
			continue
		}
		one := Reconciled{
			Year: int(year.Values[row]), Country: r.text("country", row), Type: r.text("enterprise_type", row), Scope: r.text("scope", row),
			Indicator: of.indicator, Record: r.text("record", row), Aggregate: sum,
		}
		if err := r.beside(&one, r.text("currency", row)); err != nil {
			return err
		}
		r.out = append(r.out, one)
	}
	return nil
}

// sum adds the concepts of an indicator, all of which the return must have.
func (r *reconciler) sum(concepts []string, row int) (Decimal, bool) {
	var out Decimal
	for _, name := range concepts {
		c := r.columns[name]
		if c == nil || !c.Valid.Get(row) || out.Scale != c.Scale && name != concepts[0] {
			return out, false
		}
		out.Scale = c.Scale
		out.Units.Add(c.Values[row])
	}
	return out, true
}

// beside finds the figure of the mapping.
func (r *reconciler) beside(one *Reconciled, currency string) error {
	ind, _ := Find(one.Indicator)
	if one.Unit = ind.Unit; ind.Money {
		one.Unit = currency
	}
	by, class, ok := classOf(one.Type)
	if !ok {
		return nil
	}
	names, keys := []string{"country"}, []string{one.Country}
	if by != "" {
		names, keys = append(names, by), append(keys, class)
	}
	if ind.Money {
		names, keys = append(names, "currency"), append(keys, currency)
	}
	if slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(ind.By, name) }) {
		return nil
	}
	points, err := r.mapped(one.Indicator, names)
	if err != nil {
		return err
	}
	one.Mapped = points[strings.Join(append([]string{Decimal{Units: fromInt(int64(one.Year))}.String()}, keys...), groupSep)]
	return nil
}

// mapped computes an indicator of the mapping by breakdowns, once.
func (r *reconciler) mapped(code string, by []string) (map[string]*Point, error) {
	of := code + groupSep + strings.Join(by, groupSep)
	if r.points[of] == nil {
		q := Query{Indicator: code, By: by, Basis: All, Validated: r.query.Validated, Disclosure: r.query.Disclosure, Earlier: r.query.Earlier, From: r.query.From, To: r.query.To, Years: r.query.Years}
		result, err := Compute(r.ctx, r.src, q)
		if err != nil {
			return nil, err
		}
		r.points[of] = map[string]*Point{}
		for i := range result.Points {
			r.points[of][strings.Join(result.Points[i].Keys, groupSep)] = &result.Points[i]
		}
	}
	return r.points[of], nil
}
