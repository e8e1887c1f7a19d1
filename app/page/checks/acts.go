package checks

import (
	"context"
	"strings"

	"coopatlas/app/page"
	"coopatlas/data/workspace"
)

// Commands are what can be done with the finding that is chosen.
func (p *Page) Commands() []page.Command {
	may := p.pane.may()
	return []page.Command{
		{Label: p.say("ask"), Key: "Ctrl+Enter", Off: !may.ask, Run: p.ask},
		{Label: p.say("accept"), Key: "Ctrl+Shift+Enter", Off: !may.accept, Run: p.accept},
		{Label: p.say("close"), Off: !may.close, Run: p.settle},
		{Label: p.say("open"), Key: "Ctrl+E", Off: !p.pane.shown, Run: p.openChosen},
		{Label: p.say("edit_question"), Key: "Ctrl+J", Off: !may.ask, Run: func() { p.s.Canvas().Focus(p.pane.text) }},
		{Label: p.say("columns"), Run: p.chooseColumns},
	}
}

// ask asks the researcher: the interview goes back, and the question stands beside the answer.
func (p *Page) ask() {
	if !p.pane.may().ask {
		return
	}
	p.keep(func(ctx context.Context, c workspace.Checked, text string) (workspace.Asked, error) {
		return p.s.Workspace().Ask(ctx, c.Finding, text)
	}, workspace.StandAsked, workspace.QueryOpen)
}

// accept says that the figure was checked and is so.
func (p *Page) accept() {
	if !p.pane.may().accept {
		return
	}
	p.keep(func(ctx context.Context, c workspace.Checked, text string) (workspace.Asked, error) {
		return p.s.Workspace().Accept(ctx, c.Finding, text)
	}, workspace.StandAccepted, workspace.QueryAccepted)
}

// keep keeps a query about the chosen finding, goes on to the next finding, and offers to take it back. A query that was
// answered is closed by it, or accepted itself.
func (p *Page) keep(do func(ctx context.Context, c workspace.Checked, text string) (workspace.Asked, error), stand workspace.Stand, progress workspace.Progress) {
	c, text := p.pane.at, strings.TrimSpace(p.pane.text.Text)
	if c.Stand == workspace.StandAnswered && progress == workspace.QueryAccepted {
		p.take(c, workspace.QueryAccepted, workspace.StandAccepted)
		return
	}
	space := p.s.Workspace()
	var asked workspace.Asked
	p.do(func(ctx context.Context) (err error) {
		if c.Query != nil && c.Stand == workspace.StandAnswered {
			if err = space.Settle(ctx, c.Query.Record, workspace.QueryClosed); err != nil {
				return err
			}
		}
		asked, err = do(ctx, c, text)
		return err
	}, func() {
		q := &workspace.Query{Record: asked.Query, About: asked.About, Concept: c.Concept, Rule: c.Rule, Finding: c.Key(), Text: text, Progress: progress,
			By: space.Identity.Name, On: p.s.Now().Format("2006-01-02")}
		p.moved(c, stand, q)
		p.s.Saved("query " + c.Concept)
		p.s.Toast(p.say("toast."+string(progress)), func() {
			p.do(func(ctx context.Context) error { return p.undo(ctx, c, asked) }, func() { p.moved(c, c.Stand, c.Query) })
		})
	})
}

// undo takes a query back; the one it closed is as it was.
func (p *Page) undo(ctx context.Context, c workspace.Checked, asked workspace.Asked) error {
	space := p.s.Workspace()
	if err := space.TakeBack(ctx, asked); err != nil || c.Query == nil || c.Stand != workspace.StandAnswered {
		return err
	}
	return space.Settle(ctx, c.Query.Record, c.Query.Progress)
}

// settle closes the query of the chosen finding.
func (p *Page) settle() {
	if p.pane.may().close {
		p.take(p.pane.at, workspace.QueryClosed, workspace.StandSettled)
	}
}

// take takes the query of a finding on, and offers to take that back.
func (p *Page) take(c workspace.Checked, progress workspace.Progress, stand workspace.Stand) {
	space, was := p.s.Workspace(), *c.Query
	now := was
	now.Progress = progress
	p.do(func(ctx context.Context) error { return space.Settle(ctx, was.Record, progress) }, func() {
		p.moved(c, stand, &now)
		p.s.Saved("query " + c.Concept)
		p.s.Toast(p.say("toast."+string(progress)), func() {
			p.do(func(ctx context.Context) error { return space.Settle(ctx, was.Record, was.Progress) }, func() { p.moved(c, c.Stand, &was) })
		})
	})
}

// moved shows that a finding stands elsewhere now; where it leaves the list, the one that follows is chosen.
func (p *Page) moved(c workspace.Checked, stand workspace.Stand, query *workspace.Query) {
	next := p.after(c.Key())
	p.source.put(c.Key(), stand, query)
	p.list()
	if now, ok := p.source.find(c.Key()); ok && p.at.keeps(&now) {
		next = c.Key()
	}
	if next != "" {
		p.table.Choose(next)
	}
	p.s.Changed()
}

// after is the key of the row that follows another, or goes before the last.
func (p *Page) after(key string) string {
	for i := range p.table.Total() {
		if row, ok := p.table.Row(i); ok && row.Key == key {
			if next, ok := p.table.Row(i + 1); ok {
				return next.Key
			}
			if before, ok := p.table.Row(max(i-1, 0)); ok && i > 0 {
				return before.Key
			}
		}
	}
	return ""
}

// openChosen opens the interview of the chosen finding.
func (p *Page) openChosen() {
	if p.pane.shown {
		p.s.Navigate("interviews/" + p.pane.at.Record)
	}
}
