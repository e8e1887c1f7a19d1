package brief_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"coopatlas/assets"
	"coopatlas/data/indicator"
	"coopatlas/reports/brief"
	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/html"
	"coopatlas/reports/pdf"
	"coopatlas/reports/scene"
)

// words of a document: every text in it, in order.
func said(blocks []document.Block) []string {
	var out []string
	for _, block := range blocks {
		switch block := block.(type) {
		case *document.Heading:
			out = append(out, block.Text)
		case *document.Paragraph:
			out = append(out, block.Text.String())
		case *document.Note:
			out = append(out, block.Text.String())
		case *document.List:
			for _, item := range block.Items {
				out = append(out, item.String())
			}
		case *document.KeyFigures:
			for _, figure := range block.Figures {
				out = append(out, figure.Label, figure.Value, figure.Change)
				out = append(out, figure.Notes...)
			}
		case *document.Figure:
			out = append(out, block.Alt, block.Caption)
		case *document.Grid:
			for _, figure := range block.Figures {
				out = append(out, figure.Alt)
			}
			out = append(out, block.Note)
		case *document.Table:
			out = append(out, block.Caption)
			for _, row := range block.Rows {
				var cells []string
				for _, cell := range row.Cells {
					cells = append(cells, cell.String())
				}
				out = append(out, strings.Join(cells, " | "))
			}
			out = append(out, block.Notes...)
		case *document.Callout:
			out = append(out, block.Title)
			out = append(out, said(block.Blocks)...)
		case *document.Columns:
			for _, part := range block.Columns {
				out = append(out, said(part.Blocks)...)
			}
		case *document.Optional:
			out = append(out, said(block.Blocks)...)
		}
	}
	return out
}

func allWords(doc *document.Document) string {
	return doc.Title + "\n" + doc.Kicker + "\n" + strings.Join(said(doc.Blocks), "\n") + "\n" + doc.Footer
}

func uk(t testing.TB, language string) brief.Params {
	p := params(t, kingdom(t), language)
	p.Where, p.From, p.To = map[string][]string{"country": {"GB"}}, 2011, 2016
	return p
}

func TestTheBulletinSaysWhatTheRealPanelHolds(t *testing.T) {
	doc := build(t, uk(t, "en"))
	text := strings.ReplaceAll(allWords(doc), "\u00a0", " ")
	for _, want := range []string{
		"Turnover in the same cooperatives rose by 23.8 % from 2011 to 2015; 2016 has no comparable figure",
		"Trend bulletin · United Kingdom · 2011–2016", "population unknown", "No comparable figure for 2016",
		"2012 | 203,132,410 | 203 | 10.2 | 9.5 | +6.44 | 75 | 88.0 | +6.44 | 106.4",
		"2013 | 217,831,802 | 221 | 8.4 | 8.1 | +6.23 | 59 | 82.9", "2014 | 225,350,326 | 230 | 8.1 | 6.9 | +6.01 | 54 | 82.2",
		"2016 | 229,002,832 | 218 | 81.6 | 81.6 | : | 8 | 18.2 | : | ", "Turnover: +3.3 % from 2014 to 2015 in 32 cooperatives that held 62.6 %",
		"repeats earlier accounts): 1,093 of 1,809 records", "1,203 of 1,809 records", "It does not say",
		"Unreleased, data to 22 November 2026, 05:28 UTC, frame ", "Source: Co-operatives UK",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the bulletin does not say %q", want)
		}
	}
	if doc.Date != newest || doc.Language != "en" || doc.Pages != 2 {
		t.Errorf("dated %v, in %s, %d pages", doc.Date, doc.Language, doc.Pages)
	}
	if !regexp.MustCompile(`frame [0-9a-f]{10}$`).MatchString(doc.Footer) {
		t.Errorf("the data line does not name the frame: %s", doc.Footer)
	}
}

// TestWhatMayNotBeAHeadlineIsNowhere looks for every change that may not be a headline in all that the bulletin says.
func TestWhatMayNotBeAHeadlineIsNowhere(t *testing.T) {
	source := kingdom(t)
	p := uk(t, "en")
	text := allWords(build(t, p))
	allowed := map[string]bool{}
	var forbidden []string
	for _, code := range []string{"I04", "I05", "I13a", "I13d"} {
		q := indicator.Query{Indicator: code, Where: p.Where, Validated: true, Disclosure: true}
		if strings.HasPrefix(code, "I13") {
			q.By = []string{"currency"}
		}
		result, err := indicator.Compute(context.Background(), source, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, point := range result.Points {
			for _, change := range []*indicator.Change{point.Matched, point.Demographic, point.All} {
				if change == nil || !change.Known {
					continue
				}
				for _, shown := range []string{p.Words.Signed(change.Pct, 2), p.Words.Change(change.Pct, 1)} {
					if change.Headline {
						allowed[shown] = true
					} else {
						forbidden = append(forbidden, shown)
					}
				}
			}
		}
	}
	if len(forbidden) < 10 {
		t.Fatal("the panel has no change that may not be a headline")
	}
	for _, change := range forbidden {
		if !allowed[change] && regexp.MustCompile(regexp.QuoteMeta(change)+`(\D|$)`).MatchString(text) {
			t.Errorf("the bulletin says %s, which may not be a headline", change)
		}
	}
}

// spy remembers what was to be drawn.
type spy struct{ drawn []chart.Definition }

func (s *spy) Scene(d chart.Definition) (*scene.Scene, error) {
	s.drawn = append(s.drawn, d)
	return &scene.Scene{Width: 168, Height: 120}, nil
}

func TestTheChartsShareTheirAxesAndBreakAtGaps(t *testing.T) {
	p := uk(t, "en")
	remembered := &spy{}
	p.Charts = remembered
	build(t, p)
	var indexes []chart.Definition
	for _, d := range remembered.drawn {
		if len(d.Categories) != 6 || d.Unit == "" || d.Basis == "" || !d.Compact {
			t.Errorf("%s: %v, unit %q, basis %q", d.Title, d.Categories, d.Unit, d.Basis)
		}
		if d.Kind == chart.Index {
			indexes = append(indexes, d)
		}
	}
	if len(indexes) != 3 {
		t.Fatalf("%d index charts, want persons, turnover and equity", len(indexes))
	}
	for _, d := range indexes {
		if d.Minimum == nil || d.Maximum == nil || *d.Minimum != *indexes[0].Minimum || *d.Maximum != *indexes[0].Maximum {
			t.Errorf("%s has an axis of its own", d.Title)
		}
		for _, point := range d.Series[0].Points {
			if point.Category == 5 {
				t.Errorf("%s draws 2016, which no comparable figure reaches", d.Title)
			}
		}
	}
	if persons := indexes[0].Series[0].Points; len(persons) != 2 || persons[0].Value != 100 || persons[1].N != 10 {
		t.Errorf("persons working: %+v", persons)
	}
}

func TestTheBulletinIsTwoPagesInBothLanguages(t *testing.T) {
	w := shop(t)
	for _, language := range []string{"en", "fr"} {
		demo := params(t, invented(t), language)
		demo.Demonstration = true
		for name, p := range map[string]brief.Params{"kingdom": uk(t, language), "invented": demo} {
			pages, err := document.Layout(build(t, drawn(t, p)), w.fonts, document.A4)
			if err != nil {
				t.Fatal(err)
			}
			if len(pages) != 2 {
				t.Errorf("%s in %s has %d pages", name, language, len(pages))
			}
		}
	}
}

func TestSameFrameSameBytes(t *testing.T) {
	w := shop(t)
	render := func() (printed, page []byte) {
		doc := build(t, drawn(t, uk(t, "fr")))
		pages, err := document.Layout(doc, w.fonts, document.A4)
		if err != nil {
			t.Fatal(err)
		}
		var a, b bytes.Buffer
		if err := pdf.Write(&a, pages, w.fonts, pdf.Metadata{Title: doc.Title, Author: doc.Author, Subject: doc.Subject, Language: doc.Language, Created: doc.Date}); err != nil {
			t.Fatal(err)
		}
		if err := html.Write(&b, doc, w.fonts); err != nil {
			t.Fatal(err)
		}
		return a.Bytes(), b.Bytes()
	}
	printed, page := render()
	again, pageAgain := render()
	if !bytes.Equal(printed, again) || !bytes.Equal(page, pageAgain) {
		t.Error("two editions of the same frame differ")
	}
	if bytes.Contains(page, []byte("http://www.w3.org/2000/svg")) && bytes.Count(page, []byte("http")) != bytes.Count(page, []byte("http://www.w3.org/2000/svg"))+bytes.Count(page, []byte("http-equiv")) {
		t.Error("the page names an address besides that of SVG")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return
	}
	path := filepath.Join(t.TempDir(), "b.pdf")
	if err := writeFile(path, printed); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil || !strings.Contains(string(out), "Chiffre d’affaires dans les mêmes coopératives") {
		t.Errorf("the title cannot be selected: %v", err)
	}
}

func TestADemonstrationSaysSo(t *testing.T) {
	p := params(t, invented(t), "en")
	p.Demonstration = true
	doc := build(t, p)
	if !strings.Contains(doc.Notice, "INVENTED DATA") {
		t.Errorf("notice: %q", doc.Notice)
	}
	text := allWords(doc)
	for _, want := range []string{"3 currencies", "Never added", "coverage 47.2", "EUR", "COP"} {
		if !strings.Contains(text, want) {
			t.Errorf("the bulletin does not say %q", want)
		}
	}
}

func TestRecordsThatNobodyValidatedAreNotUsed(t *testing.T) {
	source := newTable(t)
	source.mapping("a", 2024, indicator.Row{"state": "submitted", "turnover": 5, "currency": "EUR"})
	_, err := brief.Build(context.Background(), params(t, source, "en"))
	if err == nil || !strings.Contains(err.Error(), "validated") {
		t.Errorf("got %v", err)
	}
}

func TestFewCooperativesAreConfidential(t *testing.T) {
	source := newTable(t)
	for i := range 3 {
		for year := 2023; year <= 2024; year++ {
			source.mapping(fmt.Sprint("u", i), year, indicator.Row{"turnover": 7_777_777 * (i + 1), "currency": "EUR", "persons_working": 4321 + i})
		}
	}
	text := allWords(build(t, params(t, source, "en")))
	for _, secret := range []string{"7,777,777", "46.7 million", "46,666,662", "12,966", "4,321"} {
		if strings.Contains(text, secret) {
			t.Errorf("the bulletin tells %s", secret)
		}
	}
	if !strings.Contains(text, "confidential") {
		t.Error("the bulletin does not say that figures are confidential")
	}
}

func TestManyYearsLeaveTheEarliestToTheWebEdition(t *testing.T) {
	source := newTable(t)
	for i := range 25 {
		for year := 2010; year <= 2024; year++ {
			source.mapping(fmt.Sprint("u", i), year, indicator.Row{
				"turnover": 1000*(i+1) + year, "currency": "EUR", "persons_working": 10 + i, "members": 8 + i,
				"worker_members": 6, "non_member_employees": 3, "equity": 500 + i,
			})
		}
	}
	doc := build(t, params(t, source, "en"))
	pages, err := document.Layout(doc, shop(t).fonts, document.A4)
	if err != nil || len(pages) != 2 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	if text := allWords(doc); !strings.Contains(text, "2010 | ") {
		t.Error("the web edition lacks the earliest year")
	}
}

func TestBuildRefusesInOneSentence(t *testing.T) {
	good := params(t, invented(t), "en")
	with := func(change func(*brief.Params)) brief.Params {
		p := good
		change(&p)
		return p
	}
	template := func(text string) fs.FS {
		return fstest.MapFS{"templates/trend-bulletin.md": {Data: []byte(text)}}
	}
	for name, p := range map[string]brief.Params{
		"no frame":         with(func(p *brief.Params) { p.Source = nil }),
		"no words":         with(func(p *brief.Params) { p.Words = nil }),
		"no charts":        with(func(p *brief.Params) { p.Charts = nil }),
		"no fonts":         with(func(p *brief.Params) { p.Fonts = nil }),
		"no files":         with(func(p *brief.Params) { p.Files = nil }),
		"backwards":        with(func(p *brief.Params) { p.From, p.To = 2025, 2021 }),
		"unknown":          with(func(p *brief.Params) { p.Template = "nothing" }),
		"unknown filter":   with(func(p *brief.Params) { p.Where = map[string][]string{"planet": {"Mars"}} }),
		"nothing there":    with(func(p *brief.Params) { p.Where = map[string][]string{"country": {"XX"}} }),
		"no front matter":  with(func(p *brief.Params) { p.Files = template("hello") }),
		"odd front matter": with(func(p *brief.Params) { p.Files = template("---\nodd: 1\n---\n") }),
		"no words group":   with(func(p *brief.Params) { p.Files = template("---\npages: 1\n---\n") }),
		"unknown block":    with(func(p *brief.Params) { p.Files = template("---\nwords: bulletin\n---\n```pie\n```\n") }),
		"odd parameters":   with(func(p *brief.Params) { p.Files = template("---\nwords: bulletin\n---\n```table\n[\n```\n") }),
		"no indicators":    with(func(p *brief.Params) { p.Files = template("---\nwords: bulletin\n---\n```table\n```\n") }),
		"unknown indicator": with(func(p *brief.Params) {
			p.Files = template("---\nwords: bulletin\n---\n```table\nindicators: [I99]\n```\n")
		}),
		"unknown words": with(func(p *brief.Params) { p.Files = template("---\nwords: bulletin\n---\n{{say \"no.such\"}}\n") }),
		"odd braces":    with(func(p *brief.Params) { p.Files = template("---\nwords: bulletin\n---\n{{say\n") }),
	} {
		_, err := brief.Build(context.Background(), p)
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one sentence", name, err)
		}
	}
}

func TestProseOfATemplate(t *testing.T) {
	p := params(t, invented(t), "en")
	p.Files = fstest.MapFS{"templates/trend-bulletin.md": {Data: []byte("---\nwords: bulletin\n---\n## Head *of* it\n\nPlain **bold** [link](https://example.org) {{years}} {{where}} a\\*b\n\n- one\n- two\n\n1. first\n\n> quoted\n\n---\n\n```figure\nindicator: I05\n```\n")}}
	doc := build(t, p)
	heading := doc.Blocks[0].(*document.Heading)
	paragraph := doc.Blocks[1].(*document.Paragraph)
	if heading.Text != "Head of it" || heading.Level != 2 {
		t.Errorf("heading %+v", heading)
	}
	if got := paragraph.Text.String(); got != "Plain bold link 2021–2025 All countries mapped a*b" {
		t.Errorf("paragraph %q", got)
	}
	if !paragraph.Text[1].Bold || paragraph.Text[3].Link != "https://example.org" {
		t.Errorf("styles are lost: %+v", paragraph.Text)
	}
	if list := doc.Blocks[2].(*document.List); len(list.Items) != 2 || list.Items[1].String() != "two" {
		t.Errorf("list %+v", list)
	}
	if list := doc.Blocks[3].(*document.List); !list.Ordered {
		t.Error("the numbered list is not numbered")
	}
	figure := doc.Blocks[len(doc.Blocks)-1].(*document.Figure)
	if figure.Drawing == nil || figure.Data == nil || !strings.Contains(figure.Alt, "Persons working") {
		t.Errorf("figure %+v", figure)
	}
}

func TestEveryTemplateIsFilled(t *testing.T) {
	names, err := brief.Templates(assets.FS())
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		for _, language := range []string{"en", "fr"} {
			p := params(t, invented(t), language)
			p.Template = name
			doc := build(t, p)
			text := allWords(doc)
			if strings.Contains(text, "<no value>") || regexp.MustCompile(`\[[a-z]+\.[a-z_.]+\]`).MatchString(text) {
				t.Errorf("%s in %s has a sentence that is not filled:\n%s", name, language, text)
			}
		}
	}
}

func TestBuildStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := brief.Build(ctx, params(t, invented(t), "en")); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzTemplate(f *testing.F) {
	f.Add("---\nwords: bulletin\n---\n# a\n\n```keyfigures\nindicators: [I01]\n```\n")
	f.Add("---\nwords: bulletin\npages: 2\n---\n- *a* [b](c) `d`\n\n```columns\nparts: [{block: columns, with: {parts: []}}]\n```\n")
	f.Add("---\nwords: bulletin\n---\n{{say \"bulletin.kind\"}} <b>\n> > x\n")
	f.Fuzz(func(t *testing.T, text string) {
		p := params(t, invented(t), "en")
		p.Charts = &spy{}
		p.Files = fstest.MapFS{"templates/trend-bulletin.md": {Data: []byte(text)}}
		doc, err := brief.Build(context.Background(), p)
		if (doc == nil) == (err == nil) {
			t.Fatalf("a document %v and the error %v", doc, err)
		}
	})
}

func TestTheFindingSpansTheWholeUnbrokenChain(t *testing.T) {
	source := newTable(t)
	for i := range 25 {
		for year := 2021; year <= 2025; year++ {
			source.mapping(fmt.Sprint("u", i), year, indicator.Row{"turnover": 1000, "currency": "EUR"})
		}
	}
	if got := build(t, params(t, source, "en")).Title; got != "Turnover in the same cooperatives did not change from 2021 to 2025" {
		t.Errorf("got %q", got)
	}
}
