package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Card is a sheet on the paper: a line round it, a heading, and what it holds.
func Card(heading string, body ...fyne.CanvasObject) *fyne.Container {
	objects := body
	if heading != "" {
		objects = append([]fyne.CanvasObject{Heading(heading)}, body...)
	}
	return Sheet(Pad(Gap8, Column(Gap4, objects...)))
}

// Sheet puts an object on a sheet with a line round it.
func Sheet(object fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewShape(ColorSheet, ColorLine, Corner), object)
}

// Filters is the row above a list: filters at the left, the one main action at the right (nil for none).
func Filters(action fyne.CanvasObject, filters ...fyne.CanvasObject) *fyne.Container {
	objects := append([]fyne.CanvasObject{}, filters...)
	objects = append(objects, Spacer())
	if action != nil {
		objects = append(objects, action)
	}
	return container.New(flow{}, objects...)
}
