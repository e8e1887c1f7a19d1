package briefs

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/codes"
	"coopatlas/data/indicator"
)

// form is where the template and the scope are chosen.
type form struct {
	p         *Page
	templates *fyne.Container
	pages     map[string]*miniature
	country   *kit.Select
	from, to  *kit.Select
	span      *fyne.Container // from the first year to the last
	some      *kit.Years
	language  *kit.Select
	release   *kit.Select
	totals    *widget.Check // hidden where nothing can be estimated
	start     *widget.Button
	halt      *widget.Button
	note      *widget.Label
	box       *fyne.Container
}

func newForm(p *Page) *form {
	f := &form{p: p, templates: container.NewHBox(), pages: map[string]*miniature{}, note: kit.Hint("")}
	f.country = kit.NewSelect(nil, "", func(v string) { p.choose(func(s *scope) { s.country = v }) })
	f.from = kit.NewSelect(nil, "", func(v string) { p.choose(func(s *scope) { s.from, _ = strconv.Atoi(v) }) })
	f.to = kit.NewSelect(nil, "", func(v string) { p.choose(func(s *scope) { s.to, _ = strconv.Atoi(v) }) })
	var languages []kit.Option
	for _, code := range p.s.House().Languages() {
		languages = append(languages, kit.Option{Value: code, Label: p.s.Words().Say("app.language." + code)})
	}
	f.language = kit.NewSelect(languages, "", func(v string) { p.choose(func(s *scope) { s.language = v }) })
	f.release = kit.NewSelect(nil, "", func(v string) { p.choose(func(s *scope) { s.release = v }) })
	f.totals = widget.NewCheck(p.say("totals"), func(on bool) {
		p.choose(func(s *scope) { s.totals = map[bool]string{true: estimatedTotals}[on] })
	})
	freeze := kit.IconButton(kit.IconLock, p.say("release.freeze"), p.freeze)
	f.start = kit.Primary(p.say("make"), p.make)
	f.halt = kit.IconButton(kit.IconStop, p.say("stop"), p.stop)
	f.halt.Hide()
	f.span = container.NewGridWithColumns(2, f.from, f.to)
	f.some = kit.NewYears(kit.YearsConfig{Some: p.say("some_years"), Hint: p.say("some_hint"), Do: p.say("some_do"), List: p.s.Words().List, Dialog: p.s.Dialog,
		Changed: func(years []int) { p.choose(func(s *scope) { s.choose(indicator.Span{Years: years}) }) }})
	years := container.NewBorder(nil, nil, nil, f.some, f.span)
	f.box = kit.Column(kit.Gap12, kit.Heading(p.say("template.title")), f.templates,
		container.NewGridWithColumns(2, f.field(p.say("where"), f.country), f.field(p.say("language"), f.language)), f.field(p.say("years"), years),
		f.field(p.say("release.figures"), container.NewBorder(nil, nil, nil, freeze, f.release)),
		container.NewHBox(f.start, f.halt, f.totals), f.note)
	return f
}

// field is a control under its label.
func (f *form) field(label string, control fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(0, kit.Soft(label), control)
}

// show sets every control to the scope and what it can be chosen from.
func (f *form) show() {
	p := f.p
	if len(f.pages) != len(p.offer.templates) {
		f.templates.Objects = nil
		for _, name := range p.offer.templates {
			f.pages[name] = newMiniature(name, p.name(name), func() { p.choose(func(s *scope) { s.template = name }) })
			f.templates.Add(f.pages[name])
		}
	}
	for name, page := range f.pages {
		page.choose(name == p.at.template)
	}
	countries := []kit.Option{{Label: p.say("everywhere")}}
	list, known := p.s.Workspace().List(codes.CountryList)
	for _, value := range p.offer.countries {
		label := value
		if code, ok := list.Code(value); known && ok {
			label = code.Label(p.s.Words().Language())
		}
		countries = append(countries, kit.Option{Value: value, Label: label})
	}
	f.country.SetOptionList(countries)
	f.country.SetValue(p.at.country)
	var years []kit.Option
	for _, year := range p.offer.years {
		years = append(years, kit.Option{Value: strconv.Itoa(year), Label: strconv.Itoa(year)})
	}
	f.from.SetOptionList(years)
	f.to.SetOptionList(years)
	if n := len(years); n > 0 {
		f.from.SetValue(orElse(written(p.at.from), years[0].Value))
		f.to.SetValue(orElse(written(p.at.to), years[n-1].Value))
	}
	span := p.at.span()
	f.some.Set(p.offer.years, span.Years)
	f.span.Hidden = span.Years != nil
	f.language.SetValue(orElse(p.at.language, p.offer.language))
	f.release.SetOptionList(p.releases())
	f.release.SetValue(p.at.release)
	f.totals.SetChecked(p.at.totals != "")
	shown(f.totals, p.offer.framed)
	f.note.SetText("")
	if p.made != nil && p.made.scope != p.at {
		f.note.SetText(p.say("stale"))
	}
	f.box.Refresh()
}

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

// busy shows that a brief is being made, and that it can be stopped.
func (f *form) busy(is bool) {
	shown(f.halt, is)
	set(f.start, !is)
	f.note.SetText("")
	if is {
		f.note.SetText(f.p.say("busy"))
	}
	f.box.Refresh()
}
