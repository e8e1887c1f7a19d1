package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Option is one thing to choose: what it is called in code, and what people read. The first one of a group stands under
// the group's name.
type Option struct{ Value, Label, Group string }

// Select is a choice among a few options, by value.
type Select struct {
	widget.Select
	options []Option
	changed func(value string)
	width   float32
	quiet   bool
}

// NewSelect makes a choice; changed is told the value that the person chooses, not what is set by SetValue.
func NewSelect(options []Option, value string, changed func(value string)) *Select {
	s := &Select{changed: changed}
	s.ExtendBaseWidget(s)
	s.OnChanged = s.chosen
	s.SetOptionList(options)
	s.SetValue(value)
	return s
}

// SetOptionList changes the options.
func (s *Select) SetOptionList(options []Option) {
	s.options = options
	labels := make([]string, len(options))
	for i, o := range options {
		labels[i] = o.Label
	}
	s.Options = labels
	s.Refresh()
}

// SetValue chooses without telling.
func (s *Select) SetValue(value string) {
	s.quiet = true
	defer func() { s.quiet = false }()
	for i, o := range s.options {
		if o.Value == value {
			s.SetSelectedIndex(i)
			return
		}
	}
	s.ClearSelected()
}

// Value is what is chosen; "" where nothing is.
func (s *Select) Value() string {
	if i := s.SelectedIndex(); i >= 0 && i < len(s.options) {
		return s.options[i].Value
	}
	return ""
}

// plain tells whether Fyne's own list will do.
func (s *Select) plain() bool {
	return !slices.ContainsFunc(s.options, func(o Option) bool { return o.Group != "" })
}

// Tapped is Fyne's, with groups in the list.
func (s *Select) Tapped(e *fyne.PointEvent) {
	if s.plain() || s.Disabled() {
		s.Select.Tapped(e)
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	s.list()
}

// TypedKey is Fyne's, with groups in the list.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	opens := key.Name == fyne.KeySpace || key.Name == fyne.KeyUp || key.Name == fyne.KeyDown
	if !opens || s.plain() {
		s.Select.TypedKey(key)
		return
	}
	s.list()
}

// Menu is what the list shows: the options under their groups.
func (s *Select) Menu() *fyne.Menu {
	var items []*fyne.MenuItem
	group := ""
	for i, o := range s.options {
		if o.Group != group {
			head := fyne.NewMenuItem(o.Group, nil)
			head.Disabled = true
			items, group = append(items, fyne.NewMenuItemSeparator(), head), o.Group
		}
		items = append(items, fyne.NewMenuItem(o.Label, func() { s.SetSelectedIndex(i) }))
	}
	return fyne.NewMenu("", items...)
}

// list shows the menu under the choice.
func (s *Select) list() {
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	if c == nil {
		return
	}
	menu := widget.NewPopUpMenu(s.Menu(), c)
	menu.ShowAtRelativePosition(fyne.NewPos(0, s.Size().Height), s)
	menu.Resize(fyne.NewSize(max(s.Size().Width, menu.MinSize().Width), menu.MinSize().Height))
}

// SetWidth gives it a least width, at the normal text size.
func (s *Select) SetWidth(width float32) { s.width = width }

// MinSize is Fyne's, and at least the width.
func (s *Select) MinSize() fyne.Size {
	return s.Select.MinSize().Max(fyne.NewSize(s.width*Scale(), 0))
}

// CreateRenderer is Fyne's, with the line round it that other fields have.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	return &selectRenderer{s.Select.CreateRenderer(), NewShape("", "inputBorder", Corner)}
}

// selectRenderer draws a Select with a line round it.
type selectRenderer struct {
	fyne.WidgetRenderer
	line *Shape
}

// Layout is Fyne's.
func (r *selectRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.line.Resize(size)
}

// Objects is Fyne's.
func (r *selectRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects(), r.line)
}

func (s *Select) chosen(string) {
	if !s.quiet && s.changed != nil {
		s.changed(s.Value())
	}
}

// Labelled puts a small label before a widget, as filters stand in their row.
func Labelled(text string, object fyne.CanvasObject) *fyne.Container {
	return Row(0, Soft(text), object)
}

func show(object fyne.CanvasObject, shown bool) {
	if shown {
		object.Show()
	} else {
		object.Hide()
	}
}
