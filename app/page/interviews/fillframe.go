package interviews

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// sectionsWidth is that of the list of sections, at the normal text size.
const sectionsWidth float32 = 228

// fillFrame is what stands round the questions: sections at the left, a line below with what is left.
type fillFrame struct {
	filling *filling
	object  *fyne.Container
	steps   *kit.Steps
	side    *container.Scroll // of the steps
	heading *widget.Label
	hint    *widget.Label
	top     *fyne.Container
	main    *fyne.Container
	bar     *kit.Bar
	left    *widget.Label
	problem *widget.Button
	foot    *fyne.Container // the bar, what is left, and the problems
	back    *widget.Button
	next    *widget.Button
}

// endKey is the key of the last line of the sections.
const endKey = "*"

func newFillFrame(f *filling) *fillFrame {
	say := f.services.Words().Say
	t := &fillFrame{filling: f, heading: kit.Section(""), main: container.NewStack(), bar: kit.NewBar(), left: kit.Soft(""), hint: kit.Caption("")}
	t.heading.Wrapping, t.heading.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	t.steps = kit.NewSteps(f.goTo)
	t.problem = kit.IconButton(kit.IconProblem, "", f.nextProblem)
	t.problem.Icon = kit.IconProblem.In(kit.ColorBad)
	t.back = kit.IconButton(kit.IconBack, say("interviews.fill.previous"), func() { f.turn(-1) })
	t.next = kit.IconButton(kit.IconNext, say("interviews.fill.next"), func() { f.turn(1) })
	t.next.IconPlacement = widget.ButtonIconTrailingText
	t.bar.SetLeast(fyne.NewSize(180*kit.Scale(), 8))
	t.foot = kit.Row(kit.Gap8, container.NewCenter(t.bar), t.left, t.problem)
	below := container.NewBorder(nil, nil, t.foot, kit.Row(kit.Gap8, t.back, t.next), nil)
	t.side = container.NewVScroll(t.steps)
	side := kit.Fixed(sectionsWidth, t.side)
	t.top = container.NewBorder(nil, nil, nil, container.NewCenter(t.hint), t.heading)
	sheet := kit.Sheet(container.NewBorder(kit.Column(0, t.top, kit.Rule()), nil, nil, nil, kit.Pad(kit.Gap4, t.main)))
	t.object = container.NewBorder(nil, kit.Column(kit.Gap4, kit.NewShape("", "", 0), below), side, nil, container.NewBorder(nil, nil, kit.NewShape("", "", 0), nil, sheet))
	return t
}

// head shows the title of what is shown, and the keys at its right.
func (t *fillFrame) head(title, hint string) {
	t.heading.SetText(title)
	if t.hint.Text != hint {
		t.hint.SetText(hint)
		t.top.Refresh()
	}
}

// room is how wide the blocks of questions are, at the normal text size, and whether their labels stand over the
// editors.
func (t *fillFrame) room() (width float32, stacked bool) {
	k := kit.Scale()
	total := t.filling.services.Canvas().Size().Width
	if own := t.filling.content.Size().Width; own > sectionsWidth {
		total = own
	} else {
		total -= kit.RailWidth*k + 2*kit.Gap16
	}
	width = (total-3*kit.Gap16)/k - sectionsWidth - kit.Gap24
	return min(max(width, 420), 1060), width < 760
}

// update shows how far everything is.
func (t *fillFrame) update(problems map[record.Path][]interview.Problem) {
	f, w := t.filling, t.filling.services.Words()
	steps := make([]kit.Step, 0, len(f.sections)+1)
	all, here, wrong := standing{}, standing{}, 0
	for i, s := range f.sections {
		now := standingOf(f.session.Interview(), s, problems)
		steps = append(steps, t.step(s, now))
		all.asked, all.answered, all.left = all.asked+now.asked, all.answered+now.answered, all.left+now.left
		wrong += now.hard + now.soft
		if i == f.present {
			here = now
		}
	}
	last := kit.Step{Key: endKey, Title: t.endTitle(), State: kit.Neutral}
	if all.left == 0 && wrong == 0 {
		last.State = kit.Good
	}
	t.steps.Set(append(steps, last))
	if f.present < len(f.sections) {
		t.steps.SetPresent(f.sections[f.present].key)
		t.left.SetText(w.Say("interviews.fill.left", "Here", here.left, "All", all.left))
	} else {
		t.steps.SetPresent(endKey)
		t.left.SetText(w.Say("interviews.fill.left_all", all.left))
	}
	t.reveal(f.present, len(steps)+1)
	t.bar.Set(kit.Part{Share: float64(all.answered) / float64(max(all.asked, 1)), Color: kit.ColorTeal})
	shown := t.problem.Visible()
	t.problem.Hidden = wrong == 0
	if wrong > 0 {
		t.problem.SetText(w.Say("interviews.fill.problems", wrong))
	}
	if shown != t.problem.Visible() {
		t.foot.Refresh()
	}
	disable(t.back, f.present == 0)
	disable(t.next, f.present == len(f.sections))
}

// reveal scrolls the sections so that one of them is in sight; all are of one height.
func (t *fillFrame) reveal(i, of int) {
	line, view, offset := t.steps.MinSize().Height/float32(of), t.side.Size().Height, t.side.Offset.Y
	top := float32(i) * line
	switch {
	case view <= 0 || top >= offset && top+line <= offset+view:
		return
	case top < offset:
		offset = top
	default:
		offset = top + line - view
	}
	t.side.ScrollToOffset(fyne.NewPos(0, offset))
}

func (t *fillFrame) endTitle() string {
	if t.filling.previews() {
		return t.filling.services.Words().Say("interviews.preview.end")
	}
	if t.filling.session.Submits() {
		return t.filling.services.Words().Say("interviews.fill.submit")
	}
	return t.filling.services.Words().Say("interviews.fill.save")
}

// step is a section in the list at the left.
func (t *fillFrame) step(s section, now standing) kit.Step {
	out := kit.Step{Key: s.key, Title: s.title, State: kit.Neutral}
	switch {
	case now.hard > 0:
		out.State = kit.Bad
	case now.soft > 0:
		out.State = kit.Warn
	case now.answered > 0 && now.left == 0:
		out.State = kit.Good
	case now.answered > 0:
		out.State = kit.Active
	}
	if now.left > 0 {
		out.Detail = strconv.Itoa(now.left)
	}
	return out
}

func disable(b *widget.Button, off bool) {
	switch {
	case off && !b.Disabled():
		b.Disable()
	case !off && b.Disabled():
		b.Enable()
	}
}
