package questionnaires

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// from is the file that is looked over, with what the person has said of it.
func (p *Page) from() workspace.QuestionnaireFile {
	return workspace.QuestionnaireFile{Folder: os.DirFS(filepath.Dir(p.file)), Name: filepath.Base(p.file), Renames: maps.Clone(p.renames), Note: strings.TrimSpace(p.note.Text)}
}

// look reads the file and says all that is to be known of it.
func (p *Page) look() {
	space, from := p.s.Workspace(), p.from()
	task.Do(&p.reading, p.s.Runner(), func(ctx context.Context) (*workspace.Proposal, error) { return space.Propose(ctx, from) }, func(proposal *workspace.Proposal, err error) {
		if p.proposal = proposal; err != nil {
			p.unreadable(err)
			return
		}
		p.showProposal()
	})
}

// unreadable says in place of the questionnaire why the file is none.
func (p *Page) unreadable(err error) {
	p.content.Objects = []fyne.CanvasObject{container.NewVBox(kit.NewEmpty(kit.IconProblem, err.Error(), p.say("choose"), p.choose),
		container.NewCenter(kit.Quiet(p.say("leave"), p.leave)))}
	p.content.Refresh()
	p.s.Changed()
}

// ready tells whether the questionnaire can be put in.
func (p *Page) ready() bool {
	return p.proposal != nil && !p.proposal.Refused() && !p.proposal.Same && !p.running
}

// showProposal shows what is known of the file: what it is, what is wrong, what it changes, what drafts would lose.
func (p *Page) showProposal() {
	q := p.proposal
	parts := []fyne.CanvasObject{kit.Section(p.heading()), p.verdict(), p.proposalActions()}
	if len(q.Problems) > 0 {
		parts = append(parts, p.problems())
	}
	if len(q.Undecided) > 0 || len(q.Difference.Proposed) > 0 || len(p.renames) > 0 {
		parts = append(parts, p.renamesCard())
	}
	if lost := p.drafts(); lost != nil {
		parts = append(parts, lost)
	}
	if q.Former != nil && q.Form != nil && !q.Same {
		parts = append(parts, kit.NewFold(p.say("changed", "From", q.Former.Form.Version, "To", q.Form.Version), true, p.difference(q.Difference, q.Former.Form, q.Form)))
	}
	if q.Form != nil {
		parts = append(parts, kit.NewFold(p.say("phones", len(q.Findings)), false, p.findings(q.Findings)))
	}
	p.content.Objects = []fyne.CanvasObject{container.NewVScroll(container.New(kit.OffBar{}, kit.Column(kit.Gap12, parts...)))}
	p.content.Refresh()
	p.s.Changed()
}

// heading is the title of the questionnaire, or the file's name where it has none yet.
func (p *Page) heading() string {
	if p.proposal.Form == nil {
		return filepath.Base(p.file)
	}
	return titleOf(p.proposal.Form, p.s.Words().Language())
}

// verdict says in a line what the questionnaire would be.
func (p *Page) verdict() fyne.CanvasObject {
	q := p.proposal
	errors := len(form.Errors(q.Problems))
	if errors > 0 {
		return kit.NewBadge(kit.Bad, p.say("mend", errors))
	}
	args := []any{"Kind", q.Form.ID, "Version", q.Form.Version, "Languages", languagesOf(q.Form), "Before", ""}
	if q.Former != nil {
		args[7] = q.Former.Form.Version
	}
	facts := kit.Hint(p.say("questions", len(q.Form.Questions)) + " · " + p.say("in_languages", "Languages", languagesOf(q.Form)))
	switch {
	case q.Same:
		return kit.Column(0, kit.NewBadge(kit.Good, p.say("same", args...)), facts)
	case q.Replaces:
		return kit.Column(0, kit.NewBadge(kit.Active, p.say("replaces", args...)), facts)
	case q.Former != nil:
		return kit.Column(0, kit.NewBadge(kit.Active, p.say("new_version", args...)), facts)
	}
	return kit.Column(0, kit.NewBadge(kit.Active, p.say("new_kind", args...)), facts)
}

func (p *Page) proposalActions() fyne.CanvasObject {
	add := kit.Primary(p.say("put_in"), p.add)
	if !p.ready() {
		add.Disable()
	}
	preview := kit.IconButton(kit.IconOpen, p.say("preview"), p.previewFile)
	if p.proposal.Form == nil {
		preview.Disable()
	}
	out := []fyne.CanvasObject{add, preview, kit.IconButton(kit.IconReload, p.say("again"), p.look), kit.IconButton(kit.IconFile, p.say("open_file"), func() { p.s.Show(p.file) }),
		kit.IconButton(kit.IconFolder, p.say("choose"), p.choose), kit.Button(p.say("leave"), p.leave)}
	if !p.ready() {
		return kit.NewWrap(out...)
	}
	return kit.Column(kit.Gap8, kit.NewWrap(out...), kit.Limit(640, p.note))
}

// renamesCard asks of what went and came whether it is the same under another name.
func (p *Page) renamesCard() fyne.CanvasObject {
	body := kit.Column(kit.Gap4, kit.Hint(p.say("renames_hint")))
	proposed := p.proposal.Difference.Proposed
	for old, to := range p.renames {
		known := to == ""
		for _, r := range proposed {
			known = known || r.Old == old
		}
		if !known {
			proposed = append(proposed, form.Rename{Old: old, New: to})
		}
	}
	for _, r := range sorted(proposed) {
		said, decided := p.renames[r.Old]
		options := []kit.Option{{Value: "ask", Label: p.say("rename_ask")}, {Value: "yes", Label: p.say("rename_yes")}, {Value: "no", Label: p.say("rename_no")}}
		value := "ask"
		switch {
		case decided && said != "":
			value = "yes"
		case decided:
			value = "no"
		}
		choose := kit.NewSelect(options, value, func(value string) { p.decide(r, value) })
		choose.SetWidth(220)
		body.Add(container.NewBorder(nil, nil, nil, choose, kit.Body(p.say("rename_line", "Old", p.former(r.Old), "New", r.New))))
	}
	return kit.Card(p.say("renames"), body)
}

// former is what people called a question, group or choice of the version before.
func (p *Page) former(old string) string {
	path, choice, coded := strings.Cut(old, ":")
	name := p.name(path, p.proposal.Former.Form)
	if coded {
		name += ": " + choice
	}
	return name
}

// decide notes whether something was renamed, and looks again: what lies in a renamed group follows it.
func (p *Page) decide(r form.Rename, value string) {
	switch value {
	case "yes":
		p.renames[r.Old] = r.New
	case "no":
		p.renames[r.Old] = ""
	default:
		delete(p.renames, r.Old)
	}
	p.look()
}

// drafts says what unfinished records would lose; nil where there are none.
func (p *Page) drafts() fyne.CanvasObject {
	all := p.proposal.Drafts
	if len(all) == 0 {
		return nil
	}
	if !p.proposal.Loses() {
		return kit.NewBadge(kit.Good, p.say("drafts_fit", len(all)))
	}
	body := kit.Column(kit.Gap4)
	for _, d := range all {
		if len(d.Lost) == 0 {
			continue
		}
		name := d.Name
		if strings.TrimSpace(name) == "" {
			name = p.say("nameless")
		}
		var lines []string
		for _, l := range d.Lost {
			lines = append(lines, p.say("lost_line", "Question", p.name(l.Path.Question(), p.proposal.Former.Form), "Answer", l.Text))
		}
		body.Add(kit.Column(0, kit.Heading(name), kit.Body(strings.Join(lines, "\n"))))
	}
	return kit.Card(p.say("drafts_lose"), body)
}

// add puts the questionnaire in: after asking, where drafts would lose something or a rename is left open.
func (p *Page) add() {
	if !p.ready() {
		return
	}
	consent := workspace.Consent{Losses: p.proposal.Loses(), Apart: len(p.proposal.Undecided) > 0}
	var why []string
	if consent.Apart {
		why = append(why, p.say("ask_apart", len(p.proposal.Undecided)))
	}
	if consent.Losses {
		why = append(why, p.say("ask_losses"))
	}
	if len(why) == 0 {
		p.put(consent)
		return
	}
	p.s.Confirm(page.Confirm{Question: p.say("ask", "Name", p.heading()), Detail: strings.Join(why, " "), Action: p.say("put_in"), Danger: consent.Losses,
		Run: func() { p.put(consent) }})
}

// added is what came of putting a questionnaire in.
type added struct {
	proposal *workspace.Proposal
	record   record.ID
}

func (p *Page) put(consent workspace.Consent) {
	space, from := p.s.Workspace(), p.from()
	p.running = true
	p.s.Changed()
	task.Run(p.s.Runner(), p.say("putting", "Name", p.heading()), func(ctx context.Context, _ task.Progress) (added, error) {
		proposal, id, err := space.AddQuestionnaire(ctx, from, consent)
		return added{proposal, id}, err
	}, func(a added, err error) {
		p.running = false
		switch {
		case errors.Is(err, workspace.ErrQuestionnaire) && a.proposal != nil:
			p.proposal = a.proposal // the workspace has changed meanwhile: what is wrong now stands there
			p.showProposal()
			p.s.Toast(err.Error(), nil)
		case err != nil:
			p.s.Fail(err)
			p.s.Changed()
		default:
			p.arrived(a)
		}
	})
}

// arrived shows the questionnaire among the others.
func (p *Page) arrived(a added) {
	f := a.proposal.Form
	p.kind, p.version, p.since = f.ID, "", ""
	p.s.Saved("questionnaire " + f.ID + " " + f.Version)
	p.leave()
	p.s.Toast(p.say("added", "Name", titleOf(f, p.s.Words().Language()), "Version", f.Version), func() { p.remove(f.ID, f.Version) })
}

// remove takes a version out again; that can be undone.
func (p *Page) remove(kind, version string) {
	space := p.s.Workspace()
	task.Quiet(p.s.Runner(), func(ctx context.Context) (record.ID, error) { return space.RemoveQuestionnaire(ctx, kind, version) }, func(id record.ID, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.gone(kind)
		p.s.Toast(p.say("removed", "Name", kind, "Version", version), func() { p.restore(id, kind) })
	})
}

// gone shows what is left after a version was taken out.
func (p *Page) gone(kind string) {
	p.version, p.since = "", ""
	if _, ok := p.s.Workspace().Form(kind); !ok {
		p.kind = ""
	}
	p.Reload()
}

func (p *Page) restore(id record.ID, kind string) {
	space := p.s.Workspace()
	task.Quiet(p.s.Runner(), func(ctx context.Context) (struct{}, error) { return struct{}{}, space.RestoreQuestionnaire(ctx, id) }, func(_ struct{}, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.kind, p.version = kind, ""
		p.Reload()
	})
}
