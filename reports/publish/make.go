package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	return trend.Labels{Words: say, Codes: w.Lists, Choices: w.Choices(say.Language()), Source: strings.Join(s.Sources(), "; "), Demonstration: s.Demonstration}
}

// Trend computes an indicator over the workspace's present frame and defines its chart. The result is given with the
// error where it was computed and cannot be drawn.
func Trend(ctx context.Context, w *workspace.Workspace, ask indicator.Query, say *words.Words) (*indicator.Result, chart.Definition, error) {
	figures, err := w.Figures(ctx, workspace.FiguresOf{})
	if err != nil {
		return nil, chart.Definition{}, err
	}
	defer figures.Close()
	return TrendOf(ctx, w, figures, ask, say)
}

// TrendOf is Trend over the present frame or that of a release.
func TrendOf(ctx context.Context, w *workspace.Workspace, figures *workspace.Figures, ask indicator.Query, say *words.Words) (*indicator.Result, chart.Definition, error) {
	settings, err := w.Settings(ctx)
	if err != nil {
		return nil, chart.Definition{}, err
	}
	result, err := figures.Compute(ctx, ask)
	if err != nil {
		return nil, chart.Definition{}, err
	}
	definition, err := trend.Chart(result, labelsOf(w, settings, figures, ask, say))
	return result, definition, err
}

// labelsOf are the labels of charts of what a query asked of the figures.
func labelsOf(w *workspace.Workspace, s workspace.Settings, figures *workspace.Figures, ask indicator.Query, say *words.Words) trend.Labels {
	labels := Labels(w, s, say)
	labels.Where, labels.Release, labels.Internal = ask.Where, figures.Title(), !ask.Disclosure
	labels.Source = strings.Join(sources(s, figures), "; ")
	return labels
}

// SheetOf is TrendOf of a query with two breakdowns: a chart for each class of the second one.
func SheetOf(ctx context.Context, w *workspace.Workspace, figures *workspace.Figures, ask indicator.Query, say *words.Words) (*indicator.Result, chart.Sheet, error) {
	settings, err := w.Settings(ctx)
	if err != nil {
		return nil, chart.Sheet{}, err
	}
	result, err := figures.Compute(ctx, ask)
	if err != nil {
		return nil, chart.Sheet{}, err
	}
	sheet, err := trend.Sheet(result, labelsOf(w, settings, figures, ask, say))
	return result, sheet, err
}

// sources are the attribution lines of the registers that figures are made of.
func sources(s workspace.Settings, figures *workspace.Figures) []string {
	if figures.Release != nil {
		return figures.Release.Sources
	}
	return s.Sources()
}

// Brief says which brief is to be made.
type Brief struct {
	Template string
	Text     []byte // a template of one's own in place of the one of that name; nil for none
	Where    map[string][]string
	From, To int             // years, 0 for the first and the last there are
	Years    []int           // these only, in order; nil for all from From to To
	Money    indicator.Money // Rates is left to the vintage
	// Remedy is what is done about what is missing; nothing: what the template says.
	Remedy  brief.Remedy
	Vintage string // of the table of rates; empty: the release's, or the newest
	Release string // the release it is made from, as workspace.Release finds it; empty: the present frame
	Words   *words.Words
	// Charts draws the charts; nil: the press's engine.
	Charts brief.Drawer
	// Differing is told of cells that earlier releases told with a few cooperatives more or fewer; nil: nobody asks.
	Differing func(cells []indicator.ReleasedCell)
	// Drawn is told how many charts are drawn; nil: nobody asks.
	Drawn func(count int)
}

// MakeBrief makes the document of a brief from the validated records of the workspace or of a release. What it tells and
// hides of a release is entered into the register of released cells; the same brief again comes out the same. It ends with the context's error where
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
	if b.Remedy, err = brief.RemedyOf(brief.Params{Files: assets.FS(), Template: b.Template, Text: b.Text, Remedy: b.Remedy}); err != nil {
		return nil, err
	}
	figures, err := w.Figures(ctx, workspace.FiguresOf{Release: b.Release, What: b.what(), Impute: b.Remedy.Impute})
	if err != nil {
		return nil, err
	}
	defer figures.Close()
	if b.converts() {
		if b.Money.Rates, err = figures.Rates(ctx, b.Vintage); err != nil {
			return nil, err
		}
	}
	if b.Charts == nil {
		b.Charts = p.Engine
	}
	span := indicator.Span{From: b.From, To: b.To, Years: b.Years}
	if r := figures.Release; r != nil {
		span = span.Within(r.Span())
	}
	doc, err := brief.Build(ctx, brief.Params{
		Template: b.Template, Text: b.Text, Files: assets.FS(), Source: figures.Source, Words: b.Words, Codes: w.Lists, Fonts: p.Fonts,
		Charts: &drawer{ctx: ctx, charts: b.Charts, told: b.Drawn}, Where: b.Where, From: span.From, To: span.To, Years: span.Years, Money: b.Money, Remedy: b.Remedy,
		Compute: figures.Compute, Find: figures.Indicator, Release: figures.Title(), About: about(settings, figures),
		Letterhead: letterhead, Demonstration: settings.Demonstration, Attribution: strings.Join(sources(settings, figures), "; "),
	})
	if err != nil {
		return nil, err
	}
	if b.Differing != nil {
		b.Differing(figures.Differing())
	}
	return doc, figures.Keep(ctx)
}

// about is what a quality report says that the frame does not know.
func about(s workspace.Settings, figures *workspace.Figures) indicator.About {
	r := figures.Release
	if r == nil {
		return indicator.About{Contact: s.Letterhead.Contact, Program: "Coopatlas"}
	}
	out := r.About
	out.Program, out.Release = r.Program, r.Title+", "+r.Locked+", "+r.Name()
	return out
}

func (b Brief) converts() bool { return b.Money.Kind != "" && b.Money.Kind != indicator.National }

// text is the hash of a template of one's own.
func (b Brief) text() string {
	if b.Text == nil {
		return ""
	}
	sum := sha256.Sum256(b.Text)
	return hex.EncodeToString(sum[:])
}

// what names the brief, the same in every language.
func (b Brief) what() string {
	return workspace.What("brief", struct {
		Template  string               `json:"template"`
		Text      string               `json:"text,omitempty"` // its hash
		Where     map[string][]string  `json:"where,omitempty"`
		From      int                  `json:"from,omitempty"`
		To        int                  `json:"to,omitempty"`
		Years     []int                `json:"years,omitempty"`
		Money     indicator.Money      `json:"money,omitzero"`
		Rates     string               `json:"rates,omitempty"`
		Estimated bool                 `json:"estimated,omitempty"`
		Impute    indicator.Imputation `json:"impute,omitzero"`
	}{b.Template, b.text(), b.Where, b.From, b.To, b.Years, b.Money, b.Vintage, b.Remedy.Estimated, b.Remedy.Impute})
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
