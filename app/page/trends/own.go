package trends

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// settle takes over what is known of the indicator once the workspace has been read: the definition of one that it
// declares, or that there is none of that code.
func (p *Page) settle(a answer) {
	if !p.at.own || !a.at.read() {
		return
	}
	before := p.Route()
	if p.at = a.at; p.Route() != before {
		p.s.Replace(p.Route())
	}
}

// ownOptions are the indicators that the workspace declares, by code and name. One whose definition is wrong can be chosen
// too: then the page says what is wrong.
func (p *Page) ownOptions() []kit.Option {
	var out []kit.Option
	seen := map[string]bool{}
	group := p.say("own.group")
	for _, o := range p.answer.declared {
		if o.Code == "" || seen[strings.ToLower(o.Code)] {
			continue // without a code it cannot be asked for; of two with one code the first one says so
		}
		seen[strings.ToLower(o.Code)] = true
		label := o.Code
		if name := named(o.Name, p.s.Words()); name != "" {
			label += " · " + name
		}
		out = append(out, kit.Option{Value: o.Code, Label: label, Group: group})
	}
	if p.at.own && !seen[strings.ToLower(p.at.indicator.Code)] {
		out = append(out, kit.Option{Value: p.at.indicator.Code, Label: p.at.indicator.Code, Group: group}) // not read yet
	}
	return out
}

// ownMenu shows what can be done about indicators of the workspace's own, under a button.
func (p *Page) ownMenu(under fyne.CanvasObject) {
	open := fyne.NewMenuItem(p.say("own.open"), p.openDefinition)
	open.Disabled = !p.at.own
	menu := widget.NewPopUpMenu(fyne.NewMenu("", fyne.NewMenuItem(p.say("own.declare"), p.declare), open), p.s.Canvas())
	menu.ShowAtRelativePosition(fyne.NewPos(0, under.Size().Height), under)
}

// declare leads to a new indicator of the workspace's own.
func (p *Page) declare() {
	p.s.Navigate(page.MakeRoute("interviews/new/fill", "kind", "indicator"))
}

// openDefinition leads to the definition of the indicator that is chosen.
func (p *Page) openDefinition() {
	for _, o := range p.answer.declared {
		if strings.EqualFold(o.Code, p.at.indicator.Code) {
			p.openRecord(o.Record)
			return
		}
	}
}

func (p *Page) openRecord(id record.ID) { p.s.Navigate("directory/" + id.String()) }

// wrong says what is wrong with the definition of an indicator, and leads to it.
func (p *Page) wrong(a answer) fyne.CanvasObject {
	var at workspace.OwnIndicator
	for _, o := range a.declared {
		if strings.EqualFold(o.Code, a.at.indicator.Code) {
			at = o
			break
		}
	}
	reason := strings.TrimPrefix(a.problem.Error(), workspace.ErrIndicator.Error()+": ")
	sentence := p.say("own.wrong", map[string]any{"Code": a.at.indicator.Code, "Reason": reason})
	return kit.NewEmpty(kit.IconProblem, sentence, p.say("own.open"), func() { p.openRecord(at.Record) })
}
