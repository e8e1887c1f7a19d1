package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// topBar holds the title of the page, the search, and when something was last saved.
type topBar struct {
	f       *Frame
	box     *fyne.Container
	ways    *fyne.Container
	back    *widget.Button
	forward *widget.Button
	title   *widget.Label
	place   *widget.Label // the workspace
	saved   *kit.Badge
	field   *kit.Entry
}

func newTopBar(f *Frame) *topBar {
	b := &topBar{f: f, title: kit.Section(""), place: kit.Soft(""), saved: kit.NewBadge(kit.Good, "")}
	b.title.Wrapping, b.title.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	b.saved.Hide()
	b.back = kit.IconButton(kit.IconBack, "", f.Back)
	b.forward = kit.IconButton(kit.IconNext, "", f.forward)
	b.field = kit.NewEntry(f.words.Say("app.search_hint"))
	b.field.ID = "search"
	b.field.SetWidth(300)
	b.field.Icon = kit.IconSearch.In(kit.ColorSoft)
	b.ways = container.NewHBox(b.back, b.forward)
	right := kit.Row(kit.Gap8, container.NewCenter(b.field), kit.Fixed(150, b.saved))
	b.box = kit.Pad(kit.Gap4, container.NewBorder(nil, nil, b.ways, right, container.New(titleRoom{}, b.title, b.place)))
	return b
}

// show sets the title, and which ways of the history are open.
func (b *topBar) show(title, place string, open bool) {
	b.title.SetText(title)
	b.place.SetText(place)
	enable(b.back, b.f.canMove(-1))
	enable(b.forward, b.f.canMove(1))
	show(b.field, open)
	show(b.ways, b.f.canMove(-1) || b.f.canMove(1))
	b.box.Refresh()
}

func (b *topBar) showSaved(text string) {
	b.saved.Set(kit.Good, text)
	b.saved.Show()
}

func enable(b *widget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// titleRoom puts the title and, after it, the name of the workspace, where there is room for both.
type titleRoom struct{}

// MinSize is small: the title is cut short before the search is.
func (titleRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, objects[0].MinSize().Height)
}

// Layout places both.
func (titleRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title, place := objects[0].(*widget.Label), objects[1].(*widget.Label)
	wants := fyne.MeasureText(title.Text, title.Theme().Size(title.SizeName), title.TextStyle).Width + 2*title.Theme().Size(theme.SizeNameInnerPadding) + 1
	wants = min(wants, size.Width)
	title.Resize(fyne.NewSize(wants, title.MinSize().Height))
	title.Move(fyne.NewPos(0, (size.Height-title.MinSize().Height)/2))
	place.Hidden = place.Text == "" || place.MinSize().Width > size.Width-wants
	place.Resize(place.MinSize())
	place.Move(fyne.NewPos(wants, (size.Height-place.MinSize().Height)/2+1))
}

// pageRoom leaves room round the page.
type pageRoom struct{}

// MinSize is that of the page, but never so much that the window could not be small.
func (pageRoom) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 320) }

// Layout gives the page all there is but a margin.
func (pageRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(kit.Gap16, kit.Gap12))
		o.Resize(size.Subtract(fyne.NewSize(2*kit.Gap16, kit.Gap12+kit.Gap8)))
	}
}

// sides puts the rail at the left and the page beside it, without a gap.
type sides struct{}

// MinSize is that of both.
func (sides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rail, page := objects[0], objects[1]
	out := page.MinSize()
	if rail.Visible() {
		out = fyne.NewSize(out.Width+rail.MinSize().Width, max(out.Height, rail.MinSize().Height))
	}
	return out
}

// Layout places both.
func (sides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rail, page := objects[0], objects[1]
	var x float32
	if rail.Visible() {
		x = rail.MinSize().Width
		rail.Resize(fyne.NewSize(x, size.Height))
		rail.Move(fyne.NewPos(0, 0))
	}
	page.Resize(fyne.NewSize(size.Width-x, size.Height))
	page.Move(fyne.NewPos(x, 0))
}
