package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"coopatlas/app/kit"
	"coopatlas/app/page"
)

// commands are all that can be done now: those of the page first, then those of the frame.
func (f *Frame) commands() []page.Command {
	var out []page.Command
	if c, ok := f.current.(page.Commander); ok {
		out = append(out, c.Commands()...)
	}
	taken := map[string]bool{}
	for _, c := range out {
		taken[c.Key] = c.Key != ""
	}
	for _, c := range f.ownCommands() {
		if taken[c.Key] {
			c.Key = "" // the page's own meaning goes first
		}
		out = append(out, c)
	}
	return out
}

// ownCommands are those of the frame.
func (f *Frame) ownCommands() []page.Command {
	say := func(key string) string { return f.words.Say("app.command." + key) }
	out := []page.Command{
		{Label: say("workspaces"), Key: "Ctrl+O", Menu: page.File, Run: func() { f.Navigate(welcomeRoute) }},
		{Label: say("reload"), Key: "Ctrl+R", Menu: page.File, Run: f.Reload},
		{Label: say("quit"), Key: "Ctrl+Q", Menu: page.File, Run: f.Quit},
		{Label: say("search"), Key: "Ctrl+K", Menu: page.Go, Off: f.space == nil, Run: f.search.begin},
		{Label: say("back"), Key: "Alt+Left", Menu: page.Go, Off: !f.canMove(-1), Run: f.Back},
		{Label: say("forward"), Key: "Alt+Right", Menu: page.Go, Off: !f.canMove(1), Run: f.forward},
	}
	for i, entry := range f.railEntries() {
		out = append(out, page.Command{Label: f.words.Say("app.page." + entry.Name), Key: f.railKey(i + 1), Menu: page.Go,
			Off: f.space == nil && !entry.Bare, Run: func() { f.Navigate(entry.Name) }})
	}
	return append(out, f.viewCommands()...)
}

// viewCommands change how the window looks and what it speaks.
func (f *Frame) viewCommands() []page.Command {
	mode := func(m kit.Mode) func() {
		return func() {
			look := f.look
			look.Mode = m
			f.SetLook(look)
		}
	}
	text := func(by float32) func() {
		return func() {
			look := f.look
			if look.Text == 0 {
				look.Text = 1
			}
			look.Text = min(max(look.Text+by, 0.875), 1.25)
			f.SetLook(look)
		}
	}
	out := []page.Command{
		{Label: f.words.Say("app.command.light"), Menu: page.View, Off: f.look.Mode == kit.Light, Run: mode(kit.Light)},
		{Label: f.words.Say("app.command.dark"), Menu: page.View, Off: f.look.Mode == kit.Dark, Run: mode(kit.Dark)},
		{Label: f.words.Say("app.command.system"), Menu: page.View, Off: f.look.Mode == kit.System, Run: mode(kit.System)},
		{Label: f.words.Say("app.command.larger"), Key: "Ctrl+Up", Menu: page.View, Run: text(0.125)},
		{Label: f.words.Say("app.command.smaller"), Key: "Ctrl+Down", Menu: page.View, Run: text(-0.125)},
	}
	for _, code := range f.Languages() {
		out = append(out, page.Command{Label: f.words.Say("app.language." + code), Menu: page.View, Off: code == f.words.Language(),
			Run: func() { f.SetLanguage(code) }})
	}
	return append(out,
		page.Command{Label: f.words.Say("app.command.keys"), Menu: page.Help, Off: f.space == nil, Run: func() { f.Navigate("settings?part=keys") }},
		page.Command{Label: f.words.Say("app.command.about"), Menu: page.Help, Off: f.space == nil, Run: func() { f.Navigate("settings?part=about") }})
}

// Reload reads the page again.
func (f *Frame) Reload() {
	if f.current != nil {
		f.current.Reload()
	}
}

// menuOrder is the order of the menus in the bar.
var menuOrder = []struct {
	menu page.Menu
	key  string
}{
	{page.File, "file"}, {page.Edit, "edit"}, {page.Here, "here"}, {page.View, "view"}, {page.Go, "go"}, {page.Help, "help"},
}

// menu makes the main menu of all commands. Empty menus are left out.
func (f *Frame) menu() *fyne.MainMenu {
	all := f.commands()
	bar := &fyne.MainMenu{}
	for _, m := range menuOrder {
		title := f.words.Say("app.menu." + m.key)
		if m.menu == page.Here {
			title = f.words.Say("app.page." + f.entry.Name)
		}
		one := fyne.NewMenu(title)
		for _, c := range all {
			if c.Menu == m.menu {
				one.Items = append(one.Items, f.item(c))
			}
		}
		if len(one.Items) > 0 {
			bar.Items = append(bar.Items, one)
		}
	}
	return bar
}

// item is a command in the menu. A key runs the action of an item even where it is greyed, so that Off is asked again.
func (f *Frame) item(c page.Command) *fyne.MenuItem {
	item := fyne.NewMenuItem(c.Label, func() {
		if !c.Off && !f.dialogs.busy() {
			c.Run()
		}
	})
	item.Disabled, item.Shortcut = c.Off, shortcut(c.Key)
	if c.Key == "Ctrl+Q" {
		item.IsQuit = true
	}
	return item
}

// modifiers are the words before a plus. Ctrl is the system's own key for commands.
var modifiers = map[string]fyne.KeyModifier{
	"Ctrl": fyne.KeyModifierShortcutDefault, "Alt": fyne.KeyModifierAlt, "Shift": fyne.KeyModifierShift,
}

// keyNames are keys whose names in the toolkit are others than on keyboards.
var keyNames = map[string]fyne.KeyName{"Enter": fyne.KeyReturn, "Esc": fyne.KeyEscape, "PageUp": fyne.KeyPageUp, "PageDown": fyne.KeyPageDown}

// shortcut reads a key such as "Ctrl+Shift+N"; nil where there is none. Those that the toolkit keeps for itself come in
// its own types.
func shortcut(key string) fyne.Shortcut {
	switch key {
	case "":
		return nil
	case "Ctrl+Z":
		return &fyne.ShortcutUndo{}
	case "Ctrl+Y":
		return &fyne.ShortcutRedo{}
	}
	parts := strings.Split(key, "+")
	out := &desktop.CustomShortcut{KeyName: fyne.KeyName(parts[len(parts)-1])}
	if name, ok := keyNames[parts[len(parts)-1]]; ok {
		out.KeyName = name
	}
	for _, m := range parts[:len(parts)-1] {
		out.Modifier |= modifiers[m]
	}
	return out
}
