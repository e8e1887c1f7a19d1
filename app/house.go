package app

import (
	"context"
	"errors"
	"path/filepath"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/workspace"
)

// errTaken is returned where another window has the workspace open.
var errTaken = errors.New("the workspace is open in another window of Coopatlas")

// lockName is the file that a window holds while it has a workspace open.
const lockName = "window.lock"

// opened is a workspace with the hold on it.
type opened struct {
	space  *workspace.Workspace
	unlock func()
}

// Enter opens a workspace folder in the background and leads to the home page.
func (f *Frame) Enter(dir string) {
	if f.space != nil && f.space.Dir == dir {
		f.Navigate(homeRoute)
		return
	}
	task.Run(f.runner, f.words.Say("app.opening"), func(context.Context, task.Progress) (opened, error) {
		return f.openFolder(dir)
	}, func(o opened, err error) {
		if err != nil {
			f.forget(dir, err)
			f.Fail(err)
			return
		}
		f.settle(o)
	})
}

func (f *Frame) openFolder(dir string) (opened, error) {
	var o opened
	var err error
	if o.unlock, err = f.hold(dir); err != nil {
		return o, err
	}
	o.space, err = workspace.Open(dir, workspace.Config{Name: f.cfg.Person, Now: f.cfg.Now})
	if err != nil {
		o.unlock()
	}
	return o, err
}

// hold keeps other windows out of a workspace.
func (f *Frame) hold(dir string) (unlock func(), err error) {
	if f.cfg.NoLock {
		return func() {}, nil
	}
	if !isWorkspace(dir) { // a lock must not litter a folder that is none
		return func() {}, nil
	}
	return lock(filepath.Join(dir, lockName))
}

// Adopt goes on in a workspace that a page has opened or made.
func (f *Frame) Adopt(w *workspace.Workspace) {
	unlock, err := f.hold(w.Dir)
	if err != nil {
		f.Fail(errors.Join(err, w.Close()))
		return
	}
	f.settle(opened{w, unlock})
}

// settle makes a workspace the one that is worked in.
func (f *Frame) settle(o opened) {
	f.leavePage()
	f.release()
	f.space, f.unlock = o.space, o.unlock
	f.past = history{}
	f.remember(o.space.Dir)
	f.trail.write("workspace", f.placeName())
	f.Navigate(homeRoute)
}

// placeName is what the top bar calls the workspace.
func (f *Frame) placeName() string {
	if f.space == nil {
		return ""
	}
	settings, err := f.space.Settings(context.Background())
	if err != nil || settings.Name == "" {
		return filepath.Base(f.space.Dir)
	}
	return settings.Name
}

// Look is how the window looks.
func (f *Frame) Look() kit.Look { return f.look }

// SetLook changes it at once and remembers it.
func (f *Frame) SetLook(look kit.Look) {
	f.look = look
	f.cfg.Fyne.Settings().SetTheme(kit.NewTheme(look))
	f.rememberLook(look)
	f.Changed()
}

// Languages are those that the program speaks.
func (f *Frame) Languages() []string { return f.cfg.Book.Languages() }

// SetLanguage changes the language at once and remembers it: everything is built anew, and the page comes back as it
// was left.
func (f *Frame) SetLanguage(code string) {
	if code == f.words.Language() || !f.mayLeave() {
		return
	}
	f.words = f.cfg.Book.In(code)
	f.SetPreference(languagePreference, code)
	f.leavePage()
	f.toasts.clear()
	f.build()
	v := f.past.visits[f.past.at]
	if entry, at, ok := f.find(v.route); ok {
		f.show(entry, at, v)
	}
	f.showJobs(f.jobs)
}

// Keys are all commands that have a key.
func (f *Frame) Keys() []page.Command {
	var out []page.Command
	for _, c := range f.commands() {
		if c.Key != "" {
			out = append(out, c)
		}
	}
	return out
}
