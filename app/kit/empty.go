package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// NewEmpty says that there is nothing here yet: a small drawing, one sentence, one button (none where action is empty).
func NewEmpty(drawing Icon, sentence, action string, do func()) *fyne.Container {
	picture := canvas.NewImageFromResource(drawing.Fine().In(ColorTeal))
	picture.FillMode = canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSize(72, 72))
	said := label(sentence, SizeLead, false, fyne.TextWrapWord)
	said.Alignment = fyne.TextAlignCenter
	objects := []fyne.CanvasObject{picture, Fixed(440, said)}
	if action != "" {
		objects = append(objects, container.NewCenter(Primary(action, do)))
	}
	return container.NewCenter(Column(Gap12, objects...))
}

// Primary is the one main button of a page or dialog.
func Primary(text string, do func()) *widget.Button {
	b := widget.NewButton(text, do)
	b.Importance = widget.HighImportance
	return b
}

// Button is a plain button.
func Button(text string, do func()) *widget.Button { return widget.NewButton(text, do) }

// IconButton is a button with an icon and perhaps a word; without a border where it has no word.
func IconButton(icon Icon, text string, do func()) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon.Resource(), do)
	if text == "" {
		b.Importance = widget.LowImportance
	}
	return b
}

// Quiet is a button that looks like a text in the primary colour.
func Quiet(text string, do func()) *widget.Button {
	b := widget.NewButton(text, do)
	b.Importance = widget.LowImportance
	return b
}
