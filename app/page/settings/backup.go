package settings

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/store"
)

// mostBackups is how many backups are listed.
const mostBackups = 12

// backup makes a backup now, lists those there are, and brings one back as a workspace of its own.
func (p *Page) backup() fyne.CanvasObject {
	if p.s.Workspace() == nil {
		return kit.Body(p.say("no_workspace"))
	}
	now := kit.Primary(p.say("backup_now"), p.backupNow)
	elsewhere := kit.Button(p.say("backup_elsewhere"), func() {
		p.s.Chooser().OpenFolder(func(dir string) {
			p.makeBackup(filepath.Join(dir, filepath.Base(p.s.Workspace().Dir)+" "+p.s.Now().Format("2006-01-02 1504")))
		})
	})
	make := kit.Card(p.say("part.backup"), kit.Body(p.say("backup_text")), container.NewPadded(container.NewHBox(now, elsewhere)))
	list := kit.Column(0)
	for _, dir := range p.backups() {
		list.Add(p.backupLine(dir))
	}
	if len(list.Objects) == 0 {
		list.Add(kit.Hint(p.say("no_backups")))
	}
	other := kit.Button(p.say("restore_other"), func() { p.s.Chooser().OpenFolder(p.askRestore) })
	return kit.Column(kit.Gap12, make, kit.Card(p.say("restore"), kit.Body(p.say("restore_text")), list, container.NewPadded(container.NewHBox(other))))
}

func (p *Page) backupLine(dir string) fyne.CanvasObject {
	restore := kit.Button(p.say("restore_action"), func() { p.askRestore(dir) })
	return container.NewBorder(nil, nil, nil, restore, kit.Line(filepath.Base(dir)))
}

// backups are the workspace's own, the newest first.
func (p *Page) backups() []string {
	folder := filepath.Join(p.s.Workspace().Dir, "backups")
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // none was made yet
	}
	var out []string
	for _, e := range entries {
		if _, err := os.Stat(filepath.Join(folder, e.Name(), "workspace.db")); err == nil {
			out = append(out, filepath.Join(folder, e.Name()))
		}
	}
	slices.Reverse(out) // they are named by their time
	return out[:min(len(out), mostBackups)]
}

func (p *Page) backupNow() { p.makeBackup("") }

// makeBackup copies the workspace to a folder; "" is its own folder for backups.
func (p *Page) makeBackup(to string) {
	space := p.s.Workspace()
	if space == nil {
		return
	}
	task.Run(p.s.Runner(), p.say("backing_up"), func(ctx context.Context, _ task.Progress) (string, error) {
		return space.Store.Backup(ctx, to)
	}, func(made string, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.s.Toast(p.say("backed_up", "Folder", filepath.Base(made)), nil)
		if p.part == "backup" {
			p.show()
		}
	})
}

// askRestore asks before a backup is brought back. It becomes a workspace beside the present one, which stays as it is.
func (p *Page) askRestore(from string) {
	to := freeFolder(p.s.Workspace().Dir + " " + p.say("restored"))
	p.s.Confirm(page.Confirm{
		Question: p.say("restore_question", "Backup", filepath.Base(from)),
		Detail:   p.say("restore_detail", "Folder", to),
		Action:   p.say("restore_action"),
		Run:      func() { p.restore(from, to) },
	})
}

func (p *Page) restore(from, to string) {
	task.Run(p.s.Runner(), p.say("restoring"), func(context.Context, task.Progress) (struct{}, error) {
		return struct{}{}, store.Restore(from, to)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.s.House().Enter(to)
	})
}

// freeFolder adds a number to a name until there is no such folder.
func freeFolder(name string) string {
	try := name
	for n := 2; ; n++ {
		if _, err := os.Stat(try); err != nil {
			return try
		}
		try = name + " " + strconv.Itoa(n)
	}
}
