package app

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
)

// rail is the column of pages at the left.
type rail struct {
	box   *fyne.Container
	items []*railItem
}

func newRail(f *Frame) *rail {
	r := &rail{}
	column := kit.Column(2)
	logo := widget.NewIcon(kit.IconLogo.In(kit.ColorTeal))
	column.Add(container.NewPadded(container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(28), logo))))
	last := page.Field
	for i, entry := range f.railEntries() {
		if entry.Group != last && i > 0 {
			if entry.Group == page.System {
				column.Add(kit.Spacer())
			} else {
				column.Add(kit.Pad(kit.Gap4, kit.Rule()))
			}
		}
		last = entry.Group
		item := newRailItem(f, entry)
		r.items = append(r.items, item)
		column.Add(item)
	}
	line := kit.NewShape(kit.ColorLine, "", 0)
	line.SetLeast(fyne.NewSize(1, 1))
	r.box = container.NewBorder(nil, nil, nil, line,
		container.NewStack(kit.NewShape(kit.ColorRail, "", 0), kit.Fixed(kit.RailWidth, kit.Pad(kit.Gap4, column))))
	return r
}

// railEntries are the pages of the rail, in its order.
func (f *Frame) railEntries() []page.Entry {
	var out []page.Entry
	for group := page.Field; group <= page.System; group++ {
		for _, entry := range f.cfg.Pages {
			if entry.Icon != "" && entry.Group == group {
				out = append(out, entry)
			}
		}
	}
	return out
}

// railKey is the key of the nth page of the rail. On keyboards whose digits need Shift, as French ones, the toolkit does
// not know the key of a digit from any other sign; the function keys stand in for them.
func (f *Frame) railKey(n int) string {
	switch {
	case n > 9:
		return ""
	case f.cfg.NoDigits:
		return fmt.Sprintf("Ctrl+Shift+F%d", n)
	}
	return fmt.Sprintf("Alt+%d", n)
}

// mark shows which page is present.
func (r *rail) mark(name string, open bool) {
	for _, item := range r.items {
		item.mark(item.entry.Name == name, open || item.entry.Bare)
	}
}

// railItem is one page of the rail.
type railItem struct {
	widget.BaseWidget
	f       *Frame
	entry   page.Entry
	back    *kit.Shape
	icon    *widget.Icon
	label   *widget.Label
	present bool
	open    bool
}

func newRailItem(f *Frame, entry page.Entry) *railItem {
	label := kit.Caption(f.words.Say("app.page." + entry.Name))
	label.Alignment, label.Truncation = fyne.TextAlignCenter, fyne.TextTruncateEllipsis
	label.Importance = widget.MediumImportance
	i := &railItem{f: f, entry: entry, back: kit.NewShape("", "", kit.Corner), icon: widget.NewIcon(entry.Icon.Resource()), label: label}
	i.ExtendBaseWidget(i)
	return i
}

func (i *railItem) mark(present, open bool) {
	i.present, i.open = present, open
	i.label.Importance = widget.MediumImportance
	i.label.TextStyle.Bold = present
	switch {
	case present:
		i.back.SetFill(kit.ColorTint)
		i.icon.SetResource(i.entry.Icon.In(kit.ColorTeal))
	case open:
		i.back.SetFill("")
		i.icon.SetResource(i.entry.Icon.Resource())
	default:
		i.back.SetFill("")
		i.icon.SetResource(i.entry.Icon.In(kit.ColorSoft))
		i.label.Importance = widget.LowImportance
	}
	i.label.Refresh()
}

// Tapped is Fyne's.
func (i *railItem) Tapped(*fyne.PointEvent) {
	if i.open {
		i.f.Navigate(i.entry.Name)
	}
}

// MouseIn is Fyne's.
func (i *railItem) MouseIn(*desktop.MouseEvent) {
	if !i.present && i.open {
		i.back.SetFill("hover")
	}
}

// MouseMoved is Fyne's.
func (i *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (i *railItem) MouseOut() {
	if !i.present {
		i.back.SetFill("")
	}
}

// CreateRenderer is Fyne's.
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	picture := container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(24), i.icon))
	return widget.NewSimpleRenderer(container.NewStack(i.back, container.NewPadded(kit.Column(-2, picture, container.New(layout.NewCustomPaddedLayout(0, 0, -kit.Gap12, -kit.Gap12), i.label)))))
}

// RailNames are the names of the pages of the rail, in its order.
func (f *Frame) RailNames() []string {
	var out []string
	for _, entry := range f.railEntries() {
		out = append(out, entry.Name)
	}
	return out
}
