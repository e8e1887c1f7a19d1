package interviews

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/question"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// pane is one section as it is shown: blocks and grids from top to bottom, with their editors.
type pane struct {
	filling *filling
	section section
	room    float32
	stacked bool
	column  *fyne.Container
	float   *floating
	scroll  *container.Scroll
	blocks  map[record.Path]*question.Block
	cells   map[record.Path]question.Editor
	grids   map[record.Path]*grid
	order   []stop
}

// stop is a place where the keyboard can be.
type stop struct {
	path   record.Path
	editor question.Editor // nil for the line under a grid
	repeat record.Path     // the grid it lies in, or whose last line it is; "" for none
	row    int             // in the grid
	column int
}

// newPane shows a section; blocks of an earlier pane of the same section are kept, so that the keyboard stays where it
// is.
func newPane(f *filling, s section, before *pane) *pane {
	p := &pane{filling: f, section: s, column: kit.Column(0), blocks: map[record.Path]*question.Block{},
		cells: map[record.Path]question.Editor{}, grids: map[record.Path]*grid{}}
	p.room, p.stacked = f.frame.room()
	if before != nil && (before.section.key != s.key || before.room != p.room || before.stacked != p.stacked) {
		before = nil
	}
	if before != nil {
		p.float, p.scroll, p.column = before.float, before.scroll, before.column
	} else {
		p.float = newFloating(p.column)
		p.scroll = container.NewVScroll(p.float.object)
		p.float.scroll = p.scroll
	}
	p.build(before)
	return p
}

// build makes the blocks and grids of the section's steps.
func (p *pane) build(before *pane) {
	top := kit.NewShape("", "", 0)
	top.SetLeast(fyne.NewSize(1, kit.Gap4))
	p.column.Objects = []fyne.CanvasObject{top}
	problems := p.filling.problems()
	for i := 0; i < len(p.section.steps); i++ {
		step := p.section.steps[i]
		if repeat := repeatAt(step); repeat != "" {
			from := i
			for i+1 < len(p.section.steps) && repeatAt(p.section.steps[i+1]) == repeat {
				i++
			}
			p.addGrid(repeat, p.section.steps[from:i+1], before)
			continue
		}
		p.addBlock(step, before)
	}
	p.put(problems)
	p.column.Refresh()
	p.float.object.Refresh()
}

// repeatAt is the repeat that a step belongs to, or "".
func repeatAt(step interview.Step) record.Path {
	if step.Kind == interview.StepRepeat {
		return step.Path
	}
	return repeatOf(step.Path)
}

func (p *pane) addBlock(step interview.Step, before *pane) {
	var b *question.Block
	if before != nil && sameStep(before.section, step) {
		b = before.blocks[step.Path]
	}
	if b == nil {
		cfg := question.BlockConfig{Editor: p.filling.config(step), Room: p.room, Stacked: p.stacked}
		if step.Question.Stored() && !step.ReadOnly {
			cfg.Menu = func(under fyne.CanvasObject) { p.filling.menu(step.Path, under) }
		}
		b = question.NewBlock(cfg)
		b.Present(p.filling.writer.state(step))
	}
	p.blocks[step.Path] = b
	p.column.Add(b.Object())
	if step.Question.Stored() && !step.ReadOnly {
		p.order = append(p.order, stop{path: step.Path, editor: b.Editor})
	}
}

// sameStep tells whether a section had a step that may be changed as now.
func sameStep(s section, step interview.Step) bool {
	return slices.ContainsFunc(s.steps, func(old interview.Step) bool { return old.Path == step.Path && old.ReadOnly == step.ReadOnly })
}

// put shows faces anew; nothing is drawn again that stays as it was.
func (p *pane) put(problems map[record.Path][]interview.Problem) {
	f, grown := p.filling, false
	for _, step := range p.section.steps {
		if b := p.blocks[step.Path]; b != nil {
			b.Put(f.writer.face(step, problems[step.Path], f.refused[step.Path], f.checked, f.earlier))
			if size := b.Object().Size(); size.Height > 0 && size.Height != b.Height() {
				grown = true
			}
		}
	}
	if grown {
		p.column.Refresh()
		p.float.object.Refresh()
	}
	for _, g := range p.grids {
		g.put(problems)
	}
}

// show shows answers anew.
func (p *pane) show(paths map[record.Path]bool) {
	for _, step := range p.section.steps {
		q := step.Question
		if q == nil || !paths[step.Path] && q.ChoiceFilter == nil && q.ItemsFrom == nil && !q.Money() {
			continue
		}
		if b := p.blocks[step.Path]; b != nil {
			b.Present(p.filling.writer.state(step))
		} else if cell := p.cells[step.Path]; cell != nil {
			cell.Present(p.filling.writer.state(step))
		}
	}
}

// index is the place of a path among the stops, or -1.
func (p *pane) index(path record.Path) int {
	return slices.IndexFunc(p.order, func(s stop) bool { return s.path == path })
}

// focus gives the keyboard to a question, else to the first that stands at or after it.
func (p *pane) focus(path record.Path) {
	canvas := p.filling.services.Canvas()
	i := p.index(path)
	if i < 0 && path != "" {
		i = p.after(path)
	}
	if len(p.order) == 0 {
		canvas.Unfocus()
		return
	}
	p.order[max(i, 0)].focus(p, canvas)
}

func (s stop) focus(p *pane, canvas fyne.Canvas) {
	if s.editor == nil {
		p.grids[s.repeat].table.Focus(canvas)
		return
	}
	s.editor.Focus(canvas)
}

// after is the stop that stands first after a path that is no stop itself, such as a row.
func (p *pane) after(path record.Path) int {
	for i, s := range p.order {
		if s.path.Within(path) {
			return i
		}
	}
	step, ok := p.filling.session.Interview().Next(path)
	if !ok {
		return len(p.order) - 1
	}
	return p.index(step.Path)
}

// commit hands over what is typed in a question.
func (p *pane) commit(path record.Path) error {
	if i := p.index(path); i >= 0 && p.order[i].editor != nil {
		return p.order[i].editor.Commit()
	}
	return nil
}

// beside is the stop that lies in a direction from another, or -1 where the section ends.
func (p *pane) beside(i int, to question.Direction) int {
	at := p.order[i]
	if at.repeat != "" && at.editor != nil && (to == question.Above || to == question.Below) {
		if j := p.upright(at, to); j >= 0 {
			return j
		}
	}
	switch to {
	case question.Next, question.Below:
		if i+1 == len(p.order) {
			return -1
		}
		return i + 1
	}
	return i - 1
}

// upright is the cell over or under another in its grid; under the last row is the line that adds one.
func (p *pane) upright(at stop, to question.Direction) int {
	by := 1
	if to == question.Above {
		by = -1
	}
	for row := at.row + by; row >= 0; row += by {
		found := slices.IndexFunc(p.order, func(s stop) bool {
			return s.repeat == at.repeat && s.editor != nil && s.row == row && s.column == at.column
		})
		if found >= 0 {
			return found
		}
		if !slices.ContainsFunc(p.order, func(s stop) bool { return s.repeat == at.repeat && s.editor != nil && s.row == row }) {
			break
		}
	}
	if by < 0 {
		return slices.IndexFunc(p.order, func(s stop) bool { return s.repeat == at.repeat }) - 1
	}
	return slices.IndexFunc(p.order, func(s stop) bool { return s.repeat == at.repeat && s.editor == nil })
}

// mark shows which question has the keyboard, and scrolls it into sight.
func (p *pane) mark(path record.Path) {
	for at, b := range p.blocks {
		b.Mark(at == path)
	}
	object := fyne.CanvasObject(nil)
	if b := p.blocks[path]; b != nil {
		object = b.Object()
	} else if i := p.index(path); i >= 0 && p.order[i].repeat != "" {
		p.reveal(p.grids[p.order[i].repeat].place(p.order[i]))
		return
	}
	if object != nil {
		p.reveal(object.Position().Y, object.Size().Height)
	}
}

// reveal scrolls so that a part of the column is in sight.
func (p *pane) reveal(top, height float32) {
	view, offset := p.scroll.Size().Height, p.scroll.Offset.Y
	if view <= 0 {
		return
	}
	margin := kit.Gap24
	switch {
	case top-margin < offset, height+2*margin > view:
		offset = max(top-margin, 0)
	case top+height+margin > offset+view:
		offset = top + height + margin - view
	default:
		return
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, offset))
}
