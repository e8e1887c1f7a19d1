package releases

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

// entering is a table of rates in a file that is looked over before it is kept.
type entering struct {
	p        *Page
	file     string
	source   *kit.Entry
	vintage  *kit.Entry
	looking  task.Latest
	glance   glance
	keepIt   *widget.Button
	findings *fyne.Container
	body     fyne.CanvasObject
}

// glance is what a file holds: a table, or what is wrong with it.
type glance struct {
	table    workspace.RateTable
	lines    []string // of the file
	problems []indicator.RateProblem
	err      error
}

// mostProblems is how many lines with a problem are listed.
const mostProblems = 200

// enter looks over the table of rates of a file.
func (p *Page) enter(path string) {
	e := &entering{p: p, file: path, source: kit.NewEntry(p.say("rates.source_hint")), vintage: kit.NewEntry("2026-03-01"), findings: kit.Column(kit.Gap8)}
	e.vintage.SetWidth(140)
	e.source.SetWidth(280)
	for _, field := range []*kit.Entry{e.source, e.vintage} {
		field.OnEnter, field.OnLeave = e.look, e.look
	}
	e.keepIt = kit.Primary(p.say("rates.keep"), e.keep)
	e.keepIt.Disable()
	cancel := kit.Button(p.say("rates.cancel"), e.leave)
	field := func(key string, entry fyne.CanvasObject) fyne.CanvasObject {
		return kit.Column(0, kit.Soft(p.say(key)), entry)
	}
	e.body = container.NewVScroll(container.New(kit.OffBar{}, kit.Column(kit.Gap8, kit.Section(filepath.Base(path)), kit.Body(p.say("rates.columns")),
		kit.NewWrap(field("fact.source", e.source), field("column.vintage", e.vintage)), kit.Hint(p.say("rates.given")), e.findings, kit.NewWrap(e.keepIt, cancel))))
	if p.entered != nil {
		p.entered.looking.Stop()
	}
	p.entered = e
	if p.part != partRates {
		p.part = partRates
		p.s.Replace(p.Route())
		p.lay()
	}
	p.show()
	e.look()
}

func (e *entering) view() fyne.CanvasObject { return e.body }

func (e *entering) ready() bool { return e.glance.err == nil && e.glance.table.Lines > 0 }

// job is the import of the file, or a try.
func (e *entering) job(data []byte, dry bool) workspace.RatesJob {
	return workspace.RatesJob{Table: bytes.NewReader(data), Source: strings.TrimSpace(e.source.Text), Vintage: strings.TrimSpace(e.vintage.Text), DryRun: dry}
}

// look reads the file and says what it holds.
func (e *entering) look() {
	p, space, file := e.p, e.p.s.Workspace(), e.file
	job := e.job(nil, true)
	task.Do(&e.looking, p.s.Runner(), func(ctx context.Context) (glance, error) {
		data, err := os.ReadFile(file)
		if err != nil {
			return glance{err: fmt.Errorf("the file cannot be read: %w", err)}, nil
		}
		job.Table = bytes.NewReader(data)
		g := glance{lines: strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")}
		g.table, g.problems, g.err = space.ImportRates(ctx, job)
		return g, nil
	}, func(g glance, err error) {
		if err == nil {
			e.glance = g
			e.show()
		}
	})
}

// show says what was found.
func (e *entering) show() {
	p, g := e.p, e.glance
	e.findings.Objects = nil
	if e.ready() {
		e.keepIt.Enable()
		e.findings.Add(mark(kit.Good, p.say("rates.fits", map[string]any{"Count": g.table.Lines, "Source": g.table.Source, "Date": g.table.Vintage,
			"Years": p.s.Words().Years(g.table.From, g.table.To), "Currencies": p.s.Words().List(g.table.Currencies)})))
	} else {
		e.keepIt.Disable()
		e.findings.Add(mark(kit.Bad, e.wrong()))
	}
	if listed := g.problems[:min(len(g.problems), mostProblems)]; len(listed) > 0 {
		lines := kit.Column(-kit.Gap8)
		for _, one := range listed {
			lines.Add(e.problem(one))
		}
		e.findings.Add(kit.Sheet(kit.Pad(kit.Gap4, lines)))
		if more := len(g.problems) - len(listed); more > 0 {
			e.findings.Add(kit.Hint(p.say("rates.more", more)))
		}
	}
	e.findings.Refresh()
	p.detail.Refresh()
	p.s.Changed()
}

// wrong says why the table cannot be kept.
func (e *entering) wrong() string {
	switch {
	case len(e.glance.problems) > 0:
		return e.p.say("rates.wrong", len(e.glance.problems))
	case e.glance.err == nil:
		return ""
	}
	return e.glance.err.Error()
}

// problem is a line of the file with what is wrong with it beside its number.
func (e *entering) problem(of indicator.RateProblem) fyne.CanvasObject {
	text := ""
	if of.Line >= 1 && of.Line <= len(e.glance.lines) {
		text = e.glance.lines[of.Line-1]
	}
	number := kit.Fixed(72, container.NewVBox(kit.Soft(e.p.say("rates.line", "Line", e.p.s.Words().Integer(int64(of.Line))))))
	return container.NewBorder(nil, nil, number, nil, kit.Column(-kit.Gap16, kit.Line(text), kit.Hint(of.Message)))
}

// keep imports the table.
func (e *entering) keep() {
	if !e.ready() {
		return
	}
	p, space, file := e.p, e.p.s.Workspace(), e.file
	job := e.job(nil, false)
	e.keepIt.Disable()
	task.Run(p.s.Runner(), p.say("rates.importing", "File", filepath.Base(file)), func(ctx context.Context, _ task.Progress) (workspace.RateTable, error) {
		data, err := os.ReadFile(file)
		if err != nil {
			return workspace.RateTable{}, err
		}
		job.Table = bytes.NewReader(data)
		table, _, err := space.ImportRates(ctx, job)
		return table, err
	}, func(table workspace.RateTable, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			e.keepIt.Enable()
		case err != nil: // such as another table under the same vintage
			e.glance.err = err
			e.show()
		default:
			p.entered, p.chosen[partRates] = nil, table.Vintage
			p.s.Saved("rates " + table.Vintage)
			p.s.Toast(p.say("rates.kept", "Date", table.Vintage), nil)
			p.s.Replace(p.Route())
			p.Reload()
		}
	})
}

// leave goes back to the list.
func (e *entering) leave() {
	e.looking.Stop()
	e.p.entered = nil
	e.p.show()
	e.p.Focus()
}
