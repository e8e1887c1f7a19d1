package app

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"coopatlas/app/page"
)

// chooser asks for files with Fyne's dialogs. It remembers the folder, sets filters, and adds the ending that Fyne
// leaves out.
type chooser struct{ f *Frame }

// Chooser asks for files and folders.
func (f *Frame) Chooser() page.Chooser { return chooser{f} }

// OpenFile asks for a file that is there.
func (c chooser) OpenFile(filter page.Filter, done func(string)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil || file == nil {
			c.f.Fail(err)
			return
		}
		path := file.URI().Path()
		_ = file.Close() // nothing was read yet; whoever asked opens it again
		c.chosen(filepath.Dir(path))
		done(path)
	}, c.f.window)
	if len(filter.Endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(filter.Endings))
	}
	d.SetTitleText(filter.Title)
	c.show(d)
}

// SaveFile asks for the name of a file to write.
func (c chooser) SaveFile(name string, filter page.Filter, done func(string)) {
	d := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		if err != nil || file == nil {
			c.f.Fail(err)
			return
		}
		path := file.URI().Path()
		_ = file.Close() // Fyne makes an empty file; whoever asked writes it
		c.chosen(filepath.Dir(path))
		done(withEnding(path, filter.Endings))
	}, c.f.window)
	d.SetFileName(name)
	d.SetTitleText(filter.Title)
	c.show(d)
}

// OpenFolder asks for a folder.
func (c chooser) OpenFolder(done func(string)) {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil || folder == nil {
			c.f.Fail(err)
			return
		}
		c.chosen(folder.Path())
		done(folder.Path())
	}, c.f.window)
	c.show(d)
}

// withEnding adds the first ending where the name has none of them.
func withEnding(path string, endings []string) string {
	for _, ending := range endings {
		if strings.EqualFold(filepath.Ext(path), ending) {
			return path
		}
	}
	if len(endings) == 0 {
		return path
	}
	return path + endings[0]
}

// folderDialog is what Fyne's file dialogs have in common.
type folderDialog interface {
	SetLocation(fyne.ListableURI)
	Resize(fyne.Size)
	Show()
}

func (c chooser) show(d folderDialog) {
	if at, err := storage.ListerForURI(storage.NewFileURI(c.f.Preference(folderPreference))); err == nil && c.f.Preference(folderPreference) != "" {
		d.SetLocation(at)
	}
	size := c.f.window.Canvas().Size()
	d.Resize(fyne.NewSize(min(size.Width*0.8, 900), min(size.Height*0.8, 620)))
	d.Show()
}

const folderPreference = "folder"

func (c chooser) chosen(folder string) { c.f.SetPreference(folderPreference, folder) }
