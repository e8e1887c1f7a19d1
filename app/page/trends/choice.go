package trends

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"coopatlas/app/page"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

// firstIndicator is what the page shows where the route names none.
const firstIndicator = "I05"

// estimatedTotals is what a route says of totals that are estimated; it says nothing of reported ones.
const estimatedTotals = "estimated"

// monies are the kinds of money that amounts can be converted to.
var monies = [...]indicator.MoneyKind{indicator.EUR, indicator.EURConstant, indicator.PPP}

// choice is what the controls say. The route holds it.
type choice struct {
	indicator indicator.Indicator
	own       bool   // the workspace declares it; until its definition is read, only its code is known
	by        string // a breakdown; "" for none
	then      string // a second breakdown below it, drawn as charts side by side; "" for none
	money     indicator.MoneyKind
	basis     indicator.Basis
	pairs     indicator.Pairs
	estimated bool // the total is weighted to the known population
	where     map[string][]string
	from, to  int   // 0: the first and the last there are
	years     []int // these only; none for all from the first to the last
}

// readChoice reads a route. What it cannot hold is left out, so that an old route still leads somewhere.
func readChoice(at page.Route) choice {
	c := choice{where: map[string][]string{}, money: indicator.MoneyKind(at.Get("money")), pairs: indicator.Pairs(at.Get("pairs")), basis: indicator.Basis(at.Get("basis"))}
	c.take(at.Get("indicator"))
	for _, filter := range at.Query["where"] {
		if name, value, ok := strings.Cut(filter, ":"); ok && slices.Contains(c.indicator.Filters(), name) {
			c.where[name] = append(c.where[name], value)
		}
	}
	c.by, c.then, c.estimated = at.Get("by"), at.Get("then"), at.Get("totals") == estimatedTotals
	c.from, _ = strconv.Atoi(at.Get("from"))
	c.to, _ = strconv.Atoi(at.Get("to"))
	if span, err := indicator.ParseSpan(at.Get("years")); err == nil && span.String() != "" {
		c.from, c.to, c.years = span.From, span.To, span.Years
	}
	return c.fitting()
}

// take takes the indicator of a code: one of the catalogue, else one that the workspace declares.
func (c *choice) take(code string) {
	known := false
	if c.indicator, known = indicator.Find(code); known {
		c.own = false
		return
	}
	if c.own = code != ""; c.own {
		c.indicator = indicator.Indicator{Code: code}
		return
	}
	c.indicator, _ = indicator.Find(firstIndicator)
}

// read tells whether the definition of the indicator is known.
func (c choice) read() bool { return len(c.indicator.Name) > 0 }

// among finds the indicator among those that the workspace declares; where it is none of them, the first one of the
// catalogue takes its place. The error says what is wrong with its definition.
func (c choice) among(declared []workspace.OwnIndicator) (choice, error) {
	if !c.own {
		return c, nil
	}
	for _, o := range declared {
		if strings.EqualFold(o.Code, c.indicator.Code) {
			c.indicator = o.Indicator
			return c.fitting(), o.Problem
		}
	}
	c.take("")
	return c.fitting(), nil
}

// fitting leaves out what the indicator does not have.
func (c choice) fitting() choice {
	if !c.read() {
		return c
	}
	if !slices.Contains(c.indicator.By, c.by) {
		c.by = ""
	}
	if c.by == "" || c.then == c.by || !slices.Contains(c.indicator.By, c.then) {
		c.then = ""
	}
	c.where = filtersOf(c.indicator, c.where)
	if !c.indicator.Money || !slices.Contains(monies[:], c.money) {
		c.money = ""
	}
	if c.estimated = c.estimated && c.indicator.Estimable(); c.estimated {
		c.basis, c.pairs = "", "" // only levels are estimated
	}
	if !c.indicator.HasMatched() || !slices.Contains([]indicator.Basis{indicator.Demographic, indicator.All}, c.basis) {
		c.basis = ""
	}
	if !c.indicator.HasMatched() || c.pairs != indicator.Any {
		c.pairs = ""
	}
	if c.from > c.to && c.to != 0 {
		c.from, c.to = c.to, c.from
	}
	switch len(c.years) {
	case 0:
	case 1:
		c.from, c.to, c.years = c.years[0], c.years[0], nil
	default:
		c.from, c.to = 0, 0
	}
	return c
}

// filtersOf are the filters that the records of an indicator have.
func filtersOf(of indicator.Indicator, where map[string][]string) map[string][]string {
	out := map[string][]string{}
	for _, name := range of.Filters() {
		if values := where[name]; len(values) > 0 {
			out[name] = values
		}
	}
	return out
}

// route writes the choice as readChoice reads it.
func (c choice) route() string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" && value != "0" {
			q.Set(name, value)
		}
	}
	set("indicator", c.indicator.Code)
	set("by", c.by)
	set("then", c.then)
	set("money", string(c.money))
	set("basis", string(c.basis))
	set("pairs", string(c.pairs))
	if c.estimated {
		set("totals", estimatedTotals)
	}
	set("from", strconv.Itoa(c.from))
	set("to", strconv.Itoa(c.to))
	set("years", indicator.Span{Years: c.years}.String())
	for _, f := range c.filters() {
		q.Add("where", f.name+":"+f.value)
	}
	return page.Route{Path: "trends", Query: q}.String()
}

// query is the question for the figures. Confidential figures are hidden, as in everything that can leave the computer.
func (c choice) query() indicator.Query {
	q := indicator.Query{Indicator: c.indicator.Code, Basis: c.basis, Pairs: c.pairs, Where: c.where, From: c.from, To: c.to, Decompose: c.indicator.HasMatched(), Disclosure: true}
	if len(c.years) > 0 {
		q.Years = c.years
	}
	if c.own {
		q.Of = &c.indicator
	}
	if c.by != "" {
		q.By = []string{c.by}
	}
	if c.then != "" {
		q.By = append(q.By, c.then)
	}
	return q
}

// filter is one value that records must have.
type filter struct{ name, value string }

// filters are the filters in the order of the breakdowns.
func (c choice) filters() []filter {
	var out []filter
	for _, name := range c.indicator.Filters() {
		for _, value := range c.where[name] {
			out = append(out, filter{name, value})
		}
	}
	return out
}

// with adds a filter, without takes one away; the choice itself stays as it was.
func (c choice) with(f filter) choice {
	out := c.without(f)
	out.where[f.name] = append(out.where[f.name], f.value)
	return out
}

func (c choice) without(f filter) choice {
	where := map[string][]string{}
	for _, have := range c.filters() {
		if have != f {
			where[have.name] = append(where[have.name], have.value)
		}
	}
	c.where = where
	return c
}
