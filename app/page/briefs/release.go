package briefs

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/workspace"
)

// releases are the figures that a brief can be made from: those of now, and those that were frozen, the last first.
func (p *Page) releases() []kit.Option {
	out := []kit.Option{{Label: p.say("release.present")}}
	for _, r := range p.offer.releases {
		out = append(out, kit.Option{Value: r.Record.String(), Label: p.say("release.named", map[string]any{"Title": r.Title, "Date": r.Locked})})
	}
	return out
}

// freeze asks for the title of a release, and makes it of the years that are chosen.
func (p *Page) freeze() {
	title, contact := kit.NewEntry(p.say("release.title_hint")), kit.NewEntry(p.say("release.contact_hint"))
	submitted := workspace.LeaveSubmitted
	what := kit.NewSelect([]kit.Option{{Value: "left_out", Label: p.say("release.left_out")}, {Value: "counted", Label: p.say("release.counted")}}, "left_out",
		func(v string) {
			if submitted = workspace.LeaveSubmitted; v == "counted" {
				submitted = workspace.CountSubmitted
			}
		})
	var done func()
	start := func() {
		ask := p.at.ask(p.s.Words())
		job := workspace.ReleaseJob{Title: strings.TrimSpace(title.Text), From: ask.From, To: ask.To, Submitted: submitted,
			Program: "coopatlas " + p.s.House().Version()}
		job.About.Contact = strings.TrimSpace(contact.Text)
		if job.Title == "" {
			p.s.Canvas().Focus(title)
			return
		}
		done()
		p.freezeAs(job)
	}
	title.OnEnter, contact.OnEnter = func() { p.s.Canvas().Focus(contact) }, start // a form of two lines and a choice
	field := func(label string, control fyne.CanvasObject) fyne.CanvasObject {
		return kit.Column(0, kit.Soft(p.say("release."+label)), control)
	}
	done = p.s.Dialog(p.say("release.freeze"), kit.Fixed(460, kit.Column(kit.Gap12, kit.Body(p.say("release.about")), kit.Hint(p.say("release.hint")),
		field("title", title), field("contact", contact), field("submitted", what),
		kit.Row(kit.Gap8, kit.Spacer(), kit.Button(p.say("release.cancel"), func() { done() }), kit.Primary(p.say("release.do"), start)))), nil)
	p.s.Canvas().Focus(title)
}

// freezeAs makes a release, and takes it as what briefs are made from.
func (p *Page) freezeAs(job workspace.ReleaseJob) {
	space := p.s.Workspace()
	task.Run(p.s.Runner(), p.say("release.freezing", "Title", job.Title), func(ctx context.Context, _ task.Progress) (workspace.Release, error) {
		return space.MakeRelease(ctx, job)
	}, func(r workspace.Release, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			p.s.Fail(err)
			return
		}
		p.s.Saved(r.Title)
		p.s.Toast(p.say("release.frozen", "Title", r.Title), nil)
		p.offer.releases = append([]workspace.Release{r}, p.offer.releases...)
		p.choose(func(s *scope) { s.release = r.Record.String() })
	})
}
