package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"coopatlas/assets"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/brief"
	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/scene"
	"coopatlas/reports/trend"
)

// Labels are the labels of charts of a workspace: its code lists, its sources, and whether its data are invented.
func Labels(w *workspace.Workspace, s workspace.Settings, say *words.Words) trend.Labels {
	return trend.Labels{Words: say, Codes: w.Lists, Source: strings.Join(s.Sources(), "; "), Demonstration: s.Demonstration}
}

// Trend computes an indicator over the workspace's frame and defines its chart. The result is given with the error where
// it was computed and cannot be drawn.
func Trend(ctx context.Context, w *workspace.Workspace, ask indicator.Query, say *words.Words) (*indicator.Result, chart.Definition, error) {
	settings, err := w.Settings(ctx)
	if err != nil {
		return nil, chart.Definition{}, err
	}
	frame, err := w.Store.Frame(ctx)
	if err != nil {
		return nil, chart.Definition{}, err
	}
	defer frame.Close()
	result, err := indicator.Compute(ctx, frame, ask)
	if err != nil {
		return nil, chart.Definition{}, err
	}
	labels := Labels(w, settings, say)
	labels.Where = ask.Where
	definition, err := trend.Chart(result, labels)
	return result, definition, err
}

// Brief says which brief is to be made.
type Brief struct {
	Template string
	Where    map[string][]string
	From, To int // years, 0 for the first and the last there are
	Money    indicator.Money
	Words    *words.Words
	// Charts draws the charts; nil: the press's engine.
	Charts brief.Drawer
	// Drawn is told how many charts are drawn; nil: nobody asks.
	Drawn func(count int)
}

// MakeBrief makes the document of a brief from the workspace's validated records. It ends with the context's error where
// that ends first.
func (p Press) MakeBrief(ctx context.Context, w *workspace.Workspace, b Brief) (*document.Document, error) {
	settings, err := w.Settings(ctx)
	if err != nil {
		return nil, err
	}
	letterhead, err := Letterhead(w, settings)
	if err != nil {
		return nil, err
	}
	frame, err := w.Store.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	if b.Charts == nil {
		b.Charts = p.Engine
	}
	return brief.Build(ctx, brief.Params{
		Template: b.Template, Files: assets.FS(), Source: frame, Words: b.Words, Codes: w.Lists, Fonts: p.Fonts,
		Charts: &drawer{ctx: ctx, charts: b.Charts, told: b.Drawn}, Where: b.Where, From: b.From, To: b.To, Money: b.Money,
		Letterhead: letterhead, Demonstration: settings.Demonstration, Attribution: strings.Join(settings.Sources(), "; "),
	})
}

// drawer draws charts until the context ends, and tells how many there were.
type drawer struct {
	ctx    context.Context
	charts brief.Drawer
	told   func(count int)
	count  int
}

// Scene draws one chart.
func (d *drawer) Scene(definition chart.Definition) (*scene.Scene, error) {
	if err := d.ctx.Err(); err != nil {
		return nil, err
	}
	d.count++
	if d.told != nil {
		d.told(d.count)
	}
	return d.charts.Scene(definition)
}

// Letterhead gives the letterhead of the workspace's briefs, with the logo's bytes.
func Letterhead(w *workspace.Workspace, s workspace.Settings) (document.Letterhead, error) {
	l := document.Letterhead{Name: s.Letterhead.Name, Contact: s.Letterhead.Contact, RegisterNumber: s.Letterhead.Register, FunderStatement: s.Letterhead.Funder}
	if l.Name == "" {
		l.Name = s.Name
	}
	if s.Letterhead.Logo == "" {
		return l, nil
	}
	hash, err := record.ParseHash(s.Letterhead.Logo)
	if err != nil {
		return l, fmt.Errorf("the letterhead's logo: %w", err)
	}
	file, err := w.Store.OpenFile(store.FileInfo{SHA256: hash})
	if err != nil {
		return l, fmt.Errorf("the letterhead's logo: %w", err)
	}
	l.Logo, err = io.ReadAll(file)
	return l, errors.Join(err, file.Close())
}
