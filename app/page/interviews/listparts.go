package interviews

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/record"
	"coopatlas/data/words"
)

// menus are the filters that are chosen from a few.
type menus struct{ wave, country, state, interviewer *kit.Select }

func newMenus(l *listing) menus {
	choice := func(title string, set func(f *filter, value string)) *kit.Select {
		s := kit.NewSelect([]kit.Option{{Label: title}}, "", func(value string) { l.change(func(f *filter) { set(f, value) }) })
		s.PlaceHolder = title
		s.SetWidth(140)
		return s
	}
	say := l.services.Words().Say
	m := menus{
		wave:        choice(say("interviews.list.any_wave"), func(f *filter, value string) { f.wave = value }),
		country:     choice(say("interviews.list.any_country"), func(f *filter, value string) { f.country = value }),
		state:       choice(say("interviews.list.any_state"), func(f *filter, value string) { f.state = value }),
		interviewer: choice(say("interviews.list.any_interviewer"), func(f *filter, value string) { f.interviewer = value }),
	}
	m.interviewer.Hide()
	return m
}

// states are those that interviews are listed by.
var states = [...]record.Lifecycle{record.Saved, record.Submitted, record.Returned, record.Validated, record.Locked}

// set offers what was read.
func (m menus) set(w *words.Words, found listData, now filter) {
	var lifecycles []kit.Option
	for _, s := range states {
		lifecycles = append(lifecycles, kit.Option{Value: string(s), Label: w.Say("interviews.state." + string(s))})
	}
	put := func(s *kit.Select, all string, options []kit.Option, value string) {
		s.SetOptionList(append([]kit.Option{{Label: all}}, options...))
		s.SetValue(value)
	}
	put(m.wave, w.Say("interviews.list.any_wave"), found.waves, now.wave)
	put(m.country, w.Say("interviews.list.any_country"), found.countries, now.country)
	put(m.state, w.Say("interviews.list.any_state"), lifecycles, now.state)
	put(m.interviewer, w.Say("interviews.list.any_interviewer"), found.interviewers, now.interviewer)
	if len(found.interviewers) > 1 {
		m.interviewer.Show()
	}
}

// draftsWidth is that of the column of drafts, at the normal text size.
const draftsWidth float32 = 264

// showDrafts shows the unfinished interviews beside the list.
func (l *listing) showDrafts(drafts []draft) {
	l.drafts.Objects = nil
	l.drafts.Hidden, l.gap.Hidden = len(drafts) == 0, len(drafts) == 0
	if len(drafts) > 0 {
		l.drafts.Add(kit.Fixed(draftsWidth, kit.Heading(l.services.Words().Say("interviews.list.drafts"))))
	}
	for _, d := range drafts {
		l.drafts.Add(kit.Fixed(draftsWidth, l.draft(d)))
	}
	l.content.Refresh()
}

// draft is one unfinished interview: its name, how far it is, when it was changed.
func (l *listing) draft(d draft) fyne.CanvasObject {
	words := l.services.Words()
	name := d.name
	if strings.TrimSpace(name) == "" {
		name = words.Say("interviews.list.nameless")
	}
	bar := kit.NewBar(kit.Part{Share: float64(d.done) / float64(max(d.total, 1)), Color: kit.ColorTeal})
	open := kit.IconButton(kit.IconEdit, words.Say("interviews.list.resume"), func() {
		l.services.Navigate("interviews/" + d.id.String() + "/fill")
	})
	return kit.Card("", kit.Line(name), bar,
		kit.Caption(words.Say("interviews.list.progress", "Done", d.done, "Total", d.total, "Date", day(words, d.changed))), open)
}

// chooseColumns shows which columns there are, those that are shown with a tick.
func (l *listing) chooseColumns(under fyne.CanvasObject) {
	shown := map[string]bool{}
	for _, name := range l.table.Layout().Columns {
		shown[name] = true
	}
	var items []*fyne.MenuItem
	for _, c := range l.columns() {
		item := fyne.NewMenuItem(c.Title, func() { l.table.SetColumn(c.Name, !shown[c.Name]) })
		item.Checked = shown[c.Name]
		items = append(items, item)
	}
	driver := fyne.CurrentApp().Driver()
	pop := widget.NewPopUpMenu(fyne.NewMenu("", items...), l.services.Canvas())
	pop.ShowAtPosition(driver.AbsolutePositionForObject(under).AddXY(0, under.Size().Height))
}
