package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Step is one line of Steps.
type Step struct {
	Key    string
	Title  string
	Detail string // small, after the title: "2 left"
	State  State  // Good is done (a tick), Active is begun (half), Neutral not yet (a circle), Warn and Bad want a look
	Indent int
}

// Steps is a list of parts to go through, with how far each is. One is the present one.
type Steps struct {
	widget.BaseWidget
	// OnChoose is called when the person chooses a step.
	OnChoose func(key string)

	box     *fyne.Container
	present string
	lines   map[string]*stepLine
}

// NewSteps makes an empty list.
func NewSteps(onChoose func(key string)) *Steps {
	s := &Steps{OnChoose: onChoose, box: Column(0), lines: map[string]*stepLine{}}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows the steps; lines that stay are kept.
func (s *Steps) Set(steps []Step) {
	lines := make(map[string]*stepLine, len(steps))
	objects := make([]fyne.CanvasObject, len(steps))
	for i, step := range steps {
		line := s.lines[step.Key]
		if line == nil {
			line = newStepLine(s, step.Key)
		}
		line.set(step)
		lines[step.Key], objects[i] = line, line
	}
	s.lines, s.box.Objects = lines, objects
	s.SetPresent(s.present)
	s.box.Refresh()
}

// SetPresent marks the step that is shown.
func (s *Steps) SetPresent(key string) {
	s.present = key
	for k, line := range s.lines {
		line.mark(k == key)
	}
}

// Present is the step that is marked.
func (s *Steps) Present() string { return s.present }

// CreateRenderer is Fyne's.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.box) }

// stepLine is one step; it can be clicked.
type stepLine struct {
	widget.BaseWidget
	steps  *Steps
	key    string
	back   *Shape
	icon   *widget.Icon
	title  *widget.Label
	detail *widget.Label
	indent *Shape
	at     Step
}

func newStepLine(s *Steps, key string) *stepLine {
	l := &stepLine{steps: s, key: key, back: NewShape("", "", Corner), icon: widget.NewIcon(nil), title: Line(""), detail: Caption(""), indent: NewShape("", "", 0)}
	l.ExtendBaseWidget(l)
	return l
}

func (l *stepLine) set(step Step) {
	if l.at == step && l.title.Text != "" {
		return
	}
	l.at = step
	l.indent.SetLeast(fyne.NewSize(float32(step.Indent)*Gap16, 1))
	l.icon.Hidden = step.State == Plainly
	if !l.icon.Hidden {
		l.icon.SetResource(step.State.Icon().In(step.State.Color()))
	}
	l.title.SetText(step.Title)
	l.detail.SetText(step.Detail)
}

func (l *stepLine) mark(present bool) {
	if present {
		l.back.SetFill(ColorTint)
	} else {
		l.back.SetFill("")
	}
	if l.title.TextStyle.Bold != present {
		l.title.TextStyle.Bold = present
		l.title.Refresh()
	}
}

// Tapped is Fyne's.
func (l *stepLine) Tapped(*fyne.PointEvent) {
	if l.steps.OnChoose != nil {
		l.steps.OnChoose(l.key)
	}
}

// CreateRenderer is Fyne's.
func (l *stepLine) CreateRenderer() fyne.WidgetRenderer {
	left := Row(Gap4, l.indent, container.NewCenter(l.icon))
	return widget.NewSimpleRenderer(container.NewStack(l.back,
		container.NewBorder(nil, nil, container.NewPadded(left), l.detail, l.title)))
}
