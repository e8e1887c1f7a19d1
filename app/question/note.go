package question

import (
	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

// note is a text that is read and not answered; its label is the block's.
type note struct{ object fyne.CanvasObject }

func newNote(Config) Editor { return &note{kit.NewShape("", "", 0)} }

func (n *note) Object() fyne.CanvasObject { return n.object }
func (n *note) Focus(fyne.Canvas) bool    { return false }
func (n *note) Present(State)             {}
func (n *note) Commit() error             { return nil }
func (n *note) Typing() bool              { return false }
func (n *note) Reset()                    {}
