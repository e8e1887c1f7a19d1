package releases

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/publish"
)

func year(n int) words.Year { return words.Year(n) }

// fact is a line of what is known of something; one without a text is left out.
type fact struct{ key, text string }

// facts are lines of a label and a text.
func (p *Page) facts(all ...fact) fyne.CanvasObject {
	var wide float32
	for _, f := range all {
		if f.text != "" {
			wide = max(wide, kit.Soft(p.say("fact."+f.key)).MinSize().Width)
		}
	}
	lines := kit.Column(-kit.Gap8)
	for _, f := range all {
		if f.text != "" {
			label := kit.Fixed(wide/kit.Scale(), container.NewVBox(kit.Soft(p.say("fact."+f.key))))
			lines.Add(container.NewBorder(nil, nil, label, nil, kit.Body(f.text)))
		}
	}
	return lines
}

// mark is a sentence after the icon of a state.
func mark(state kit.State, text string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, container.NewCenter(widget.NewIcon(state.Icon().In(state.Color()))), nil, kit.Body(text))
}

// describeRelease is a release beside the list: what can be done with it, what it holds, what was made of it.
func (p *Page) describeRelease(r release) fyne.CanvasObject {
	submitted := p.say("left_out")
	if r.Submitted {
		submitted = p.say("counted")
	}
	number := p.s.Words().Integer
	acts := kit.NewWrap(kit.IconButton(kit.IconBrief, p.say("brief"), func() { p.brief(r) }), kit.IconButton(kit.IconCheck, p.say("check"), func() { p.check(r) }),
		kit.IconButton(kit.IconExport, p.say("register"), func() { p.saveRegister(r) }))
	parts := []fyne.CanvasObject{kit.Column(0, kit.Section(r.Title), kit.Hint(p.say("locked", "Date", r.Locked))), acts}
	parts = append(parts, p.checked(r)...)
	parts = append(parts, p.facts(fact{"frame", r.Frame}, fact{"years", p.yearsOf(r.Release)}, fact{"holds", r.Holds}, fact{"submitted", submitted},
		fact{"revisions", p.say("revisions", map[string]any{"Count": r.Revisions, "Chains": number(int64(len(r.Chains)))})},
		fact{"rates", r.Rates}, fact{"program", r.Program}, fact{"sources", strings.Join(r.Sources, "; ")}, fact{"contact", r.About.Contact},
		fact{"used", r.About.Frame}, fact{"policy", r.About.ReleasePolicy}, fact{"coherence", r.About.Coherence}, fact{"revision", r.About.Revision}, fact{"note", r.Note}))
	parts = append(parts, kit.Heading(p.say("told.title")), p.toldOf(r))
	return container.NewVScroll(container.New(kit.OffBar{}, kit.Column(kit.Gap8, parts...)))
}

// toldOf lists what was made of a release.
func (p *Page) toldOf(r release) fyne.CanvasObject {
	if len(r.told) == 0 {
		return kit.Hint(p.say("told.none"))
	}
	columns := []kit.GridColumn{{Title: p.say("told.when")}, {Title: p.say("told.what"), Grow: true}, {Title: p.say("told.cells"), Number: true}, {Title: p.say("told.hidden"), Number: true}}
	var out [][]kit.Cell
	number := p.s.Words().Integer
	for _, t := range r.told {
		out = append(out, []kit.Cell{{Text: t.Time.Format("2006-01-02")}, {Text: p.toldName(t)}, {Text: number(int64(len(t.Cells)))}, {Text: number(int64(t.Hidden()))}})
	}
	return kit.Sheet(kit.NewGrid(columns, out))
}

// toldName is what people call a thing that was made: a brief by the name of its template, figures by their codes.
func (p *Page) toldName(t workspace.Told) string {
	var of []string
	for _, name := range t.Of {
		if key := "briefs.template." + name; p.s.Words().Has(key) {
			name = p.s.Words().Say("briefs.template." + name)
		}
		of = append(of, name)
	}
	if !p.s.Words().Has("releases.told." + t.Verb) {
		return t.What
	}
	return strings.TrimSpace(p.say("told."+t.Verb) + " " + strings.Join(of, ", "))
}

// check is a check of a release against the log, under way or done.
type check struct {
	stop  func() // while it is under way
	found *workspace.ReleaseCheck
	err   error
}

// check makes the frame of a release again from the log, in the background.
func (p *Page) check(r release) {
	id := r.Record.String()
	if p.checks[id].stop != nil {
		return
	}
	space := p.s.Workspace()
	p.checks[id] = check{stop: func() {}}
	stop := task.Run(p.s.Runner(), p.say("checking", "Title", r.Title), func(ctx context.Context, progress task.Progress) (workspace.ReleaseCheck, error) {
		return space.CheckRelease(ctx, r.Release, progress)
	}, func(c workspace.ReleaseCheck, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			delete(p.checks, id)
		case err != nil:
			p.checks[id] = check{err: err}
		default:
			p.checks[id] = check{found: &c}
		}
		p.again(id)
	})
	if p.checks[id].stop != nil {
		p.checks[id] = check{stop: stop}
		p.again(id)
	}
}

// again shows a release anew, where it is the one that is shown.
func (p *Page) again(id string) {
	if p.part == partReleases && p.chosen[partReleases] == id {
		p.beside(p.describe(id))
	}
}

// checked says what the check of a release came to.
func (p *Page) checked(r release) []fyne.CanvasObject {
	c, ok := p.checks[r.Record.String()]
	switch {
	case !ok:
		return nil
	case c.stop != nil:
		return []fyne.CanvasObject{container.NewHBox(kit.Soft(p.say("under_way")), kit.IconButton(kit.IconStop, p.say("stop"), c.stop))}
	case c.err != nil:
		return []fyne.CanvasObject{mark(kit.Bad, c.err.Error())}
	}
	var out []fyne.CanvasObject
	if c.found.Same {
		out = append(out, mark(kit.Good, p.say("same", c.found.Revisions)))
	} else {
		out = append(out, mark(kit.Bad, p.say("other_frame", map[string]any{"Frame": c.found.Frame[:10], "Count": c.found.Revisions})))
	}
	if c.found.Erased > 0 {
		out = append(out, mark(kit.Accent, p.say("erased", c.found.Erased)))
	}
	if !c.found.RatesSame {
		out = append(out, mark(kit.Warn, p.say("rates_changed", "Vintage", r.Rates)))
	}
	return out
}

// brief leads to the page of briefs, with the release as what they are made from.
func (p *Page) brief(r release) {
	p.s.Navigate(page.MakeRoute("briefs", "release", r.Record.String()))
}

// saveRegister writes what was told and kept back of a release as CSV.
func (p *Page) saveRegister(r release) {
	p.save(strings.ToLower(strings.Join(strings.Fields(r.Title), "-"))+"-register.csv", p.say("register_filter"), func(out *bytes.Buffer) error { return workspace.WriteTold(out, r.told) })
}

// save asks for a file and writes to it.
func (p *Page) save(name, title string, write func(out *bytes.Buffer) error) {
	p.s.Chooser().SaveFile(name, page.Filter{Title: title, Endings: []string{".csv"}}, func(path string) {
		task.Quiet(p.s.Runner(), func(context.Context) (struct{}, error) {
			var out bytes.Buffer
			err := write(&out)
			if err == nil {
				err = publish.File(path, out.Bytes())
			}
			return struct{}{}, err
		}, func(_ struct{}, err error) {
			if err != nil {
				p.s.Fail(err)
				return
			}
			p.s.Toast(p.say("saved", "File", filepath.Base(path)), nil)
		})
	})
}

// withRelease does something with the release that is shown.
func (p *Page) withRelease(do func(release)) {
	for _, r := range p.known.releases {
		if r.Record.String() == p.chosen[partReleases] {
			do(r)
			return
		}
	}
}
