package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
)

// dialogs shows at most one dialog over the page, and an error over that.
type dialogs struct {
	f     *Frame
	stack []*openDialog
}

// openDialog is one that is open.
type openDialog struct {
	pop    *widget.PopUp
	before fyne.Focusable // had the focus
	cancel func()         // may be nil
}

func newDialogs(f *Frame) *dialogs { return &dialogs{f: f} }

// open shows a dialog; close takes it away and gives the focus back.
func (d *dialogs) open(title string, content fyne.CanvasObject, cancel func()) (closeIt func()) {
	canvas := d.f.window.Canvas()
	heading := kit.Section(title)
	heading.Wrapping = fyne.TextWrapWord
	body := kit.Pad(kit.Gap16, kit.Column(kit.Gap8, kit.Fixed(480, heading), content))
	one := &openDialog{before: canvas.Focused(), cancel: cancel}
	one.pop = widget.NewModalPopUp(container.NewStack(body), canvas)
	d.stack = append(d.stack, one)
	one.pop.Show()
	return func() { d.shut(one) }
}

func (d *dialogs) shut(one *openDialog) {
	for i, other := range d.stack {
		if other == one {
			d.stack = append(d.stack[:i], d.stack[i+1:]...)
			one.pop.Hide()
			if one.before != nil && len(d.stack) == 0 {
				d.f.window.Canvas().Focus(one.before)
			}
			return
		}
	}
}

// escape closes the dialog on top, as its button for no does.
func (d *dialogs) escape() bool {
	if len(d.stack) == 0 {
		return false
	}
	top := d.stack[len(d.stack)-1]
	d.shut(top)
	if top.cancel != nil {
		top.cancel()
	}
	return true
}

// busy tells whether a dialog is open; commands rest then.
func (d *dialogs) busy() bool { return len(d.stack) > 0 }

// buttons is the row at the foot of a dialog.
func buttons(all ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Row(kit.Gap8, append([]fyne.CanvasObject{kit.Spacer()}, all...)...)
}

// text is a paragraph in a dialog.
func text(words string) fyne.CanvasObject { return kit.Fixed(480, kit.Body(words)) }

// ask shows a question with two answers; the focus is on no, so that Enter alone does no harm.
func (d *dialogs) ask(c page.Confirm) {
	var shut func()
	importance := widget.HighImportance
	if c.Danger {
		importance = widget.DangerImportance
	}
	no := kit.NewPress(d.f.words.Say("app.cancel"), widget.MediumImportance, func() { shut() })
	yes := kit.NewPress(c.Action, importance, func() {
		shut()
		c.Run()
	})
	content := kit.Column(kit.Gap12)
	if c.Detail != "" {
		content.Add(text(c.Detail))
	}
	content.Add(buttons(no, yes))
	shut = d.open(c.Question, content, nil)
	d.f.window.Canvas().Focus(no)
}

// fail is the one error dialog: a sentence, what to do, and what the program noted.
func (d *dialogs) fail(err error) {
	var shut func()
	said := explain(d.f.words, err)
	content := kit.Column(kit.Gap8)
	if said.hint != "" {
		content.Add(text(said.hint))
	}
	if said.detail != "" {
		detail := kit.Hint(said.detail)
		detail.Selectable = true
		content.Add(kit.Fixed(480, detail))
	}
	copyIt := kit.NewPress(d.f.words.Say("app.copy"), widget.MediumImportance, func() { d.f.Copy(err.Error()) })
	done := kit.NewPress(d.f.words.Say("app.close"), widget.HighImportance, func() { shut() })
	content.Add(buttons(copyIt, done))
	shut = d.open(said.sentence, content, nil)
	d.f.window.Canvas().Focus(done)
}

// Confirm asks before what cannot be undone.
func (f *Frame) Confirm(c page.Confirm) { f.dialogs.ask(c) }

// Dialog shows a page's own small form over the page.
func (f *Frame) Dialog(title string, content fyne.CanvasObject, cancelled func()) (closeIt func()) {
	return f.dialogs.open(title, content, cancelled)
}
