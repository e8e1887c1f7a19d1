package releases

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/data/codes"
	"coopatlas/data/indicator"
)

// kinds are the kinds of rate, in the order in which they are offered.
var kinds = [...]indicator.RateKind{indicator.RateAverage, indicator.RateYearEnd, indicator.RateFixed, indicator.RateDeflator, indicator.RateCPI, indicator.RatePPP, indicator.RateHyper}

// describeRates is a table of rates beside the list: what it is, whose money is in no total, and its lines.
func (p *Page) describeRates(r rates) fyne.CanvasObject {
	facts := p.facts(fact{"source", r.Source}, fact{"years", p.s.Words().Years(r.From, r.To)}, fact{"currencies", strings.Join(r.Currencies, ", ")},
		fact{"hyper", p.hyper(r)}, fact{"used_by", p.usedBy(r)}, fact{"note", r.Note})
	var all rows
	table := kit.NewTable(kit.TableConfig{Runner: p.s.Runner(), OnFail: p.s.Fail, Fetch: all.fetch, Columns: []kit.TableColumn{
		{Name: "kind", Title: p.say("column.kind")}, {Name: "of", Title: p.say("column.of")}, {Name: "year", Title: p.say("column.year")}, {Name: "value", Title: p.say("column.value"), Number: true},
	}})
	show := func(kind string) {
		p.kind = kind
		all.set(p.lines(r, kind))
		table.Reload()
	}
	options := []kit.Option{{Value: "", Label: p.say("rates.all_kinds")}}
	for _, kind := range kinds {
		if slices.ContainsFunc(r.lines, func(l indicator.RateLine) bool { return l.Kind == kind }) {
			options = append(options, kit.Option{Value: string(kind), Label: p.say("rates.kind." + string(kind))})
		}
	}
	if !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Value == p.kind }) {
		p.kind = ""
	}
	choose := kit.NewSelect(options, p.kind, show)
	choose.SetWidth(260)
	head := kit.Column(kit.Gap8, kit.Column(0, kit.Section(r.Title), kit.Hint(p.say("rates.taken", "Date", r.Vintage))),
		kit.NewWrap(kit.IconButton(kit.IconSave, p.say("rates.save"), func() { p.saveRates(r) })), facts, container.NewHBox(choose))
	show(p.kind)
	return container.NewVScroll(container.New(headed{}, kit.Pad(kit.Gap4, head), table))
}

// lines are the rows of a table of rates of one kind, or of all.
func (p *Page) lines(r rates, kind string) []kit.TableRow {
	var out []kit.TableRow
	for i, l := range r.lines {
		if kind != "" && string(l.Kind) != kind {
			continue
		}
		when, value := "", "–"
		if l.Year != 0 {
			when = strconv.Itoa(l.Year)
		}
		if l.Value != "" {
			value = p.s.Words().Exact(l.Value)
		}
		out = append(out, kit.TableRow{Key: strconv.Itoa(i), Cells: map[string]kit.Cell{
			"kind": {Text: p.say("rates.kind." + string(l.Kind))}, "of": {Text: p.country(l)}, "year": {Text: when}, "value": {Text: value},
		}})
	}
	return out
}

// country is what a line is of: a currency by its code, a country by its name.
func (p *Page) country(l indicator.RateLine) string {
	if l.Kind == indicator.RateAverage || l.Kind == indicator.RateYearEnd || l.Kind == indicator.RateFixed {
		return l.Of
	}
	if list, ok := p.s.Workspace().List(codes.CountryList); ok {
		if code, ok := list.Code(l.Of); ok {
			return code.Label(p.s.Words().Language())
		}
	}
	return l.Of
}

// hyper lists the countries and years whose money is in no total.
func (p *Page) hyper(r rates) string {
	years, order := map[string][]string{}, []string{}
	for _, l := range r.lines {
		if l.Kind != indicator.RateHyper {
			continue
		}
		name := p.country(l)
		if years[name] == nil {
			order = append(order, name)
		}
		years[name] = append(years[name], strconv.Itoa(l.Year))
	}
	var out []string
	for _, name := range order {
		out = append(out, name+" "+strings.Join(years[name], ", "))
	}
	if len(out) == 0 {
		return p.say("rates.no_hyper")
	}
	return strings.Join(out, "; ")
}

// usedBy names the releases that a table converts money for.
func (p *Page) usedBy(r rates) string {
	var out []string
	for _, one := range p.known.releases {
		if one.Rates == r.Vintage {
			out = append(out, one.Title)
		}
	}
	return p.s.Words().List(out)
}

// saveRates writes a table of rates as CSV, as it can be imported.
func (p *Page) saveRates(r rates) {
	p.save("rates-"+r.Vintage+".csv", p.say("rates.filter"), func(out *bytes.Buffer) error {
		w := csv.NewWriter(out)
		if err := w.Write([]string{"kind", "of", "year", "value", "source", "vintage"}); err != nil {
			return err
		}
		for _, l := range r.lines {
			when := ""
			if l.Year != 0 {
				when = strconv.Itoa(l.Year)
			}
			if err := w.Write([]string{string(l.Kind), l.Of, when, l.Value, r.Source, r.Vintage}); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
}

// withRates does something with the table of rates that is shown.
func (p *Page) withRates(do func(rates)) {
	for _, r := range p.known.rates {
		if r.Vintage == p.chosen[partRates] {
			do(r)
			return
		}
	}
}
