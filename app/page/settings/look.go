package settings

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
)

// look sets language, light and dark, size of text and density.
func (p *Page) look() fyne.CanvasObject {
	house := p.s.House()
	now := house.Look()
	change := func(how func(*kit.Look)) {
		look := house.Look()
		how(&look)
		house.SetLook(look)
	}
	var languages []kit.Option
	for _, code := range house.Languages() {
		languages = append(languages, kit.Option{Value: code, Label: p.s.Words().Say("app.language." + code)})
	}
	modes := []kit.Option{{Value: string(kit.System), Label: p.say("mode_system")}, {Value: string(kit.Light), Label: p.say("mode_light")}, {Value: string(kit.Dark), Label: p.say("mode_dark")}}
	densities := []kit.Option{{Value: string(kit.Comfortable), Label: p.say("comfortable")}, {Value: string(kit.Compact), Label: p.say("compact")}}
	text := now.Text
	if text == 0 {
		text = 1
	}
	return group(p.say("part.look"),
		row{p.say("language"), p.say("language_hint"), left(kit.NewSelect(languages, p.s.Words().Language(), house.SetLanguage))},
		row{p.say("mode"), "", left(kit.NewSelect(modes, string(now.Mode), func(v string) { change(func(l *kit.Look) { l.Mode = kit.Mode(v) }) }))},
		row{p.say("text"), p.say("text_hint"), left(kit.NewSelect(p.sizes(), strconv.FormatFloat(float64(text), 'g', -1, 32), func(v string) {
			size, err := strconv.ParseFloat(v, 32)
			if err == nil {
				change(func(l *kit.Look) { l.Text = float32(size) })
			}
		}))},
		row{p.say("density"), "", left(kit.NewSelect(densities, string(now.Density), func(v string) { change(func(l *kit.Look) { l.Density = kit.Density(v) }) }))})
}

// sizes are the sizes of text to choose from.
func (p *Page) sizes() []kit.Option {
	var out []kit.Option
	for _, percent := range []float64{87.5, 100, 112.5, 125} {
		out = append(out, kit.Option{Value: strconv.FormatFloat(percent/100, 'g', -1, 32), Label: p.s.Words().Percent(percent, 0)})
	}
	return out
}

func left(o fyne.CanvasObject) fyne.CanvasObject { return container.NewHBox(o) }
