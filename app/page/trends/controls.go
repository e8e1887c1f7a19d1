package trends

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
)

func year(n int) words.Year { return words.Year(n) }

// controls is the row above the chart.
type controls struct {
	widget.BaseWidget
	p                          *Page
	indicator, by, then, money *kit.Select
	basis, pairs, totals       *kit.Select
	from, to                   *kit.Select
	span                       *fyne.Container // from the first year to the last
	some                       *kit.Years
	thenHere                   *fyne.Container
	internal                   *widget.Check
	filters                    *fyne.Container
	row                        *kit.Wrap
}

func newControls(p *Page) *controls {
	c := &controls{p: p}
	c.indicator = kit.NewSelect(c.indicators(), p.at.indicator.Code, func(code string) {
		at := p.at
		at.take(code)
		at, _ = at.among(p.answer.declared)
		p.choose(at)
	})
	c.by = kit.NewSelect(nil, "", func(value string) { at := p.at; at.by = value; p.choose(at) })
	c.then = kit.NewSelect(nil, "", func(value string) { at := p.at; at.then = value; p.choose(at) })
	c.money = kit.NewSelect(nil, "", func(value string) { at := p.at; at.money = indicator.MoneyKind(value); p.choose(at) })
	c.internal = widget.NewCheck(p.say("internal"), func(on bool) {
		p.internal = on
		p.ask()
	})
	c.basis = kit.NewSelect(nil, "", func(value string) { at := p.at; at.basis = indicator.Basis(value); p.choose(at) })
	c.pairs = kit.NewSelect([]kit.Option{{Value: "", Label: p.say("pairs.comparable")}, {Value: string(indicator.Any), Label: p.say("pairs.any")}}, "",
		func(value string) { at := p.at; at.pairs = indicator.Pairs(value); p.choose(at) })
	c.totals = kit.NewSelect([]kit.Option{{Value: "", Label: p.say("totals.reported")}, {Value: estimatedTotals, Label: p.say("totals.estimated")}}, "",
		func(value string) { at := p.at; at.estimated = value != ""; p.choose(at) })
	c.from = kit.NewSelect(nil, "", func(value string) { at := p.at; at.from, _ = strconv.Atoi(value); p.choose(at) })
	c.to = kit.NewSelect(nil, "", func(value string) { at := p.at; at.to, _ = strconv.Atoi(value); p.choose(at) })
	for control, width := range map[*kit.Select]float32{c.indicator: 230, c.by: 140, c.then: 140, c.money: 176, c.basis: 170, c.pairs: 176, c.totals: 170, c.from: 84, c.to: 84} {
		control.SetWidth(width)
	}
	for _, choice := range []*kit.Select{c.by, c.then, c.money, c.basis, c.from, c.to} {
		choice.PlaceHolder = " " // its width would be the least
	}
	c.filters = kit.Row(kit.Gap4)
	save := kit.IconButton(kit.IconSave, p.say("save"), nil)
	save.Importance = widget.HighImportance
	save.OnTapped = func() { p.saveMenu(save) }
	views := kit.IconButton(kit.IconStar, p.say("views.title"), nil)
	views.OnTapped = func() { p.viewsMenu(views) }
	c.thenHere = kit.Labelled(p.say("then"), c.then)
	own := kit.IconButton(kit.IconMore, "", nil)
	own.OnTapped = func() { p.ownMenu(own) }
	c.span = kit.Row(0, c.from, container.NewCenter(kit.Soft("–")), c.to)
	c.some = kit.NewYears(kit.YearsConfig{Some: p.say("years.some"), Hint: p.say("years.hint"), Do: p.say("years.show"), List: p.s.Words().List, Dialog: p.s.Dialog,
		Changed: func(years []int) { at := p.at; at.years = years; p.choose(at) }})
	c.row = kit.NewWrap(kit.Row(0, c.indicator, own), kit.Labelled(p.say("by"), c.by), c.thenHere, c.money, c.totals, c.basis, c.pairs, c.filters, c.span, c.some, p.busyHere(), kit.Spacer(), kit.Row(kit.Gap8, c.internal, views, save))
	c.ExtendBaseWidget(c)
	c.show()
	return c
}

// busyHere makes the room for what says that figures are being computed.
func (p *Page) busyHere() fyne.CanvasObject {
	p.busy = kit.Row(kit.Gap4, kit.Soft(p.say("computing")), kit.Quiet(p.say("stop"), p.stop))
	p.busy.Hide()
	return p.busy
}

// CreateRenderer is Fyne's.
func (c *controls) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.row) }

// indicators are those of the catalogue, and those that the workspace declares in a group of their own.
func (c *controls) indicators() []kit.Option {
	var out []kit.Option
	for _, i := range indicator.Catalogue() {
		out = append(out, kit.Option{Value: i.Code, Label: named(i.Name, c.p.s.Words())})
	}
	return append(out, c.p.ownOptions()...)
}

// named is a text of the catalogue in the person's language.
func named(text indicator.Text, say *words.Words) string { return text.In(say.Language()) }

// show sets every control to the choice.
func (c *controls) show() {
	at, p := c.p.at, c.p
	c.indicator.SetOptionList(c.indicators())
	c.indicator.SetValue(at.indicator.Code)
	by := []kit.Option{{Value: "", Label: p.say("by_nothing")}}
	for _, name := range at.indicator.By {
		by = append(by, kit.Option{Value: name, Label: p.s.Words().Say("breakdown." + name)})
	}
	c.by.SetOptionList(by)
	c.by.SetValue(at.by)
	c.showMore()
	c.totals.Hidden = !at.indicator.Estimable() || !p.answer.framed
	c.totals.SetValue(map[bool]string{true: estimatedTotals}[at.estimated])
	c.basis.Hidden = !at.indicator.HasMatched() || p.estimated()
	c.pairs.Hidden = c.basis.Hidden || at.basis == indicator.All
	c.basis.SetOptionList([]kit.Option{{Value: "", Label: p.say("basis.matched")}, {Value: "demographic", Label: p.say("basis.demographic")}, {Value: "all", Label: p.say("basis.all")}})
	c.basis.SetValue(string(at.basis))
	c.pairs.SetValue(string(at.pairs))
	c.showYears()
	c.filters.Objects = nil
	for _, f := range at.filters() {
		c.filters.Add(kit.IconButton(kit.IconClose, p.class(f), func() { p.choose(p.at.without(f)) }))
	}
	c.filters.Add(kit.IconButton(kit.IconFilter, p.say("filter"), c.askFilter))
	c.row.Refresh()
	if p.content != nil {
		p.content.Refresh() // the row may take another line
	}
}

// showMore sets the second breakdown and the money, where there are any to choose.
func (c *controls) showMore() {
	at, p := c.p.at, c.p
	then := []kit.Option{{Value: "", Label: p.say("by_nothing")}}
	for _, name := range at.indicator.By {
		if name != at.by {
			then = append(then, kit.Option{Value: name, Label: p.s.Words().Say("breakdown." + name)})
		}
	}
	c.thenHere.Hidden = at.by == "" || len(then) == 1
	c.then.SetOptionList(then)
	c.then.SetValue(at.then)
	money := []kit.Option{{Value: "", Label: p.say("money.national")}}
	for _, kind := range monies {
		money = append(money, kit.Option{Value: string(kind), Label: p.say("money." + string(kind))})
	}
	c.money.Hidden = !at.indicator.Money || p.answer.rates == nil
	c.money.SetOptionList(money)
	c.money.SetValue(string(at.money))
}

// showYears offers the years that there are; where they are not known, those of the choice.
func (c *controls) showYears() {
	years := c.p.answer.years
	if len(years) == 0 {
		if c.p.at.from == 0 && c.p.at.to == 0 && len(c.from.Options) > 0 {
			return
		}
		years = []int{c.p.at.from, c.p.at.to}
	}
	first, last := years[0], years[len(years)-1]
	var options []kit.Option
	for y := first; y <= last && y > 0; y++ {
		options = append(options, kit.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	c.from.SetOptionList(options)
	c.to.SetOptionList(options)
	c.from.SetValue(strconv.Itoa(orElse(c.p.at.from, first)))
	c.to.SetValue(strconv.Itoa(orElse(c.p.at.to, last)))
	c.some.Set(c.p.answer.years, c.p.at.years)
	c.span.Hidden = len(c.p.at.years) > 0
}

func orElse(value, other int) int {
	if value == 0 {
		return other
	}
	return value
}

// class is what people call the value of a filter.
func (p *Page) class(f filter) string {
	labels := p.answer.labels
	labels.Words, labels.Codes, labels.Of = p.s.Words(), p.s.Workspace().Lists, p.at.indicator
	labels.Choices = p.s.Workspace().Choices(p.s.Words().Language())
	return labels.Class(f.name, f.value)
}

// askFilter asks for one more filter: of what, and which value.
func (c *controls) askFilter() {
	p := c.p
	var shut func()
	value := kit.NewSelect(nil, "", func(string) {})
	value.SetWidth(280)
	value.Disable()
	add := kit.Primary(p.say("filter_add"), nil)
	add.Disable()
	var asking task.Latest
	name := kit.NewSelect(c.breakdowns(), "", nil)
	name.SetWidth(280)
	of := p.at.indicator
	pick := func(breakdown string) {
		task.Do(&asking, p.s.Runner(), func(ctx context.Context) ([]string, error) { return p.figures.classes(ctx, of, breakdown) }, func(classes []string, err error) {
			if err != nil {
				p.s.Fail(err)
				return
			}
			var options []kit.Option
			for _, class := range classes {
				options = append(options, kit.Option{Value: class, Label: p.class(filter{breakdown, class})})
			}
			value.SetOptionList(options)
			value.SetSelectedIndex(0)
			value.Enable()
			add.Enable()
		})
	}
	name.OnChanged = func(string) { pick(name.Value()) }
	add.OnTapped = func() {
		f := filter{name.Value(), value.Value()}
		shut()
		if f.name != "" && f.value != "" {
			p.choose(p.at.with(f))
		}
	}
	body := kit.Column(kit.Gap8, kit.Hint(p.say("filter_hint")), name, value, container.NewHBox(kit.Spacer(), add))
	shut = p.s.Dialog(p.say("filter_title"), kit.Fixed(360, body), asking.Stop)
	p.s.Canvas().Focus(name)
}

func (c *controls) breakdowns() []kit.Option {
	var out []kit.Option
	for _, name := range c.p.at.indicator.Filters() {
		out = append(out, kit.Option{Value: name, Label: c.p.s.Words().Say("breakdown." + name)})
	}
	return out
}
