package settings

import (
	"io/fs"
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/assets"
)

// keys is the map of the keyboard: every command with its key, by menu.
func (p *Page) keys() fyne.CanvasObject {
	out := kit.Column(kit.Gap12)
	all := p.s.House().Keys()
	for _, menu := range []struct {
		menu page.Menu
		name string
	}{{page.Go, "go"}, {page.Here, "here"}, {page.Edit, "edit"}, {page.File, "file"}, {page.View, "view"}, {page.Help, "help"}} {
		grid := container.New(layout.NewFormLayout())
		for _, c := range all {
			if c.Menu == menu.menu {
				grid.Add(keycap(p.keyName(c.Key)))
				grid.Add(kit.Line(c.Label))
			}
		}
		if len(grid.Objects) > 0 {
			out.Add(kit.Card(p.s.Words().Say("app.menu."+menu.name), grid))
		}
	}
	out.Add(p.fieldKeys())
	return out
}

// keyName writes a key in the person's language.
func (p *Page) keyName(key string) string {
	parts := strings.Split(key, "+")
	for i, part := range parts {
		if name := "settings.key." + strings.ToLower(part); p.s.Words().Has(name) {
			parts[i] = p.s.Words().Say(name)
		}
	}
	return strings.Join(parts, " + ")
}

// fieldKeys are those that hold in fields and lists.
func (p *Page) fieldKeys() fyne.CanvasObject {
	grid := container.New(layout.NewFormLayout())
	for _, one := range [][2]string{{"Tab", "tab"}, {"Enter", "enter"}, {"Esc", "esc"}, {"Up+Down", "arrows"}} {
		grid.Add(keycap(p.keyName(one[0])))
		grid.Add(kit.Line(p.say("press." + one[1])))
	}
	return kit.Card(p.say("press.title"), grid)
}

// keycap draws a key.
func keycap(name string) fyne.CanvasObject {
	text := kit.Plain(name)
	text.TextStyle.Bold = true
	return container.NewHBox(container.NewStack(kit.NewShape(kit.ColorPaper, kit.ColorLine, 4), text))
}

// about says which program this is, and shows the licences of what it holds of others.
func (p *Page) about() fyne.CanvasObject {
	head := kit.Card("Coopatlas", kit.Body(p.say("about_text")), kit.Body(p.say("version", "Version", p.s.House().Version())))
	all := licences()
	if len(all) == 0 {
		return kit.Column(kit.Gap12, head, kit.Card(p.say("licences"), kit.Body(p.say("no_licences"))))
	}
	shown := kit.Hint("")
	shown.Selectable = true
	read := func(file string) {
		data, err := fs.ReadFile(assets.FS(), file)
		if err != nil {
			p.s.Fail(err)
			return
		}
		shown.SetText(string(data))
	}
	var options []kit.Option
	for _, file := range all {
		options = append(options, kit.Option{Value: file, Label: licenceName(file)})
	}
	choose := kit.NewSelect(options, all[0], read)
	choose.SetWidth(340)
	read(all[0])
	return kit.Column(kit.Gap12, head, kit.Card(p.say("licences"), kit.Body(p.say("licences_text")), container.NewPadded(container.NewHBox(choose)), shown))
}

// licenceFolder is where the build puts the licences of what it installs.
const licenceFolder = "vendor/licences"

// licences lists the files with licences.
func licences() []string {
	var out []string
	_ = fs.WalkDir(assets.FS(), licenceFolder, func(file string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "README.md" {
			out = append(out, file)
		}
		return nil // a folder that is not there holds no licences
	})
	return out
}

// licenceName is the part that a licence is of, and the file where it has several.
func licenceName(file string) string {
	name := strings.TrimPrefix(file, licenceFolder+"/")
	return path.Dir(name) + " · " + path.Base(name)
}
