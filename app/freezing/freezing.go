package freezing

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

// form is what is asked before figures are frozen.
type form struct {
	s         page.Services
	made      func(workspace.Release)
	title     *kit.Entry
	years     *kit.Entry
	wrong     *widget.Label // what is wrong with the years
	contact   *kit.Entry
	submitted workspace.Unvalidated
	shut      func()
}

// Ask asks for a release of some years, which the person may change, and makes it; made is told of it.
func Ask(s page.Services, years indicator.Span, made func(workspace.Release)) {
	f := &form{s: s, made: made, submitted: workspace.LeaveSubmitted, wrong: kit.Hint(" ")}
	f.title, f.years, f.contact = kit.NewEntry(f.say("title_hint")), kit.NewEntry(f.say("years_hint")), kit.NewEntry(f.say("contact_hint"))
	f.years.SetText(years.String())
	f.wrong.Importance = widget.DangerImportance
	what := kit.NewSelect([]kit.Option{{Value: "left_out", Label: f.say("left_out")}, {Value: "counted", Label: f.say("counted")}}, "left_out", func(v string) {
		if f.submitted = workspace.LeaveSubmitted; v == "counted" {
			f.submitted = workspace.CountSubmitted
		}
	})
	f.title.OnEnter, f.years.OnEnter, f.contact.OnEnter = func() { s.Canvas().Focus(f.years) }, func() { s.Canvas().Focus(f.contact) }, f.freeze
	field := func(label string, controls ...fyne.CanvasObject) fyne.CanvasObject {
		return kit.Column(0, append([]fyne.CanvasObject{kit.Soft(f.say(label))}, controls...)...)
	}
	f.shut = s.Dialog(f.say("freeze"), kit.Fixed(460, kit.Column(kit.Gap8, kit.Body(f.say("about")), kit.Hint(f.say("hint")),
		field("title", f.title), field("years", f.years, f.wrong), field("contact", f.contact), field("submitted", what),
		kit.Row(kit.Gap8, kit.Spacer(), kit.Button(f.say("cancel"), func() { f.shut() }), kit.Primary(f.say("do"), f.freeze)))), nil)
	s.Canvas().Focus(f.title)
}

func (f *form) say(key string, args ...any) string { return f.s.Words().Say("freezing."+key, args...) }

// freeze makes the release, where it has a title and its years can be read.
func (f *form) freeze() {
	span, err := indicator.ParseSpan(f.years.Text)
	f.wrong.SetText(" ")
	switch {
	case strings.TrimSpace(f.title.Text) == "":
		f.s.Canvas().Focus(f.title)
		return
	case err != nil:
		f.wrong.SetText(f.say("years_wrong"))
		f.s.Canvas().Focus(f.years)
		return
	}
	job := workspace.ReleaseJob{Title: strings.TrimSpace(f.title.Text), From: span.From, To: span.To, Years: span.Years,
		Submitted: f.submitted, Program: "coopatlas " + f.s.House().Version()}
	job.About.Contact = strings.TrimSpace(f.contact.Text)
	f.shut()
	f.run(job)
}

// run makes the release in the background.
func (f *form) run(job workspace.ReleaseJob) {
	space := f.s.Workspace()
	task.Run(f.s.Runner(), f.say("freezing", "Title", job.Title), func(ctx context.Context, _ task.Progress) (workspace.Release, error) {
		return space.MakeRelease(ctx, job)
	}, func(r workspace.Release, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			f.s.Fail(err)
			return
		}
		f.s.Saved(r.Title)
		f.s.Toast(f.say("frozen", "Title", r.Title), nil)
		f.made(r)
	})
}
