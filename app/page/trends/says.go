package trends

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/trend"
)

// mostReasons is how many changes that may not be said are named one by one.
const mostReasons = 12

// line is one sentence of "what this says".
type line struct {
	state kit.State
	text  string
}

// saidLines are the sentences as they are shown.
func (p *Page) saidLines() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, l := range p.said() {
		mark := fyne.CanvasObject(kit.Plain("•"))
		if l.state != kit.Neutral {
			icon := container.NewGridWrap(fyne.NewSquareSize(18), widget.NewIcon(l.state.Icon().In(l.state.Color())))
			mark = container.New(layout.NewCustomPaddedLayout(kit.Gap8, 0, 0, 0), icon)
		}
		out = append(out, container.NewBorder(nil, nil, kit.Fixed(kit.Gap24, container.NewVBox(mark)), nil, kit.Body(l.text)))
	}
	return out
}

// said is what the figures say and what may not be said: basis, n and coverage, the findings, the changes that are no
// finding with the reason of each, and what the figure must not be taken for.
func (p *Page) said() []line {
	out := []line{{kit.Neutral, p.basisInWords()}}
	if left := trend.LeftOut(p.answer.labels, p.answer.result.Estimated); left != "" {
		out = append(out, line{kit.Warn, left})
	}
	if not := p.notEstimated(); not != "" {
		out = append(out, line{kit.Neutral, not})
	}
	if p.answer.result.Pairs == indicator.Any {
		out = append(out, line{kit.Warn, p.say("says.any")})
	}
	if p.at.by == "" {
		out = append(out, line{kit.Neutral, p.restsOn()})
	}
	out = append(out, p.findings()...)
	if not := p.notSaid(); not != "" {
		out = append(out, line{kit.Warn, not})
	}
	say := p.s.Words()
	for _, l := range []line{{kit.Accent, named(p.at.indicator.Pitfall, say)}, {kit.Neutral, named(p.at.indicator.Missing, say)}} {
		if l.text != "" { // one that a workspace declares may leave it out
			out = append(out, l)
		}
	}
	for _, note := range p.answer.result.Notes {
		if key := "bulletin.quality." + string(note.Key); note.Count > 0 && say.Has(key) {
			text := strings.ReplaceAll(say.Say("bulletin.quality."+string(note.Key), words.Args{"Count": note.Count, "Of": note.Of}), "**", "")
			out = append(out, line{kit.Neutral, text})
		}
	}
	return out
}

// basisInWords says in a sentence which cooperatives a change rests on.
func (p *Page) basisInWords() string {
	switch {
	case !p.at.indicator.OfCooperatives():
		return p.s.Words().Say("counted.says")
	case !p.at.indicator.HasMatched():
		return p.say("says.basis.count")
	}
	if p.answer.result.Estimated != nil {
		return p.say("says.basis.estimated")
	}
	switch p.answer.result.Basis {
	case indicator.Demographic:
		return p.say("says.basis.demographic")
	case indicator.All:
		return p.say("says.basis.all")
	}
	return p.say("says.basis.matched")
}

// notEstimated says why there is no choice of an estimated total; nothing where there is one.
func (p *Page) notEstimated() string {
	switch {
	case !p.answer.framed && p.at.indicator.Estimable():
		return p.say("totals.no_frame")
	case p.answer.framed && !p.at.indicator.Estimable() && p.at.indicator.HasMatched() && p.at.indicator.OfCooperatives():
		return p.say("totals.no_total")
	}
	return ""
}

// restsOn says of the newest year how many cooperatives have a figure, and how much of the population that is.
func (p *Page) restsOn() string {
	last := p.answer.result.Points[len(p.answer.result.Points)-1]
	args := words.Args{"Count": last.N, "Year": year(last.Year)}
	if !p.at.indicator.OfCooperatives() {
		return p.s.Words().Say("counted.rests", words.Args{"What": p.counted(last.N), "Year": year(last.Year)})
	}
	if last.Coverage == nil {
		return p.say("says.rests_unknown", args)
	}
	args["Coverage"] = p.s.Words().Percent(*last.Coverage, 1)
	return p.say("says.rests", args)
}

// counted is a number of what the indicator is of: "3 countries".
func (p *Page) counted(n int) string {
	return p.s.Words().Say("counted.noun."+p.at.indicator.Noun(), words.Args{"Count": n})
}

// findings are the newest headline of each cell, at most six.
func (p *Page) findings() []line {
	newest := map[string]indicator.Point{}
	var order []string
	for _, point := range p.answer.result.Points {
		cell := strings.Join(point.Keys[1:], "\x00")
		if _, known := newest[cell]; !known {
			order = append(order, cell)
		}
		if c := point.Change; c != nil && c.Known && c.Headline || newest[cell].Change == nil {
			newest[cell] = point
		}
	}
	var out []line
	for _, cell := range order {
		point := newest[cell]
		if c := point.Change; c != nil && c.Known && c.Headline && len(out) < 6 {
			out = append(out, line{kit.Good, p.finding(point, c)})
		}
	}
	return out
}

func (p *Page) finding(point indicator.Point, c *indicator.Change) string {
	name := named(p.answer.result.Name, p.s.Words())
	if cell := p.cell(point.Keys); cell != "" {
		name = cell
	}
	args := words.Args{"Name": name, "Change": p.change(c), "From": year(c.From), "To": year(c.To), "Count": c.N, "Share": p.s.Words().Percent(c.Share, 1),
		"Beside": p.besides(point)}
	return p.say("says.finding", args)
}

// besides says what the change is with births and deaths, which always stands beside a matched one: survivors flatter.
func (p *Page) besides(point indicator.Point) string {
	switch c := point.Demographic; {
	case p.answer.result.Basis != indicator.Matched || c == nil:
		return ""
	case c.Known && c.Headline:
		return p.s.Words().Say("bulletin.demographic", words.Args{"Change": p.change(c)})
	}
	return p.s.Words().Say("bulletin.no_demographic")
}

// notSaid names the changes that are no finding, each with its reason.
func (p *Page) notSaid() string {
	say := p.s.Words()
	var names []string
	more := 0
	for _, point := range p.answer.result.Points {
		c := point.Change
		if c == nil || c.Headline {
			continue
		}
		if len(names) == mostReasons {
			more++
			continue
		}
		name := say.Years(c.From, c.To)
		if cell := p.cell(point.Keys); cell != "" {
			name = cell + " " + name
		}
		names = append(names, p.say("says.not_one", words.Args{"Name": name, "Reason": trend.Reason(say, c)}))
	}
	if len(names) == 0 {
		return ""
	}
	text := p.say("says.not", words.Args{"Reasons": strings.Join(names, say.Say("number.semicolon"))})
	if more > 0 {
		text += " " + p.say("says.not_more", words.Args{"Count": more})
	}
	return text
}

// cell is what people call a cell of the breakdown; "" where there is none.
func (p *Page) cell(keys []string) string {
	var names []string
	for i, value := range keys[1:] {
		names = append(names, p.class(filter{p.answer.result.By[i+1], value}))
	}
	return strings.Join(names, ", ")
}

// change writes a change in percent or in points.
func (p *Page) change(c *indicator.Change) string {
	if c.Points {
		return p.s.Words().Points(c.Pct, 1)
	}
	return p.s.Words().Change(c.Pct, 1)
}
