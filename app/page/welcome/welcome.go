package welcome

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
)

// Page is the first page.
type Page struct {
	s       page.Services
	content *fyne.Container
	cards   *fyne.Container
	making  *form // the form for a new workspace, while it is open
	demo    *kit.Press
	begin   *kit.Press
	open    *kit.Press
}

// New makes the first page.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, cards: container.NewStack()}
	say := s.Words().Say
	logo := widget.NewIcon(kit.IconLogo.Fine().In(kit.ColorTeal))
	head := container.NewBorder(nil, nil, container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(56), logo)), p.languages(),
		kit.Column(-8, kit.Title("Coopatlas"), kit.Lead(say("welcome.lead"))))
	p.content = container.NewStack(container.NewVScroll(container.New(middle{}, kit.Column(kit.Gap24, head, p.cards))))
	if at.Get("part") == "new" {
		p.showForm()
	} else {
		p.showChoices()
	}
	return p
}

// Route is where the page is.
func (p *Page) Route() string {
	if p.making != nil {
		return "welcome?part=new"
	}
	return "welcome"
}

// Title is what stands in the top bar.
func (p *Page) Title() string { return p.s.Words().Say("app.page.welcome") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Reload shows which workspaces are there.
func (p *Page) Reload() {
	if p.making == nil {
		p.showChoices()
	}
}

// Focus begins at the first button, or at the first field.
func (p *Page) Focus() {
	if p.making != nil {
		p.s.Canvas().Focus(p.making.name)
		return
	}
	p.s.Canvas().Focus(p.demo)
}

// languages is the choice of the language, which a person needs first of all.
func (p *Page) languages() fyne.CanvasObject {
	house := p.s.House()
	var options []kit.Option
	for _, code := range house.Languages() {
		options = append(options, kit.Option{Value: code, Label: p.s.Words().Say("app.language." + code)})
	}
	return container.NewCenter(kit.NewSelect(options, p.s.Words().Language(), house.SetLanguage))
}

// showChoices offers the three beginnings, and the workspaces of other days.
func (p *Page) showChoices() {
	p.making = nil
	say := p.s.Words().Say
	p.demo = kit.NewPress(say("welcome.demo_action"), widget.HighImportance, p.openDemonstration)
	p.begin = kit.NewPress(say("welcome.new_action"), widget.MediumImportance, p.showForm)
	p.open = kit.NewPress(say("welcome.open_action"), widget.MediumImportance, p.openOther)
	three := container.New(threes{},
		choice(kit.IconMap, say("welcome.demo"), say("welcome.demo_text"), p.demo),
		choice(kit.IconAdd, say("welcome.new"), say("welcome.new_text"), p.begin),
		choice(kit.IconFolder, say("welcome.open"), say("welcome.open_text"), p.open))
	column := kit.Column(kit.Gap24)
	if recent := p.recent(); recent != nil {
		column.Add(recent)
	}
	column.Add(three)
	p.put(column)
}

// put shows something under the head.
func (p *Page) put(o fyne.CanvasObject) {
	p.cards.Objects = []fyne.CanvasObject{o}
	p.content.Refresh()
}

// choice is one way to begin.
func choice(icon kit.Icon, name, text string, button *kit.Press) fyne.CanvasObject {
	picture := container.NewGridWrap(fyne.NewSquareSize(40), widget.NewIcon(icon.In(kit.ColorTeal)))
	top := kit.Column(kit.Gap4, container.NewPadded(picture), kit.Section(name), kit.Body(text))
	return kit.Sheet(kit.Pad(kit.Gap12, container.NewBorder(top, button, nil, nil)))
}

// recent lists the workspaces that were open on this computer; nil where there are none.
func (p *Page) recent() fyne.CanvasObject {
	dirs := p.s.House().Recent()
	if len(dirs) == 0 {
		return nil
	}
	rows := kit.Column(0)
	for _, dir := range dirs {
		open := kit.NewPress(filepath.Base(dir), widget.LowImportance, func() { p.s.House().Enter(dir) })
		open.Alignment = widget.ButtonAlignLeading
		open.Icon = kit.IconFolder.In(kit.ColorTeal)
		where := kit.Caption(filepath.Dir(dir))
		where.Truncation = fyne.TextTruncateEllipsis
		rows.Add(container.NewBorder(nil, nil, open, nil, where))
	}
	return kit.Card(p.s.Words().Say("welcome.recent"), rows)
}

// openOther asks for a folder and opens the workspace in it.
func (p *Page) openOther() {
	p.s.Chooser().OpenFolder(p.s.House().Enter)
}

// Dropped opens a workspace whose folder was dropped on the window.
func (p *Page) Dropped(paths []string) {
	if len(paths) == 1 {
		p.s.House().Enter(paths[0])
	}
}

// documents is where new workspaces are suggested: the person's documents, else their home.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	folder := filepath.Join(home, "Documents")
	if info, err := os.Stat(folder); err == nil && info.IsDir() {
		return folder
	}
	return home
}

// middle keeps its object no wider than is good to read, in the middle.
type middle struct{}

// widest is how wide the page grows.
const widest = 980

// MinSize is that of the object.
func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	return fyne.NewSize(min(size.Width, 600), size.Height+2*kit.Gap32)
}

// Layout places the object.
func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-kit.Gap16, widest*kit.Scale())
	objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height))
	spare := max(size.Height-objects[0].MinSize().Height, 0)
	objects[0].Move(fyne.NewPos((size.Width-width)/2, min(spare/3, 96)))
}

// threes puts objects of the same width side by side.
type threes struct{}

// MinSize is as high as the highest object.
func (threes) MinSize(objects []fyne.CanvasObject) fyne.Size {
	out := fyne.Size{}
	for _, o := range objects {
		out = out.Max(o.MinSize())
	}
	out.Width = out.Width*float32(len(objects)) + kit.Gap16*float32(len(objects)-1)
	return out
}

// Layout places the objects.
func (threes) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := (size.Width - kit.Gap16*float32(len(objects)-1)) / float32(len(objects))
	for i, o := range objects {
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(float32(i)*(width+kit.Gap16), 0))
	}
}
