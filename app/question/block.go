package question

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/form"
)

// Face is what stands round an editor.
type Face struct {
	Code    string // the questionnaire's own number
	Label   string
	Second  string // the label in a second language
	Hint    string
	Needed  bool      // an answer is required: a star after the label
	Aside   string    // beside the message: why there is no answer, its quality, last wave's value
	Message string    // what is wrong or odd
	Level   kit.State // of the message: Bad or Warn
}

// BlockConfig is what a block is made from.
type BlockConfig struct {
	Editor  Config
	Room    float32 // of the whole block, at the normal text size
	Stacked bool    // the label stands over the editor, where there is no room beside it
	// Menu shows the reasons, the quality and what else can be done with a question under the block's button. nil: no
	// button.
	Menu func(under fyne.CanvasObject)
}

// Block is a question as it stands on a page: number, label with its star, hint, editor, message, menu. The room of a
// message is kept, so that nothing jumps.
type Block struct {
	Editor
	Question *form.Question
	object   *fyne.Container
	mark     *kit.Shape // at the left of the question that has the keyboard
	code     *Prose
	label    *Prose
	second   *Prose
	hint     *Prose
	aside    *Prose
	message  *Prose
	sign     *widget.Icon // of the message
	menu     *dots
	layout   *blockLayout
	face     Face
}

// The widths of a block's parts, at the normal text size.
const (
	markWidth  float32 = 3
	codeWidth  float32 = 56
	menuWidth  float32 = 36
	labelShare float32 = 0.4 // of what code and menu leave
)

// Rooms says how wide the label and the editor of a block are, at the normal text size.
func Rooms(room float32, stacked bool) (label, editor float32) {
	left := room - markWidth - codeWidth - menuWidth - 3*kit.Gap8
	if stacked {
		return left, left
	}
	label = float32(int(left * labelShare))
	return label, left - label - kit.Gap16
}

// NewBlock makes the block of a question, with its editor as wide as the room lets.
func NewBlock(cfg BlockConfig) *Block {
	label, editor := Rooms(cfg.Room, cfg.Stacked)
	if cfg.Editor.Question.Storage() == form.StoreNothing {
		label, editor = label+editor, 0
	}
	cfg.Editor.Width = editor
	b := &Block{Question: cfg.Editor.Question, Editor: New(cfg.Editor), mark: kit.NewShape("", "", 1.5),
		code:    NewProse("", kit.SizeCaption, kit.ColorSoft, codeWidth-kit.Gap8),
		label:   NewProse("", kit.SizeBody, kit.ColorInk, label),
		second:  NewProse("", kit.SizeBody, kit.ColorSoft, label),
		hint:    NewProse("", kit.SizeCaption, kit.ColorSoft, label),
		aside:   NewProse("", kit.SizeCaption, kit.ColorSoft, editor),
		message: NewProse("", kit.SizeCaption, kit.ColorBad, editor),
		sign:    widget.NewIcon(nil), menu: newDots()}
	b.second.style.Italic = true
	b.sign.Hide()
	b.layout = &blockLayout{block: b, label: label, editor: editor, stacked: cfg.Stacked}
	objects := []fyne.CanvasObject{b.mark, b.code, b.label, b.second, b.hint, b.Editor.Object(), b.aside, b.sign, b.message}
	if cfg.Menu != nil {
		b.menu.tapped = func() { cfg.Menu(b.menu) }
		objects = append(objects, b.menu)
	} else {
		b.menu.Hide()
	}
	b.object = container.New(b.layout, objects...)
	return b
}

// Object is the whole block.
func (b *Block) Object() fyne.CanvasObject { return b.object }

// Button is what a menu is shown under.
func (b *Block) Button() fyne.CanvasObject { return b.menu }

// Face is what stands round the editor now.
func (b *Block) Face() Face { return b.face }

// Put shows what stands round the editor; nothing is drawn again that stays as it was.
func (b *Block) Put(face Face) {
	if b.face == face && b.label.text != "" {
		return
	}
	b.face = face
	label := face.Label
	if face.Needed {
		label += " *"
	}
	b.code.Set(face.Code, kit.ColorSoft)
	b.label.Set(label, kit.ColorInk)
	b.second.Set(face.Second, kit.ColorSoft)
	b.hint.Set(face.Hint, kit.ColorSoft)
	b.aside.Set(face.Aside, kit.ColorSoft)
	b.message.Set(face.Message, face.Level.Color())
	b.sign.Hidden = face.Message == ""
	if face.Message != "" {
		b.sign.SetResource(face.Level.Icon().In(face.Level.Color()))
	}
	b.object.Refresh()
}

// Height is how high the block has to be; it grows with a message of several lines.
func (b *Block) Height() float32 { return b.layout.arrange(false).Height }

// Mark shows whether the keyboard is in the block.
func (b *Block) Mark(on bool) {
	if on {
		b.mark.SetFill(kit.ColorTeal)
	} else {
		b.mark.SetFill("")
	}
}

// blockLayout places the parts of a block.
type blockLayout struct {
	block         *Block
	label, editor float32
	stacked       bool
}

// MinSize is the least size of a block.
func (l *blockLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.arrange(false) }

// Layout places everything.
func (l *blockLayout) Layout([]fyne.CanvasObject, fyne.Size) { l.arrange(true) }

// arrange works out where everything is, puts it there if it is to, and returns the size of it all.
func (l *blockLayout) arrange(put bool) fyne.Size {
	b, k := l.block, kit.Scale()
	at := func(o fyne.CanvasObject, x, y, width, height float32) {
		if put {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(width, height))
		}
	}
	left := (markWidth + codeWidth) * k
	y := kit.Gap8
	if l.stacked {
		y = kit.Gap4
	}
	at(b.code, markWidth+kit.Gap8, y+2, codeWidth*k-kit.Gap8, b.code.height())
	for _, p := range []*Prose{b.label, b.second, b.hint} {
		at(p, left, y, l.label*k, p.height())
		y += p.height()
	}
	x, top := left+(l.label+kit.Gap16)*k, float32(0)
	if l.stacked {
		x, top = left, y+kit.Gap4
	}
	bottom := y
	if l.editor > 0 {
		bottom = max(y, l.arrangeEditor(at, x, top))
	}
	height := max(bottom+kit.Gap4, y+kit.Gap12)
	if l.stacked {
		height = bottom + kit.Gap8
	}
	at(b.mark, 0, kit.Gap4, markWidth, height-2*kit.Gap4)
	width := x + (l.editor+menuWidth)*k + kit.Gap8
	at(b.menu, width-menuWidth*k, top, menuWidth*k, b.menu.MinSize().Height)
	return fyne.NewSize(width, height)
}

// arrangeEditor places the editor with the line of its message, and returns where that ends.
func (l *blockLayout) arrangeEditor(at func(o fyne.CanvasObject, x, y, width, height float32), x, y float32) float32 {
	b, k := l.block, kit.Scale()
	least := b.Editor.Object().MinSize()
	at(b.Editor.Object(), x, y, min(least.Width, l.editor*k), least.Height)
	y += least.Height + 1
	beside := b.aside.wide()
	at(b.aside, x+kit.Gap8, y, beside, b.aside.height())
	if beside > 0 {
		beside += kit.Gap16
	}
	sign := b.message.lineHeight()
	from := x + kit.Gap8 + beside
	at(b.sign, from, y, sign, sign)
	b.message.SetWidth(l.editor - (beside+sign+kit.Gap12)/k)
	at(b.message, from+sign+kit.Gap4, y, b.message.width*k, b.message.height())
	return y + max(b.message.height(), b.message.lineHeight())
}
