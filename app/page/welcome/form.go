package welcome

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// form asks for what a new workspace needs.
type form struct {
	p        *Page
	name     *kit.Entry
	language *kit.Select
	person   *kit.Entry
	folder   *kit.Entry
	problem  *widget.Label
	touched  bool // the folder was changed by hand
}

// showForm puts the form in place of the choices.
func (p *Page) showForm() {
	say := p.s.Words().Say
	f := &form{p: p, name: kit.NewEntry(say("welcome.name_hint")), person: kit.NewEntry(""), folder: kit.NewEntry("")}
	f.name.ID, f.person.ID, f.folder.ID = "welcome.name", "welcome.person", "welcome.folder"
	f.problem = kit.Body("")
	f.problem.Importance = widget.DangerImportance
	var options []kit.Option
	for _, code := range p.s.House().Languages() {
		options = append(options, kit.Option{Value: code, Label: say("app.language." + code)})
	}
	f.language = kit.NewSelect(options, p.s.Words().Language(), nil)
	f.name.OnChanged = func(name string) {
		if !f.touched {
			f.folder.SetText(filepath.Join(documents(), folderName(name)))
			f.touched = false
		}
	}
	f.folder.SetText(documents())
	f.folder.OnChanged = func(string) { f.touched = p.s.Canvas().Focused() == f.folder }
	for _, e := range []*kit.Entry{f.name, f.person, f.folder} {
		e.OnEnter = f.next(e)
	}
	identity := f.identity()
	choose := kit.NewPress(say("welcome.choose"), widget.MediumImportance, func() {
		p.s.Chooser().OpenFolder(func(dir string) {
			f.touched = true
			f.folder.SetText(filepath.Join(dir, folderName(f.name.Text)))
		})
	})
	fields := container.New(layout.NewFormLayout(),
		kit.Plain(say("welcome.name")), f.name,
		kit.Plain(say("welcome.language")), container.NewHBox(f.language),
		kit.Plain(say("welcome.person")), identity,
		kit.Plain(say("welcome.folder")), container.NewBorder(nil, nil, nil, choose, f.folder))
	create := kit.NewPress(say("welcome.create"), widget.HighImportance, f.create)
	back := kit.NewPress(say("app.cancel"), widget.MediumImportance, func() {
		p.showChoices()
		p.Focus()
	})
	p.making = f
	p.put(kit.Card("", kit.Pad(kit.Gap8, kit.Column(kit.Gap12, kit.Section(say("welcome.new")), fields, f.problem,
		kit.Row(kit.Gap8, layout.NewSpacer(), back, create)))))
	p.s.Canvas().Focus(f.name)
}

// identity is the field for the person's name, or the name that they sign with already.
func (f *form) identity() fyne.CanvasObject {
	path, err := workspace.IdentityPath()
	if err == nil {
		if data, err := os.ReadFile(path); err == nil {
			if known, err := record.ParseIdentity(data); err == nil {
				f.person.SetText(known.Name)
				f.person.Disable()
				return kit.Column(0, f.person, kit.Hint(f.p.s.Words().Say("welcome.person_known")))
			}
		}
	}
	return kit.Column(0, f.person, kit.Hint(f.p.s.Words().Say("welcome.person_hint")))
}

// next moves on at Enter; the last field creates.
func (f *form) next(e *kit.Entry) func() {
	return func() {
		if e == f.folder {
			f.create()
			return
		}
		f.p.s.Canvas().FocusNext()
	}
}

// create makes the workspace.
func (f *form) create() {
	say, name, dir := f.p.s.Words().Say, strings.TrimSpace(f.name.Text), strings.TrimSpace(f.folder.Text)
	switch {
	case name == "":
		f.stop(say("welcome.no_name"), f.name)
		return
	case !f.person.Disabled() && strings.TrimSpace(f.person.Text) == "":
		f.stop(say("welcome.no_person"), f.person)
		return
	case !filepath.IsAbs(dir):
		f.stop(say("welcome.no_folder"), f.folder)
		return
	}
	settings := workspace.Settings{Name: name, Language: f.language.Value()}
	cfg := workspace.Config{Name: strings.TrimSpace(f.person.Text), Now: f.p.s.Now}
	task.Run(f.p.s.Runner(), say("welcome.making"), func(ctx context.Context, _ task.Progress) (*workspace.Workspace, error) {
		return workspace.Create(ctx, dir, settings, cfg)
	}, func(w *workspace.Workspace, err error) {
		if err != nil {
			f.p.s.Fail(err)
			return
		}
		f.p.s.House().Adopt(w)
	})
}

// stop says what is missing, beside the fields, and goes there.
func (f *form) stop(problem string, at *kit.Entry) {
	f.problem.SetText(problem)
	f.p.s.Canvas().Focus(at)
}

// folderName makes a folder's name from what a person calls the workspace.
func folderName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return -1
		}
		return r
	}, strings.TrimSpace(name))
	return strings.Trim(name, ". ")
}

// openDemonstration makes the invented country set in the person's documents, or opens it where it was made before.
func (p *Page) openDemonstration() {
	say := p.s.Words().Say
	dir := filepath.Join(documents(), say("welcome.demo_folder"))
	if _, err := os.Stat(filepath.Join(dir, "workspace.db")); err == nil {
		p.s.House().Enter(dir)
		return
	}
	settings := workspace.DemonstrationSettings(p.s.Words().Language())
	task.Run(p.s.Runner(), say("welcome.inventing"), func(ctx context.Context, progress task.Progress) (*workspace.Workspace, error) {
		return demonstrate(ctx, dir, settings, progress)
	}, func(w *workspace.Workspace, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.s.House().Adopt(w)
	})
}

// demonstrate makes the demonstration beside its place and moves it there once it is whole, so that one that was
// stopped half way is not taken for it.
func demonstrate(ctx context.Context, dir string, settings workspace.Settings, progress task.Progress) (*workspace.Workspace, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, err
	}
	half, err := os.MkdirTemp(filepath.Dir(dir), ".coopatlas-")
	if err != nil {
		return nil, err
	}
	w, err := workspace.Create(ctx, half, settings, workspace.Config{})
	if err == nil {
		err = errors.Join(w.Demonstrate(ctx, progress), ctx.Err())
		err = errors.Join(err, w.Close())
	}
	if err == nil {
		err = os.Rename(half, dir)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(half))
	}
	return workspace.Open(dir, workspace.Config{})
}
