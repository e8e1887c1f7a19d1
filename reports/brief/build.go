package brief

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"coopatlas/data/codes"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/scene"
	"coopatlas/reports/trend"
)

// Drawer draws a chart definition as a scene; *chart.Engine is one.
type Drawer interface {
	Scene(definition chart.Definition) (*scene.Scene, error)
}

// Params says which brief is made, of what, for whom.
type Params struct {
	Template string // the name of a template, such as "trend-bulletin"
	Text     []byte // a template that lies in no folder, in place of the one of that name; nil for none
	Files    fs.FS  // where the folder "templates" lies, usually assets.FS()
	Source   indicator.Source
	Words    *words.Words
	Codes    *codes.Lists // names of countries and activities; nil shows codes
	Charts   Drawer
	Fonts    *scene.Fonts        // of the panels that have nothing to draw
	Where    map[string][]string // filters as indicator.Query has them
	From, To int                 // years, 0 for the first and the last there are
	Years    []int               // these only, in order, so that changes are between them; nil: all from From to To
	Money    indicator.Money     // in which money amounts are given
	Remedy                       // what is done about what is missing; Source has its values filled in already
	// Compute answers the brief's queries over Source; nil: indicator.Compute.
	Compute func(ctx context.Context, q indicator.Query) (*indicator.Result, error)
	// Find gives the indicator that a template names by its code, of the catalogue or declared beside it; nil: the
	// catalogue's.
	Find func(ctx context.Context, code string) (indicator.Indicator, error)

	Letterhead    document.Letterhead
	Demonstration bool   // the workspace is a demonstration: every page says that the data are invented
	Attribution   string // who the data come from, for the source line
	Release       string // the title of the release that Source is of; empty for none
	About         indicator.About
}

// ErrNothing is wrapped where no validated record is left for a brief to speak of.
var ErrNothing = errors.New("there is no validated record")

// Build fills a template and gives the document. Its error says in one sentence what is missing: the template, a
// parameter of one of its blocks, or validated records for the filters and years.
func Build(ctx context.Context, p Params) (*document.Document, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	template, err := p.read()
	if err != nil {
		return nil, err
	}
	if err := p.remedy(template); err != nil {
		return nil, err
	}
	if p.Compute == nil {
		p.Compute = func(ctx context.Context, q indicator.Query) (*indicator.Result, error) {
			return indicator.Compute(ctx, p.Source, q)
		}
	}
	if p.Find == nil {
		p.Find = fromCatalogue
	}
	b := &builder{Params: p, ctx: ctx, panels: map[string]*panel{}}
	if err := b.findYears(); err != nil {
		return nil, err
	}
	b.template = template
	title, err := b.title()
	if err != nil {
		return nil, err
	}
	source, err := b.prose(template)
	if err != nil {
		return nil, err
	}
	blocks, err := b.markdown(source)
	if err != nil {
		return nil, fmt.Errorf("the brief %s: %w", p.Template, err)
	}
	return b.document(title, blocks), nil
}

// read reads the template.
func (p Params) read() (*template, error) {
	if p.Text != nil {
		return parseTemplate(p.Template, p.Text)
	}
	return readTemplate(p.Files, p.Template)
}

// fromCatalogue finds an indicator of the catalogue.
func fromCatalogue(_ context.Context, code string) (indicator.Indicator, error) {
	ind, ok := indicator.Find(code)
	if !ok {
		return ind, fmt.Errorf("there is no indicator %q: name one of the catalogue, such as I04", code)
	}
	return ind, nil
}

func (p Params) complete() error {
	switch {
	case p.Source == nil:
		return errors.New("a brief needs a frame: none was given")
	case p.Words == nil:
		return errors.New("a brief needs words: open the language files first")
	case p.Files == nil:
		return errors.New("a brief needs the folder of templates: none was given")
	case p.Fonts == nil:
		return errors.New("a brief needs the report fonts: none were given")
	case p.Charts == nil:
		return errors.New("a brief needs a chart engine: none was given")
	case p.From != 0 && p.To != 0 && p.From > p.To:
		return fmt.Errorf("the years %d-%d run backwards: give the earlier one first", p.From, p.To)
	}
	return p.check()
}

// builder makes one document.
type builder struct {
	Params
	ctx      context.Context
	template *template
	panels   map[string]*panel // by indicator code
}

func (b *builder) document(title string, blocks []document.Block) *document.Document {
	kind := b.Words.Say(b.template.Words + ".kind")
	doc := &document.Document{
		Title: title, Kicker: b.kicker(kind), Language: b.Words.Language(), Author: b.Letterhead.Name,
		Subject: b.kicker(kind), Date: b.Source.Newest(), Footer: b.dataLine(), Pages: b.template.Pages,
		Letterhead: b.Letterhead, Blocks: blocks,
		Labels: document.Labels{
			PageOf: b.Words.Say("document.page_of"), Continued: b.Words.Say("document.continued"),
			DataTable: b.Words.Say("document.data_table"), SkipLink: b.Words.Say("document.skip"),
		},
	}
	if b.Demonstration {
		doc.Notice = b.Words.Say("document.demonstration")
	}
	return doc
}

func (b *builder) kicker(kind string) string {
	return b.Words.Say("bulletin.kicker", words.Args{"Kind": kind, "Where": b.where(), "Years": b.years()})
}

// dataLine is the source and data line: a release by its title, else the time of the newest revision used; and the
// frame, named by the first ten digits of its hash.
func (b *builder) dataLine() string {
	line := trend.DataLine(b.Words, b.Release, b.Source.ID(), b.Source.Newest())
	if b.Attribution == "" {
		return line
	}
	return b.Words.Say("bulletin.source", words.Args{"Source": b.Attribution}) + " " + line
}
