package app

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// offerCrash tells that an earlier start ended by a fault, and offers what was noted of it. It holds where in the
// program it happened, and no answers.
func (f *Frame) offerCrash(path string) {
	var shut func()
	remove := kit.NewPress(f.words.Say("app.crash_remove"), widget.MediumImportance, func() {
		shut()
		f.Fail(os.Remove(path))
	})
	read := kit.NewPress(f.words.Say("app.crash_read"), widget.MediumImportance, func() { f.Show(path) })
	keep := kit.NewPress(f.words.Say("app.close"), widget.HighImportance, func() { shut() })
	content := kit.Column(kit.Gap12, text(f.words.Say("app.crash_detail", "File", filepath.Base(path))), buttons(remove, read, keep))
	shut = f.dialogs.open(f.words.Say("app.crash"), content, nil)
	f.window.Canvas().Focus(keep)
}
