package settings

import (
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // logos may be either
	_ "image/png"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/workspace"
)

// logoMost is how large a logo may be, in bytes: it is printed on every brief.
const logoMost = 2 << 20

// workspace sets its name and language, and says where it lies and who signs.
func (p *Page) workspace() fyne.CanvasObject {
	space := p.s.Workspace()
	if space == nil {
		return kit.Body(p.say("no_workspace"))
	}
	var languages []kit.Option
	for _, code := range p.s.House().Languages() {
		languages = append(languages, kit.Option{Value: code, Label: p.s.Words().Say("app.language." + code)})
	}
	folder := kit.Line(space.Dir)
	folder.Selectable = true
	openFolder := kit.Button(p.say("open_folder"), func() { p.s.Show(space.Dir) })
	identity := kit.Line(space.Identity.Name)
	path, err := workspace.IdentityPath()
	if err != nil {
		path = err.Error()
	}
	return group(p.say("part.workspace"),
		row{p.say("name"), p.say("name_hint"), p.field("settings.name", func(s *workspace.Settings) *string { return &s.Name })},
		row{p.say("questions"), "", left(kit.NewSelect(languages, p.space.Language, func(code string) {
			p.change(func(s *workspace.Settings) { s.Language = code })
		}))},
		row{p.say("folder"), p.say("folder_hint"), container.NewBorder(nil, nil, nil, openFolder, folder)},
		row{p.say("identity"), p.say("identity_hint", "File", path), identity})
}

// letterhead sets what the first page of a brief says of its publisher.
func (p *Page) letterhead() fyne.CanvasObject {
	if p.s.Workspace() == nil {
		return kit.Body(p.say("no_workspace"))
	}
	logo := kit.Soft(p.say("no_logo"))
	if p.space.Letterhead.Logo != "" {
		logo = kit.Soft(p.say("has_logo"))
	}
	choose := kit.Button(p.say("choose_logo"), func() {
		p.s.Chooser().OpenFile(page.Filter{Title: p.say("choose_logo"), Endings: []string{".png", ".jpg", ".jpeg"}}, p.setLogo)
	})
	remove := kit.Button(p.say("remove_logo"), p.removeLogo)
	if p.space.Letterhead.Logo == "" {
		remove.Disable()
	}
	return group(p.say("part.letterhead"),
		row{p.say("publisher"), "", p.field("settings.publisher", func(s *workspace.Settings) *string { return &s.Letterhead.Name })},
		row{p.say("contact"), p.say("contact_hint"), p.field("settings.contact", func(s *workspace.Settings) *string { return &s.Letterhead.Contact })},
		row{p.say("register"), p.say("register_hint"), p.field("settings.register", func(s *workspace.Settings) *string { return &s.Letterhead.Register })},
		row{p.say("funder"), p.say("funder_hint"), p.field("settings.funder", func(s *workspace.Settings) *string { return &s.Letterhead.Funder })},
		row{p.say("logo"), p.say("logo_hint"), container.NewHBox(logo, choose, remove)})
}

// field edits one text of the settings; it is written as the field is left, and at Enter.
func (p *Page) field(id string, of func(*workspace.Settings) *string) *kit.Entry {
	e := kit.NewEntry("")
	e.ID = id
	e.SetText(*of(&p.space))
	write := func() {
		if text := e.Text; text != *of(&p.space) {
			p.change(func(s *workspace.Settings) { *of(s) = text })
		}
	}
	e.OnLeave = write
	e.OnEnter = func() {
		write()
		p.s.Canvas().FocusNext()
	}
	return e
}

// change writes the settings; the toast can take it back.
func (p *Page) change(how func(*workspace.Settings)) {
	before := p.space
	how(&p.space)
	p.write(p.space, func() {
		p.s.Saved("settings")
		p.s.Changed()
		p.s.Toast(p.say("changed"), func() {
			p.space = before
			p.write(before, func() {
				p.s.Saved("settings")
				p.s.Changed()
				p.show()
			})
		})
	})
}

func (p *Page) write(s workspace.Settings, done func()) {
	space := p.s.Workspace()
	task.Quiet(p.s.Runner(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, space.SetSettings(ctx, s)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		done()
	})
}

// errLogo is returned where a picture cannot be a logo.
var errLogo = errors.New("a logo is a PNG or JPEG picture of at most 2 MB")

// setLogo keeps a picture among the workspace's files and names it in the letterhead.
func (p *Page) setLogo(path string) {
	space := p.s.Workspace()
	task.Quiet(p.s.Runner(), func(ctx context.Context) (string, error) {
		info, err := os.Stat(path)
		if err != nil {
			return "", err
		}
		if info.Size() > logoMost {
			return "", errLogo
		}
		file, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer file.Close()
		if _, _, err := image.DecodeConfig(file); err != nil {
			return "", fmt.Errorf("%w: %s", errLogo, filepath.Base(path))
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return "", err
		}
		kept, err := space.Store.AddFile(ctx, filepath.Base(path), file)
		return kept.SHA256.String(), err
	}, func(sha string, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.change(func(s *workspace.Settings) { s.Letterhead.Logo = sha })
		p.show()
	})
}

func (p *Page) removeLogo() {
	p.change(func(s *workspace.Settings) { s.Letterhead.Logo = "" })
	p.show()
}
